//! The kinds `link`, `order`, `repeat` and `cue`: pages that meet and break each, with what lies under each span.

use crate::placement::{TEXT, meets, mistake, outcome, pack, told};

/// A page with one finding: its code, what lies under it, what lies under the related places.
#[track_caller]
fn gives(toml: &str, syntax: &str, page: &str, code: &str, primary: &str, related: &[&str]) {
    let outcome = outcome(toml, syntax, page);
    let got = told(&outcome.findings);
    let related: Vec<String> = related.iter().map(|of| (*of).to_owned()).collect();
    assert_eq!(
        got,
        [(code, primary.to_owned(), related)],
        "{syntax}: {:?}\n{page}",
        outcome.findings
    );
}

const STAKING: &str = "[rule.when]\nmentions = [\"staking\"]\n";

#[test]
fn a_link_must_be_there_and_lead_somewhere() {
    let link = pack(
        STAKING,
        "[rule.link]\ntext = [\"take 2 mins to learn more\"]\ntarget = [\"/risk*\", \"https://example.com/risk*\"]\n",
    );
    let words = "Take 2 mins to learn more";
    meets(
        &link,
        "markdown",
        &format!("Staking.\n\n[{words}](/risk-summary)\n"),
    );
    meets(
        &link,
        "markdown",
        &format!("Staking.\n\n[**{words}** now][r]\n\n[r]: /risk\n"),
    );
    meets(
        &link,
        "html",
        "<p>Staking.</p><p><a href='/risk'><b>Take 2 mins</b> to learn more</a></p>",
    );
    meets(
        &link,
        "asciidoc",
        &format!("Staking.\n\nhttps://example.com/risk[{words}]\n"),
    );
    meets(
        &link,
        "rst",
        &format!("Staking.\n\n`{words} <https://example.com/risk>`_\n"),
    );
    // one that is right is enough
    meets(
        &link,
        "markdown",
        &format!("Staking.\n\n[{words}](#) [{words}](/risk)\n"),
    );
    for target in ["#", "", "javascript:void(0)", "/about"] {
        gives(
            &link,
            "markdown",
            &format!("Staking.\n\n[{words}](<{target}>)\n"),
            "unlinked",
            words,
            &["Staking"],
        );
        gives(
            &link,
            "html",
            &format!("<p>Staking.</p><a href='{target}'>{words}</a>"),
            "unlinked",
            words,
            &["Staking"],
        );
    }
    gives(
        &link,
        "markdown",
        &format!("Staking.\n\n{words}\n"),
        "unlinked",
        words,
        &["Staking"],
    );
    gives(
        &link,
        "markdown",
        "Staking.\n\nTake 2 mins to [learn more](/risk)\n",
        "unlinked",
        "Take 2 mins to [learn more",
        &["Staking"],
    );
    gives(
        &link,
        "html",
        &format!("<p>Staking.</p><a>{words}</a>"),
        "unlinked",
        words,
        &["Staking"],
    );
    gives(
        &link,
        "markdown",
        "# A\n\nStaking.\n\n[More](/risk)\n",
        "unlinked",
        "Staking",
        &[],
    );
    gives(
        &link,
        "markdown",
        &format!("Staking.\n\n<!-- [{words}](/risk) -->\n"),
        "hidden",
        words,
        &["Staking"],
    );
    gives(
        &link,
        "markdown",
        &format!("Staking.\n\n[{words}]({{{{risk_url}}}})\n"),
        "unverifiable",
        words,
        &[],
    );
}

#[test]
fn a_link_by_its_target_alone_and_in_its_place() {
    let link = pack(
        "",
        "[rule.link]\ntarget = [\"/risk*\"]\nplace = \"top\"\nnot-in = \"frame\"\n",
    );
    meets(&link, "markdown", "# A\n\n[Risks](/risks)\n");
    gives(
        &link,
        "markdown",
        "# A\n\n[About](/about)\n",
        "unlinked",
        "A",
        &[],
    );
    gives(
        &link,
        "markdown",
        "# A\n\n## B\n\n[Risks](/risks)\n",
        "misplaced",
        "Risks",
        &["A"],
    );
    gives(
        &link,
        "html",
        "<h1>A</h1><footer><a href='/risks'>Risks</a></footer>",
        "misplaced",
        "Risks",
        &[],
    );
}

#[test]
fn a_link_beside_a_required_text() {
    for demand in [
        "disclosure = \"risk\"",
        "any = [\"your capital is at risk\"]",
    ] {
        let toml = pack(
            "",
            &format!(
                "[rule.required]\n{demand}\nplace = \"before-first-link\"\nlink = {{ text = \"learn more\", target = \"/risk\" }}\n"
            ),
        );
        let words = "Your capital is at risk";
        meets(
            &toml,
            "markdown",
            &format!("{TEXT} [Learn more](/risk).\n\n[Go](/go)\n"),
        );
        // its own link is not the first link that it is owed before
        meets(
            &toml,
            "markdown",
            &format!("[Learn more](/risk)\n\n{TEXT}\n"),
        );
        meets(
            &toml,
            "html",
            &format!("<p>{TEXT}</p><p><a href='/risk'>Learn more</a></p>"),
        );
        gives(
            &toml,
            "markdown",
            &format!("{TEXT} [Learn more](#).\n"),
            "unlinked",
            "Learn more",
            &[words],
        );
        gives(
            &toml,
            "markdown",
            &format!("{TEXT} Learn more.\n"),
            "unlinked",
            "Learn more",
            &[words],
        );
        gives(
            &toml,
            "markdown",
            &format!("# A\n\n{TEXT}\n"),
            "unlinked",
            words,
            &[],
        );
        gives(
            &toml,
            "html",
            &format!("<p>{TEXT}</p><p>One.</p><p><a href='/risk'>Learn more</a></p>"),
            "misplaced",
            "Learn more",
            &[words],
        );
    }
}

#[test]
fn one_thing_before_another() {
    let order = pack(
        "",
        "[rule.order]\nfirst = { disclosure = \"risk\" }\nthen = { link = [\"*amzn.to/*\", \"*?tag=*\"] }\n",
    );
    let link = "[Shop](https://amzn.to/1)";
    let words = "Your capital is at risk";
    meets(&order, "markdown", &format!("{TEXT}\n\n{link}\n\n{link}\n"));
    meets(&order, "markdown", "# A\n\nNothing for sale, [home](/).\n");
    meets(
        &order,
        "html",
        &format!("<p>{TEXT} <a href='https://amzn.to/1'>Shop</a></p>"),
    );
    gives(
        &order,
        "markdown",
        &format!("{link}\n\n{TEXT}\n"),
        "misplaced",
        words,
        &[link],
    );
    gives(
        &order,
        "html",
        &format!("<a href='https://x.example/a?tag=1'>Shop</a><p>{TEXT}</p>"),
        "misplaced",
        words,
        &["<a href='https://x.example/a?tag=1'>Shop</a>"],
    );
    gives(
        &order,
        "markdown",
        &format!("# A\n\n{link}\n"),
        "missing",
        link,
        &[],
    );
    gives(
        &order,
        "asciidoc",
        "= A\n\nhttps://amzn.to/1[Shop]\n",
        "missing",
        "https://amzn.to/1",
        &[],
    );
    gives(
        &order,
        "rst",
        &format!("`Shop <https://amzn.to/1>`__\n\n{TEXT}\n"),
        "misplaced",
        words,
        &["`Shop <https://amzn.to/1>`__"],
    );
    gives(
        &order,
        "markdown",
        &format!("<!-- {TEXT} -->\n\n{link}\n"),
        "hidden",
        words,
        &[link],
    );

    let calls = pack(
        "",
        "[rule.order]\nfirst = { any = [\"fees apply\"] }\nthen = { anchor = \"cta\" }\n",
    );
    meets(
        &calls,
        "markdown",
        "Fees apply.\n\n[Open an account](/go)\n",
    );
    gives(
        &calls,
        "markdown",
        "[Open an account](/go)\n\nFees apply.\n",
        "misplaced",
        "Fees apply",
        &["[Open an account](/go)"],
    );
    let trigger = pack(
        STAKING,
        "[rule.order]\nfirst = { any = [\"fees apply\"] }\nthen = { anchor = \"trigger\" }\n",
    );
    gives(
        &trigger,
        "markdown",
        "We offer staking. Fees apply.\n",
        "misplaced",
        "Fees apply",
        &["staking"],
    );
}

#[test]
fn what_a_rule_says_wrong_of_a_link_or_an_order_lies_under_its_own_characters() {
    for (demands, at, says) in [
        (
            "[rule.link]\nplace = \"top\"\n",
            "[rule.link]",
            "demands nothing",
        ),
        ("[rule.link]\ntext = 3\n", "3", "`text` is"),
        ("[rule.link]\ntext = \"a (b\"\n", "(", "the phrase"),
        ("[rule.link]\ntarget = []\n", "[]", "is empty"),
        (
            "[rule.link]\nhref = \"/a\"\ntext = \"a\"\n",
            "href",
            "unknown key `href`",
        ),
        (
            "[rule.link]\ntext = \"a\"\nplace = \"same-section\"\n",
            "\"same-section\"",
            "what makes the rule apply",
        ),
        (
            "[rule.required]\nany = \"a\"\nlink = \"b\"\n",
            "\"b\"",
            "`link` is a table",
        ),
        (
            "[rule.required]\nany = \"a\"\nlink = {}\n",
            "{}",
            "demands nothing",
        ),
        (
            "[rule.order]\nfirst = { any = \"a\" }\n",
            "[rule.order]",
            "`then` is missing",
        ),
        (
            "[rule.order]\nfirst = { any = \"a\" }\nthen = {}\n",
            "{}",
            "names nothing",
        ),
        (
            "[rule.order]\nfirst = { any = \"a\" }\nthen = { link = \"x\", anchor = \"cta\" }\n",
            "anchor",
            "names two things",
        ),
        (
            "[rule.order]\nfirst = { any = \"a\" }\nthen = { anchor = \"button\" }\n",
            "\"button\"",
            "no value of `anchor`",
        ),
        (
            "[rule.order]\nfirst = { any = \"a\" }\nthen = { anchor = \"claim\" }\n",
            "\"claim\"",
            "what makes the rule apply",
        ),
        (
            "[rule.order]\nfirst = { disclosure = \"rsik\" }\nthen = { anchor = \"cta\" }\n",
            "\"rsik\"",
            "no disclosure `rsik`",
        ),
    ] {
        let (under, message) = mistake(demands);
        assert_eq!(under, at, "{demands}: {message}");
        assert!(message.contains(says), "{demands}: {message}");
    }
}

const RISK: &str = "Your capital is at risk";

#[test]
fn a_text_in_every_section() {
    let repeat = pack(
        "",
        "[rule.repeat]\ndisclosure = \"risk\"\nevery = \"section\"\n",
    );
    let page = format!("# A\n\n{TEXT}\n\n## B\n\nWords.\n\n## C\n\n{TEXT}\n");
    gives(&repeat, "markdown", &page, "missing", "B", &[RISK]);
    let html = format!("<h1>A</h1><h2>B</h2><p>{TEXT}</p><h2>C</h2><p>Words.</p>");
    gives(&repeat, "html", &html, "missing", "C", &[RISK]);
    meets(
        &repeat,
        "markdown",
        &format!("# A\n\n## B\n\n{TEXT}\n\n## C\n\nSo: {TEXT}\n"),
    );
    // nowhere at all: one finding, not one for each section
    gives(
        &repeat,
        "markdown",
        "# A\n\nWords.\n\n## B\n\nWords.\n",
        "missing",
        "A",
        &[],
    );
    gives(
        &repeat,
        "markdown",
        &format!("# A\n\n<!-- {TEXT} -->\n"),
        "hidden",
        RISK,
        &[],
    );
}

#[test]
fn a_text_on_every_slide() {
    let repeat = pack(
        "",
        "[rule.repeat]\nany = [\"capital is at risk\"]\nevery = \"slide\"\n",
    );
    let words = "capital is at risk";
    let deck = format!(
        "---\ntitle: deck\n---\n\n# A\n\n{TEXT}\n\n---\n\n# B\n\nWords.\n\n---\n\n# C\n\n{TEXT}\n"
    );
    gives(&repeat, "markdown", &deck, "missing", "B", &[words]);
    let reveal = format!(
        "<div class='reveal'><section><h2>A</h2><p>{TEXT}</p></section><section><section><p>B</p></section><section><p>{TEXT}</p></section></section></div>"
    );
    gives(&repeat, "html", &reveal, "missing", "B", &[words]);
    let adoc = format!("= Deck\n\n== A\n\n{TEXT}\n\n== B\n\nWords.\n");
    gives(
        &repeat,
        "asciidoc",
        &adoc.replace("= Deck\n\n", ""),
        "missing",
        "B",
        &[words],
    );
    meets(&repeat, "markdown", &format!("# A\n\nOne slide. {TEXT}\n"));
    // `***` is a line in a slide
    meets(
        &repeat,
        "markdown",
        &format!("# A\n\n{TEXT}\n\n***\n\nMore.\n"),
    );
}

#[test]
fn a_text_before_every_call_to_action_and_every_so_many_words() {
    let calls = pack(
        "",
        "[rule.repeat]\ndisclosure = \"risk\"\nevery = \"cta\"\n",
    );
    let call = "[Open an account](/go)";
    meets(
        &calls,
        "markdown",
        &format!("{TEXT}\n\n{call}\n\n{TEXT}\n\n{call}\n"),
    );
    gives(
        &calls,
        "markdown",
        &format!("{TEXT}\n\n{call}\n\nWords.\n\n[Sign up](/up)\n"),
        "missing",
        "[Sign up](/up)",
        &[RISK],
    );
    let words = pack("", "[rule.repeat]\ndisclosure = \"risk\"\nevery = 20\n");
    let filler = "one two three four five six seven eight nine ten";
    meets(
        &words,
        "markdown",
        &format!("{filler}\n\n{TEXT}\n\n{filler}\n\nsome more\n"),
    );
    let late = format!("{TEXT}\n\n{filler}\n\n{filler}\n\nover the mark\n");
    gives(
        &words,
        "markdown",
        &late,
        "missing",
        "over the mark",
        &[RISK],
    );
    let page = pack(
        "",
        "[rule.repeat]\ndisclosure = \"risk\"\nevery = \"page\"\n",
    );
    meets(&page, "html", &format!("<p>{TEXT}</p>"));
    gives(&page, "html", "<p>Words.</p>", "missing", "Words.", &[]);
}

#[test]
fn components_and_buttons_are_calls_to_action() {
    let before = pack(
        "",
        "[rule.required]\ndisclosure = \"risk\"\nplace = \"before-first-cta\"\n",
    );
    for (syntax, page, call) in [
        (
            "mdx",
            format!("<Button href=\"/go\">Buy now</Button>\n\n{TEXT}\n"),
            "<Button href=\"/go\">Buy now</Button>",
        ),
        ("mdx", format!("<SignupCta />\n\n{TEXT}\n"), "<SignupCta />"),
        (
            "mdx",
            format!("Words <CtaLink to=\"/go\">here</CtaLink>.\n\n{TEXT}\n"),
            "<CtaLink to=\"/go\">here</CtaLink>",
        ),
        (
            "html",
            format!("<button type='submit'>Sign up</button><p>{TEXT}</p>"),
            "<button type='submit'>Sign up</button>",
        ),
    ] {
        gives(&before, syntax, &page, "misplaced", RISK, &[call]);
    }
    // a component is no link, and not every button calls to action
    let link = pack(
        "",
        "[rule.required]\ndisclosure = \"risk\"\nplace = \"before-first-link\"\n",
    );
    meets(&link, "mdx", &format!("<Chart />\n\n{TEXT}\n"));
    meets(
        &before,
        "html",
        &format!("<button>Menu</button><p>{TEXT}</p>"),
    );
    gives(
        &link,
        "mdx",
        &format!("<Button href=\"/go\">Buy now</Button>\n\n{TEXT}\n"),
        "misplaced",
        RISK,
        &["<Button href=\"/go\">Buy now</Button>"],
    );
}

#[test]
fn what_a_rule_says_wrong_of_a_repetition_lies_under_its_own_characters() {
    for (demands, at, says) in [
        (
            "[rule.repeat]\nany = \"a\"\n",
            "[rule.repeat]",
            "`every` is missing",
        ),
        (
            "[rule.repeat]\nevery = \"page\"\n",
            "[rule.repeat]",
            "names nothing",
        ),
        (
            "[rule.repeat]\nany = \"a\"\nevery = \"line\"\n",
            "\"line\"",
            "no value of `every`",
        ),
        (
            "[rule.repeat]\nany = \"a\"\nevery = 5\n",
            "5",
            "from 20 to 10000",
        ),
        (
            "[rule.repeat]\nany = \"a\"\nevery = true\n",
            "true",
            "`every` is",
        ),
        (
            "[rule.repeat]\nany = \"a\"\ndisclosure = \"risk\"\nevery = \"page\"\n",
            "any",
            "names two things",
        ),
        (
            "[rule.repeat]\ndisclosure = \"rsik\"\nevery = \"page\"\n",
            "\"rsik\"",
            "no disclosure `rsik`",
        ),
    ] {
        let (under, message) = mistake(demands);
        assert_eq!(under.lines().next(), Some(at), "{demands}: {message}");
        assert!(message.contains(says), "{demands}: {message}");
    }
}

#[test]
fn what_caveat_toml_says_wrong_of_links_lies_under_its_own_characters() {
    for (toml, at, says) in [
        ("[links]\nbutton = {}\n", "button", "unknown key `button`"),
        ("[links]\ncta = \"buy\"\n", "\"buy\"", "`cta` is a table"),
        (
            "[links]\ncta = { text = [\"buy (now\"] }\n",
            "(",
            "the phrase",
        ),
        ("[links]\ncta = { text = 3 }\n", "3", "`text` is"),
        ("[links]\ncta = { target = [] }\n", "[]", "is empty"),
        ("[links]\ncta = { class = [7] }\n", "7", "holds strings"),
        (
            "[links]\naffiliate = { component = true }\n",
            "true",
            "`component` is",
        ),
        (
            "[links]\naffiliate = { built-in = \"no\" }\n",
            "\"no\"",
            "`built-in` is",
        ),
        (
            "[links]\naffiliate = { rel = \"sponsored\" }\n",
            "rel",
            "unknown key `rel`",
        ),
    ] {
        let source = std::sync::Arc::new(caveat::Source::new("caveat.toml", toml));
        let (_, mistakes) = caveat::project::Config::parse(&source);
        let [only] = &mistakes[..] else {
            panic!("{toml}: {mistakes:?}");
        };
        assert_eq!(only.location.text(), at, "{toml}: {}", only.message);
        assert!(only.message.contains(says), "{toml}: {}", only.message);
    }
}

#[test]
fn what_is_built_in_can_be_left_out() {
    use caveat::check::Signs;
    let toml = "[links]\ncta = { text = \"zum angebot\", built-in = false }\naffiliate = { target = \"*://partner.example/*\" }\n";
    let source = std::sync::Arc::new(caveat::Source::new("caveat.toml", toml));
    let (config, mistakes) = caveat::project::Config::parse(&source);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(config.links.cta.text.len(), 1);
    assert!(
        config
            .links
            .affiliate
            .target
            .matches("https://partner.example/x")
    );
    assert!(config.links.affiliate.target.matches("https://amzn.to/x"));
    assert!(
        !Signs::default()
            .affiliate
            .target
            .matches("https://partner.example/x")
    );
}

/// Subtitles of these cues: seconds from, seconds to, words.
fn subtitles(cues: &[(u32, u32, &str)]) -> String {
    let time = |seconds: u32| format!("00:{:02}:{:02},500", seconds / 60, seconds % 60);
    let cue = |(number, (from, to, words)): (usize, &(u32, u32, &str))| {
        let number = number + 1;
        format!("{number}\n{} --> {}\n{words}\n\n", time(*from), time(*to))
    };
    cues.iter().enumerate().map(cue).collect()
}

#[test]
fn a_text_is_on_the_screen_long_enough() {
    let cue = pack("", "[rule.cue]\ndisclosure = \"risk\"\nmin-seconds = 5\n");
    let hello = (0, 4, "Hello and welcome.");
    meets(&cue, "subtitles", &subtitles(&[hello, (4, 9, TEXT)]));
    // over two cues, from the first to the last
    meets(
        &cue,
        "subtitles",
        &subtitles(&[(4, 7, "Your capital"), (7, 10, "is at risk.")]),
    );
    let short = subtitles(&[hello, (4, 5, TEXT)]);
    gives(
        &cue,
        "subtitles",
        &short,
        "misplaced",
        RISK,
        &["00:00:04,500 --> 00:00:05,500"],
    );
    let found = outcome(&cue, "subtitles", &short);
    let message = &found.findings[0].message;
    assert!(
        message.ends_with("it is on the screen for 1 second, and must be for 5 seconds"),
        "{message}"
    );
    let vtt = format!("WEBVTT\n\n00:01.000 --> 00:02.500 line:0\n{TEXT}\n");
    gives(
        &cue,
        "subtitles",
        &vtt,
        "misplaced",
        RISK,
        &["00:01.000 --> 00:02.500 line:0"],
    );
    gives(
        &cue,
        "subtitles",
        &subtitles(&[hello]),
        "missing",
        "Hello and welcome.",
        &[],
    );
    let noted = format!("WEBVTT\n\nNOTE {TEXT}\n\n00:01.000 --> 00:02.500\nHello.\n");
    gives(&cue, "subtitles", &noted, "hidden", RISK, &[]);
    // a page has no cues and owes nothing
    meets(&cue, "markdown", "# A\n\nWords.\n");
    // five words, two a second
    let slow = pack(
        "",
        "[rule.cue]\ndisclosure = \"risk\"\nwords-per-10-seconds = 20\n",
    );
    meets(&slow, "subtitles", &subtitles(&[(4, 7, TEXT)]));
    gives(
        &slow,
        "subtitles",
        &subtitles(&[(4, 6, TEXT)]),
        "misplaced",
        RISK,
        &["00:00:04,500 --> 00:00:06,500"],
    );
}

#[test]
fn a_text_is_on_the_screen_at_the_start_and_at_the_end() {
    let cue = pack(
        "",
        "[rule.cue]\nany = [\"capital is at risk\"]\nat = [\"start\", \"end\"]\nwithin-seconds = 10\nlonger-than = 120\n",
    );
    let words = "capital is at risk";
    let hello = (60, 64, "Hello and welcome.");
    meets(
        &cue,
        "subtitles",
        &subtitles(&[(2, 7, TEXT), hello, (180, 185, TEXT)]),
    );
    gives(
        &cue,
        "subtitles",
        &subtitles(&[(2, 7, TEXT), hello, (180, 185, "Bye.")]),
        "misplaced",
        words,
        &["00:03:00,500 --> 00:03:05,500"],
    );
    gives(
        &cue,
        "subtitles",
        &subtitles(&[(2, 7, "Hi."), hello, (180, 185, TEXT)]),
        "misplaced",
        words,
        &["00:00:02,500 --> 00:00:07,500"],
    );
    // a short film owes it somewhere
    meets(
        &cue,
        "subtitles",
        &subtitles(&[(2, 7, "Hi."), (60, 65, TEXT)]),
    );
}

#[test]
fn times_that_cannot_be_read_are_told() {
    let cue = pack("", "[rule.cue]\ndisclosure = \"risk\"\nmin-seconds = 5\n");
    let page = format!(
        "1\n00:00:09,000 --> 00:00:02,000\n{TEXT}\n\n2\n00:00:10,000 --> 00:00:12,000\nBye.\n"
    );
    let found = outcome(&cue, "subtitles", &page);
    let got = told(&found.findings);
    let at = |text: &str| ("unverifiable", text.to_owned(), Vec::new());
    assert_eq!(got, [at("00:00:09,000 --> 00:00:02,000"), at(RISK)]);
}

#[test]
fn what_a_rule_says_wrong_of_a_cue_lies_under_its_own_characters() {
    for (demands, at, says) in [
        ("[rule.cue]\nany = \"a\"\n", "[rule.cue]", "demands nothing"),
        (
            "[rule.cue]\nmin-seconds = 5\n",
            "[rule.cue]",
            "names nothing",
        ),
        (
            "[rule.cue]\nany = \"a\"\nmin-seconds = 0\n",
            "0",
            "from 1 to 3600",
        ),
        (
            "[rule.cue]\nany = \"a\"\nmin-seconds = 1.5\n",
            "1.5",
            "a whole number",
        ),
        (
            "[rule.cue]\nany = \"a\"\nat = \"middle\"\n",
            "\"middle\"",
            "no value of `at`",
        ),
        (
            "[rule.cue]\nany = \"a\"\nmin-seconds = 5\nwithin-seconds = 9\n",
            "within-seconds",
            "no `at`",
        ),
    ] {
        let (under, message) = mistake(demands);
        assert_eq!(under.lines().next(), Some(at), "{demands}: {message}");
        assert!(message.contains(says), "{demands}: {message}");
    }
}

/// `also-mentions`: the second thing may stand anywhere on the page, but for what a reader does not see, and is no trigger itself.
#[test]
fn a_rule_applies_where_a_page_also_says_a_second_thing() {
    let rule = pack(
        "[rule.when]\nsense = \"claim\"\nmentions = [\"spreads from {number}\"]\nalso-mentions = [\"contract(s|) for difference\"]\n",
        "[rule.required]\ndisclosure = \"risk\"\n",
    );
    let about = "We deal in contracts for difference.";
    let offer = "You get spreads from 0.6 points, because our desk does not sleep.";
    for page in [
        format!("{about}\n\n{offer}\n"),
        format!("# Offer\n\n{offer}\n\n## About\n\n{about}\n"),
    ] {
        gives(&rule, "markdown", &page, "missing", "spreads from 0.6", &[]);
    }
    meets(&rule, "markdown", &format!("{offer}\n"));
    meets(&rule, "markdown", &format!("{about}\n"));
    meets(&rule, "markdown", &format!("{offer}\n\n<!-- {about} -->\n"));
    meets(
        &rule,
        "markdown",
        &format!("{about}\n\n{offer}\n\n{TEXT}\n"),
    );
}

/// A short wording for one channel holds there alone, and never as the beginning of the long one with its end changed.
#[test]
fn a_version_for_one_channel_holds_there_alone() {
    let long = "Prizes are no toys. This is a small part that a child can swallow at once.";
    let short = "Prizes are no toys.";
    let rule = pack("[rule.when]\nmentions = [\"our stall\"]\n", "[rule.required]\ndisclosure = \"risk\"\n").replace(
        &format!("text.en = \"{TEXT}\""),
        &format!("text.en = \"{long}\"\n[[disclosure.version]]\nchannel = \"post\"\ntext.en = \"{short}\""),
    );
    let page = |channel: &str, text: &str| {
        format!("---\nchannel: {channel}\n---\n{text}\n\nWin at our stall.\n")
    };
    for (channel, text) in [("post", short), ("post", long), ("page", long)] {
        meets(&rule, "markdown", &page(channel, text));
    }
    let changed = long.replace("can swallow", "cannot swallow");
    for (channel, text) in [("page", short), ("post", &changed), ("page", &changed)] {
        let outcome = outcome(&rule, "markdown", &page(channel, text));
        assert!(!outcome.findings.is_empty(), "{channel}: {text}");
    }
    gives(
        &rule,
        "markdown",
        &page("post", &changed),
        "altered",
        "cannot",
        &["cannot"],
    );
}
