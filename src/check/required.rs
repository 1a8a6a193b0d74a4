//! `required`: a text must be there, where a reader sees it. A disclosure is prescribed and taken word for word; phrases are
//! taken "to the effect of".

use crate::keys::{Key, Shape, Table};
use crate::source::Span;
use crate::text::{Hit, WordingId, language};

use super::about::{self, ABOUT, About};
use super::disclosed::Disclosed;
use super::link::{self, BESIDE};
use super::place::{EMPHASIS, NEAR, NOT_IN, PLACE};
use super::stand::Stand;
use super::usual::{self, LIKE, Usual};
use super::{Check, Compiler, Kind, Page, REGEX, Scope, Stretch, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "required",
    about: "The text must be there, where a reader sees it.",
    keys: &[
        Key::new(
            "disclosure",
            Shape::Text,
            "The approved text that must stand there word for word.",
        ),
        Key::new("any", Shape::Phrases, "Phrases of which one must be there."),
        Key::new("all", Shape::EachPhrase, "Phrases that must all be there."),
        REGEX,
        UNLESS,
        UNLESS_SENTENCE,
        Key::new(
            "sense",
            Shape::Choice(&["statement", "mention"]),
            "`statement` (default): a question or a denial of the phrase does not count; `mention`: it does.",
        ),
        Key::new(
            "languages",
            Shape::Texts,
            "The languages that its phrases are in (`de`): on a page in one of them a text that surely reads as another does not count.",
        ),
        LIKE,
        ABOUT,
        PLACE,
        NEAR,
        NOT_IN,
        EMPHASIS,
        BESIDE,
    ],
    validate,
    compile,
    judges_rest: false,
};

fn validate(table: &Table) -> Vec<(Span, String)> {
    let texts = ["any", "all", "regex"]
        .into_iter()
        .any(|key| table.has(key));
    let mut wrong = Vec::new();
    if !texts && !table.has("disclosure") {
        wrong.push((
            table.span,
            "demands nothing: give `disclosure`, `any`, `all` or `regex`".to_owned(),
        ));
    }
    if texts && table.has("disclosure") {
        wrong.push((
            table.key_of("disclosure"),
            "is either prescribed or to the effect of: not `disclosure` beside phrases".to_owned(),
        ));
    }
    if table.has("regex") && table.has("all") && !table.has("any") {
        wrong.push((
            table.key_of("regex"),
            "stands beside `any`, not beside `all`".to_owned(),
        ));
    }
    if table.has("languages") && !texts {
        let message =
            "stands beside `any`, `all` or `regex`: a disclosure says itself what it is in";
        wrong.push((table.key_of("languages"), message.to_owned()));
    }
    for tag in table.texts("languages") {
        if language::tag(&tag).as_ref() != Some(&tag) {
            let message = format!("`{tag}` is no tag of a language: write `de`, `fr`, `pt`");
            wrong.push((table.span_of("languages"), message));
        }
    }
    if table.has("like") && !texts {
        let message = "stands beside `any`, `all` or `regex`: what comes close to a disclosure is told anyway";
        wrong.push((table.key_of("like"), message.to_owned()));
    }
    wrong.extend(usual::validate(table));
    wrong.extend(table.table("link").into_iter().flat_map(link::validate));
    wrong
}

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    if let Some(id) = table.text("disclosure") {
        return Box::new(Disclosed {
            id: compiler.qualified(id),
            about: About::of(table, compiler),
            stand: Stand::of(table, compiler),
        });
    }
    Box::new(Stated {
        any: compiler.wordings(table, "any", Some("regex")),
        all: table
            .phrases("all")
            .iter()
            .map(|(phrase, _)| (phrase.raw().to_owned(), compiler.finder.shared(phrase)))
            .collect(),
        unless: compiler.seen_wordings(table, "unless", None),
        unless_sentence: compiler.seen_wordings(table, "unless-sentence", None),
        mention: table.text("sense") == Some("mention"),
        languages: table.texts("languages"),
        usual: Usual::of(table),
        about: About::of(table, compiler),
        stand: Stand::of(table, compiler),
    })
}

/// Phrases: to the effect of.
#[derive(Debug)]
struct Stated {
    any: Vec<WordingId>,
    all: Vec<(String, WordingId)>,
    unless: Vec<WordingId>,
    unless_sentence: Vec<WordingId>,
    mention: bool,
    languages: Vec<String>,
    usual: Usual,
    about: About,
    stand: Option<Stand>,
}

impl Check for Stated {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let mut foreign = false;
        if !self.any.is_empty() {
            foreign |= self.demand(&self.any, None, scope, &mut verdict);
        }
        for (raw, phrase) in &self.all {
            foreign |= self.demand(&[*phrase], Some(raw), scope, &mut verdict);
        }
        if !foreign {
            about::told(
                &self.about,
                &self.usual,
                scope,
                self.stand.as_ref(),
                &mut verdict.findings,
            );
        }
        verdict
    }
}

impl Stated {
    /// Judges one demand. Gives whether it is said in another language than the page's alone.
    fn demand(
        &self,
        any: &[WordingId],
        element: Option<&str>,
        scope: &Scope<'_>,
        verdict: &mut Verdict,
    ) -> bool {
        let page = scope.page;
        let mut hits = page.counted(any, &self.unless, &self.unless_sentence);
        hits.retain(|hit| self.mention || page.stated(hit));
        let mut foreign = None;
        hits.retain(|hit| {
            let other = self.foreign(page, hit);
            foreign = foreign.or(other.map(|tag| (*hit, tag)));
            other.is_none()
        });
        if let Some(first) = hits.first() {
            hits.iter()
                .for_each(|hit| page.mask(hit.passage, hit.first, hit.end));
            match &self.stand {
                None => verdict.met.push(page.span(first)),
                Some(stand) => {
                    let found: Vec<Stretch> = hits.iter().map(Stretch::of).collect();
                    stand.judge(scope, &found, verdict);
                }
            }
            return false;
        }
        let detail = element.map(|element| format!("`{element}` is not said"));
        if let Some((hit, tag)) = foreign {
            let detail = format!(
                "the page is {}, and the text stands only in {}",
                page.language_said(),
                language::named(tag)
            );
            let mut finding = scope.missing(Some(&detail));
            let here = scope.related("it is said here", page.span(&hit));
            finding.related.insert(0, here);
            verdict.findings.push(finding);
            return true;
        }
        let hidden = page.hidden_hits(any);
        verdict.findings.push(hidden.first().map_or_else(
            || scope.missing(detail.as_deref()),
            |first| {
                let why = page.document.hidden[first.passage as usize].why;
                scope.unseen(page.hidden_span(first), why, "the text")
            },
        ));
        false
    }

    /// The language that a hit stands in, where the page is in another, which its phrases have too.
    fn foreign(&self, page: &Page<'_>, hit: &Hit) -> Option<&'static str> {
        if self.languages.is_empty() {
            return None;
        }
        let tags = page.spoken().tags();
        let has = |tag: &&str| self.languages.iter().any(|of| language::is_of(tag, of));
        if !tags.iter().any(has) {
            return None;
        }
        let block = &page.document.blocks[hit.passage as usize];
        let read = language::detected(page.document.text.words(block.passage))?;
        let other = |tag: &&str| language::contradicts(read, tag);
        tags.iter().all(other).then_some(read)
    }
}
