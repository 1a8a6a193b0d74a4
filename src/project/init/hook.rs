//! The entry of `.pre-commit-config.yaml`: added to what is there, or not at all.

use std::path::Path;
use std::sync::Arc;

use crate::source::Source;
use crate::syntax::{Keys, data_of_path};

/// The entry, as an item of `repos`.
pub const HOOK: &str = "\
- repo: local
  hooks:
    - id: caveat
      name: caveat
      entry: caveat check --force-exclude
      language: system
      require_serial: true
";

/// What comes of a `.pre-commit-config.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hooked {
    /// The whole file with the entry in it.
    With(String),
    /// It has the entry already.
    Already,
    /// It cannot be added without a person, and why.
    No(&'static str),
}

/// Puts the entry into the text of a `.pre-commit-config.yaml`, empty for none. What is there stays byte by byte.
#[must_use]
pub fn hooked(text: &str) -> Hooked {
    if text.trim().is_empty() {
        return Hooked::With(format!("repos:\n{}", indented(HOOK, "  ")));
    }
    let Some(before) = strings(text) else {
        return Hooked::No("it is no YAML that can be read");
    };
    if before
        .iter()
        .any(|(key, value)| key.ends_with(".id") && value.starts_with("caveat"))
    {
        return Hooked::Already;
    }
    let Some((at, indent)) = end_of_repos(text) else {
        return Hooked::No("it has no list `repos:` with one repository a line");
    };
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut with = text[..at].to_owned();
    if !with.ends_with('\n') {
        with += newline;
    }
    with += &indented(HOOK, indent).replace('\n', newline);
    with += &text[at..];
    // believed only when reading it again gives what was there and the entry after it
    let expected = strings(&format!("repos:\n{HOOK}")).unwrap_or_default();
    let number = before
        .iter()
        .filter_map(|(key, _)| key.strip_prefix("repos.")?.split('.').next()?.parse().ok())
        .max()
        .map_or(0, |last: usize| last + 1);
    let expected: Vec<(String, String)> = expected
        .into_iter()
        .map(|(key, value)| {
            (
                key.replacen("repos.0.", &format!("repos.{number}."), 1),
                value,
            )
        })
        .collect();
    let Some(mut after) = strings(&with) else {
        return Hooked::No("it would be no YAML that can be read any more");
    };
    let sort = |mut of: Vec<(String, String)>| {
        of.sort();
        of
    };
    let whole: Vec<_> = before.into_iter().chain(expected).collect();
    after.sort();
    if after == sort(whole) {
        Hooked::With(with)
    } else {
        Hooked::No("its list `repos:` is written in a way that is not safe to add to")
    }
}

/// Where the list `repos:` ends, and how far its items are indented.
fn end_of_repos(text: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    let mut found = None;
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let shown = line.trim_start();
        let indent = &line[..line.len() - shown.len()];
        let blank = shown.is_empty() || shown.starts_with('#');
        if line.trim_end() == "repos:" {
            inside = true;
        } else if inside && !blank {
            match &mut found {
                None if shown.starts_with("- ") => found = Some((end, indent)),
                None => return None,
                Some(_) if indent.is_empty() && !shown.starts_with("- ") => break,
                Some((last, _)) => *last = end,
            }
        }
        at = end;
    }
    found
}

/// The strings of a YAML text by their key paths; none when it cannot be read.
fn strings(text: &str) -> Option<Vec<(String, String)>> {
    let source = Arc::new(Source::new("hooks.yaml", text));
    let data = data_of_path(Path::new("hooks.yaml"))?;
    let document = (data.read)(&source, &[&Keys::default()]);
    let keys = document.keys.as_ref()?;
    document.problems.is_empty().then(|| {
        keys.iter()
            .map(|(span, key)| (key.clone(), source.slice(*span).trim_end().to_owned()))
            .collect()
    })
}

fn indented(text: &str, indent: &str) -> String {
    text.lines()
        .map(|line| format!("{indent}{line}\n"))
        .collect()
}
