//! MDX: what is no Markdown (JSX tags, expressions, `import` and `export`) is taken out, and the Markdown reader does the rest.
//! Expressions are prose only where they are one string; attributes are not. What components show is asked for.

use std::ops::Range;

use super::builder::Builder;
use super::containers::{Container, colons};
use super::html::tags::Markup;
use super::indented::indent;
use super::masked::{Inset, Masked};
use super::{Syntax, front_matter, jsx::Jsx, markdown};
use crate::document::Document;
use crate::pieces::Pieces;
use crate::source::Span;

pub(super) const SYNTAX: Syntax = Syntax {
    name: "mdx",
    extensions: &["mdx"],
    read: page,
    add: Some(super::add::mdx),
    comment: Some(super::BRACED),
};

fn page(mut builder: Builder) -> Document {
    let source = builder.page();
    let begins = front_matter::read(&mut builder);
    read(&source.text()[begins..], begins, &mut builder);
    builder.finish()
}

/// Reads MDX whose first byte has this place into the document.
pub(super) fn read(text: &str, at: usize, builder: &mut Builder) {
    let mut scanner = Scanner::new(text, at);
    while scanner.at < scanner.jsx.text.len() {
        scanner.line();
    }
    for (span, message) in std::mem::take(&mut scanner.problems) {
        builder.problem(span, message);
    }
    let Masked { text, insets } = scanner.masked;
    markdown::read(&text, insets, Markup::Jsx, builder);
}

/// Goes through MDX line by line and takes out what is no Markdown.
struct Scanner<'a> {
    jsx: Jsx<'a>,
    at: usize,
    masked: Masked,
    /// The indentation of each open element on lines of its own, and how much of what is in it is left out, once its first
    /// line is there.
    indents: Vec<(usize, Option<usize>)>,
    /// The elements of open containers.
    containers: Vec<&'static str>,
    /// Whether the line before is blank, or none.
    blank: bool,
    /// Where the last paragraph with a backtick in it ends, and how long the runs are that nothing in it closes.
    paragraph: usize,
    unclosed: Vec<usize>,
    problems: Vec<(Span, &'static str)>,
}

/// A part of a line: words as they stand, or something taken out.
enum Part {
    Words(Range<usize>),
    Taken(Inset),
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, base: usize) -> Self {
        Self {
            jsx: Jsx::new(text, base),
            at: 0,
            masked: Masked::default(),
            indents: Vec::new(),
            containers: Vec::new(),
            blank: true,
            paragraph: 0,
            unclosed: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn rest(&self) -> &'a str {
        &self.jsx.text[self.at..]
    }

    /// The end of the line that `at` is in, one past its line feed.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.jsx.text[at..];
        at + rest.find('\n').map_or(rest.len(), |length| length + 1)
    }

    /// Reads a line, or as many as what begins on it takes.
    fn line(&mut self) {
        let line = &self.jsx.text[self.at..self.line_end(self.at)];
        if line.trim().is_empty() {
            self.keep(self.at..self.at + line.len());
            self.at += line.len();
            self.blank = true;
            return;
        }
        if self.blank && program(line) {
            return self.program();
        }
        self.blank = false;
        self.strip_indent(line);
        if let Some(fence) = fence(self.rest()) {
            return self.fence(fence);
        }
        if self.container() {
            return;
        }
        let (from, outer) = (self.at, indent(self.rest()));
        let parts = self.parts();
        let alone = parts.iter().all(|part| match part {
            Part::Words(range) => self.jsx.text[range.clone()]
                .trim_matches(|c: char| c.is_whitespace() || c == '>')
                .is_empty(),
            Part::Taken(_) => true,
        });
        let flow = alone && parts.iter().any(|part| matches!(part, Part::Taken(_)));
        if flow {
            self.nest(&parts, outer);
            // tags that stand alone end a paragraph
            let here = self.jsx.span(from..from);
            self.masked.text.push_as("\n", here);
        }
        for part in parts {
            match part {
                Part::Words(range) => self.keep(range),
                Part::Taken(Inset::Code(span, _)) if flow => {
                    self.masked.inset(Inset::Code(span, false), false);
                }
                Part::Taken(inset) => self.masked.inset(inset, !flow),
            }
        }
        if flow {
            let here = self.jsx.span(self.at..self.at);
            self.masked.text.push_as("\n", here);
            self.blank = true;
        }
    }

    /// Takes out the mark of a container, if the line is one.
    fn container(&mut self) -> bool {
        let end = self.line_end(self.at);
        let line = &self.jsx.text[self.at..end];
        let at = self.jsx.span(self.at..end).start as usize;
        match colons(line) {
            None => return false,
            Some(Container::Closes) => match self.containers.pop() {
                Some(name) => self.masked.end_container(name, at),
                None => return false,
            },
            Some(container) => {
                let piece = |part: Range<usize>| Pieces::of(&line[part.clone()], at + part.start);
                let name = self.masked.container(container, line, &piece);
                self.containers.extend(name);
            }
        }
        self.at = end;
        true
    }

    fn keep(&mut self, range: Range<usize>) {
        let at = self.jsx.span(range.clone()).start as usize;
        self.masked.text.push(&self.jsx.text[range], at);
    }

    /// Leaves out the white space by which elements indent what is in them, so that it stands where they do themselves: a list
    /// item round them goes on.
    fn strip_indent(&mut self, line: &str) {
        let Some((outer, strip)) = self.indents.last_mut() else {
            return;
        };
        let width = indent(line);
        strip.get_or_insert(width.saturating_sub(*outer));
        self.at += self.left_out(width);
    }

    /// How much of a line that is indented so far is left out: what is less so than the rest stands where its element does.
    fn left_out(&self, width: usize) -> usize {
        match self.indents.last() {
            Some((outer, Some(strip))) => (*strip).min(width.saturating_sub(*outer)),
            _ => 0,
        }
    }

    /// Keeps count of the elements that stand on lines of their own.
    fn nest(&mut self, parts: &[Part], outer: usize) {
        for part in parts {
            match part {
                Part::Taken(Inset::Open(tag)) if !tag.closed => self.indents.push((outer, None)),
                Part::Taken(Inset::Close(..)) => {
                    self.indents.pop();
                }
                _ => {}
            }
        }
    }

    /// `import` and `export`: up to a blank line that nothing open goes over.
    fn program(&mut self) {
        let starts = self.at;
        let mut here = starts;
        while here < self.jsx.text.len() {
            here = match self.jsx.text.as_bytes()[here] {
                b'{' | b'(' | b'[' => match self.jsx.closing(here) {
                    Some(end) => end,
                    None => {
                        let open = self.jsx.span(here..here + 1);
                        self.problems.push((
                            open,
                            "nothing closes this bracket: what follows is read as text",
                        ));
                        here + 1
                    }
                },
                b'\n' => {
                    let next = self.line_end(here + 1);
                    if self.jsx.text[here + 1..next].trim().is_empty() {
                        break;
                    }
                    here + 1
                }
                _ => self.jsx.past_literal(here),
            };
            while !self.jsx.text.is_char_boundary(here) {
                here += 1;
            }
        }
        let whole = self.jsx.span(starts..here.min(self.jsx.text.len()));
        self.masked.inset(Inset::Code(whole, false), false);
        self.masked.text.push_as("\n", whole);
        self.at = here.min(self.jsx.text.len());
    }

    /// Code between fences, as it stands but for its indentation.
    fn fence(&mut self, (sign, length): (char, usize)) {
        let quoted = self.rest().trim_start().starts_with('>');
        let mut first = true;
        while self.at < self.jsx.text.len() {
            let end = self.line_end(self.at);
            let line = &self.jsx.text[self.at..end];
            let inner = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
            if !first && quoted && !line.trim_start().starts_with('>') {
                return;
            }
            if !first {
                self.at += self.left_out(indent(line));
            }
            self.keep(self.at..end);
            self.at = end;
            let run = inner.len() - inner.trim_start_matches(sign).len();
            if !first && run >= length && run == inner.len() {
                return;
            }
            first = false;
        }
    }

    /// The rest of a line, up to a line feed that stands outside of tags, expressions and code.
    fn parts(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut from = self.at;
        while self.at < self.jsx.text.len() {
            let at = self.at;
            let rest = self.rest();
            let taken = match rest.as_bytes()[0] {
                b'\n' => {
                    self.at += 1;
                    break;
                }
                b'\\' => {
                    let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                    self.at += 1 + if rest[1..].starts_with('\n') { 0 } else { next };
                    continue;
                }
                b'`' => {
                    self.at = self.past_code_span();
                    continue;
                }
                b'<' => self.tag_or_comment(),
                b'{' => self.expression(),
                _ => None,
            };
            match taken {
                Some((inset, end)) => {
                    parts.push(Part::Words(from..at));
                    parts.extend(inset.map(Part::Taken));
                    self.at = end;
                    from = end;
                }
                None => {
                    let first = rest.chars().next().map_or(1, char::len_utf8);
                    let next = rest[first..]
                        .find(['\n', '\\', '`', '<', '{'])
                        .map_or(rest.len(), |length| first + length);
                    self.at += next;
                }
            }
        }
        parts.push(Part::Words(from..self.at));
        parts
    }

    fn tag_or_comment(&mut self) -> Option<(Option<Inset>, usize)> {
        let at = self.at;
        if let Some(inner) = self.rest().strip_prefix("<!--") {
            // no MDX, but what older versions and some generators take
            let (body, end) = match inner.find("-->") {
                Some(length) => (length, at + 4 + length + 3),
                None => (inner.len(), self.jsx.text.len()),
            };
            let inset =
                Inset::Comment(self.jsx.span(at..end), self.jsx.span(at + 4..at + 4 + body));
            return Some((Some(inset), end));
        }
        self.jsx.tag(at).map(|(inset, end)| (Some(inset), end))
    }

    fn expression(&mut self) -> Option<(Option<Inset>, usize)> {
        let at = self.at;
        let Some(end) = self.jsx.closing(at) else {
            if self.problems.is_empty() {
                self.problems.push((
                    self.jsx.span(at..at + 1),
                    "nothing closes this bracket: what follows is read as text",
                ));
            }
            return None;
        };
        Some((self.jsx.expression(at..end), end))
    }

    /// One past a code span, or past a run of backticks that none like it closes in the paragraph.
    fn past_code_span(&mut self) -> usize {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches('`').len();
        let after = self.at + length;
        if after > self.paragraph {
            self.paragraph = paragraph_end(self.jsx.text, after);
            self.unclosed.clear();
        }
        let end = self.paragraph;
        if self.unclosed.contains(&length) {
            return after;
        }
        let mut here = after;
        while let Some(found) = self.jsx.text[here..end].find('`') {
            let run = here + found;
            let close = run + self.jsx.text[run..end].len()
                - self.jsx.text[run..end].trim_start_matches('`').len();
            if close - run == length {
                return close;
            }
            here = close;
        }
        self.unclosed.push(length);
        after
    }
}

/// Where a paragraph ends: at a blank line.
fn paragraph_end(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if at > from && line.trim().is_empty() {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// Whether a line begins a program: nothing else may stand at the first column with these words.
fn program(line: &str) -> bool {
    ["import", "export"].iter().any(|word| {
        line.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with([' ', '\t', '{', '*', '"', '\'']))
    }) && line.contains(['{', '\'', '"', '=', '(', '*'])
}

/// The sign and the length of a code fence that a line opens, in a quote or a list item too.
fn fence(rest: &str) -> Option<(char, usize)> {
    let line = rest.split('\n').next().unwrap_or_default();
    let mut inner = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    if let Some(item) = inner.strip_prefix(['-', '*', '+']).or_else(|| {
        inner
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix(['.', ')'])
    }) && item.starts_with(' ')
    {
        inner = item.trim_start();
    }
    let sign = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = inner.trim_start_matches(sign);
    let length = inner.len() - info.len();
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, length))
}
