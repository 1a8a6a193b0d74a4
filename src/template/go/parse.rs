//! A template as flat steps: what nests points forward to where it ends, so that no depth of a template is a depth of this program.

use std::ops::Range;

use super::expression::{Head, Pipe, head};
use super::lex::{self, Action, Kind, Part, Token};
use crate::source::Span;
use crate::template::Opened;

/// A template that was read.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) opened: Opened,
    pub(super) steps: Vec<Step>,
    /// What it defines, by name: steps.
    pub(super) defines: Vec<(String, Range<usize>)>,
    /// The steps of its own, without what `define` holds, return a value somewhere, so that what they put out is dropped.
    pub(super) returns: bool,
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    /// The action or the text, in places.
    pub(super) span: Span,
    pub(super) does: Does,
    /// The step after it and what it holds.
    pub(super) next: usize,
}

/// What a step does.
#[derive(Debug)]
pub(super) enum Does {
    /// Puts out these bytes of the file.
    Text(Range<usize>),
    /// Puts out a value or gives it a name.
    Put(Head),
    /// `if` and `with` with what follows them.
    Choose(Vec<Arm>),
    /// `range`, its body, and its `else`.
    Each(Head, Range<usize>, Range<usize>),
    /// `template`, or `block` where it stands.
    Template(String, Option<Pipe>),
    /// `define`.
    Nothing,
    Break,
    Continue,
    Return(Option<Pipe>),
}

/// A branch.
#[derive(Debug)]
pub(super) struct Arm {
    /// None for the last `else`.
    pub(super) head: Option<Head>,
    /// `with`: the dot is the value.
    pub(super) with: bool,
    pub(super) span: Span,
    pub(super) body: Range<usize>,
}

/// Reads a template.
pub(super) fn program(opened: &Opened) -> Program {
    let mut reader = Reader {
        base: opened.base,
        steps: Vec::new(),
        open: Vec::new(),
        defines: Vec::new(),
        returns: false,
    };
    for part in lex::parts(opened.source.text(), opened.base) {
        match part {
            Part::Text(range) => {
                let span = reader.span(&range);
                reader.step(span, Does::Text(range));
            }
            Part::Action(action) => reader.action(&action),
        }
    }
    while let Some(unclosed) = reader.open.pop() {
        let span = reader.steps[unclosed.step].span;
        reader.bad(span, "this has no end");
        reader.close(unclosed);
    }
    Program {
        opened: opened.clone(),
        steps: reader.steps,
        defines: reader.defines,
        returns: reader.returns,
    }
}

/// A block whose `end` has not come.
struct Unclosed {
    step: usize,
    kind: Opener,
    /// The arms before this one.
    arms: Vec<Arm>,
    /// The arm or body that is being read: its head, and the step that it begins at.
    head: Option<Head>,
    with: bool,
    span: Span,
    from: usize,
}

enum Opener {
    Choose,
    Each,
    Define(String),
}

struct Reader {
    base: usize,
    steps: Vec<Step>,
    open: Vec<Unclosed>,
    defines: Vec<(String, Range<usize>)>,
    returns: bool,
}

impl Reader {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn step(&mut self, span: Span, does: Does) {
        let next = self.steps.len() + 1;
        self.steps.push(Step { span, does, next });
    }

    fn bad(&mut self, span: Span, why: &'static str) {
        let pipe = Pipe {
            commands: Vec::new(),
            bad: Some(why),
        };
        let head = Head {
            pipe,
            ..Head::default()
        };
        self.step(span, Does::Put(head));
    }

    fn action(&mut self, action: &Action) {
        let span = self.span(&action.range);
        let tokens = &action.tokens[..];
        let keyword = match tokens.first().map(|token| &token.kind) {
            Some(Kind::Name(name)) => name.as_str(),
            _ => "",
        };
        let rest = tokens.get(1..).unwrap_or_default();
        match keyword {
            "if" | "with" => self.opens(
                Opener::Choose,
                span,
                Some(head(rest, action.bad)),
                keyword == "with",
            ),
            "range" => self.opens(Opener::Each, span, Some(head(rest, action.bad)), false),
            "define" | "block" | "template" => self.named(keyword, rest, action, span),
            "else" => self.otherwise(rest, action, span),
            "end" => match self.open.pop() {
                Some(unclosed) => self.close(unclosed),
                None => self.bad(span, "this ends nothing"),
            },
            "break" => self.step(span, Does::Break),
            "continue" => self.step(span, Does::Continue),
            "return" => {
                let value = (!rest.is_empty()).then(|| head(rest, action.bad).pipe);
                let defined = |open: &Unclosed| matches!(open.kind, Opener::Define(_));
                self.returns |= value.is_some() && !self.open.iter().any(defined);
                self.step(span, Does::Return(value));
            }
            _ if tokens.is_empty() && action.bad.is_none() => {}
            _ => self.step(span, Does::Put(head(tokens, action.bad))),
        }
    }

    fn opens(&mut self, kind: Opener, span: Span, head: Option<Head>, with: bool) {
        self.open.push(Unclosed {
            step: self.steps.len(),
            kind,
            arms: Vec::new(),
            head,
            with,
            span,
            from: self.steps.len() + 1,
        });
        self.step(span, Does::Nothing);
    }

    fn named(&mut self, keyword: &str, rest: &[Token], action: &Action, span: Span) {
        let Some(Kind::Text(name)) = rest.first().map(|token| &token.kind) else {
            self.bad(span, "this has no name");
            if keyword != "template" {
                self.opens(Opener::Define(String::new()), span, None, false);
            }
            return;
        };
        let name = name.text.clone();
        let value =
            (rest.len() > 1 || action.bad.is_some()).then(|| head(&rest[1..], action.bad).pipe);
        if keyword != "define" {
            self.step(span, Does::Template(name.clone(), value));
        }
        if keyword != "template" {
            self.opens(Opener::Define(name), span, None, false);
        }
    }

    fn otherwise(&mut self, rest: &[Token], action: &Action, span: Span) {
        let end = self.steps.len();
        let Some(open) = self
            .open
            .last_mut()
            .filter(|open| !matches!(open.kind, Opener::Define(_)))
        else {
            return self.bad(span, "this is the other branch of nothing");
        };
        if open.head.is_none() {
            return self.bad(span, "a branch after the last");
        }
        let before = Arm {
            head: open.head.take(),
            with: open.with,
            span: open.span,
            body: open.from..end,
        };
        open.arms.push(before);
        (open.span, open.from) = (span, end);
        let keyword = match rest.first().map(|token| &token.kind) {
            Some(Kind::Name(name)) => name.as_str(),
            _ => "",
        };
        open.with = keyword == "with";
        match keyword {
            "if" | "with" => open.head = Some(head(&rest[1..], action.bad)),
            _ if rest.is_empty() && action.bad.is_none() => {}
            _ => self.bad(span, "what follows else is no condition"),
        }
    }

    fn close(&mut self, mut unclosed: Unclosed) {
        let end = self.steps.len();
        let body = unclosed.from..end;
        let does = match unclosed.kind {
            Opener::Define(name) => {
                self.defines.push((name, body));
                Does::Nothing
            }
            Opener::Each => match unclosed.arms.is_empty() {
                true => Does::Each(unclosed.head.unwrap_or_default(), body, end..end),
                false => {
                    // an `else if` of a `range` is no Go
                    let first = unclosed.arms.swap_remove(0);
                    Does::Each(first.head.unwrap_or_default(), first.body, body)
                }
            },
            Opener::Choose => {
                unclosed.arms.push(Arm {
                    head: unclosed.head,
                    with: unclosed.with,
                    span: unclosed.span,
                    body,
                });
                Does::Choose(unclosed.arms)
            }
        };
        let step = &mut self.steps[unclosed.step];
        (step.does, step.next) = (does, end);
    }
}
