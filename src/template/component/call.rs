//! Components that components call: found by their import or in the same file, with their arguments and what stands in them.

mod slots;

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::file::{File, Flavour, Known};
use super::markup::{Attribute, Given};
use super::names::Import;
use super::put::decoded;
use super::scan::Kind;
use super::{Frame, Inner, Mark, Output, Props, Run, Value};
use crate::source::Span;

/// Components that the reader of the text knows by their names.
const ELEMENTS: &[&str] = &[
    "Accordion",
    "AccordionItem",
    "Code",
    "CodeBlock",
    "Collapse",
    "Collapsible",
    "Details",
    "Expandable",
    "Head",
    "Helmet",
    "ScreenReaderOnly",
    "Spoiler",
    "SrOnly",
    "VisuallyHidden",
];

/// Whether the path of an import leads to a file of the site.
fn own(path: &str) -> bool {
    ["./", "../", "/", "@/", "~/", "src/"]
        .iter()
        .any(|begins| path.starts_with(begins))
}

impl Run<'_> {
    /// Puts out the component that a file exports by a name.
    pub(super) fn exported(
        &mut self,
        file: &Rc<File>,
        name: Option<&str>,
        props: Props,
        call: Span,
        out: &mut Output,
    ) {
        let mut frame = Frame {
            file: Rc::clone(file),
            names: Vec::new(),
            props: Rc::new(props),
        };
        if file.flavour != Flavour::Jsx {
            return self.markup(&frame, file.markup.clone(), out);
        }
        let mut known = file.exports.get(name.unwrap_or("default")).cloned();
        if known.is_none() && name.is_some() {
            known = name.and_then(|name| file.names.get(name).cloned());
        }
        // `export default X`, `export const X = Y`
        for _ in 0..8 {
            match &known {
                Some(Known::Code(code)) if code.len() == 1 => {
                    known = file.names.get(file.word(code.start)).cloned();
                }
                _ => break,
            }
        }
        match known {
            Some(Known::Function(code)) => self.function(&mut frame, code, None, out),
            Some(Known::Import(import)) => {
                let names = frame.props;
                self.import(&import, names, call, out);
            }
            Some(_) => self.mark(Mark::Unknown(call), out),
            None => {
                for path in &file.passed_on {
                    let import = Import {
                        local: String::new(),
                        exported: name.map(str::to_owned),
                        path: path.clone(),
                    };
                    if let Ok(opened) = self.open(path, call) {
                        let other = self.file(&opened);
                        if name.is_some_and(|name| other.exports.contains_key(name)) {
                            return self.import(&import, frame.props, call, out);
                        }
                    }
                }
                let message = format!(
                    "`{}` exports no {}",
                    file.opened.source.path(),
                    name.map_or_else(|| "default".to_owned(), |name| format!("`{name}`")),
                );
                self.mark(Mark::Problem(call, message), out);
            }
        }
    }

    /// Puts out a component of another file, or what stands in the call where that cannot be opened.
    pub(super) fn import(
        &mut self,
        import: &Import,
        props: Rc<Props>,
        call: Span,
        out: &mut Output,
    ) {
        let kids = props.inner.clone();
        match self.open(&import.path, call) {
            Ok(opened) => {
                let props = Rc::try_unwrap(props).unwrap_or_else(|props| Props {
                    given: props.given.clone(),
                    spread: props.spread,
                    inner: props.inner.clone(),
                    slots: props.slots.clone(),
                });
                self.component(&opened, import.exported.as_deref(), props, call, out);
            }
            Err(message) => {
                let mark = if own(&import.path) {
                    Mark::Problem(call, message)
                } else {
                    Mark::Unknown(call)
                };
                self.mark(mark, out);
                match kids {
                    Inner::Kids(kids) => self.append(&kids, out),
                    Inner::Page(true) => self.mark(Mark::Inner, out),
                    Inner::Page(false) | Inner::None => {}
                }
            }
        }
    }

    /// What a constant of another file is worth.
    pub(super) fn constant(&mut self, frame: &Frame, import: &Import) -> Known {
        let call = Span::new(frame.file.opened.base, frame.file.opened.base);
        if !own(&import.path) {
            return Known::UNKNOWN;
        }
        let Ok(opened) = self.open(&import.path, call) else {
            return Known::UNKNOWN;
        };
        let file = self.file(&opened);
        let name = import.exported.as_deref().unwrap_or("default");
        let Some(Known::Code(code)) = file.exports.get(name).cloned() else {
            return Known::UNKNOWN;
        };
        let frame = Frame {
            file,
            names: Vec::new(),
            props: Rc::new(Props {
                given: BTreeMap::new(),
                spread: true,
                inner: Inner::None,
                slots: BTreeMap::new(),
            }),
        };
        self.known(&frame, code)
    }

    /// The name that an element calls a component by, as the file knows it.
    pub(super) fn defined(&self, frame: &Frame, name: &str) -> Option<Known> {
        if let Some(known) = self.found(frame, name) {
            return Some(known);
        }
        (frame.file.flavour == Flavour::Vue)
            .then(|| self.found(frame, &pascal(name)))
            .flatten()
    }

    /// Whether an element is a component that is looked into, or told to be unknown.
    pub(super) fn called(&self, frame: &Frame, name: &str) -> bool {
        let capital = name.starts_with(char::is_uppercase);
        let kebab = frame.file.flavour == Flavour::Vue && name.contains('-');
        let known = || self.defined(frame, name);
        if ELEMENTS.contains(&name) || !(capital || kebab || name.contains('.')) {
            return false;
        }
        let site = |known: &Known| match known {
            Known::Import(import) => own(&import.path),
            _ => true,
        };
        let dropped = [
            "Fragment",
            "Link",
            "NavLink",
            "NextLink",
            "RouterLink",
            "NuxtLink",
        ];
        let library = dropped.contains(&name)
            || name.starts_with("motion.")
            || matches!(
                name,
                "React.Fragment" | "Suspense" | "StrictMode" | "router-link"
            )
            || name.ends_with("Provider");
        if library || kebab {
            return known().is_some_and(|known| site(&known));
        }
        true
    }

    /// Puts out what an element calls.
    pub(super) fn call(&mut self, frame: &Frame, at: usize, past: usize, out: &mut Output) {
        let file = Rc::clone(&frame.file);
        let head = file.tokens[at].end;
        let span = file.span(at..head + 1);
        let done = self.deeper(|run| run.calls(frame, at, past, span, out));
        if done.is_none() {
            self.mark(Mark::Unknown(span), out);
        }
    }

    pub(super) fn calls(
        &mut self,
        frame: &Frame,
        at: usize,
        past: usize,
        span: Span,
        out: &mut Output,
    ) {
        let file = Rc::clone(&frame.file);
        let head = file.tokens[at].end;
        let name = file.word(at)[1..].to_owned();
        let closed = file.tokens[head].end > head;
        let kids = if closed {
            head + 1..past.saturating_sub(1)
        } else {
            0..0
        };
        let props = self.arguments(frame, at, kids);
        match self.defined(frame, &name) {
            Some(Known::Import(import)) => self.import(&import, Rc::new(props), span, out),
            Some(Known::Function(code) | Known::Code(code)) => {
                if let Some(path) = lazy(&file, code.clone()) {
                    let import = Import {
                        local: name,
                        exported: None,
                        path,
                    };
                    return self.import(&import, Rc::new(props), span, out);
                }
                let key = (file.opened.source.path().to_owned(), Some(name));
                if self.calls.contains(&key) {
                    let message = format!("`{}` brings itself in", key.1.unwrap_or_default());
                    return self.mark(Mark::Problem(span, message), out);
                }
                self.calls.push(key);
                let mut frame = Frame {
                    file,
                    names: Vec::new(),
                    props: Rc::new(props),
                };
                self.function(&mut frame, code, None, out);
                self.calls.pop();
            }
            // what Astro makes of a page: `const { Content } = await render(entry)`
            _ if name == "Content" && self.context.paired => self.mark(Mark::Inner, out),
            _ => {
                self.mark(Mark::Unknown(span), out);
                if let Inner::Kids(kids) = props.inner {
                    self.append(&kids, out);
                }
            }
        }
    }
}

/// The slot that an element among the children of a call is for.
fn slot_name(file: &File, at: usize) -> Option<String> {
    if file.kind(at) != Some(Kind::Tag) || file.flavour == Flavour::Jsx {
        return None;
    }
    for name in (at + 1..file.tokens[at].end).filter(|of| file.kind(*of) == Some(Kind::Attribute)) {
        let word = file.word(name);
        if word == "slot" && file.kind(name + 2) == Some(Kind::Str) {
            return Some(file.word(name + 2).trim_matches(['"', '\'']).to_owned());
        }
        let short = word
            .strip_prefix('#')
            .or_else(|| word.strip_prefix("v-slot:"));
        if let Some(slot) = short.filter(|slot| *slot != "default") {
            return Some(slot.to_owned());
        }
    }
    None
}

/// The path in `lazy(() => import('…'))`.
fn lazy(file: &File, code: Range<usize>) -> Option<String> {
    let wraps = [
        "lazy",
        "React",
        "dynamic",
        "loadable",
        "defineAsyncComponent",
    ];
    if !wraps.contains(&file.word(code.start)) {
        return None;
    }
    let at = code
        .take(24)
        .find(|at| file.word(*at) == "import" && file.is(at + 1, Kind::Open, "("))?;
    let path = (file.kind(at + 2) == Some(Kind::Str)).then(|| file.word(at + 2))?;
    Some(path.trim_matches(['"', '\'', '`']).to_owned())
}

fn has_elements(file: &File, code: Range<usize>) -> bool {
    let function = file.find(code.clone(), Kind::Sign, "=>").is_some();
    !function && code.clone().any(|at| file.kind(at) == Some(Kind::Tag))
}

/// Words of an attribute, with what its entities stand for.
fn entities(raw: &str, base: usize) -> crate::pieces::Pieces {
    if !raw.contains('&') {
        return crate::pieces::Pieces::of(raw, base);
    }
    let mut words = decoded("", base);
    words.push_as(&htmlize::unescape(raw), Span::new(base, base + raw.len()));
    words
}

/// `risk-note` → `riskNote`; what begins `data-` or `aria-` stays.
fn camel(name: &str) -> String {
    if name.starts_with("data-") || name.starts_with("aria-") {
        return name.to_owned();
    }
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + &capital(part))
}

fn pascal(name: &str) -> String {
    name.split('-').map(capital).collect()
}

fn capital(part: &str) -> String {
    let mut chars = part.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
