//! Doubts, variables and functions.

use super::site::{ROOT, Site};
use crate::template::Mark;

#[test]
fn what_nothing_decides() {
    let site = Site::layout();
    assert_eq!(
        site.shows("{{ if .Draftish }}a{{ else }}b{{ end }}c"),
        "[a][b]c"
    );
    assert_eq!(
        site.shows("{{ range .Pages }}<li>{{ .Title }}</li>{{ end }}"),
        "[<li>?</li>]"
    );
    assert_eq!(
        site.shows("{{ range where .Pages }}a{{ else }}b{{ end }}"),
        "[a][b]"
    );
    assert_eq!(
        site.shows("{{ with .Permalink }}<a>{{ . }}</a>{{ end }}"),
        "[<a>?</a>]"
    );
    assert_eq!(
        site.shows("{{ if and .X false }}a{{ end }}{{ if or .X true }}b{{ end }}"),
        "b"
    );
    assert_eq!(
        site.shows(r#"{{ frobnicate "x" }}{{ strings.Frob 1 }}{{ $none }}"#),
        "???"
    );
    assert_eq!(
        site.shows(r#"{{ .Scratch.Set "a" 1 }}{{ .Store.Get "a" }}{{ warnf "x" }}"#),
        "?"
    );
    // the span is the condition
    let root = "ab{{ if .X }}c{{ end }}";
    let output = site.run(root);
    let Mark::Undecided(span) = output.marks[0].1 else {
        panic!()
    };
    assert_eq!(
        &root[span.start as usize - ROOT..span.end as usize - ROOT],
        "{{ if .X }}"
    );
}

#[test]
fn variables_after_a_doubt() {
    let site = Site::layout();
    assert_eq!(
        site.shows(r#"{{ $a := "x" }}{{ if true }}{{ $a = "y" }}{{ end }}{{ $a }}"#),
        "y"
    );
    assert_eq!(
        site.shows(r#"{{ $a := "x" }}{{ if true }}{{ $a := "y" }}{{ end }}{{ $a }}"#),
        "x"
    );
    assert_eq!(
        site.shows(r#"{{ $a := "x" }}{{ if .X }}{{ $a = "y" }}{{ end }}{{ $a }}"#),
        "?"
    );
    assert_eq!(
        site.shows(
            r#"{{ $a := "x" }}{{ if .X }}{{ $a = "y" }}{{ else }}{{ $a = "y" }}{{ end }}{{ $a }}"#
        ),
        "y"
    );
    assert_eq!(
        site.shows(
            r#"{{ $a := false }}{{ range .Pages }}{{ if $a }}b{{ end }}{{ $a = true }}{{ end }}"#
        ),
        "[[b]]"
    );
    assert_eq!(
        site.shows(
            r#"{{ range slice 1 2 3 }}{{ if eq . 2 }}{{ continue }}{{ end }}{{ . }}{{ end }}"#
        ),
        "13"
    );
    assert_eq!(
        site.shows(r#"{{ range seq 3 }}{{ if ge . 2 }}{{ break }}{{ end }}{{ . }}{{ end }}"#),
        "1"
    );
    assert_eq!(
        site.shows(r#"{{ range seq 2 }}{{ if $.X }}{{ break }}{{ end }}{{ . }}{{ end }}e"#),
        "[1][[2]]e"
    );
    assert_eq!(
        site.shows(r#"{{ range slice 1 2 }}a{{ if $.X }}{{ continue }}{{ end }}{{ . }}{{ end }}e"#),
        "a[1]a[2]e"
    );
    assert_eq!(
        site.shows(r#"{{ if .X }}{{ return }}{{ end }}Not advice."#),
        "[Not advice.]"
    );
}

#[test]
fn functions_give() {
    let site = Site::layout();
    for (action, gives) in [
        (r#"lower "ABC" | title"#, "Abc"),
        (r#"trim "  x " " ""#, "x"),
        (r#"strings.TrimPrefix "a" "abc""#, "bc"),
        (r#"replace "a-b-c" "-" "+""#, "a+b+c"),
        (r#"printf "%s at %d%% %v" "Rate" 5 true"#, "Rate at 5% true"),
        (r#"cond (gt 3 2) "y" "n""#, "y"),
        (r#"hasPrefix "abc" "ab""#, "true"),
        (r#"strings.Contains "abc" "x""#, "false"),
        (r#"plainify "<b>x</b> y""#, "x y"),
        (r#""a &amp; b" | htmlUnescape | safeHTML"#, "a & b"),
        (r#""<" | htmlEscape | safeHTML"#, "&lt;"),
        (r#"index (dict "a" (slice "x" "y")) "a" 1"#, "y"),
        (r#"(dict "a" (dict "b" "c")).a.b"#, "c"),
        (r#"(merge (dict "a" 1) (dict "a" 2)).a"#, "2"),
        (r#"default "d" """#, "d"),
        (r#"default true false"#, "false"),
        (r#"index (split "a,b" ",") 1"#, "b"),
        (r#"delimit (slice "a" "b" "c") ", " " and ""#, "a, b and c"),
        (r#"add 1 (int "2") | mul 2"#, "6"),
        (r#"substr "Größe" 2 2"#, "öß"),
        (r#"and "a" "b""#, "b"),
        (r#"or nil "" "c""#, "c"),
        (r#"print "a" 1 2"#, "a1 2"),
        (r#"printf "%.2f" 3.0"#, "?"),
    ] {
        assert_eq!(
            site.shows(&format!("{{{{ {action} }}}}")),
            gives,
            "{action}"
        );
    }
}
