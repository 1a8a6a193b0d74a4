//! `link`: a link must be there, with these words, and lead where it should. One that leads nowhere does not count.

use crate::document::Link;
use crate::finding::{Code, Finding};
use crate::keys::{Globs, Key, Shape, Table};
use crate::source::Span;
use crate::text::WordingId;

use super::place::{EMPHASIS, NEAR, NOT_IN, PLACE, Placement};
use super::{Check, Compiler, Kind, Page, Scope, Stretch, Stretches, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "link",
    about: "A link must be there that leads somewhere.",
    keys: &[TEXT, TARGET, PLACE, NEAR, NOT_IN, EMPHASIS],
    validate,
    compile,
    judges_rest: false,
};

const TEXT: Key = Key::new(
    "text",
    Shape::Phrases,
    "Phrases of which its words must have one, whole.",
);
const TARGET: Key = Key::new(
    "target",
    Shape::Texts,
    "Globs of which its target must match one; `*` crosses everything. Without them it may lead anywhere but nowhere.",
);

/// `link` beside a text that is required.
pub(super) const BESIDE: Key = Key::new(
    "link",
    Shape::Table(&[TEXT, TARGET]),
    "A link that must stand in the blocks of the text, or in the next or the last one.",
);

pub(super) fn validate(table: &Table) -> Vec<(Span, String)> {
    if table.has("text") || table.has("target") {
        return Vec::new();
    }
    vec![(
        table.span,
        "demands nothing: give `text` or `target`".to_owned(),
    )]
}

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    Box::new(Linked {
        wanted: Wanted::of(table, compiler),
        placement: Placement::of(table, compiler),
    })
}

#[derive(Debug)]
struct Linked {
    wanted: Wanted,
    placement: Option<Placement>,
}

impl Check for Linked {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let looked = self.wanted.look(scope);
        let Some((first, at)) = looked.good.first() else {
            verdict
                .findings
                .push(looked.wrong(scope, &self.wanted, None));
            return verdict;
        };
        let Some(placement) = &self.placement else {
            verdict.met.push(page_span(scope.page, first, *at));
            return verdict;
        };
        let found: Vec<Stretch> = looked.good.iter().map(|(words, _)| *words).collect();
        match placement.judge(scope, &found, &[]) {
            Ok(right) => verdict.met.push(page_span(scope.page, &right, *at)),
            Err(finding) => verdict.findings.push(*finding),
        }
        verdict
    }
}

/// The words of a link; the whole of one that has none.
fn page_span(page: &Page<'_>, words: &Stretch, link: Span) -> Span {
    if words.first == words.end {
        link
    } else {
        page.span_of(words)
    }
}

/// A link that is wanted.
#[derive(Debug)]
pub(super) struct Wanted {
    text: Vec<WordingId>,
    says: Option<String>,
    target: Option<Globs>,
}

/// What a page has of a link that is wanted.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// The words of each link that is right, and the link.
    pub(super) good: Vec<(Stretch, Span)>,
    /// What is wrong with one that is not.
    bad: Option<(Span, Wrong)>,
}

#[derive(Debug)]
enum Wrong {
    NoLink,
    Dead(String),
    Elsewhere(String),
    Untold(String),
}

impl Wanted {
    pub(super) fn of(table: &Table, compiler: &mut Compiler<'_>) -> Self {
        Self {
            text: compiler.wordings(table, "text", None),
            says: table
                .phrases("text")
                .first()
                .map(|(phrase, _)| phrase.raw().to_owned()),
            target: table
                .has("target")
                .then(|| Globs::links(table.texts("target"))),
        }
    }

    /// Looks for it among all links that a reader sees, those of the frame and of the layout too.
    pub(super) fn look(&self, scope: &Scope<'_>) -> Looked {
        let page = scope.page;
        let links = page.all_links();
        let mut looked = Looked::default();
        let mut take = |words: Stretch, link: &Link| match self.wrong_of(link) {
            None => looked.good.push((words, link.span)),
            Some(wrong) => {
                let at = page_span(page, &words, link.span);
                looked.bad.get_or_insert((at, wrong));
            }
        };
        if self.text.is_empty() {
            for (number, words) in links {
                let link = &page.document.links[*number as usize];
                if self
                    .target
                    .as_ref()
                    .is_some_and(|of| of.matches(&link.target))
                {
                    take(*words, link);
                }
            }
            return looked;
        }
        let mut bare = None;
        for hit in page.hits(&self.text) {
            let words = Stretch::of(&hit);
            let before = links.partition_point(|(_, at)| at.first <= words.first);
            let holder = before.checked_sub(1).map(|at| &links[at]);
            match holder.filter(|(_, at)| at.holds(&words)) {
                Some((number, at)) => take(*at, &page.document.links[*number as usize]),
                None => bare = bare.or(Some(page.span(&hit))),
            }
        }
        let no_link = bare.map(|span| (span, Wrong::NoLink));
        looked.bad = looked.bad.or(no_link);
        looked
    }

    fn wrong_of(&self, link: &Link) -> Option<Wrong> {
        let target = link.target.trim();
        let script = target
            .get(..11)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
        if script || matches!(target, "" | "#" | "#!" | "about:blank") {
            return Some(Wrong::Dead(target.to_owned()));
        }
        let wanted = self.target.as_ref()?;
        if wanted.matches(target) {
            return None;
        }
        let filled = target.contains("{{") || target.contains("{%") || target.contains("${");
        Some(if filled {
            Wrong::Untold(target.to_owned())
        } else {
            Wrong::Elsewhere(target.to_owned())
        })
    }

    /// What it is, for people.
    fn what(&self) -> String {
        let says = self
            .says
            .as_ref()
            .map(|says| format!(" that says `{says}`"));
        let leads = self
            .target
            .as_ref()
            .map(|globs| format!(" to {}", globs.raw.join(" or ")));
        let both = [says, leads].into_iter().flatten().collect::<String>();
        format!("no link{both} is there")
    }
}

impl Looked {
    /// The finding where no link is right: at the one that is wrong, else where it is owed.
    pub(super) fn wrong(self, scope: &Scope<'_>, wanted: &Wanted, owed: Option<Span>) -> Finding {
        let unlinked = |at: Span, detail: &str| {
            let mut finding = scope.finding(Code::Unlinked, at, Some(detail));
            let demands = owed.or(scope.triggers.first().map(|of| of.span));
            finding
                .related
                .extend(demands.map(|at| scope.related("demands it", at)));
            finding
        };
        let globs = wanted.target.as_ref().map(|globs| globs.raw.join(" or "));
        match self.bad {
            Some((at, Wrong::NoLink)) => unlinked(at, "it is no link, or not as a whole"),
            Some((at, Wrong::Dead(target))) => unlinked(
                at,
                &format!("the link leads nowhere: its target is `{target}`"),
            ),
            Some((at, Wrong::Elsewhere(target))) => unlinked(
                at,
                &format!(
                    "the link leads to `{target}`, and not to {}",
                    globs.unwrap_or_default()
                ),
            ),
            Some((at, Wrong::Untold(target))) => {
                let detail = format!(
                    "where the link leads cannot be told before the page is built: `{target}`"
                );
                scope.finding(Code::Unverifiable, at, Some(&detail))
            }
            None => wanted.absent(scope, owed),
        }
    }
}

impl Wanted {
    fn absent(&self, scope: &Scope<'_>, owed: Option<Span>) -> Finding {
        let page = scope.page;
        if let Some(hit) = page.hidden_hits(&self.text).first() {
            let why = page.document.hidden[hit.passage as usize].why;
            return scope.unseen(page.hidden_span(hit), why, "the words of the link");
        }
        let mut finding = scope.missing(Some(&self.what()));
        if finding.code == Code::Missing {
            finding.code = Code::Unlinked;
            if let Some(owed) = owed {
                let detail = self.what();
                finding = scope.finding(Code::Unlinked, owed, Some(&detail));
            }
        }
        finding
    }

    /// The finding for a text that has no right link beside it, with the links that were found; none when it has.
    pub(super) fn beside(
        &self,
        scope: &Scope<'_>,
        looked: Looked,
        texts: &[Stretch],
    ) -> Option<Finding> {
        let page = scope.page;
        let near = Stretches::of(texts.to_vec());
        let beside = |words: &Stretch| {
            let around = near.around(words);
            around
                .into_iter()
                .flatten()
                .any(|of| page.blocks_between(of, words) <= 1)
        };
        if looked.good.iter().any(|(words, _)| beside(words)) {
            return None;
        }
        let text = texts.first().map(|of| page.span_of(of));
        let Some((words, link)) = looked.good.first().copied() else {
            return Some(looked.wrong(scope, self, text));
        };
        let span = page_span(page, &words, link);
        let detail = "the link does not stand beside the text";
        let mut finding = scope.finding(Code::Misplaced, span, Some(detail));
        finding
            .related
            .extend(text.map(|at| scope.related("owed beside this", at)));
        Some(finding)
    }
}
