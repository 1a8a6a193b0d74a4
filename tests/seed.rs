//! The eight clauses that a broker puts round an article, as text and as Markdown: all met; and each, when it is taken out, turned
//! round or put where a reader does not see it, is the one that is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat::{Facts, Outcome, Rule, RuleSet, Source, lint, rule, syntax};

use crate::TODAY;

const RULES: [&str; 8] = [
    "house/authors-views",
    "house/capital-at-risk",
    "house/eu-access-restriction",
    "house/informational-purposes",
    "house/no-investment-advice",
    "house/past-performance",
    "house/risk-warning",
    "house/uk-retail-crypto-restriction",
];

/// A clause of the article.
struct Clause {
    /// The rules that it alone meets.
    rules: &'static [&'static str],
    /// As text.
    plain: &'static str,
    /// The same in Markdown.
    marked: &'static str,
    /// The same turned into its opposite.
    reversed: &'static str,
}

const EU: usize = 0;
const VIEWS: usize = 1;
const ADVICE: usize = 2;
const RISK: usize = 3;
const PAST: usize = 4;
const INFORMATION: usize = 5;
const UK: usize = 6;

const CLAUSES: [Clause; 7] = [
    Clause {
        rules: &["house/eu-access-restriction"],
        plain: "Since you are an EU resident, you cannot continue to this site.",
        marked: "Since you are an **EU resident**, you\n> *cannot* continue to this site.",
        reversed: "Since you are an EU resident, you can continue to this site.",
    },
    Clause {
        rules: &["house/authors-views"],
        plain: "This comment reflects only the author’s opinions and is meant as food for thought.",
        marked: "This comment reflects only the\nauthor&rsquo;s [opinions](/authors) and is meant as food for thought.",
        reversed: "This comment does not reflect the author’s opinions and is meant as food for thought.",
    },
    Clause {
        rules: &["house/no-investment-advice"],
        plain: "It does not amount to investment advice or a financial tip, nor does it speak for the Tarnbrook platform.",
        marked: "It does **not** amount to investment&nbsp;advice\nor a financial tip, nor does it speak for the Tarnbrook platform.",
        reversed: "It does amount to investment advice or a financial tip, and it speaks for the Tarnbrook platform.",
    },
    Clause {
        rules: &["house/capital-at-risk", "house/risk-warning"],
        plain: "Whoever weighs shares, indices, currencies and raw materials should remember that trading CFDs carries a considerable degree of risk and can end in capital loss.",
        marked: "Whoever weighs shares, indices, currencies and raw materials should remember that trading CFDs\ncarries a <b>considerable</b> degree of risk and can end in _capital loss_.",
        reversed: "Whoever weighs shares, indices, currencies and raw materials should remember that trading CFDs carries no degree of risk and cannot end in capital loss.",
    },
    Clause {
        rules: &["house/past-performance"],
        plain: "Past performance is not indicative of what comes next.",
        marked: "Past performance<br>is **not**\nindicative of what comes next.",
        reversed: "Past performance is indicative of what comes next.",
    },
    Clause {
        rules: &["house/informational-purposes"],
        plain: "The article is given for informative purposes only.",
        marked: "The article is given for\u{a0}informative pur\u{ad}poses only.",
        reversed: "The article is not given for informative purposes only.",
    },
    Clause {
        rules: &["house/uk-retail-crypto-restriction"],
        plain: "Spread bets and CFDs on cryptocurrencies are not offered to retail clients in the UK.",
        marked: "Spread bets and CFDs on cryptocurrencies are\n`not`-so-secretly missing: they are not offered to retail clients in the UK.",
        reversed: "Spread bets and CFDs on cryptocurrencies are offered to retail clients in the UK.",
    },
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Text,
    Markdown,
}

/// The article with these clauses, and something more in its front matter and at its end.
fn article(form: Form, clauses: &[String; 7], matter: &str, end: &str) -> String {
    let [eu, views, advice, risk, past, information, uk] = clauses;
    match form {
        Form::Text => format!(
            "No Entry for Visitors from Abroad\n\
             You are about to open a site whose owner is supervised on an island. What it sells follows the law of that island alone.\n{eu}\n\
             A sister site with a seat in Brussels is open to you.\n\
             Monday Oct 12 2026 00:00\n4 min\n\n\
             The dockers of Ostmund have walked out for the third week in a row, and the harbour says that forty ships lie at anchor. A \
             person close to the talks said that both sides expect a vote on Friday. “Nobody wants this to last until winter,” the \
             spokesman of the harbour said.\n\n\
             Copper rose by 2 % on the news and gave back half of it by noon. Analysts of two houses see little room for more.\n\n\
             Risk Warning: {views} {advice}{risk}{past} {information} {uk}\n{end}"
        ),
        Form::Markdown => format!(
            "---\ntitle: Dockers walk out\n{matter}---\n\n\
             > **No Entry for Visitors from Abroad**\n>\n\
             > You are about to open a site whose owner is supervised on an island.\n> {eu}\n\n\
             # Dockers of Ostmund walk out for a third week\n\n\
             The harbour says that forty ships lie at anchor. “Nobody wants this to last until winter,” its spokesman said.\n\n\
             ## Copper\n\nCopper rose by 2 % on the news and gave back half of it by noon.\n\n\
             ---\n\n**Risk Warning:** {views}\n{advice}{risk}{past}\n{information} {uk}\n\n{end}\n"
        ),
    }
}

fn clauses(of: impl Fn(usize, &Clause) -> String) -> [String; 7] {
    std::array::from_fn(|at| of(at, &CLAUSES[at]))
}

fn as_written(form: Form, clause: &Clause) -> String {
    if form == Form::Text {
        clause.plain
    } else {
        clause.marked
    }
    .to_owned()
}

/// The eight rules, compiled.
fn rules() -> RuleSet {
    let (pack, _) = rule::built_in("house").expect("house is built in");
    let pack = Arc::new(pack);
    let chosen: Vec<Arc<Rule>> = pack
        .rules
        .iter()
        .filter(|rule| RULES.contains(&rule.head.id.as_str()))
        .cloned()
        .collect();
    assert_eq!(chosen.len(), RULES.len());
    RuleSet::compile(&chosen, &BTreeMap::new(), std::slice::from_ref(&pack))
}

fn outcome(rules: &RuleSet, form: Form, text: &str) -> Outcome {
    let name = if form == Form::Text { "txt" } else { "md" };
    let source = Arc::new(Source::new(format!("article.{name}"), text));
    let syntax = syntax::named(name).expect("the syntax is known");
    let facts = Facts {
        as_of: TODAY.parse().expect("a date"),
        built: false,
        ..Facts::default()
    };
    lint(&syntax.parse(&source), rules, &facts)
}

/// What is told, as rule and code.
fn told(outcome: &Outcome) -> Vec<(String, String)> {
    let mut told: Vec<_> = outcome
        .findings
        .iter()
        .map(|of| (of.rule.clone(), of.code.name().to_owned()))
        .collect();
    told.sort();
    told
}

fn expected(clause: &Clause, code: &str) -> Vec<(String, String)> {
    clause
        .rules
        .iter()
        .map(|rule| ((*rule).to_owned(), code.to_owned()))
        .collect()
}

const FORMS: [Form; 2] = [Form::Text, Form::Markdown];

#[test]
fn the_article_meets_all_eight() {
    let rules = rules();
    for form in FORMS {
        let text = article(form, &clauses(|_, clause| as_written(form, clause)), "", "");
        let outcome = outcome(&rules, form, &text);
        assert_eq!(told(&outcome), [], "{form:?}");
        let mut met: Vec<_> = outcome.met.iter().map(|met| met.rule.as_str()).collect();
        met.sort_unstable();
        assert_eq!(met, RULES, "{form:?}");
        // each is met by its own clause
        for met in &outcome.met {
            let clause = CLAUSES
                .iter()
                .find(|clause| clause.rules.contains(&met.rule.as_str()))
                .expect("one clause");
            let written = as_written(form, clause);
            let slice = &text[met.location.span.range()];
            assert!(
                written.contains(slice) && slice.contains(' '),
                "{} is met by {slice:?}",
                met.rule
            );
        }
    }
}

/// Where a rule without a trigger points: the title, or the first block.
fn anchor(form: Form, text: &str) -> &str {
    match form {
        Form::Text => text.lines().next().expect("a line"),
        Form::Markdown => "Dockers of Ostmund walk out for a third week",
    }
}

fn each_clause(code: &str, change: impl Fn(Form, usize, &Clause) -> Option<String>) {
    let rules = rules();
    let mut wrong = Vec::new();
    for form in FORMS {
        for clause in &CLAUSES {
            let Some(text) = change(
                form,
                CLAUSES
                    .iter()
                    .position(|of| std::ptr::eq(of, clause))
                    .expect("one of them"),
                clause,
            ) else {
                continue;
            };
            let outcome = outcome(&rules, form, &text);
            let name = clause.rules.join(" and ");
            if told(&outcome) != expected(clause, code) {
                wrong.push(format!("{form:?}, {name}: told {:?}", told(&outcome)));
                continue;
            }
            if outcome
                .met
                .iter()
                .any(|met| clause.rules.contains(&met.rule.as_str()))
            {
                wrong.push(format!("{form:?}, {name}: told and met"));
            }
            for finding in &outcome.findings {
                let slice = &text[finding.location.span.range()];
                let right = if code == "missing" {
                    // of a text, the first block begins with the title and may go on
                    let anchor = anchor(form, &text);
                    if form == Form::Text {
                        slice.starts_with(anchor)
                    } else {
                        slice == anchor
                    }
                } else {
                    clause.plain.contains(slice) && slice.contains(' ')
                };
                if !right {
                    wrong.push(format!(
                        "{form:?}, {}: the span lies on {slice:?}",
                        finding.rule
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn without(form: Form, left_out: usize, matter: &str, end: &str) -> String {
    let clauses = clauses(|at, clause| {
        if at == left_out {
            String::new()
        } else {
            as_written(form, clause)
        }
    });
    article(form, &clauses, matter, end)
}

#[test]
fn a_clause_that_is_taken_out_is_missing() {
    each_clause("missing", |form, at, _| Some(without(form, at, "", "")));
}

#[test]
fn a_clause_that_is_turned_round_is_missing() {
    each_clause("missing", |form, at, _| {
        let clauses = clauses(|number, clause| {
            if number == at {
                clause.reversed.to_owned()
            } else {
                as_written(form, clause)
            }
        });
        Some(article(form, &clauses, "", ""))
    });
}

#[test]
fn a_clause_that_is_asked_is_missing() {
    each_clause("missing", |form, at, clause| {
        let question = format!(
            "Is it so? Is it true that {}?",
            clause.plain.trim_end_matches('.')
        );
        let clauses = clauses(|number, clause| {
            if number == at {
                question.clone()
            } else {
                as_written(form, clause)
            }
        });
        Some(article(form, &clauses, "", ""))
    });
}

/// Puts each clause where a reader of the Markdown page does not see it.
fn hidden(matter: impl Fn(&str) -> String, end: impl Fn(&str) -> String) {
    each_clause("hidden", |form, at, clause| {
        (form == Form::Markdown)
            .then(|| without(form, at, &matter(clause.plain), &end(clause.plain)))
    });
}

fn nothing(_: &str) -> String {
    String::new()
}

#[test]
fn a_clause_in_a_comment_is_hidden() {
    hidden(nothing, |clause| format!("<!-- {clause} -->"));
}

#[test]
fn a_clause_in_a_collapsed_box_is_hidden() {
    hidden(nothing, |clause| {
        format!("<details>\n<summary>Small print</summary>\n\n{clause}\n\n</details>")
    });
}

#[test]
fn a_clause_in_a_code_fence_is_hidden() {
    hidden(nothing, |clause| format!("```text\n{clause}\n```"));
}

#[test]
fn a_clause_in_front_matter_is_hidden() {
    hidden(|clause| format!("footer: \"{clause}\"\n"), nothing);
}

#[test]
fn a_clause_in_an_open_box_is_met() {
    let rules = rules();
    for (at, clause) in CLAUSES.iter().enumerate() {
        let end = format!(
            "<details open>\n<summary>Small print</summary>\n\n{}\n\n</details>",
            clause.plain
        );
        let outcome = outcome(
            &rules,
            Form::Markdown,
            &without(Form::Markdown, at, "", &end),
        );
        assert_eq!(told(&outcome), [], "{:?}", clause.rules);
    }
}

#[test]
fn half_of_the_risk_warning_is_missing_by_itself() {
    let rules = rules();
    for form in FORMS {
        let half = "Whoever weighs shares should remember that trading CFDs carries a considerable degree of risk.";
        let clauses = clauses(|at, clause| {
            if at == RISK {
                half.to_owned()
            } else {
                as_written(form, clause)
            }
        });
        let outcome = outcome(&rules, form, &article(form, &clauses, "", ""));
        assert_eq!(
            told(&outcome),
            [("house/capital-at-risk".to_owned(), "missing".to_owned())],
            "{form:?}"
        );
    }
}

#[test]
fn the_clauses_are_in_their_places() {
    let of = |at: usize| CLAUSES[at].rules[0];
    assert_eq!(
        [EU, VIEWS, ADVICE, RISK, PAST, INFORMATION, UK].map(of),
        [
            "house/eu-access-restriction",
            "house/authors-views",
            "house/no-investment-advice",
            "house/capital-at-risk",
            "house/past-performance",
            "house/informational-purposes",
            "house/uk-retail-crypto-restriction",
        ]
    );
}
