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
