//! The house: floors, sizes, what may be used where; and that README and the example site say what the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use caveat::output::FORMATS;

use crate::{TODAY, caveat, files_under, folder, list, put, read, report, root, text};

/// From the ground up; `=` stands between rooms of one floor without a door between.
const ORDER: &str = "source < pieces < text < document = finding < keys < template < syntax = check < rule < lint < report < output < project < lsp";

fn floors() -> BTreeMap<&'static str, usize> {
    ORDER
        .split(" < ")
        .enumerate()
        .flat_map(|(floor, rooms)| rooms.split(" = ").map(move |room| (room, floor)))
        .collect()
}

/// Every file of the library with its room, without comments.
fn library() -> Vec<(String, String, String)> {
    let src = root().join("src");
    files_under(&src)
        .iter()
        .filter(|path| path.extension().is_some_and(|of| of == "rs"))
        .filter_map(|path| {
            let name = path
                .strip_prefix(&src)
                .ok()?
                .to_string_lossy()
                .replace('\\', "/");
            let room = name.split('/').next()?.trim_end_matches(".rs").to_owned();
            (room != "bin" && room != "lib").then(|| (name, room, code(path)))
        })
        .collect()
}

/// A file without its comments.
fn code(path: &Path) -> String {
    read(path)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The rooms that a file's `crate::x` and `crate::{a, b::c}` lead to.
fn uses(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            rooms.insert(name(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (at, c) in group.char_indices() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && !c.is_whitespace() => {
                    rooms.insert(name(&group[at..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    rooms
}

#[test]
fn uses_are_read_as_rust_reads_them() {
    let of = |code: &str| uses(code).into_iter().collect::<Vec<_>>();
    assert_eq!(
        of("use crate::text::{Text, Tokens};\nlet x = crate::source::Span::new(0, 0);"),
        ["source", "text"]
    );
    assert_eq!(
        of("use crate::{\n    check::{Page, Trigger},\n    finding,\n    rule::Rule as R,\n};"),
        ["check", "finding", "rule"]
    );
    assert_eq!(of("pub(crate) use nothing;"), [] as [&str; 0]);
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let floors = floors();
    let mut offenders = Vec::new();
    let mut uses_seen = 0;
    for (name, room, code) in library() {
        let Some(floor) = floors.get(room.as_str()) else {
            offenders.push(format!("src/{name}: the room `{room}` stands on no floor"));
            continue;
        };
        for used in uses(&code).into_iter().filter(|used| *used != room) {
            uses_seen += 1;
            match floors.get(used.as_str()) {
                Some(below) if below < floor => {}
                Some(_) => offenders.push(format!("src/{name}: `{room}` uses `{used}`")),
                None => offenders.push(format!(
                    "src/{name}: `crate::{used}` is no room (the names of lib.rs are for others)"
                )),
            }
        }
    }
    assert!(uses_seen > 30, "only {uses_seen} uses were seen");
    assert!(offenders.is_empty(), "{ORDER}\n{}", offenders.join("\n"));
}

#[test]
fn every_room_stands_on_a_floor() {
    let code = code(&root().join("src/lib.rs"));
    let rooms: BTreeSet<&str> = code
        .lines()
        .filter_map(|line| {
            line.strip_prefix("pub ")
                .unwrap_or(line)
                .strip_prefix("mod ")
        })
        .map(|line| line.trim_end_matches(';'))
        .collect();
    assert_eq!(rooms, floors().into_keys().collect());
}

#[test]
fn the_program_uses_the_library_from_outside() {
    let bin = root().join("src/bin/caveat");
    let modules: BTreeSet<String> = files_under(&bin)
        .iter()
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    for path in files_under(&bin) {
        for used in uses(&code(&path)) {
            let own = modules.contains(&used)
                || used.starts_with(char::is_uppercase)
                || read(&bin.join("main.rs")).contains(&format!("fn {used}"));
            assert!(own, "{}: crate::{used}", path.display());
        }
    }
}

/// The lines of a file without the tests at its end.
fn lines_without_tests(path: &Path) -> usize {
    let text = read(path);
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines
        .windows(2)
        .position(|pair| pair[0].starts_with("#[cfg(test)]") && pair[1].starts_with("mod "));
    tests.unwrap_or(lines.len())
}

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let too_long: Vec<String> = files_under(&root().join("src"))
        .iter()
        .filter(|path| {
            path.extension().is_some_and(|of| of == "rs")
                && path.file_name().is_none_or(|name| name != "tests.rs")
        })
        .filter_map(|path| {
            let most = if path.ends_with("src/bin/caveat/main.rs") {
                60
            } else {
                400
            };
            let lines = lines_without_tests(path);
            (lines > most).then(|| {
                format!(
                    "{}: {lines} lines, {most} at most",
                    path.strip_prefix(root()).unwrap_or(path).display()
                )
            })
        })
        .collect();
    assert!(too_long.is_empty(), "{}", too_long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_named_after_it() {
    for path in files_under(&root().join("src")) {
        if path.extension().is_none_or(|of| of != "rs") {
            continue;
        }
        assert!(
            read(&path).starts_with("//! "),
            "{} begins without a word",
            path.display()
        );
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            ![
                "utils", "util", "helpers", "helper", "common", "types", "misc"
            ]
            .contains(&stem.as_str()),
            "{}",
            path.display()
        );
    }
}

/// The project alone has doors to the disk, the environment, the clock and the terminal.
#[test]
fn below_project_nothing_touches_the_world() {
    const DOORS: [&str; 16] = [
        "std::fs",
        "std::env",
        "std::process",
        "std::net",
        "File::open",
        "println!",
        "eprintln!",
        "print!",
        "dbg!",
        "stdout()",
        "stderr()",
        "stdin()",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
    ];
    let mut offenders = Vec::new();
    for (name, room, code) in library() {
        let used = DOORS.iter().filter(|door| {
            room != "project" && code.contains(*door) && !code.contains(&format!("{door}_"))
        });
        offenders.extend(used.map(|door| format!("src/{name}: {door}")));
    }
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
    // the clock is read in one place of the program, and nothing else reads it
    let clocks: Vec<_> = files_under(&root().join("src"))
        .iter()
        .filter(|path| {
            ["Timestamp::now", "Zoned::now", "SystemTime"]
                .iter()
                .any(|clock| code(path).contains(clock))
        })
        .map(|path| path.file_name().expect("a name").to_owned())
        .collect();
    assert_eq!(clocks, ["args.rs"]);
}

#[test]
fn the_model_is_not_serialised() {
    for (name, room, code) in library() {
        assert!(
            ["output", "keys"].contains(&room.as_str())
                // a file of its own
                || name.starts_with("project/baseline/")
                || !code.contains("Serialize"),
            "src/{name}"
        );
    }
}

// ---------------------------------------------------------------- README

fn readme() -> String {
    read(&root().join("README.md"))
}

/// The fenced blocks of README in a language.
fn fences(language: &str) -> Vec<String> {
    let readme = readme();
    let mut fences = Vec::new();
    let mut inside: Option<(bool, String)> = None;
    for line in readme.lines() {
        match (&mut inside, line.strip_prefix("```")) {
            (None, Some(info)) => inside = Some((info == language, String::new())),
            (Some(_), Some(_)) => {
                if let Some((true, text)) = inside.take() {
                    fences.push(text);
                }
            }
            (Some((_, text)), None) => *text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    fences
}

/// The first columns of README's table whose head begins with this word.
fn table(head: &str) -> Option<Vec<String>> {
    let readme = readme();
    let mut lines = readme
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {head} |")));
    lines.next()?;
    Some(
        lines
            .skip(1)
            .map_while(|line| line.strip_prefix("| "))
            .filter_map(|line| line.split(" |").next())
            .map(|cell| cell.trim_matches('`').to_owned())
            .collect(),
    )
}

#[test]
fn the_main_job_of_readme_finds_something() {
    let commands: Vec<String> = fences("sh")
        .iter()
        .flat_map(|fence| fence.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let jobs: Vec<&String> = commands
        .iter()
        .filter(|line| line.starts_with("cargo run --release -- check examples/broker-blog"))
        .collect();
    assert!(
        !jobs.is_empty(),
        "README does not show the main job: {commands:?}"
    );
    for job in jobs {
        let arguments: Vec<&str> = job
            .trim_start_matches("cargo run --release --")
            .split('#')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ran = caveat(root(), &arguments);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{job}");
        assert!(
            ran.out.contains("error[") && ran.out.contains("examples/broker-blog/"),
            "{job}: {}",
            ran.out
        );
    }
}

#[test]
fn every_command_of_readme_can_be_typed() {
    let mut typed = 0;
    for line in fences("sh").iter().flat_map(|fence| fence.lines()) {
        let line = line.split('#').next().unwrap_or_default();
        let arguments: Vec<&str> = match (
            line.strip_prefix("caveat "),
            line.strip_prefix("cargo run --release -- "),
        ) {
            (Some(arguments), _) | (_, Some(arguments)) => arguments.split_whitespace().collect(),
            _ => continue,
        };
        typed += 1;
        let help = caveat(root(), &[arguments[0], "--help"]);
        assert_eq!(help.code, 0, "`{}` is no subcommand", arguments[0]);
        for argument in &arguments[1..] {
            assert!(
                !argument.starts_with('-') || help.out.contains(argument),
                "{line}: no {argument}"
            );
            assert!(
                !argument.starts_with("examples/") || root().join(argument).exists(),
                "{line}: no {argument}"
            );
        }
        if ["explain", "rules", "test", "schema"].contains(&arguments[0]) {
            let ran = caveat(root(), &arguments);
            assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        }
    }
    assert!(typed >= 3, "README shows {typed} commands");
}

#[test]
fn readme_lists_the_subcommands_of_the_program() {
    let Some(listed) = table("command") else {
        return;
    };
    let help = caveat(root(), &["--help"]).out;
    let commands = help
        .split("Commands:\n")
        .nth(1)
        .expect("commands")
        .split("\n\n")
        .next()
        .expect("a list");
    let commands: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, commands);
}

#[test]
fn readme_lists_the_formats_of_the_program() {
    let Some(listed) = table("format") else {
        return;
    };
    let formats: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(listed, formats);
}

#[test]
fn the_config_and_the_pack_of_readme_work_together() {
    let fences = fences("toml");
    let find = |key: &str| fences.iter().find(|fence| fence.contains(key));
    let (Some(config), Some(data), Some(pack)) =
        (find("packs ="), find("[[data]]"), find("[pack]"))
    else {
        panic!("README shows no config or no pack");
    };
    let project = folder(&[
        ("caveat.toml", &format!("{config}\n{data}")),
        ("page.md", "Trade CFDs with us.\n"),
    ]);
    // the pack stands where the config says
    let path = config
        .split('"')
        .find(|part| part.ends_with(".toml"))
        .expect("a pack file");
    put(project.path(), path, pack.as_bytes());
    let found = report(project.path(), &["page.md"]);
    let wrong: Vec<_> = list(&found, "findings")
        .iter()
        .filter(|of| of["code"] == "config")
        .map(|of| (text(of, "message"), text(of, "text")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let rule = list(&found, "findings")
        .iter()
        .find(|of| text(of, "rule").starts_with("our-rules/"));
    assert!(rule.is_some_and(|of| of["text"] == "Trade CFDs"), "{found}");
    let ran = caveat(project.path(), &["test", path]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn every_file_that_readme_shows_is_there() {
    let readme = readme();
    for link in readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
    {
        assert!(
            link.starts_with("https://") || link.starts_with('#') || root().join(link).exists(),
            "README shows {link}"
        );
    }
}

#[test]
fn the_phrases_of_readme_can_be_parsed() {
    let Some(forms) = table("form") else { return };
    for form in forms {
        // a gap or a slot alone is no phrase; beside a word it is
        for part in form.replace("\\|", "|").split("` `") {
            let phrase = format!("some {} words", part.trim_matches('`'));
            let parsed = caveat::text::Phrase::parse(&phrase, &BTreeMap::new());
            assert!(parsed.is_ok(), "{phrase}: {parsed:?}");
        }
    }
}

// ---------------------------------------------------------------- the example site

#[test]
fn the_pages_of_the_example_site_give_what_its_readme_says() {
    let site = root().join("examples/broker-blog");
    let readme = read(&site.join("README.md"));
    let rows: Vec<(&str, &str)> = readme
        .lines()
        .filter_map(|line| {
            line.strip_prefix("| `content/")?
                .trim_end_matches(" |")
                .split_once("` | ")
        })
        .collect();
    let report = report(&site, &[]);
    let found: BTreeSet<&str> = list(&report, "findings")
        .iter()
        .map(|of| text(of, "path"))
        .collect();
    let waived: BTreeSet<&str> = list(&report, "waived")
        .iter()
        .map(|of| text(of, "path"))
        .collect();
    let mut told = BTreeSet::new();
    for (name, says) in &rows {
        let path = format!("content/{name}");
        assert!(site.join(&path).is_file(), "{path}");
        let right = says.starts_with("right:") || says.starts_with("excused:");
        assert_eq!(!found.contains(path.as_str()), right, "{path}: {says}");
        assert_eq!(
            waived.contains(path.as_str()),
            says.starts_with("excused:"),
            "{path}: {says}"
        );
        told.insert(path);
    }
    let pages: BTreeSet<String> = files_under(&site.join("content"))
        .iter()
        .map(|path| {
            path.strip_prefix(&site)
                .expect("below")
                .to_string_lossy()
                .replace('\\', "/")
        })
        .collect();
    assert_eq!(told, pages, "every page is in the table");
    assert_eq!(report["summary"]["files"], pages.len());
    assert_eq!(report["as_of"], TODAY);
    let of = |page: &str| -> Vec<&str> {
        list(&report, "findings")
            .iter()
            .filter(|of| text(of, "path").ends_with(page))
            .map(|of| text(of, "code"))
            .collect()
    };
    assert!(
        of("bitcoin-cfd-offer.md")
            .iter()
            .all(|code| *code == "hidden")
    );
    assert_eq!(of("copy-trading.md"), ["prohibited"]);
    assert_eq!(of("gold-outlook.md"), ["missing"]);
}
