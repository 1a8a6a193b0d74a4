//! `repeat`: a text must be there again and again: on the page, in every section, on every slide, before every call to action, every
//! so many words.
//!
//! A slide is what stands between two lines of `---` in Markdown, a `<section>` in HTML, a section of the first or second level in
//! AsciiDoc and reStructuredText; a page without any is one slide.

use crate::finding::Code;
use crate::keys::{Key, Shape, Table};
use crate::source::Span;

use super::anchor::{Anchor, Place};
use super::subject::{ANY, DISCLOSURE, Subject, validate as one};
use super::{Check, Compiler, Kind, Page, Scope, Spot, Stretch, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "repeat",
    about: "The text must be there again and again.",
    keys: &[
        DISCLOSURE,
        ANY,
        UNLESS,
        UNLESS_SENTENCE,
        Key::required(
            "every",
            Shape::Either(&[
                Shape::Choice(&["page", "section", "slide", "cta"]),
                Shape::Count(20, 10_000),
            ]),
            "How often: on each page, in each section, on each slide, before each call to action and after the one before it, or each time after so many words.",
        ),
    ],
    validate: |table| one(table, table.span, &["disclosure", "any"]),
    compile,
    judges_rest: false,
};

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    let every = match (table.text("every"), table.count("every")) {
        (_, Some(count)) => Every::Words(count),
        (Some("section"), _) => Every::Section,
        (Some("slide"), _) => Every::Slide,
        (Some("cta"), _) => Every::Cta,
        _ => Every::Page,
    };
    if matches!(every, Every::Cta) {
        compiler.needs(Anchor::Cta);
    }
    Box::new(Repeat {
        subject: Subject::of(table, compiler),
        every,
    })
}

#[derive(Debug)]
struct Repeat {
    subject: Subject,
    every: Every,
}

#[derive(Debug, Clone, Copy)]
enum Every {
    Page,
    Section,
    Slide,
    Cta,
    Words(u32),
}

/// Part of a page that must hold the text, and where to say so when it does not.
struct Part {
    first: Spot,
    end: Spot,
    at: Span,
}

impl Check for Repeat {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        if let Some(finding) = self.subject.unsaid(scope) {
            verdict.findings.push(finding);
            return verdict;
        }
        let found = self.subject.places(scope);
        let Some(first) = found.first() else {
            verdict.findings.push(self.subject.absent(scope, None));
            return verdict;
        };
        let texts: Vec<Stretch> = found.iter().map(|of| of.at).collect();
        let (lacking, detail) = self.every.lacking(scope, &texts);
        for at in lacking {
            let mut finding = scope.missing(Some(&detail));
            if finding.code == Code::Missing {
                let one = scope.finding(Code::Missing, at, Some(&detail));
                (finding.location, finding.related) = (one.location, one.related);
            }
            let elsewhere = scope.related("it stands here", first.span);
            finding.related.push(elsewhere);
            verdict.findings.push(finding);
        }
        if verdict.findings.is_empty() {
            verdict.met.extend(found.iter().map(|of| of.span));
        }
        self.subject.doubt(scope, &mut verdict);
        verdict
    }
}

impl Every {
    /// Where the text is owed and does not stand, and what to say of it.
    fn lacking(self, scope: &Scope<'_>, texts: &[Stretch]) -> (Vec<Span>, String) {
        let page = scope.page;
        let (parts, detail) = match self {
            Self::Page => (Vec::new(), String::new()),
            Self::Section => (
                page.section_parts(),
                "this section is without it".to_owned(),
            ),
            Self::Slide => (page.slide_parts(), "this slide is without it".to_owned()),
            Self::Cta => (
                before_each(&scope.anchors(Anchor::Cta)),
                "this call to action is without it, since the one before".to_owned(),
            ),
            Self::Words(most) => {
                let detail = format!("more than {most} words go by without it");
                return (page.gaps(texts, most), detail);
            }
        };
        let holds = |part: &Part| {
            let from = texts.partition_point(|of| of.first < part.first);
            let next = texts.get(from);
            // one that goes on from the part before stands in this one too
            let before = from.checked_sub(1).map(|at| &texts[at]);
            next.is_some_and(|of| of.first < part.end)
                || before.is_some_and(|of| of.end > part.first)
        };
        let lacking = parts.iter().filter(|part| !holds(part));
        (lacking.map(|part| part.at).collect(), detail)
    }
}

/// For each place what stands before it, from the one before on.
fn before_each(places: &[Place]) -> Vec<Part> {
    let mut first = Spot::default();
    let parts = places.iter().map(|place| Part {
        first: std::mem::replace(&mut first, place.at.end),
        end: place.at.first,
        at: place.span,
    });
    parts.collect()
}

impl Page<'_> {
    fn section_parts(&self) -> Vec<Part> {
        let places = self.section_places();
        let starts: Vec<Spot> = places
            .iter()
            .map(|place| {
                let section = self.document.blocks[place.at.first.block as usize].section;
                let heading = self.document.sections[section as usize].heading;
                Spot {
                    block: heading.unwrap_or(place.at.first.block),
                    word: 0,
                }
            })
            .collect();
        let ends = starts.iter().skip(1).copied().chain([Spot::LAST]);
        let parts = starts.iter().zip(ends).zip(&places);
        parts
            .map(|((first, end), place)| Part {
                first: *first,
                end,
                at: place.span,
            })
            .collect()
    }

    fn slide_parts(&self) -> Vec<Part> {
        let blocks = &self.document.blocks;
        let end = super::page::number(blocks.len());
        let whole = [(0, end)];
        let slides = match &self.document.slides[..] {
            [] => &whole[..],
            slides => slides,
        };
        let spot = |block: u32| Spot { block, word: 0 };
        let own = self.own_blocks();
        let parts = slides.iter().filter_map(|(first, end)| {
            let at = own[own.partition_point(|of| of < first)..].first()?;
            (at < end).then(|| Part {
                first: spot(*first),
                end: spot(*end),
                at: blocks[*at as usize].span,
            })
        });
        parts.collect()
    }

    /// The first block after each stretch of so many words without a text.
    fn gaps(&self, texts: &[Stretch], most: u32) -> Vec<Span> {
        let own = self.own_blocks();
        let end = own.last().map_or(0, |last| {
            self.word_number(Spot {
                block: last + 1,
                word: 0,
            })
        });
        let ends = texts
            .iter()
            .map(|of| (self.word_number(of.first), self.word_number(of.end)));
        let mut lacking = Vec::new();
        let mut from = 0;
        for (first, next) in ends.chain([(end, end)]) {
            if first.saturating_sub(from) > most {
                let at = own.partition_point(|block| {
                    let number = self.word_number(Spot {
                        block: *block,
                        word: 0,
                    });
                    number <= from + most
                });
                let block = at.checked_sub(1).and_then(|at| own.get(at));
                lacking.extend(block.map(|at| self.document.blocks[*at as usize].span));
            }
            from = from.max(next);
        }
        lacking
    }
}
