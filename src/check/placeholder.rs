//! `placeholder`: no value may be left to be filled in: `[insert percentage]`, `XX%`, `{{loss_percent}}`, `[Company name]`, `TBD`.
//! Code is no text. What a template puts out was evaluated before; what could not be is no placeholder, and nobody knows it.

use crate::document::{BlockKind, Document, Hidden};
use crate::finding::{Code, Finding, Severity};
use crate::keys::{Key, Shape, Table};
use crate::source::Span;
use crate::text::{Blank, Expression, Hit, Sort, Tokens, WordingId, beginning};

use super::false_tags::tags;
use super::page::number;
use super::{Check, Compiler, Kind, Page, Scope, UNLESS, UNLESS_SENTENCE, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "placeholder",
    about: "No value may be left to be filled in.",
    keys: &[
        Key::new(
            "sentence",
            Shape::Phrases,
            "Only a placeholder counts whose sentence, heading, lead-in or preceding table cell has one of these; each does when left out.",
        ),
        Key::new(
            "regex",
            Shape::Regexes,
            "Regular expressions for forms of the house, beside those that are known; they run on folded text, block by block.",
        ),
        UNLESS,
        UNLESS_SENTENCE,
        Key::new(
            "sense",
            Shape::Choice(&["claim", "mention"]),
            "`claim` (default): what is quoted, in quotation marks or in a block quote, does not count; `mention`: it does.",
        ),
    ],
    validate: |_| Vec::new(),
    compile,
    judges_rest: true,
};

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    Box::new(Placeholder {
        sentence: table
            .has("sentence")
            .then(|| compiler.seen_wordings(table, "sentence", None)),
        forms: table
            .regexes("regex")
            .iter()
            .map(|(form, _)| form.clone())
            .collect(),
        unless: compiler.seen_wordings(table, "unless", None),
        unless_sentence: compiler.seen_wordings(table, "unless-sentence", None),
        mention: table.text("sense") == Some("mention"),
    })
}

#[derive(Debug)]
struct Placeholder {
    /// Which sentences count; none where all do.
    sentence: Option<Vec<WordingId>>,
    forms: Vec<Expression>,
    unless: Vec<WordingId>,
    unless_sentence: Vec<WordingId>,
    mention: bool,
}

/// No phrase reaches further back than this: gaps are of 50 words at most.
const LONGEST: u32 = 400;

/// What the phrases of the rule find on a page.
struct Hits {
    sentence: Option<Vec<Hit>>,
    unless: Vec<Hit>,
    unless_sentence: Vec<Hit>,
}

impl Check for Placeholder {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let page = scope.page;
        let mut verdict = Verdict::default();
        let hits = Hits {
            sentence: self.sentence.as_ref().map(|ids| page.hits(ids)),
            unless: page.hits(&self.unless),
            unless_sentence: page.hits(&self.unless_sentence),
        };
        if hits.sentence.as_ref().is_none_or(|hits| !hits.is_empty()) {
            for block in 0..page.document.blocks.len() {
                self.look(scope, block, &hits, &mut verdict.findings);
            }
        }
        self.look_undecided(scope, &mut verdict.findings);
        verdict
    }
}

impl Placeholder {
    /// What is left to be filled in in a block.
    fn look(&self, scope: &Scope<'_>, block: usize, hits: &Hits, findings: &mut Vec<Finding>) {
        let (page, of) = (scope.page, &scope.page.document.blocks[block]);
        let speaks = |hits: &Vec<Hit>| {
            above(page, block)
                .chain([block])
                .any(|at| speaks(hits, at, 0..u32::MAX))
        };
        if (of.quote && !self.mention) || !hits.sentence.as_ref().is_none_or(speaks) {
            return;
        }
        let tokens = page.tokens(block);
        let mut blanks = page.document.text.blanks(of.passage, tokens);
        for form in &self.forms {
            blanks.extend(page.document.text.blanks_of(of.passage, tokens, form));
        }
        blanks.extend(tags(page, block, tokens));
        blanks.sort_by_key(|blank| (blank.span.start, std::cmp::Reverse(blank.span.end)));
        let mut told = 0;
        for mut blank in blanks {
            blank.span = with_escape(page.document, blank.span);
            let written = page.document.slice(blank.span);
            // two forms that find the same one make one finding
            let again = blank.span.start < told;
            if again
                || !blank.case.fits(written)
                || !self.counts(page, block, &blank, hits)
                || (blank.sort == Sort::Letter && is_algebra(page, block, &blank))
                || page.is_settled(blank.span)
            {
                continue;
            }
            if let Some(finding) = finding(scope, &blank) {
                told = blank.span.end;
                findings.push(finding);
            }
        }
    }

    /// Whether a placeholder stands in words that count.
    fn counts(&self, page: &Page<'_>, block: usize, blank: &Blank, hits: &Hits) -> bool {
        let tokens = page.tokens(block);
        let (first, end) = blank.words;
        let quoted = tokens.opens_quoted()
            || tokens
                .quotations()
                .iter()
                .any(|(from, to)| *from < end.max(first + 1) && first < *to);
        if quoted && !self.mention {
            return false;
        }
        let own = |hit: &&Hit| hit.first < end && first < hit.end;
        let sentence = sentence(tokens, blank);
        let near = |hits: &[Hit]| {
            let inside = beginning(hits, number(block), sentence.clone());
            inside.iter().any(|hit| !own(&hit))
                || above(page, block).any(|at| speaks(hits, at, 0..u32::MAX))
        };
        let counts = hits
            .sentence
            .as_ref()
            .is_none_or(|hits| near(hits) || speaks(hits, block, sentence.clone()));
        let back = beginning(
            &hits.unless,
            number(block),
            first.saturating_sub(LONGEST)..end,
        );
        counts && !near(&hits.unless_sentence) && !back.iter().any(|hit| own(&hit))
    }

    /// What is left to be filled in where a condition that nothing decides may show it.
    fn look_undecided(&self, scope: &Scope<'_>, findings: &mut Vec<Finding>) {
        let document = scope.page.document;
        let undecided = |at: &usize| document.hidden[*at].why == Hidden::Undecided;
        let mut blocks = (0..document.hidden.len()).filter(undecided).peekable();
        if blocks.peek().is_none() {
            return;
        }
        let hits = self
            .sentence
            .as_ref()
            .map(|ids| scope.page.all_hidden_hits(ids));
        let not = scope.page.all_hidden_hits(&self.unless_sentence);
        for at in blocks {
            let (of, all) = (&document.hidden[at], 0..u32::MAX);
            let counts = hits
                .as_ref()
                .is_none_or(|hits| speaks(hits, at, all.clone()));
            if !counts || speaks(&not, at, all) {
                continue;
            }
            let tokens = Tokens::of(&document.hidden_text, of.passage);
            for blank in document.hidden_text.blanks(of.passage, &tokens) {
                let written = document.slice(blank.span);
                let sure = !matches!(blank.sort, Sort::Letter | Sort::Opaque | Sort::Braced);
                if sure && blank.case.fits(written) {
                    let detail = format!("`{}` stands {}", shown(written), of.why.place());
                    findings.push(scope.finding(Code::Unverifiable, blank.span, Some(&detail)));
                }
            }
        }
    }
}

/// Whether some of these hits begin in these words of a block.
fn speaks(hits: &[Hit], block: usize, words: std::ops::Range<u32>) -> bool {
    !beginning(hits, number(block), words).is_empty()
}

/// The words of the sentence that a placeholder stands in.
fn sentence(tokens: &Tokens, blank: &Blank) -> std::ops::Range<u32> {
    let (first, end) = blank.words;
    let last = tokens.len().saturating_sub(1);
    // one of signs alone belongs to what stands before it, if anything does
    let alone = u32::from(first == end && first > 0);
    let of = tokens.sentence(((first - alone) as usize).min(last));
    number(of.start)..number(of.end).max(end)
}

/// Whether a letter stands for any value, as in "if you lose X%, you need Y%".
fn is_algebra(page: &Page<'_>, block: usize, blank: &Blank) -> bool {
    const REACH: u32 = 40;
    const ANY: &[&str] = &[
        "if", "when", "suppose", "assume", "assuming", "imagine", "say", "where", "any", "each",
        "every", "example", "wenn", "si", "se",
    ];
    let (tokens, text) = (page.tokens(block), &page.document.text);
    let of = sentence(tokens, blank);
    let near = of.start.max(blank.words.0.saturating_sub(REACH))
        ..of.end.min(blank.words.1.saturating_add(REACH));
    let own = blank.words.0..blank.words.1;
    near.filter(|at| !own.contains(at)).any(|at| {
        let word = text.token(&tokens.items()[at as usize]);
        ANY.contains(&word) || ["x", "y", "z", "n"].contains(&word)
    })
}

/// The blocks that say what a block is about: its heading, what leads in to it, the table cell before it.
fn above(page: &Page<'_>, block: usize) -> impl Iterator<Item = usize> {
    let blocks = &page.document.blocks;
    let of = &blocks[block];
    let heading = page.document.sections[of.section as usize].heading;
    let heading = heading.map(|at| at as usize).filter(|at| *at != block);
    let cell = |at: &usize| of.kind == BlockKind::Cell && blocks[*at].kind == BlockKind::Cell;
    let before = block.checked_sub(1).filter(cell);
    heading.into_iter().chain(page.lead(block)).chain(before)
}

/// The finding for a value that is not there; none for code.
fn finding(scope: &Scope<'_>, blank: &Blank) -> Option<Finding> {
    let document = scope.page.document;
    let written = shown(document.slice(blank.span));
    let by_program = |detail: &str| {
        let mut finding = scope.finding(Code::Unverifiable, blank.span, Some(detail));
        finding.severity = finding.severity.min(Severity::Note);
        finding
    };
    let detail = match blank.sort {
        Sort::Opaque => {
            let program = written.starts_with(['{', '$', '%', '<']);
            let detail = "what a program puts in the place of the value is not known";
            return program.then(|| by_program(detail));
        }
        Sort::Braced if document.filled_in && !scope.page.facts.built => {
            return Some(by_program(&format!(
                "what a program puts in the place of `{written}` is not known"
            )));
        }
        Sort::Braced => format!(
            "`{written}` stands where {}, and nothing fills it in",
            blank.wants
        ),
        Sort::Failed => format!(
            "`{written}` stands where {}: a program had none",
            blank.wants
        ),
        Sort::Noted if written.starts_with(['T', 'F']) && !written.starts_with("TB") => {
            format!("`{written}` is a note to the author")
        }
        Sort::Marked | Sort::Letter | Sort::Noted | Sort::Filler => {
            format!("`{written}` stands where {}", blank.wants)
        }
    };
    Some(scope.finding(Code::Prohibited, blank.span, Some(&detail)))
}

/// With the sign before it that keeps its first one from being markup: `\[●]`.
fn with_escape(document: &Document, span: Span) -> Span {
    let before = Span {
        start: span.start.saturating_sub(1),
        end: span.start,
    };
    let sign = document
        .slice(span)
        .starts_with(|c: char| c.is_ascii_punctuation());
    if sign && document.slice(before) == "\\" {
        before.to(span)
    } else {
        span
    }
}

/// As a message can show it.
fn shown(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
