//! Go templates as sites of Hugo have them.

mod hostile;
mod site;
mod values;

use crate::template::Value;
use site::{GIVEN, ROOT, Site, map, text};

const RISK: &str = r#"
{{- $kind := .Get "kind" | default "money" -}}
{{- $own := .Get "text" -}}
<aside>
  {{- if $own }}{{ $own | markdownify }}
  {{- else if eq $kind "money" -}}
    <p>Capital at risk.</p>
  {{- else if eq $kind "health" "care" -}}
    <p>Not medical advice.</p>
  {{- end -}}
</aside>
"#;

#[test]
fn a_shortcode_takes_the_branch_of_its_argument() {
    let with = |arguments| Site::shortcode(arguments).shows(RISK);
    assert_eq!(with(vec![]), "<aside><p>Capital at risk.</p></aside>\n");
    assert_eq!(
        with(vec![("kind", text("care"))]),
        "<aside><p>Not medical advice.</p></aside>\n"
    );
    assert_eq!(with(vec![("kind", text("other"))]), "<aside></aside>\n");
    assert_eq!(
        with(vec![("text", text("<b>Own</b>"))]),
        "<aside><b>Own</b></aside>\n"
    );
    assert_eq!(
        with(vec![("kind", Value::Unknown)]),
        "<aside>[<p>Capital at risk.</p>][[<p>Not medical advice.</p>]]</aside>\n"
    );
}

#[test]
fn arguments_are_named_or_placed() {
    let placed = Site::shortcode(vec![("0", text("a")), ("1", text("b & c"))]);
    assert_eq!(
        placed.shows("{{ .Get 1 }}{{ .Get 7 }}{{ index .Params 0 }}{{ .IsNamedParams }}"),
        "b &amp; cafalse"
    );
    assert_eq!(
        placed.shows(r#"{{ range $i, $p := .Params }}{{ if $i }}, {{ end }}{{ $p }}{{ end }}"#),
        "a, b &amp; c"
    );
    let named = Site::shortcode(vec![("title", text("Risk"))]);
    assert_eq!(
        named.shows(r#"{{ .Params.title }}{{ .Get "none" }}{{ if .IsNamedParams }}!{{ end }}"#),
        "Risk!"
    );
    assert_eq!(
        named.shows(
            r#"{{ with .Get "title" }}<b>{{ . }}</b>{{ $.Page.Title }}{{ else }}none{{ end }}"#
        ),
        "<b>Risk</b>"
    );
    let output = named.run(r#"{{ .Get "title" | upper }}"#);
    assert_eq!(output.text.text, "RISK");
    assert_eq!(output.text.span(1, 3).range(), GIVEN + 1..GIVEN + 3);
}

#[test]
fn literals_and_texts_have_their_places() {
    let root = r#"Some {{ "Not advice" }}{{ default "Or <this>" (.Get 0) | safeHTML }}{{ "a\"b" }}{{ `raw` }}"#;
    let output = Site::shortcode(vec![]).run(root);
    assert_eq!(output.text.text, "Some Not adviceOr <this>a&#34;braw");
    for words in ["Some ", "Not advice", "Or <this>", "raw"] {
        let at = output.text.text.find(words).unwrap();
        let span = output.text.span(at, at + words.len());
        assert_eq!(
            &root[span.start as usize - ROOT..span.end as usize - ROOT],
            words
        );
    }
    let escape = output.text.text.find("&#34;").unwrap();
    let span = output.text.span(escape, escape + 5);
    assert_eq!(
        &root[span.start as usize - ROOT..span.end as usize - ROOT],
        r#"\""#
    );
}

#[test]
fn inner_stands_where_it_is_put_out() {
    let mut site = Site::shortcode(vec![]);
    assert_eq!(
        site.shows("<div>{{ .Inner }}</div>{{ if .Inner }}x{{ end }}"),
        "<div></div>"
    );
    site.paired = true;
    for put in [
        ".Inner",
        ".Inner | markdownify",
        ".Inner | safeHTML",
        ".InnerDeindent",
        ".Page.RenderString .Inner",
        ".Inner | .Page.RenderString",
        r#".Page.RenderString (dict "display" "block") .Inner"#,
        r#"trim .Inner "\n" | $.Page.RenderString"#,
        r#"strings.TrimSpace .Inner"#,
        r#"printf "%s" .Inner | safeHTML"#,
        r#"with .Inner }}{{ . }}{{ end"#,
    ] {
        assert_eq!(
            site.shows(&format!("<div>{{{{ {put} }}}}</div>")),
            "<div>@</div>",
            "{put}"
        );
    }
    assert_eq!(
        site.shows(r#"{{ if eq .Inner "" }}none{{ else }}{{ .Inner }}{{ end }}"#),
        "@"
    );
    assert_eq!(
        site.shows(r#"{{ .Inner | replaceRE "a" "b" }}{{ .Inner | highlight }}"#),
        "@??"
    );
    assert_eq!(site.shows("{{ .Page.Content }}"), "?");
}

#[test]
fn front_matter_opts_out() {
    let root = "{{ if not .Params.hideDisclaimer }}Not advice.{{ end }}";
    let with = |value| Site::page(vec![("hidedisclaimer", value)]).shows(root);
    assert_eq!(with(Value::Nil), "Not advice.");
    assert_eq!(with(Value::Bool(true)), "");
    assert_eq!(with(Value::Bool(false)), "Not advice.");
    assert_eq!(with(Value::Unknown), "[Not advice.]");
    assert_eq!(Site::layout().shows(root), "Not advice.");
    let root = r#"{{ if ne (.Param "disclaimer") false }}Not advice.{{ end }}"#;
    assert_eq!(
        Site::page(vec![("disclaimer", Value::Bool(false))]).shows(root),
        ""
    );
    let mut site = Site::layout();
    site.site = map(vec![(
        "params",
        map(vec![("Disclaimer", Value::Bool(false))]),
    )]);
    assert_eq!(site.shows(root), "");
    assert_eq!(
        site.shows(
            "{{ if site.Params.disclaimer }}a{{ else if .Site.Params.none }}b{{ else }}c{{ end }}"
        ),
        "c"
    );
    assert_eq!(site.shows(r#"{{ $.Param "disclaimer" }}{{ isset .Site.Params "disclaimer" }}{{ isset .Params "disclaimer" }}"#), "falsetruefalse");
}

#[test]
fn pages_answer() {
    let mut site = Site::page(vec![
        ("title", text("R&D <b>")),
        ("tags", Value::List(vec![text("one"), text("two")])),
        ("legal", map(vec![("Text", text("No advice"))])),
    ]);
    site.site = map(vec![("title", text("Shop"))]);
    assert_eq!(
        site.shows("{{ .Title }}|{{ .Site.Title }}|{{ .Description }}|{{ .Date }}"),
        "R&amp;D &lt;b&gt;|Shop||?"
    );
    assert_eq!(
        site.shows("{{ .Params.legal.text }} {{ with .Params.legal }}{{ .text }}{{ end }}"),
        "No advice No advice"
    );
    assert_eq!(site.shows(r#"{{ if in .Params.tags "two" }}y{{ end }}{{ delimit .Params.tags ", " }}{{ len .Params.tags }}"#), "yone, two2");
    assert_eq!(
        site.shows("{{ range first 1 .Params.tags }}<i>{{ . }}</i>{{ else }}none{{ end }}"),
        "<i>one</i>"
    );
    assert_eq!(site.shows(r#"{{ if .IsPage }}a{{ end }}{{ if eq .Kind "page" "home" }}b{{ end }}{{ .IsNode }}{{ .Section }}"#), "abfalseposts");
    assert_eq!(
        site.shows("{{ .Content }}{{ .Permalink }}{{ .Type }}"),
        "@??"
    );
    site.kind = "section";
    assert_eq!(
        site.shows("{{ if .IsPage }}a{{ else if .IsSection }}c{{ end }}"),
        "c"
    );
}

#[test]
fn partials_open_with_their_dot() {
    let site = Site::page(vec![("title", text("Fees"))])
        .file(
            "legal/note",
            "<p>{{ .text }}{{ with .page }}: {{ .Title }}{{ end }}</p>",
        )
        .file(
            "foot",
            "{{ if .IsPage }}On {{ .Title }}{{ $.Params.x }}{{ end }}",
        )
        .file(
            "rate",
            "{{ $r := 5 }}{{ if .high }}{{ return 9 }}{{ end }}{{ return $r }}",
        )
        .file(
            "inline",
            r#"{{ define "partials/own.html" }}Own {{ . }}{{ end }}{{ partial "own.html" "x" }}"#,
        );
    assert_eq!(
        site.shows(r#"{{ partial "legal/note.html" (dict "text" "No advice" "page" .) }}"#),
        "<p>No advice: Fees</p>"
    );
    assert_eq!(
        site.shows(r#"{{- partialCached "foot" . .Section -}}"#),
        "On Fees"
    );
    assert_eq!(
        site.shows(r#"{{ partial "rate" (dict "high" true) }}{{ partial "rate" dict }}"#),
        "95"
    );
    assert_eq!(
        site.shows(r#"{{ partial "rate" (dict "high" .Permalink) }}"#),
        "?"
    );
    assert_eq!(site.shows(r#"{{ partial "inline" . }}"#), "Own x");
    assert_eq!(
        site.shows(r#"a{{ partial "none.html" . }}b"#),
        "a!no partial `none.html`!b"
    );
    assert_eq!(
        site.shows(
            r#"{{ if partial "foot" . }}y{{ end }}{{ $x := partial "foot" . }}{{ $x | safeHTML }}"#
        ),
        "yOn Fees"
    );
    let mut called = Site::shortcode(vec![("type", text("ads"))])
        .file("box", r#"{{ .Get "type" }}: {{ .Inner }}"#);
    called.paired = true;
    assert_eq!(called.shows(r#"{{ partial "box" . }}"#), "ads: @");
}

#[test]
fn strings_of_the_site() {
    let mut site = Site::layout();
    site.strings = vec![
        ("risk", "Capital at <em>risk</em>"),
        ("count", "{{ .Count }} left"),
    ];
    assert_eq!(
        site.shows(
            r#"{{ T "risk" }}|{{ i18n "risk" | safeHTML }}|{{ T "none" }}|{{ i18n "count" 3 }}"#
        ),
        "Capital at &lt;em&gt;risk&lt;/em&gt;|Capital at <em>risk</em>||?"
    );
    assert_eq!(
        site.shows(r#"{{ i18n "none" | default "Not advice" }}"#),
        "Not advice"
    );
}

#[test]
fn blocks_are_filled() {
    let base = r#"<body>{{ block "main" . }}Default{{ end }}{{ template "foot" . }}</body>{{ define "foot" }}Base foot{{ end }}"#;
    let mut site = Site::page(vec![("title", text("T"))]);
    assert_eq!(site.shows(base), "<body>DefaultBase foot</body>");
    site.definitions =
        vec![r#"{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}"#.to_owned()];
    assert_eq!(site.shows(base), "<body><h1>T</h1>@Base foot</body>");
    assert_eq!(
        site.shows(r#"{{ template "gone" . }}"#),
        "!no template `gone` is defined!"
    );
}

#[test]
fn white_space_is_trimmed() {
    let site = Site::layout();
    assert_eq!(site.shows("a \n{{- /* said */ -}}\n b"), "ab");
    assert_eq!(site.shows("a {{- \"b\" }} c {{ \"d\" -}} \n e"), "ab c de");
    assert_eq!(site.shows("a {{ -3 }} {{- 4 -}} {{/* }} */}} b"), "a -34 b");
    assert_eq!(site.shows("x{{\n  if\n  true\n}}y{{ end }}"), "xy");
}
