//! `order`: one thing must come before another, where the page has the other.

use crate::finding::Code;
use crate::keys::{Key, Shape, Table};
use crate::source::Span;

use super::subject::{SIDE, Subject, validate as one};
use super::{Check, Compiler, Kind, Scope, Stretches, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "order",
    about: "One thing must come before another, where the page has the other.",
    keys: &[
        Key::required("first", Shape::Table(SIDE), "What must come first."),
        Key::required("then", Shape::Table(SIDE), "What it must come before."),
    ],
    validate,
    compile,
    judges_rest: false,
};

const CHOICES: &[&str] = &["disclosure", "any", "link", "anchor"];

fn validate(table: &Table) -> Vec<(Span, String)> {
    let sides = ["first", "then"].into_iter();
    sides
        .filter_map(|side| table.table(side))
        .flat_map(|side| one(side, side.span, CHOICES))
        .collect()
}

fn compile(table: &Table, compiler: &mut Compiler<'_>) -> Box<dyn Check> {
    let empty = Table::default();
    let mut side = |name: &str| Subject::of(table.table(name).unwrap_or(&empty), compiler);
    Box::new(Order {
        first: side("first"),
        then: side("then"),
    })
}

#[derive(Debug)]
struct Order {
    first: Subject,
    then: Subject,
}

impl Check for Order {
    fn run(&self, scope: &Scope<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let first = self.first.places(scope);
        let own = Stretches::of(first.iter().map(|of| of.at).collect());
        let mut then = self.then.places(scope);
        // what the first holds itself, such as a link in a disclosure, comes with it
        then.retain(|of| !own.hold(&of.at));
        let Some(bound) = then.first() else {
            return verdict;
        };
        let owed = scope.related("owed before this", bound.span);
        if let Some(mut finding) = self.first.unsaid(scope) {
            finding.related.push(owed);
            verdict.findings.push(finding);
        } else if let Some(right) = first.iter().find(|of| of.at.is_before(&bound.at)) {
            verdict.met.push(right.span);
            self.first.doubt(scope, &mut verdict);
        } else if let Some(late) = first.first() {
            let detail = format!("it stands after {}", self.then.what());
            let mut finding = scope.finding(Code::Misplaced, late.span, Some(&detail));
            finding.related.push(owed);
            verdict.findings.push(finding);
        } else {
            let detail = format!(
                "{} does not come before {}",
                self.first.what(),
                self.then.what()
            );
            let mut finding = self.first.absent(scope, Some(&detail));
            if finding.code == Code::Missing {
                finding.location = owed.location;
            } else {
                finding.related.push(owed);
            }
            verdict.findings.push(finding);
        }
        verdict
    }
}
