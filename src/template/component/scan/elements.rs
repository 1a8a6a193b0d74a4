//! The scanner inside elements: what stands between tags, and the end tags that answer.

use super::*;

impl Scanner<'_> {
    pub(in crate::template::component) fn children(&mut self) {
        let rest = self.rest();
        let mustache = self.dialect == Dialect::Mustache;
        if rest.starts_with("</") {
            return self.answer();
        }
        if rest.starts_with("<!") {
            let length = if rest.starts_with("<!--") {
                self.through(4, "-->")
            } else {
                self.through(2, ">")
            };
            self.push(Kind::Comment, length);
            return;
        }
        let begins =
            |rest: &str| rest.starts_with("<>") || rest.starts_with('<') && name(&rest[1..]) > 0;
        if begins(rest) {
            return self.begin_tag();
        }
        if rest.starts_with('{') && (!mustache || rest.starts_with("{{")) {
            let open = self.push(Kind::Open, 1);
            self.modes.push(Mode::Program { open });
            return;
        }
        if rest.starts_with('}') && !mustache && self.leave_elements() {
            return;
        }
        let rest = self.rest();
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest[first..]
            .find(['<', '{', '}'])
            .map_or(rest.len(), |length| first + length);
        self.push(Kind::Text, length);
    }

    /// At a `}` in an element that nothing closed: the expression round it ends.
    pub(in crate::template::component) fn leave_elements(&mut self) -> bool {
        let outer = self
            .modes
            .iter()
            .rev()
            .take(FARTHEST)
            .position(|mode| matches!(mode, Mode::Program { open } if *open != usize::MAX));
        let Some(outer) = outer else { return false };
        self.modes.truncate(self.modes.len() - outer);
        true
    }

    /// An end tag: it closes the nearest element of its name, and what is in that.
    pub(in crate::template::component) fn answer(&mut self) {
        let length = self.through(2, ">");
        let named = self.rest()[2..length]
            .trim_end_matches('>')
            .trim()
            .to_owned();
        let number = self.push(Kind::EndTag, length);
        let found = self
            .modes
            .iter()
            .rev()
            .take(FARTHEST)
            .take_while(|mode| matches!(mode, Mode::Children { .. }))
            .position(|mode| match mode {
                Mode::Children { tag } if *tag != usize::MAX => {
                    self.text[self.tokens[*tag].at.clone()][1..] == named
                }
                _ => false,
            });
        let Some(found) = found else { return };
        let keep = self.modes.len() - found - 1;
        if let Some(Mode::Children { tag }) = self.modes.get(keep) {
            let ends = self.tokens[*tag].end;
            self.tokens[ends].end = number;
            self.tokens[number].end = *tag;
        }
        self.modes.truncate(keep);
    }
}
