//! Blocks: conditions, of which one branch runs or all that may, loops, and what holds text.

use std::ops::Range;

use super::expression::{Word, equal, words};
use super::lex::{Step, Tag};
use super::{File, Flow, Run};
use crate::template::{DEEPEST, Mark, Value};

impl Run<'_> {
    /// Walks what stands in a `capture` or a `highlight`.
    pub(super) fn held(&mut self, file: &File<'_>, at: usize, end: usize, tag: &Tag) -> Flow {
        if tag.name == "highlight" {
            let span = file.span(&tag.whole);
            self.output.text.push_as("<pre><code>", span);
            self.code += 1;
            let flow = self.walk(file, at + 1, end);
            self.code -= 1;
            self.output.text.push_as("</code></pre>", span);
            return flow;
        }
        let outer = std::mem::take(&mut self.output);
        self.captured += 1;
        self.walk(file, at + 1, end);
        self.captured -= 1;
        let captured = std::mem::replace(&mut self.output, outer);
        let value = if captured.marks.is_empty() {
            Value::Text(captured.text)
        } else {
            Value::Unknown
        };
        let name = file.text()[tag.rest.clone()].trim_matches(['"', '\'']);
        self.assign(file, tag, name, value);
        Flow::On
    }

    /// Walks the branch of `if`, `unless` or `case` that holds, or all that may.
    pub(super) fn branches(&mut self, file: &File<'_>, first: usize) -> Flow {
        if self.depth >= DEEPEST * 4 {
            return self.too_deep(file, first);
        }
        self.depth += 1;
        let mut flow = Flow::On;
        let mut subject = None;
        let mut at = first;
        // whether a branch before may hold
        let mut maybe = false;
        let mut left = None;
        while let Some(Step::Tag(tag)) = file.steps.get(at) {
            let Some(next) = tag.next else { break };
            let holds = match tag.name.as_str() {
                "case" => {
                    subject = Some(self.value(file, &tag.rest));
                    Some(false)
                }
                "when" => self.when(file, subject.as_ref().unwrap_or(&Value::Unknown), &tag.rest),
                "else" => Some(true),
                "unless" => self.holds(file, &tag.rest).map(|holds| !holds),
                _ => self.holds(file, &tag.rest),
            };
            let decided = holds == Some(true) && !maybe;
            if decided {
                flow = self.walk(file, at + 1, next);
                break;
            }
            if holds != Some(false) {
                let span = file.span(&tag.whole);
                self.mark(Mark::Undecided(span));
                self.undecided += 1;
                if self.walk(file, at + 1, next) != Flow::On {
                    left = Some(span);
                }
                self.undecided -= 1;
                self.mark(Mark::Decided);
                maybe = true;
                if holds == Some(true) {
                    break;
                }
            }
            at = next;
        }
        self.depth -= 1;
        if let Some(span) = left {
            // what follows in the loop may not be reached
            self.mark(Mark::Undecided(span));
            self.undecided += 1;
            self.left += 1;
        }
        flow
    }

    /// Tells that a block is not read.
    pub(super) fn too_deep(&mut self, file: &File<'_>, at: usize) -> Flow {
        if let Some(Step::Tag(tag)) = file.steps.get(at) {
            let span = file.span(&tag.whole);
            self.mark(Mark::Problem(
                span,
                "the template nests too deeply: what stands here is not read".to_owned(),
            ));
        }
        Flow::On
    }

    fn holds(&self, file: &File<'_>, range: &Range<usize>) -> Option<bool> {
        self.evaluating(file, |eval| {
            eval.condition(&words(file.text(), range.clone()))
        })
    }

    fn when(&self, file: &File<'_>, subject: &Value, range: &Range<usize>) -> Option<bool> {
        let found = words(file.text(), range.clone());
        let values = found.iter().filter(|(word, _)| {
            !matches!(word, Word::Sign(_))
                && !matches!(word, Word::Name(name) if name.len() == 1 && name[0] == "or")
        });
        let mut unknown = false;
        for (word, _) in values {
            match equal(subject, &self.evaluating(file, |eval| eval.one(word))) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(false)
    }

    /// `for item in list`: over a list that is known each of its values, over another the body once.
    pub(super) fn repeat(&mut self, file: &File<'_>, at: usize, tag: &Tag) {
        let Some(end) = tag.next else { return };
        if self.depth >= DEEPEST * 4 {
            self.too_deep(file, at);
            return;
        }
        self.depth += 1;
        let found = words(file.text(), tag.rest.clone());
        let (name, list) = match &found[..] {
            [(Word::Name(name), _), (Word::Name(sign), _), (list, _)]
                if sign.len() == 1 && sign[0] == "in" =>
            {
                (name.join("."), self.evaluating(file, |eval| eval.one(list)))
            }
            [(Word::Name(name), _), ..] => (name.join("."), Value::Unknown),
            _ => (String::new(), Value::Unknown),
        };
        let before = self.variables.get(&name).cloned();
        let left = std::mem::take(&mut self.left);
        let otherwise = match file.steps.get(end) {
            Some(Step::Tag(tag)) => tag.next.map(|last| (end + 1, last)),
            _ => None,
        };
        match list {
            Value::List(items) if !items.is_empty() => {
                for item in items {
                    self.variables.insert(name.clone(), item);
                    if self.walk(file, at + 1, end) == Flow::Break || self.stopped {
                        break;
                    }
                }
            }
            Value::Nil | Value::List(_) => {
                if let Some((from, to)) = otherwise {
                    self.walk(file, from, to);
                }
            }
            _ => {
                let span = file.span(&tag.whole);
                self.variables.insert(name.clone(), Value::Unknown);
                self.mark(Mark::Undecided(span));
                self.undecided += 1;
                self.walk(file, at + 1, end);
                if let Some((from, to)) = otherwise {
                    self.walk(file, from, to);
                }
                self.undecided -= 1;
                self.mark(Mark::Decided);
            }
        }
        for _ in 0..std::mem::replace(&mut self.left, left) {
            self.undecided -= 1;
            self.mark(Mark::Decided);
        }
        match before {
            Some(value) => self.variables.insert(name, value),
            None => self.variables.remove(&name),
        };
        self.depth -= 1;
    }
}
