//! Passthroughs of AsciiDoc text: what its other passes leave alone, as it is written or as HTML.

use super::inline::{Act, Fate, Inline};
use super::lines::is_word;

impl Inline {
    /// `+x+`, `++x++`, `+++x+++`, `$$x$$`, `pass:[x]`, `stem:[x]`: what the other passes leave alone.
    pub(super) fn passes(&mut self) {
        let names = ["pass:", "stem:", "latexmath:", "asciimath:"];
        let mut signs = vec!["+++", "++", "$$"];
        let mut at = 0;
        while at < self.text().len() {
            let rest = &self.text().as_bytes()[at..];
            let sign = signs
                .iter()
                .copied()
                .find(|sign| rest.starts_with(sign.as_bytes()));
            let name = names.iter().find(|name| rest.starts_with(name.as_bytes()));
            let end = match (sign, name) {
                (Some(sign), _) => {
                    let end = self.pair(sign, at);
                    if end.is_none() {
                        signs.retain(|of| *of != sign);
                        continue;
                    }
                    end
                }
                (None, Some(name)) => self.pass_macro(name, at),
                (None, None) => None,
            };
            at = end.unwrap_or(at + 1);
        }
        self.single_plus();
    }

    /// What stands between two signs. Gives where it ends, if it does.
    fn pair(&mut self, sign: &str, open: usize) -> Option<usize> {
        let inner = open + sign.len();
        let close = self.find(sign, inner)?;
        let end = close + sign.len();
        if self.escaped(open) {
            self.set(open - 1..open, Fate::Gone);
        } else {
            let act = if sign == "+++" { Act::Html } else { Act::Raw };
            self.pass(open, inner, close, end, Some(act));
        }
        Some(end)
    }

    fn pass(&mut self, open: usize, inner: usize, close: usize, end: usize, act: Option<Act>) {
        if let Some(start) = self.role(open) {
            self.roles(start, open, inner..close);
        }
        self.set(open..inner, Fate::Gone);
        self.set(close..end, Fate::Gone);
        self.set(inner..close, Fate::Fixed);
        if let Some(act) = act {
            self.act(inner..close, act);
        }
    }

    fn pass_macro(&mut self, name: &str, start: usize) -> Option<usize> {
        let at = start + name.len();
        let text = self.text();
        let word = text[at..]
            .find(|c: char| !(c.is_ascii_lowercase() || c == ',' || c == '-'))
            .map_or(text.len(), |length| at + length);
        if !text[word..].starts_with('[') {
            return None;
        }
        let close = self.bracket(word)?;
        if self.escaped(start) {
            self.set(start - 1..start, Fate::Gone);
            return Some(close + 1);
        }
        let subs = self.text()[at..word].to_owned();
        let has = |of: &[&str]| subs.split(',').any(|sub| of.contains(&sub));
        if name == "pass:" && has(&["n", "q", "normal", "quotes"]) {
            self.set(start..word + 1, Fate::Gone);
            self.set(close..close + 1, Fate::Gone);
            return Some(close + 1);
        }
        let act = if name != "pass:" {
            Some(Act::Raw)
        } else if !has(&["c", "v", "specialchars", "verbatim"]) {
            Some(Act::Html)
        } else {
            // references in it are shown as what they stand for
            (!has(&["a", "attributes"])).then_some(Act::Raw)
        };
        self.pass(start, word + 1, close, close + 1, act);
        Some(close + 1)
    }

    /// `+x+`. What stands between backticks is monospace, and no plus sign in it pairs with one outside.
    fn single_plus(&mut self) {
        let mut signs = vec!['+', '`'];
        let mut at = 0;
        while let Some(open) = self.text()[at..].find(&signs[..]).map(|found| at + found) {
            at = open + 1;
            let before = self.before(open);
            let fits = self.is_open(open..at) && !is_word(before) && !";:".contains(before);
            if !fits || self.after(at).is_whitespace() {
                continue;
            }
            let sign = if self.text()[open..].starts_with('+') {
                "+"
            } else {
                "`"
            };
            let Some(close) = self.closer(sign, at, "") else {
                signs.retain(|of| !sign.starts_with(*of));
                continue;
            };
            if sign == "`" {
                self.plus_within(at, close);
            } else if before == '\\' {
                self.set(open - 1..open, Fate::Gone);
            } else {
                self.pass(open, open + 1, close, close + 1, Some(Act::Raw));
            }
            at = close + 1;
        }
    }

    /// `+x+` as all that stands between two backticks.
    fn plus_within(&mut self, start: usize, end: usize) {
        let text = &self.text()[start..end];
        let escaped = text.starts_with("\\+");
        let open = start + usize::from(escaped);
        let bare = text.trim_start_matches('\\');
        if bare.len() < 3 || !bare.starts_with('+') || !bare.ends_with('+') {
            return;
        }
        let whole = self.is_open(open..open + 1) && self.is_open(end - 1..end);
        if escaped {
            self.set(start..open, Fate::Gone);
        } else if whole && text.starts_with('+') {
            self.pass(open, open + 1, end - 1, end, Some(Act::Raw));
        }
    }
}
