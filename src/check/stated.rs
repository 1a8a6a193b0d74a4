//! Whether a page makes a statement that it owes, or tells of one: rules, checklists and tables that demand it.

use super::Page;
use crate::document::BlockKind;
use crate::source::Span;
use crate::text::{Hit, is_negation};

impl Page<'_> {
    /// Whether a required statement is really made: not asked, not quoted, not told of others, not denied by words before it unless it
    /// denies itself.
    #[must_use]
    pub fn stated(&self, hit: &Hit) -> bool {
        let block = hit.passage as usize;
        let tokens = self.tokens(block);
        let said = self.said(block);
        // "Is this advice? No." states what it holds: the question and its answer
        let answered = tokens.sentence(hit.first as usize).end < hit.end as usize;
        if (tokens.asks(hit.first as usize) && !answered)
            || said.quoted_whole(hit.first, hit.end)
            || said.reported(hit.first, hit.end)
            || self.is_note(block)
            || self.is_drawn(hit)
            || (hit.from_lead && self.forbidden_above(block))
            || self.demanded_above(block)
        {
            return false;
        }
        let denies = hit.from_lead
            || tokens.items()[hit.first as usize..hit.end as usize]
                .iter()
                .any(|token| is_negation(self.document.text.token(token)));
        denies || !(said.taken_back(hit.first, hit.end) || self.denied_above(block))
    }

    /// What is read together with a block: what leads in to its list, or the cells at the head of its row and its column.
    pub(super) fn led(&self, block: usize) -> [Option<usize>; 2] {
        let of = &self.document.blocks[block];
        if of.kind == BlockKind::Cell {
            return of.heads.map(|head| head.map(|head| head as usize));
        }
        let lead = self.lead(block);
        [lead.filter(|lead| self.tokens(*lead).leads_in()), None]
    }

    /// Whether what leads in to a block, or stands above it, says that a writer owes it or gives it as an example: "The footer must
    /// say:", the heading "Required wording", the head of a table.
    fn demanded_above(&self, block: usize) -> bool {
        let of = &self.document.blocks[block];
        let leads =
            |above: usize| self.tokens(above).ends_in_colon() && self.said(above).ends_telling();
        let lead = self
            .lead(block)
            .is_some_and(|lead| self.said(lead).ends_telling());
        let before = block.checked_sub(1).is_some_and(leads);
        // "A suggestion:", and under it a quotation of several paragraphs
        let quotes = of.quote
            && ((0..block).rev())
                .find(|at| !self.document.blocks[*at].quote)
                .is_some_and(leads);
        let heading = |section: u32| {
            let heading = self.document.sections[section as usize].heading;
            heading.is_some_and(|at| {
                let tokens = self.tokens(at as usize);
                // "Can I use this for trading?" is asked by a reader, and answered under it
                let asks = !tokens.is_empty() && tokens.asks(tokens.len() - 1);
                at as usize != block && !asks && self.said(at as usize).demands()
            })
        };
        let section = &self.document.sections[of.section as usize];
        let under = heading(of.section) || section.parent.is_some_and(heading);
        lead || before
            || quotes
            || under
            || (of.kind == BlockKind::Cell && self.table_demands(block))
    }

    /// Whether a list says what a writer must not do: "Never:", "The reply must not:".
    fn forbidden_above(&self, block: usize) -> bool {
        const ORDERS: [&str; 8] = [
            "never",
            "don't",
            "do not",
            "avoid",
            "must not",
            "mustn't",
            "should not",
            "shall not",
        ];
        const ACTS: [&str; 10] = [
            "give",
            "make",
            "provide",
            "offer",
            "recommend",
            "suggest",
            "promise",
            "tell",
            "say",
            "claim",
        ];
        const WORDS: usize = 3;
        let acts = (self.tokens(block).items().first())
            .is_some_and(|first| ACTS.contains(&self.document.text.token(first)));
        acts && self.lead(block).is_some_and(|lead| {
            let items = self.tokens(lead).items();
            let last = &items[items.len().saturating_sub(WORDS)..];
            let words: Vec<&str> = last.iter().map(|of| self.document.text.token(of)).collect();
            let words = words.join(" ");
            ORDERS
                .iter()
                .any(|order| words == *order || words.ends_with(&format!(" {order}")))
        })
    }

    /// Whether the head of the table that a cell stands in says that its texts are owed or examples.
    fn table_demands(&self, cell: usize) -> bool {
        const COLUMNS: usize = 6;
        const SAMPLES: [&str; 6] = [
            "example", "examples", "sample", "default", "wording", "expected",
        ];
        let first = (0..cell)
            .rev()
            .take_while(|at| self.document.blocks[*at].kind == BlockKind::Cell)
            .last();
        first.is_some_and(|first| {
            (first..cell.min(first + COLUMNS)).any(|at| {
                let words = self.document.text.words(self.document.blocks[at].passage);
                self.said(at).demands() || SAMPLES.contains(&words)
            })
        })
    }

    /// Whether a block is a note to those who make the page: a comment of a program in plain text, a task that is to be ticked off.
    fn is_note(&self, block: usize) -> bool {
        const BOX: u32 = 4;
        let of = &self.document.blocks[block];
        let comment = self.tokens(block).is_comment();
        let mark = Span {
            start: of.span.start.saturating_sub(BOX),
            end: of.span.start,
        };
        let task = of.kind == BlockKind::Item
            && matches!(self.document.slice(mark), "[ ] " | "[x] " | "[X] ");
        comment || task || (of.kind == BlockKind::Item && self.is_ticked_off(block))
    }

    /// Whether a list item begins with the mark of what is done: a list of work, unless its heading is that of a notice, or the
    /// item beside it crosses out what a reader must not do.
    fn is_ticked_off(&self, block: usize) -> bool {
        const CROSSES: [char; 2] = ['❌', '✗'];
        const NOTICES: [&str; 5] = ["disclaim", "warning", "notice", "important", "risk"];
        let of = &self.document.blocks[block];
        let heading = self.document.sections[of.section as usize].heading;
        let notice = heading.is_some_and(|at| {
            let passage = self.document.blocks[at as usize].passage;
            let words = self.document.text.words(passage);
            NOTICES.iter().any(|notice| words.contains(notice))
        });
        let begins = |at: usize, marks: &[char]| {
            let of = &self.document.blocks[at];
            of.kind == BlockKind::Item && self.document.text.words(of.passage).starts_with(marks)
        };
        let crossed = || {
            let before = block.checked_sub(1).is_some_and(|at| begins(at, &CROSSES));
            let after = block + 1 < self.document.blocks.len() && begins(block + 1, &CROSSES);
            before || after
        };
        !notice && begins(block, &['✅', '☑', '✔']) && !crossed()
    }

    /// Whether words stand in a sketch of a screen: in a line that begins with the side of a drawn box.
    fn is_drawn(&self, hit: &Hit) -> bool {
        let block = &self.document.blocks[hit.passage as usize];
        let before = self.document.slice(Span {
            start: block.span.start,
            end: self.span(hit).start,
        });
        let line = before.rsplit('\n').next().unwrap_or(before);
        (line.trim_start_matches([' ', '\t', '>'])).starts_with(['│', '┃', '┆', '┊'])
    }
}
