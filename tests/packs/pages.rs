//! Whole pages as a marketing team writes them, in `tests/promotions/PACK`, beside the caveat.toml of a firm that publishes them. Each rule
//! finds its page, is content once the page says what it owes, and knows the texts that are nearly right. `table.toml` has a row for
//! each rule: the code, what is put in the place of `@@` (`met`) or taken out (`out`), the day where it is not that of the tests.

use super::*;

/// Where the rules apply whose pages are here, and the packs that have them.
const PLACES: [&str; 9] = ["uk", "eu", "de", "fr", "es", "it", "nl", "be", "ie"];
const PACKS_WITH_PAGES: [&str; 13] = [
    "uk",
    "eu",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "be",
    "ie",
    "claims",
    "affiliate",
    "gambling",
    "health",
];

/// A page and what is known of it.
struct Row {
    rule: Arc<Rule>,
    name: String,
    text: String,
    code: String,
    met: Option<String>,
    out: Vec<String>,
    day: String,
}

fn home(pack: &str) -> std::path::PathBuf {
    root().join("tests/promotions").join(pack)
}

/// The rows of a pack; a row whose rule or page is not there is a mistake.
fn rows(pack: &Pack) -> Vec<Row> {
    let path = home(&pack.name).join("table.toml");
    if !path.exists() {
        return Vec::new();
    }
    let table: toml::Table = crate::read(&path)
        .parse()
        .unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()));
    let pages = crate::files_under(&home(&pack.name));
    let mut rows = Vec::new();
    for (id, row) in &table {
        let text = |key: &str| {
            row.get(key)
                .and_then(toml::Value::as_str)
                .map(str::to_owned)
        };
        let rule = pack
            .rules
            .iter()
            .find(|of| of.head.id == format!("{}/{id}", pack.name));
        let page = pages
            .iter()
            .find(|path| path.file_stem().is_some_and(|of| of == id.as_str()));
        let page = page.unwrap_or_else(|| panic!("{}/{id}: no page", pack.name));
        let out = row.get("out").and_then(toml::Value::as_array);
        rows.push(Row {
            rule: Arc::clone(rule.unwrap_or_else(|| panic!("{}/{id}: no rule", pack.name))),
            name: page
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned(),
            text: crate::read(page),
            code: text("code").unwrap_or_else(|| panic!("{id}: no code")),
            met: text("met"),
            out: out.map_or_else(Vec::new, |all| {
                all.iter()
                    .map(|of| of.as_str().expect("a text").to_owned())
                    .collect()
            }),
            day: text("day").unwrap_or_else(|| TODAY.to_owned()),
        });
    }
    rows
}

impl Row {
    fn demand(&self) -> Option<&caveat::keys::Table> {
        let found = self
            .rule
            .demands
            .iter()
            .find(|(kind, _)| kind.name == "required");
        found.map(|(_, table)| table)
    }

    /// The approved text that the rule demands.
    fn disclosure(&self) -> Option<Arc<Disclosure>> {
        let id = caveat::check::qualified(&self.rule.pack, self.demand()?.text("disclosure")?);
        let packs = packs();
        let all = packs.iter().flat_map(|pack| &pack.disclosures);
        all.clone().find(|of| of.id == id).cloned()
    }

    /// The page with this text where it belongs; without one the place is gone.
    fn with(&self, text: Option<&str>) -> String {
        match text {
            Some(text) => self.text.replace("@@", text.trim()),
            None => self.text.replace("@@\n\n", "").replace("@@\n", ""),
        }
    }

    /// The page as it should be.
    fn right(&self) -> String {
        let mut page = self.with(self.met.as_deref());
        for out in &self.out {
            assert!(
                page.contains(out),
                "{}: `{out}` is not there",
                self.rule.head.id
            );
            page = page.replace(out, "");
        }
        page
    }

    /// Every page that is nearly right, by what is wrong with it, with the codes of which one must be told.
    fn nearly(&self) -> Vec<(&'static str, String, Vec<&'static str>)> {
        let (Some(disclosure), Some(met), Some(demand)) =
            (self.disclosure(), self.met.as_deref(), self.demand())
        else {
            return Vec::new();
        };
        let day = self.day.parse().expect("a date");
        let mut all = vec![(
            "clause",
            self.with(Some(&shortened(met))),
            vec!["altered", "stale"],
        )];
        let first = demand
            .text("place")
            .is_some_and(|of| of == "top" || of.starts_with("before"));
        if first {
            let last = format!(
                "{}\n\n## More\n\nAnd more.\n\n{}\n",
                self.with(None),
                met.trim()
            );
            all.push(("last", last, vec!["misplaced"]));
        }
        let noted = demand
            .placed("not-in")
            .iter()
            .any(|(of, _)| of == "footnote");
        if noted && self.name.ends_with(".md") && !met.contains("\n\n") {
            let note = format!(
                "{}\n\n[^9]: {}\n",
                self.with(Some("More below.[^9]")),
                met.trim()
            );
            all.push(("note", note, vec!["misplaced"]));
        }
        for version in disclosure.versions.iter().filter(|of| of.superseded(day)) {
            let texts = version.texts.iter().map(|(_, text, _)| printed(text.raw()));
            all.extend(texts.map(|text| ("stale", self.with(Some(&text)), vec!["stale"])));
        }
        all
    }
}

/// A text without two words of its middle.
fn shortened(met: &str) -> String {
    let words: Vec<&str> = met.split(' ').collect();
    let middle = words.len() / 2;
    [&words[..middle - 1], &words[middle + 1..]]
        .concat()
        .join(" ")
}

/// What the program finds on these pages, with the firm's own config: `folder/name rule code`.
fn found(pack: &str, day: &str, pages: &BTreeMap<String, String>) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let config = crate::read(&home(pack).join("caveat.toml"));
    crate::put(folder.path(), "caveat.toml", config.as_bytes());
    for (name, text) in pages {
        crate::put(folder.path(), name, text.as_bytes());
    }
    let ran = caveat(
        folder.path(),
        &["check", "--format", "json", "--as-of", day],
    );
    let report: serde_json::Value = serde_json::from_str(&ran.out)
        .unwrap_or_else(|wrong| panic!("{pack}: {wrong}\n{}\n{}", ran.out, ran.err));
    let text = |of: &serde_json::Value, key: &str| crate::text(of, key).to_owned();
    let findings = list(&report, "findings").iter();
    findings
        .map(|of| (text(of, "path"), text(of, "rule"), text(of, "code")))
        .collect()
}

/// What a rule says of each page of its own, gathered over the packs: pages by row and variant, and a judge of the codes.
fn each_row(
    pages: impl Fn(&Row) -> Vec<(&'static str, String)>,
    judge: impl Fn(&Row, &str, &[&str]) -> bool,
) {
    let mut wrong = Vec::new();
    for pack in packs() {
        let rows = rows(&pack);
        let days: BTreeSet<&str> = rows.iter().map(|row| row.day.as_str()).collect();
        for day in days {
            let rows: Vec<&Row> = rows.iter().filter(|row| row.day == day).collect();
            let mut all = BTreeMap::new();
            let path = |row: &Row, variant: &str| {
                let (_, id) = row.rule.head.id.split_once('/').expect("pack/id");
                format!("{id}/{variant}-{}", row.name)
            };
            for row in &rows {
                all.extend(
                    pages(row)
                        .into_iter()
                        .map(|(name, text)| (path(row, name), text)),
                );
            }
            let found = found(&pack.name, day, &all);
            for row in &rows {
                for (variant, _) in pages(row) {
                    let at = path(row, variant);
                    let own = found
                        .iter()
                        .filter(|(path, rule, _)| *path == at && *rule == row.rule.head.id);
                    let codes: Vec<&str> = own.map(|(.., code)| code.as_str()).collect();
                    if !judge(row, variant, &codes) {
                        wrong.push(format!("{}, {variant}: {codes:?}", row.rule.head.id));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_european_rule_has_a_page_of_its_own() {
    let mut lacking = Vec::new();
    for pack in packs() {
        let rows = rows(&pack);
        for rule in &pack.rules {
            let facet = rule
                .when
                .facets
                .iter()
                .find(|(facet, _)| *facet == "jurisdiction");
            let ours = PACKS_WITH_PAGES.contains(&pack.name.as_str())
                && facet.is_some_and(|(_, of)| of.iter().any(|of| PLACES.contains(&of.as_str())));
            if ours && !rows.iter().any(|row| row.rule.head.id == rule.head.id) {
                lacking.push(rule.head.id.clone());
            }
        }
        for row in rows {
            let words = crate::words(&row.text).len();
            assert!(
                (100..=420).contains(&words),
                "{}: {words} words",
                row.rule.head.id
            );
            assert_eq!(
                row.met.is_some(),
                row.text.contains("@@"),
                "{}",
                row.rule.head.id
            );
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn a_page_that_owes_is_found() {
    each_row(
        |row| vec![("owed", row.with(None))],
        |row, _, codes| codes.contains(&row.code.as_str()),
    );
}

#[test]
fn a_page_that_says_what_it_owes_is_met() {
    each_row(
        |row| vec![("met", row.right())],
        |_, _, codes| codes.is_empty(),
    );
}

#[test]
fn a_page_that_is_nearly_right_is_told_how() {
    each_row(
        |row| {
            row.nearly()
                .into_iter()
                .map(|(name, page, _)| (name, page))
                .collect()
        },
        |row, variant, codes| {
            let nearly = row.nearly();
            let owed = nearly.iter().find(|(name, ..)| *name == variant);
            owed.is_some_and(|(.., owed)| owed.iter().any(|code| codes.contains(code)))
        },
    );
}
