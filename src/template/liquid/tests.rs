//! Liquid as sites of Jekyll, Eleventy and GitBook have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::evaluate;
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::template::{Context, LONGEST, Mark, Opened, Opens, Output, Value};

const ROOT: usize = 100;

fn text(shown: &str) -> Value {
    let mut pieces = Pieces::default();
    pieces.push_as(shown, Span::default());
    Value::Text(pieces)
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(
        entries
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
    )
}

/// What a template puts out for a page: `files` are its includes, each 10,000,000 bytes after the one before.
fn output(root: &str, page: &[(&str, Value)], files: &[(&str, &str)]) -> Output {
    let opened = |text: &str, base| Opened {
        source: Arc::new(Source::new("x.html", text)),
        base,
    };
    let open = |_: Opens, name: &str, _: Span| {
        let found = files.iter().position(|(of, _)| *of == name);
        found
            .map(|at| opened(files[at].1, 10_000_000 * (at + 1)))
            .ok_or_else(|| format!("there is no `{name}`"))
    };
    let facts = BTreeMap::new();
    let page = map(page);
    let site = map(&[("motto", text("Trade with care."))]);
    let context = Context {
        arguments: BTreeMap::new(),
        paired: true,
        page: &page,
        facts: &facts,
        site: &site,
        strings: &|_| Value::Unknown,
        open: &open,
    };
    let output = evaluate(&opened(root, ROOT), &context);
    let mut at = 0;
    for (place, _) in &output.marks {
        assert!(
            at <= *place && *place <= output.text.text.len(),
            "marks stand in order"
        );
        at = *place;
    }
    output
}

/// The output with its marks as signs: `[` and `]` round what is undecided, `?` for what is unknown, `@` for what is inner, `!` and
/// the message for a problem.
fn shows(output: &Output) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for (place, mark) in &output.marks {
        shown.push_str(&output.text.text[at..*place]);
        at = *place;
        match mark {
            Mark::Inner => shown.push('@'),
            Mark::Undecided(_) => shown.push('['),
            Mark::Decided => shown.push(']'),
            Mark::Unknown(_) => shown.push('?'),
            Mark::Problem(_, message) => shown.push_str(&format!("!{message}!")),
        }
    }
    shown + &output.text.text[at..]
}

#[test]
fn templates_put_out_what_a_page_shows() {
    let page = [
        ("title", text("Gold")),
        ("disclaimer", Value::Bool(true)),
        ("off", Value::Bool(false)),
        ("kinds", Value::List(vec![text("a"), text("b")])),
    ];
    let files = [
        ("note.html", "<p>{{ include.text }}{{ include.more }}</p>"),
        ("box.html", "<p>{{ text }}</p>"),
        ("foot.html", "---\nlayout: none\n---\nCapital at risk."),
    ];
    for (root, shown) in [
        ("a {{ page.title }} b", "a Gold b"),
        ("---\nlayout: x\n---\na{{ content }}b", "a@b"),
        ("{% if page.disclaimer != false %}yes{% endif %}", "yes"),
        ("{% if page.off != false %}yes{% else %}no{% endif %}", "no"),
        ("{% if page.gone != false %}yes{% endif %}", "yes"),
        ("{% unless page.off %}yes{% endunless %}", "yes"),
        (
            "{% if page.title == 'Silver' %}a{% elsif page.title == \"Gold\" %}b{% else %}c{% endif %}",
            "b",
        ),
        (
            "{% if page.off or page.disclaimer and page.title contains 'old' %}yes{% endif %}",
            "yes",
        ),
        (
            "{% case page.title %}{% when 'A', 'Gold' %}one{% else %}two{% endcase %}",
            "one",
        ),
        ("{% include foot.html %}", "Capital at risk."),
        (
            "{% include note.html text='A' more=page.title %}",
            "<p>AGold</p>",
        ),
        ("{% render 'box.html', text: 'A' %}", "<p>A</p>"),
        (
            "{% for kind in page.kinds %}{{ kind | upcase }} {% endfor %}",
            "A B ",
        ),
        ("{% assign x = page.title | append: '!' %}{{ x }}", "Gold!"),
        (
            "{% capture x %}a {{ page.title }}{% endcapture %}{{ x }}",
            "a Gold",
        ),
        ("a  {%- if true -%}  b  {%- endif -%}  c", "abc"),
        (
            "a {% comment %}{{ x }}{% endcomment %}{# and this #}b",
            "a b",
        ),
        ("{% raw %}{{ page.title }}{% endraw %}", "{{ page.title }}"),
        ("{{ site.motto }} {{ site.gone }}", "Trade with care. "),
        (
            "{{ page.gone | default: 'Capital at risk.' }}",
            "Capital at risk.",
        ),
        ("{{ page.kinds | join: ', ' }}", "a, b"),
        // what only a build knows
        (
            "{% if jekyll.environment == 'production' %}a{% else %}b{% endif %}c",
            "[a][b]c",
        ),
        ("{% for post in site.posts %}a{% endfor %}", "[a]"),
        (
            "{% if page.title == 'Gold' or paginator %}a{% endif %}",
            "a",
        ),
        (
            "{% if site.time %}{% assign x = 'a' %}{% endif %}{{ x }}",
            "[]?",
        ),
        ("{{ site.time }}{% feedback %}", "??"),
        ("{% include gone.html %}", "!there is no `gone.html`!"),
        // several words that nothing joins
        ("{{ a b }}", "?"),
        ("{% if page.title = 'Gold' %}a{% endif %}", "[a]"),
        ("{% if page.kinds | size %}a{% endif %}", "a"),
        ("{% if not not page.off %}a{% else %}b{% endif %}", "b"),
        // comments end where they end, whatever stands in them
        ("{% # note %}a", "a"),
        ("{% comment %}{{ x {% endcomment %}b}}c", "b}}c"),
        (
            "{% comment %}a{% comment %}b{% endcomment %}c{% endcomment %}d",
            "d",
        ),
        ("{% comment %}a", "!`comment` is never closed!a"),
        ("# A {#one}\nb {# c #}d", "# A {#one}\nb d"),
        // loops
        ("{% for x in page.gone %}a{% else %}b{% endfor %}", "b"),
        ("{% for x in page.kinds %}a{% else %}b{% endfor %}", "aa"),
        ("{% for x in site.posts %}a{% else %}b{% endfor %}", "[ab]"),
        (
            "{% for x in page.kinds %}{% if jekyll.environment %}{% break %}{% endif %}{{ x }}{% endfor %}c",
            "[][a[][b]]c",
        ),
        // what holds text
        ("{% set x %}a{% endset %}b{{ x }}", "ba"),
        (
            "{% highlight html %}<!-- a{% endhighlight %} b",
            "<pre><code>&lt;!-- a</code></pre> b",
        ),
        (
            "<meta content='{{ content | strip_html | truncate: 100 }}'>{{ content | toc }}",
            "<meta content='?'>@",
        ),
        ("{% renderTemplate 'md' %}a{% endrenderTemplate %}", "?a"),
        ("{{ '/x' | prepend: page.gone }}", "/x"),
        ("{% if page.gone == empty %}a{% endif %}", ""),
        ("{% if page.gone == blank %}a{% endif %}", "[a]"),
        // mistakes leave the text as it stands
        ("{% if page.off %}a{% else %}b", "!`if` is never closed!ab"),
        ("a{% endif %}b", "a!`endif` closes nothing!b"),
        ("a {{ b", "a {{ b"),
        ("a {% if x %} b", "a !`if` is never closed! b"),
    ] {
        assert_eq!(shows(&output(root, &page, &files)), shown, "{root}");
    }
}

#[test]
fn texts_have_their_places() {
    let root = "a {% include foot.html %}{{ 'quoted words' }} b";
    let output = output(root, &[], &[("foot.html", "<p>Capital at risk.</p>")]);
    let place = |words: &str| {
        let at = output.text.text.find(words).expect("it is put out");
        output.text.span(at, at + words.len()).range()
    };
    assert_eq!(place("Capital at risk"), 10_000_003..10_000_018);
    let quoted = place("quoted words");
    assert_eq!(
        &root[quoted.start - ROOT..quoted.end - ROOT],
        "quoted words"
    );
}

#[test]
fn hostile_templates_end() {
    let many = 100_000;
    let told = |root: &str, files: &[(&str, &str)]| {
        let output = output(
            root,
            &[("list", Value::List(vec![Value::Nil; 1000]))],
            files,
        );
        assert!(output.text.text.len() <= LONGEST + 1000);
        output
            .marks
            .iter()
            .any(|(_, mark)| matches!(mark, Mark::Problem(..)))
    };
    assert!(told(
        &("{% if true %}".repeat(many) + &"{% endif %}".repeat(many)),
        &[]
    ));
    assert!(told(
        &("{% for x in page.list %}".repeat(20) + "a" + &"{% endfor %}".repeat(20)),
        &[]
    ));
    assert!(told("{% include a %}", &[("a", "{% include a %}")]));
    assert!(told(
        "{% include a %}",
        &[
            ("a", "{% include b %}{% include b %}"),
            ("b", "{% include a %}{% include a %}")
        ]
    ));
    let doubling = "{% assign x = x | append: x %}";
    let set = "{% assign x = 'aaaaaaaa' %}";
    assert!(told(
        &format!(
            "{set}{}{}",
            doubling.repeat(18),
            "{% assign y = x %}".repeat(many)
        ),
        &[]
    ));
    told(&format!("{set}{}", doubling.repeat(60)), &[]);
    told(
        &format!("{{% if {} true %}}", "true and ".repeat(many)),
        &[],
    );
    told(&format!("{{% if {} true %}}", "not ".repeat(many)), &[]);
    told(
        &("{% if x %}".repeat(many) + &"{% endcase %}".repeat(many)),
        &[],
    );
    for signs in [
        "{% comment %}",
        "{% comment %}{% endcomment %}",
        "{#a}",
        "{",
        "{{",
        "{%",
        "{% if ",
        "{{ a[",
        "{{ '",
        "{% raw %}",
        "{#",
        "{% endif %}",
        "{% else %}",
        "{% capture x %}",
        "{{ (( ",
    ] {
        told(&signs.repeat(many), &[]);
    }
}
