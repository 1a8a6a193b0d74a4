//! Passthroughs of AsciiDoc text: what its other passes leave alone, as it is written or as HTML.

use super::asciidoc_inline::{Act, Fate, Inline};
use super::asciidoc_lines::is_word;

impl Inline {
    /// `+x+`, `++x++`, `+++x+++`, `$$x$$`, `pass:[x]`, `stem:[x]`: what the other passes leave alone.
    pub(super) fn passes(&mut self) {
        for sign in ["+++", "++", "$$"] {
            let mut at = 0;
            while let Some(open) = self.find(sign, at) {
                let inner = open + sign.len();
                let Some(close) = self.find(sign, inner) else {
                    break;
                };
                at = close + sign.len();
                if self.escaped(open) {
                    self.set(open - 1..open, Fate::Gone);
                    continue;
                }
                let act = if sign == "+++" { Act::Html } else { Act::Raw };
                self.pass(open, inner, close, at, act);
            }
        }
        for name in ["pass:", "stem:", "latexmath:", "asciimath:"] {
            self.pass_macro(name);
        }
        self.single_plus();
    }

    fn pass(&mut self, open: usize, inner: usize, close: usize, end: usize, act: Act) {
        if let Some(start) = self.role(open) {
            self.roles(start, open, inner..close);
        }
        self.set(open..inner, Fate::Gone);
        self.set(close..end, Fate::Gone);
        self.set(inner..close, Fate::Fixed);
        self.act(inner..close, act);
    }

    fn pass_macro(&mut self, name: &str) {
        let mut at = 0;
        while let Some(start) = self.find(name, at) {
            at = start + name.len();
            let text = self.text();
            let word = text[at..]
                .find(|c: char| !(c.is_ascii_lowercase() || c == ',' || c == '-'))
                .map_or(text.len(), |length| at + length);
            if !text[word..].starts_with('[') {
                at = word;
                continue;
            }
            let Some(close) = self.bracket(word) else {
                return;
            };
            if self.escaped(start) {
                self.set(start - 1..start, Fate::Gone);
                at = close + 1;
                continue;
            }
            let subs = self.text()[at..word].to_owned();
            let normal = subs
                .split(',')
                .any(|of| matches!(of, "n" | "q" | "normal" | "quotes"));
            let act = match name {
                "pass:" if subs.is_empty() || subs == "a" || subs == "m" => Act::Html,
                _ => Act::Raw,
            };
            if name == "pass:" && normal {
                self.set(start..word + 1, Fate::Gone);
                self.set(close..close + 1, Fate::Gone);
            } else {
                self.pass(start, word + 1, close, close + 1, act);
            }
            at = close + 1;
        }
    }

    fn single_plus(&mut self) {
        let mut at = 0;
        while let Some(open) = self.find("+", at) {
            at = open + 1;
            let before = self.before(open);
            if is_word(before) || ";:".contains(before) || self.after(at).is_whitespace() {
                continue;
            }
            let Some(close) = self.closer("+", at, "") else {
                return;
            };
            if before == '\\' {
                self.set(open - 1..open, Fate::Gone);
            } else {
                self.pass(open, open + 1, close, close + 1, Act::Raw);
            }
            at = close + 1;
        }
    }
}
