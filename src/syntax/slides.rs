//! Where slides begin and end: at `---` in Markdown, with `<section>` in HTML, with sections in AsciiDoc and reStructuredText.

use super::builder::{Builder, number};

impl Builder {
    /// Ends a slide and begins the next; what comes before the first border is one too.
    pub(super) fn part_slides(&mut self) {
        self.close();
        let at = number(self.document().blocks.len());
        if self.document().slides.is_empty() && at > 0 {
            self.document().slides.push((0, at));
        }
        self.begin_slide();
    }

    /// Begins a slide, within which another ends it.
    pub(super) fn begin_slide(&mut self) {
        self.end_slide();
        let at = number(self.document().blocks.len());
        self.document().slides.push((at, u32::MAX));
    }

    /// Ends the slide that is open.
    pub(super) fn end_slide(&mut self) {
        self.close();
        let at = number(self.document().blocks.len());
        if let Some(open) = self
            .document()
            .slides
            .last_mut()
            .filter(|of| of.1 == u32::MAX)
        {
            open.1 = at;
            let empty = open.0 == at;
            if empty {
                self.document().slides.pop();
            }
        }
    }

    /// Takes each section of the first and the second level for a slide.
    pub(super) fn sections_are_slides(&mut self) {
        self.close();
        let document = self.document();
        let heads = document
            .sections
            .iter()
            .filter(|of| (1..=2).contains(&of.level));
        let starts: Vec<u32> = heads.filter_map(|of| of.heading).collect();
        let end = number(document.blocks.len());
        let ends = starts.iter().skip(1).copied().chain([end]);
        document.slides = starts.iter().copied().zip(ends).collect();
    }
}
