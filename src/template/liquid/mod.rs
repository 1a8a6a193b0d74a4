//! Liquid as Jekyll and GitBook use it, and what of Nunjucks is written alike (Eleventy): pages, includes and layouts.
//!
//! Not read: macros and inheritance of Nunjucks, loops over what only the generator knows (posts, pages, data), filters that
//! [`filters`] does not list, parentheses in conditions: what they put out is unknown, what they decide is undecided.

mod blocks;
mod expression;
mod filters;
mod lex;
mod names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Context, DEEPEST, LONGEST, Mark, Opened, Opens, Output, Value};
use crate::source::Span;
use expression::{Eval, Word, words};
use lex::{Step, Tag, steps};

/// So many steps are walked for one page.
const MOST_STEPS: usize = 1 << 18;

/// So many bytes of values may be set for one page.
const MOST_SET: usize = 4 * LONGEST;

/// Filters that make of the content of a page something that no reader reads as its text: a description, a count.
const NOT_SHOWN: &[&str] = &[
    "strip_html",
    "truncate",
    "truncatewords",
    "number_of_words",
    "size",
    "jsonify",
    "escape",
    "xml_escape",
    "cgi_escape",
    "uri_escape",
];

/// What a template puts out, without its front matter.
#[must_use]
pub(crate) fn evaluate(root: &Opened, context: &Context<'_>) -> Output {
    let range = content(root.source.text())..root.source.text().len();
    evaluate_range(root, range, context)
}

/// What the bytes of a range of a template put out.
#[must_use]
pub(crate) fn evaluate_range(root: &Opened, range: Range<usize>, context: &Context<'_>) -> Output {
    let mut run = Run {
        context,
        output: Output::default(),
        variables: BTreeMap::new(),
        arguments: vec![context.arguments.clone()],
        captured: 0,
        code: 0,
        undecided: 0,
        left: 0,
        set: 0,
        walked: 0,
        depth: 0,
        stopped: false,
    };
    run.file(root, range);
    run.output
}

/// Where the content of a template begins: after its front matter.
fn content(text: &str) -> usize {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        if number == 0 && line.trim_end() != "---" {
            return start;
        }
        at += line.len();
        if number > 0 && line.trim_end() == "---" {
            return at;
        }
    }
    start
}

/// What ends a loop before its time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    On,
    Break,
    Continue,
}

struct Run<'a> {
    context: &'a Context<'a>,
    output: Output,
    /// What `assign`, `capture` and loops set.
    variables: BTreeMap<String, Value>,
    /// The arguments of the includes that are open, the innermost last.
    arguments: Vec<BTreeMap<String, Value>>,
    /// How many captures are open, in which nothing can stand but text.
    captured: usize,
    /// How many blocks of code are open, whose text is no markup.
    code: usize,
    undecided: usize,
    /// How often what was open may have left its loop.
    left: usize,
    /// How many bytes of values were set.
    set: usize,
    walked: usize,
    depth: usize,
    stopped: bool,
}

/// A file that is being walked.
struct File<'f> {
    opened: &'f Opened,
    steps: Vec<Step>,
}

impl File<'_> {
    fn text(&self) -> &str {
        self.opened.source.text()
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.opened.base + range.start, self.opened.base + range.end)
    }
}

impl Run<'_> {
    fn file(&mut self, opened: &Opened, range: Range<usize>) {
        let file = File {
            steps: steps(opened.source.text(), range),
            opened,
        };
        let end = file.steps.len();
        self.walk(&file, 0, end);
    }

    fn mark(&mut self, mark: Mark) {
        let at = self.output.text.text.len();
        self.output.marks.push((at, mark));
    }

    fn walk(&mut self, file: &File<'_>, from: usize, to: usize) -> Flow {
        let mut at = from;
        while at < to && !self.stopped {
            self.walked += 1;
            if self.walked > MOST_STEPS || self.output.text.text.len() > LONGEST {
                self.stopped = true;
                let here = Span::new(file.opened.base, file.opened.base);
                self.mark(Mark::Problem(
                    here,
                    "the template runs too long: the rest of it is not read".to_owned(),
                ));
                break;
            }
            match &file.steps[at] {
                Step::Text(range) => {
                    let text = &file.text()[range.clone()];
                    let at = file.opened.base + range.start;
                    if self.code > 0 {
                        self.escaped(text, at);
                    } else {
                        self.output.text.push(text, at);
                    }
                }
                Step::Output(whole, inner) => self.put_out(file, whole, inner),
                Step::Tag(tag) => match tag.name.as_str() {
                    "break" => return Flow::Break,
                    "continue" => return Flow::Continue,
                    _ => {
                        let (next, flow) = self.tag(file, at, tag);
                        if flow != Flow::On {
                            return flow;
                        }
                        at = next;
                        continue;
                    }
                },
            }
            at += 1;
        }
        Flow::On
    }

    fn escaped(&mut self, text: &str, at: usize) {
        let mut from = 0;
        for (place, sign) in text.match_indices(['<', '&']) {
            self.output.text.push(&text[from..place], at + from);
            let span = Span::new(at + place, at + place + 1);
            let shown = if sign == "<" { "&lt;" } else { "&amp;" };
            self.output.text.push_as(shown, span);
            from = place + 1;
        }
        self.output.text.push(&text[from..], at + from);
    }

    fn value(&self, file: &File<'_>, range: &Range<usize>) -> Value {
        self.evaluating(file, |eval| eval.value(range.clone()))
    }

    fn evaluating<T>(&self, file: &File<'_>, run: impl FnOnce(&Eval<'_>) -> T) -> T {
        let lookup = |name: &[String]| self.lookup(name);
        run(&Eval {
            text: file.text(),
            base: file.opened.base,
            lookup: &lookup,
        })
    }

    fn put_out(&mut self, file: &File<'_>, whole: &Range<usize>, inner: &Range<usize>) {
        let shown = file.text()[inner.clone()].trim();
        let mut filters = shown.split('|').map(str::trim);
        let name = filters.next().unwrap_or_default();
        if name == "content" && self.captured == 0 && !self.variables.contains_key("content") {
            let lost = filters.any(|filter| {
                let name = filter.split([':', ' ']).next().unwrap_or_default();
                NOT_SHOWN.contains(&name)
            });
            let span = file.span(whole);
            return self.mark(if lost {
                Mark::Unknown(span)
            } else {
                Mark::Inner
            });
        }
        match self.value(file, inner) {
            Value::Text(text) => self.output.text.add(&text, 0..text.text.len()),
            Value::Number(number) => self
                .output
                .text
                .push_as(&number.to_string(), file.span(whole)),
            Value::Bool(yes) => self.output.text.push_as(&yes.to_string(), file.span(whole)),
            Value::Nil => {}
            Value::List(_) | Value::Map(_) | Value::Unknown => {
                let span = file.span(whole);
                self.mark(Mark::Unknown(span));
            }
        }
    }

    /// Walks a tag; the next step, and whether a loop ends.
    fn tag(&mut self, file: &File<'_>, at: usize, tag: &Tag) -> (usize, Flow) {
        let end = last_of(&file.steps, at);
        if let ("capture" | "highlight", Some(end)) = (tag.name.as_str(), end) {
            if self.depth >= DEEPEST * 4 {
                return (end + 1, self.too_deep(file, at));
            }
            self.depth += 1;
            let flow = self.held(file, at, end, tag);
            self.depth -= 1;
            return (end + 1, flow);
        }
        match (tag.name.as_str(), end) {
            ("if" | "unless" | "case", Some(end)) => (end + 1, self.branches(file, at)),
            ("for" | "tablerow", Some(end)) => {
                self.repeat(file, at, tag);
                (end + 1, Flow::On)
            }
            ("assign" | "set", _) => {
                let found = words(file.text(), tag.rest.clone());
                if let [(Word::Name(name), _), (Word::Sign("="), _), rest @ ..] = &found[..] {
                    let value = self.evaluating(file, |eval| eval.of_words(rest));
                    self.assign(file, tag, &name.join("."), value);
                }
                (at + 1, Flow::On)
            }
            ("include" | "include_cached" | "include_relative" | "render", _) => {
                self.include(file, tag);
                (at + 1, Flow::On)
            }
            ("seo" | "feed_meta" | "csrf_token" | "break" | "endraw" | "layout" | "liquid", _) => {
                (at + 1, Flow::On)
            }
            ("endif" | "endunless" | "endcase" | "endfor" | "endcapture", _) => {
                let message = format!("`{}` closes nothing", tag.name);
                self.mark(Mark::Problem(file.span(&tag.whole), message));
                (at + 1, Flow::On)
            }
            (name, _)
                if name.starts_with("end")
                    || matches!(name, "else" | "elsif" | "elif" | "when" | "block") =>
            {
                (at + 1, Flow::On)
            }
            (
                "if" | "unless" | "case" | "for" | "tablerow" | "capture" | "comment" | "highlight",
                None,
            ) => {
                let message = format!("`{}` is never closed", tag.name);
                self.mark(Mark::Problem(file.span(&tag.whole), message));
                (at + 1, Flow::On)
            }
            _ => {
                let span = file.span(&tag.whole);
                self.mark(Mark::Unknown(span));
                (at + 1, Flow::On)
            }
        }
    }

    fn assign(&mut self, file: &File<'_>, tag: &Tag, name: &str, value: Value) {
        self.set += size(&value);
        if self.set > MOST_SET {
            self.stopped = true;
            self.mark(Mark::Problem(
                file.span(&tag.whole),
                "the values that the template sets are too large: the rest of it is not read"
                    .to_owned(),
            ));
            return;
        }
        let value = if self.undecided > 0 {
            Value::Unknown
        } else {
            value
        };
        self.variables.insert(name.to_owned(), value);
    }

    /// `include name key=value`, `render 'name', key: value`.
    fn include(&mut self, file: &File<'_>, tag: &Tag) {
        let span = file.span(&tag.whole);
        let text = file.text();
        let rest = &text[tag.rest.clone()];
        let length = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..]
                .find(quote)
                .map_or(rest.len(), |length| length + 2),
            _ if rest.starts_with("{{") => rest.find("}}").map_or(rest.len(), |length| length + 2),
            _ => rest.find([' ', ',', '\n', '\t']).unwrap_or(rest.len()),
        };
        let name = rest[..length].trim_matches(['"', '\'']).trim();
        let found = words(text, tag.rest.start + length..tag.rest.end);
        let mut arguments = BTreeMap::new();
        for pair in found.windows(3) {
            if let [(Word::Name(key), _), (Word::Sign("=" | ":"), _), (value, _)] = pair {
                arguments.insert(key.join("."), self.evaluating(file, |eval| eval.one(value)));
            }
        }
        if name.contains("{{") {
            return self.mark(Mark::Unknown(span));
        }
        let how = if tag.name == "include_relative" {
            Opens::Relative
        } else {
            Opens::Partial
        };
        if self.depth >= DEEPEST {
            return self.mark(Mark::Problem(
                span,
                format!("`{name}` lies too deep in others: it is not read"),
            ));
        }
        match (self.context.open)(how, name, span) {
            Err(message) => self.mark(Mark::Problem(span, message)),
            Ok(opened) => {
                self.depth += 1;
                self.arguments.push(arguments);
                let range = content(opened.source.text())..opened.source.text().len();
                self.file(&opened, range);
                self.arguments.pop();
                self.depth -= 1;
            }
        }
    }
}

/// How many bytes a value holds, about.
fn size(value: &Value) -> usize {
    const EACH: usize = 64;
    EACH + match value {
        Value::Text(text) => text.text.len(),
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(table) => table.values().map(size).sum(),
        _ => 0,
    }
}

/// The tag that closes the block that a tag begins.
fn last_of(steps: &[Step], at: usize) -> Option<usize> {
    let mut last = at;
    while let Some(Step::Tag(tag)) = steps.get(last) {
        match tag.next {
            Some(next) => last = next,
            None => break,
        }
    }
    let closed = matches!(steps.get(last), Some(Step::Tag(tag)) if tag.name.starts_with("end"));
    (last > at && closed).then_some(last)
}
