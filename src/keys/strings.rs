//! Strings that mean more than themselves: phrases, regular expressions, globs, dates.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::read::Reader;
use super::{Shape, Table, Value, suggestion};
use crate::source::{Source, Span};
use crate::text::{Expression, language};

impl Reader<'_> {
    /// Strings that mean more: phrases, regular expressions, globs.
    pub(super) fn strings(&mut self, texts: Vec<(String, Span)>, shape: Shape) -> Value {
        match shape {
            Shape::Phrases | Shape::EachPhrase => {
                let spread = matches!(shape, Shape::Phrases);
                Value::Phrases(self.phrases(texts, spread))
            }
            Shape::Regexes if self.known => {
                let expressions = texts.into_iter();
                let expressions = expressions.map(|(text, span)| (Expression::tested(&text), span));
                Value::Regexes(expressions.collect())
            }
            Shape::Regexes => {
                let mut regexes = Vec::new();
                for (text, span) in texts {
                    match Expression::parse(&text) {
                        Ok(regex) => regexes.push((regex, span)),
                        Err(message) => self.wrong(span, message, None),
                    }
                }
                Value::Regexes(regexes)
            }
            Shape::Globs if !self.known => {
                for (text, span) in &texts {
                    if let Err(wrong) = globset::GlobBuilder::new(text)
                        .literal_separator(true)
                        .build()
                    {
                        self.wrong(*span, format!("is no glob: {}", wrong.kind()), None);
                    }
                }
                Value::Texts(texts)
            }
            _ => Value::Texts(texts),
        }
    }

    /// Reports the values of a key that are no languages.
    pub fn languages(&mut self, table: &Table, key: &str) {
        for (written, span) in table.placed(key) {
            if language::tag(written).is_none() {
                let wrong = format!("`{written}` is no language: write its tag, `en` or `pt-br`");
                self.wrong(*span, wrong, None);
            }
        }
    }

    /// Strings that must be among those that are known.
    pub(super) fn choices(
        &mut self,
        texts: Vec<(String, Span)>,
        known: &[&str],
        name: &str,
    ) -> Option<Value> {
        let before = self.findings.len();
        for (text, span) in &texts {
            if !known.contains(&text.as_str()) {
                let help = suggestion(text, known);
                self.wrong(
                    *span,
                    format!("`{text}` is no value of `{name}`"),
                    Some(help),
                );
            }
        }
        (self.findings.len() == before).then_some(Value::Texts(texts))
    }

    /// A whole number within a range.
    pub(super) fn count(
        &mut self,
        written: &str,
        range: RangeInclusive<u32>,
        span: Span,
        name: &str,
    ) -> Option<Value> {
        let number = written.replace('_', "").parse::<u32>().ok();
        let fits = number.filter(|number| range.contains(number));
        if fits.is_none() {
            let (least, most) = (range.start(), range.end());
            let message =
                format!("`{name}` is {written}: it must be a whole number from {least} to {most}");
            self.wrong(span, message, None);
        }
        fits.map(Value::Count)
    }

    pub(super) fn date(&mut self, text: &str, span: Span, name: &str) -> Option<Value> {
        match text.parse::<Date>() {
            Ok(date) => Some(Value::Date(date)),
            Err(_) => {
                self.wrong(
                    span,
                    format!("`{text}` is no date for `{name}`: write it as 2026-11-23"),
                    None,
                );
                None
            }
        }
    }
}

/// The place of bytes of a string's value in the TOML: exact when the string is written without escapes, else the whole string.
#[must_use]
pub fn inner_span(source: &Source, span: Span, value: &str, at: std::ops::Range<usize>) -> Span {
    match source.slice(span).find(value) {
        Some(offset) if !value.is_empty() => {
            let start = span.start as usize + offset;
            Span::new(start + at.start, (start + at.end).min(span.end as usize))
        }
        _ => span,
    }
}
