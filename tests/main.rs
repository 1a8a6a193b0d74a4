//! The one test binary. Each file holds one promise; what several of them need to run the program or the library stands here.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail this way, and says so when it skips"
)]

mod authors;
mod baseline;
mod built;
mod cases;
mod cli;
mod data;
mod docs;
mod exchange;
mod fixes;
mod formats;
mod hooks;
mod hostile_sites;
mod house;
mod init;
mod keys;
mod kinds;
mod languages;
#[cfg(feature = "lsp")]
mod lsp;
mod manifest;
mod matrix;
mod mistakes;
mod moves;
mod offers;
mod oracle;
mod packs;
mod placeholders;
mod placement;
mod seed;
mod sentences;
mod shapes;
mod since;
mod sites;
mod spans;
mod staged;
mod syntaxes;
mod syntaxes_adoc;
mod syntaxes_rst;
mod tables;
mod usual;
mod values;
mod watch;
mod words;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use caveat::{Facts, Outcome, RuleSet, Source, lint, rule, syntax};
use serde_json::Value;

/// The day that tests are judged by.
const TODAY: &str = "2026-11-23";

/// What a run of the program gave.
struct Ran {
    code: i32,
    out: String,
    /// Standard error, but for what content was judged by.
    err: String,
    /// What content was judged by, where standard error says it.
    judged: String,
}

/// A command for the program, in this folder, that nothing in the environment of the tests can change.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy().into_owned();
        let ours = ["NO_COLOR", "COLUMNS", "LINES", "TERM"].contains(&&*name_text)
            || ["CAVEAT_", "CLICOLOR", "FORCE_COLOR", "GIT_"]
                .iter()
                .any(|prefix| name_text.starts_with(prefix));
        if ours {
            command.env_remove(&name);
        }
    }
    command
}

fn finish(command: &mut Command, input: Option<&[u8]>) -> Ran {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().expect("the program starts");
    if let (Some(input), Some(mut pipe)) = (input, child.stdin.take()) {
        // a program that reads nothing closes the pipe
        let _ = pipe.write_all(input);
    }
    let done = child.wait_with_output().expect("the program ends");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    let (judged, err) = told
        .split_inclusive('\n')
        .partition(|line| line.starts_with("caveat: judged by "));
    Ran {
        code: done.status.code().expect("the program is not killed"),
        out: String::from_utf8(done.stdout).expect("standard output is UTF-8"),
        err,
        judged,
    }
}

/// Runs the program in a folder.
fn caveat(folder: &Path, arguments: &[&str]) -> Ran {
    finish(&mut command(folder, arguments), None)
}

/// Runs the program with this on standard input.
fn caveat_reading(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    finish(&mut command(folder, arguments), Some(input))
}

/// What `check --format json` says, with these arguments besides.
fn report(folder: &Path, arguments: &[&str]) -> Value {
    let fixed = ["check", "--format", "json", "--as-of", TODAY];
    let ran = caveat(folder, &[&fixed, arguments].concat());
    serde_json::from_str(&ran.out)
        .unwrap_or_else(|wrong| panic!("no JSON: {wrong}\n{}\n{}", ran.out, ran.err))
}

/// A list of a JSON object.
fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of[key]
        .as_array()
        .unwrap_or_else(|| panic!("no list `{key}` in {of}"))
}

/// A text of a JSON object.
fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key]
        .as_str()
        .unwrap_or_else(|| panic!("no text `{key}` in {of}"))
}

/// The folder of this crate.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with these files, gone when it is dropped.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, text) in files {
        put(folder.path(), name, text.as_bytes());
    }
    folder
}

/// Writes a file and the folders that it needs.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("made");
    std::fs::write(&path, bytes).expect("written");
    path
}

/// The files under a folder, sorted.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|wrong| panic!("{}: {wrong}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

/// The rules of a pack, which must have no mistake.
fn rules_of(toml: &str) -> RuleSet {
    let source = Arc::new(Source::new("rules.toml", toml));
    let (pack, mistakes) = rule::load(&source, &BTreeMap::new());
    assert!(
        mistakes.is_empty(),
        "mistakes in the pack of a test: {:?}",
        mistakes
            .iter()
            .map(|mistake| (&mistake.message, mistake.location.text()))
            .collect::<Vec<_>>()
    );
    let pack = Arc::new(pack);
    RuleSet::compile(&pack.rules, &BTreeMap::new(), std::slice::from_ref(&pack))
}

/// Lints a Markdown text on the day of the tests.
fn outcome(rules: &RuleSet, text: &str) -> Outcome {
    outcome_in("md", rules, text)
}

/// Lints a page of the syntax with this ending.
fn outcome_in(ending: &str, rules: &RuleSet, text: &str) -> Outcome {
    let source = Arc::new(Source::new(format!("page.{ending}"), text));
    let syntax = syntax::named(ending).expect("a known ending");
    let facts = Facts {
        path: format!("page.{ending}"),
        facets: BTreeMap::new(),
        as_of: TODAY.parse().expect("a date"),
        built: false,
    };
    lint(&syntax.parse(&source), rules, &facts)
}

/// The words of what a reader sees of a text in the syntax with this ending.
fn words_seen_in(ending: &str, text: &str) -> Vec<String> {
    let source = Arc::new(Source::new("page", text));
    let markdown = syntax::named(ending).expect("a known ending");
    let document = markdown.parse(&source);
    let shown: Vec<&str> = document
        .blocks
        .iter()
        .map(|block| document.text.words(block.passage))
        .collect();
    words(&shown.join(" "))
}

/// The words of a text, folded, without signs.
fn words(text: &str) -> Vec<String> {
    caveat::text::fold(text)
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        // a back quote folds to an apostrophe
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether `UPDATE=1` asks to rewrite snapshots.
fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Compares with a file of the repository, or rewrites it.
fn compare(path: &Path, got: &str) -> Result<(), String> {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == got {
        return Ok(());
    }
    if updating() {
        std::fs::write(path, got).expect("written");
        return Ok(());
    }
    let mut difference = String::new();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(&expected), lines(got));
    old.iter()
        .filter(|line| !new.contains(line))
        .for_each(|line| difference += &format!("  - {line}\n"));
    new.iter()
        .filter(|line| !old.contains(line))
        .for_each(|line| difference += &format!("  + {line}\n"));
    let name = path.strip_prefix(root()).unwrap_or(path).display();
    Err(format!(
        "{name} (-: expected, +: got; UPDATE=1 rewrites)\n{difference}"
    ))
}
