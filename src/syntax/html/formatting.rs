//! Formatting that goes on after its block and ends in the midst of one: "the list of active formatting elements" of the HTML
//! standard, §13.2.4.3.

use super::elements::{FORMATTING, list, marks, special};
use super::tags::{Element, Markup, Tags};
use crate::source::Span;
use crate::syntax::builder::Builder;

/// The "Noah's Ark clause" of the HTML standard: so many equal formatting elements go on after their block.
const ALIKE: usize = 3;
/// And so many blocks does the "adoption agency" look through, §13.2.6.4.7: formatting that has more in it goes on.
const ADOPTED: usize = 8;

impl Tags {
    /// The "adoption agency": formatting ends, the blocks in it do not. What was read before stays
    /// where it was told, though the standard moves some of it out.
    pub(in crate::syntax) fn adopt(&mut self, at: usize, builder: &mut Builder) {
        let blocks = (at + 1..self.open.len()).filter(|here| special(&self.open[*here].name));
        let blocks: Vec<usize> = blocks.take(ADOPTED).collect();
        let Some(last) = blocks.last() else {
            return self.drop_from(at, Some(1), builder);
        };
        let mut inner = Vec::new();
        if blocks.len() == ADOPTED {
            inner = self.open.split_off(last + 1);
        } else {
            self.drop_from(last + 1, Some(0), builder);
        }
        let within = self.open.split_off(at + 1);
        let ended = self.open.pop();
        let stays = |of: &Element| special(&of.name) || FORMATTING.contains(&&*of.name);
        self.open.extend(within.into_iter().filter(stays));
        if blocks.len() == ADOPTED {
            self.open.extend(ended);
            self.open.append(&mut inner);
        }
        self.explain(at);
    }

    /// Takes the elements from `at` on away; of the formatting among them, what stands from number `kept` on goes on.
    pub(in crate::syntax) fn drop_from(
        &mut self,
        at: usize,
        kept: Option<usize>,
        builder: &mut Builder,
    ) {
        let dropped = self.open.split_off(at);
        for element in dropped.iter().rev() {
            if list(&element.name) {
                builder.close_list();
            }
            if &*element.name == "section" {
                builder.end_slide();
            }
            builder.quotes -= usize::from(&*element.name == "blockquote");
            builder.frames -= usize::from(element.frame);
        }
        let kept = kept.filter(|_| self.markup != Markup::Jsx);
        for (number, mut element) in dropped.into_iter().enumerate().rev() {
            let alike = |of: &&Element| of.name == element.name && of.hides == element.hides;
            let others = self.open.iter().chain(&self.pending);
            if marks(&element.name) {
                self.pending = std::mem::take(&mut element.waiting);
            } else if FORMATTING.contains(&&*element.name)
                && kept.is_some_and(|kept| number >= kept)
                && others.filter(alike).count() < ALIKE
            {
                self.pending.insert(0, element);
            }
        }
        // words between tags are not told here
        if self.markup == Markup::Embedded {
            self.renew(builder);
        }
    }

    /// Lets formatting whose block has ended go on.
    pub(in crate::syntax) fn renew(&mut self, builder: &mut Builder) {
        if !self.pending.is_empty() {
            let first = self.open.len();
            self.open.append(&mut self.pending);
            self.explain(first);
            self.tell(builder);
        }
    }

    /// Whether an end tag ends formatting that has not gone on yet.
    pub(in crate::syntax) fn forget(
        &mut self,
        name: &str,
        span: Span,
        builder: &mut Builder,
    ) -> bool {
        let Some(at) = self.pending.iter().rposition(|of| *of.name == *name) else {
            return false;
        };
        if let Some(link) = self.pending.remove(at).link {
            builder.end_link(link, span.end);
        }
        true
    }
}
