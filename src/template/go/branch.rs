//! Conditions and loops: which branch runs, or both where nothing decides.

use std::ops::Range;
use std::rc::Rc;

use super::expression::Head;
use super::lists;
use super::parse::{Arm, Does, Program};
use super::run::Run;
use super::value::Item;
use crate::source::Span;
use crate::template::Mark;

/// Where it goes on after a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
    Return,
    /// Perhaps not with the next step, because of this condition.
    Maybe(Span, Far),
}

/// How far something leaves, at most.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Far {
    Turn,
    Loop,
    Template,
}

impl Flow {
    /// Where it goes on after one of two branches.
    pub(super) fn or(self, other: Self, span: Span) -> Self {
        let far = match self.far() > other.far() {
            true => self.far(),
            false => other.far(),
        };
        match far.filter(|_| self != other) {
            None => self,
            Some(far) => Self::Maybe(span, far),
        }
    }

    fn far(self) -> Option<Far> {
        match self {
            Self::Next => None,
            Self::Continue => Some(Far::Turn),
            Self::Break => Some(Far::Loop),
            Self::Return => Some(Far::Template),
            Self::Maybe(_, far) => Some(far),
        }
    }
}

impl Run<'_> {
    /// Runs the first branch whose condition holds.
    pub(super) fn choose(&mut self, program: &Rc<Program>, arms: &[Arm], dot: &Item) -> Flow {
        for (number, arm) in arms.iter().enumerate() {
            self.at = arm.span;
            let value = match &arm.head {
                _ if !self.spend(0) => return Flow::Next,
                None => Item::Bool(true),
                Some(head) => self.head(head, dot),
            };
            let truth = value.truth();
            let within = match (arm.with, value) {
                (true, Item::Unknown(_)) => Item::Unknown(Some(true)),
                (true, value) => value,
                (false, _) => dot.clone(),
            };
            match truth {
                Some(true) => return self.walk(program, arm.body.clone(), &within),
                Some(false) => {}
                None => return self.split(program, arm, &within, &arms[number + 1..], dot),
            }
        }
        Flow::Next
    }

    /// Both what a condition lets through that nothing decides, and what it does not.
    fn split(
        &mut self,
        program: &Rc<Program>,
        arm: &Arm,
        within: &Item,
        rest: &[Arm],
        dot: &Item,
    ) -> Flow {
        let before = self.variables.clone();
        self.spend(before.len());
        let one = self.doubted(arm.span, |run| run.walk(program, arm.body.clone(), within));
        let after = std::mem::replace(&mut self.variables, before);
        if !self.down() {
            self.mark(Mark::Problem(
                arm.span,
                "the template nests too deeply".to_owned(),
            ));
            return one;
        }
        let two = self.doubted(arm.span, |run| run.choose(program, rest, dot));
        self.up();
        self.agree(&after);
        one.or(two, arm.span)
    }

    /// Runs what is perhaps not run.
    pub(super) fn perhaps(&mut self, span: Span, run: impl FnOnce(&mut Self) -> Flow) -> Flow {
        let before = self.variables.clone();
        self.spend(before.len());
        let flow = self.doubted(span, run);
        self.agree(&before);
        flow
    }

    /// Marks what is put out as undecided; nothing where nothing is.
    fn doubted(&mut self, span: Span, run: impl FnOnce(&mut Self) -> Flow) -> Flow {
        let (text, marks) = (self.out.text.text.len(), self.out.marks.len());
        self.mark(Mark::Undecided(span));
        self.doubts += 1;
        let flow = run(self);
        self.doubts -= 1;
        if self.out.text.text.len() == text && self.out.marks.len() == marks + 1 {
            self.out.marks.pop();
        } else {
            self.mark(Mark::Decided);
        }
        flow
    }

    /// Variables whose value is another than in the other branch are not known.
    fn agree(&mut self, other: &[(String, Item)]) {
        for ((_, one), (_, two)) in self.variables.iter_mut().zip(other) {
            if !one.same(two) {
                *one = Item::Unknown(one.truth().filter(|_| one.truth() == two.truth()));
            }
        }
    }

    pub(super) fn each(
        &mut self,
        program: &Rc<Program>,
        head: &Head,
        body: &Range<usize>,
        other: &Range<usize>,
        dot: &Item,
    ) -> Flow {
        let span = self.at;
        // the variables of a `range` take its items, not its list
        if let Some(why) = head.pipe.bad {
            self.mark(Mark::Problem(span, why.to_owned()));
        }
        let value = self.pipe(&head.pipe, dot);
        let Some(items) = lists::items(&value, span) else {
            self.forget(program, body.clone());
            let flow = self.perhaps(span, |run| {
                let unknown = (Item::Unknown(None), Item::Unknown(None));
                run.turn(program, head, body, unknown)
            });
            let flow = left(flow, span);
            if value.truth() == Some(true) || other.is_empty() {
                return flow;
            }
            let rest = self.perhaps(span, |run| run.walk(program, other.clone(), dot));
            return flow.or(rest, span);
        };
        if items.is_empty() {
            return self.walk(program, other.clone(), dot);
        }
        let mut items = items.into_iter();
        let mut doubt = None;
        while let Some(item) = items.next().filter(|_| self.spend(1)) {
            match self.turn(program, head, body, item) {
                Flow::Next | Flow::Continue | Flow::Maybe(_, Far::Turn) => {}
                Flow::Break => break,
                Flow::Return => return Flow::Return,
                Flow::Maybe(span, far) => {
                    doubt = Some((span, far));
                    break;
                }
            }
        }
        let Some((span, mut far)) = doubt else {
            return Flow::Next;
        };
        // the other turns, all in the one doubt
        self.perhaps(span, |run| {
            while let Some(item) = items.next().filter(|_| run.spend(1)) {
                let flow = run.turn(program, head, body, item);
                if flow.far() == Some(Far::Template) {
                    far = Far::Template;
                }
                if matches!(flow, Flow::Break | Flow::Return) {
                    break;
                }
            }
            Flow::Next
        });
        left(Flow::Maybe(span, far), span)
    }

    /// One turn of a loop.
    fn turn(
        &mut self,
        program: &Rc<Program>,
        head: &Head,
        body: &Range<usize>,
        item: (Item, Item),
    ) -> Flow {
        let scope = self.variables.len();
        let (key, value) = item;
        match &head.variables[..] {
            [one] => self.name(one, head.declares, value.clone()),
            [one, two] => {
                self.name(one, head.declares, key);
                self.name(two, head.declares, value.clone());
            }
            _ => {}
        }
        let flow = self.walk(program, body.clone(), &value);
        self.variables.truncate(scope);
        flow
    }

    /// What steps that run nobody knows how often may assign is not known in any of them.
    fn forget(&mut self, program: &Rc<Program>, steps: Range<usize>) {
        self.spend(steps.len());
        for step in &program.steps[steps] {
            let mut heads: Vec<&Head> = Vec::new();
            match &step.does {
                Does::Put(head) | Does::Each(head, ..) => heads.push(head),
                Does::Choose(arms) => heads.extend(arms.iter().filter_map(|arm| arm.head.as_ref())),
                _ => {}
            }
            for head in heads.into_iter().filter(|head| !head.declares) {
                for name in &head.variables {
                    self.name(name, false, Item::Unknown(None));
                }
            }
        }
    }
}

/// Where it goes on after a loop that ran so.
fn left(flow: Flow, span: Span) -> Flow {
    match flow {
        Flow::Return | Flow::Maybe(_, Far::Template) => Flow::Maybe(span, Far::Template),
        _ => Flow::Next,
    }
}
