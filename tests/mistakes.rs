//! Mistakes in a pack and in caveat.toml: each is a finding of code `config` under its own characters, and all are told at once.

use serde_json::Value;

use crate::{TODAY, caveat, folder, list, report, text};

/// What a mistake must give: words of its message or help, and the text under its span.
struct Mistake {
    name: &'static str,
    toml: String,
    /// Each must stand in the message or in the help.
    says: &'static [&'static str],
    at: &'static str,
}

fn mistake(
    name: &'static str,
    toml: impl Into<String>,
    says: &'static [&'static str],
    at: &'static str,
) -> Mistake {
    Mistake {
        name,
        toml: toml.into(),
        says,
        at,
    }
}

const HEAD: &str = "[pack]\nname = \"case\"\ntitle = \"Käse — a pack whose head has more bytes than characters\"\n\n";
const RULE: &str =
    "[[rule]]\nid = \"a\"\ntitle = \"A\"\nseverity = \"error\"\nmessage = \"a is missing\"\n";

/// A pack of one rule with these lines after its head.
fn rule(lines: &str) -> String {
    format!("{HEAD}{RULE}{lines}\n")
}

fn required(any: &str) -> String {
    rule(&format!("[rule.required]\nany = {any}"))
}

/// A pack of one rule that demands this text.
fn approved(words: &str) -> String {
    rule(&format!(
        "[rule.required]\ndisclosure = \"d\"\n[[disclosure]]\nid = \"d\"\n[[disclosure.version]]\ntext.en = \"{words}\""
    ))
}

/// What the program finds in a TOML file, each with the slice under its span.
fn found(report: &Value, path: &str, toml: &str) -> Vec<(String, String, String)> {
    list(report, "findings")
        .iter()
        .map(|finding| {
            if text(finding, "path") != path
                || text(finding, "code") != "config"
                || text(finding, "severity") != "error"
            {
                let said = format!("not about the mistake: {}", text(finding, "message"));
                return (said, String::new(), String::new());
            }
            let at = |key: &str| {
                usize::try_from(finding["span"][key].as_u64().expect("an offset")).expect("small")
            };
            let slice = toml
                .get(at("start")..at("end"))
                .expect("the span lies on characters")
                .to_owned();
            assert_eq!(text(finding, "text"), slice);
            (
                text(finding, "message").to_owned(),
                finding["help"].as_str().unwrap_or_default().to_owned(),
                slice,
            )
        })
        .collect()
}

/// Runs each mistake by itself and shows all that is not told as it should be.
fn each(mistakes: Vec<Mistake>, file: &str, others: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for Mistake {
        name,
        toml,
        says,
        at,
    } in mistakes
    {
        let files: Vec<(&str, &str)> = others
            .iter()
            .copied()
            .chain([(file, toml.as_str()), ("page.md", "# A page\n")])
            .collect();
        let project = folder(&files);
        let ran = caveat(
            project.path(),
            &["check", "--format", "json", "--as-of", TODAY, "."],
        );
        let Ok(report) = serde_json::from_str::<Value>(&ran.out) else {
            wrong.push(format!(
                "{name}: no report, exit {}: {}{}",
                ran.code, ran.out, ran.err
            ));
            continue;
        };
        let found = found(&report, file, &toml);
        let [(message, help, slice)] = &found[..] else {
            wrong.push(format!("{name}: not one mistake but {found:?}"));
            continue;
        };
        if ran.code != 2 {
            wrong.push(format!("{name}: exit {}", ran.code));
        }
        if slice != at {
            wrong.push(format!(
                "{name}: under the span stands {slice:?}, not {at:?} ({message})"
            ));
        }
        for word in says
            .iter()
            .filter(|word| !message.contains(**word) && !help.contains(**word))
        {
            wrong.push(format!(
                "{name}: `{word}` is not in {message:?} nor in {help:?}"
            ));
        }
        if message.ends_with('.') || message.contains('\n') || message.is_empty() {
            wrong.push(format!(
                "{name}: a message is one line without a full stop: {message:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mistake_in_a_pack_lies_under_its_own_characters() {
    let any = "[rule.required]\nany = [\"a\"]";
    let forbidden = "[rule.forbidden]\nany = [\"a\"]";
    let version = "[[disclosure]]\nid = \"d\"\n[[disclosure.version]]\n";
    each(
        vec![
            mistake(
                "a key of the file",
                format!("{HEAD}[[ruel]]\nid = \"a\"\n"),
                &["unknown key `ruel`", "`rule`"],
                "ruel",
            ),
            mistake(
                "a list under the name of a table",
                format!("{HEAD}[[rules]]\nid = \"a\"\n"),
                &["`rules` is one table", "`[[rule]]`"],
                "rules",
            ),
            mistake(
                "a key of the head",
                format!("[pack]\nname = \"case\"\ntitel = \"x\"\n\n{RULE}{any}\n"),
                &["unknown key `titel`", "did you mean `title`"],
                "titel",
            ),
            mistake(
                "a key of a rule",
                rule(&format!("severty = \"error\"\n{any}")),
                &["unknown key `severty`", "did you mean `severity`"],
                "severty",
            ),
            mistake(
                "a key of a kind",
                rule("[rule.required]\nany = [\"a\"]\nunles = [\"b\"]"),
                &["unknown key `unles`", "did you mean `unless`"],
                "unles",
            ),
            mistake(
                "a key of when",
                rule(&format!("[rule.when]\nmention = [\"b\"]\n{any}")),
                &["unknown key `mention`", "did you mean `mentions`"],
                "mention",
            ),
            mistake(
                "a key of a source",
                rule(&format!(
                    "{any}\n[[rule.source]]\ncitation = \"c\"\nlink = \"d\""
                )),
                &["unknown key `link`"],
                "link",
            ),
            mistake(
                "a key of an example",
                rule(&format!(
                    "{any}\n[[rule.example]]\npasses = \"a\"\ncodes = \"x\""
                )),
                &["unknown key `codes`", "did you mean `code`"],
                "codes",
            ),
            mistake(
                "a key of effective",
                rule(&format!("effective = {{ form = 2025-01-01 }}\n{any}")),
                &["unknown key `form`", "did you mean `from`"],
                "form",
            ),
            mistake(
                "a key of front matter",
                rule("[rule.metadata]\nkeys.x = { typ = \"string\" }"),
                &["unknown key `typ`", "did you mean `type`"],
                "typ",
            ),
            mistake(
                "a quoted key",
                rule(&format!("\"se verity\" = 1\n{any}")),
                &["unknown key `se verity`"],
                "\"se verity\"",
            ),
            mistake(
                "a kind",
                rule("[rule.forbiden]\nany = [\"a\"]"),
                &["unknown key `forbiden`", "did you mean `forbidden`"],
                "forbiden",
            ),
            mistake(
                "a number for a text",
                format!("{HEAD}{}{any}\n", RULE.replace("\"A\"", "12")),
                &["`title`", "string"],
                "12",
            ),
            mistake(
                "a text for a table",
                rule("required = \"a\""),
                &["`required`", "table"],
                "\"a\"",
            ),
            mistake(
                "a table for a list",
                format!("{HEAD}[rule]\nid = \"a\"\n"),
                &["`rule`", "list of tables"],
                "[rule]",
            ),
            mistake(
                "a number among phrases",
                required("[\"a\", 7]"),
                &["`any`", "strings"],
                "7",
            ),
            mistake("a truth for a phrase", required("true"), &["`any`"], "true"),
            mistake(
                "a text for a date",
                rule(&format!("effective = {{ from = \"soon\" }}\n{any}")),
                &["`soon` is no date"],
                "\"soon\"",
            ),
            mistake(
                "a day that is not",
                rule(&format!(
                    "{any}\n[[rule.source]]\ncitation = \"c\"\nchecked = \"2026-02-30\""
                )),
                &["`2026-02-30` is no date"],
                "\"2026-02-30\"",
            ),
            mistake(
                "a time for a date",
                rule(&format!(
                    "effective = {{ from = 2026-01-01T10:00:00Z }}\n{any}"
                )),
                &["`from`"],
                "2026-01-01T10:00:00Z",
            ),
            mistake(
                "an age",
                rule("[rule.metadata]\nkeys.x = { max-age = \"a year\" }"),
                &["`a year` is no age", "365 days"],
                "\"a year\"",
            ),
            mistake(
                "a severity",
                format!("{HEAD}{}{any}\n", RULE.replace("\"error\"", "\"warn\"")),
                &["`warn`", "warning"],
                "\"warn\"",
            ),
            mistake(
                "a sense",
                rule("[rule.forbidden]\nany = [\"a\"]\nsense = \"claims\""),
                &["`claims`", "claim"],
                "\"claims\"",
            ),
            mistake(
                "a status",
                rule(&format!(
                    "{any}\n[[rule.source]]\ncitation = \"c\"\nstatus = \"sure\""
                )),
                &["`sure`", "verified"],
                "\"sure\"",
            ),
            mistake(
                "a type of front matter",
                rule("[rule.metadata]\nkeys.x = { type = \"text\" }"),
                &["`text`", "string"],
                "\"text\"",
            ),
            mistake(
                "an id with a space",
                format!("{HEAD}{}{any}\n", RULE.replace("\"a\"", "\"a b\"")),
                &["`a b` is no id"],
                "\"a b\"",
            ),
            mistake(
                "an id with a slash",
                format!("{HEAD}{}{any}\n", RULE.replace("\"a\"", "\"case/a\"")),
                &["`case/a` is no id"],
                "\"case/a\"",
            ),
            mistake(
                "the name of the pack",
                format!("[pack]\nname = \"my pack\"\n\n{RULE}{any}\n"),
                &["`my pack` is no id"],
                "\"my pack\"",
            ),
            mistake(
                "no head",
                format!("{RULE}{any}\n"),
                &["`pack` is missing"],
                "[[rule]]",
            ),
            mistake(
                "no name",
                format!("[pack]\ntitle = \"x\"\n\n{RULE}{any}\n"),
                &["`name` is missing"],
                "[pack]",
            ),
            mistake(
                "no severity",
                format!(
                    "{HEAD}{}{any}\n",
                    RULE.replace("severity = \"error\"\n", "")
                ),
                &["`severity` is missing"],
                "[[rule]]",
            ),
            mistake(
                "no message",
                format!(
                    "{HEAD}{}{any}\n",
                    RULE.replace("message = \"a is missing\"\n", "")
                ),
                &["`message` is missing"],
                "[[rule]]",
            ),
            mistake(
                "no citation",
                rule(&format!("{any}\n[[rule.source]]\nurl = \"u\"")),
                &["`citation` is missing"],
                "[[rule.source]]",
            ),
            mistake(
                "an id that is taken",
                rule(&format!("{any}\n{RULE}{any}")),
                &["`a` is taken"],
                "\"a\"",
            ),
            mistake(
                "a rule that demands nothing",
                rule("help = \"h\""),
                &["`a` demands nothing", "[rule.required]"],
                "\"a\"",
            ),
            mistake(
                "an empty demand",
                rule("[rule.required]"),
                &["demands nothing"],
                "[rule.required]",
            ),
            mistake(
                "an empty ban",
                rule("[rule.forbidden]\nsense = \"mention\""),
                &["forbids nothing"],
                "[rule.forbidden]",
            ),
            mistake(
                "a demand for no key",
                rule("[rule.metadata]\nkeys = {}"),
                &["demands nothing"],
                "[rule.metadata]",
            ),
            mistake("a list of no phrase", required("[]"), &[], "[]"),
            mistake(
                "a list of no element",
                rule("[rule.required]\nall = []"),
                &[],
                "[]",
            ),
            mistake(
                "a ban of no phrase",
                rule("[rule.forbidden]\nany = []"),
                &[],
                "[]",
            ),
            mistake(
                "a list of no regex",
                rule("[rule.forbidden]\nregex = []"),
                &[],
                "[]",
            ),
            mistake(
                "a list of no trigger",
                rule(&format!("[rule.when]\nmentions = []\n{any}")),
                &[],
                "[]",
            ),
            mistake(
                "a list of no path",
                rule(&format!("[rule.when]\npath = []\n{any}")),
                &[],
                "[]",
            ),
            mistake(
                "a list of no jurisdiction",
                rule(&format!("[rule.when]\njurisdiction = []\n{any}")),
                &[],
                "[]",
            ),
            mistake(
                "an empty disclosure",
                rule("[rule.required]\ndisclosure = \"\""),
                &["no disclosure"],
                "\"\"",
            ),
            mistake(
                "a gap at the end of an alternative",
                required("[\"a (b {..3}|c)\"]"),
                &["gap"],
                "a (b {..3}|c)",
            ),
            mistake(
                "a gap at the start of an alternative",
                required("[\"({..3} b|c) a\"]"),
                &["gap"],
                "({..3} b|c) a",
            ),
            mistake(
                "prescribed and free",
                format!(
                    "{HEAD}{version}text.en = \"some words here\"\n{RULE}[rule.required]\ndisclosure = \"d\"\nany = [\"a\"]\n"
                ),
                &["prescribed"],
                "disclosure",
            ),
            mistake(
                "a disclosure that is not there",
                rule("[rule.required]\ndisclosure = \"d\""),
                &["no disclosure `d`"],
                "\"d\"",
            ),
            mistake(
                "a disclosure nearly there",
                format!(
                    "{HEAD}{}text.en = \"some words here\"\n{RULE}[rule.required]\ndisclosure = \"risk-warnin\"\n",
                    version.replace("\"d\"", "\"risk-warning\"")
                ),
                &["no disclosure `risk-warnin`", "`risk-warning`"],
                "\"risk-warnin\"",
            ),
            mistake(
                "a disclosure without a version",
                format!("{HEAD}[[disclosure]]\nid = \"d\"\n{RULE}{any}\n"),
                &["`version` is missing"],
                "[[disclosure]]",
            ),
            mistake(
                "a version without a text",
                format!("{HEAD}{version}from = 2025-01-01\n{RULE}{any}\n"),
                &["`text` is missing"],
                "[[disclosure.version]]",
            ),
            mistake(
                "a disclosure that is taken",
                format!(
                    "{HEAD}{version}text.en = \"some words here\"\n[[disclosure]]\nid = \"d\"\n[[disclosure.version]]\ntext.en = \"other words here\"\n{RULE}{any}\n"
                ),
                &["`d` is taken"],
                "\"d\"",
            ),
            mistake(
                "an approved text of no words",
                format!("{HEAD}{version}text.en = \"…!\"\n{RULE}{any}\n"),
                &["needs words"],
                "…!",
            ),
            mistake(
                "a slot that is none",
                format!("{HEAD}{version}text.en = \"Lose {{percentage}} of it.\"\n{RULE}{any}\n"),
                &["`{percentage}` has no value", "slots are {percent}"],
                "{percentage}",
            ),
            mistake(
                "a slot with a bad range",
                format!(
                    "{HEAD}{version}text.en = \"Lose {{percent:100..0}} of it.\"\n{RULE}{any}\n"
                ),
                &["`100..0` is no range"],
                "{percent:100..0}",
            ),
            mistake(
                "a slot that never ends",
                format!("{HEAD}{version}text.en = \"Lose {{percent of it.\"\n{RULE}{any}\n"),
                &["never closed"],
                "{",
            ),
            mistake(
                "a window that never opens",
                rule(&format!(
                    "effective = {{ from = 2026-02-01, to = 2026-01-01 }}\n{any}"
                )),
                &["before"],
                "2026-01-01",
            ),
            mistake(
                "a bracket that never closes",
                required("[\"über (alles|nichts\"]"),
                &["never closed"],
                "(",
            ),
            mistake(
                "a bracket that closes nothing",
                required("[\"über alles) nichts\"]"),
                &["closes nothing"],
                ")",
            ),
            mistake(
                "an alternative outside a group",
                required("[\"a|b\"]"),
                &["outside a group"],
                "|",
            ),
            mistake(
                "a star in the middle",
                required("[\"guar*tee\"]"),
                &["only at the end"],
                "guar*tee",
            ),
            mistake("a star alone", required("[\"very *\"]"), &["alone"], "*"),
            mistake(
                "a gap without a number",
                required("[\"a {..} b\"]"),
                &["gap is written"],
                "{..}",
            ),
            mistake(
                "a gap that is too wide",
                required("[\"a {..99} b\"]"),
                &["1 to 50"],
                "{..99}",
            ),
            mistake(
                "a gap at the start",
                required("[\"{..3} a\"]"),
                &["gap"],
                "{..3}",
            ),
            mistake(
                "a gap at the end",
                required("[\"a {..3}\"]"),
                &["gap"],
                "{..3}",
            ),
            mistake(
                "a gap at the border of an alternative",
                required("[\"(a {..3}|b)\"]"),
                &["gap"],
                "(a {..3}|b)",
            ),
            mistake(
                "a phrase of nothing",
                required("[\"\"]"),
                &["empty text"],
                "\"\"",
            ),
            mistake(
                "a phrase that can be nothing",
                required("[\"[a] [b]\"]"),
                &["empty text"],
                "[a] [b]",
            ),
            mistake(
                "a phrase without a word",
                required("[\"{number} {percent}\"]"),
                &["no word"],
                "{number} {percent}",
            ),
            mistake(
                "a slot in a phrase",
                required("[\"a {percent:x..y}\"]"),
                &["no range"],
                "{percent:x..y}",
            ),
            mistake(
                "a sign that no word has",
                required("[\"players {..2} 18+\"]"),
                &["`+` is part of no word", "`regex`"],
                "18+",
            ),
            mistake(
                "a second phrase of a list",
                required("[\n  \"good\",\n  \"bad (\",\n]"),
                &["never closed"],
                "(",
            ),
            mistake(
                "a phrase in a literal string",
                required("['bad (']"),
                &["never closed"],
                "(",
            ),
            mistake(
                "a phrase with escapes",
                required("[\"\\u0062ad (\"]"),
                &["never closed"],
                "\"\\u0062ad (\"",
            ),
            mistake(
                "a phrase of when",
                rule(&format!("[rule.when]\nmentions = [\"a (b\"]\n{any}")),
                &["never closed"],
                "(",
            ),
            mistake(
                "a regex",
                rule("[rule.forbidden]\nregex = [\"a(b\"]"),
                &["regular expression"],
                "\"a(b\"",
            ),
            mistake(
                "a regex of nothing",
                rule("[rule.forbidden]\nregex = [\"a*\"]"),
                &["empty"],
                "\"a*\"",
            ),
            mistake(
                "a glob",
                rule(&format!("[rule.when]\npath = [\"a/[b\"]\n{any}")),
                &["is no glob"],
                "\"a/[b\"",
            ),
            mistake(
                "an example that fails and passes",
                rule(&format!(
                    "{any}\n[[rule.example]]\nfails = \"x\"\npasses = \"a\""
                )),
                &["either `fails` or `passes`"],
                "[[rule.example]]",
            ),
            mistake(
                "an example that does neither",
                rule(&format!("{any}\n[[rule.example]]\nname = \"x\"")),
                &["either `fails` or `passes`"],
                "[[rule.example]]",
            ),
            mistake(
                "an example of no code",
                rule(&format!(
                    "{any}\n[[rule.example]]\nfails = \"x\"\ncode = \"mising\""
                )),
                &["`mising` is no code", "missing"],
                "\"mising\"",
            ),
            mistake(
                "an example of no syntax",
                rule(&format!(
                    "{any}\n[[rule.example]]\nfails = \"x\"\nsyntax = \"word\""
                )),
                &["`word` is no syntax"],
                "\"word\"",
            ),
            mistake(
                "an example that should fail",
                rule(&format!(
                    "{any}\n[[rule.example]]\nfails = \"There is a here.\""
                )),
                &["it should fail, and passes"],
                "\"There is a here.\"",
            ),
            mistake(
                "an example that should pass",
                rule(&format!(
                    "{any}\n[[rule.example]]\npasses = \"There is none here.\""
                )),
                &["it should pass, and gives missing"],
                "\"There is none here.\"",
            ),
            mistake(
                "an example with another code",
                rule(&format!(
                    "{any}\n[[rule.example]]\nfails = \"None.\"\ncode = \"hidden\""
                )),
                &["hidden", "gives missing"],
                "\"None.\"",
            ),
            mistake(
                "a slot with a word behind its bar",
                approved("{percent|ranges} of accounts lose money"),
                &["`|ranges`", "`|range`"],
                "{percent|ranges}",
            ),
            mistake(
                "a range of dates",
                approved("As at {date|range} accounts lose money"),
                &["take `|range`"],
                "{date|range}",
            ),
            mistake(
                "a value that is no number's",
                approved("As at {date = day} accounts lose money"),
                &["words of the house are written {name}"],
                "{date = day}",
            ),
            mistake(
                "a value without a name",
                approved("{percent = } of accounts lose money"),
                &["`` is no name of [values]"],
                "{percent = }",
            ),
            mistake(
                "a value of the house that no caveat.toml gives",
                approved("At {firm} accounts lose money"),
                &["`{firm}` has no value", "[values]"],
                "{firm}",
            ),
            mistake(
                "a range in a phrase",
                required("[\"{percent|range} of accounts\"]"),
                &["neither `|range`"],
                "{percent|range}",
            ),
            mistake(
                "a language of a page that is none",
                rule(&format!("[rule.when]\nlanguage = [\"de\", \"xq\"]\n{any}")),
                &["`xq` is no language"],
                "\"xq\"",
            ),
            mistake(
                "a language of a text that is none",
                rule(&format!(
                    "{any}\n[[disclosure]]\nid = \"d\"\n[[disclosure.version]]\ntext.german = \"Wort\""
                )),
                &["`german` is no language", "did you mean `de`?"],
                "german",
            ),
            mistake(
                "a language of nothing",
                rule("[rule.language]"),
                &["`disclosure` is missing"],
                "[rule.language]",
            ),
            mistake(
                "a language of no disclosure",
                rule("[rule.language]\ndisclosure = \"warnin\""),
                &["no disclosure `warnin`"],
                "\"warnin\"",
            ),
            mistake(
                "an example at another place",
                rule(&format!(
                    "{forbidden}\n[[rule.example]]\nfails = \"We have a here.\"\nat = \"here\""
                )),
                &["at \"here\"", "at \"a\""],
                "\"We have a here.\"",
            ),
        ],
        "rules.toml",
        &[("caveat.toml", "packs = [\"rules.toml\"]\n")],
    );
}

#[test]
fn a_mistake_in_caveat_toml_lies_under_its_own_characters() {
    let rules =
        format!("{HEAD}{RULE}tags = [\"risk\"]\n[rule.forbidden]\nany = [\"welcome gift\"]\n");
    let with = |lines: &str| format!("# Käse\npacks = [\"rules.toml\"]\n{lines}\n");
    let loss = approved("{percent = loss} of accounts lose money").replace("\"case\"", "\"loss\"");
    each(
        vec![
            mistake(
                "a key",
                with("pack = [\"core\"]"),
                &["unknown key `pack`", "did you mean `packs`"],
                "pack",
            ),
            mistake(
                "a key of files",
                with("[files]\nexclud = [\"a\"]"),
                &["unknown key `exclud`", "did you mean `exclude`"],
                "exclud",
            ),
            mistake(
                "a key of defaults",
                with("[defaults]\njuristiction = [\"uk\"]"),
                &["unknown key `juristiction`", "did you mean `jurisdiction`"],
                "juristiction",
            ),
            mistake(
                "a key of a waiver",
                with("[[waiver]]\nrule = \"case/a\"\nreason = \"r\"\nuntil = 2027-01-01"),
                &["unknown key `until`"],
                "until",
            ),
            mistake(
                "a key of a scope",
                with("[[scope]]\npath = [\"a/**\"]\naudiance = \"x\""),
                &["unknown key `audiance`", "did you mean `audience`"],
                "audiance",
            ),
            mistake(
                "data of no path",
                with("[[data]]\nkeys = [\"a.*\"]"),
                &["`path` is missing"],
                "[[data]]",
            ),
            mistake(
                "a key of data",
                with("[[data]]\npath = \"a.json\"\nkey = \"a\""),
                &["unknown key `key` in `[[data]]`", "did you mean `keys`"],
                "key",
            ),
            mistake(
                "a table for data",
                with("[data]\npath = \"a.json\""),
                &["`data`", "list of tables"],
                "[data]",
            ),
            mistake(
                "a glob over keys",
                with("[[data]]\npath = \"a.json\"\nkeys = [\"a.*\", \"b.[c\"]"),
                &["is no glob"],
                "\"b.[c\"",
            ),
            mistake(
                "no keys of data",
                with("[[data]]\npath = \"a.json\"\nkeys = []"),
                &["`keys` is empty"],
                "[]",
            ),
            mistake(
                "a syntax of strings",
                with("[[data]]\npath = \"a.json\"\nsyntax = \"htm\""),
                &["`htm` is no value of `syntax`", "did you mean `html`"],
                "\"htm\"",
            ),
            mistake("a type", with("[files]\ninclude = 3"), &["`include`"], "3"),
            mistake(
                "a table for a list",
                with("[waiver]\nrule = \"case/a\""),
                &["`waiver`", "list of tables"],
                "[waiver]",
            ),
            mistake(
                "a date",
                with("[[waiver]]\nrule = \"case/a\"\nreason = \"r\"\nexpires = \"2027-13-01\""),
                &["`2027-13-01` is no date"],
                "\"2027-13-01\"",
            ),
            mistake(
                "a glob",
                with("[files]\nexclude = [\"content/{a\"]"),
                &["is no glob"],
                "\"content/{a\"",
            ),
            mistake(
                "a severity",
                with("[rules.\"case/a\"]\nseverity = \"of\""),
                &["`of`", "off"],
                "\"of\"",
            ),
            mistake(
                "a rule that is not",
                with("[rules.\"case/b\"]\nseverity = \"off\""),
                &["no rule `case/b`", "case/a"],
                "\"case/b\"",
            ),
            mistake(
                "a waiver without a reason",
                with("[[waiver]]\nrule = \"case/a\""),
                &["`reason` is missing"],
                "[[waiver]]",
            ),
            mistake(
                "a waiver with an empty reason",
                with("[[waiver]]\nrule = \"case/a\"\nreason = \" \""),
                &["reason"],
                "\" \"",
            ),
            mistake(
                "a waiver of no rule",
                with("[[waiver]]\nreason = \"r\""),
                &["`rule` is missing"],
                "[[waiver]]",
            ),
            mistake(
                "a scope of no path",
                with("[[scope]]\naudience = \"retail\""),
                &["`path` is missing"],
                "[[scope]]",
            ),
            mistake(
                "a value of no value",
                with("[values]\nloss = { as-of = 2026-10-01 }"),
                &["`value` is missing"],
                "{ as-of = 2026-10-01 }",
            ),
            mistake(
                "a value that is no number and stands for one",
                "packs = [\"loss.toml\"]\n[values]\nloss = \"many\"\n",
                &["`loss` is no number"],
                "\"many\"",
            ),
            mistake(
                "an age",
                with("[values]\nloss = { value = 74, max-age = \"100\" }"),
                &["`100` is no age"],
                "\"100\"",
            ),
            mistake(
                "a built-in pack that is not",
                "packs = [\"rules.toml\", \"cor\"]\n",
                &["no pack `cor`", "core"],
                "\"cor\"",
            ),
            mistake(
                "a pack file that is not",
                "packs = [\"rules.toml\", \"ruls/house.toml\"]\n",
                &["ruls/house.toml"],
                "\"ruls/house.toml\"",
            ),
            mistake(
                "a selector that selects nothing",
                with("select = [\"case/a\", \"case/x\"]"),
                &["`case/x` selects no rule"],
                "\"case/x\"",
            ),
            mistake(
                "a tag that no rule has",
                with("ignore = [\"rsk\"]"),
                &["`rsk` selects no rule"],
                "\"rsk\"",
            ),
            mistake(
                "a language that is none",
                with("[[scope]]\npath = [\"de/**\"]\nlanguage = \"tedesco\""),
                &["`tedesco` is no language"],
                "\"tedesco\"",
            ),
            mistake(
                "a language of the built site that is none",
                with("[[site.scope]]\npath = [\"de/**\"]\nlanguage = \"tedesco\""),
                &["`tedesco` is no language"],
                "\"tedesco\"",
            ),
            mistake("no TOML", "packs = [\"rules.toml\"\n", &["unclosed"], ""),
            mistake("a list of no pack", "packs = []\n", &[], "[]"),
            mistake("a list of no selector", with("select = []"), &[], "[]"),
        ],
        "caveat.toml",
        &[("rules.toml", &rules), ("loss.toml", &loss)],
    );
}

#[test]
fn a_waiver_of_an_unknown_rule_is_told() {
    let rules = format!("{HEAD}{RULE}[rule.forbidden]\nany = [\"welcome gift\"]\n");
    let toml = "packs = [\"rules.toml\"]\n[[waiver]]\nrule = \"case/b\"\nreason = \"r\"\n";
    let project = folder(&[
        ("caveat.toml", toml),
        ("rules.toml", &rules),
        ("page.md", "A welcome gift.\n"),
    ]);
    let report = report(project.path(), &["."]);
    let about: Vec<_> = list(&report, "findings")
        .iter()
        .filter(|of| text(of, "path") == "caveat.toml")
        .collect();
    assert_eq!(about.len(), 1, "{report}");
    assert!(["suppression", "config"].contains(&text(about[0], "code")));
    assert_eq!(text(about[0], "text"), "\"case/b\"");
    assert!(
        text(about[0], "message").contains("`case/b`"),
        "{}",
        about[0]
    );
}

#[test]
fn what_is_no_toml_is_told_where_it_stops_being() {
    for (toml, at) in [
        ("[pack]\nname = \"case\"\n\n[[rule]\nid = \"a\"\n", 4),
        ("[pack]\nname = \"case\n", 2),
        ("[pack]\nname = \"case\"\nname = \"again\"\n", 3),
        ("[pack]\nname = case\n", 2),
        ("[pack]\nname = \"a\\qb\"\n", 2),
        ("\u{feff}[pack]\nname = \"case\"\nx = 1979-99-99\n", 3),
    ] {
        let project = folder(&[
            ("caveat.toml", "packs = [\"rules.toml\"]\n"),
            ("rules.toml", toml),
            ("page.md", "x\n"),
        ]);
        let report = report(project.path(), &["."]);
        let first = &list(&report, "findings")
            .first()
            .unwrap_or_else(|| panic!("nothing is told of {toml:?}"));
        assert_eq!(text(first, "code"), "config", "{toml:?}");
        assert_eq!(
            first["span"]["start_line"],
            at,
            "{toml:?}: {}",
            text(first, "message")
        );
        assert!(!text(first, "message").contains('\n'), "{first}");
        let ran = caveat(project.path(), &["check", "."]);
        assert_eq!(ran.code, 2, "{toml:?}: {}", ran.out);
    }
}

#[test]
fn two_mistakes_in_one_table_are_both_told() {
    let toml = rule(
        "severty = \"error\"\ntags = 7\n[rule.required]\nany = [\"a (\", \"{..2} b\", 3]\nunles = []\n\n[[rule.example]]\nfials = \"x\"",
    );
    let project = folder(&[
        ("caveat.toml", "packs = [\"rules.toml\"]\n"),
        ("rules.toml", &toml),
        ("page.md", "x\n"),
    ]);
    let report = report(project.path(), &["."]);
    let told: Vec<String> = found(&report, "rules.toml", &toml)
        .into_iter()
        .map(|(_, _, slice)| slice)
        .collect();
    for slice in ["severty", "7", "(", "{..2}", "3", "unles", "fials"] {
        assert!(
            told.iter().any(|told| told == slice),
            "nothing is told of {slice:?}: {told:?}"
        );
    }
}

#[test]
fn mistakes_in_caveat_toml_and_in_packs_are_told_in_one_run() {
    let toml = "packs = [\"a.toml\", \"b.toml\"]\nselcet = []\n";
    let bad =
        |name: &str| format!("[pack]\nname = \"{name}\"\n\n{RULE}[rule.required]\nany = [\"(\"]\n");
    let project = folder(&[
        ("caveat.toml", toml),
        ("a.toml", &bad("a")),
        ("b.toml", &bad("b")),
        ("page.md", "x\n"),
    ]);
    let report = report(project.path(), &["."]);
    let told: Vec<_> = list(&report, "findings")
        .iter()
        .map(|of| (text(of, "path"), text(of, "text")))
        .collect();
    assert_eq!(
        told,
        [("a.toml", "("), ("b.toml", "("), ("caveat.toml", "selcet")]
    );
}

#[test]
fn the_name_of_a_pack_is_its_own() {
    let pack = format!("{HEAD}{RULE}[rule.required]\nany = [\"a\"]\n");
    let project = folder(&[
        ("caveat.toml", "packs = [\"a.toml\", \"b.toml\"]\n"),
        ("a.toml", &pack),
        ("b.toml", &pack),
        ("page.md", "x\n"),
    ]);
    let report = report(project.path(), &["."]);
    let told = list(&report, "findings");
    assert_eq!(told.len(), 1, "{report}");
    assert_eq!(
        (text(&told[0], "path"), text(&told[0], "code")),
        ("b.toml", "config")
    );
    assert!(
        text(&told[0], "message").contains("`case` is taken"),
        "{}",
        told[0]
    );
}

#[test]
fn a_pack_that_is_no_utf8_is_told_at_its_byte() {
    let project = folder(&[
        ("caveat.toml", "packs = [\"rules.toml\"]\n"),
        ("page.md", "x\n"),
    ]);
    crate::put(project.path(), "rules.toml", b"[pack]\nname = \"\xff\"\n");
    let report = report(project.path(), &["."]);
    let told = list(&report, "findings");
    assert!(
        told.iter().any(|of| text(of, "code") == "config"
            && of["span"]["start"] == 15
            && text(of, "message").contains("UTF-8")),
        "{report}"
    );
}
