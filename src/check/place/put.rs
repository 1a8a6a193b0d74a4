//! Where a text is to be put that is owed: before which blocks, or at the end of the page.

use crate::check::{Page, Scope, Stretch, Stretches};

use super::{Placement, Reach, Wanted};

/// A text that is owed at more places than this is for a person to place.
const MOST: usize = 8;

impl Placement {
    /// The blocks to put the text before, none for the end of the page. `found` are the places where it stands already.
    pub(in crate::check) fn owed(
        &self,
        scope: &Scope<'_>,
        found: &[Stretch],
    ) -> Option<Vec<Option<u32>>> {
        let page = scope.page;
        let own = page.own_blocks();
        let there = Stretches::of(found.to_vec());
        let (places, reach) = match self.wanted.first() {
            None | Some(Wanted::Bottom) => return Some(vec![None]),
            Some(Wanted::Top) => {
                let titled = own.first().is_some_and(|at| page.is_heading(*at));
                return Some(vec![own.get(usize::from(titled)).copied()]);
            }
            Some(Wanted::BeforeFirst(anchor)) => {
                let mut places = scope.anchors(*anchor).into_iter();
                let bound = places.find(|of| !there.hold(&of.at));
                return Some(vec![bound.map(|of| of.at.first.block)]);
            }
            Some(Wanted::Near(anchor, reach)) => (scope.anchors(*anchor), *reach),
            Some(Wanted::Beside(phrases)) => (page.saying(phrases), Reach::Blocks(1)),
            Some(Wanted::EverySection) => (page.section_places(), Reach::Section),
        };
        let mut put: Vec<Stretch> = Vec::new();
        for place in places {
            let all = Stretches::of([found, &put].concat());
            if there.hold(&place.at) || reach.reaches(page, &all, &place.at) {
                continue;
            }
            if put.len() == MOST {
                return None;
            }
            put.push(Stretch::before_block(
                page.below_heading(place.at.first.block),
            ));
        }
        let blocks = put.iter().map(|at| Some(at.first.block));
        Some(blocks.collect()).filter(|all: &Vec<_>| !all.is_empty())
    }
}

impl Page<'_> {
    /// The block itself, or the one below it where it is a heading: a text before a heading stands in another section.
    fn below_heading(&self, block: u32) -> u32 {
        let own = self.own_blocks();
        let next = own.get(own.partition_point(|of| *of <= block)).copied();
        let heading = self.document.blocks.get(block as usize).is_some() && self.is_heading(block);
        next.filter(|_| heading).unwrap_or(block)
    }
}
