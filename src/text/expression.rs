//! Regular expressions of rule packs, for what phrases cannot say. They run on folded text.

use std::fmt;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

/// A regular expression for folded text; its size and so its memory are bounded.
#[derive(Clone)]
pub struct Expression {
    raw: Box<str>,
    built: OnceLock<Regex>,
}

impl Expression {
    /// The expression as written.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Builds an expression.
    ///
    /// # Errors
    /// What is wrong with it, lower case, no full stop.
    pub fn parse(raw: &str) -> Result<Self, String> {
        let built = build(raw).map_err(|wrong| {
            let message = wrong.to_string();
            let last = message
                .lines()
                .last()
                .unwrap_or("")
                .trim()
                .trim_start_matches("error: ")
                .to_owned();
            format!("is no regular expression: {last}")
        })?;
        if built.is_match("") {
            return Err("the regular expression matches the empty text".to_owned());
        }
        let capital = regex_syntax::ast::parse::Parser::new().parse(raw).is_ok()
            && raw
                .chars()
                .zip(std::iter::once(' ').chain(raw.chars()))
                .any(|(c, before)| c.is_uppercase() && before != '\\' && before != '{');
        if capital && !raw.starts_with("(?i)") {
            return Err("the regular expression has a capital letter, and it runs on folded text, which has none".to_owned());
        }
        Ok(Self {
            raw: raw.into(),
            built: OnceLock::from(built),
        })
    }

    /// An expression that a test of this program has built before: it is built again when something looks for it.
    #[must_use]
    pub fn tested(raw: &str) -> Self {
        Self {
            raw: raw.into(),
            built: OnceLock::new(),
        }
    }

    pub(super) fn regex(&self) -> &Regex {
        self.built
            .get_or_init(|| build(&self.raw).expect("a test has built it"))
    }

    /// Words of which one stands in everything that it matches; none when nothing is sure.
    pub(super) fn literals(&self) -> Option<Vec<String>> {
        // in ASCII alone it is read much faster, for its classes are small, and its literals are the same
        let unicode = !self.raw.is_ascii();
        let mut parser = regex_syntax::ParserBuilder::new();
        let parser = parser.unicode(unicode).utf8(unicode);
        necessary(&parser.build().parse(&self.raw).ok()?)
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.fmt(f)
    }
}

fn build(raw: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(raw).size_limit(1 << 20).build()
}

/// Words of which one stands in everything that a regular expression matches; none when nothing is sure.
fn necessary(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let word = std::str::from_utf8(&literal.0).ok()?;
            (word.len() > 1).then(|| vec![word.to_owned()])
        }
        HirKind::Capture(capture) => necessary(&capture.sub),
        HirKind::Repetition(repeat) if repeat.min > 0 => necessary(&repeat.sub),
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(necessary)
            .max_by_key(|words| words.iter().map(String::len).min()),
        HirKind::Alternation(branches) => branches
            .iter()
            .map(necessary)
            .collect::<Option<Vec<_>>>()
            .map(|all| all.concat()),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => None,
    }
}
