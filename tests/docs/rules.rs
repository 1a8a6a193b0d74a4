//! docs/rules: a page for each pack with every rule, its law, its wordings and its examples, for people who approve them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use caveat::rule::{Law, PACKS, Pack, Rule, built_in};

use crate::{compare, files_under, root};

#[test]
fn the_pages_of_the_packs_are_as_the_packs_are() {
    let folder = root().join("docs/rules");
    std::fs::create_dir_all(&folder).expect("made");
    let mut wrong = Vec::new();
    let mut index = String::from(
        "# The rules that come with caveat\n\nWritten from the packs; each page lists every rule with its law, how well that is verified, its \
         wordings and its examples.\n\n| pack | what it is | rules | errors | verified law |\n| --- | --- | ---: | ---: | ---: |\n",
    );
    let mut known = BTreeSet::from([folder.join("README.md")]);
    for (name, _) in PACKS {
        let (pack, _) = built_in(name).expect("it is built in");
        let verified = |rule: &Rule| rule.law.iter().any(|law| law.status == "verified");
        let count =
            |holds: &dyn Fn(&Rule) -> bool| pack.rules.iter().filter(|rule| holds(rule)).count();
        let _ = writeln!(
            index,
            "| [{name}]({name}.md) | {} | {} | {} | {} |",
            prose(&pack.title),
            pack.rules.len(),
            count(&|rule| rule.head.severity.name() == "error"),
            count(&verified),
        );
        let path = folder.join(format!("{name}.md"));
        wrong.extend(compare(&path, &page(&pack)).err());
        known.insert(path);
    }
    wrong.extend(compare(&folder.join("README.md"), &index).err());
    for path in files_under(&folder) {
        if !known.contains(&path) {
            wrong.push(format!("{} is of no pack", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn page(pack: &Pack) -> String {
    let mut out = format!("# {}: {}\n", pack.name, prose(&pack.title));
    // what the head of the file says: facets, what was left out and why
    let head: Vec<&str> = pack
        .source
        .text()
        .lines()
        .take_while(|line| line.starts_with('#') || line.is_empty())
        .map(|line| line.trim_start_matches('#').trim())
        .collect();
    let head = head.join("\n");
    if !head.trim().is_empty() {
        let _ = writeln!(out, "\n{}", fenced(head.trim()));
    }
    for rule in &pack.rules {
        rule_of(pack, rule, &mut out);
    }
    out
}

fn rule_of(pack: &Pack, rule: &Rule, out: &mut String) {
    let head = &rule.head;
    let _ = writeln!(
        out,
        "\n## {}\n\n`{}` · {} · {}\n",
        prose(&head.title),
        head.id,
        head.severity.name(),
        prose(&rule.tags.join(", "))
    );
    let _ = writeln!(out, "Says: {}.", prose(&head.message));
    if let Some(help) = &head.help {
        let _ = writeln!(out, "To mend it: {}.", prose(help.trim_end_matches('.')));
    }
    if rule.from.is_some() || rule.until.is_some() {
        let last = rule.until.and_then(|day| day.yesterday().ok());
        let day = |day: Option<jiff::civil::Date>, none: &str| {
            day.map_or(none.to_owned(), |day| day.to_string())
        };
        let _ = writeln!(
            out,
            "\nIn force from {} to {}.",
            day(rule.from, "the beginning"),
            day(last, "now on")
        );
    }
    let _ = writeln!(out, "\n**Law**\n");
    for law in &rule.law {
        law_of(law, out);
    }
    let _ = writeln!(out, "\n**Applies** {}", applies(rule));
    let _ = writeln!(out, "\n**Demands**\n");
    for (kind, table) in &rule.demands {
        let _ = writeln!(out, "- `{}`: {}", kind.name, prose(kind.about));
        for (key, of) in [
            ("place", table.text("place")),
            ("disclosure", table.text("disclosure")),
        ] {
            if let Some(of) = of {
                let _ = writeln!(out, "  - {key}: {}", code(of));
            }
        }
        for (text, _) in table.placed("like") {
            let _ = writeln!(out, "  - usual: {}", prose(text));
        }
        for (key, phrase, _) in table.all_phrases() {
            let _ = writeln!(out, "  - {key}: {}", code(phrase.raw()));
        }
    }
    let words = rule.words();
    if !words.is_empty() {
        let _ = writeln!(out, "\n**Words**\n");
    }
    for (name, list) in words {
        let phrases = list.phrases().iter();
        let phrases: Vec<String> = phrases.map(|(phrase, _)| code(phrase.raw())).collect();
        let _ = writeln!(out, "- {}: {}", code(name), phrases.join(", "));
    }
    for id in rule
        .demands
        .iter()
        .filter_map(|(_, table)| table.text("disclosure"))
    {
        wordings(pack, id, out);
    }
    let _ = writeln!(out, "\n**Examples**\n");
    for example in &rule.examples {
        let verdict = match (&example.code, example.fails) {
            (Some(code), true) => format!("fails (`{code}`)"),
            (None, true) => "fails".to_owned(),
            (_, false) => "passes".to_owned(),
        };
        let _ = writeln!(out, "{verdict}:\n\n{}\n", fenced(example.text.trim()));
    }
    *out = out.trim_end().to_owned() + "\n";
}

fn law_of(law: &Law, out: &mut String) {
    let citation = prose(&law.citation);
    let linked = if law.url.starts_with("https://") || law.url.starts_with("http://") {
        format!("[{citation}](<{}>)", law.url.replace(['<', '>', '\n'], ""))
    } else {
        citation
    };
    let how = match law.status.as_str() {
        "verified" => "verified: read at its source",
        "second-hand" => "second-hand: quoted by others, not read at its source",
        _ => "unverified",
    };
    let checked = law
        .checked
        .map_or(String::new(), |day| format!(", checked {day}"));
    let _ = writeln!(
        out,
        "- {} {linked}: “{}” ({how}{checked})",
        prose(&law.regulator),
        prose(&law.quote)
    );
}

fn applies(rule: &Rule) -> String {
    let when = &rule.when;
    let mut all: Vec<String> = when
        .facets
        .iter()
        .map(|(facet, values)| format!("where `{facet}` is {}", prose(&values.join(" or "))))
        .collect();
    if let Some(links) = &when.links {
        all.push(format!(
            "to pages that link to {}",
            links
                .raw
                .iter()
                .map(|glob| code(glob))
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    let said = when.table.phrases("mentions").len();
    if said > 0 {
        let sense = if when.table.text("sense") == Some("claim") {
            ", in the page's own voice"
        } else {
            ""
        };
        let phrases: Vec<String> = when
            .table
            .phrases("mentions")
            .iter()
            .map(|(phrase, _)| format!("- {}", code(phrase.raw())))
            .collect();
        all.push(format!(
            "to pages that say one of these{sense}:\n\n{}",
            phrases.join("\n")
        ));
    }
    if all.is_empty() {
        "to every page.".to_owned()
    } else {
        all.join("; ")
    }
}

/// The approved texts of a disclosure of the pack, each version and language.
fn wordings(pack: &Pack, id: &str, out: &mut String) {
    let full = caveat::check::qualified(&pack.name, id);
    for disclosure in pack.disclosures.iter().filter(|of| of.id == full) {
        let _ = writeln!(out, "\n**Wording** `{full}`");
        for version in &disclosure.versions {
            let from = version
                .from
                .map_or(String::new(), |day| format!(", from {day}"));
            let until = version
                .until
                .map_or(String::new(), |day| format!(", until {day}"));
            for (language, text, _) in &version.texts {
                let _ = writeln!(out, "\n{language}{from}{until}:\n\n{}", fenced(text.raw()));
            }
        }
    }
}

/// Text of a pack as prose: nothing in it becomes markup.
fn prose(text: &str) -> String {
    let mut out = String::new();
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if "\\`*_{}[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text of a pack in a code span.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{room}{}{room}{fence}", text.replace('\n', " "))
}

/// Text of a pack in a fence that nothing in it closes.
fn fenced(text: &str) -> String {
    let longest = text.lines().filter_map(|line| {
        let line = line.trim_start();
        let ticks = line.len() - line.trim_start_matches('`').len();
        (ticks >= 3).then_some(ticks)
    });
    let fence = "`".repeat(longest.max().unwrap_or(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}
