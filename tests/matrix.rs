//! Each kind of demand and each placement, on a page that meets it and on one that breaks it: in Markdown, in HTML, and where what it
//! speaks of comes through an include. What the program says of each is in `matrix.out`: the code, the slice under the span, and the
//! slices under the related places. What must hold of every row is said here.

use serde_json::Value;

use crate::placement::{TEXT, pack};
use crate::{compare, folder, list, report, root, text};

const STAKING: &str = "[rule.when]\nmentions = [\"staking\"]\n";
const GERMAN: &str = "Ihr Kapital ist in Gefahr.";

/// A demand, and two pages with `@` where the words stand. Blocks are parted by empty lines; a page may begin with front matter.
struct Cell {
    name: &'static str,
    when: &'static str,
    demand: &'static str,
    /// What stands for `@` on the page that meets the demand, and on the one that breaks it.
    good: &'static str,
    bad: &'static str,
    page: &'static str,
    breaks: &'static str,
}

const CELLS: &[Cell] = &[
    Cell {
        name: "required, word for word",
        when: STAKING,
        demand: "[rule.required]\ndisclosure = \"risk\"\n",
        good: TEXT,
        bad: "Your capital is never at risk.",
        page: "# A\n\nWe offer staking.\n\n@",
        breaks: "# A\n\nWe offer staking.\n\n@",
    },
    Cell {
        name: "required, to the effect of",
        when: STAKING,
        demand: "[rule.required]\nany = [\"capital is at risk\"]\n",
        good: TEXT,
        bad: "Nothing is said.",
        page: "# A\n\nWe offer staking.\n\n@",
        breaks: "# A\n\nWe offer staking.\n\n@",
    },
    Cell {
        name: "forbidden",
        when: "",
        demand: "[rule.forbidden]\nany = [\"guaranteed return*\"]\n",
        good: "We offer no guaranteed returns.",
        bad: "We offer guaranteed returns.",
        page: "# A\n\n@",
        breaks: "# A\n\n@",
    },
    Cell {
        name: "placeholder",
        when: "",
        demand: "[rule.placeholder]\n",
        good: "Of our accounts 74% lose money.",
        bad: "Of our accounts XX% lose money.",
        page: "# A\n\n@",
        breaks: "# A\n\n@",
    },
    Cell {
        name: "metadata",
        when: "",
        demand: "[rule.metadata]\nkeys.approved-by = { one-of = [\"desk\"] }\n",
        good: "Words.",
        bad: "Words.",
        page: "---\napproved-by: desk\n---\n# A\n\n@",
        breaks: "---\napproved-by: me\n---\n# A\n\n@",
    },
    Cell {
        name: "link",
        when: STAKING,
        demand: "[rule.link]\ntext = \"learn more\"\ntarget = \"/risk*\"\n",
        good: "[Learn more](/risks)",
        bad: "[Learn more](/about)",
        page: "# A\n\nWe offer staking.\n\n@",
        breaks: "# A\n\nWe offer staking.\n\n@",
    },
    Cell {
        name: "order",
        when: "",
        demand: "[rule.order]\nfirst = { disclosure = \"risk\" }\nthen = { link = [\"*shop.example*\"] }\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n@\n\n[Shop](https://shop.example/)",
        breaks: "# A\n\n[Shop](https://shop.example/)\n\n@",
    },
    Cell {
        name: "repeat",
        when: "",
        demand: "[rule.repeat]\ndisclosure = \"risk\"\nevery = \"section\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\nOne.\n\n@\n\n## B\n\nTwo.\n\n@",
        breaks: "# A\n\nOne.\n\n@\n\n## B\n\nTwo.",
    },
    Cell {
        name: "language",
        when: "",
        demand: "[rule.language]\ndisclosure = \"risk\"\n",
        good: GERMAN,
        bad: TEXT,
        page: "---\nlang: de\n---\n# A\n\n@",
        breaks: "---\nlang: de\n---\n# A\n\n@",
    },
    Cell {
        name: "top",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"top\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n@\n\n## B\n\nTwo.",
        breaks: "# A\n\nOne.\n\n## B\n\n@",
    },
    Cell {
        name: "bottom",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"bottom\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\nOne.\n\n@",
        breaks: "# A\n\n@\n\nOne.\n\nTwo.\n\nThree.\n\nFour.",
    },
    Cell {
        name: "before the trigger",
        when: STAKING,
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"before-trigger\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n@\n\nWe offer staking.",
        breaks: "# A\n\nWe offer staking.\n\n@",
    },
    Cell {
        name: "in the section of the trigger",
        when: STAKING,
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"same-section\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\nWe offer staking.\n\n@\n\n## B\n\nTwo.",
        breaks: "# A\n\nWe offer staking.\n\n## B\n\n@",
    },
    Cell {
        name: "within so many blocks",
        when: STAKING,
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = { within = 1, of = \"trigger\" }\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\nWe offer staking.\n\n@",
        breaks: "# A\n\nWe offer staking.\n\nOne.\n\n@",
    },
    Cell {
        name: "before the first link",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"before-first-link\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n@\n\n[Go](/go)",
        breaks: "# A\n\n[Go](/go)\n\n@",
    },
    Cell {
        name: "before the first call to action",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"before-first-cta\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n[Home](/)\n\n@\n\n[Open an account](/go)",
        breaks: "# A\n\n[Open an account](/go)\n\n@",
    },
    Cell {
        name: "before the first affiliate link",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"before-first-affiliate-link\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n@\n\n[Shop](https://amzn.to/1)",
        breaks: "# A\n\n[Shop](https://amzn.to/1)\n\n@",
    },
    Cell {
        name: "every section",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nplace = \"every-section\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\nOne.\n\n@\n\n## B\n\nTwo.\n\n@",
        breaks: "# A\n\nOne.\n\n@\n\n## B\n\nTwo.",
    },
    Cell {
        name: "near",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nnear = [\"our fund\"]\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\nBuy our fund.\n\n@",
        breaks: "# A\n\nBuy our fund.\n\nOne.\n\n@",
    },
    Cell {
        name: "not in a quotation",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nnot-in = \"quote\"\n",
        good: TEXT,
        bad: TEXT,
        page: "# A\n\n@",
        breaks: "# A\n\n> @",
    },
    Cell {
        name: "in bold",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nemphasis = \"bold\"\n",
        good: "**Your capital is at risk.**",
        bad: TEXT,
        page: "# A\n\n@",
        breaks: "# A\n\n@",
    },
    Cell {
        name: "a link beside it",
        when: "",
        demand: "[rule.required]\ndisclosure = \"risk\"\nlink = { text = \"learn more\", target = \"/risk*\" }\n",
        good: "Your capital is at risk. [Learn more](/risks)",
        bad: "Your capital is at risk. [Learn more](/about)",
        page: "# A\n\n@",
        breaks: "# A\n\n@",
    },
];

/// A block as HTML has it.
fn html(block: &str) -> String {
    let of = |mark: &str| block.strip_prefix(mark).map(inline);
    if let Some(words) = of("# ") {
        format!("<h1>{words}</h1>\n")
    } else if let Some(words) = of("## ") {
        format!("<h2>{words}</h2>\n")
    } else if let Some(words) = of("> ") {
        format!("<blockquote><p>{words}</p></blockquote>\n")
    } else {
        format!("<p>{}</p>\n", inline(block))
    }
}

/// `[text](target)` and `**bold**` as HTML has them.
fn inline(of: &str) -> String {
    let of = of.replacen("**", "<b>", 1).replacen("**", "</b>", 1);
    let Some((before, rest)) = of.split_once('[') else {
        return of;
    };
    let (words, rest) = rest.split_once("](").expect("a link");
    let (target, rest) = rest.split_once(')').expect("its end");
    format!("{before}<a href=\"{target}\">{words}</a>{rest}")
}

/// Front matter and blocks of a page.
fn parts(page: &str) -> (&str, Vec<&str>) {
    let (front, body) = match page.strip_prefix("---\n") {
        Some(rest) => {
            let end = rest.find("---\n").expect("front matter ends") + 8;
            page.split_at(end)
        }
        None => ("", page),
    };
    (front, body.split("\n\n").collect())
}

/// The files of a page in each of three ways: as Markdown, as HTML, with the words brought in.
fn ways(page: &str, words: &str) -> [(&'static str, Vec<(&'static str, String)>); 3] {
    let (front, blocks) = parts(page);
    let filled: Vec<String> = blocks.iter().map(|of| of.replace('@', words)).collect();
    let markdown = format!("{front}{}\n", filled.join("\n\n"));
    let as_html: String = filled.iter().map(|of| html(of)).collect();
    let of_jekyll = match front {
        // it leaves a file without front matter as it is
        "" => "---\ntitle: A\n---\n",
        front => front,
    };
    let called =
        format!("{of_jekyll}{}\n", blocks.join("\n\n")).replace('@', "{% include words.html %}");
    [
        ("Markdown", vec![("page.md", markdown)]),
        ("HTML", vec![("page.html", format!("{front}{as_html}"))]),
        (
            "include",
            vec![
                ("page.md", called),
                ("_includes/words.html", html(words)),
                ("_config.yml", "title: A\n".to_owned()),
            ],
        ),
    ]
}

fn judged(cell: &Cell, files: &[(&'static str, String)]) -> Value {
    let rules = pack(cell.when, cell.demand).replace(
        &format!("text.en = \"{TEXT}\""),
        &format!("text.en = \"{TEXT}\"\ntext.de = \"{GERMAN}\""),
    );
    let mut all = vec![
        (".git/HEAD", ""),
        ("pack.toml", &*rules),
        ("caveat.toml", "packs = [\"pack.toml\"]\n"),
    ];
    all.extend(files.iter().map(|(name, text)| (*name, &**text)));
    let project = folder(&all);
    report(project.path(), &[files[0].0])
}

/// `path: "slice"` of a place, which must be that slice of that file.
fn place(of: &Value, files: &[(&'static str, String)]) -> String {
    let (path, slice) = (text(of, "path"), text(of, "text"));
    let file = files.iter().find(|(name, _)| *name == path);
    if let Some((_, whole)) = file {
        let at = |key: &str| {
            usize::try_from(of["span"][key].as_u64().expect("an offset")).expect("small")
        };
        assert_eq!(&whole[at("start")..at("end")], slice);
    }
    format!("{path}: {slice:?}")
}

#[test]
fn each_kind_and_each_placement_is_met_and_broken_in_three_ways() {
    let mut told = String::new();
    for cell in CELLS {
        told += &format!("{}\n", cell.name);
        for (way, files) in ways(cell.page, cell.good) {
            let report = judged(cell, &files);
            let (name, found) = (cell.name, list(&report, "findings"));
            assert!(found.is_empty(), "{name}, {way}: {found:#?}");
            // of what is not there and may not be nothing is said
            let met = list(&report, "met");
            assert_eq!(
                met.is_empty(),
                ["forbidden", "placeholder"].contains(&name),
                "{name}, {way}: {met:#?}"
            );
        }
        let mut codes = Vec::new();
        for (way, files) in ways(cell.breaks, cell.bad) {
            let report = judged(cell, &files);
            let (name, found) = (cell.name, list(&report, "findings"));
            let [finding] = found else {
                panic!("{name}, {way}: {found:#?}");
            };
            assert!(list(&report, "met").is_empty(), "{name}, {way}");
            let code = text(finding, "code").to_owned();
            told += &format!("  {way}: {code} {}\n", place(finding, &files));
            let owed = |of: &Value| text(of, "message").starts_with("owed ");
            let placed = ["place =", "near =", "first ="];
            let placed = placed.iter().any(|key| cell.demand.contains(key));
            let tells = list(finding, "related").iter().any(owed);
            assert_eq!(tells, placed, "{name}, {way}");
            for related in list(finding, "related") {
                let message = text(related, "message");
                told += &format!("    {message}: {}\n", place(related, &files));
            }
            codes.push(code);
        }
        assert!(
            codes.iter().all(|code| *code == codes[0]),
            "{}: {codes:?}",
            cell.name
        );
    }
    let compared = compare(&root().join("tests/matrix.out"), &told);
    assert!(compared.is_ok(), "{}", compared.unwrap_err());
}

/// A kind without a row here would be tried by nobody.
#[test]
fn every_kind_has_a_row_but_the_one_for_subtitles() {
    for kind in caveat::check::KINDS {
        let table = format!("[rule.{}]", kind.name);
        let row = CELLS.iter().any(|cell| cell.demand.starts_with(&table));
        // subtitles have neither includes nor HTML: tests/kinds.rs has them
        assert_eq!(row, kind.name != "cue", "{}", kind.name);
    }
}
