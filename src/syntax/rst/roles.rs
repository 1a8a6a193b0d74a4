//! Roles, links with their address in the text, and substitutions of reStructuredText: what of them a reader sees.

use std::ops::Range;
use std::rc::Rc;

use super::Reader;
use super::rules::unescaped;
use super::targets::plain_name;
use crate::document::Hidden;
use crate::pieces::Pieces;
use crate::source::Span;
use crate::syntax::html::hiding::hiding_class;

/// What a substitution stands for.
#[derive(Debug)]
pub(super) enum Definition {
    /// Text with inline markup.
    Markup(String),
    Text(String),
    /// Something that is made when the page is built.
    Unread,
}

/// A role that the page itself defines.
#[derive(Debug, Clone, Default)]
pub(super) struct Role {
    pub(super) base: Option<String>,
    pub(super) hides: Option<Hidden>,
    /// The format of a raw role.
    pub(super) format: Option<String>,
}

/// Substitutions nest no deeper.
const DEEPEST: usize = 16;
const STRUCK: [&str; 8] = [
    "del",
    "deleted",
    "strike",
    "striked",
    "strikethrough",
    "strikeout",
    "struck",
    "s",
];
/// Roles whose text is set as code.
const CODE: &[&str] = &[
    "code",
    "literal",
    "samp",
    "kbd",
    "file",
    "option",
    "envvar",
    "makevar",
    "regexp",
    "mimetype",
    "func",
    "function",
    "meth",
    "method",
    "class",
    "mod",
    "module",
    "data",
    "exc",
    "attr",
    "obj",
    "const",
    "type",
    "member",
    "macro",
    "var",
    "enum",
    "struct",
    "expr",
    "setting",
    "djadmin",
    "tfilter",
    "ttag",
    "lookup",
    "token",
    "keyword",
    "pypi-code",
    "deco",
    "property",
];
/// Roles that show text of another page when they name only a target.
const ELSEWHERE: &[&str] = &[
    "ref",
    "doc",
    "numref",
    "any",
    "eq",
    "cite",
    "footcite",
    "issue-title",
];

/// Why text under this name of a role or a class is not seen.
pub(super) fn hides(name: &str) -> Option<Hidden> {
    let lower = name.to_lowercase();
    let struck = lower == "line-through"
        || lower
            .split(['-', '_'])
            .any(|part| part.len() > 1 && STRUCK.contains(&part))
        || lower == "s";
    if struck {
        return Some(Hidden::Struck);
    }
    hiding_class(&lower)
}

impl Reader<'_> {
    /// Text with a role, or with the default one.
    pub(super) fn interpreted(
        &mut self,
        pieces: &Pieces,
        role: Option<&str>,
        inner: Range<usize>,
        whole: Range<usize>,
    ) {
        let name = role
            .map(str::to_lowercase)
            .or_else(|| self.default_role.clone());
        let Some(name) = name else {
            return self.tell(pieces, inner);
        };
        let text = &pieces.text[inner.clone()];
        let span = pieces.span(inner.start, inner.end);
        let own = self.roles.get(&name).cloned().unwrap_or_default();
        let base = own.base.as_deref().unwrap_or(&name);
        let base = base.rsplit(':').next().unwrap_or(base);
        if let Some(why) = own.hides.or_else(|| hides(&name)).or_else(|| hides(base)) {
            return self.builder.aside(why, span, &unescaped(text), true);
        }
        if let Some(format) = &own.format {
            return self.raw_text(format == "html", pieces, inner);
        }
        if CODE.contains(&base) || name.starts_with("py:") || name.starts_with("c:") {
            return self.builder.aside(Hidden::Code, span, text, true);
        }
        match base {
            "math" => self.builder.tell(pieces, inner),
            "pep" | "rfc" if split_target(text).is_none() => {
                let shown = format!("{} {}", base.to_uppercase(), text.trim());
                self.builder
                    .text_as(&shown, pieces.span(whole.start, whole.end));
            }
            "abbr" | "abbreviation" if text.ends_with(')') && text.contains(" (") => {
                let at = inner.start + text.rfind(" (").expect("there is one");
                self.tell(pieces, inner.start..at);
                let (start, end) = (at + 2, inner.end - 1);
                let said = unescaped(&pieces.text[start..end]);
                let why = Hidden::Attribute("a `title` attribute");
                self.builder
                    .aside(why, pieces.span(start, end), &said, false);
            }
            "guilabel" | "menuselection" => {
                for (at, part) in text.split('&').scan(inner.start, |at, part| {
                    let here = *at;
                    *at += part.len() + 1;
                    Some((here, part))
                }) {
                    self.tell(pieces, at..at + part.len());
                }
            }
            _ => self.titled(pieces, base, inner, whole),
        }
    }

    /// `title <target>`, or text alone, which some roles replace with a title from elsewhere.
    fn titled(&mut self, pieces: &Pieces, role: &str, inner: Range<usize>, whole: Range<usize>) {
        let text = &pieces.text[inner.clone()];
        match split_target(text).filter(|(title, _)| *title > 0) {
            Some((title, target)) => {
                let span = pieces.span(whole.start, whole.end);
                let link = self.builder.linked(span, &text[target.clone()]);
                self.tell(pieces, inner.start..inner.start + title);
                self.builder.unlinked(link);
                let span = pieces.span(inner.start + target.start, inner.start + target.end);
                self.address_words(&text[target], span);
            }
            None if ELSEWHERE.contains(&role) => {
                let span = pieces.span(inner.start, inner.end);
                let why = Hidden::Attribute("a link target");
                self.builder.aside(why, span, text, true);
            }
            None => self.tell(pieces, inner),
        }
    }

    /// `` `text <address>`_ `` and `` `text`_ ``.
    pub(super) fn phrase_link(
        &mut self,
        pieces: &Pieces,
        inner: Range<usize>,
        whole: Range<usize>,
        anonymous: bool,
    ) {
        let text = &pieces.text[inner.clone()];
        let link = pieces.span(whole.start, whole.end);
        let embedded = split_target(text)
            .filter(|(_, target)| target.start == 1 || apart(&text[..target.start - 1]));
        let Some((title, target)) = embedded else {
            let address = self.targets.find(&unescaped(text), anonymous);
            return self.link_words(link, address.as_deref(), pieces, inner);
        };
        let address: String = text[target.clone()].split_whitespace().collect();
        let address = match address.strip_suffix('_') {
            Some(name) => self.targets.find(name, false).unwrap_or_default(),
            None => unescaped(&address),
        };
        let address = (!address.is_empty()).then_some(&*address);
        let at = |byte: usize| inner.start + byte;
        if title == 0 {
            return self.link_words(link, address, pieces, at(target.start)..at(target.end));
        }
        self.link_words(link, address, pieces, inner.start..at(title));
        let span = pieces.span(at(target.start), at(target.end));
        self.address_words(&text[target], span);
    }

    /// The words of a link, where it leads somewhere.
    fn link_words(
        &mut self,
        at: Span,
        address: Option<&str>,
        pieces: &Pieces,
        words: Range<usize>,
    ) {
        let Some(address) = address else {
            return self.tell(pieces, words);
        };
        let link = self.builder.linked(at, address);
        self.tell(pieces, words);
        self.builder.unlinked(link);
    }

    /// The words that an address may hold.
    fn address_words(&mut self, address: &str, span: Span) {
        if address.contains([' ', '+', '%', '-']) {
            let shown = address.replace("%20", " ").replace('+', " ");
            let why = Hidden::Attribute("a link target");
            self.builder.aside(why, span, &shown, false);
        }
    }

    fn raw_text(&mut self, html: bool, pieces: &Pieces, inner: Range<usize>) {
        if html {
            let mut raw = Pieces::default();
            for (part, span) in pieces.parts(inner) {
                let text = &pieces.text[part];
                if self.builder.slice(span) == text {
                    raw.push(text, span.start as usize);
                } else {
                    raw.push_as(text, span);
                }
            }
            self.tags.read(&raw, &mut self.builder);
        } else {
            let why = Hidden::Element("a format other than HTML");
            let span = pieces.span(inner.start, inner.end);
            self.builder.aside(why, span, &pieces.text[inner], false);
        }
    }

    /// `|name|`: what a reader sees is its definition, and its place is the reference.
    pub(super) fn substitution(&mut self, name: &str, span: Span) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = self
            .known
            .get(&name)
            .or_else(|| self.known.get(&plain_name(&name)));
        match found.map(Rc::clone).as_deref() {
            Some(Definition::Markup(text)) => {
                let dear = text.len() + 1;
                if self.expanding >= DEEPEST || dear > self.budget {
                    self.builder.mark(span);
                    let message = format!("`|{name}|` stands for too much to be read");
                    return self.builder.problem(span, message);
                }
                self.budget -= dear;
                self.expanding += 1;
                let mut pieces = Pieces::default();
                pieces.push_as(text, span);
                self.inline(&pieces);
                self.expanding -= 1;
            }
            Some(Definition::Text(text)) => {
                if !text.is_empty() {
                    self.builder.text_as(text, span);
                }
            }
            Some(Definition::Unread) => self.builder.mark(span),
            None => {
                let why = Hidden::Attribute("a substitution that this page does not define");
                self.builder.aside(why, span, &name, true);
                // Sphinx itself defines these
                if !["release", "version", "today"].contains(&name.as_str()) {
                    let message =
                        format!("`|{name}|` is not defined here, so its text was not read");
                    self.builder.problem(span, message);
                }
            }
        }
    }
}

/// Whether an address in angle brackets may follow a text.
fn apart(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
}

/// Where the title ends in `title <target>`, and the target.
pub(super) fn split_target(text: &str) -> Option<(usize, Range<usize>)> {
    let inner = text
        .strip_suffix('>')
        .filter(|inner| !inner.ends_with('\\'))?;
    let opens = inner.rfind('<')?;
    let title = &text[..opens];
    if title.ends_with('\\') || inner.len() == opens + 1 {
        return None;
    }
    Some((title.trim_end().len(), opens + 1..inner.len()))
}
