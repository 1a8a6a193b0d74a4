//! Components like real ones: what they put out for a call, and that every place leads to the words.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::pieces::Pieces;
use crate::source::Source;

/// Where a file of a test begins in the document.
const BASE: usize = 100_000;

/// Evaluates the default export of the first file; the others can be imported by their names.
fn output(files: &[(&str, &str)], given: &[(&str, Value)], paired: bool) -> Output {
    let all: Vec<Opened> = files
        .iter()
        .enumerate()
        .map(|(number, (path, text))| Opened {
            source: Arc::new(Source::new(*path, *text)),
            base: BASE * (number + 1),
        })
        .collect();
    let open = |_: Opens, path: &str, _: Span| {
        let name = path.rsplit('/').next().unwrap();
        all.iter()
            .find(|opened| opened.source.path().starts_with(name) && path.starts_with(['.', '@']))
            .cloned()
            .ok_or_else(|| format!("`{path}` is not there"))
    };
    let context = Context {
        arguments: given
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
        paired,
        page: &Value::Nil,
        facts: &BTreeMap::new(),
        site: &Value::Nil,
        strings: &|_| Value::Unknown,
        open: &open,
    };
    let out = evaluate(&all[0], None, &context);
    // what stands as in a file must stand there
    for (part, span) in out.text.parts(0..out.text.text.len()) {
        let shown = &out.text.text[part];
        let file = (span.start as usize / BASE).checked_sub(1);
        if let Some((_, text)) = file.and_then(|file| files.get(file))
            && span.range().len() == shown.len()
            && !shown.trim().is_empty()
        {
            let base = span.start as usize / BASE * BASE;
            let from = &text[span.range().start - base..span.range().end - base];
            if shown.split_whitespace().count() > 1 {
                assert_eq!(from, shown);
            }
        }
    }
    out
}

/// The text with its marks written into it.
fn shown(out: &Output) -> String {
    let mut text = String::new();
    let mut from = 0;
    for (at, mark) in &out.marks {
        text += &out.text.text[from..*at];
        from = *at;
        match mark {
            Mark::Inner => text += "[inner]",
            Mark::Undecided(_) => text += "[?",
            Mark::Decided => text += "?]",
            Mark::Unknown(_) => text += "[unknown]",
            Mark::Problem(_, message) => text += &format!("[{message}]"),
        }
    }
    text + &out.text.text[from..]
}

fn evaluated(files: &[(&str, &str)], given: &[(&str, Value)]) -> String {
    shown(&output(files, given, false))
}

fn text(words: &str) -> Value {
    Value::Text(Pieces::of(words, 5))
}

#[test]
fn text_over_lines_is_one_line_with_its_places() {
    let source = "import React from 'react';\n\nexport default function RiskDisclaimer() {\n  return (\n    <div className=\"risk\">\n      {/* the broker's text */}\n      <p>\n        CFDs are complex instruments and come with a high risk\n        of losing money. Don't trade what you can't lose.{' '}\n        <strong>Capital at risk.</strong>\n      </p>\n      <br />\n    </div>\n  );\n}\n";
    let out = output(&[("RiskDisclaimer.tsx", source)], &[], false);
    assert_eq!(
        shown(&out),
        "<div className=\"risk\"><p>CFDs are complex instruments and come with a high risk of losing money. Don't trade what you can't lose. <strong>Capital at risk.</strong></p><br /></div>"
    );
    let at = out.text.text.find("risk of losing").unwrap();
    let span = out.text.span(at, at + "risk of losing".len());
    let words = &source[span.range().start - BASE..span.range().end - BASE];
    assert_eq!(words, "risk\n        of losing");
}

#[test]
fn arguments_defaults_and_constants_are_put_out() {
    let source = "const NAME = \"Acme & Sons\";\ninterface P { share?: string }\nexport const Risk: React.FC<P> = ({ share = '76%', note, ...rest }) => (\n  <p {...rest} hidden={false} title={note}>{share} of accounts lose money with {NAME}. {note}{missing}</p>\n);\nexport default React.memo(Risk);\n";
    assert_eq!(
        evaluated(&[("Risk.tsx", source)], &[("note", text("Take <care>."))]),
        "<p title=\"Take &lt;care>.\">76% of accounts lose money with Acme &amp; Sons. Take &lt;care>.[unknown]</p>"
    );
}

#[test]
fn hidden_elements_stay_hidden() {
    let source = "export default () => <div style={{ display: 'none', fontSize: 12 }}><small className={cn('sr-only', x && 'b')}>Risk</small><p hidden={closed}>May be</p></div>;";
    assert_eq!(
        evaluated(&[("A.jsx", source)], &[]),
        "<div style=\"display:none;font-size:12px\"><small className=\"sr-only\">Risk</small>[?<p>May be</p>?]</div>"
    );
}

#[test]
fn conditions_are_decided_by_arguments_or_not_at_all() {
    let source = "export default function R({ type, isEu }) {\n  const [open] = useState(false);\n  if (!type) return null;\n  return <>{type === 'crypto' && <p>Crypto risk</p>}{isEu ? <b>EU</b> : 'Other'}{open && <i>More</i>}</>;\n}";
    let files = [("R.jsx", source)];
    assert_eq!(evaluated(&files, &[]), "");
    assert_eq!(
        evaluated(
            &files,
            &[("type", text("crypto")), ("isEu", Value::Unknown)]
        ),
        "<p>Crypto risk</p>[?<b>EU</b>?][?Other?][?<i>More</i>?]"
    );
    assert_eq!(
        evaluated(&files, &[("type", text("x")), ("isEu", Value::Bool(true))]),
        "<b>EU</b>[?<i>More</i>?]"
    );
}

#[test]
fn returns_under_conditions_and_switches() {
    let source = "export default function R({ region }) {\n  const geo = useGeo();\n  if (geo.us) {\n    return <p>Futures</p>;\n  }\n  switch (region) {\n    case 'eu':\n    case 'uk':\n      return <p>CFDs</p>;\n    default:\n      return <p>Risk</p>;\n  }\n}";
    let files = [("R.jsx", source)];
    assert_eq!(
        evaluated(&files, &[("region", text("eu"))]),
        "[?<p>Futures</p>?][?<p>CFDs</p>?]"
    );
    assert_eq!(evaluated(&files, &[]), "[?<p>Futures</p>?][?<p>Risk</p>?]");
}

#[test]
fn lists_are_put_out_each_or_once() {
    let source = "const RISKS = ['Loss', 'Leverage'];\nexport default function L({ items }) { return <ul>{RISKS.map((risk) => (<li key={risk}>{risk}</li>))}{posts.map(p => <li>Post: {p.title}</li>)}</ul>; }";
    assert_eq!(
        evaluated(&[("L.jsx", source)], &[]),
        "<ul><li>Loss</li><li>Leverage</li>[?<li>Post: [unknown]</li>?]</ul>"
    );
}

#[test]
fn astro_with_arguments_and_a_nested_component() {
    let page = "---\nimport Notice from './Notice.astro';\nconst { level = \"high\", extra } = Astro.props;\n---\n\n<!-- none sees this -->\n<Notice tone={level}>\n  <p>Don't invest what you can't lose.</p>\n</Notice>\n<style>p { color: red }</style>\n";
    let notice = "---\nconst { tone } = Astro.props;\n---\n<aside class=\"n\" data-tone={tone}>{tone === 'high' ? <b>High risk.</b> : null}<slot /></aside>\n";
    let out = evaluated(&[("Page.astro", page), ("Notice.astro", notice)], &[]);
    assert!(
        out.contains("<aside class=\"n\" data-tone=\"high\"><b>High risk.</b>"),
        "{out}"
    );
    assert!(
        out.contains("<p>Don't invest what you can't lose.</p>"),
        "{out}"
    );
    assert!(out.contains("<style>p { color: red }</style>"), "{out}");
    assert!(!out.contains("none sees") && !out.contains('['), "{out}");
}

#[test]
fn a_layout_stands_round_the_page() {
    let layout = "---\nimport Footer from '../components/Footer.tsx';\n---\n<!DOCTYPE html>\n<html><body><main><slot /></main><slot name=\"aside\">Own</slot><Footer note=\"Capital at risk.\" /></body></html>";
    let footer = "export default function Footer({ note, children }) { return <footer>{note}{children}</footer>; }";
    let files = [("Layout.astro", layout), ("Footer.tsx", footer)];
    assert_eq!(
        shown(&output(&files, &[], true)).trim(),
        "<!DOCTYPE html>\n<html><body><main>[inner]</main>Own<footer>Capital at risk.</footer></body></html>"
    );
}

#[test]
fn vue_branches_and_arguments() {
    let source = "<script setup lang=\"ts\">\nimport RiskNote from './RiskNote.vue';\nconst props = withDefaults(defineProps<{ kind?: string; share: string }>(), { kind: 'cfd' });\n</script>\n<template>\n  <div v-if=\"kind === 'cfd'\">{{ share }} lose.</div>\n  <div v-else>None.</div>\n  <p v-if=\"region.eu\">EU</p>\n  <p v-else>Else</p>\n  <risk-note :text=\"share\">Kids</risk-note>\n</template>\n";
    let note = "<template><em>{{ text }}: <slot>Own</slot></em></template>\n<script>\nexport default { props: ['text'] }\n</script>";
    let out = evaluated(
        &[("Risk.vue", source), ("RiskNote.vue", note)],
        &[("share", text("76%"))],
    );
    let flat: Vec<&str> = out.split('\n').map(str::trim).collect();
    assert_eq!(
        flat.concat(),
        "<div>76% lose.</div>[?<p>EU</p>?][?<p>Else</p>?]<em>76%: Kids</em>"
    );
}

#[test]
fn svelte_blocks() {
    let source = "<script>\n  export let level = 'high';\n  let open = false;\n</script>\n\n{#if level === 'high'}<p>High risk.</p>{:else}<p>Low.</p>{/if}\n{#if $geo.eu}<p>EU</p>{:else if $geo.us}<p>US</p>{/if}\n<slot />\n<style>p { color: red }</style>";
    assert_eq!(
        shown(&output(&[("A.svelte", source)], &[], true)).trim(),
        "<p>High risk.</p>\n[?<p>EU</p>?][?<p>US</p>?]\n[inner]"
    );
}

#[test]
fn wrappers_stay_and_libraries_are_unknown() {
    let source = "import { Collapsible } from '@/components/ui/collapsible';\nimport Link from 'next/link';\nimport { Card } from 'ui-kit';\nimport Gone from './Gone';\nexport default () => <Collapsible title=\"More\"><p>Risk, see <Link href=\"/x\">terms</Link>.</p><Card>Inside</Card><Gone/></Collapsible>;";
    assert_eq!(
        evaluated(&[("W.jsx", source)], &[]),
        "<Collapsible title=\"More\"><p>Risk, see <a href=\"/x\">terms</a>.</p>[unknown]Inside[`./Gone` is not there]</Collapsible>"
    );
}

#[test]
fn a_cycle_is_told() {
    let a = "import B from './B'; export default () => <div>A<B/></div>;";
    let b = "import A from './A'; export default () => <div>B<A/></div>;";
    assert_eq!(
        evaluated(&[("A.jsx", a), ("B.jsx", b)], &[]),
        "<div>A<div>B[`A.jsx` brings itself in]</div></div>"
    );
}

#[test]
fn re_exports_and_constants_of_other_files() {
    let index = "export { default } from './Real';";
    let real = "import { RISK } from './copy';\nexport default function Real() { return <p>{RISK.eu}</p>; }";
    let copy = "export const RISK = { eu: 'Capital at risk.' } as const;";
    assert_eq!(
        evaluated(
            &[("index.ts", index), ("Real.tsx", real), ("copy.ts", copy)],
            &[]
        ),
        "<p>Capital at risk.</p>"
    );
}

#[test]
fn imports_of_pages() {
    let page = "import X, { Y as Z, type T } from '../x.tsx'\nimport './a.css';\n\n# Head\n\nWe import goods from abroad.\n\nexport { default as W } from \"./w\"\n";
    let found: Vec<_> = imports(page)
        .into_iter()
        .map(|of| (of.local, of.exported, of.path))
        .collect();
    let own = |local: &str, exported: Option<&str>, path: &str| {
        (
            local.to_owned(),
            exported.map(str::to_owned),
            path.to_owned(),
        )
    };
    assert_eq!(
        found,
        [
            own("X", None, "../x.tsx"),
            own("Z", Some("Y"), "../x.tsx"),
            own("T", Some("T"), "../x.tsx"),
            own("W", None, "./w"),
        ]
    );
}

#[test]
fn generics_are_no_elements() {
    let source = "const pick = <T,>(x: T) => x;\nconst of = useRef<HTMLDivElement>(null);\nexport default function G<P extends object>({ a }: { a?: Array<string> }) { const n = a < 3; return <p>Fine</p>; }";
    assert_eq!(evaluated(&[("G.tsx", source)], &[]), "<p>Fine</p>");
}

#[test]
fn hostile_files_end() {
    let begins = "export default () => ";
    let ends = [".jsx", ".astro", ".vue", ".svelte", ".ts"];
    for (unit, count) in [
        ("<a>", 20_000),
        ("{", 20_000),
        ("(", 20_000),
        ("<A b={", 9_000),
        ("`${", 20_000),
        ("a ? ", 20_000),
        ("!", 20_000),
        ("a && ", 9_000),
        ("{#if a}", 9_000),
        ("'", 999),
        ("<p v-if=\"a\">", 5_000),
        ("<slot>", 9_000),
        ("{{", 9_000),
        ("é<é", 999),
        ("</a>", 9_000),
        ("if (a) ", 9_000),
        ("<template v-if=\"a\">", 5_000),
        ("[1,", 9_000),
        ("=> ", 9_000),
        ("<!--", 999),
        ("\\", 999),
        ("import {", 999),
        ("switch (a) { case ", 5_000),
        ("a.map(", 9_000),
        ("else if (a) ", 5_000),
        ("const a = ", 5_000),
        ("<script>", 999),
        ("/", 9_000),
    ] {
        let body = unit.repeat(count);
        for end in ends {
            let path = format!("H{end}");
            for text in [
                format!("{begins}{body}"),
                format!("<template>{body}</template>"),
                format!("export default function X() {{ {body} }}"),
            ] {
                evaluated(&[(path.as_str(), text.as_str())], &[]);
            }
        }
        imports(&body);
    }
    let double: String = (0..60)
        .map(|number| {
            format!(
                "const a{} = <b>{{a{number}}}{{a{number}}}</b>;\n",
                number + 1
            )
        })
        .collect();
    let text = format!("const a0 = 'x';\n{double}export default () => <p>{{a60}}</p>;");
    evaluated(&[("D.jsx", text.as_str())], &[]);
}

#[test]
fn every_cut_of_a_file_ends() {
    let source = "---\nconst { a = `x${1}` } = Astro.props;\n---\n<p class={`b ${a}`} {...c}>é {a ? <b>x</b> : [1].map(y => <i>{y}</i>)}</p>";
    for (at, _) in source.char_indices() {
        for path in ["A.astro", "A.vue", "A.svelte", "A.tsx"] {
            evaluated(&[(path, &source[..at])], &[]);
            evaluated(&[(path, &source[at..])], &[]);
        }
    }
}
