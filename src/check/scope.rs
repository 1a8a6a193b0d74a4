//! What a check looks at: a page, and the rule that looks.

use super::{Head, Page};
use crate::document::{Hidden, Problem};
use crate::finding::{BROUGHT_IN, Code, Finding, Related};
use crate::source::{Location, Span};
use crate::text::Hit;

/// What made a rule apply.
#[derive(Debug, Clone, Copy)]
pub struct Trigger {
    /// Its words, in source bytes.
    pub span: Span,
    /// What on the page it is.
    pub from: Origin,
}

/// What a trigger is.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// Words that a reader sees.
    Words(Hit),
    /// A link, by its number in the document.
    Link(u32),
    /// No part of what is read.
    Elsewhere,
}

/// A page as one rule looks at it.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The rule.
    pub rule: &'a Head,
    /// What made the rule apply, in reading order; empty when it applies anyway.
    pub triggers: &'a [Trigger],
}

impl Scope<'_> {
    /// A finding of the rule at a place. `message` is the rule's own with `: detail` where there is one.
    ///
    /// What is wrong with words that another file brings in lies in that file; what is wrong with the page lies at the call.
    #[must_use]
    pub fn finding(&self, code: Code, span: Span, detail: Option<&str>) -> Finding {
        let document = self.page.document;
        let brought = document.brought_at(span.start).is_some();
        let of_words = matches!(code, Code::Altered | Code::Prohibited | Code::Stale);
        let (at, other, says) = match (brought, of_words) {
            (false, _) => (span, None, ""),
            (true, true) => (span, Some(document.on_page(span)), BROUGHT_IN),
            (true, false) => (self.call_of(span), Some(span), "stands here"),
        };
        Finding {
            rule: self.rule.id.clone(),
            code,
            severity: self.rule.severity,
            message: detail.map_or_else(
                || self.rule.message.clone(),
                |detail| format!("{}: {detail}", self.rule.message),
            ),
            help: self.rule.help.clone(),
            location: document.locate(at),
            key: None,
            related: other
                .map(|other| self.related(says, other))
                .into_iter()
                .collect(),
            sources: self.rule.sources.to_vec(),
            fix: None,
        }
    }

    /// What brings something in, on the page; what demands it where nothing on the page does, as with a layout.
    fn call_of(&self, span: Span) -> Span {
        let call = self.page.document.on_page(span);
        if call.is_empty() { self.demand() } else { call }
    }

    /// What made the rule apply, else the title.
    fn demand(&self) -> Span {
        let first = self.triggers.first();
        first.map_or_else(|| self.page.document.anchor(), |trigger| trigger.span)
    }

    /// A finding for words that stand there and that a reader does not see, or may not see.
    #[must_use]
    pub fn unseen(&self, span: Span, why: Hidden, what: &str) -> Finding {
        let code = if why == Hidden::Undecided {
            Code::Unverifiable
        } else {
            Code::Hidden
        };
        let detail = format!("{what} is there, but {}", why.place());
        let mut finding = self.finding(code, span, Some(&detail));
        finding.related.extend(
            self.triggers
                .first()
                .map(|trigger| self.related("demands it", trigger.span)),
        );
        finding
    }

    /// A finding for what is not there, because something that may bring it in could not be resolved.
    pub(super) fn unresolved(&self, problem: &Problem, detail: Option<&str>) -> Finding {
        let elsewhere = self.page.document.elsewhere.as_ref();
        let told = format!(
            "cannot be told, because {}{}",
            problem.message,
            elsewhere.map_or_else(String::new, |of| format!(", unless it comes with {of}"))
        );
        let detail = detail.map_or(told.clone(), |detail| format!("{detail}, or it {told}"));
        let at = if problem.span.is_empty() {
            self.demand()
        } else {
            problem.span
        };
        let mut finding = self.finding(Code::Unverifiable, at, Some(&detail));
        finding.related.extend(
            self.triggers
                .first()
                .map(|trigger| self.related("demands it", trigger.span)),
        );
        finding
    }

    /// A finding of code `missing`: at the first trigger, with the others as related places, else at the title.
    #[must_use]
    pub fn missing(&self, detail: Option<&str>) -> Finding {
        const SHOWN: usize = 3;
        if let Some(problem) = self.page.document.unresolved.first() {
            return self.unresolved(problem, detail);
        }
        let mut finding = self.finding(Code::Missing, self.demand(), detail);
        finding.related.extend(
            self.triggers
                .iter()
                .skip(1)
                .take(SHOWN)
                .map(|trigger| self.related("also demands it", trigger.span)),
        );
        finding
    }

    /// A further place on the page.
    #[must_use]
    pub fn related(&self, message: &str, span: Span) -> Related {
        Related {
            message: message.to_owned(),
            location: self.location(span),
        }
    }

    fn location(&self, span: Span) -> Location {
        self.page.document.locate(span)
    }
}
