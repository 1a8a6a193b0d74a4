//! The caveat.toml that is written: what is known stands in it, what someone must decide stands in comments.

use super::languages::literal;
use super::{PackSeen, Survey, counted, one_line};
use crate::output::escaped;

/// How many entries of one kind are written out.
const MOST: usize = 12;

/// The text of a caveat.toml for what was found, with this baseline where one is written beside it. What else stands outside of comments
/// changes no finding of the built-in packs.
#[must_use]
pub fn config(survey: &Survey, baseline: Option<&str>) -> String {
    let mut out = String::from(
        "# What `caveat check` demands here. Every key may be left out; `caveat schema` lists them all.\n\n",
    );
    packs(survey, &mut out);
    if let Some(file) = baseline {
        out += "
# Findings that are known and not told again. What is gone is taken out with `caveat check --write-baseline`.
";
        out += &format!("baseline = \"{file}\"\n");
    }
    out += "
# Which files are checked: every file of a known syntax that git does not ignore, unless it is said here.
# [files]
# include = [\"content/**\"]
# exclude = [\"**/CHANGELOG.md\"]
";
    facets(survey, &mut out);
    site(survey, &mut out);
    data(survey, &mut out);
    providers(survey, &mut out);
    affiliate(survey, &mut out);
    out += "
# Single rules: error, warning, note, or off.
# [rules.\"core/past-performance\"]
# severity = \"warning\"

# Findings that someone answers for. A waiver that waives nothing any more is a finding itself.
# [[waiver]]
# rule = \"core/past-performance\"
# path = [\"archive/**\"]
# reason = \"published before these rules\"
# owner = \"compliance@example.com\"
# expires = 2027-12-31
";
    out
}

/// For whom the pages would have to be.
fn readers(pack: &PackSeen) -> String {
    if pack.jurisdictions.is_empty() {
        return String::new();
    }
    let all: Vec<&str> = pack.jurisdictions.iter().map(String::as_str).collect();
    format!(", if pages are for {}", all.join(", "))
}

fn packs(survey: &Survey, out: &mut String) {
    let pages = survey.count();
    let (silent, loud): (Vec<_>, Vec<_>) = survey.packs.iter().partition(|pack| pack.silent());
    for pack in loud {
        let unasked = pack.rules.iter().filter(|rule| !rule.every);
        let findings: usize = unasked.map(|rule| rule.findings).sum();
        *out += &format!("# {}: {}.\n", pack.name, pack.about());
        *out += &if pack.rules.iter().any(|rule| rule.every) {
            format!(
                "#   {} for every page, whatever it says: choose those that your house demands.\n",
                counted(pack.rules.len(), "clause")
            )
        } else {
            format!(
                "#   {} for pages that give cause; {} when this was written{}.\n",
                counted(pack.rules.len(), "rule"),
                counted(findings, "finding"),
                readers(pack)
            )
        };
    }
    for names in silent.chunks(12) {
        let names: Vec<&str> = names.iter().map(|pack| pack.name).collect();
        *out += &format!("# Nothing here gives cause to: {}.\n", names.join(", "));
    }
    *out += "packs = [\"core\"]\n";
    let mut said: Vec<_> = survey
        .packs
        .iter()
        .flat_map(|pack| &pack.rules)
        .filter(|rule| rule.every && rule.met > 0)
        .collect();
    said.sort_by_key(|rule| std::cmp::Reverse(rule.met));
    let others: Vec<&str> = survey
        .packs
        .iter()
        .map(|pack| pack.name)
        .filter(|name| *name != "core")
        .collect();
    let all: Vec<String> = std::iter::once("core").chain(others).map(quoted).collect();
    *out += &format!(
        "\n# Clauses for every page, and packs of your own, which are files:\n# packs = [{}, \"compliance/our-rules.toml\"]\n",
        all.join(", ")
    );
    if said.is_empty() {
        *out += "# select = [\"core/*\", \"house/risk-warning\", \"our-rules/*\"]\n";
        return;
    }
    *out += "# select = [\n#   \"core/*\",\n";
    for rule in said {
        *out += &format!(
            "#   {},  # {} of {pages} pages say it\n",
            quoted(&rule.id),
            rule.met
        );
    }
    *out += "# ]\n";
}

fn facets(survey: &Survey, out: &mut String) {
    *out += "
# What the pages are, for rules that hold only somewhere or for someone. Front matter wins over a scope, a scope over defaults.
# [defaults]
# jurisdiction = [\"eu\"]
# audience = [\"retail\"]
";
    for (glob, (language, pages)) in survey.languages.iter().take(MOST) {
        *out += &format!(
            "\n# {}\n[[scope]]\npath = [{}]\nlanguage = {}\n",
            counted(*pages, "page"),
            quoted(glob),
            quoted(language)
        );
    }
    more(survey.languages.len(), "language", out);
    for (glob, (name, pages)) in survey.places.iter().take(MOST) {
        *out += &format!(
            "\n# {}; if the folder is named after a place:\n# [[scope]]\n# path = [{}]\n# jurisdiction = [{}]\n",
            counted(*pages, "page"),
            quoted(glob),
            quoted(name)
        );
    }
    more(survey.places.len(), "folder", out);
}

fn site(survey: &Survey, out: &mut String) {
    // one folder can be named; the site with most pages is the likeliest
    let built = survey
        .sites
        .iter()
        .filter_map(|(site, pages)| Some((pages, site, site.built.as_ref()?)))
        .max_by(|(a, one, _), (b, other, _)| a.cmp(b).then_with(|| other.cmp(one)));
    let Some((_, site, folder)) = built else {
        return;
    };
    *out += &format!(
        "\n# Where {} puts the built site, by its own default: `caveat check --site` reads it there.\n[site]\nfolder = {}\n",
        site.generator,
        quoted(folder)
    );
}

fn data(survey: &Survey, out: &mut String) {
    if survey.strings.is_empty() {
        return;
    }
    *out +=
        "\n# Strings that hold a disclaimer. Data files are read only where they are named here.\n";
    for (path, keys) in survey.strings.iter().take(MOST) {
        let keys: Vec<String> = keys.iter().take(4).map(|key| quoted(key)).collect();
        *out += &format!(
            "# [[data]]\n# path = [{}]\n# keys = [{}]  # all strings when left out\n",
            quoted(&literal(path)),
            keys.join(", ")
        );
    }
    more(survey.strings.len(), "file", out);
}

fn providers(survey: &Survey, out: &mut String) {
    if !survey.holders.is_empty() {
        *out += "\n# Shared files that hold a disclaimer. What brings them in is found by the conventions of the generator:\n";
        for (path, holder) in survey.holders.iter().take(MOST) {
            *out += &format!(
                "#   {}, {}\n",
                escaped(path),
                counted(holder.pages.len(), "page")
            );
        }
        more(survey.holders.len(), "file", out);
    }
    let known: Vec<_> = survey
        .unresolved
        .values()
        .filter_map(|of| Some((of, called(&of.call)?)))
        .collect();
    if known.is_empty() {
        *out += "
# What brings in what, where no convention says so.
# [[provider]]
# shortcode = \"risk\"
# file = \"notices/risk.html\"
";
        return;
    }
    *out += "\n# Calls that nothing in the repository answers. Where one brings in a disclaimer, say which file holds it.\n";
    for (of, (by, name)) in known.iter().take(MOST) {
        *out += &format!(
            "# [[provider]]  # {}, as in {}\n# {by} = {}\n# file = \"notices/risk.html\"\n",
            counted(of.times, "call"),
            one_line(&of.page),
            quoted(name)
        );
    }
    more(known.len(), "call", out);
}

/// By what a call brings something in, and its name.
fn called(call: &str) -> Option<(&'static str, &str)> {
    let name = |text: &str| {
        let text = text.trim_start();
        let ends = |c: char| c.is_whitespace() || "/>%}".contains(c);
        text.split(ends).next().map(str::len).unwrap_or_default()
    };
    for (open, by) in [
        ("{{<", "shortcode"),
        ("{{%", "shortcode"),
        ("<", "component"),
    ] {
        if let Some(rest) = call.strip_prefix(open) {
            let rest = rest.trim_start();
            let name = &rest[..name(rest)];
            return (!name.is_empty()).then_some((by, name));
        }
    }
    None
}

fn affiliate(survey: &Survey, out: &mut String) {
    if survey.affiliate.is_empty() {
        return;
    }
    let globs: Vec<String> = survey.affiliate.keys().map(|sign| quoted(sign)).collect();
    let links: usize = survey.affiliate.values().map(|(links, _)| links).sum();
    *out += &format!(
        "\n# Links that look like affiliate links: {links}. core/affiliate-disclosure asks by words; a rule of your own can ask by links:\n#   [rule.when]\n#   links = [{}]\n",
        globs.join(", ")
    );
}

fn more(all: usize, of: &str, out: &mut String) {
    if all > MOST {
        *out += &format!("# and {} more\n", counted(all - MOST, of));
    }
}

/// A basic string of TOML, on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || escaped(c.encode_utf8(&mut [0; 4])) != c.to_string() => {
                quoted += &format!("\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
