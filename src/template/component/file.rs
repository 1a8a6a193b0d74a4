//! A component's file: where its program and its markup are, and which names it defines, imports and exports.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::names::Import;
use super::plain::stretches;
use super::scan::{Dialect, Kind, Token, scan};
use super::{Opened, Output, Value};
use crate::source::{Source, Span};

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Known {
    Value(Value),
    /// Markup that was evaluated where it stands.
    Markup(Rc<Output>),
    /// An expression of this file.
    Code(Range<usize>),
    /// A function or a class of this file: its tokens.
    Function(Range<usize>),
    Import(Import),
    /// All arguments of the call; what a name of them is by default stands in this expression.
    Props,
    /// One argument of the call, and its default.
    Prop(String, Option<Range<usize>>),
    Inner,
}

impl Known {
    pub(super) const UNKNOWN: Self = Self::Value(Value::Unknown);
    pub(super) const NIL: Self = Self::Value(Value::Nil);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    Jsx,
    Astro,
    Vue,
    Svelte,
}

/// A file as one page opened it. All but its place there is shared by the pages that open it.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) opened: Opened,
    pub(super) flavour: Flavour,
    pub(super) tokens: Rc<Vec<Token>>,
    /// For each token, one past those from it on that are put out as they stand in the file; itself where it is not.
    pub(super) plain: Rc<Vec<usize>>,
    /// The tokens of the program, and those of the markup where a file has both.
    pub(super) programs: Vec<Range<usize>>,
    pub(super) markup: Range<usize>,
    pub(super) names: Rc<BTreeMap<String, Known>>,
    pub(super) exports: Rc<BTreeMap<String, Known>>,
    /// Paths of `export * from '…'`.
    pub(super) passed_on: Vec<String>,
    /// Names that get another value later.
    pub(super) assigned: Rc<BTreeSet<String>>,
}

/// How many bytes of files are kept; then they are begun anew.
const MOST_KEPT: usize = 8 << 20;

/// Files that were read, each with the source that it was read from.
#[derive(Default)]
struct Kept {
    files: BTreeMap<usize, (Arc<Source>, File)>,
    bytes: usize,
}

thread_local! {
    // what is kept follows from the source alone, so no page can tell that it was
    static KEPT: RefCell<Kept> = RefCell::default();
}

impl File {
    /// The file, read once for all pages that open it.
    pub(super) fn of(opened: &Opened) -> Self {
        let key = Arc::as_ptr(&opened.source).addr();
        let known = KEPT.with_borrow(|kept| kept.files.get(&key).map(|(_, file)| file.clone()));
        if let Some(file) = known {
            return Self {
                opened: opened.clone(),
                ..file
            };
        }
        let file = Self::read(opened);
        KEPT.with_borrow_mut(|kept| {
            kept.bytes += opened.source.text().len();
            if kept.bytes > MOST_KEPT {
                kept.files.clear();
                kept.bytes = opened.source.text().len();
            }
            // the source is kept too, so that no other comes to lie at its place
            let entry = (Arc::clone(&opened.source), file.clone());
            kept.files.insert(key, entry);
        });
        file
    }

    fn read(opened: &Opened) -> Self {
        let text = opened.source.text();
        let ends = |of: &str| opened.source.path().to_ascii_lowercase().ends_with(of);
        let mut tokens = Vec::new();
        let mut programs = Vec::new();
        let mut markup = 0..0;
        let flavour = if ends(".astro") {
            let (program, rest) = astro(text);
            programs.push(scan(text, program, Dialect::Plain, &mut tokens));
            markup = scan(text, rest, Dialect::Markup, &mut tokens);
            Flavour::Astro
        } else if ends(".vue") {
            for script in blocks(text, "script") {
                programs.push(scan(text, script, Dialect::Plain, &mut tokens));
            }
            if let Some(template) = template(text) {
                markup = scan(text, template, Dialect::Mustache, &mut tokens);
                directives(text, markup.clone(), &mut tokens);
            }
            Flavour::Vue
        } else if ends(".svelte") {
            for script in blocks(text, "script") {
                programs.push(scan(text, script, Dialect::Plain, &mut tokens));
            }
            markup = scan(text, 0..text.len(), Dialect::Markup, &mut tokens);
            Flavour::Svelte
        } else {
            let dialect = if ends(".ts") {
                Dialect::Plain
            } else {
                Dialect::Jsx
            };
            programs.push(scan(text, 0..text.len(), dialect, &mut tokens));
            Flavour::Jsx
        };
        let mut file = Self {
            opened: opened.clone(),
            flavour,
            tokens: Rc::new(tokens),
            plain: Rc::default(),
            programs,
            markup,
            names: Rc::default(),
            exports: Rc::default(),
            passed_on: Vec::new(),
            assigned: Rc::default(),
        };
        file.plain = Rc::new(stretches(&file));
        file.assigned = Rc::new(file.assignments());
        for program in file.programs.clone() {
            file.declare(program);
        }
        if flavour == Flavour::Vue {
            file.declare_props();
        }
        file
    }

    pub(super) fn text(&self) -> &str {
        self.opened.source.text()
    }

    /// The text of a token; empty past the last.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.text()[token.at.clone()])
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn is(&self, at: usize, kind: Kind, word: &str) -> bool {
        self.kind(at) == Some(kind) && self.word(at) == word
    }

    /// One past what begins with a token: a bracket with what is in it, an element with its end tag.
    pub(super) fn past(&self, at: usize) -> usize {
        let token = &self.tokens[at];
        let end = match token.kind {
            Kind::Tag => self.tokens[token.end].end.max(token.end),
            Kind::Open | Kind::Template => token.end,
            _ => at,
        };
        end.max(at) + 1
    }

    /// The place of some tokens in the document.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let base = self.opened.base;
        let (Some(first), Some(last)) = (
            self.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|at| self.tokens.get(at)),
        ) else {
            return Span::new(base, base);
        };
        Span::new(
            base + first.at.start,
            base + last.at.end.max(first.at.start),
        )
    }

    /// The tokens between a bracket and the one that closes it.
    pub(super) fn inside(&self, open: usize) -> Range<usize> {
        let end = self.tokens.get(open).map_or(open, |token| token.end);
        open + 1..end.max(open + 1)
    }

    /// The parts between commas.
    pub(super) fn list(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            if self.is(at, Kind::Sign, ",") {
                parts.push(from..at);
                from = at + 1;
            }
            at = self.past(at);
        }
        parts.push(from..range.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// The first sign of this kind at the top of a range.
    pub(super) fn find(&self, range: Range<usize>, kind: Kind, word: &str) -> Option<usize> {
        let mut at = range.start;
        while at < range.end {
            if self.is(at, kind, word) {
                return Some(at);
            }
            at = self.past(at);
        }
        None
    }

    /// Where an expression ends: at a `;`, a `,`, a bracket, or a line that begins anew.
    pub(super) fn expression_end(&self, from: usize, to: usize) -> usize {
        let mut at = from;
        while at < to {
            let token = &self.tokens[at];
            let word = self.word(at);
            if token.kind == Kind::Close || token.kind == Kind::Sign && matches!(word, ";" | ",") {
                return at;
            }
            if at > from && matches!(token.kind, Kind::Word | Kind::Number | Kind::Str) {
                let before = &self.tokens[at - 1];
                let between = self.text().get(before.at.end..token.at.start);
                let operand = before.kind != Kind::Sign || self.word(at - 1) == "!";
                let goes_on = matches!(word, "in" | "instanceof" | "as" | "satisfies")
                    || matches!(self.word(at - 1), "async" | "await" | "new" | "typeof");
                if operand && !goes_on && between.is_some_and(|between| between.contains('\n')) {
                    return at;
                }
            }
            at = self.past(at);
        }
        to
    }

    fn assignments(&self) -> BTreeSet<String> {
        let declared = |at: usize| {
            at.checked_sub(1)
                .is_some_and(|before| matches!(self.word(before), "const" | "let" | "var" | "."))
        };
        (0..self.tokens.len())
            .filter(|at| {
                self.kind(*at) == Some(Kind::Word)
                    && !declared(*at)
                    && self.kind(at + 1) == Some(Kind::Sign)
                    && matches!(self.word(at + 1), "=" | "+=" | "++" | "--" | "??=" | "||=")
            })
            .map(|at| self.word(at).to_owned())
            .collect()
    }

    /// One past a statement.
    pub(super) fn statement_end(&self, from: usize, to: usize) -> usize {
        let mut here = from;
        while matches!(self.word(here), "async" | "abstract" | "declare") && here < to {
            here += 1;
        }
        let block = match self.word(here) {
            "function" | "class" | "interface" | "enum" | "namespace" => {
                let mut open = here;
                while open < to && !self.is(open, Kind::Open, "{") {
                    open = self.past(open);
                }
                Some(open)
            }
            "{" => Some(here),
            _ => None,
        };
        if let Some(open) = block {
            return if open < to {
                self.past(open).min(to)
            } else {
                to
            };
        }
        let mut end = self.expression_end(here, to);
        while end < to && self.is(end, Kind::Sign, ",") {
            end = self.expression_end(end + 1, to).max(end + 1);
        }
        if end < to && matches!(self.word(end), ";" | "}" | ")" | "]") {
            end += 1;
        }
        end
    }
}

/// The program and the markup of an Astro file.
fn astro(text: &str) -> (Range<usize>, Range<usize>) {
    let begins = text.len()
        - text
            .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
            .len();
    if !text[begins..].starts_with("---") {
        return (0..0, 0..text.len());
    }
    let from = begins + 3;
    match text[from..].find("\n---") {
        Some(length) => (from..from + length, from + length + 4..text.len()),
        None => (from..from, from..text.len()),
    }
}

/// The insides of the elements of this name, as they stand at the top of a Vue or Svelte file.
fn blocks(text: &str, name: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = text[at..].find(&format!("<{name}")) {
        let open = at + length;
        let Some(inner) = text[open..].find('>').map(|length| open + length + 1) else {
            break;
        };
        let Some(end) = text[inner..]
            .find(&format!("</{name}"))
            .map(|length| inner + length)
        else {
            break;
        };
        found.push(inner..end);
        at = end;
    }
    found
}

fn template(text: &str) -> Option<Range<usize>> {
    let open = text.find("<template")?;
    let inner = open + text[open..].find('>')? + 1;
    let end = text.rfind("</template")?;
    (inner <= end).then_some(inner..end)
}

/// Reads the programs in attributes: `v-if="…"`, `:note="…"`.
fn directives(text: &str, markup: Range<usize>, tokens: &mut Vec<Token>) {
    for at in markup.skip(2) {
        let name = &text[tokens[at - 2].at.clone()];
        let bound = tokens[at - 2].kind == Kind::Attribute && name.starts_with(['v', ':']);
        if bound && tokens[at].kind == Kind::Str {
            let whole = tokens[at].at.clone();
            let quoted = text[whole.clone()].starts_with(['"', '\'']) && whole.len() > 1;
            let cut = usize::from(quoted);
            tokens[at].inner = scan(
                text,
                whole.start + cut..whole.end - cut,
                Dialect::Plain,
                tokens,
            );
        }
    }
}
