//! What kramdown and Python-Markdown let stand after a link: `{: rel="sponsored" .button}`. It says more of the link, and nobody reads it.

use std::ops::Range;

use super::markdown::Reader;

/// What an attribute list says of a link.
#[derive(Debug, Default, PartialEq, Eq)]
struct Attributes {
    rel: Option<Box<str>>,
    class: Option<Box<str>>,
}

impl Reader<'_> {
    /// Reads the attribute list that follows the link which was begun last and ends at this byte of the text, if one does.
    pub(super) fn link_attributes(&mut self, end: usize) {
        let Some((length, said)) = listed(&self.text.text[end..]) else {
            return;
        };
        self.passed = end..end + length;
        if let Some(number) = self.links.last().copied().flatten() {
            let link = &mut self.builder.document().links[number];
            link.rel = said.rel.or(link.rel.take());
            link.class = said.class.or(link.class.take());
        }
    }

    /// What of words is no attribute list.
    pub(super) fn unpassed(&self, range: Range<usize>) -> Range<usize> {
        if self.passed.contains(&range.start) {
            self.passed.end.min(range.end)..range.end
        } else {
            range
        }
    }
}

/// The attribute list that a text begins with, and its length. None where something stands in it that is no attribute.
fn listed(text: &str) -> Option<(usize, Attributes)> {
    const LONGEST: usize = 400;
    let mut rest = text.strip_prefix("{:")?;
    let mut said = Attributes::default();
    let mut classes: Vec<&str> = Vec::new();
    let begins = rest.len();
    loop {
        rest = rest.trim_start_matches(' ');
        if begins - rest.len() > LONGEST {
            return None;
        }
        if let Some(after) = rest.strip_prefix('}') {
            said.class = (!classes.is_empty()).then(|| classes.join(" ").into());
            let any = begins - rest.len() > 0;
            return any.then_some((text.len() - after.len(), said));
        }
        if let Some(sign) = rest.chars().next().filter(|c| matches!(c, '.' | '#')) {
            let (name, after) = word(&rest[1..])?;
            classes.extend((sign == '.').then_some(name));
            rest = after;
            continue;
        }
        let (key, after) = word(rest)?;
        let (value, after) = value(after.strip_prefix('=')?)?;
        match key {
            "rel" => said.rel = Some(value.into()),
            "class" => classes.push(value),
            _ => {}
        }
        rest = after;
    }
}

/// A name, and what follows it.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':')));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    (!name.is_empty()).then_some((name, rest))
}

/// A value in quotes or without, and what follows it.
fn value(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => {
            let (value, rest) = text[1..].split_once(quote)?;
            (!value.contains('\n')).then_some((value, rest))
        }
        None => {
            let end = text.find([' ', '}', '\n'])?;
            Some(text.split_at(end))
        }
    }
}
