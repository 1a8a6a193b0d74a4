//! What a template is evaluated with in tests, and what of its output always holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::pieces::Pieces;
use crate::source::Source;
use crate::template::go::{Stands, evaluate_with};
use crate::template::{Context, Mark, Opened, Opens, Output, Value};

/// Where the root, each other template, and what the page and the call say stand in the places of a test.
pub(super) const ROOT: usize = 100;
pub(super) const GIVEN: usize = 10_000_000;

/// What a template is evaluated with.
pub(super) struct Site {
    pub(super) stands: Stands,
    pub(super) arguments: Vec<(&'static str, Value)>,
    pub(super) paired: bool,
    pub(super) page: Value,
    pub(super) kind: &'static str,
    pub(super) site: Value,
    pub(super) strings: Vec<(&'static str, &'static str)>,
    pub(super) files: Vec<(&'static str, String)>,
    pub(super) definitions: Vec<String>,
}

impl Site {
    pub(super) fn layout() -> Self {
        Self {
            stands: Stands::Layout,
            arguments: Vec::new(),
            paired: false,
            page: Value::Map(BTreeMap::new()),
            kind: "page",
            site: Value::Map(BTreeMap::new()),
            strings: Vec::new(),
            files: Vec::new(),
            definitions: Vec::new(),
        }
    }

    pub(super) fn shortcode(arguments: Vec<(&'static str, Value)>) -> Self {
        Self {
            stands: Stands::Shortcode,
            arguments,
            ..Self::layout()
        }
    }

    pub(super) fn page(page: Vec<(&'static str, Value)>) -> Self {
        Self {
            page: map(page),
            ..Self::layout()
        }
    }

    pub(super) fn file(mut self, name: &'static str, text: &str) -> Self {
        self.files.push((name, text.to_owned()));
        self
    }

    pub(super) fn run(&self, root: &str) -> Output {
        let opened = |text: &str, base| Opened {
            source: Arc::new(Source::new("layouts/x.html", text)),
            base,
        };
        let files: BTreeMap<_, _> = self
            .files
            .iter()
            .enumerate()
            .map(|(number, (name, text))| (*name, opened(text, (number + 1) * 1_000_000)))
            .collect();
        let open = |by: Opens, name: &str, _| {
            assert_eq!(by, Opens::Partial);
            let file = files.get(name.trim_end_matches(".html")).cloned();
            file.ok_or_else(|| format!("no partial `{name}`"))
        };
        let strings = |key: &str| {
            let found = self.strings.iter().find(|(known, _)| *known == key);
            found.map_or(Value::Nil, |(_, shown)| text(shown))
        };
        let facts = [("kind", text(self.kind)), ("section", text("posts"))];
        let arguments = self
            .arguments
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()));
        let context = Context {
            arguments: arguments.collect(),
            paired: self.paired,
            page: &self.page,
            facts: &facts.map(|(key, value)| (key.to_owned(), value)).into(),
            site: &self.site,
            strings: &strings,
            open: &open,
        };
        let definitions: Vec<_> = self
            .definitions
            .iter()
            .enumerate()
            .map(|(number, text)| opened(text, (number + 1) * 2_000_000 + 500_000))
            .collect();
        let output = evaluate_with(&opened(root, ROOT), &definitions, self.stands, &context);
        if root.len() > 500_000 {
            // its places run into those of the next file
            return output;
        }
        // what stands in a file as it is has the place of those very bytes
        for (part, span) in output.text.parts(0..output.text.text.len()) {
            let at = span.start as usize;
            let of = match at {
                GIVEN.. => continue,
                _ if at >= 1_000_000 && at % 1_000_000 < 500_000 => self
                    .files
                    .get(at / 1_000_000 - 1)
                    .map(|file| file.1.as_str()),
                _ if at >= 1_000_000 => {
                    self.definitions.get(at / 2_000_000 - 1).map(String::as_str)
                }
                _ => Some(root),
            };
            let base = match at {
                0..1_000_000 => ROOT,
                _ => at / 500_000 * 500_000,
            };
            let of = of.expect("a place lies in a file");
            let written = &of[at - base..span.end as usize - base];
            let shown = &output.text.text[part];
            let changed = written.contains(['{', '<', '>', '&', '"', '\'', '\\']);
            assert!(
                changed || shown.eq_ignore_ascii_case(written),
                "{shown:?} has the place of {written:?}"
            );
        }
        balanced(&output);
        output
    }

    pub(super) fn shows(&self, root: &str) -> String {
        shown(&self.run(root))
    }
}

pub(super) fn balanced(output: &Output) {
    let (mut depth, mut last) = (0, 0);
    for (at, mark) in &output.marks {
        assert!(*at >= last && *at <= output.text.text.len());
        last = *at;
        match mark {
            Mark::Undecided(_) => depth += 1,
            Mark::Decided => depth -= 1,
            _ => {}
        }
        assert!(depth >= 0);
    }
    assert_eq!(depth, 0);
}

/// The text with its marks: `[` undecided `]`, `@` inner, `?` unknown, `!…!` a problem.
pub(super) fn shown(output: &Output) -> String {
    let mut all = String::new();
    let mut from = 0;
    for (at, mark) in &output.marks {
        all.push_str(&output.text.text[from..*at]);
        from = *at;
        match mark {
            Mark::Inner => all.push('@'),
            Mark::Undecided(_) => all.push('['),
            Mark::Decided => all.push(']'),
            Mark::Unknown(_) => all.push('?'),
            Mark::Problem(_, why) => all.push_str(&format!("!{why}!")),
        }
    }
    all + &output.text.text[from..]
}

pub(super) fn text(shown: &str) -> Value {
    Value::Text(Pieces::of(shown, GIVEN))
}

pub(super) fn map(entries: Vec<(&'static str, Value)>) -> Value {
    Value::Map(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}
