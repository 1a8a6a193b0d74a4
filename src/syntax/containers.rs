//! Blocks that site generators add to Markdown: `:::note Title` … `:::` (Docusaurus, VitePress, Starlight, Pandoc, Microsoft Learn)
//! and `!!! note "Title"` with its content indented (MkDocs). Their marks are taken out, so that what is in them is read as prose;
//! `details` and `???` are collapsed.

use std::ops::Range;

use super::html::events::Tag;
use super::masked::{Inset, Masked};
use crate::pieces::Pieces;
use crate::source::Span;

/// Names of containers that are shown as a box that stands out.
const BOXES: &[&str] = &[
    "attention",
    "aside",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "info",
    "note",
    "success",
    "tip",
    "warning",
];

/// What a line of colons does.
pub(super) enum Container {
    Opens {
        collapsed: bool,
        /// Whether it is a box that stands out.
        boxed: bool,
        /// Where its title stands, in bytes of the line; it may be empty.
        title: Range<usize>,
        class: String,
    },
    Closes,
    /// Something that begins and ends on the line.
    Alone,
}

/// The container that a line opens or closes with colons.
pub(super) fn colons(line: &str) -> Option<Container> {
    let trimmed = line.trim();
    let after = trimmed.trim_start_matches(':');
    if trimmed.len() - after.len() < 3 {
        return None;
    }
    if after.is_empty() {
        return Some(Container::Closes);
    }
    if after.ends_with(":::") {
        return Some(Container::Alone);
    }
    let from = line.len() - line.trim_start().len() + trimmed.len() - after.len();
    let name_from = from + after.len() - after.trim_start().len();
    let rest = &line[name_from..];
    let length = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(rest.len());
    let name = &rest[..length];
    let class = rest
        .find('{')
        .and_then(|at| rest[at + 1..].split('}').next())
        .unwrap_or_default();
    if name.is_empty() && class.is_empty() {
        return None;
    }
    let title_from = name_from + length;
    let title = line[title_from..].find('[').map_or_else(
        || {
            let end = line[title_from..]
                .find('{')
                .unwrap_or(line.len() - title_from);
            trimmed_range(line, title_from..title_from + end)
        },
        |at| {
            let starts = title_from + at + 1;
            let end = line[starts..].rfind(']').unwrap_or(line.len() - starts);
            trimmed_range(line, starts..starts + end)
        },
    );
    Some(Container::Opens {
        collapsed: name == "details",
        boxed: BOXES.contains(&name) || name.starts_with("callout"),
        title,
        class: class.replace('.', " "),
    })
}

fn trimmed_range(line: &str, range: Range<usize>) -> Range<usize> {
    let raw = &line[range.clone()];
    let start = range.start + raw.len() - raw.trim_start().len();
    start..start + raw.trim().len()
}

/// `!!! note "Title"`, `??? note`, `???+ note`, `=== "Tab"`.
fn indented(line: &str) -> Option<Container> {
    let trimmed = line.trim();
    let signs = ["!!!", "???+", "???", "==="];
    let sign = signs.into_iter().find(|sign| {
        trimmed
            .strip_prefix(sign)
            .is_some_and(|rest| rest.starts_with(' '))
    })?;
    let quoted = line.find('"');
    if sign == "===" && !trimmed[3..].trim_start().starts_with(['"', '!', '+']) {
        return None;
    }
    let title = quoted.map_or(line.len()..line.len(), |at| {
        let end = line[at + 1..]
            .find('"')
            .unwrap_or(line.trim_end().len().max(at + 1) - at - 1);
        at + 1..at + 1 + end
    });
    Some(Container::Opens {
        collapsed: sign == "???",
        boxed: sign != "===",
        title,
        class: String::new(),
    })
}

impl Masked {
    /// Takes a container's mark out: `line` is the line as it stands, and `piece` gives a part of it. Gives the element to close
    /// later.
    pub(super) fn container(
        &mut self,
        container: Container,
        line: &str,
        piece: &dyn Fn(Range<usize>) -> Pieces,
    ) -> Option<&'static str> {
        let words = piece(0..line.trim_end().len());
        let whole = words.span(0, words.text.len());
        let Container::Opens {
            collapsed,
            boxed,
            title,
            class,
        } = container
        else {
            self.inset(Inset::Code(whole, false), false);
            self.text.push_as("\n", whole);
            return None;
        };
        let name = if collapsed { "details" } else { "div" };
        let role = if boxed { "note" } else { "none" };
        let tag = |name: &str, class: String| {
            Inset::Open(Tag {
                name: name.into(),
                span: whole,
                attributes: [("class", &*class), ("role", role)]
                    .map(|(name, value)| (name.into(), value.into(), whole))
                    .to_vec(),
                closed: false,
            })
        };
        self.inset(tag(name, class), false);
        self.text.push_as("\n", whole);
        if !title.is_empty() {
            if collapsed {
                self.inset(tag("summary", String::new()), false);
            }
            // a line of its own, so that the insets stand between blocks
            self.text.push_as("\n", whole);
            // where its mark stands, so that a list item round it goes on
            for part in [0..line.len() - line.trim_start().len(), title] {
                let part = piece(part);
                self.text.add(&part, 0..part.text.len());
            }
            self.text.push_as("\n", whole);
            if collapsed {
                self.inset(Inset::Close("summary".into(), whole), false);
            }
            self.text.push_as("\n", whole);
        }
        Some(name)
    }

    /// Closes a container.
    pub(super) fn end_container(&mut self, name: &'static str, at: usize) {
        let here = Span::new(at, at);
        self.text.push_as("\n", here);
        self.inset(Inset::Close(name.into(), here), false);
        self.text.push_as("\n", here);
    }
}

/// Markdown without the marks of containers.
pub(super) fn taken_out(page: Masked) -> Masked {
    let marks = [":::", "!!! ", "??? ", "???+ ", "=== \""];
    if !marks.iter().any(|mark| page.text.text.contains(mark)) {
        return page;
    }
    let mut reader = Lines::default();
    let mut insets = page.insets.into_iter().peekable();
    let mut at = 0;
    for line in page.text.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        reader.line(&page.text, start..at);
        // what was taken out of the line stands as far from its end as before
        let end = reader.masked.text.text.len();
        let moved = |place: usize| end.saturating_sub(at - place.min(at));
        while let Some((place, inset)) = insets.next_if(|(place, _)| place.start < at) {
            let place = moved(place.start)..moved(place.end);
            reader.masked.insets.push((place, inset));
        }
    }
    let end = reader.masked.text.text.len();
    let rest = insets.map(|(_, inset)| (end..end, inset));
    reader.masked.insets.extend(rest);
    reader.masked
}

/// Goes through Markdown line by line.
#[derive(Default)]
struct Lines {
    masked: Masked,
    /// Open containers by indentation: how many columns their content is indented, and their element.
    indents: Vec<(usize, &'static str)>,
    colons: Vec<&'static str>,
    /// The sign and the length of the code fence that is open.
    fence: Option<(char, usize)>,
    /// What ends the comment or the instruction (`<!…>`, `<?…>`) that is open.
    raw: Option<&'static str>,
}

/// How far MkDocs indents what is in a container.
const INDENT: usize = 4;

impl Lines {
    fn line(&mut self, text: &Pieces, range: Range<usize>) {
        let line = &text.text[range.clone()];
        let at = text.span(range.start, range.start).start as usize;
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !line.trim().is_empty() {
            self.outdented(indent, at);
        }
        let strip = self
            .indents
            .last()
            .map_or(0, |(needs, _)| *needs)
            .min(indent);
        let line = &line[strip..];
        let range = range.start + strip..range.end;
        let piece = |part: Range<usize>| {
            let mut piece = Pieces::default();
            piece.add(text, range.start + part.start..range.start + part.end);
            piece
        };
        let raw = self.in_raw(line);
        if raw || !self.in_code(line) {
            if let Some(container) = indented(line).filter(|_| !raw) {
                let name = self.masked.container(container, line, &piece);
                self.indents
                    .extend(name.map(|name| (indent + INDENT, name)));
                return;
            }
            match colons(line) {
                Some(Container::Closes) => {
                    if let Some(name) = self.colons.pop() {
                        return self.masked.end_container(name, at);
                    }
                }
                // a container ends even there, but none begins
                Some(container) if !raw => {
                    let name = self.masked.container(container, line, &piece);
                    return self.colons.extend(name);
                }
                _ => {}
            }
        }
        self.masked.text.add(text, range);
    }

    /// Closes the containers whose content is indented further than a line.
    fn outdented(&mut self, indent: usize, at: usize) {
        while let Some((_, name)) = self.indents.pop_if(|(needs, _)| indent < *needs) {
            (self.fence, self.raw) = (None, None);
            self.masked.end_container(name, at);
        }
    }

    /// Whether a line is part of a comment or an instruction that began at the start of a line.
    fn in_raw(&mut self, line: &str) -> bool {
        let within = self.raw.is_some();
        if !within && self.fence.is_none() {
            self.raw = match line.strip_prefix('<').map(str::as_bytes) {
                Some([b'!', b'-', b'-', ..]) => Some("-->"),
                Some([b'!', b'[', ..]) if line.starts_with("<![CDATA[") => Some("]]>"),
                Some([b'!', letter, ..]) if letter.is_ascii_alphabetic() => Some(">"),
                Some([b'?', ..]) => Some("?>"),
                _ => None,
            };
        }
        self.raw = self.raw.filter(|close| !line.contains(close));
        within || self.raw.is_some()
    }

    /// Whether a line is part of a fenced code block, or of one that is indented.
    fn in_code(&mut self, line: &str) -> bool {
        let inner = line.trim_start_matches([' ', '>']);
        let sign = inner.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = sign.map_or(0, |sign| inner.len() - inner.trim_start_matches(sign).len());
        match self.fence {
            Some((open, length)) => {
                if sign == Some(open) && run >= length && inner.trim_end().len() == run {
                    self.fence = None;
                }
                true
            }
            None if run >= 3 => {
                self.fence = sign.map(|sign| (sign, run));
                true
            }
            None => false,
        }
    }
}
