//! The parts of a reStructuredText directive: arguments, options, content.

use super::Reader;
use super::lines::{Line, field, least_col};
use crate::document::Hidden;
use crate::syntax::html::hiding::hiding_class;

/// A directive in its parts. What it holds is in the lines after `head`; those of its options are blank there.
pub(super) struct Parts {
    /// Where the lines after its arguments and options begin.
    pub(super) head: usize,
    pub(super) arguments: Vec<Line>,
    pub(super) options: Vec<(String, Vec<Line>)>,
}

impl Parts {
    pub(super) fn option(&self, names: &[&str]) -> Option<&[Line]> {
        let found = self
            .options
            .iter()
            .find(|(name, _)| names.contains(&name.as_str()));
        found.map(|(_, value)| value.as_slice())
    }
}

impl Reader<'_> {
    /// Takes a directive apart; the lines of its options are blank afterwards.
    pub(super) fn parts(&self, lines: &mut [Line]) -> Parts {
        let mut parts = Parts {
            head: 0,
            arguments: Vec::new(),
            options: Vec::new(),
        };
        let from = usize::from(lines.first().is_some_and(|line| line.blank()));
        let base = least_col(lines.get(1..).unwrap_or_default());
        let mut at = from;
        while at < lines.len() && !lines[at].blank() {
            let line = lines[at];
            let marker = field(line.of(self.text)).filter(|_| at == 0 || line.col == base);
            if let Some((name, width)) = marker {
                let name = self.text[line.start + 1..][..name].to_lowercase();
                parts
                    .options
                    .push((name, vec![line.skip(self.text, width)]));
            } else if let Some((_, value)) = parts.options.last_mut() {
                value.push(line);
            } else {
                parts.arguments.push(line);
                at += 1;
                continue;
            }
            lines[at].start = lines[at].end;
            at += 1;
        }
        parts.head = at;
        parts
    }

    /// Words of options, which are attributes in the page or nothing.
    pub(super) fn option_words(&mut self, parts: &Parts) {
        for (name, value) in &parts.options {
            let place = match name.as_str() {
                "caption" | "header" | "subtitle" => continue,
                "alt" => "the alt text of an image",
                _ => "an option of a directive",
            };
            let wordy = value.iter().any(|line| line.of(self.text).contains(' '));
            if wordy || value.iter().filter(|line| !line.blank()).count() > 1 {
                self.unseen(Hidden::Attribute(place), value);
            }
        }
    }

    /// Why what stands under some class names is not seen.
    pub(super) fn classes(&self, names: &[Line]) -> Option<Hidden> {
        let mut all = names
            .iter()
            .flat_map(|line| line.of(self.text).split_whitespace());
        all.find_map(hiding_class)
    }

    /// Whether a class makes a box that is closed until someone opens it.
    pub(super) fn collapses(&self, parts: &Parts) -> bool {
        let classes = parts.option(&["class"]).unwrap_or_default();
        let has = |name: &str| {
            let mut all = classes
                .iter()
                .flat_map(|line| line.of(self.text).split_whitespace());
            all.any(|class| class == name)
        };
        (has("dropdown") || has("toggle")) && !has("toggle-shown")
    }
}
