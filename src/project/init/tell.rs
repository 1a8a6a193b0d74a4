//! What was found, told to people.

use std::collections::BTreeSet;

use super::{PackSeen, Survey, counted};
use crate::output::escaped;

/// How many lines of one kind are told; the others are counted.
const MOST: usize = 8;

/// Tells what was found, one thing a line.
#[must_use]
pub fn tell(survey: &Survey) -> String {
    let mut out = String::new();
    let mut section = |title: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        out += &format!("{title}\n");
        for line in lines.iter().take(MOST) {
            out += &format!("  {line}\n");
        }
        if lines.len() > MOST {
            out += &format!("  and {} more\n", lines.len() - MOST);
        }
    };
    let pages: Vec<String> = survey
        .pages
        .iter()
        .map(|(syntax, pages)| format!("{pages} {syntax}"))
        .collect();
    let pages = if pages.is_empty() {
        vec!["none: no file here has an ending that caveat knows as prose".to_owned()]
    } else {
        vec![pages.join(", ")]
    };
    section("pages", pages);
    let sites = survey.sites.iter().map(|(site, pages)| {
        let away = site.away.as_ref();
        let away = away.map(|away| format!("; not seen: {}", escaped(away)));
        format!(
            "{} by {}, {}{}",
            site.generator,
            escaped(&site.mark),
            counted(*pages, "page"),
            away.unwrap_or_default()
        )
    });
    section("sites", sites.collect());
    let languages = survey.languages.iter().map(|(glob, (language, pages))| {
        format!("{language}: {}, {}", escaped(glob), counted(*pages, "page"))
    });
    section("languages", languages.collect());
    let places = survey.places.iter().map(|(glob, (name, pages))| {
        format!(
            "{}, {}: a place or a language called {name}?",
            escaped(glob),
            counted(*pages, "page")
        )
    });
    section("folders named after places", places.collect());
    let (silent, loud): (Vec<_>, Vec<_>) = survey.packs.iter().partition(|pack| pack.silent());
    for pack in loud {
        let mut about = format!("pack {} ({})", pack.name, pack.about());
        if !pack.jurisdictions.is_empty() {
            about += &format!(", if pages are for {}", joined(&pack.jurisdictions));
        }
        section(&about, rules(pack, survey.count()));
    }
    let silent: Vec<&str> = silent.iter().map(|pack| pack.name).collect();
    if !silent.is_empty() {
        section(
            "packs that nothing here gives cause",
            vec![silent.join(", ")],
        );
    }
    let holders = survey.holders.iter().map(|(path, holder)| {
        let used = match holder.pages.len() {
            0 => "no page was seen to use it".to_owned(),
            pages => counted(pages, "page"),
        };
        format!("{}: {}; {used}", escaped(path), joined(&holder.rules))
    });
    section("shared files that hold a disclaimer", holders.collect());
    let strings = survey
        .strings
        .iter()
        .map(|(path, keys)| format!("{}: {}", escaped(path), joined(keys)));
    section("strings that hold a disclaimer", strings.collect());
    let unresolved = survey.unresolved.iter().map(|(message, of)| {
        let more = if of.times > 1 {
            format!(" and {} more", of.times - 1)
        } else {
            String::new()
        };
        format!(
            "{} in {}{more}: {}",
            of.call,
            escaped(&of.page),
            escaped(message)
        )
    });
    section(
        "calls that nothing in the repository answers",
        unresolved.collect(),
    );
    let affiliate = survey.affiliate.iter().map(|(sign, (links, pages))| {
        format!(
            "{sign}: {} on {}",
            counted(*links, "link"),
            counted(*pages, "page")
        )
    });
    section("links that look like affiliate links", affiliate.collect());
    let unread = survey.unread.iter().map(|path| escaped(path));
    section("files that could not be looked at", unread.collect());
    out
}

/// What each rule of a pack says of the pages; those that say nothing are counted.
fn rules(pack: &PackSeen, pages: usize) -> Vec<String> {
    let mut lines: Vec<String> = pack
        .rules
        .iter()
        .filter(|rule| !rule.every && rule.findings + rule.met > 0)
        .map(|rule| {
            let mut line = format!("{}: {}", rule.id, counted(rule.findings, "finding"));
            if rule.findings > 0 {
                line += &format!(" on {}", counted(rule.on, "page"));
            }
            if rule.met > 0 {
                line += &format!("; met on {}", counted(rule.met, "page"));
            }
            line
        })
        .collect();
    let mut asked: Vec<_> = pack
        .rules
        .iter()
        .filter(|rule| rule.every && rule.met > 0)
        .collect();
    asked.sort_by_key(|rule| std::cmp::Reverse(rule.met));
    lines.extend(
        asked
            .iter()
            .map(|rule| format!("{}: said on {} of {pages} pages", rule.id, rule.met)),
    );
    let silent = pack.rules.len() - lines.len();
    if lines.is_empty() {
        lines.push(if pack.rules.iter().any(|rule| rule.every) {
            "no page says any of its clauses".to_owned()
        } else {
            "nothing here gives its rules cause".to_owned()
        });
    } else if silent > 0 && lines.len() < MOST {
        let nothing = if pack.rules.iter().any(|rule| rule.every) {
            "no page says"
        } else {
            "nothing for"
        };
        lines.push(format!("{nothing} the other {silent}"));
    }
    lines
}

fn joined(of: &BTreeSet<String>) -> String {
    const MOST: usize = 4;
    let mut some: Vec<String> = of.iter().take(MOST).map(|of| escaped(of)).collect();
    if of.len() > MOST {
        some.push(format!("{} more", of.len() - MOST));
    }
    some.join(", ")
}
