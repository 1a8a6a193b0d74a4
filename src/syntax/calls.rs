//! Calls in Markdown that bring something in: Hugo's shortcodes, MkDocs' snippets, mdBook's and Microsoft Learn's includes. They are
//! taken out of the text before it is parsed, and what answers them comes in at their places.

use std::collections::HashMap;
use std::ops::Range;

use super::builder::Builder;
use super::html::tags::Markup;
use super::masked::{Inset, Masked};
use super::shortcodes::shortcodes;
use super::snippets::includes;
use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::ask::{Answer, Call, Form, Question};
use crate::template::{Mark, Output};

/// How deep texts may bring in texts.
const DEEPEST: usize = 16;

/// A call that was found in a text.
#[derive(Debug)]
pub(super) struct Found {
    /// Its bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Call(Call),
    /// The end tag of a call of this name.
    End(String),
    /// An escaped call: these bytes of the text are shown.
    Shown(Vec<Range<usize>>),
}

/// The text of a page with its calls taken out.
pub(super) fn of_page(begins: usize, builder: &mut Builder) -> Masked {
    let page = builder.page();
    let text = &page.text()[begins..];
    let templated = ["{%", "{{#", "{{/", "<%"]
        .iter()
        .any(|tag| text.contains(tag));
    let by_generator = builder.providers.as_ref().is_some_and(|of| of.braces);
    builder.document().filled_in = templated || by_generator;
    let Some(providers) = builder.providers.clone() else {
        return Masked::of(text, begins);
    };
    if providers.body && (text.contains("{{") || text.contains("{%")) {
        let range = begins..page.text().len();
        if let Some(Answer::Text(output)) = builder.ask(&Question::Body(range)) {
            let mut masked = Masked::default();
            masked.output(&output);
            return masked;
        }
    }
    let mut masked = Masked::default();
    masked.take(&Pieces::of(text, begins), &providers.forms, 0, builder);
    masked
}

impl Masked {
    /// Adds a text, and takes the calls out of it.
    fn take(&mut self, text: &Pieces, forms: &[Form], depth: usize, builder: &mut Builder) {
        let mut found: Vec<Found> = Vec::new();
        if forms.contains(&Form::Shortcode) {
            found.extend(shortcodes(text));
        }
        found.extend(includes(text, forms));
        found.sort_by_key(|of| of.range.start);
        let begun_by = pair(&mut found);
        // whether what the call with this number puts out stands round something
        let mut stands_round = vec![false; found.len()];
        let mut at = 0;
        for (number, of) in found.into_iter().enumerate() {
            if of.range.start < at {
                continue;
            }
            self.text.add(text, at..of.range.start);
            at = of.range.end;
            match of.what {
                What::Shown(shown) => shown.into_iter().for_each(|part| self.text.add(text, part)),
                What::End(_) => match begun_by[number] {
                    Some(begun) if stands_round[begun] => self.inset(Inset::EndRound, true),
                    Some(_) => {}
                    None => self.text.add(text, of.range),
                },
                What::Call(call) => {
                    stands_round[number] = self.call(&call, forms, depth, builder);
                }
            }
        }
        self.text.add(text, at..text.text.len());
    }

    /// Puts in what answers a call; whether it stands round what follows.
    fn call(&mut self, call: &Call, forms: &[Form], depth: usize, builder: &mut Builder) -> bool {
        let nothing = || Inset::Words(Pieces::default());
        match builder.ask_for(call) {
            Some(Answer::Markup(output)) if call.paired => {
                self.inset(Inset::Round(output, Markup::Html), true);
                return true;
            }
            Some(Answer::Markup(output)) => self.inset(Inset::Markup(output, Markup::Html), true),
            Some(Answer::Text(output)) => self.output(&output),
            Some(Answer::File(source, base, range)) => {
                let text = Pieces::of(&source.text()[range.clone()], base + range.start);
                if depth < DEEPEST {
                    self.take(&text, forms, depth + 1, builder);
                } else {
                    let message = format!("includes nest deeper than {DEEPEST}");
                    builder.stop_bringing();
                    self.inset(Inset::Mark(Mark::Problem(call.span, message)), true);
                }
            }
            Some(Answer::Shows(names)) => {
                let mut words = Pieces::default();
                for (_, value, span) in call
                    .arguments
                    .iter()
                    .filter(|(name, ..)| names.contains(&&**name))
                {
                    words.push_as(
                        " ",
                        Span {
                            end: span.start,
                            ..*span
                        },
                    );
                    if builder.slice(*span) == value {
                        words.push(value, span.start as usize);
                    } else {
                        words.push_as(value, *span);
                    }
                }
                self.inset(Inset::Words(words), true);
            }
            Some(Answer::Nothing) => self.inset(nothing(), true),
            Some(Answer::AsItStands) => {
                let whole = builder.slice(call.span).to_owned();
                self.text.push(&whole, call.span.start as usize);
            }
            Some(Answer::Unresolved(_)) | None => {
                self.inset(Inset::Called(call.clone()), true);
            }
        }
        false
    }

    /// Adds what a template puts out as text of the page.
    fn output(&mut self, output: &Output) {
        let mut at = 0;
        for (place, mark) in &output.marks {
            self.text.add(&output.text, at..*place);
            at = *place;
            let seen = matches!(mark, Mark::Unknown(_));
            self.inset(Inset::Mark(mark.clone()), seen);
        }
        self.text.add(&output.text, at..output.text.text.len());
    }
}

/// Finds for each end tag the call that it ends, by number, and says of those calls that they are paired.
fn pair(found: &mut [Found]) -> Vec<Option<usize>> {
    let mut begun_by = vec![None; found.len()];
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut waiting: HashMap<String, usize> = HashMap::new();
    for number in 0..found.len() {
        match &found[number].what {
            What::Call(call) if call.form == Form::Shortcode => {
                *waiting.entry(call.name.clone()).or_default() += 1;
                open.push((number, call.name.clone()));
            }
            What::End(name) if waiting.get(name).is_some_and(|count| *count > 0) => {
                let name = name.clone();
                while let Some((begun, other)) = open.pop() {
                    *waiting.entry(other.clone()).or_default() -= 1;
                    if other == name {
                        begun_by[number] = Some(begun);
                        if let What::Call(call) = &mut found[begun].what {
                            call.paired = true;
                        }
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    begun_by
}
