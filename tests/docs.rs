//! The pages under docs/: what is generated is as the program has it, what is shown as a command runs and prints what is shown.
//!
//! A page is a scene: `<!-- file: NAME -->` before a fence writes it as a file, a fence of `sh` runs in the folder of those files
//! (`<!-- exit: N -->` before it says with what it ends), a fence of `text` after it is what it prints, but for the line with the
//! hashes of packs. `UPDATE=1` rewrites what is generated and what is printed. A fence of `console` is for people; `<!-- runs in: FILE -->` before it names what runs it.

mod rules;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use caveat::finding::Code;
use caveat::keys::{Key, Shape, wanted};
use caveat::output::FORMATS;
use caveat::project::CONFIG_KEYS;
use caveat::rule::{PACK_KEYS, PACKS};
use caveat::syntax::SYNTAXES;

use crate::{TODAY, caveat, compare, put, read, root};

/// The pages, but those of the rules, which have a test of their own.
fn pages() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("docs")).expect("there are docs");
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|of| of == "md"))
        .collect();
    pages.sort();
    pages
}

// ---------------------------------------------------------------- what is generated

const BEGIN: &str = "<!-- generated: ";
const END: &str = "<!-- end -->";

/// The page with its generated parts written anew, and how many there are.
fn generated(path: &Path, page: &str) -> (String, usize) {
    let mut fresh = String::new();
    let mut rest = page;
    let mut parts = 0;
    while let Some(at) = rest.find(BEGIN) {
        let (before, after) = rest.split_at(at);
        let (head, body) = after.split_once(" -->\n").expect("the comment ends");
        let Some((_, after)) = body.split_once(END) else {
            panic!("{}: {head} does not end", path.display());
        };
        let what = head.trim_start_matches(BEGIN);
        let _ = write!(fresh, "{before}{head} -->\n{}{END}", of(what));
        rest = after;
        parts += 1;
    }
    (fresh + rest, parts)
}

/// A generated part by its name.
fn of(what: &str) -> String {
    let mut out = String::from("\n");
    match what.split_once(' ').unwrap_or((what, "")) {
        ("keys", "config") => sections("", &CONFIG_KEYS, &mut Vec::new(), &mut out),
        ("keys", "pack") => sections("", &PACK_KEYS, &mut Vec::new(), &mut out),
        ("help", command) => {
            let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
            let ran = caveat(root(), &arguments);
            let text: Vec<&str> = ran.out.lines().map(str::trim_end).collect();
            let _ = writeln!(out, "```text\n{}\n```", text.join("\n").trim_end());
        }
        ("codes", _) => {
            out += "| code | what is wrong | the place it points at |\n| --- | --- | --- |\n";
            for code in Code::ALL {
                let (wrong, place) = meaning(code);
                let _ = writeln!(out, "| `{}` | {wrong} | {place} |", code.name());
            }
        }
        ("formats", _) => {
            out += "| format | for |\n| --- | --- |\n";
            for format in FORMATS {
                let _ = writeln!(out, "| `{}` | {} |", format.name, format.about);
            }
        }
        ("syntaxes", _) => {
            out += "| syntax | endings |\n| --- | --- |\n";
            for syntax in SYNTAXES {
                let endings: Vec<String> = syntax
                    .extensions
                    .iter()
                    .map(|of| format!("`.{of}`"))
                    .collect();
                let _ = writeln!(out, "| {} | {} |", syntax.name, endings.join(" "));
            }
        }
        ("packs", _) => {
            out += "| pack | what it is | rules |\n| --- | --- | ---: |\n";
            for (name, _) in PACKS {
                let (pack, _) = caveat::rule::built_in(name).expect("it is built in");
                let _ = writeln!(
                    out,
                    "| [`{name}`](rules/{name}.md) | {} | {} |",
                    pack.title,
                    pack.rules.len()
                );
            }
        }
        _ => panic!("nothing is known of `{what}`"),
    }
    out + "\n"
}

/// What a code says of a text, and where a finding of it points; PRODUCT.md's table.
fn meaning(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Missing => (
            "nothing that a reader sees satisfies the rule",
            "what made the rule apply; else the title or the first block",
        ),
        Code::Altered => (
            "the prescribed or the usual wording is there with other words or signs, or the wording of another product",
            "the altered words",
        ),
        Code::Hidden => (
            "the wording is there and a reader does not see it",
            "the hidden text",
        ),
        Code::Misplaced => (
            "it is seen, but not where the rule wants it",
            "the wording; where it is owed is a related place",
        ),
        Code::Stale => (
            "a value that is not the registered one, out of range or too old; a superseded wording",
            "the value or the wording",
        ),
        Code::Prohibited => (
            "a forbidden claim is made, or a value is left to be filled in",
            "the claim, or what stands in the place of the value",
        ),
        Code::Unlinked => (
            "a required link is missing, leads nowhere or elsewhere",
            "the link, or where it is owed",
        ),
        Code::Metadata => (
            "front matter lacks a key or has a wrong value",
            "the value, or the front matter",
        ),
        Code::Unverifiable => (
            "something could not be resolved, read or parsed, so nobody knows",
            "the reference",
        ),
        Code::Suppression => (
            "a waiver without a reason, expired, unknown or unused",
            "the waiver",
        ),
        Code::Config => ("a mistake in caveat.toml or in a pack", "the TOML"),
    }
}

/// A table of keys, and one for each table that they may hold.
fn sections(
    path: &str,
    keys: &[Key],
    shown: &mut Vec<(String, Vec<&'static str>)>,
    out: &mut String,
) {
    if !path.is_empty() {
        let _ = writeln!(out, "### `{path}`\n");
    }
    *out += "| key | holds | |\n| --- | --- | --- |\n";
    for key in keys {
        let must = if key.required { " **Required.**" } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {} | {}{must} |",
            key.name,
            cell(&wanted(key.shape)),
            cell(key.about)
        );
    }
    out.push('\n');
    for key in keys {
        inner(path, key.name, key.shape, shown, out);
    }
}

fn inner(
    path: &str,
    name: &str,
    shape: Shape,
    shown: &mut Vec<(String, Vec<&'static str>)>,
    out: &mut String,
) {
    let bare = path.trim_matches(['[', ']']);
    let full = if bare.is_empty() {
        name.to_owned()
    } else {
        format!("{bare}.{name}")
    };
    match shape {
        Shape::Table(keys) => part(&format!("[{full}]"), keys, shown, out),
        Shape::List(keys) => part(&format!("[[{full}]]"), keys, shown, out),
        Shape::Map(of) => inner(path, &format!("{name}.NAME"), *of, shown, out),
        Shape::Either(shapes) => shapes
            .iter()
            .for_each(|of| inner(path, name, *of, shown, out)),
        _ => {}
    }
}

/// A table, or where the same one stands already.
fn part(
    path: &str,
    keys: &'static [Key],
    shown: &mut Vec<(String, Vec<&'static str>)>,
    out: &mut String,
) {
    let names: Vec<&'static str> = keys.iter().map(|key| key.name).collect();
    if let Some((other, _)) = shown.iter().find(|(_, known)| *known == names) {
        let _ = writeln!(out, "`{path}` has the keys of `{other}`.\n");
        return;
    }
    shown.push((path.to_owned(), names));
    sections(path, keys, shown, out);
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

// ---------------------------------------------------------------- what is shown

/// A fenced block of a page.
struct Fence {
    /// The comment right before it, without its signs.
    note: String,
    info: String,
    body: String,
    /// Where the body stands in the page.
    at: std::ops::Range<usize>,
}

fn fences(page: &str) -> Vec<Fence> {
    let mut all = Vec::new();
    let mut note = String::new();
    let mut open: Option<(String, usize)> = None;
    let mut offset = 0;
    for line in page.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let text = line.trim_end();
        match (&open, text.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.to_owned(), offset)),
            (Some(_), Some("")) => {
                let (info, from) = open.take().expect("it is open");
                all.push(Fence {
                    note: std::mem::take(&mut note),
                    info,
                    body: page[from..start].to_owned(),
                    at: from..start,
                });
            }
            (None, None) => match text
                .strip_prefix("<!-- ")
                .and_then(|text| text.strip_suffix(" -->"))
            {
                Some(comment) => comment.clone_into(&mut note),
                None if text.is_empty() => {}
                None => note.clear(),
            },
            _ => {}
        }
    }
    all
}

#[cfg(unix)]
#[test]
fn the_docs_are_as_the_program_has_it_and_every_command_of_them_runs() {
    let (mut parts, mut ran) = (0, 0);
    let mut wrong = Vec::new();
    for path in pages() {
        let (mut fresh, of_page) = generated(&path, &read(&path));
        parts += of_page;
        let page = fresh.clone();
        let scene = tempfile::tempdir().expect("there is room");
        let mut printed: Option<String> = None;
        // from the last to the first, so that places stay true
        let mut shown: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for fence in fences(&page) {
            match (fence.note.split_once(": "), fence.info.as_str()) {
                (Some(("file", name)), _) => {
                    put(scene.path(), name, fence.body.as_bytes());
                }
                (note, "sh") => {
                    let exit = match note {
                        Some(("exit", code)) => code.parse().expect("a number"),
                        _ => 0,
                    };
                    let (code, out) = shell(scene.path(), &fence.body);
                    if code != exit {
                        let body = &fence.body;
                        wrong.push(format!(
                            "{}: it ends with {code}, not {exit}:\n{body}{out}",
                            path.display()
                        ));
                    }
                    printed = Some(out);
                    ran += 1;
                }
                (_, "text") => shown.extend(printed.take().map(|out| (fence.at, out))),
                (_, "console") => wrong.extend(elsewhere(&path, &fence)),
                _ => {}
            }
        }
        for (at, out) in shown.into_iter().rev() {
            fresh.replace_range(at, &out);
        }
        wrong.extend(compare(&path, &fresh).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        parts >= 8 && ran >= 20,
        "{parts} parts are generated, {ran} fences ran"
    );
}

/// Runs lines in a folder, with the program that is tested, on the day of the tests.
#[cfg(unix)]
fn shell(folder: &Path, lines: &str) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_caveat"))
        .parent()
        .expect("a folder");
    let paths = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    command
        .args(["-e", "-c", &format!("exec 2>&1\n{lines}")])
        .current_dir(folder)
        .stdin(std::process::Stdio::null());
    command
        .env("PATH", format!("{}:{paths}", program.display()))
        .env("CAVEAT_AS_OF", TODAY);
    for (name, value) in [
        ("GIT_AUTHOR_NAME", "A"),
        ("GIT_AUTHOR_EMAIL", "a@example.com"),
        ("GIT_COMMITTER_NAME", "A"),
        ("GIT_COMMITTER_EMAIL", "a@example.com"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ] {
        command.env(name, value);
    }
    for name in [
        "NO_COLOR",
        "COLUMNS",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "CAVEAT_CONFIG",
        "CAVEAT_FORMAT",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_WORK_TREE",
    ] {
        command.env_remove(name);
    }
    let done = command.output().expect("sh runs");
    let out = String::from_utf8(done.stdout).expect("UTF-8");
    // the pages would change with every pack
    let judged = |line: &&str| {
        line.trim_start_matches("caveat: ")
            .starts_with("judged by ")
    };
    let lines = out.lines().filter(|line| !judged(line));
    let lines: Vec<&str> = lines.map(str::trim_end).collect();
    let out = if lines.is_empty() {
        String::new()
    } else {
        lines.join("\n") + "\n"
    };
    (done.status.code().expect("it ends"), out)
}

/// What is wrong with commands that something else runs.
#[cfg(unix)]
fn elsewhere(page: &Path, fence: &Fence) -> Option<String> {
    let Some(file) = fence.note.strip_prefix("runs in: ") else {
        return Some(format!("{}: nothing runs\n{}", page.display(), fence.body));
    };
    let Ok(script) = std::fs::read_to_string(root().join(file)) else {
        return Some(format!("{}: there is no {file}", page.display()));
    };
    let missing: Vec<&str> = fence
        .body
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !script.contains(line))
        .collect();
    (!missing.is_empty()).then(|| format!("{}: {file} does not run {missing:?}", page.display()))
}

#[test]
fn the_summary_lists_every_page_and_links_lead_somewhere() {
    let docs = root().join("docs");
    let summary = read(&docs.join("SUMMARY.md"));
    for path in pages() {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            name == "SUMMARY.md" || summary.contains(&format!("]({name})")),
            "SUMMARY.md does not list {name}"
        );
        let page = read(&path);
        for link in page
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', ' ']).next())
        {
            let file = link.split('#').next().unwrap_or_default();
            let known = link.starts_with("https://") || file.is_empty() || docs.join(file).exists();
            assert!(known, "{}: no {link}", path.display());
        }
    }
}
