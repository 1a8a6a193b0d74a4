//! Where a text must stand, and how it must be shown: `place`, `near`, `not-in`, `emphasis`.
//!
//! A text that is there several times is met if one of them is right. A footnote is read at the end of the page, wherever it is
//! written; the frame and the layout have no links and no claims of the page's own.

mod keys;
mod put;
mod shown;

use crate::finding::{Code, Finding};
use crate::source::Span;
use crate::text::WordingId;

use super::anchor::{Anchor, Place};
use super::{Page, Scope, Stretch, Stretches};

pub use keys::needs_triggers;
pub(super) use keys::{EMPHASIS, NEAR, NOT_IN, PLACE};
use shown::{Emphasis, NotIn};

/// Where a text must stand, and how it must be shown.
#[derive(Debug, Default)]
pub(super) struct Placement {
    wanted: Vec<Wanted>,
    not_in: Vec<NotIn>,
    emphasis: Vec<Emphasis>,
}

/// One thing that is wanted of the place of a text.
#[derive(Debug)]
enum Wanted {
    Top,
    Bottom,
    BeforeFirst(Anchor),
    /// So near to each place of an anchor.
    Near(Anchor, Reach),
    /// Beside each place that says one of these.
    Beside(Vec<WordingId>),
    EverySection,
}

#[derive(Debug, Clone, Copy)]
enum Reach {
    Section,
    Blocks(u32),
    Words(u32),
    Sections(u32),
}

/// So many blocks are the top of a page, and so many the bottom.
const EDGE: usize = 3;

impl Placement {
    /// Whether a stretch of words is shown as it must be, and where what it is for wants it. The one that is, or what is wrong.
    /// `besides` belongs to the text and is no anchor.
    pub(super) fn judge(
        &self,
        scope: &Scope<'_>,
        found: &[Stretch],
        besides: &[Stretch],
    ) -> Result<Stretch, Box<Finding>> {
        let page = scope.page;
        let first = found.first().copied().unwrap_or_default();
        let shown: Vec<Stretch> = found
            .iter()
            .filter(|of| self.shown_wrong(page, of).is_none())
            .copied()
            .collect();
        let Some(right) = shown.first().copied() else {
            let why = self.shown_wrong(page, &first).unwrap_or_default();
            return Err(self.misplaced(scope, &first, &why, &[]));
        };
        let own = Stretches::of([found, besides].concat());
        let mut met = right;
        for wanted in &self.wanted {
            match wanted.look(scope, &shown, &own) {
                Ok(of) => met = of,
                Err((why, owed)) => return Err(self.misplaced(scope, &right, &why, &owed)),
            }
        }
        Ok(met)
    }

    /// A finding for words that stand where they should not, or not as they should.
    fn misplaced(
        &self,
        scope: &Scope<'_>,
        at: &Stretch,
        why: &str,
        owed: &[(Place, String)],
    ) -> Box<Finding> {
        /// What is more is not shown.
        const SHOWN: usize = 5;
        let page = scope.page;
        let span = page.span_of(at);
        let mut finding = match page.document.unresolved.first() {
            None => scope.finding(Code::Misplaced, span, Some(why)),
            // what could not be resolved may bring it in where it is owed
            Some(problem) => {
                let mut finding = scope.unresolved(problem, Some(why));
                finding.related.push(scope.related("stands here", span));
                finding
            }
        };
        let shown = owed.iter().take(SHOWN);
        finding
            .related
            .extend(shown.map(|(place, says)| scope.related(says, place.span)));
        if owed.is_empty() {
            let demands = scope.triggers.first();
            finding
                .related
                .extend(demands.map(|of| scope.related("demands it", of.span)));
        }
        Box::new(finding)
    }
}

/// Why a text is not where it is wanted, and each place that lacks it with what to say there.
type Lacking = (String, Vec<(Place, String)>);

impl Wanted {
    /// The text that stands where it is wanted, or what lacks it.
    fn look(
        &self,
        scope: &Scope<'_>,
        shown: &[Stretch],
        own: &Stretches,
    ) -> Result<Stretch, Lacking> {
        let page = scope.page;
        let in_text: Vec<Stretch> = shown
            .iter()
            .filter(|of| !page.in_footnote(of))
            .copied()
            .collect();
        let first = || {
            in_text
                .first()
                .or(shown.first())
                .copied()
                .unwrap_or_default()
        };
        let free = |mut places: Vec<Place>| {
            places.retain(|of| !own.hold(&of.at));
            places
        };
        let each = |places: Vec<Place>, reach: Reach, why: String| {
            let near = Stretches::of(in_text.clone());
            let lacking: Vec<_> = free(places)
                .into_iter()
                .filter(|of| !reach.reaches(page, &near, &of.at))
                .map(|of| (of, reach.owed()))
                .collect();
            if lacking.is_empty() {
                Ok(first())
            } else {
                Err((why, lacking))
            }
        };
        match self {
            Self::Top => page.at_top(&in_text).ok_or_else(|| {
                let owed = page.own_blocks().get(..1).unwrap_or_default();
                let owed = owed.iter().map(|at| {
                    (
                        page.block_place(*at),
                        "owed at the top, by the second heading and within three blocks".to_owned(),
                    )
                });
                (
                    "it does not stand at the top of the page".to_owned(),
                    owed.collect(),
                )
            }),
            Self::Bottom => page.at_bottom(shown).ok_or_else(|| {
                let last = page.own_blocks().last();
                let owed = last.map(|at| {
                    (
                        page.block_place(*at),
                        "owed at the bottom, by the last three blocks".to_owned(),
                    )
                });
                (
                    "it does not stand at the bottom of the page".to_owned(),
                    owed.into_iter().collect(),
                )
            }),
            Self::BeforeFirst(anchor) => {
                let places = free(scope.anchors(*anchor));
                let Some(bound) = places.first() else {
                    return Ok(first());
                };
                let before = in_text.iter().find(|of| of.is_before(&bound.at));
                before.copied().ok_or_else(|| {
                    let why = format!(
                        "it does not stand before {}",
                        anchor.what().replacen("a ", "the first ", 1).replacen(
                            "an ",
                            "the first ",
                            1
                        )
                    );
                    (why, vec![(*bound, "owed before this".to_owned())])
                })
            }
            Self::Near(anchor, reach) => each(
                scope.anchors(*anchor),
                *reach,
                format!("it does not stand {} {}", reach.what(), anchor.what()),
            ),
            Self::Beside(phrases) => each(
                page.saying(phrases),
                Reach::Blocks(1),
                "it does not stand beside what it belongs to".to_owned(),
            ),
            Self::EverySection => each(
                page.section_places(),
                Reach::Section,
                "it does not stand in every section".to_owned(),
            ),
        }
    }
}

impl Reach {
    fn what(self) -> String {
        let number = |count: u32, one: &str| match count {
            0 => format!("in the {one} of"),
            1 => format!("within one {one} of"),
            count => format!("within {count} {one}s of"),
        };
        match self {
            Self::Section => number(0, "section"),
            Self::Blocks(count) => number(count, "block"),
            Self::Words(count) => number(count, "word"),
            Self::Sections(count) => number(count, "section"),
        }
    }

    fn owed(self) -> String {
        format!("owed {} this", self.what())
    }

    /// Whether one of these texts is as near as this to a place.
    fn reaches(self, page: &Page<'_>, texts: &Stretches, place: &Stretch) -> bool {
        let section = |of: u32| page.section_of(of);
        let near = || texts.around(place).into_iter().flatten();
        let gap = |of: &Stretch, number: &dyn Fn(super::Spot) -> u32| of.gap(place, number);
        match self {
            Self::Section => {
                let wanted = section(place.first.block);
                // sections are stretches of blocks, so that the nearest texts are enough
                near().any(|of| of.blocks().any(|block| section(block) == wanted))
            }
            Self::Blocks(most) => near().any(|of| page.blocks_between(of, place) <= most),
            Self::Words(most) => near().any(|of| gap(of, &|at| page.word_number(at)) <= most),
            Self::Sections(most) => near().any(|of| gap(of, &|at| section(at.block)) <= most),
        }
    }
}

impl Page<'_> {
    /// How many blocks two stretches are apart; none when they share one.
    pub(super) fn blocks_between(&self, of: &Stretch, other: &Stretch) -> u32 {
        of.gap(other, &|at| self.rank(at.block))
    }

    /// How many of the page's own blocks come before a block.
    fn rank(&self, block: u32) -> u32 {
        super::page::number(self.own_blocks().partition_point(|of| *of < block))
    }

    /// How many words of the page's own blocks come before a place.
    pub(super) fn word_number(&self, at: super::Spot) -> u32 {
        let counted = self.word_counts.get_or_init(|| {
            let mut sum = 0;
            let own = self.own_blocks().iter();
            let mut counts = vec![0];
            counts.extend(own.map(|of| {
                sum += super::page::number(self.tokens(*of as usize).len());
                sum
            }));
            counts
        });
        let before = counted.get(self.rank(at.block) as usize);
        before.copied().unwrap_or_default() + at.word
    }

    fn section_of(&self, block: u32) -> u32 {
        let blocks = &self.document.blocks;
        let of = blocks.get(block as usize).or(blocks.last());
        of.map_or(0, |of| of.section)
    }

    fn in_footnote(&self, of: &Stretch) -> bool {
        let block = self.document.blocks.get(of.first.block as usize);
        block.is_some_and(|block| block.footnote)
    }

    /// The first text before the second heading and within the first blocks.
    fn at_top(&self, texts: &[Stretch]) -> Option<Stretch> {
        let own = self.own_blocks();
        let mut headings = own.iter().filter(|at| self.is_heading(**at));
        let second = headings.nth(1).copied().unwrap_or(u32::MAX);
        let fits = |of: &&Stretch| {
            let block = of.first.block;
            block <= second && (self.rank(block) as usize) < EDGE
        };
        texts.iter().find(fits).copied()
    }

    /// The last text within the last blocks, or below them.
    fn at_bottom(&self, texts: &[Stretch]) -> Option<Stretch> {
        let own = self.own_blocks().len();
        let fits = |of: &&Stretch| {
            let after = self.rank(of.end.block + 1) as usize;
            self.in_footnote(of) || own - after.min(own) < EDGE
        };
        texts.iter().rfind(fits).copied()
    }

    /// The places that say one of these phrases, in reading order.
    fn saying(&self, phrases: &[WordingId]) -> Vec<Place> {
        let hits = self.hits(phrases);
        hits.iter()
            .filter(|hit| !hit.from_lead)
            .map(|hit| Place {
                at: Stretch::of(hit),
                span: self.span(hit),
                link: None,
            })
            .collect()
    }

    /// The first block of each section that has words of its own, with its heading.
    pub(super) fn section_places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        let mut last = None;
        for block in self.own_blocks().iter().filter(|at| !self.is_heading(**at)) {
            let section = self.section_of(*block);
            if last.replace(section) == Some(section) {
                continue;
            }
            let heading = self.document.sections[section as usize].heading;
            let span: Span = self.document.blocks[heading.unwrap_or(*block) as usize].span;
            places.push(Place {
                at: Stretch::before_block(*block),
                span,
                link: None,
            });
        }
        places
    }
}
