//! Placement: where a text must stand and how it must be shown. Each demand has pages that meet it and pages that break it, in
//! several syntaxes; what lies under each span is told as the slice of the page.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat::lint::Outcome;
use caveat::{Facts, Finding, RuleSet, Source, lint, rule, syntax};

/// The approved text of the pack.
pub(crate) const TEXT: &str = "Your capital is at risk.";

/// A pack of one approved text, and of one rule with these tables.
pub(crate) fn pack(when: &str, demands: &str) -> String {
    format!(
        "[pack]\nname = \"case\"\n\n[[disclosure]]\nid = \"risk\"\n[[disclosure.version]]\ntext.en = \"{TEXT}\"\n\n\
         [[rule]]\nid = \"r\"\ntitle = \"R\"\nseverity = \"error\"\nmessage = \"the risk is not told\"\n{when}\n{demands}\n"
    )
}

const MENTIONS: &str = "[rule.when]\nmentions = [\"staking\", \"yield*\"]\n";

pub(crate) fn outcome(toml: &str, named: &str, page: &str) -> Outcome {
    let source = Arc::new(Source::new("rules.toml", toml));
    let (pack, mistakes) = rule::load(&source, &BTreeMap::new());
    let told: Vec<_> = mistakes.iter().map(|of| &of.message).collect();
    assert!(told.is_empty(), "{told:?}\n{toml}");
    let pack = Arc::new(pack);
    let rules = RuleSet::compile(&pack.rules, &BTreeMap::new(), std::slice::from_ref(&pack));
    let syntax = syntax::named(named).expect("a syntax");
    let page = Arc::new(Source::new("page", page));
    lint(&syntax.parse(&page), &rules, &Facts::default())
}

/// Code, the slice under the primary span, the slices under the related ones.
pub(crate) fn told(findings: &[Finding]) -> Vec<(&'static str, String, Vec<String>)> {
    findings
        .iter()
        .map(|of| {
            let related = of.related.iter();
            let related = related.filter(|of| of.message != "the approved wording");
            (
                of.code.name(),
                of.location.text().to_owned(),
                related.map(|of| of.location.text().to_owned()).collect(),
            )
        })
        .collect()
}

/// A page that the rule is met on.
#[track_caller]
pub(crate) fn meets(toml: &str, syntax: &str, page: &str) {
    let outcome = outcome(toml, syntax, page);
    let told = told(&outcome.findings);
    assert!(told.is_empty(), "{syntax}: {told:?}\n{page}");
}

/// A page with one finding of code `misplaced`: what lies under it, and where the text is owed.
#[track_caller]
fn breaks(toml: &str, syntax: &str, page: &str, primary: &str, owed: &[&str]) {
    let outcome = outcome(toml, syntax, page);
    let got = told(&outcome.findings);
    let owed: Vec<String> = owed.iter().map(|of| (*of).to_owned()).collect();
    let wanted = [("misplaced", primary.to_owned(), owed)];
    assert_eq!(got, wanted, "{syntax}: {:?}\n{page}", outcome.findings);
}

/// The rule as one of a prescribed text, and as one of phrases.
fn both(when: &str, place: &str) -> [String; 2] {
    let text = format!("[rule.required]\ndisclosure = \"risk\"\n{place}\n");
    let phrase = format!("[rule.required]\nany = [\"capital is at risk\"]\n{place}\n");
    [pack(when, &text), pack(when, &phrase)]
}

/// What lies under the primary span for each of the two.
const WORDS: [&str; 2] = ["Your capital is at risk", "capital is at risk"];

#[track_caller]
fn each_meets(when: &str, place: &str, syntax: &str, page: &str) {
    for toml in both(when, place) {
        meets(&toml, syntax, page);
    }
}

#[track_caller]
fn each_breaks(when: &str, place: &str, syntax: &str, page: &str, owed: &[&str]) {
    for (toml, words) in both(when, place).iter().zip(WORDS) {
        breaks(toml, syntax, page, words, owed);
    }
}

const TOP: &str = "place = \"top\"";

#[test]
fn the_top_is_before_the_second_heading_and_within_three_blocks() {
    each_meets(
        "",
        TOP,
        "markdown",
        &format!("# Staking\n\nIntro.\n\n{TEXT}\n\n## More\n\nWords.\n"),
    );
    each_meets(
        "",
        TOP,
        "markdown",
        &format!("---\ntitle: x\n---\n\n{TEXT}\n"),
    );
    each_meets(
        "",
        TOP,
        "html",
        &format!(
            "<header><nav><a href='/'>Home</a><a href='/b'>Blog</a></nav></header><main><h1>Staking</h1><p>{TEXT}</p><h2>More</h2><p>Words.</p></main>"
        ),
    );
    each_breaks(
        "",
        TOP,
        "markdown",
        &format!("# Staking\n\nOne.\n\nTwo.\n\n{TEXT}\n"),
        &["Staking"],
    );
    each_breaks(
        "",
        TOP,
        "markdown",
        &format!("# Staking\n\n## More\n\n{TEXT}\n"),
        &["Staking"],
    );
    each_breaks(
        "",
        TOP,
        "html",
        &format!("<h1>Staking</h1><h2>More</h2><p>{TEXT}</p>"),
        &["Staking"],
    );
    each_breaks(
        "",
        TOP,
        "asciidoc",
        &format!("= Staking\n\nOne.\n\nTwo.\n\n{TEXT}\n"),
        &["Staking"],
    );
    each_breaks(
        "",
        TOP,
        "rst",
        &format!("Staking\n=======\n\nOne.\n\nTwo.\n\n{TEXT}\n"),
        &["Staking"],
    );
}

#[test]
fn the_bottom_is_within_the_last_three_blocks_or_below_them() {
    let bottom = "place = \"bottom\"";
    each_meets(
        "",
        bottom,
        "markdown",
        &format!("# Staking\n\nOne.\n\nTwo.\n\n{TEXT}\n\nSee you.\n"),
    );
    each_meets(
        "",
        bottom,
        "html",
        &format!(
            "<main><h1>Staking</h1><p>One.</p><p>Two.</p><p>Three.</p></main><footer><p>{TEXT}</p></footer>"
        ),
    );
    each_breaks(
        "",
        bottom,
        "markdown",
        &format!("# Staking\n\n{TEXT}\n\nOne.\n\nTwo.\n\nThree.\n"),
        &["Three."],
    );
    each_breaks(
        "",
        bottom,
        "html",
        &format!("<h1>Staking</h1><p>{TEXT}</p><p>One.</p><p>Two.</p><p>Three.</p>"),
        &["Three."],
    );
}

#[test]
fn before_the_trigger_and_not_counting_the_triggers_in_the_text_itself() {
    let before = "place = \"before-trigger\"";
    each_meets(
        MENTIONS,
        before,
        "markdown",
        &format!("# Rewards\n\n{TEXT}\n\nStaking is open.\n"),
    );
    each_meets(
        MENTIONS,
        before,
        "html",
        &format!("<p>{TEXT} Staking is open.</p>"),
    );
    each_breaks(
        MENTIONS,
        before,
        "markdown",
        &format!("# Rewards\n\nStaking is open.\n\n{TEXT}\n\nYields vary.\n"),
        &["Staking"],
    );
    each_breaks(
        MENTIONS,
        before,
        "html",
        &format!("<h1>Rewards</h1><p>Staking is open.</p><p>{TEXT}</p>"),
        &["Staking"],
    );
    each_breaks(
        MENTIONS,
        before,
        "asciidoc",
        &format!("= Rewards\n\n*Staking* is open.\n\n{TEXT}\n"),
        &["Staking"],
    );
    each_breaks(
        MENTIONS,
        before,
        "rst",
        &format!("Rewards\n=======\n\n**Staking** is open.\n\n{TEXT}\n"),
        &["Staking"],
    );
    // a text that speaks of it itself is not owed before itself
    let own = pack(
        "[rule.when]\nmentions = [\"capital\"]\n",
        &format!("[rule.required]\ndisclosure = \"risk\"\n{before}\n"),
    );
    meets(
        &own,
        "markdown",
        &format!("# Rewards\n\n{TEXT}\n\nRaise capital.\n"),
    );
}

#[test]
fn in_the_section_of_each_trigger() {
    let same = "place = \"same-section\"";
    each_meets(
        MENTIONS,
        same,
        "markdown",
        &format!("# A\n\nStaking.\n\n{TEXT}\n\n## B\n\nNothing.\n"),
    );
    each_meets(
        MENTIONS,
        same,
        "markdown",
        &format!("# A\n\nStaking. {TEXT}\n\n## B\n\nYields vary.\n\n{TEXT}\n"),
    );
    each_breaks(
        MENTIONS,
        same,
        "markdown",
        &format!("# A\n\nStaking.\n\n{TEXT}\n\n## B\n\nYields vary.\n\n## C\n\nStaking too.\n"),
        &["Yields", "Staking"],
    );
    each_breaks(
        MENTIONS,
        same,
        "html",
        &format!("<h1>A</h1><p>Staking.</p><h2>B</h2><p>{TEXT}</p>"),
        &["Staking"],
    );
    each_breaks(
        MENTIONS,
        same,
        "asciidoc",
        &format!("= A\n\n== B\n\nStaking.\n\n== C\n\n{TEXT}\n"),
        &["Staking"],
    );
    each_breaks(
        MENTIONS,
        same,
        "rst",
        &format!("A\n=\n\nStaking.\n\nB\n-\n\n{TEXT}\n"),
        &["Staking"],
    );
}

#[test]
fn within_so_many_blocks_words_or_sections_of_each_anchor() {
    let within = |count: u32, of: &str, unit: &str| {
        format!("place = {{ within = {count}, of = \"{of}\", unit = \"{unit}\" }}")
    };
    let page = format!("# A\n\nStaking is open.\n\nOne two three.\n\n{TEXT}\n\n## B\n\nWords.\n");
    each_meets(MENTIONS, &within(2, "trigger", "blocks"), "markdown", &page);
    each_breaks(
        MENTIONS,
        &within(1, "trigger", "blocks"),
        "markdown",
        &page,
        &["Staking"],
    );
    // "is open", "One two three", and "Your" before the phrase
    each_meets(MENTIONS, &within(6, "trigger", "words"), "markdown", &page);
    each_breaks(
        MENTIONS,
        &within(4, "trigger", "words"),
        "markdown",
        &page,
        &["Staking"],
    );
    let sections = format!("# A\n\nStaking.\n\n## B\n\nWords.\n\n## C\n\n{TEXT}\n");
    each_meets(
        MENTIONS,
        &within(2, "trigger", "sections"),
        "markdown",
        &sections,
    );
    each_breaks(
        MENTIONS,
        &within(1, "trigger", "sections"),
        "markdown",
        &sections,
        &["Staking"],
    );
    each_breaks(
        "",
        &within(0, "start", "blocks"),
        "html",
        &format!("<p>Hello.</p><p>{TEXT}</p>"),
        &["Hello."],
    );
    each_meets(
        "",
        &within(0, "end", "blocks"),
        "html",
        &format!("<p>Hello.</p><p>Bye. {TEXT}</p>"),
    );
    // each of them, not the first alone
    let twice = format!("Staking. {TEXT}\n\nOne.\n\nTwo.\n\nYields.\n");
    each_breaks(
        MENTIONS,
        &within(1, "trigger", "blocks"),
        "markdown",
        &twice,
        &["Yields"],
    );
}

#[test]
fn a_claim_is_a_trigger_in_the_pages_own_voice() {
    let place = |of: &str| format!("place = {{ within = 0, of = \"{of}\" }}");
    let page = format!("We do not offer staking.\n\nMore words.\n\n{TEXT}\n");
    each_breaks(MENTIONS, &place("trigger"), "markdown", &page, &["staking"]);
    each_meets(MENTIONS, &place("claim"), "markdown", &page);
    let claimed = format!("We offer staking.\n\n{TEXT}\n");
    each_breaks(
        MENTIONS,
        &place("claim"),
        "markdown",
        &claimed,
        &["staking"],
    );
}

#[test]
fn before_the_first_link_of_the_page_itself() {
    let place = "place = \"before-first-link\"";
    each_meets(
        "",
        place,
        "markdown",
        &format!("# A\n\n{TEXT} See [more](/more).\n"),
    );
    each_meets(
        "",
        place,
        "html",
        &format!("<nav><a href='/'>Home</a></nav><p>{TEXT}</p><p><a href='/more'>More</a></p>"),
    );
    // a link in the text itself is not the first
    each_meets(
        "",
        place,
        "markdown",
        "# A\n\nYour [capital is at risk](/risk).\n\n[More](/more)\n",
    );
    each_breaks(
        "",
        place,
        "markdown",
        &format!("# A\n\nSee [more](/more).\n\n{TEXT}\n"),
        &["[more](/more)"],
    );
    each_breaks(
        "",
        place,
        "markdown",
        &format!("# A\n\nSee [more][m]. {TEXT}\n\n[m]: /more\n"),
        &["[more][m]"],
    );
    each_breaks(
        "",
        place,
        "html",
        &format!("<p>See <a href='/more'>more</a>. {TEXT}</p>"),
        &["<a href='/more'>more</a>"],
    );
    each_breaks(
        "",
        place,
        "asciidoc",
        &format!("= A\n\nSee https://example.com/more[more].\n\n{TEXT}\n"),
        &["https://example.com/more"],
    );
    each_breaks(
        "",
        place,
        "rst",
        &format!("A\n=\n\nSee `more <https://example.com/more>`_. {TEXT}\n"),
        &["`more <https://example.com/more>`_"],
    );
    each_meets(
        "",
        place,
        "rst",
        &format!("A\n=\n\n{TEXT} See https://example.com/more for more.\n"),
    );
    // no link, nothing to be before
    each_meets("", place, "markdown", &format!("# A\n\n{TEXT}\n"));
}

#[test]
fn before_the_first_call_to_action() {
    let place = "place = \"before-first-cta\"";
    each_meets(
        "",
        place,
        "markdown",
        &format!("# A\n\nRead [our guide](/guide).\n\n{TEXT}\n\n[Start trading](/go)\n"),
    );
    each_breaks(
        "",
        place,
        "markdown",
        &format!("# A\n\n[**Open an account**](/go)\n\n{TEXT}\n"),
        &["[**Open an account**](/go)"],
    );
    each_breaks(
        "",
        place,
        "html",
        &format!("<h1>A</h1><a class='btn btn-primary' href='/go'>Los</a><p>{TEXT}</p>"),
        &["<a class='btn btn-primary' href='/go'>Los</a>"],
    );
    each_breaks(
        "",
        place,
        "asciidoc",
        &format!("= A\n\nlink:/go[Sign up today]\n\n{TEXT}\n"),
        &["/go"],
    );
    // words about it are no call
    each_meets(
        "",
        place,
        "markdown",
        &format!("# A\n\n[How to open an account](/guide)\n\n{TEXT}\n"),
    );
}

#[test]
fn before_the_first_affiliate_link() {
    let place = "place = \"before-first-affiliate-link\"";
    each_meets(
        "",
        place,
        "markdown",
        &format!("[Home](/)\n\n{TEXT}\n\n[Shop](https://amzn.to/3xyz)\n"),
    );
    each_breaks(
        "",
        place,
        "markdown",
        &format!("[Shop](https://www.amazon.com/dp/1?tag=me-20)\n\n{TEXT}\n"),
        &["[Shop](https://www.amazon.com/dp/1?tag=me-20)"],
    );
    each_breaks(
        "",
        place,
        "html",
        &format!(
            "<p><a rel='nofollow sponsored' href='https://shop.example/'>Shop</a></p><p>{TEXT}</p>"
        ),
        &["<a rel='nofollow sponsored' href='https://shop.example/'>Shop</a>"],
    );
}

/// What kramdown and Python-Markdown let stand after a link is said of it, and nobody reads it.
#[test]
fn an_attribute_list_after_a_link_belongs_to_it() {
    let place = "place = \"before-first-affiliate-link\"";
    for list in [
        "{: rel=\"sponsored\"}",
        "{:rel='nofollow sponsored' target=\"_blank\"}",
        "{: .button #shop rel=sponsored }",
    ] {
        each_breaks(
            "",
            place,
            "markdown",
            &format!("[Shop](https://shop.example/){list} now.\n\n{TEXT}\n"),
            &["[Shop](https://shop.example/)"],
        );
        // the words go on as if it were not there
        let phrase = pack("", "[rule.required]\nany = [\"shop now\"]\n");
        meets(
            &phrase,
            "markdown",
            &format!("[Shop](https://shop.example/){list} now.\n"),
        );
        meets(
            &phrase,
            "markdown",
            &format!("[Shop][s]{list} **now**.\n\n[s]: https://shop.example/\n"),
        );
    }
    for other in [
        // a class, another value, what is no attribute list, and what stands apart from the link
        "{: .sponsored}",
        "{: rel=\"nofollow\"}",
        "{: rel=\"sponsored\"",
        "{: rel=\"sponsored\" and more}",
        " {: rel=\"sponsored\"}",
        "{}",
    ] {
        each_meets(
            "",
            place,
            "markdown",
            &format!("[Shop](https://shop.example/){other} now.\n\n{TEXT}\n"),
        );
    }
    let read = pack("", "[rule.required]\nany = [\"capital is at risk\"]\n");
    meets(
        &read,
        "markdown",
        "[Shop](https://shop.example/){: Your capital is at risk}\n",
    );
}

#[test]
fn every_section_has_it() {
    let place = "place = \"every-section\"";
    each_meets(
        "",
        place,
        "markdown",
        &format!("# A\n\n## B\n\nWords. {TEXT}\n\n## C\n\n{TEXT}\n"),
    );
    each_breaks(
        "",
        place,
        "markdown",
        &format!("# A\n\nWords.\n\n## B\n\n{TEXT}\n\n## C\n\nWords.\n"),
        &["A", "C"],
    );
    each_breaks(
        "",
        place,
        "html",
        &format!("<h1>A</h1><h2>B</h2><p>{TEXT}</p><h2>C</h2><p>Words.</p>"),
        &["C"],
    );
}

#[test]
fn near_is_beside_each_place_that_says_one_of_its_phrases() {
    let near = "near = [\"up to {percent}\"]";
    each_meets(
        "",
        near,
        "markdown",
        &format!("Earn up to 5 %.\n\n{TEXT}\n"),
    );
    each_breaks(
        "",
        near,
        "markdown",
        &format!("Earn up to 5 %.\n\nWords.\n\n{TEXT}\n"),
        &["up to 5 %"],
    );
    each_breaks(
        "",
        near,
        "html",
        &format!("<p>Earn <b>up</b> to 5%.</p><p>Words.</p><p>{TEXT}</p>"),
        &["up</b> to 5%"],
    );
}

#[test]
fn what_it_may_not_stand_in() {
    let not_in = |what: &str| format!("not-in = [\"{what}\"]");
    each_breaks(
        "",
        &not_in("footnote"),
        "markdown",
        &format!("Words.[^1]\n\n[^1]: {TEXT}\n"),
        &[],
    );
    each_breaks(
        "",
        &not_in("table"),
        "markdown",
        &format!("| A |\n| --- |\n| {TEXT} |\n"),
        &[],
    );
    each_breaks(
        "",
        &not_in("quote"),
        "markdown",
        &format!("> {TEXT}\n"),
        &[],
    );
    each_meets(
        "",
        &not_in("quote"),
        "markdown",
        &format!("> [!WARNING]\n> {TEXT}\n"),
    );
    each_breaks(
        "",
        &not_in("heading"),
        "markdown",
        &format!("## {TEXT}\n"),
        &[],
    );
    each_breaks(
        "",
        &not_in("frame"),
        "html",
        &format!("<main><p>Words.</p></main><footer>{TEXT}</footer>"),
        &[],
    );
    each_breaks(
        "",
        &not_in("small"),
        "html",
        &format!("<p><small>{TEXT}</small></p>"),
        &[],
    );
    each_breaks(
        "",
        &not_in("small"),
        "html",
        &format!("<p style='font-size: 10px'>{TEXT}</p>"),
        &[],
    );
    each_breaks(
        "",
        &not_in("link-only"),
        "markdown",
        &format!("[{TEXT}](/risk)\n"),
        &[],
    );
    each_breaks(
        "",
        &not_in("link-only"),
        "html",
        &format!("<a href='/risk'>{TEXT}</a>"),
        &[],
    );
    each_breaks(
        "",
        &not_in("link-only"),
        "asciidoc",
        &format!("link:/risk[{TEXT}]\n"),
        &[],
    );
    each_breaks(
        "",
        &not_in("link-only"),
        "rst",
        &format!("`{TEXT} <https://example.com/risk>`__\n"),
        &[],
    );
    each_meets(
        "",
        &not_in("link-only"),
        "markdown",
        "Your [capital](/c) is at risk.\n",
    );
    // as renderers write a page's footnotes
    for notes in [
        format!(
            "<section data-footnotes class=\"footnotes\"><ol><li id=\"fn1\"><p>{TEXT}</p></li></ol></section>"
        ),
        format!("<div role='doc-endnotes'><hr><ol><li id='fn1'>{TEXT}</li></ol></div>"),
        format!(
            "<aside class='footnote brackets' role='doc-footnote'><span class='label'>1</span><p>{TEXT}</p></aside>"
        ),
        format!("<div class='footnote'>{TEXT}</div>"),
    ] {
        let page = format!(
            "<p>Words.<sup class='footnote'><a href='#fn1'>1</a></sup></p>{notes}<p>More.</p>"
        );
        each_breaks("", &not_in("footnote"), "html", &page, &[]);
    }
    each_meets(
        "",
        &not_in("footnote"),
        "html",
        &format!(
            "<div class='footnotes'><p>Words.</p></div><p>{TEXT}<sup class='footnote'><a href='#fn1'>1</a></sup></p>"
        ),
    );
    // one that is right is enough
    each_meets(
        "",
        &not_in("footnote"),
        "markdown",
        &format!("{TEXT}[^1]\n\n[^1]: {TEXT}\n"),
    );
}

#[test]
fn a_footnote_is_read_at_the_end() {
    let page = format!("Words.[^1]\n\n[^1]: {TEXT}\n\n[Shop](/shop)\n");
    each_breaks(
        "",
        "place = \"before-first-link\"",
        "markdown",
        &page,
        &["[Shop](/shop)"],
    );
    each_meets("", "place = \"bottom\"", "markdown", &page);
}

#[test]
fn how_it_must_be_shown() {
    let bold = "emphasis = \"bold\"";
    each_meets("", bold, "markdown", &format!("**{TEXT}**\n"));
    each_meets("", bold, "markdown", &format!("## {TEXT}\n"));
    each_meets(
        "",
        bold,
        "html",
        &format!("<p>So: <strong>{TEXT}</strong></p>"),
    );
    each_meets(
        "",
        bold,
        "html",
        &format!("<p style='font-weight: 700'>{TEXT}</p>"),
    );
    each_meets("", bold, "asciidoc", &format!("*{TEXT}*\n"));
    each_meets("", bold, "rst", &format!("**{TEXT}**\n"));
    each_breaks("", bold, "markdown", &format!("{TEXT}\n"), &[]);
    for (toml, words) in both("", bold)
        .iter()
        .zip(["Your **capital** is at risk", "capital** is at risk"])
    {
        breaks(
            toml,
            "markdown",
            "Your **capital** is at risk.\n",
            words,
            &[],
        );
    }
    let boxed = "emphasis = \"callout\"";
    each_meets(
        "",
        boxed,
        "markdown",
        &format!("> [!IMPORTANT]\n> {TEXT}\n"),
    );
    each_meets("", boxed, "markdown", &format!(":::warning\n{TEXT}\n:::\n"));
    each_meets("", boxed, "markdown", &format!("!!! danger\n    {TEXT}\n"));
    each_meets(
        "",
        boxed,
        "mdx",
        &format!("<Callout>\n  {TEXT}\n</Callout>\n"),
    );
    each_meets("", boxed, "html", &format!("<aside><p>{TEXT}</p></aside>"));
    each_meets(
        "",
        boxed,
        "html",
        &format!("<div style='border: 1px solid'><p>{TEXT}</p></div>"),
    );
    each_meets(
        "",
        boxed,
        "asciidoc",
        &format!("WARNING: {TEXT}\n\nWords.\n"),
    );
    each_meets(
        "",
        boxed,
        "asciidoc",
        &format!("[CAUTION]\n====\n{TEXT}\n====\n"),
    );
    each_meets("", boxed, "rst", &format!(".. warning::\n\n   {TEXT}\n"));
    each_breaks(
        "",
        boxed,
        "markdown",
        &format!(":::warning\nWords.\n:::\n\n{TEXT}\n"),
        &[],
    );
    each_breaks(
        "",
        boxed,
        "asciidoc",
        &format!("WARNING: Words.\n\n{TEXT}\n"),
        &[],
    );
    each_breaks(
        "",
        boxed,
        "rst",
        &format!(".. warning::\n\n   Words.\n\n{TEXT}\n"),
        &[],
    );
    each_meets(
        "",
        "emphasis = [\"bold\", \"callout\"]",
        "markdown",
        &format!("> [!TIP]\n> {TEXT}\n"),
    );
}

/// The one mistake of a rule with these tables: what lies under it, and what is said.
#[track_caller]
pub(crate) fn mistake(demands: &str) -> (String, String) {
    let source = Arc::new(Source::new("rules.toml", pack("", demands)));
    let (_, mistakes) = rule::load(&source, &BTreeMap::new());
    let [only] = &mistakes[..] else {
        panic!("{demands}: {mistakes:?}");
    };
    (only.location.text().to_owned(), only.message.clone())
}

#[test]
fn what_a_rule_says_wrong_of_a_place_lies_under_its_own_characters() {
    let wrong = |line: &str| mistake(&format!("[rule.required]\ndisclosure = \"risk\"\n{line}\n"));
    for (line, at, says) in [
        ("place = \"topp\"", "\"topp\"", "no value of `place`"),
        ("place = 3", "3", "`place` is"),
        ("place = [\"top\"]", "[\"top\"]", "`place` is"),
        (
            "place = { of = \"link\" }",
            "{ of = \"link\" }",
            "`within` is missing",
        ),
        (
            "place = { within = 2 }",
            "{ within = 2 }",
            "`of` is missing",
        ),
        (
            "place = { within = -1, of = \"link\" }",
            "-1",
            "from 0 to 10000",
        ),
        (
            "place = { within = 10001, of = \"link\" }",
            "10001",
            "from 0 to 10000",
        ),
        (
            "place = { within = \"2\", of = \"link\" }",
            "\"2\"",
            "a whole number",
        ),
        (
            "place = { within = 2, of = \"links\" }",
            "\"links\"",
            "no value of `of`",
        ),
        (
            "place = { within = 2, of = \"link\", unit = \"lines\" }",
            "\"lines\"",
            "no value of `unit`",
        ),
        (
            "place = { within = 2, of = \"link\", per = \"page\" }",
            "per",
            "unknown key `per`",
        ),
        (
            "place = { within = 2, of = \"trigger\" }",
            "\"trigger\"",
            "what makes the rule apply",
        ),
        (
            "place = { within = 2, of = \"claim\" }",
            "\"claim\"",
            "what makes the rule apply",
        ),
        (
            "place = \"before-trigger\"",
            "\"before-trigger\"",
            "what makes the rule apply",
        ),
        (
            "place = \"same-section\"",
            "\"same-section\"",
            "what makes the rule apply",
        ),
        (
            "not-in = [\"footnote\", \"foter\"]",
            "\"foter\"",
            "no value of `not-in`",
        ),
        ("not-in = []", "[]", "is empty"),
        ("not-in = 1", "1", "`not-in` is"),
        (
            "emphasis = \"italic\"",
            "\"italic\"",
            "no value of `emphasis`",
        ),
        ("emphasis = true", "true", "`emphasis` is"),
        ("near = [\"a (b\"]", "(", "the phrase"),
        ("near = []", "[]", "is empty"),
    ] {
        let (under, message) = wrong(line);
        assert_eq!(under, at, "{line}: {message}");
        assert!(message.contains(says), "{line}: {message}");
    }
}

#[test]
fn every_call_to_action_that_is_built_in_is_a_phrase() {
    let signs = caveat::check::Signs::default();
    assert_eq!(signs.cta.text.len(), caveat::check::CALLS.len());
}

/// The page with the fix of its one finding, which must meet the rule; and whether the fix is safe.
#[track_caller]
fn mended(place: &str, when: &str, syntax: &str, page: &str) -> (String, bool) {
    let toml = pack(
        when,
        &format!("[rule.required]\ndisclosure = \"risk\"\n{place}\n"),
    );
    let before = outcome(&toml, syntax, page);
    let [finding] = &before.findings[..] else {
        panic!("{:?}\n{page}", before.findings);
    };
    let Some(fix) = &finding.fix else {
        panic!("no fix: {finding:?}\n{page}");
    };
    let (after, _) = caveat::finding::applied(page, &[fix]);
    meets(&toml, syntax, &after);
    (after, fix.safety == caveat::finding::Safety::Safe)
}

#[test]
fn what_is_missing_is_put_where_it_is_owed() {
    let cta = "place = \"before-first-cta\"";
    for (place, when, syntax, page, wanted) in [
        (
            TOP,
            "",
            "markdown",
            "---\ntitle: x\n---\n# A\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n",
            "---\ntitle: x\n---\n# A\n\nYour capital is at risk.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n",
        ),
        (
            TOP,
            "",
            "html",
            "<main>\n<h1>A</h1>\n<p><b>One</b>.</p>\n<h2>B</h2>\n<p>Two.</p>\n</main>\n",
            "<main>\n<h1>A</h1>\n<p>Your capital is at risk.</p>\n<p><b>One</b>.</p>\n<h2>B</h2>\n<p>Two.</p>\n</main>\n",
        ),
        (
            cta,
            "",
            "markdown",
            "# A\n\nWords.\n\n[Sign up](/go)\n\nMore.\n",
            "# A\n\nWords.\n\nYour capital is at risk.\n\n[Sign up](/go)\n\nMore.\n",
        ),
        (
            cta,
            "",
            "html",
            "<p>Words.</p>\n<p>Now <a href='/go'>sign up</a>.</p>\n",
            "<p>Words.</p>\n<p>Your capital is at risk.</p>\n<p>Now <a href='/go'>sign up</a>.</p>\n",
        ),
        (
            "place = \"before-trigger\"",
            MENTIONS,
            "asciidoc",
            "= A\n\nWords.\n\nStaking is open.\n",
            "= A\n\nWords.\n\nYour capital is at risk.\n\nStaking is open.\n",
        ),
        (
            "place = \"before-trigger\"",
            MENTIONS,
            "rst",
            "A\n=\n\nWords.\n\n**Staking** is open.\n",
            "A\n=\n\nWords.\n\nYour capital is at risk.\n\n**Staking** is open.\n",
        ),
        (
            "place = \"same-section\"",
            MENTIONS,
            "markdown",
            "# A\n\n## Staking\n\nOne.\n\n## B\n\nTwo.\n\nYields vary.\n",
            "# A\n\n## Staking\n\nYour capital is at risk.\n\nOne.\n\n## B\n\nTwo.\n\nYour capital is at risk.\n\nYields vary.\n",
        ),
        (
            "place = \"every-section\"",
            "",
            "markdown",
            "# A\n\n## B\n\nOne.\n\n## C\n\nTwo.\n",
            "# A\n\n## B\n\nYour capital is at risk.\n\nOne.\n\n## C\n\nYour capital is at risk.\n\nTwo.\n",
        ),
        (
            "place = \"bottom\"",
            "",
            "markdown",
            "# A\n\nOne.\n",
            "# A\n\nOne.\n\nYour capital is at risk.\n",
        ),
    ] {
        let (after, safe) = mended(place, when, syntax, page);
        assert_eq!(after, wanted, "{place} in {syntax}");
        assert!(safe, "{place} in {syntax}");
    }
    // what stands elsewhere in other words' midst is left to a person, and what is owed is put there by one who asks
    let page = "# A\n\n[Sign up](/go)\n\n- Your capital is at risk.\n";
    let (after, safe) = mended(cta, "", "markdown", page);
    assert_eq!(
        after,
        "# A\n\nYour capital is at risk.\n\n[Sign up](/go)\n\n- Your capital is at risk.\n"
    );
    assert!(!safe);
    // no safe place in a list, a table, a quotation
    for page in [
        "- one\n- [Sign up](/go)\n",
        "> [Sign up](/go)\n",
        "| a |\n| --- |\n| [Sign up](/go) |\n",
        "Words.\n[Sign up](/go) in the midst of a paragraph\n",
    ] {
        let toml = pack(
            "",
            &format!("[rule.required]\ndisclosure = \"risk\"\n{cta}\n"),
        );
        let fixes: Vec<_> = outcome(&toml, "markdown", page)
            .findings
            .into_iter()
            .filter_map(|of| of.fix)
            .collect();
        if page.starts_with("Words") {
            let (after, _) = caveat::finding::applied(page, &[&fixes[0]]);
            assert!(after.starts_with(TEXT), "{after}");
        } else {
            assert!(fixes.is_empty(), "{page}: {fixes:?}");
        }
    }
}
