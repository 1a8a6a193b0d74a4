//! Mistakes, and templates that would never end.

use super::site::Site;
use crate::template::{LONGEST, Mark};

#[test]
fn mistakes_are_problems() {
    let site = Site::layout();
    for (root, tells) in [
        ("a{{ \"b }}c", "a!a string does not end on its line!?c"),
        ("a{{ (1 }}c", "a!a parenthesis is not closed!?c"),
        ("a{{ 1 ) }}c", "a!a parenthesis closes nothing!?c"),
        ("a{{ end }}c", "a!this ends nothing!?c"),
        ("a{{ if true }}c", "ac!this has no end!?"),
        (
            "a{{ if (1 }}b{{ end }}",
            "a!a parenthesis is not closed![b]",
        ),
        ("a{{", "a!an action does not end!?"),
        ("a{{/* b", "a!a comment does not end!?"),
        ("a{{ # }}b", "a!a character that no action has!?b"),
    ] {
        let root = root.replace("\"b }}", "\"b\n }}");
        assert_eq!(site.shows(&root), tells, "{root}");
    }
}

#[test]
fn hostile_templates_end() {
    let tells = |site: &Site, root: &str, what: &str| {
        let output = site.run(root);
        let told =
            |mark: &(usize, Mark)| matches!(&mark.1, Mark::Problem(_, why) if why.contains(what));
        assert!(output.marks.iter().any(told), "{what}");
        assert!(output.text.text.len() <= LONGEST);
    };
    let many = 100_000;
    let plain = Site::layout();
    tells(
        &plain,
        &format!("{{{{ {}1{} }}}}", "(".repeat(many), ")".repeat(many)),
        "too deeply",
    );
    for condition in ["if true", "if .X", "with .X", "range .X", "range slice 1"] {
        let root = format!("{{{{ {condition} }}}}").repeat(many) + "x" + &"{{ end }}".repeat(many);
        // what a loop may assign is looked for in all of it
        let what = if condition == "range .X" {
            "too long"
        } else {
            "too deeply"
        };
        tells(&plain, &root, what);
    }
    tells(
        &plain,
        &("{{ if .X }}".to_owned() + &"{{ else if .X }}a".repeat(many) + "{{ end }}"),
        "too deeply",
    );
    tells(&plain, &"{{ if true }}".repeat(many), "too deeply");
    plain.run(&"{{ if .X }}{{ return }}{{ end }}a".repeat(many));
    let nested = "{{ range seq 10000 }}".repeat(5) + "a" + &"{{ end }}".repeat(5);
    tells(&plain, &nested, "too long");
    let doubled = r#"{{ $x := "aaaaaaaaaaaaaaaa" }}{{ range seq 64 }}{{ $x = printf "%s%s" $x $x }}{{ end }}{{ $x }}"#;
    plain.run(doubled);
    let long = r#"{{ $x := "aaaaaaaaaaaaaaaa" }}{{ range seq 16 }}{{ $x = printf "%s%s" $x $x }}{{ end }}{{ range seq 9 }}{{ $x }}{{ end }}"#;
    tells(&plain, long, "too much");
    plain.run("{{ $x := slice }}{{ range seq 9000 }}{{ $x = slice $x }}{{ end }}{{ $x }}");
    let same = Site::layout()
        .file("a", r#"{{ partial "b" . }}"#)
        .file("b", r#"x{{ partial "a" . }}"#);
    tells(&same, r#"{{ partial "a" . }}"#, "one another");
    let deep = format!(
        "{}{{{{ partial \"a\" (dict \"a\" (dict \"b\" .)) }}}}{}",
        "{{ if true }}".repeat(3),
        "{{ end }}".repeat(3)
    );
    tells(
        &Site::layout().file("a", &deep),
        r#"{{ partial "a" . }}"#,
        "too deeply",
    );
    let tree = Site::layout().file(
        "tree",
        r#"<li>{{ range .Pages }}{{ partial "tree" . }}{{ end }}</li>"#,
    );
    assert_eq!(tree.shows(r#"{{ partial "tree" . }}"#), "<li>[?]</li>");
    let twice = Site::layout().file("a", r#"{{ partial "a" . }}{{ partial "a" . }}"#);
    tells(&twice, r#"{{ partial "a" . }}"#, "too long");
    for broken in [
        "{{",
        "{{-",
        "{{- ",
        "{{-}}",
        "{{ . | }}",
        "{{ | }}",
        "{{ $ }}",
        "{{ .. }}",
        "{{ $a, $b := 1 }}",
        "{{ else }}",
        "{{ define }}x",
        "{{ 'ab' }}",
        "{{ \"\\",
        "{{ ` }}",
        "{{ 1e }}",
        "{{ ü.é }}",
        "{{ range }}x{{ end }}",
        "{{ template }}",
        "{{ block \"x\" }}{{ end }}",
        "{{ .Get }}",
        "{{ dict \"a\" }}",
        "{{ printf \"%\" }}",
        "{{ printf \"%é\" 1 }}",
        "{{ first 9 (slice) }}",
        "{{ index }}",
        "{{ div 1 0 }}",
        "{{ substr \"é\" 1 9 }}",
        "{{ seq 1 0 3 }}",
    ] {
        plain.run(broken);
    }
}
