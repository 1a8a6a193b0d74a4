//! The kind `placeholder`: values that nobody filled in, each with a text that is near and none; and the rule of the core pack.

use serde_json::Value;

use crate::placement::{mistake, outcome, told};
use crate::{caveat, folder, list, report, text};

/// A pack whose rule has these lines in its table.
fn pack(lines: &str) -> String {
    format!(
        "[pack]\nname = \"case\"\n\n[[rule]]\nid = \"r\"\ntitle = \"R\"\nseverity = \"warning\"\nmessage = \"not filled in\"\n[rule.placeholder]\n{lines}\n"
    )
}

/// What is found in a page, each as its code and the slice under its span.
fn found(lines: &str, syntax: &str, page: &str) -> Vec<(&'static str, String)> {
    let outcome = outcome(&pack(lines), syntax, page);
    let all = told(&outcome.findings).into_iter();
    all.map(|(code, at, _)| (code, at)).collect()
}

#[track_caller]
fn finds(syntax: &str, page: &str, at: &[&str]) {
    let wanted: Vec<_> = at
        .iter()
        .map(|at| ("prohibited", (*at).to_owned()))
        .collect();
    assert_eq!(found("", syntax, page), wanted, "{syntax}: {page}");
}

/// In Markdown: a sentence with a placeholder, what it is, and a sentence that is near and has none.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "[insert percentage per provider]% of accounts lose.",
        "[insert percentage per provider]%",
        "Press [Insert] to add a row.",
    ),
    (
        "About [insert percentage] of accounts lose.",
        "[insert percentage]",
        "About [insert percentage](/rows) is the page.",
    ),
    (
        "A loss of [●]% in one year.",
        "[●]%",
        "A loss of [74]% in one year.",
    ),
    (
        "By [•], the loss had doubled.",
        "[•]",
        "The loss [*] had doubled.",
    ),
    ("A share of [X]% lose.", "[X]%", "See [X], [x] and [1]."),
    (
        "About •% of it is lost.",
        "•%",
        "The index fell • Percent change since the trough.",
    ),
    (
        "They lost ${loss_percent}% of it.",
        "${loss_percent}%",
        "where ${y_t}$ is a process and ${loss_rate}$ a rate.",
    ),
    (
        "They lost {{ loss }} in a year.",
        "{{ loss }}",
        "See ![the loss]({{ loss.picture }}/a b.png) there.",
    ),
    (
        "XX% of accounts lose.",
        "XX%",
        "Chapter XX has 30% of the pages, and part XXX none.",
    ),
    (
        "They lost XX.X % of it.",
        "XX.X %",
        "They lost 1x.3 % of it.",
    ),
    (
        "Between XX–XX% of accounts.",
        "XX–XX%",
        "Between 20–30% of accounts.",
    ),
    (
        "X% of retail accounts lose.",
        "X%",
        "If you lose X%, you need more than X% to be back.",
    ),
    (
        "And {{loss_percent}} of accounts.",
        "{{loss_percent}}",
        "And `{{loss_percent}}` of accounts.",
    ),
    (
        "And ${loss} of accounts.",
        "${loss}",
        "And ${ of accounts }.",
    ),
    (
        "And %LOSS% of accounts.",
        "%LOSS%",
        "From 5% to 6%, at /a%20b%C3%A4.",
    ),
    (
        "And {loss}% of accounts.",
        "{loss}%",
        "The set {a, b} is 5% of it.",
    ),
    (
        "Now <loss percent>% of accounts.",
        "<loss percent>%",
        "Now <b>74</b>% of accounts.",
    ),
    (
        "<loss percent>% of accounts.",
        "<loss percent>%",
        "<b>74</b>% of accounts.",
    ),
    (
        "Now &lt;loss percent&gt;% of accounts.",
        "&lt;loss percent&gt;%",
        "Now &lt;74%&gt; of accounts.",
    ),
    (
        "You deal with <firm name>.",
        "<firm name>",
        "You deal with <span class=\"firm name\">Pellam</span>.",
    ),
    (
        "The fee is TBD.",
        "TBD",
        "The fee is paid to TBC Bank, and the TBA market rose.",
    ),
    (
        "The fee is TODO, as it was.",
        "TODO",
        "All things to do: todo lists.",
    ),
    ("A fee of N/A % a year.", "N/A %", "A fee: n/a."),
    (
        "A fee of ____ % a year.",
        "____ %",
        "A fee of __5 %__ a year.",
    ),
    (
        "A fee of \\_\\_% a year.",
        "\\_\\_%",
        "Sign here: \\_\\_\\_\\_\\_\\_",
    ),
    ("A fee of ??% a year.", "??%", "A fee? 5% a year."),
    ("A fee of £XX a year.", "£XX", "A fee of £20 a year."),
    ("A fee of €[●] a year.", "€[●]", "A fee of €[20] a year."),
    (
        "Lorem ipsum dolor sit amet, elit.",
        "Lorem ipsum dolor sit amet",
        "Lorem is a name.",
    ),
    (
        "[Company name] gives no advice.",
        "[Company name]",
        "The [company] gives no advice.",
    ),
    (
        "You deal with [Firm].",
        "[Firm]",
        "You deal with [Firm](https://firm.example).",
    ),
    (
        "Ask [NAME] for it.",
        "[NAME]",
        "Ask for it[^name].\n\n[^name]: A note.",
    ),
    (
        "\\[Name of firm\\] is registered.",
        "\\[Name of firm\\]",
        "[Name of firm][1] is registered.\n\n[1]: https://firm.example",
    ),
    (
        "Our licence number is XXXXXX.",
        "XXXXXX",
        "Our card number is XXXX XXXX XXXX 1234.",
    ),
    (
        "Only undefined% of accounts lose.",
        "undefined%",
        "What is undefined is null, and NaN is no number.",
    ),
    (
        "Only **XX** % of accounts lose.",
        "XX** %",
        "Only **74** % of accounts lose.",
    ),
];

#[test]
fn each_sort_of_placeholder_is_found_and_what_is_near_is_none() {
    for (bad, at, good) in PAIRS {
        finds("markdown", bad, &[at]);
        finds("markdown", good, &[]);
    }
    // a formula, and what a program takes
    finds(
        "markdown",
        "A rate of $\\frac{win}{loss}$ and $R_{fee}$.",
        &[],
    );
    finds("markdown", "Then [add|remove|list] a fee.", &[]);
    // the signs of a list of things to do
    finds("markdown", "- [x] done\n- [ ] open\n- [X] too\n", &[]);
    finds("markdown", "```\nXX% [Company name]\n```\n", &[]);
}

#[test]
fn it_is_found_in_every_syntax() {
    let html = "<h1>Fees</h1><p>About <b>XX</b>&nbsp;% of accounts, says [<i>Company</i> name].</p><!-- XX% --><code>XX%</code>";
    finds("html", html, &["XX</b>&nbsp;%", "[<i>Company</i> name]"]);
    finds(
        "html",
        "<p><percentage>% of accounts</p><p><b>%</b> of all</p>",
        &["<percentage>%"],
    );
    finds(
        "asciidoc",
        "About XX% of accounts, says [●].\n",
        &["XX%", "[●]"],
    );
    finds("rst", "About XX% of accounts.\n", &["XX%"]);
    finds("mdx", "About XX% of accounts.\n", &["XX%"]);
    finds(
        "text",
        "About [insert percentage]% of accounts.\n",
        &["[insert percentage]%"],
    );
}

#[test]
fn what_a_program_fills_in_is_not_known() {
    for (syntax, page, at) in [
        (
            "html",
            "<p>About {{ loss }}% of accounts.</p>",
            "{{ loss }}%",
        ),
        (
            "markdown",
            "{% if loss %}\n\nAbout {{ loss }}% of accounts.\n\n{% endif %}\n",
            "{{ loss }}%",
        ),
        ("mdx", "About {loss}% of accounts.\n", "{loss}%"),
        ("mdx", "About <Loss />% of accounts.\n", "<Loss />%"),
    ] {
        let outcome = outcome(&pack(""), syntax, page);
        assert_eq!(
            told(&outcome.findings),
            [("unverifiable", at.to_owned(), vec![])],
            "{page}"
        );
        assert_eq!(outcome.findings[0].severity, caveat::Severity::Note);
    }
    // the value is known, or it is code
    finds("mdx", "About {\"74\"}% and `x`% of accounts.\n", &[]);
}

#[test]
fn the_rule_says_which_sentences_count() {
    let fees = "sentence = [\"fee(s|)\"]\nunless-sentence = [\"draft\"]\nunless = [\"xx %\"]\nregex = ['@@[a-z]+@@']";
    let prohibited = |at: &str| vec![("prohibited", at.to_owned())];
    for (page, at) in [
        ("The fee is TBD. The day is TBD.", "TBD"),
        (
            "# Fees\n\nFrom June: [●].\n\n# Days\n\nFrom June: [●].\n",
            "[●]",
        ),
        ("Our fees:\n\n- from June: [●]\n", "[●]"),
        ("| Fee | £XX |\n| --- | --- |\n| Day | TBD |\n", "£XX"),
        ("The fee is @@later@@.", "@@later@@"),
    ] {
        let got = found(fees, "markdown", page);
        assert_eq!(got.first(), prohibited(at).first(), "{page}");
        assert_eq!(got.len(), 1, "{page}: {got:?}");
    }
    for page in [
        "The day is TBD.",
        "A draft: the fee is TBD.",
        "# Draft\n\nThe fee is TBD.\n",
        "A fee of XX %.",
    ] {
        assert_eq!(found(fees, "markdown", page), [], "{page}");
    }
    // words of the placeholder itself take nothing back
    let own = "unless-sentence = [\"insert\"]";
    let long = "[insert time required before the product matures and pays]";
    assert_eq!(
        found(own, "markdown", &format!("After {long}.")),
        prohibited(long)
    );
    assert_eq!(found(own, "markdown", "Insert XX% here."), []);
}

#[test]
fn what_is_quoted_counts_where_the_rule_says_so() {
    for page in [
        "It reads \"XX% of accounts lose\".",
        "> XX% of accounts lose.",
        "The words “[●]% of accounts”.",
    ] {
        assert_eq!(found("", "markdown", page), [], "{page}");
        assert_eq!(
            found("sense = \"mention\"", "markdown", page).len(),
            1,
            "{page}"
        );
    }
}

#[test]
fn a_wrong_key_is_told_under_its_characters() {
    for (lines, says, at) in [
        ("sentense = [\"a\"]", "`sentense`", "sentense"),
        ("sentence = 5", "sentence", "5"),
        ("sentence = [\"(fee\"]", "(", "("),
        ("regex = [\"[a\"]", "", "\"[a\""),
        ("sense = \"claims\"", "claims", "\"claims\""),
        ("unless = [5]", "", "5"),
    ] {
        let (slice, message) = mistake(&format!("[rule.placeholder]\n{lines}\n"));
        assert_eq!(slice, at, "{message}");
        assert!(message.contains(says), "{lines}: {message}");
    }
}

/// What is found in a project: path, code, severity, slice.
fn project(files: &[(&str, &str)], arguments: &[&str]) -> Vec<[String; 4]> {
    let project = folder(files);
    let report = report(project.path(), arguments);
    let of = |finding: &Value, key: &str| text(finding, key).to_owned();
    let findings = list(&report, "findings").iter();
    findings
        .map(|found| {
            [
                of(found, "path"),
                of(found, "code"),
                of(found, "severity"),
                of(found, "text"),
            ]
        })
        .collect()
}

fn told_of(path: &str, code: &str, severity: &str, at: &str) -> [String; 4] {
    [path, code, severity, at].map(str::to_owned)
}

const LOSS: &str = "of retail investor accounts lose money when they trade.";

#[test]
fn it_lies_in_the_file_that_is_brought_in() {
    let include = format!("XX% {LOSS}\n");
    let files = [
        (".git/HEAD", ""),
        (
            "mkdocs.yml",
            "site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets\n",
        ),
        ("parts/risk.md", include.as_str()),
        ("docs/page.md", "# Trading\n\n--8<-- \"parts/risk.md\"\n"),
    ];
    let found = project(&files, &["docs"]);
    assert_eq!(
        found,
        [told_of("parts/risk.md", "prohibited", "warning", "XX%")]
    );
}

#[test]
fn a_template_is_judged_by_what_it_puts_out() {
    let jekyll = |page: &str| {
        let config = "title: A\nloss: XX\nrate: 74\n";
        project(
            &[
                (".git/HEAD", ""),
                ("_config.yml", config),
                ("page.md", page),
            ],
            &["page.md"],
        )
    };
    let page = |value: &str| format!("---\ntitle: Trading\n---\n\n{value}% {LOSS}\n");
    assert_eq!(jekyll(&page("{{ site.rate }}")), [] as [[String; 4]; 0]);
    let found = jekyll(&page("{{ site.loss }}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0][..3],
        told_of("_config.yml", "prohibited", "warning", "")[..3]
    );
    // nothing here knows the data of the site's plugins
    let found = jekyll(&page("{{ site.data.loss | plugin }}"));
    assert_eq!(
        found,
        [told_of(
            "page.md",
            "unverifiable",
            "note",
            "{{ site.data.loss | plugin }}%"
        )]
    );
    // a condition that nothing here decides may show it
    let found = jekyll(&page(
        "{% if site.data.x contains page.y %}XX% of clients lose money.{% endif %} 74",
    ));
    assert_eq!(
        found,
        [told_of("page.md", "unverifiable", "warning", "XX%")]
    );
}

#[test]
fn the_generator_says_whether_braces_are_evaluated() {
    let page = format!("{{{{ loss_percent }}}}% {LOSS}\n");
    let at = "{{ loss_percent }}%";
    let with =
        |mark: (&str, &str)| project(&[(".git/HEAD", ""), mark, ("page.md", &page)], &["page.md"]);
    for mark in [
        ("hugo.toml", ""),
        ("README", ""),
        ("mkdocs.yml", "plugins:\n  - search\n"),
    ] {
        assert_eq!(
            with(mark),
            [told_of("page.md", "prohibited", "warning", at)],
            "{mark:?}"
        );
    }
    for mark in [
        (".vitepress/config.ts", ""),
        ("mkdocs.yml", "plugins:\n  - macros\n"),
    ] {
        assert_eq!(
            with(mark),
            [told_of("page.md", "unverifiable", "note", at)],
            "{mark:?}"
        );
    }
    // in a built site nothing is filled in any more
    let built = [
        (".git/HEAD", ""),
        ("public/page.html", &*format!("<p>{page}</p>")),
    ];
    let found = project(&built, &["--site=public"]);
    assert_eq!(
        found,
        [told_of("public/page.html", "prohibited", "warning", at)]
    );
    // strings of an app are filled in when it runs
    let strings = [
        (".git/HEAD", ""),
        (
            "caveat.toml",
            "packs = [\"core\"]\n[[data]]\npath = [\"*.json\"]\n",
        ),
        ("en.json", &*format!("{{\"risk\": \"{{loss}}% {LOSS}\"}}\n")),
    ];
    assert_eq!(
        project(&strings, &["."]),
        [told_of("en.json", "unverifiable", "note", "{loss}%")]
    );
}

/// An approved text whose rule applies tells of its own values, and nothing else does; where no rule asks for it, this one does.
#[test]
fn a_value_is_told_once() {
    let page = "CFDs are complex instruments and come with a high risk of losing money rapidly due to leverage. [insert percentage per provider]% of retail investor accounts lose money when trading CFDs with this provider. You should consider whether you understand how CFDs work and whether you can afford to take the high risk of losing your money.\n";
    let config = |more: &str| format!("packs = [\"core\", \"uk\"]\n{more}");
    let with = |more: &str| {
        let page = format!("Trade CFDs with us today.\n\n{page}");
        project(
            &[
                (".git/HEAD", ""),
                ("caveat.toml", &config(more)),
                ("page.md", &page),
            ],
            &["page.md"],
        )
    };
    let at = "[insert percentage per provider]%";
    let uk =
        with("[defaults]\njurisdiction = [\"uk\"]\naudience = [\"retail\"]\nproduct = [\"cfd\"]\n");
    let of: Vec<_> = uk.iter().filter(|of| of[3] == at).collect();
    assert_eq!(of, [&told_of("page.md", "altered", "error", at)], "{uk:?}");
    let nowhere = with("");
    let of: Vec<_> = nowhere.iter().filter(|of| of[3] == at).collect();
    assert_eq!(
        of,
        [&told_of("page.md", "prohibited", "warning", at)],
        "{nowhere:?}"
    );
}

#[test]
fn the_message_says_what_belongs_there() {
    for (page, says) in [
        ("XX% of it", "`XX%` stands where a percentage belongs"),
        (
            "[Company name] is",
            "`[Company name]` stands where a name belongs",
        ),
        ("A fee of £XX.", "`£XX` stands where an amount belongs"),
        (
            "Since XX/XX/XXXX.",
            "`XX/XX/XXXX` stands where a date belongs",
        ),
        (
            "And {{ loss }}%.",
            "`{{ loss }}%` stands where a percentage belongs, and nothing fills it in",
        ),
        ("TODO: fees", "`TODO` is a note to the author"),
        (
            "At NaN%.",
            "`NaN%` stands where a percentage belongs: a program had none",
        ),
    ] {
        let outcome = outcome(&pack(""), "markdown", page);
        assert_eq!(outcome.findings.len(), 1, "{page}");
        assert_eq!(
            outcome.findings[0].message,
            format!("not filled in: {says}")
        );
    }
}

#[test]
fn the_core_rule_keeps_to_its_field() {
    let core = |page: &str| {
        project(
            &[(".git/HEAD", ""), ("page.md", page)],
            &["--rule", "core/unfilled", "page.md"],
        )
    };
    for (page, at) in [
        ("[X]% of retail investor accounts lose money.", "[X]%"),
        ("The fund returned XX.X% in 2025.", "XX.X%"),
        ("Our annual management fee is TBC.", "TBC"),
        (
            "Representative example: 12.9% APR, an annual fee of £XX.",
            "£XX",
        ),
        (
            "[Firm] is authorised and regulated by the Financial Conduct Authority.",
            "[Firm]",
        ),
        (
            "Pellam is regulated by the FCA under licence number XXXXXX.",
            "XXXXXX",
        ),
        (
            "## Risk warning\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit.",
            "Lorem ipsum dolor sit amet",
        ),
        (
            "Bei diesem Anbieter: XX % der Kleinanlegerkonten verlieren Geld.",
            "XX %",
        ),
    ] {
        assert_eq!(
            core(page),
            [told_of("page.md", "prohibited", "warning", at)],
            "{page}"
        );
    }
    for page in [
        // no language of the field
        "The release is TBD. [Name] is a variable, and XX% of tests pass.",
        // what the law says
        "Under COBS 22.5 the warning reads: \"[insert percentage]% of retail investor accounts lose money\".",
        "Firms must insert the percentage: XX% of retail investor accounts lose money.",
        "> [insert percentage]% of retail investor accounts lose money.",
        // code and its documentation
        "The annual fee is rendered by the template as {{ fee }}%.",
        "Call `fee({{ rate }})` for the interest rate.",
        "## Fees and charges\n\nTODO: implement the fee calculation method.",
        // a sum
        "If an account returns X% and the fund lost money, you need Y%.",
    ] {
        assert_eq!(core(page), [] as [[String; 4]; 0], "{page}");
    }
}

#[test]
fn the_program_knows_the_kind() {
    let project = folder(&[(".git/HEAD", "")]);
    let explained = caveat(project.path(), &["explain", "core/unfilled"]);
    assert!(
        explained
            .out
            .contains("placeholder: No value may be left to be filled in."),
        "{}",
        explained.out
    );
    let schema = caveat(project.path(), &["schema", "pack"]);
    assert!(schema.out.contains("\"placeholder\""), "{}", schema.out);
}
