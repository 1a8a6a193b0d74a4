//! What the statements of a program define: constants, functions, arguments with their defaults, imports, exports.

use std::ops::Range;
use std::rc::Rc;

use super::file::{File, Flavour, Known};
use super::scan::{Dialect, Kind, Token, scan};

/// A name that a file imports, or exports from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The name in this file.
    pub local: String,
    /// The name in the other; none for its default export, `*` for all of it.
    pub exported: Option<String>,
    /// The path as it is written.
    pub path: String,
}

/// The names that a page or a file imports: `import X, { Y as Z } from '…'`, `export { default } from '…'`. In a page only what
/// begins a line is a program.
pub(crate) fn imports(source: &str) -> Vec<Import> {
    /// A list of names over lines ends soon.
    const LONGEST: usize = 2048;
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let starts = at;
        at += line.len();
        let begins = ["import", "export"]
            .iter()
            .filter_map(|word| line.trim_start().strip_prefix(word))
            .any(|rest| rest.starts_with([' ', '{', '*', '\t']));
        if !begins {
            continue;
        }
        let mut ends = source.len().min(starts + LONGEST);
        while !source.is_char_boundary(ends) {
            ends -= 1;
        }
        let mut tokens = Vec::new();
        scan(source, starts..ends, Dialect::Plain, &mut tokens);
        if let Some(taken) = import(source, &tokens, 0) {
            found.extend(taken.names);
        }
    }
    found
}

/// What an `import`, or an `export` from another file, brings in.
struct Taken {
    names: Vec<Import>,
    /// The path of `export * from '…'`.
    all: Option<String>,
    end: usize,
}

fn import(text: &str, tokens: &[Token], at: usize) -> Option<Taken> {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.at.clone()]);
    let exports = word(at) == "export";
    let mut here = at + 1;
    if word(here) == "type" && word(here + 1) != "from" && word(here + 1) != "," {
        here += 1;
    }
    let mut pairs: Vec<(String, Option<String>)> = Vec::new();
    let mut all = false;
    while tokens.get(here)?.kind != Kind::Str {
        let token = &tokens[here];
        match word(here) {
            "*" if word(here + 1) == "as" => {
                pairs.push((word(here + 2).to_owned(), Some("*".to_owned())));
                here += 3;
            }
            "*" => {
                all = true;
                here += 1;
            }
            "{" => {
                let mut name = here + 1;
                while name < token.end {
                    if word(name) == "type" && !matches!(word(name + 1), "," | "as" | "}") {
                        name += 1;
                    }
                    let renamed = word(name + 1) == "as";
                    let local = word(if renamed { name + 2 } else { name });
                    let exported = Some(word(name).to_owned()).filter(|name| name != "default");
                    pairs.push((local.to_owned(), exported));
                    name += if renamed { 3 } else { 1 };
                    name += usize::from(word(name) == ",");
                }
                here = token.end.max(here) + 1;
            }
            "," => here += 1,
            "from" => {
                here += 1;
                if tokens.get(here)?.kind != Kind::Str {
                    return None;
                }
            }
            name if token.kind == Kind::Word && !exports => {
                pairs.push((name.to_owned(), None));
                here += 1;
            }
            _ => return None,
        }
    }
    if word(here - 1) != "from" && here != at + 1 {
        return None;
    }
    let path = word(here).trim_matches(['"', '\'']).to_owned();
    Some(Taken {
        all: all.then(|| path.clone()),
        names: pairs
            .into_iter()
            .map(|(local, exported)| Import {
                local,
                exported,
                path: path.clone(),
            })
            .collect(),
        end: here + 1,
    })
}

impl File {
    /// Takes in what a program defines at its top.
    pub(super) fn declare(&mut self, program: Range<usize>) {
        let mut at = program.start;
        while at < program.end {
            let exports = self.is(at, Kind::Word, "export");
            if exports || self.is(at, Kind::Word, "import") {
                let taken = import(self.text(), &self.tokens, at);
                if let Some(taken) = taken.filter(|taken| taken.end <= program.end) {
                    for import in taken.names {
                        let names = if exports {
                            &mut self.exports
                        } else {
                            &mut self.names
                        };
                        Rc::make_mut(names).insert(import.local.clone(), Known::Import(import));
                    }
                    self.passed_on.extend(taken.all);
                    at = taken.end;
                    continue;
                }
            }
            if exports && self.is(at + 1, Kind::Open, "{") {
                for part in self.list(self.inside(at + 1)) {
                    let name = self.word(part.end - 1).to_owned();
                    Rc::make_mut(&mut self.exports)
                        .insert(name, Known::Code(part.start..part.start + 1));
                }
                at = self.past(at + 1);
                continue;
            }
            let default = exports && self.is(at + 1, Kind::Word, "default");
            let begins = at + usize::from(exports) + usize::from(default);
            let end = self.statement_end(begins, program.end).max(at + 1);
            if default {
                let known = self.initial(begins..end);
                Rc::make_mut(&mut self.exports).insert("default".into(), known);
            }
            if self.word(at) == "module" && self.word(at + 3) == "=" {
                let known = self.initial(at + 4..end);
                Rc::make_mut(&mut self.exports).insert("default".into(), known);
            }
            for (name, known) in self.declared(begins..end) {
                let known = match (self.flavour, self.word(begins), known) {
                    (Flavour::Svelte, "let", Known::Code(code)) if exports => {
                        Known::Prop(name.clone(), Some(code))
                    }
                    (Flavour::Svelte, "let", _) if exports => Known::Prop(name.clone(), None),
                    (.., known) => known,
                };
                if exports {
                    Rc::make_mut(&mut self.exports).insert(name.clone(), known.clone());
                }
                Rc::make_mut(&mut self.names).insert(name, known);
            }
            at = end;
        }
    }

    /// The names that a statement defines.
    pub(super) fn declared(&self, range: Range<usize>) -> Vec<(String, Known)> {
        let mut here = range.start;
        while matches!(self.word(here), "async" | "abstract" | "declare") {
            here += 1;
        }
        let constant = match self.word(here) {
            "function" | "class" => {
                let named = here + 1 + usize::from(self.word(here + 1) == "*");
                return match self.kind(named) {
                    Some(Kind::Word) => vec![(self.word(named).to_owned(), Known::Function(range))],
                    _ => Vec::new(),
                };
            }
            "const" => true,
            "let" | "var" => false,
            _ => return Vec::new(),
        };
        here += 1;
        let mut names = Vec::new();
        while here < range.end {
            let Some(equals) = self.find(here..range.end, Kind::Sign, "=") else {
                names.push((self.word(here).to_owned(), Known::UNKNOWN));
                break;
            };
            let end = self.expression_end(equals + 1, range.end);
            let code = equals + 1..end;
            if self.is(here, Kind::Open, "{") {
                let of_props = self.is_props(code);
                for (name, known) in self.destructured(self.inside(here)) {
                    names.push((name, if of_props { known } else { Known::UNKNOWN }));
                }
            } else if self.kind(here) == Some(Kind::Word) {
                let name = self.word(here).to_owned();
                let bindable = !constant && self.flavour == Flavour::Svelte;
                let known = if !constant && !bindable && self.assigned.contains(&name) {
                    Known::UNKNOWN
                } else if self.is_props(code.clone()) {
                    Known::Props
                } else {
                    self.initial(code)
                };
                names.push((name, known));
            } else {
                let open = self
                    .inside(here)
                    .filter(|at| self.kind(*at) == Some(Kind::Word));
                names.extend(open.map(|at| (self.word(at).to_owned(), Known::UNKNOWN)));
            }
            here = end + 1;
        }
        names
    }

    /// Whether an expression is all the arguments.
    fn is_props(&self, code: Range<usize>) -> bool {
        let at = code.start;
        match self.word(at) {
            "props" => code.len() == 1,
            "this" | "Astro" => self.word(at + 2) == "props" && self.word(at + 3) != ".",
            "defineProps" | "withDefaults" | "$props" => true,
            _ => false,
        }
    }

    /// A function where it is one, else an expression.
    pub(super) fn initial(&self, code: Range<usize>) -> Known {
        let mut code = code;
        while code.end > code.start && self.is(code.end - 1, Kind::Sign, ";") {
            code.end -= 1;
        }
        let function = matches!(self.word(code.start), "function" | "class" | "async")
            || self.find(code.clone(), Kind::Sign, "=>").is_some()
            || self.wrapped(code.clone()).is_some();
        if function {
            Known::Function(code)
        } else {
            Known::Code(code)
        }
    }

    /// What `memo(…)`, `forwardRef(…)` and the like are put round.
    pub(super) fn wrapped(&self, code: Range<usize>) -> Option<Range<usize>> {
        let mut named = code.start;
        if self.is(named + 1, Kind::Sign, ".") {
            named += 2;
        }
        let wraps = matches!(self.word(named), "memo" | "forwardRef" | "observer");
        let open = self
            .find(named..code.end, Kind::Open, "(")
            .filter(|_| wraps)?;
        self.list(self.inside(open)).into_iter().next()
    }

    /// The names in `{ a, b: c = 1, ...rest }`, each an argument.
    pub(super) fn destructured(&self, range: Range<usize>) -> Vec<(String, Known)> {
        let mut names = Vec::new();
        for part in self.list(range) {
            if self.is(part.start, Kind::Sign, "...") {
                names.push((self.word(part.start + 1).to_owned(), Known::Props));
                continue;
            }
            let key = self.word(part.start).trim_matches(['"', '\'']).to_owned();
            let equals = self.find(part.clone(), Kind::Sign, "=");
            let default = equals.map(|equals| equals + 1..part.end);
            let renamed = self.is(part.start + 1, Kind::Sign, ":");
            let local = if renamed { part.start + 2 } else { part.start };
            if self.kind(local) == Some(Kind::Word) {
                names.push((self.word(local).to_owned(), Known::Prop(key, default)));
            } else {
                let inner = self
                    .inside(local)
                    .filter(|at| self.kind(*at) == Some(Kind::Word));
                names.extend(inner.map(|at| (self.word(at).to_owned(), Known::UNKNOWN)));
            }
        }
        names
    }

    /// The arguments that a Vue component declares, by `defineProps` or by `props: …`.
    pub(super) fn declare_props(&mut self) {
        let mut found = Vec::new();
        for at in self.programs.clone().into_iter().flatten() {
            match (self.word(at), self.word(at + 1)) {
                ("props", ":") => self.declared_props(at + 2, &mut found),
                ("defineProps", "(") => self.declared_props(self.inside(at + 1).start, &mut found),
                ("defineProps", "<") => self.declared_props(at + 2, &mut found),
                ("interface" | "type", _) => {
                    let open = (at + 2..at + 4).find(|at| self.is(*at, Kind::Open, "{"));
                    if let Some(open) = open.filter(|_| self.word(at + 1).contains("Props")) {
                        self.declared_props(open, &mut found);
                    }
                }
                ("withDefaults", "(") => {
                    if let Some(part) = self.list(self.inside(at + 1)).last() {
                        for entry in self.list(self.inside(part.start)) {
                            let name = self.word(entry.start).to_owned();
                            found.push((name, Some(entry.start + 2..entry.end)));
                        }
                    }
                }
                _ => {}
            }
        }
        found.sort_by_key(|(_, default)| default.is_none());
        for (name, default) in found {
            let known = Known::Prop(name.clone(), default);
            Rc::make_mut(&mut self.names).entry(name).or_insert(known);
        }
    }

    fn declared_props(&self, open: usize, found: &mut Vec<(String, Option<Range<usize>>)>) {
        let inside = self.inside(open);
        if self.is(open, Kind::Open, "[") {
            let names = inside.filter(|at| self.kind(*at) == Some(Kind::Str));
            found
                .extend(names.map(|at| (self.word(at).trim_matches(['"', '\'']).to_owned(), None)));
        } else if self.is(open, Kind::Open, "{") {
            let mut at = inside.start;
            while at < inside.end {
                let key = self.kind(at) == Some(Kind::Word)
                    && (self.is(at + 1, Kind::Sign, ":") || self.is(at + 1, Kind::Sign, "?"));
                if key {
                    let value = self
                        .is(at + 2, Kind::Open, "{")
                        .then(|| self.inside(at + 2));
                    let default = value.and_then(|value| {
                        let parts = self.list(value);
                        let part = parts
                            .iter()
                            .find(|part| self.word(part.start) == "default")?;
                        Some(part.start + 2..part.end)
                    });
                    found.push((self.word(at).to_owned(), default));
                }
                at = self.past(at);
            }
        }
    }
}
