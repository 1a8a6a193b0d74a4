//! The inline markup of reStructuredText: markers are taken off, and every word keeps its place.

use std::ops::Range;

use super::Reader;
use super::explicit::label;
use super::rules::{after_escape, closer, opener, pair, role_name};
use crate::document::Hidden;
use crate::pieces::Pieces;
use crate::source::Span;
use crate::text::Style;

/// What stands at a marker: markup up to a byte, a start without an end that is text so many bytes long, or nothing.
pub(super) enum Found {
    To(usize),
    Unclosed(usize),
    Nothing,
}

/// A text on its way through the inline pass.
pub(super) struct Scan<'p> {
    pub(super) pieces: &'p Pieces,
    pub(super) text: &'p str,
    /// Where what has not been handed on begins.
    plain: usize,
    /// What was read last ends here, and markup may begin without anything before it.
    pub(super) fresh: usize,
    /// The end markers that were looked for and do not come any more.
    failed: Vec<&'static str>,
}

impl Reader<'_> {
    /// Hands a text to the builder without its inline markup.
    pub(super) fn inline(&mut self, pieces: &Pieces) {
        let mut scan = Scan {
            pieces,
            text: &pieces.text,
            plain: 0,
            fresh: 0,
            failed: Vec::new(),
        };
        let mut at = 0;
        while let Some(step) = scan.text[at..].find(['\\', '*', '`', '|', '_', '[', ':']) {
            let here = at + step;
            if scan.text.as_bytes()[here] == b'\\' {
                at = after_escape(scan.text, here);
                continue;
            }
            at = match self.marker(&mut scan, here) {
                Found::To(end) => {
                    scan.plain = end;
                    scan.fresh = end;
                    end
                }
                Found::Unclosed(length) => {
                    scan.fresh = here + length;
                    here + length
                }
                Found::Nothing => here + 1,
            };
        }
        self.tell(pieces, scan.plain..pieces.text.len());
    }

    /// Reads the markup that begins at a marker, if some does.
    fn marker(&mut self, scan: &mut Scan<'_>, at: usize) -> Found {
        let rest = &scan.text[at..];
        match rest.as_bytes()[0] {
            b'*' if rest.starts_with("**") => self.between(scan, at, "**"),
            b'*' => self.between(scan, at, "*"),
            b'`' if rest.starts_with("``") => self.between(scan, at, "``"),
            b'`' => self.back_quoted(scan, at, at, None),
            b'|' if !rest.starts_with("||") => self.between(scan, at, "|"),
            b'_' if rest.starts_with("_`") => self.between(scan, at, "_`"),
            b'_' => self.reference(scan, at),
            b'[' => self.footnote_mark(scan, at),
            b':' => self.role_before(scan, at),
            _ => Found::Nothing,
        }
    }

    /// Markup that begins with a marker and ends with its like.
    fn between(&mut self, scan: &mut Scan<'_>, at: usize, marker: &'static str) -> Found {
        if !scan.may_begin(at, marker.len()) {
            // `**` that begins nothing is no `*` either
            return if scan.opens(at) {
                Found::Unclosed(marker.len())
            } else {
                Found::Nothing
            };
        }
        let from = at + marker.len();
        let closes = if marker == "_`" { "`" } else { marker };
        let Some(end) = scan.find_end(from, closes) else {
            return Found::Unclosed(marker.len());
        };
        self.flush(scan, at);
        let inner = from..end;
        let mut after = end + closes.len();
        match marker {
            "``" => {
                let shown = &scan.text[inner.clone()];
                let span = scan.pieces.span(inner.start, inner.end);
                self.builder.aside(Hidden::Code, span, shown, true);
            }
            "|" => {
                let marks = scan.text[after..].bytes().take_while(|byte| *byte == b'_');
                after += marks.count().min(2);
                let span = scan.pieces.span(at, after);
                self.substitution(&scan.text[inner], span);
            }
            "**" => {
                self.builder.styles.begin(Style::BOLD);
                self.tell(scan.pieces, inner);
                self.builder.styles.end(Style::BOLD);
            }
            _ => self.tell(scan.pieces, inner),
        }
        Found::To(after)
    }

    /// Interpreted text and links: from a back quote to the next that ends them.
    pub(super) fn back_quoted(
        &mut self,
        scan: &mut Scan<'_>,
        whole: usize,
        at: usize,
        role: Option<&str>,
    ) -> Found {
        let opens = whole < at || scan.may_begin(at, 1);
        if !opens || scan.text[at + 1..].starts_with(|c: char| c.is_whitespace()) {
            return Found::Nothing;
        }
        let Some(end) = scan.find_end(at + 1, "`") else {
            return Found::Unclosed(at + 1 - whole);
        };
        self.flush(scan, whole);
        let rest = &scan.text[end + 1..];
        if let Some(name) = role_name(rest) {
            let after = end + 1 + name.len() + 2;
            self.interpreted(scan.pieces, Some(name), at + 1..end, whole..after);
            return Found::To(after);
        }
        let marks = rest.bytes().take_while(|byte| *byte == b'_').count().min(2);
        let after = end + 1 + marks;
        if marks > 0 && role.is_none() {
            self.phrase_link(scan.pieces, at + 1..end, whole..after, marks == 2);
        } else {
            self.interpreted(scan.pieces, role, at + 1..end, whole..after);
        }
        Found::To(after)
    }

    /// `:role:` before a back quote, or an address that stands by itself.
    fn role_before(&mut self, scan: &mut Scan<'_>, at: usize) -> Found {
        if scan.text[at..].starts_with("://") {
            self.address(scan, at);
            return Found::Nothing;
        }
        if !scan.opens(at) {
            return Found::Nothing;
        }
        let Some(name) = role_name(&scan.text[at..]) else {
            return Found::Nothing;
        };
        let quote = at + name.len() + 2;
        let rest = &scan.text[quote..];
        if !rest.starts_with('`') || rest.starts_with("``") {
            return Found::Nothing;
        }
        self.back_quoted(scan, at, quote, Some(name))
    }

    fn address(&mut self, scan: &Scan<'_>, at: usize) {
        let before = &scan.text[scan.plain..at];
        let Some(scheme) = ["https", "http"].iter().find(|of| before.ends_with(**of)) else {
            return;
        };
        let rest = &scan.text[at..];
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|'))
            .unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        let (start, end) = (at - scheme.len(), at + address.len());
        let span = scan.pieces.span(start, end);
        self.builder.link(span, &scan.text[start..end]);
    }

    /// `name_` and `name__`: the words are shown without the marks.
    fn reference(&mut self, scan: &mut Scan<'_>, at: usize) -> Found {
        let marks = if scan.text[at..].starts_with("__") {
            2
        } else {
            1
        };
        // what follows is asked first: names are looked for backwards, and each but once
        let ends = scan.closes(at + marks);
        let Some(start) = ends.then(|| name_before(scan, at)).flatten() else {
            return Found::Nothing;
        };
        let name = &scan.text[start..at];
        match self.targets.find(name, marks == 2) {
            Some(target) => {
                self.tell(scan.pieces, scan.plain..start);
                let span = scan.pieces.span(start, at + marks);
                let link = self.builder.linked(span, &target);
                self.tell(scan.pieces, start..at);
                self.builder.unlinked(link);
            }
            None => self.tell(scan.pieces, scan.plain..at),
        }
        Found::To(at + marks)
    }

    /// `[1]_`: the mark of a footnote is no word, the label of a citation is one.
    fn footnote_mark(&mut self, scan: &mut Scan<'_>, at: usize) -> Found {
        let inner = &scan.text[at + 1..];
        let Some(length) = label(inner).filter(|length| inner[*length..].starts_with("]_")) else {
            return Found::Nothing;
        };
        let end = at + 1 + length + 2;
        if !scan.opens(at) || !scan.closes(end) {
            return Found::Nothing;
        }
        self.flush(scan, at);
        if inner.starts_with(|c: char| c.is_alphabetic()) {
            self.tell(scan.pieces, at + 1..at + 1 + length);
        }
        Found::To(end)
    }

    fn flush(&mut self, scan: &Scan<'_>, to: usize) {
        self.tell(scan.pieces, scan.plain..to);
    }

    /// Hands on a stretch without the backslashes of its escapes.
    pub(super) fn tell(&mut self, pieces: &Pieces, range: Range<usize>) {
        let (mut from, mut at) = (range.start, range.start);
        while let Some(step) = pieces.text[at..range.end].find('\\') {
            let here = at + step;
            self.hand_on(pieces, from..here);
            at = after_escape(&pieces.text, here).min(range.end);
            // white space behind a backslash joins what stands round it
            from = match pieces.text[here + 1..].chars().next() {
                Some(c) if !c.is_whitespace() => here + 1,
                _ => at,
            };
        }
        self.hand_on(pieces, from..range.end);
    }

    /// In a table that is drawn, a word more would move the lines: its words are kept apart, so that no fix is safe there.
    fn hand_on(&mut self, pieces: &Pieces, range: Range<usize>) {
        if !self.drawn {
            return self.builder.tell(pieces, range);
        }
        for (part, span) in pieces.parts(range) {
            let text = &pieces.text[part];
            let at = span.start as usize;
            if self.builder.slice(span) != text {
                self.builder.text_as(text, span);
                continue;
            }
            let mut from = 0;
            for (to, _) in text.match_indices(|c: char| !c.is_alphanumeric()) {
                let next = to + text[to..].chars().next().map_or(0, char::len_utf8);
                self.builder.fixed(Span::new(at + from, at + to));
                self.builder.fixed(Span::new(at + to, at + next));
                from = next;
            }
            self.builder.fixed(Span::new(at + from, at + text.len()));
        }
    }
}

impl Scan<'_> {
    /// Whether markup may begin at a byte, by what stands before it.
    fn opens(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        at == self.fresh || before.is_none_or(|c| c.is_whitespace() || opener(c))
    }

    /// Whether markup may end at a byte, by what stands after it.
    fn closes(&self, at: usize) -> bool {
        let after = self.text[at..].chars().next();
        after.is_none_or(|c| c.is_whitespace() || closer(c))
    }

    /// Whether a marker of so many bytes begins something: not before white space, and not within quotation marks alone.
    fn may_begin(&self, at: usize, length: usize) -> bool {
        let Some(after) = self.text[at + length..].chars().next() else {
            return false;
        };
        let before = self.text[..at].chars().next_back();
        let quoted = at != self.fresh && before.is_some_and(|before| pair(before, after));
        self.opens(at) && !after.is_whitespace() && !quoted
    }

    /// Where the markup that began before `from` ends. What is not found once is not looked for again.
    fn find_end(&mut self, from: usize, marker: &'static str) -> Option<usize> {
        if self.failed.contains(&marker) {
            return None;
        }
        let literal = marker == "``";
        let mut at = from;
        let mut black = true;
        while let Some(c) = self.text[at..].chars().next() {
            if c == '\\' && !literal {
                at = after_escape(self.text, at);
                black = true;
                continue;
            }
            if black && self.text[at..].starts_with(marker) && self.ends(at + marker.len(), marker)
            {
                // nothing stands between
                return (at > from).then_some(at);
            }
            black = !c.is_whitespace();
            at += c.len_utf8();
        }
        self.failed.push(marker);
        None
    }

    /// Whether an end marker may end there, with what belongs to it.
    fn ends(&self, at: usize, marker: &str) -> bool {
        let rest = &self.text[at..];
        let marks = rest.bytes().take_while(|byte| *byte == b'_').count();
        match marker {
            "`" | "|" if marks > 0 => marks <= 2 && self.closes(at + marks),
            "`" if rest.starts_with(':') => {
                let role = role_name(rest).is_some_and(|name| self.closes(at + name.len() + 2));
                role || self.closes(at)
            }
            _ => self.closes(at),
        }
    }
}

/// Where the name that ends at a byte begins, if one does that markup may begin at.
fn name_before(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let mut found = None;
    let mut joined = true;
    for (start, c) in scan.text[scan.plain..at].char_indices().rev() {
        if c.is_alphanumeric() {
            joined = false;
            if scan.opens(scan.plain + start) {
                found = Some(scan.plain + start);
            }
        } else if matches!(c, '-' | '.' | '_' | '+' | ':') && !joined {
            joined = true;
        } else {
            break;
        }
    }
    let ends = scan.text[..at].chars().next_back();
    found.filter(|_| ends.is_some_and(char::is_alphanumeric))
}
