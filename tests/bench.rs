//! What each stage costs on generated pages: `cargo bench`. Read the figures as ratios within one run; machines are noisy.

use std::sync::Arc;

use caveat::text::Tokens;
use caveat::{Document, Facts, Outcome, RuleSet, Source, lint, rule, syntax};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Pages as documentation has them, with a claim and a clause now and then; the same for each run.
fn corpus(pages: usize) -> Vec<Arc<Source>> {
    let sentences = [
        "The **command** takes a [path](https://example.com/docs/path \"where\") and a `--flag`, in any order.",
        "Set the value to 42 before you start the service; it reads the file once.",
        "A list of names follows, each with the day on which it was added.",
        "Past performance is not a reliable indicator of future results.",
        "Prices can fall as well as rise, and you may get back less than you put in.",
        "Nothing here is investment advice — ask an adviser whom you trust.",
        "Nobody can offer you guaranteed returns, whatever the leaflet says.",
        "Wir haben die Größe geändert, damit die Übersicht nicht verloren geht.",
        "Restart the worker when the queue stays full for more than ten minutes.",
    ];
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).expect("small")
    };
    (0..pages)
        .map(|page| {
            let mut text = format!("---\ntitle: Page {page}\n---\n\n# Page {page}\n\n");
            for block in 0..40 {
                match next(8) {
                    0 => text.push_str(&format!("## Part {block}\n\n")),
                    1 => text.push_str("```sh\nrun --all --now\n```\n\n"),
                    2 => text.push_str(
                        "| name | value |\n| --- | --- |\n| width | 12 |\n| height | 30 |\n\n",
                    ),
                    3 => (0..3).for_each(|_| {
                        text.push_str("- ");
                        text.push_str(sentences[next(sentences.len())]);
                        text.push('\n');
                    }),
                    _ => (0..4).for_each(|_| {
                        text.push_str(sentences[next(sentences.len())]);
                        text.push('\n');
                    }),
                }
                text.push('\n');
            }
            Arc::new(Source::new(format!("page-{page}.md"), text))
        })
        .collect()
}

fn bytes(sources: &[Arc<Source>]) -> BytesCount {
    BytesCount::new(
        sources
            .iter()
            .map(|source| source.text().len())
            .sum::<usize>(),
    )
}

fn parsed(sources: &[Arc<Source>]) -> Vec<Document> {
    let markdown = syntax::named("markdown").expect("Markdown is a syntax");
    sources
        .iter()
        .map(|source| markdown.parse(source))
        .collect()
}

fn rules(packs: &[&str]) -> RuleSet {
    let packs: Vec<_> = packs
        .iter()
        .map(|name| Arc::new(rule::built_in(name).expect("it is built in").0))
        .collect();
    let rules: Vec<_> = packs
        .iter()
        .flat_map(|pack| pack.rules.iter().map(Arc::clone))
        .collect();
    RuleSet::compile(&rules, &std::collections::BTreeMap::new(), &packs)
}

/// The floor: the Markdown parser alone, events with offsets.
#[divan::bench]
fn parser_alone(bencher: Bencher) {
    let sources = corpus(100);
    bencher.counter(bytes(&sources)).bench(|| {
        sources
            .iter()
            .map(|source| {
                pulldown_cmark::Parser::new_ext(
                    source.text(),
                    pulldown_cmark::Options::ENABLE_TABLES,
                )
                .into_offset_iter()
                .count()
            })
            .sum::<usize>()
    });
}

/// Parse, fold, blocks.
#[divan::bench]
fn parse_and_fold(bencher: Bencher) {
    let sources = corpus(100);
    bencher
        .counter(bytes(&sources))
        .bench(|| black_box(parsed(&sources)).len());
}

/// Folding alone, as of one passage a file.
#[divan::bench]
fn fold(bencher: Bencher) {
    let sources = corpus(100);
    bencher.counter(bytes(&sources)).bench(|| {
        sources
            .iter()
            .map(|source| caveat::text::fold(source.text()).len())
            .sum::<usize>()
    });
}

/// Cutting every block into tokens.
#[divan::bench]
fn tokens(bencher: Bencher) {
    let sources = corpus(100);
    let documents = parsed(&sources);
    bencher.counter(bytes(&sources)).bench(|| {
        documents
            .iter()
            .flat_map(|document| {
                document
                    .blocks
                    .iter()
                    .map(|block| Tokens::of(&document.text, block.passage).len())
            })
            .sum::<usize>()
    });
}

/// The packs that a figure is for.
#[derive(Debug, Clone, Copy)]
enum Packs {
    Core,
    CoreAndHouse,
    All,
    /// All, on pages for retail clients of every jurisdiction, so that no rule is left out by whom it is for.
    AllApply,
}

const PACKS: [Packs; 4] = [
    Packs::Core,
    Packs::CoreAndHouse,
    Packs::All,
    Packs::AllApply,
];

impl Packs {
    fn rules(self) -> RuleSet {
        match self {
            Self::Core => rules(&["core"]),
            Self::CoreAndHouse => rules(&["core", "house"]),
            Self::All | Self::AllApply => {
                let all: Vec<&str> = rule::PACKS.iter().map(|(name, _)| *name).collect();
                rules(&all)
            }
        }
    }

    fn facts(self) -> Facts {
        let mut facts = Facts::default();
        if matches!(self, Self::AllApply) {
            for (name, _) in rule::PACKS {
                let (pack, _) = rule::built_in(name).expect("it is built in");
                let facets = pack.rules.iter().flat_map(|rule| rule.when.facets.iter());
                for (facet, values) in facets.filter(|(facet, _)| *facet != "language") {
                    let known: &mut Vec<String> =
                        facts.facets.entry((*facet).to_owned()).or_default();
                    known.extend(values.iter().cloned());
                }
            }
        }
        facts
    }
}

/// Matching and judging, on documents that are parsed.
#[divan::bench(args = PACKS)]
fn lint_parsed(bencher: Bencher, packs: Packs) {
    let sources = corpus(100);
    let documents = parsed(&sources);
    let (rules, facts) = (packs.rules(), packs.facts());
    bencher.counter(bytes(&sources)).bench(|| {
        documents
            .iter()
            .map(|document| lint(document, &rules, &facts).findings.len())
            .sum::<usize>()
    });
}

/// Everything from text to findings.
#[divan::bench]
fn whole_check(bencher: Bencher) {
    let sources = corpus(100);
    let (rules, facts) = (rules(&["core"]), Facts::default());
    bencher.counter(bytes(&sources)).bench(|| {
        parsed(&sources)
            .iter()
            .map(|document| lint(document, &rules, &facts))
            .map(|outcome: Outcome| outcome.findings.len())
            .sum::<usize>()
    });
}

/// What a run costs besides its pages: packs are read, and compiled for the first page, which is empty.
#[divan::bench(args = PACKS)]
fn start(bencher: Bencher, packs: Packs) {
    let page = parsed(&[Arc::new(Source::new("empty.md", ""))]);
    let facts = packs.facts();
    bencher.bench(|| lint(&page[0], &packs.rules(), &facts));
}

/// The files of a site of Hugo, with a layout round its pages or without.
fn site(layout: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the site");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    };
    write(".git/HEAD", "");
    write("hugo.toml", "title = \"A site\"\n");
    for (number, page) in corpus(1000).iter().enumerate() {
        write(&format!("content/posts/p{number}.md"), page.text());
    }
    if layout {
        let links: String = (0..12)
            .map(|number| {
                format!("<li class=\"item\"><a href=\"/s{number}/\">Part {number}</a></li>\n")
            })
            .collect();
        write(
            "layouts/_default/single.html",
            &format!(
                "<html><head><title>{{{{ .Title }}}}</title></head><body><nav><ul>{links}</ul></nav>\n\
                 <main><h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}</main>\n\
                 <footer>{{{{ partial \"risk.html\" . }}}}</footer></body></html>\n"
            ),
        );
        write(
            "layouts/partials/risk.html",
            "<p>Past performance is not a reliable indicator of future results.</p>\n",
        );
    }
    folder
}

/// A thousand pages from the disk, without what stands round them and with a layout that all share.
#[divan::bench(args = [false, true], sample_count = 10)]
fn shared_layout(bencher: Bencher, layout: bool) {
    let folder = site(layout);
    let options = caveat::project::Options {
        cwd: folder.path().to_owned(),
        near: vec![".".into()],
        isolated: true,
        as_of: jiff::civil::date(2026, 11, 23),
        ..Default::default()
    };
    let here = [std::path::PathBuf::from(".")];
    bencher.bench(|| {
        let project = caveat::project::Project::load(&options).expect("it loads");
        let files = project
            .files(&here, &caveat::project::Walk::default())
            .expect("it can be walked");
        project.check(&files, true, &|| ()).0.met.len()
    });
}
