//! `--watch`: what a change reaches is told again. Each test waits for what must come, however slow the machine is; none waits for a time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::{TODAY, caveat, command, put, read};

const BAD: &str = "Guaranteed returns of 12 % a year for everyone.\n";
const PAST: &str = "Past performance is not a reliable indicator of future results.\n";
const PAGE: &str = "---\n---\nOur fund returned 12 % in 2024.\n\n{% include risk.html %}\n";
const WAITING: &str = "caveat: waiting for changes; Ctrl-C ends it\n";
/// So long something may take that must come; on any machine that works at all it comes within a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program at work in a folder, and what it says: standard output and error in one file, in the order they were written.
struct Watch {
    room: tempfile::TempDir,
    child: Child,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn of(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let room = tempfile::tempdir().expect("there is room for a folder");
        for (name, text) in files {
            put(&room.path().join("watched"), name, text.as_bytes());
        }
        let said = File::create(room.path().join("said")).expect("made");
        let fixed = ["check", "--watch", "--format", "concise", "--as-of", TODAY];
        let child = command(&room.path().join("watched"), &[&fixed, arguments].concat())
            .stdout(Stdio::from(said.try_clone().expect("a second handle")))
            .stderr(Stdio::from(said))
            .spawn()
            .expect("the program starts");
        Self { room, child }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.room.path().join("watched").join(name)
    }

    /// Puts a file in place at once, so that nothing is read half.
    fn put(&self, name: &str, text: &str) {
        let aside = put(self.room.path(), "aside", text.as_bytes());
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::rename(aside, path).expect("moved");
    }

    /// What it said, but for what content was judged by.
    fn said(&self) -> String {
        read(&self.room.path().join("said"))
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("caveat: judged by "))
            .collect()
    }

    /// Waits until this holds.
    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(
                begun.elapsed() < PATIENCE,
                "{what} did not come; said until now:\n{}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the last whole look at the files told this; without what stands after the findings.
    fn tells(&self, expected: &str) {
        self.until(expected, || {
            last(&self.said()).is_some_and(|told| told == expected)
        });
    }
}

/// The findings of the last whole look.
fn last(said: &str) -> Option<String> {
    let whole = &said[..said.rfind(WAITING)?];
    let look = whole.rsplit(WAITING).next()?;
    let kept = |line: &&str| !line.starts_with("caveat: checked ");
    let lines: Vec<&str> = look.lines().filter(kept).collect();
    Some(lines.iter().map(|line| format!("{line}\n")).collect())
}

const PROMISED: &str =
    "a.md:1:1: error[core/promised-returns/prohibited] returns or profits are promised\n";

#[test]
fn a_change_is_told_again_and_so_is_a_page_that_comes_or_goes() {
    let watch = Watch::of(&[("a.md", "Words.\n"), ("b.md", "Words.\n")], &[]);
    watch.tells("");
    watch.put("a.md", BAD);
    watch.tells(PROMISED);
    // written in place, as some editors do
    fs::write(watch.path("b.md"), BAD).expect("written");
    let both = PROMISED.to_owned() + &PROMISED.replace("a.md", "b.md");
    watch.tells(&both);
    watch.put("a.md", "Words.\n");
    watch.tells(&PROMISED.replace("a.md", "b.md"));
    fs::remove_file(watch.path("b.md")).expect("removed");
    watch.tells("");
    assert!(watch.said().contains(", 1 gone\n"), "{}", watch.said());
    // in a folder that was not there
    watch.put("new/folder/a.md", BAD);
    watch.tells(&PROMISED.replace("a.md", "new/folder/a.md"));
    fs::rename(watch.path("new"), watch.path("old")).expect("renamed");
    watch.tells(&PROMISED.replace("a.md", "old/folder/a.md"));
    // what git ignores is not content, from the moment on that it is ignored
    watch.put(".gitignore", "old/\n");
    watch.tells("");
}

#[test]
fn a_change_of_what_a_page_brings_in_is_one_of_the_page() {
    let watch = Watch::of(
        &[
            (".git/HEAD", ""),
            ("_config.yml", "title: A\n"),
            ("_includes/risk.html", PAST),
            ("page.md", PAGE),
            ("other.md", "Words.\n"),
        ],
        &[],
    );
    let missing = "page.md:3:1: error[core/past-performance/missing] past performance is shown and nothing says that it does not foretell future results\n";
    watch.tells("");
    watch.put("_includes/risk.html", "Ask us.\n");
    watch.tells(missing);
    let said = watch.said();
    assert!(
        said.contains("checked 1 file again"),
        "the other page asks for nothing: {said}"
    );
    fs::remove_file(watch.path("_includes/risk.html")).expect("removed");
    watch.until("what cannot be told", || {
        last(&watch.said()).is_some_and(|told| told.contains("/unverifiable] "))
    });
    watch.put("_includes/risk.html", PAST);
    watch.tells("");
}

const RULES: &str = "[pack]\nname = \"house\"\ntitle = \"House\"\n\n[[rule]]\nid = \"gift\"\ntitle = \"No gift\"\nseverity = \"error\"\nmessage = \"a gift is offered\"\n[rule.forbidden]\nany = [\"welcome gift\"]\n[[rule.example]]\nfails = \"A welcome gift.\"\ncode = \"prohibited\"\nat = \"welcome gift\"\n[[rule.example]]\npasses = \"Welcome.\"\n";

#[test]
fn config_and_packs_are_read_again_when_they_change() {
    let watch = Watch::of(&[("a.md", BAD)], &[]);
    watch.tells(PROMISED);
    // one that was not there
    watch.put(
        "caveat.toml",
        "[rules.\"core/promised-returns\"]\nseverity = \"warning\"\n",
    );
    watch.tells(&PROMISED.replace("error[", "warning["));
    // a mistake is told, and ends nothing
    watch.put("caveat.toml", "pakcs = [\"rules.toml\"]\n");
    watch.until("the mistake", || {
        last(&watch.said()).is_some_and(|told| {
            told.contains("caveat.toml:1:1: error[caveat/config/config] unknown key `pakcs`")
        })
    });
    watch.put("caveat.toml", "packs = [\"rules.toml\"]\n");
    watch.until("the pack that is not there", || {
        last(&watch.said()).is_some_and(|told| told.contains("cannot read rules.toml"))
    });
    watch.put("rules.toml", RULES);
    watch.tells("");
    watch.put("a.md", "A welcome gift and a welcome bonus.\n");
    watch.tells("a.md:1:3: error[house/gift/prohibited] a gift is offered\n");
    watch.put(
        "rules.toml",
        &RULES.replace("welcome gift", "welcome bonus"),
    );
    watch.tells("a.md:1:22: error[house/gift/prohibited] a gift is offered\n");
    fs::remove_file(watch.path("caveat.toml")).expect("removed");
    watch.put("a.md", BAD);
    watch.tells(PROMISED);
}

#[test]
fn a_pack_that_the_command_line_names_may_come_later() {
    let watch = Watch::of(&[("a.md", "A welcome gift.\n")], &["--pack", "rules.toml"]);
    watch.until("the pack that is not there", || {
        watch.said().contains("cannot read rules.toml")
    });
    watch.put("rules.toml", RULES);
    watch.tells("a.md:1:3: error[house/gift/prohibited] a gift is offered\n");
}

#[test]
fn what_the_baseline_knows_is_not_told_and_the_baseline_is_watched() {
    let files = [
        ("a.md", BAD),
        ("caveat.toml", "baseline = \"known.json\"\n"),
    ];
    let watch = Watch::of(&files, &[]);
    watch.until("the baseline that is not there", || {
        watch.said().contains("there is no baseline known.json")
    });
    let written = caveat(
        &watch.path(""),
        &["check", "--write-baseline", "--as-of", TODAY],
    );
    assert_eq!(written.code, 0, "{}", written.err);
    watch.tells("");
    watch.put("b.md", BAD);
    watch.tells(&PROMISED.replace("a.md", "b.md"));
    let accepted = caveat(
        &watch.path(""),
        &[
            "check",
            "--write-baseline",
            "--accept-new",
            "--as-of",
            TODAY,
        ],
    );
    assert_eq!(accepted.code, 0, "{}", accepted.err);
    watch.tells("");
}

#[test]
fn reports_in_files_are_written_anew_and_are_no_change_themselves() {
    let watch = Watch::of(
        &[("a.md", "Words.\n")],
        &["--quiet", "--output", "out.md", "--also", "sarif=out.sarif"],
    );
    let holds = |name: &str, expected: &str| {
        let path = watch.path(name);
        fs::read_to_string(path).is_ok_and(|text| text.contains(expected))
    };
    watch.until("the first report", || {
        holds("out.sarif", "\"results\": []") || holds("out.sarif", "\"results\":[]")
    });
    watch.put("a.md", BAD);
    watch.until("the report of the change", || {
        holds("out.md", PROMISED) && holds("out.sarif", "core/promised-returns")
    });
    watch.put("a.md", "Words.\n");
    watch.until("an empty report", || {
        holds("out.sarif", "\"results\": []")
            && fs::read(watch.path("out.md")).is_ok_and(|of| of.is_empty())
    });
    assert_eq!(watch.said(), "", "quiet runs only write their reports");
}

#[test]
fn what_cannot_be_watched_is_refused_and_a_folder_that_is_not_there_may_come() {
    let here = crate::folder(&[("a.md", BAD)]);
    for (arguments, says) in [
        (&["--watch", "-"][..], "standard input cannot be watched"),
        (&["--watch", "--fix"], "cannot be used with"),
        (&["--watch", "--diff"], "cannot be used with"),
        (&["--watch", "--since", "HEAD"], "cannot be used with"),
        (&["--watch", "--write-baseline"], "cannot be used with"),
    ] {
        let ran = caveat(here.path(), &[&["check"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
    let watch = Watch::of(&[("x/b.md", "Words.\n")], &["docs"]);
    watch.until("what is not there", || {
        watch.said().contains("cannot read docs")
    });
    watch.put("docs/a.md", BAD);
    watch.tells(&PROMISED.replace("a.md", "docs/a.md"));
}

#[test]
#[cfg(unix)]
fn it_ends_when_nobody_reads_and_when_it_is_told_to() {
    let here = crate::folder(&[("a.md", BAD)]);
    let mut child = command(here.path(), &["check", "--watch", "--format", "concise"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let begun = Instant::now();
    while child.try_wait().expect("asked").is_none() {
        // each change is one that it tries to tell
        put(
            here.path(),
            "a.md",
            format!("{BAD}\n{:?}\n", begun.elapsed()).as_bytes(),
        );
        assert!(begun.elapsed() < PATIENCE, "it goes on though nobody reads");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(child.wait().expect("ended").success());
}

/// A folder that lies below another name than its own.
#[test]
#[cfg(unix)]
fn a_folder_behind_a_link_is_watched() {
    let watch = Watch::of(&[("real/a.md", "Words.\n")], &["linked"]);
    watch.until("what is not there", || {
        watch.said().contains("cannot read linked")
    });
    std::os::unix::fs::symlink("real", watch.path("linked")).expect("linked");
    watch.tells("");
    watch.put("real/a.md", BAD);
    watch.tells(&PROMISED.replace("a.md", "linked/a.md"));
    let path: &Path = &watch.path("real/a.md");
    fs::write(path, "Words.\n").expect("written");
    watch.tells("");
}
