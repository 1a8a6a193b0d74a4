//! The words of JavaScript and of the markup in it, each bracket and tag with the one that answers it, in one pass and without
//! recursion: what is nested a million deep costs no more than what stands side by side.

mod elements;

use std::ops::Range;

use super::signs::{name, regex, sign, string, void};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// A string with its quotation marks; in a tag, the value of an attribute.
    Str,
    /// The backtick that begins a template; `end` is the one that ends it.
    Template,
    /// Words of a template between its `${…}`.
    Words,
    Regex,
    Sign,
    /// `(`, `[`, `{`, `${`.
    Open,
    Close,
    /// `<name`; `end` is the `>` or `/>` of the same tag.
    Tag,
    Attribute,
    /// `>` or `/>`; `end` is the end tag, or itself where there is none.
    TagEnd,
    /// `</name>`.
    EndTag,
    /// What stands between tags.
    Text,
    /// `<!-- … -->` and `<!doctype …>`.
    Comment,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    /// The token that answers this one; itself where none does.
    pub(super) end: usize,
    /// Tokens of the program that a string of markup holds, as in `v-if="…"`.
    pub(super) inner: Range<usize>,
}

/// What the text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// A program in which elements may stand.
    Jsx,
    /// A program without elements: `<` is a sign.
    Plain,
    /// Elements with `{…}` in them, as HTML writes them.
    Markup,
    /// The same with `{{ … }}`.
    Mustache,
}

enum Mode {
    Program { open: usize },
    Words { open: usize },
    Tag { open: usize },
    Children { tag: usize },
}

/// How far out an end tag or a bracket looks for what it answers.
const FARTHEST: usize = 256;

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    to: usize,
    dialect: Dialect,
    tokens: &'a mut Vec<Token>,
    first: usize,
    modes: Vec<Mode>,
}

/// Adds the tokens of a range of the text.
pub(super) fn scan(
    text: &str,
    range: Range<usize>,
    dialect: Dialect,
    tokens: &mut Vec<Token>,
) -> Range<usize> {
    let first = tokens.len();
    let markup = matches!(dialect, Dialect::Markup | Dialect::Mustache);
    let mut scanner = Scanner {
        text: &text[..range.end],
        at: range.start,
        to: range.end,
        dialect,
        tokens,
        first,
        modes: vec![if markup {
            Mode::Children { tag: usize::MAX }
        } else {
            Mode::Program { open: usize::MAX }
        }],
    };
    while scanner.at < scanner.to {
        let before = scanner.at;
        match scanner.modes.last() {
            Some(Mode::Program { .. }) | None => scanner.program(),
            Some(Mode::Words { open }) => {
                let open = *open;
                scanner.words(open);
            }
            Some(Mode::Tag { open }) => {
                let open = *open;
                scanner.tag(open);
            }
            Some(Mode::Children { .. }) => scanner.children(),
        }
        if scanner.at == before && scanner.stuck() {
            scanner.at += scanner.rest().chars().next().map_or(1, char::len_utf8);
        }
    }
    first..tokens.len()
}

impl Scanner<'_> {
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// A mode that took nothing and changed nothing would never end; all but a change of mode take something.
    pub(super) fn stuck(&self) -> bool {
        !matches!(self.modes.last(), Some(Mode::Children { .. }))
    }

    pub(super) fn push(&mut self, kind: Kind, length: usize) -> usize {
        let number = self.tokens.len();
        let end = (self.at + length).min(self.to);
        self.tokens.push(Token {
            kind,
            at: self.at..end,
            end: number,
            inner: 0..0,
        });
        self.at = end;
        number
    }

    pub(super) fn skip_space(&mut self) -> bool {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start().len();
        self.at += skipped;
        skipped > 0
    }

    /// The length of a stretch up to and with a needle, or to the end.
    pub(super) fn through(&self, from: usize, needle: &str) -> usize {
        let rest = self.rest();
        rest.get(from..)
            .and_then(|rest| rest.find(needle))
            .map_or(rest.len(), |length| from + length + needle.len())
    }

    pub(super) fn program(&mut self) {
        if self.skip_space() && self.at == self.to {
            return;
        }
        let rest = self.rest();
        let bytes = rest.as_bytes();
        match bytes[0] {
            b'/' if bytes.get(1) == Some(&b'/') => {
                self.at += rest.find('\n').unwrap_or(rest.len());
            }
            b'/' if bytes.get(1) == Some(&b'*') => self.at += self.through(2, "*/"),
            b'"' | b'\'' => {
                let length = string(rest);
                self.push(Kind::Str, length);
            }
            b'`' => {
                let open = self.push(Kind::Template, 1);
                self.modes.push(Mode::Words { open });
            }
            b'{' | b'(' | b'[' => {
                let open = self.push(Kind::Open, 1);
                self.modes.push(Mode::Program { open });
            }
            b'}' | b')' | b']' => self.close(),
            b'<' if self.dialect != Dialect::Plain && self.element_may_begin() => self.begin_tag(),
            b'/' if self.operand_may_begin() && !self.block_ends() && regex(rest).is_some() => {
                let length = regex(rest).unwrap_or(1);
                self.push(Kind::Regex, length);
            }
            b'0'..=b'9' => {
                let length = rest
                    .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')))
                    .unwrap_or(rest.len());
                self.push(Kind::Number, length);
            }
            _ => {
                let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
                let length = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
                if length > 0 {
                    self.push(Kind::Word, length);
                } else {
                    let length = sign(rest);
                    self.push(Kind::Sign, length);
                }
            }
        }
    }

    pub(super) fn close(&mut self) {
        let number = self.push(Kind::Close, 1);
        if let Some(Mode::Program { open }) = self.modes.last() {
            let open = *open;
            if open != usize::MAX {
                self.modes.pop();
                self.tokens[open].end = number;
                self.tokens[number].end = open;
            }
        }
    }

    /// Whether what stands before leaves room for an operand.
    pub(super) fn operand_may_begin(&self) -> bool {
        let Some(last) = self.tokens[self.first..].last() else {
            return true;
        };
        match last.kind {
            Kind::Word => matches!(
                &self.text[last.at.clone()],
                "return" | "default" | "case" | "typeof" | "else" | "yield" | "await" | "in" | "of"
            ),
            Kind::Sign => !matches!(&self.text[last.at.clone()], "++" | "--"),
            Kind::Open => true,
            _ => false,
        }
    }

    /// `{/if}` ends a block, and begins no regular expression.
    pub(super) fn block_ends(&self) -> bool {
        let open = self
            .tokens
            .last()
            .is_some_and(|last| last.kind == Kind::Open);
        open && self.dialect == Dialect::Markup
    }

    pub(super) fn element_may_begin(&self) -> bool {
        if !self.operand_may_begin() {
            return false;
        }
        let rest = &self.rest()[1..];
        if rest.starts_with('>') {
            return true;
        }
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return false;
        }
        let after = rest[name(rest)..].trim_start();
        // `<T,>(x: T) => …` and `<T extends X>(…) => …`
        !after.starts_with(',') && !after.starts_with("extends ")
    }

    pub(super) fn begin_tag(&mut self) {
        let length = 1 + name(&self.rest()[1..]);
        let open = self.push(Kind::Tag, length);
        self.modes.push(Mode::Tag { open });
    }

    pub(super) fn words(&mut self, open: usize) {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut here = 0;
        while here < bytes.len() {
            match bytes[here] {
                b'\\' => here += 1,
                b'`' => break,
                b'$' if bytes.get(here + 1) == Some(&b'{') => break,
                _ => {}
            }
            here += 1;
        }
        let mut here = here.min(bytes.len());
        while !rest.is_char_boundary(here) {
            here += 1;
        }
        let ends = bytes.get(here) == Some(&b'`');
        if here > 0 {
            self.push(Kind::Words, here);
        }
        if self.at == self.to {
            return;
        }
        if ends {
            let number = self.push(Kind::Close, 1);
            self.tokens[number].end = open;
            self.tokens[open].end = number;
            self.modes.pop();
        } else {
            let open = self.push(Kind::Open, 2);
            self.modes.push(Mode::Program { open });
        }
    }

    /// One attribute of a tag, or its end.
    pub(super) fn tag(&mut self, open: usize) {
        if self.skip_space() && self.at == self.to {
            return;
        }
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let valued = self
            .tokens
            .last()
            .is_some_and(|last| last.kind == Kind::Sign && &self.text[last.at.clone()] == "=");
        match bytes[0] {
            b'>' => self.end_tag_of(open, 1, false),
            b'/' if bytes.get(1) == Some(&b'>') => self.end_tag_of(open, 2, true),
            b'/' if bytes.get(1) == Some(&b'*') => self.at += self.through(2, "*/"),
            b'{' => {
                let open = self.push(Kind::Open, 1);
                self.modes.push(Mode::Program { open });
            }
            quote @ (b'"' | b'\'') => {
                let length = rest[1..]
                    .bytes()
                    .position(|byte| byte == quote)
                    .map_or(rest.len(), |length| length + 2);
                self.push(Kind::Str, length);
            }
            b'`' => {
                let open = self.push(Kind::Template, 1);
                self.modes.push(Mode::Words { open });
            }
            b'=' => {
                self.push(Kind::Sign, 1);
            }
            _ if valued => {
                let length = rest
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .unwrap_or(rest.len());
                self.push(Kind::Str, length);
            }
            _ => {
                let length = rest[1..]
                    .find(|c: char| {
                        c.is_whitespace() || matches!(c, '=' | '>' | '/' | '{' | '"' | '\'')
                    })
                    .map_or(rest.len(), |length| length + 1);
                let length = (length..=rest.len())
                    .find(|length| rest.is_char_boundary(*length))
                    .unwrap_or(rest.len());
                self.push(Kind::Attribute, length);
            }
        }
    }

    pub(super) fn end_tag_of(&mut self, open: usize, length: usize, closed: bool) {
        let number = self.push(Kind::TagEnd, length);
        self.tokens[open].end = number;
        self.modes.pop();
        let name = self.text[self.tokens[open].at.clone()][1..].to_owned();
        let html = matches!(self.dialect, Dialect::Markup | Dialect::Mustache);
        if closed || html && void(&name) {
            return;
        }
        self.modes.push(Mode::Children { tag: open });
        if html && matches!(name.as_str(), "script" | "style") {
            let end = self.through(0, &format!("</{name}"));
            let length = end.saturating_sub(name.len() + 2);
            if end == self.rest().len() && !self.rest().ends_with(&name) {
                self.push(Kind::Text, end);
            } else if length > 0 {
                self.push(Kind::Text, length);
            }
        }
    }
}
