//! Branches: `if` and `switch` of programs, `{#if}` of Svelte, `v-if` of Vue.

use std::ops::Range;
use std::rc::Rc;

use super::file::{File, Known};
use super::scan::Kind;
use super::values::same;
use super::{Frame, Mark, Output, Run, Value};

/// A body, and the condition that lets it through; none for what is left.
type Branch = (Option<Range<usize>>, Range<usize>);

impl Run<'_> {
    /// Puts out the first branch whose condition holds; those that may hold, undecided.
    pub(super) fn chain(
        &mut self,
        frame: &Frame,
        branches: Vec<Branch>,
        out: &mut Output,
        mut of: impl FnMut(&mut Self, Range<usize>, &mut Output),
    ) {
        let mut before = None;
        for (condition, body) in branches {
            let decided = match &condition {
                Some(condition) => self.decide(frame, condition.clone()),
                None => Some(true),
            };
            let span = condition.map(|condition| frame.file.span(condition));
            match (decided, before.or(span)) {
                (Some(false), _) => {}
                (Some(true), _) if before.is_none() => return of(self, body, out),
                (_, Some(span)) => {
                    self.maybe(span, out, |run, out| of(run, body, out));
                    before = Some(span);
                    if decided == Some(true) {
                        return;
                    }
                }
                (_, None) => {}
            }
        }
    }

    /// An `if` among statements: one past it, or an error where it returns for sure.
    pub(super) fn branch(
        &mut self,
        frame: &mut Frame,
        at: usize,
        to: usize,
        open: &mut usize,
        out: &mut Output,
    ) -> Result<usize, ()> {
        let file = Rc::clone(&frame.file);
        if !file.is(at + 1, Kind::Open, "(") {
            return Ok(at + 1);
        }
        let condition = file.inside(at + 1);
        let then = body(&file, file.past(at + 1), to);
        let after = then.end;
        let other = (file.word(after) == "else" && after < to).then(|| body(&file, after + 1, to));
        let end = other.as_ref().map_or(after, |other| other.end);
        let mut bodies = vec![Some(then), other];
        match self.decide(frame, condition.clone()) {
            Some(truth) => {
                let chosen = bodies.swap_remove(usize::from(!truth));
                match chosen {
                    Some(chosen) if self.nested(frame, chosen.clone(), open, out) => Err(()),
                    _ => Ok(end),
                }
            }
            None => {
                let span = file.span(condition);
                let mut returns = Vec::new();
                for body in bodies {
                    let mut inner = 0;
                    let mut sure = false;
                    if let Some(body) = body {
                        self.maybe(span, out, |run, out| {
                            sure = run.nested(frame, body, &mut inner, out);
                            for _ in 0..inner {
                                out.marks.push((out.text.text.len(), Mark::Decided));
                            }
                        });
                    }
                    returns.push((sure, inner > 0));
                }
                if returns.iter().all(|(sure, _)| *sure) {
                    return Err(());
                }
                if returns.iter().any(|(sure, maybe)| *sure || *maybe) {
                    out.marks.push((out.text.text.len(), Mark::Undecided(span)));
                    *open += 1;
                }
                Ok(end)
            }
        }
    }

    /// The statements of a block, whose names end with it.
    fn nested(
        &mut self,
        frame: &mut Frame,
        body: Range<usize>,
        open: &mut usize,
        out: &mut Output,
    ) -> bool {
        let names = frame.names.len();
        let inside = if frame.file.is(body.start, Kind::Open, "{") {
            frame.file.inside(body.start)
        } else {
            body
        };
        let returned = self.deeper(|run| run.statements(frame, inside, open, out));
        frame.names.truncate(names);
        returned.unwrap_or(true)
    }

    /// A `switch` among statements, as [`Run::branch`].
    pub(super) fn switch(
        &mut self,
        frame: &mut Frame,
        at: usize,
        to: usize,
        open: &mut usize,
        out: &mut Output,
    ) -> Result<usize, ()> {
        let file = Rc::clone(&frame.file);
        if !file.is(at + 1, Kind::Open, "(") {
            return Ok(at + 1);
        }
        let subject = file.inside(at + 1);
        let block = file.past(at + 1);
        if block >= to || !file.is(block, Kind::Open, "{") {
            return Ok(at + 1);
        }
        let end = file.past(block);
        let worth = self.known(frame, subject.clone());
        let mut chosen = Some(None);
        let cases = cases(&file, file.inside(block));
        for (number, (test, _)) in cases.iter().enumerate() {
            let Some(test) = test else {
                if chosen == Some(None) {
                    chosen = Some(Some(number));
                }
                continue;
            };
            let test = self.known(frame, test.clone());
            let equal = match (&worth, &test) {
                (Known::Value(Value::Unknown), _) | (_, Known::Value(Value::Unknown)) => None,
                (Known::Value(worth), Known::Value(test)) => same(worth, test),
                _ => None,
            };
            match equal {
                None => {
                    chosen = None;
                    break;
                }
                Some(true) => {
                    chosen = Some(Some(number));
                    break;
                }
                Some(false) => {}
            }
        }
        match chosen {
            Some(None) => Ok(end),
            Some(Some(number)) => {
                // a case without statements goes on with the next
                let full = cases[number..].iter().find(|(_, body)| !body.is_empty());
                match full {
                    Some((_, body)) if self.nested(frame, body.clone(), open, out) => Err(()),
                    _ => Ok(end),
                }
            }
            None => {
                let span = file.span(subject);
                for (_, body) in cases {
                    let mut inner = 0;
                    self.maybe(span, out, |run, out| {
                        run.nested(frame, body, &mut inner, out);
                        for _ in 0..inner {
                            out.marks.push((out.text.text.len(), Mark::Decided));
                        }
                    });
                }
                out.marks.push((out.text.text.len(), Mark::Undecided(span)));
                *open += 1;
                Ok(end)
            }
        }
    }

    /// A block of Svelte that opens at `{#`: one past its end.
    pub(super) fn block_of_svelte(
        &mut self,
        frame: &Frame,
        at: usize,
        to: usize,
        out: &mut Output,
    ) -> usize {
        let file = Rc::clone(&frame.file);
        let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
        let mut head = at;
        let mut from = file.past(at);
        let mut depth = 0;
        let mut here = from;
        while here < to && self.step(0) {
            if file.is(here, Kind::Open, "{") {
                match file.word(here + 1) {
                    "#" => depth += 1,
                    "/" if depth == 0 => break,
                    "/" => depth -= 1,
                    ":" if depth == 0 => {
                        parts.push((head, from..here));
                        head = here;
                        from = file.past(here);
                    }
                    _ => {}
                }
            }
            here = file.past(here);
        }
        parts.push((head, from..here));
        let end = if here < to { file.past(here) } else { to };
        let kind = file.word(at + 2);
        let of =
            |run: &mut Self, body: Range<usize>, out: &mut Output| run.markup(frame, body, out);
        match kind {
            "if" => {
                let branches = parts.into_iter().map(|(head, body)| {
                    let inside = file.inside(head);
                    let skipped = match (file.word(head + 2), file.word(head + 3)) {
                        ("else", "if") => 3,
                        ("else", _) => return (None, body),
                        _ => 2,
                    };
                    (
                        Some((inside.start + skipped).min(inside.end)..inside.end),
                        body,
                    )
                });
                self.chain(frame, branches.collect(), out, of);
            }
            "key" => {
                for (_, body) in parts {
                    of(self, body, out);
                }
            }
            "snippet" => {}
            _ => {
                let span = file.span(file.inside(at));
                for (_, body) in parts {
                    self.maybe(span, out, |run, out| of(run, body, out));
                }
            }
        }
        end
    }

    /// The elements of Vue from one with `v-if` on that belong together: one past the last.
    pub(super) fn chain_of_vue(
        &mut self,
        frame: &Frame,
        at: usize,
        to: usize,
        out: &mut Output,
    ) -> usize {
        let file = Rc::clone(&frame.file);
        let mut branches = Vec::new();
        let mut here = at;
        let mut end = at;
        while here < to {
            let blank = file.kind(here) == Some(Kind::Comment)
                || file.kind(here) == Some(Kind::Text) && file.word(here).trim().is_empty();
            if blank && !branches.is_empty() {
                here += 1;
                continue;
            }
            let attribute = |name: &str| {
                let head = here + 1..file.tokens[here].end;
                file.find(head, Kind::Attribute, name)
            };
            if file.kind(here) != Some(Kind::Tag) {
                break;
            }
            let condition = attribute(if branches.is_empty() {
                "v-if"
            } else {
                "v-else-if"
            });
            let condition = match condition {
                Some(condition) => Some(
                    file.tokens
                        .get(condition + 2)
                        .map_or(0..0, |t| t.inner.clone()),
                ),
                None if !branches.is_empty() && attribute("v-else").is_some() => None,
                None => break,
            };
            let last = condition.is_none();
            branches.push((condition, here..file.past(here)));
            here = file.past(here);
            end = here;
            if last {
                break;
            }
        }
        self.chain(frame, branches, out, |run, body, out| {
            let done = run.deeper(|run| {
                let next = run.tag(frame, body.start, body.end, true, out);
                run.markup(frame, next..body.end, out);
            });
            if done.is_none() {
                run.mark(Mark::Unknown(frame.file.span(body)), out);
            }
        });
        end.max(at + 1)
    }
}

/// The statement, or the block, after a condition.
fn body(file: &File, at: usize, to: usize) -> Range<usize> {
    if at >= to {
        return to..to;
    }
    let mut here = at;
    // `else if` after `else if`: the whole of it is one statement
    while file.word(here) == "if" && here + 1 < to {
        let then = file.past(here + 1).min(to);
        let end = if file.word(then) == "if" {
            return at..to;
        } else {
            file.statement_end(then, to)
        };
        if file.word(end) != "else" || end >= to {
            return at..end;
        }
        here = end + 1;
    }
    at..file.statement_end(here, to).max(here)
}

/// The cases of a `switch`: what each is for, and its statements.
fn cases(file: &File, range: Range<usize>) -> Vec<Branch> {
    let mut cases: Vec<Branch> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let word = file.word(at);
        if file.kind(at) == Some(Kind::Word) && matches!(word, "case" | "default") {
            let colon = file
                .find(at..range.end, Kind::Sign, ":")
                .unwrap_or(range.end - 1);
            let test = (word == "case").then_some(at + 1..colon);
            cases.push((test, colon + 1..colon + 1));
            at = colon + 1;
            continue;
        }
        at = file.past(at).min(range.end);
        if let Some((_, body)) = cases.last_mut() {
            body.end = at;
        }
    }
    cases
}
