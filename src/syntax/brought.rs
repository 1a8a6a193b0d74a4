//! What is brought into a page while it is read: what stands round it, what calls put out, in the order a reader meets it.

use std::ops::Range;
use std::sync::Arc;

use super::builder::Builder;
use super::html::events::Tag;
use super::html::tags::{Markup, Tags};
use super::mdx;
use crate::document::{Hidden, Problem};
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::template::ask::{Answer, Call, Form, Question};
use crate::template::{Mark, Output};
use crate::text::Style;

/// Something that stands round what is being read, and how far it was told.
#[derive(Debug)]
pub(super) struct Round {
    tags: Tags,
    output: Output,
    /// The byte of the text and the number of the mark that the rest of it begins at; none when it holds nothing inner.
    rest: Option<(usize, usize)>,
    /// What was hidden before it, and how text was shown.
    before: Option<Hidden>,
    style: Style,
}

impl Builder {
    /// Asks what stands round the page, and tells what comes before its content.
    pub(super) fn begin_page(&mut self) {
        if let Some(Answer::Markup(output)) = self.ask(&Question::Layout) {
            // whatever decides what a layout puts round its content, the content is shown
            let whole = output.marks.iter().any(|(_, mark)| *mark == Mark::Inner);
            let output = if whole { output } else { with_inner(output) };
            self.begin_round(output, Markup::Html);
            self.undecided_round = std::mem::take(&mut self.undecided);
        }
    }

    /// Tells what comes after the content of the page.
    pub(super) fn end_page(&mut self) {
        while self.round.len() > 1 {
            self.end_round();
        }
        self.undecided = std::mem::take(&mut self.undecided_round);
        while !self.round.is_empty() {
            self.end_round();
        }
    }

    pub(super) fn ask(&mut self, question: &Question<'_>) -> Option<Answer> {
        let ask = self.providers.as_ref()?.ask.clone();
        match ask(question, self.document()) {
            Answer::Unresolved(message) => {
                let span = match question {
                    Question::Call(call) => call.span,
                    Question::Layout | Question::Body(_) => Span::default(),
                };
                self.unresolved(span, message);
                None
            }
            answer => Some(answer),
        }
    }

    /// Whether the page can bring something in by calls of a form.
    pub(super) fn asks(&self, form: Form) -> bool {
        let forms = self.providers.as_ref().map(|providers| &providers.forms);
        forms.is_some_and(|forms| forms.contains(&form))
    }

    /// The text that places of the document lie in: of the page, then of what it brought in so far.
    pub(super) fn whole(&mut self) -> Arc<Source> {
        let page = self.page();
        let document = self.document();
        if document.brought.is_empty() {
            return page;
        }
        let mut text = page.text().to_owned();
        for brought in &document.brought {
            text.push('\n');
            debug_assert_eq!(
                text.len(),
                brought.base as usize,
                "files lie one after another"
            );
            text.push_str(brought.source.text());
        }
        Arc::new(Source::new(page.path(), text))
    }

    /// Brings in nothing more: what nests too deeply once may do so twice as often at each level.
    pub(super) fn stop_bringing(&mut self) {
        self.document().full = true;
    }

    /// What a call brings in.
    pub(super) fn ask_for(&mut self, call: &Call) -> Option<Answer> {
        self.ask(&Question::Call(call))
    }

    fn unresolved(&mut self, span: Span, message: String) {
        self.document().unresolved.push(Problem { span, message });
    }

    /// Tells markup up to what it stands round; the rest comes with [`Builder::end_round`].
    pub(super) fn begin_round(&mut self, output: Output, markup: Markup) {
        let before = self.hidden();
        let mut round = Round {
            tags: Tags::new(markup),
            output,
            rest: Some((0, 0)),
            before: self.hidden_by_round,
            style: self.style_by_round,
        };
        let outer = std::mem::take(&mut self.hidden_by_element);
        let syntax = std::mem::take(&mut self.hidden_by_syntax);
        let shown = std::mem::take(&mut self.style_by_element);
        self.hidden_by_round = before;
        self.style_by_round = round.style.with(shown);
        round.tell(self);
        // what the markup hides, it hides of what stands in it too
        let not_shown = Hidden::Unrendered("a template that leaves it out");
        let unshown = round.rest.is_none().then_some(not_shown);
        self.hidden_by_round = before.or(self.hidden_by_element).or(unshown);
        self.hidden_by_element = outer;
        self.hidden_by_syntax = syntax;
        self.style_by_round = round.style.with(self.style_by_element);
        self.style_by_element = shown;
        self.round.push(round);
    }

    /// Tells the rest of what was begun last.
    pub(super) fn end_round(&mut self) {
        let Some(mut round) = self.round.pop() else {
            return;
        };
        self.hidden_by_round = round.before;
        self.style_by_round = round.style;
        if round.rest.is_some() {
            let hidden = self.hidden();
            let outer = std::mem::take(&mut self.hidden_by_element);
            let syntax = std::mem::take(&mut self.hidden_by_syntax);
            let shown = std::mem::take(&mut self.style_by_element);
            self.hidden_by_round = hidden;
            self.style_by_round = round.style.with(shown);
            while round.rest.is_some() {
                round.tell(self);
            }
            self.style_by_round = round.style;
            self.style_by_element = shown;
            self.hidden_by_round = round.before;
            self.hidden_by_element = outer;
            self.hidden_by_syntax = syntax;
        }
    }

    /// Brings in what a component puts out, if a tag calls one that can be asked for.
    pub(super) fn component(&mut self, tag: &Tag) -> bool {
        let raw = self.slice(tag.span);
        let name = raw.strip_prefix('<').unwrap_or_default();
        let length = name
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')))
            .unwrap_or(name.len());
        let name = name[..length].to_owned();
        let asks = name.starts_with(char::is_uppercase) && self.asks(Form::Component);
        let mut begun = false;
        if asks {
            let call = Call {
                paired: !tag.closed,
                ..Call::of_file(Form::Component, &name, tag.span)
            };
            begun = match self.ask_for(&call) {
                Some(Answer::Markup(output)) if tag.closed => {
                    self.markup(output, Markup::Jsx);
                    return true;
                }
                Some(Answer::Markup(output)) => {
                    self.begin_round(output, Markup::Jsx);
                    true
                }
                Some(Answer::File(source, base, range)) => {
                    self.part(&source, base, range);
                    return tag.closed;
                }
                Some(Answer::Nothing) => return tag.closed,
                _ => false,
            };
        }
        if !tag.closed && asks {
            self.components.push((tag.name.clone(), begun));
        }
        begun
    }

    /// Tells a file of the page's own syntax, MDX, in the midst of the page.
    fn part(&mut self, source: &Arc<Source>, base: usize, range: Range<usize>) {
        const DEEPEST: usize = 16;
        if self.parts >= DEEPEST {
            let at = Span::new(base, base);
            self.stop_bringing();
            return self.problem(at, "files nest too deeply: this one is not read");
        }
        self.parts += 1;
        self.close();
        mdx::read(&source.text()[range.clone()], base + range.start, self);
        self.close();
        self.parts -= 1;
    }

    /// Ends what a component stands round, if an end tag is that of one that was brought in.
    pub(super) fn end_component(&mut self, name: &str) -> bool {
        let Some(at) = self.components.iter().rposition(|(of, _)| **of == *name) else {
            return false;
        };
        let begun = self.components[at].1;
        self.components.truncate(at);
        if begun {
            self.end_round();
        }
        begun
    }

    /// Tells markup that stands round nothing.
    pub(super) fn markup(&mut self, output: Output, markup: Markup) {
        self.begin_round(output, markup);
        self.end_round();
    }

    /// Tells something that is no text.
    pub(super) fn mark_of(&mut self, mark: &Mark) {
        match mark {
            Mark::Undecided(_) => self.undecided += 1,
            Mark::Decided => self.undecided = self.undecided.saturating_sub(1),
            Mark::Unknown(span) => self.mark(*span),
            Mark::Problem(span, message) => self.unresolved(*span, message.clone()),
            Mark::Inner => {}
        }
    }
}

/// A layout in which nothing says where the content stands: before its end.
fn with_inner(mut output: Output) -> Output {
    let at = output.text.text.len();
    output.marks.push((at, Mark::Inner));
    output
}

impl Round {
    /// Tells the rest, up to the next place for what is inner.
    fn tell(&mut self, builder: &mut Builder) {
        let Some((from, first)) = self.rest else {
            return;
        };
        let whole = self.output.text.text.len();
        let inner = self.output.marks[first..]
            .iter()
            .position(|(_, mark)| *mark == Mark::Inner)
            .map(|number| first + number);
        let to = inner.map_or(whole, |number| self.output.marks[number].0);
        let mut part = Pieces::default();
        part.add(&self.output.text, from..to);
        let marks: Vec<(usize, Mark)> = self.output.marks
            [first..inner.unwrap_or(self.output.marks.len())]
            .iter()
            .map(|(at, mark)| (at - from, mark.clone()))
            .collect();
        self.tags.read_marked(&part, &marks, builder);
        self.rest = inner.map(|number| (to, number + 1));
        if inner.is_none() {
            self.tags.truncate(0, builder);
            builder.close();
        }
    }
}
