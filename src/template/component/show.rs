//! What functions return and what expressions put out.

use std::ops::Range;
use std::rc::Rc;

use super::file::Known;
use super::scan::Kind;
use super::values::Split;
use super::{Frame, Inner, Mark, Output, Run, Value};
use crate::source::Span;

/// Words that a file may hold for what returns nothing that can be told.
const LOOPS: &[&str] = &["for", "while", "do", "try"];

impl Run<'_> {
    /// Puts out what an expression shows.
    pub(super) fn show(&mut self, frame: &Frame, range: Range<usize>, out: &mut Output) {
        let span = frame.file.span(range.clone());
        if self.deeper(|run| run.shown(frame, range, out)).is_none() {
            self.mark(Mark::Unknown(span), out);
        }
    }

    fn shown(&mut self, frame: &Frame, range: Range<usize>, out: &mut Output) {
        let range = self.bare(frame, range);
        if range.is_empty() {
            return;
        }
        let file = Rc::clone(&frame.file);
        if file.kind(range.start) == Some(Kind::Tag) && file.past(range.start) == range.end {
            return self.markup(frame, range, out);
        }
        match self.split(frame, &range) {
            Split::Ternary(mark, colon) => {
                let (yes, no) = (mark + 1..colon, colon + 1..range.end);
                match self.decide(frame, range.start..mark) {
                    Some(true) => self.show(frame, yes, out),
                    Some(false) => self.show(frame, no, out),
                    None => {
                        let condition = file.span(range.start..mark);
                        self.maybe(condition, out, |run, out| run.show(frame, yes, out));
                        self.maybe(condition, out, |run, out| run.show(frame, no, out));
                    }
                }
            }
            Split::Binary(sign) if file.word(sign) == "&&" => {
                let (left, right) = (range.start..sign, sign + 1..range.end);
                match self.decide(frame, left.clone()) {
                    Some(true) => self.show(frame, right, out),
                    Some(false) => {
                        let value = self.known(frame, left);
                        if matches!(value, Known::Value(Value::Number(_))) {
                            self.put(frame, value, file.span(range), out);
                        }
                    }
                    None => {
                        self.maybe(file.span(left), out, |run, out| run.show(frame, right, out))
                    }
                }
            }
            Split::Binary(sign) if matches!(file.word(sign), "||" | "??") => {
                let (left, right) = (range.start..sign, sign + 1..range.end);
                match self.decide(frame, left.clone()) {
                    Some(true) => self.show(frame, left, out),
                    Some(false) => self.show(frame, right, out),
                    None => {
                        let condition = file.span(left.clone());
                        self.maybe(condition, out, |run, out| run.show(frame, left, out));
                        self.maybe(condition, out, |run, out| run.show(frame, right, out));
                    }
                }
            }
            Split::Binary(sign) if file.word(sign) == "+" => {
                self.show(frame, range.start..sign, out);
                self.show(frame, sign + 1..range.end, out);
            }
            _ => self.operand(frame, range, out),
        }
    }

    /// Puts out what stands under a condition that nothing here decides.
    pub(super) fn maybe(
        &mut self,
        condition: Span,
        out: &mut Output,
        of: impl FnOnce(&mut Self, &mut Output),
    ) {
        self.mark(Mark::Undecided(condition), out);
        of(self, out);
        // the end is never left out, or all that follows would be undecided
        out.marks.push((out.text.text.len(), Mark::Decided));
    }

    fn operand(&mut self, frame: &Frame, range: Range<usize>, out: &mut Output) {
        let file = Rc::clone(&frame.file);
        let at = range.start;
        let span = file.span(range.clone());
        if file.kind(at) == Some(Kind::Template) && file.past(at) == range.end {
            // a template with unknown parts: what stands between them is known
            let inside = file.inside(at);
            let mut at = inside.start;
            while at < inside.end {
                if file.kind(at) == Some(Kind::Words) {
                    let words = super::put::decoded(
                        file.word(at),
                        file.opened.base + file.tokens[at].at.start,
                    );
                    self.escaped(&words, false, out);
                } else {
                    self.show(frame, file.inside(at), out);
                }
                at = file.past(at);
            }
            return;
        }
        if file.kind(at) == Some(Kind::Open) && file.word(at) == "[" && file.past(at) == range.end {
            for part in file.list(file.inside(at)) {
                self.show(frame, part, out);
            }
            return;
        }
        if self.is_loop(frame, range.clone(), out) {
            return;
        }
        let called = file.is(at + 1, Kind::Open, "(") && file.past(at + 1) == range.end;
        let named = file.word(at);
        if range.len() == 1 || called {
            match self.found(frame, named) {
                Some(Known::Code(code)) if !called => return self.show(frame, code, out),
                Some(Known::Prop(name, default)) if name == "children" => {
                    let _ = default;
                    return self.inner(frame, out);
                }
                Some(Known::Function(code)) if called => {
                    let mut frame = frame.clone();
                    return self.function(&mut frame, code, None, out);
                }
                _ => {}
            }
        }
        if matches!(named, "children") && called && file.flavour == super::file::Flavour::Svelte {
            return self.inner(frame, out);
        }
        let known = self.known(frame, range);
        self.put(frame, known, span, out);
    }

    /// `xs.map(x => …)`: for each where all are known, else once, undecided.
    fn is_loop(&mut self, frame: &Frame, range: Range<usize>, out: &mut Output) -> bool {
        let file = Rc::clone(&frame.file);
        let Some(open) = range.end.checked_sub(1).map(|last| file.tokens[last].end) else {
            return false;
        };
        let maps = open > range.start + 1
            && file.is(open, Kind::Open, "(")
            && file.is(open - 1, Kind::Word, "map");
        if !maps {
            return false;
        }
        let Some(body) = file.list(file.inside(open)).into_iter().next() else {
            return false;
        };
        let code = match self.found(frame, file.word(body.start)) {
            Some(Known::Function(code)) if body.len() == 1 => code,
            _ => body,
        };
        let items = range.start..open - 2;
        match self.known(frame, items.clone()) {
            Known::Value(Value::List(list)) => {
                for item in list {
                    let mut frame = frame.clone();
                    self.function(&mut frame, code.clone(), Some(Known::Value(item)), out);
                }
            }
            _ => self.maybe(file.span(items), out, |run, out| {
                let mut frame = frame.clone();
                run.function(&mut frame, code, Some(Known::UNKNOWN), out);
            }),
        }
        true
    }

    pub(super) fn inner(&mut self, frame: &Frame, out: &mut Output) {
        match &frame.props.inner {
            Inner::Page(_) => self.mark(Mark::Inner, out),
            Inner::Kids(kids) => self.append(&Rc::clone(kids), out),
            Inner::None => {}
        }
    }

    /// Puts out a value.
    pub(super) fn put(&mut self, frame: &Frame, known: Known, span: Span, out: &mut Output) {
        match known {
            Known::Value(Value::Text(words)) => self.escaped(&words, false, out),
            Known::Value(Value::Number(number)) => self.instead(&number.to_string(), span, out),
            Known::Value(Value::Nil | Value::Bool(_)) => {}
            Known::Value(Value::List(list)) => {
                for value in list {
                    let flat = if matches!(value, Value::List(_)) {
                        Value::Unknown
                    } else {
                        value
                    };
                    self.put(frame, Known::Value(flat), span, out);
                }
            }
            Known::Markup(markup) => self.append(&markup, out),
            Known::Inner => self.inner(frame, out),
            _ => self.mark(Mark::Unknown(span), out),
        }
    }

    /// Puts out what a function of this file returns; `first` is its first argument, none for the arguments of a component.
    pub(super) fn function(
        &mut self,
        frame: &mut Frame,
        code: Range<usize>,
        first: Option<Known>,
        out: &mut Output,
    ) {
        let file = Rc::clone(&frame.file);
        let span = file.span(code.clone());
        if let Some(wrapped) = file.wrapped(code.clone()) {
            let known = match self.found(frame, file.word(wrapped.start)) {
                Some(Known::Function(code)) if wrapped.len() == 1 => code,
                _ => wrapped,
            };
            let done = self.deeper(|run| run.function(frame, known, first, out));
            if done.is_none() {
                self.mark(Mark::Unknown(span), out);
            }
            return;
        }
        let mut from = code.start;
        while matches!(file.word(from), "async") {
            from += 1;
        }
        if file.word(from) == "class" {
            let body = file
                .find(from..code.end, Kind::Open, "{")
                .map(|open| file.inside(open));
            let render = body.and_then(|body| {
                let at = file.find(body.clone(), Kind::Word, "render")?;
                file.find(at..body.end, Kind::Open, "{")
            });
            match render {
                Some(open) => self.block(frame, file.inside(open), out),
                None => self.mark(Mark::Unknown(span), out),
            }
            return;
        }
        let arrow = file.find(from..code.end, Kind::Sign, "=>");
        let open = file.find(from..arrow.unwrap_or(code.end), Kind::Open, "(");
        let parameter = match open {
            Some(open) => file.list(file.inside(open)).into_iter().next(),
            None => arrow.map(|arrow| from..arrow),
        };
        if let Some(parameter) = parameter {
            let at = parameter.start;
            let given = first.clone().unwrap_or(Known::Props);
            if file.is(at, Kind::Open, "{") {
                for (name, known) in file.destructured(file.inside(at)) {
                    let known = match (&first, known) {
                        (None, known) => known,
                        (Some(Known::Value(Value::Map(table))), Known::Prop(key, _)) => {
                            Known::Value(table.get(&key).cloned().unwrap_or_default())
                        }
                        _ => Known::UNKNOWN,
                    };
                    frame.names.push((name, known));
                }
            } else {
                frame.names.push((file.word(at).to_owned(), given));
            }
        }
        let body = match arrow {
            Some(arrow) if !file.is(arrow + 1, Kind::Open, "{") => {
                return self.show(frame, arrow + 1..code.end, out);
            }
            Some(arrow) => Some(arrow + 1),
            None => open.and_then(|open| file.find(file.past(open)..code.end, Kind::Open, "{")),
        };
        match body {
            Some(open) => self.block(frame, file.inside(open), out),
            None => self.mark(Mark::Unknown(span), out),
        }
    }

    /// Puts out what the statements of a function return.
    fn block(&mut self, frame: &mut Frame, body: Range<usize>, out: &mut Output) {
        let span = frame.file.span(body.clone());
        let mut open = 0;
        let done = self.deeper(|run| run.statements(frame, body, &mut open, out));
        if done.is_none() {
            self.mark(Mark::Unknown(span), out);
        }
        for _ in 0..open {
            out.marks.push((out.text.text.len(), Mark::Decided));
        }
    }

    /// Runs statements; whether they return for sure. What follows a `return` under a condition that nothing decides is
    /// undecided itself: `open` counts these.
    pub(super) fn statements(
        &mut self,
        frame: &mut Frame,
        body: Range<usize>,
        open: &mut usize,
        out: &mut Output,
    ) -> bool {
        let file = Rc::clone(&frame.file);
        let mut at = body.start;
        while at < body.end && self.step(0) {
            let end = match file.word(at) {
                "return" => {
                    let end = file.expression_end(at + 1, body.end);
                    self.show(frame, at + 1..end, out);
                    return true;
                }
                "if" => match self.branch(frame, at, body.end, open, out) {
                    Ok(end) => end,
                    Err(()) => return true,
                },
                "switch" => {
                    let end = self.switch(frame, at, body.end, open, out);
                    match end {
                        Ok(end) => end,
                        Err(()) => return true,
                    }
                }
                word if LOOPS.contains(&word) => {
                    let end = file.find(at..body.end, Kind::Open, "{");
                    end.map_or(at + 1, |open| file.past(open))
                }
                _ => {
                    let end = file.statement_end(at, body.end);
                    frame.names.extend(file.declared(at..end.max(at + 1)));
                    end
                }
            };
            at = end.max(at + 1);
        }
        false
    }
}
