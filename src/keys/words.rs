//! Phrases, and the lists of phrases that have a name: `[words]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inner_span;
use super::read::Reader;
use super::told::kind;
use super::view::{Walk, What};
use crate::source::Span;
use crate::text::list::{DEEPEST, is_list_name, names};
use crate::text::{List, Phrase, PhraseError};

/// The lists of a file as they were written: name → key, phrases.
type Written = BTreeMap<String, (Span, Vec<(String, Span)>)>;

impl Reader<'_> {
    /// Phrases. With `spread` the name of a list alone stands for each of its phrases.
    pub(super) fn phrases(
        &mut self,
        texts: Vec<(String, Span)>,
        spread: bool,
    ) -> Vec<(Phrase, Span)> {
        let mut phrases = Vec::with_capacity(texts.len());
        for (text, span) in texts {
            if spread && let Some(list) = self.names.alone(&text) {
                for (phrase, _) in list.phrases() {
                    if !self.known
                        && let Err(wrong) = phrase.check()
                    {
                        let raw = phrase.raw();
                        let wrong = format!("`{raw}` of `{text}` cannot stand alone: it {wrong}");
                        self.wrong(span, wrong, None);
                    }
                    phrases.push((phrase.clone(), span));
                }
                continue;
            }
            if self.known {
                phrases.push((Phrase::tested(&text, &self.names), span));
                continue;
            }
            let read = Phrase::part(&text, &self.names);
            match read.and_then(|phrase| phrase.check().map(|()| phrase)) {
                Ok(phrase) => phrases.push((phrase, span)),
                Err(wrong) => self.wrong_phrase(&text, span, wrong),
            }
        }
        phrases
    }

    fn wrong_phrase(&mut self, text: &str, span: Span, wrong: PhraseError) {
        let at = inner_span(self.source, span, text, wrong.at);
        self.wrong(at, format!("the phrase {}", wrong.message), None);
    }

    /// Reads the lists of a file, of which each may use others.
    pub(super) fn words(&mut self, mut table: Walk<'_>) {
        let mut written = Written::new();
        while let Some((key, value)) = table.entry() {
            let (name, at) = (key.name.to_owned(), self.span(&key.span));
            let span = self.span(&value.span);
            if !is_list_name(&name) {
                let wrong = format!(
                    "`{name}` is no name for a list: letters, digits and hyphens, and no slot such as `percent`"
                );
                self.wrong(at, wrong, None);
            }
            // a pack that is built in means its own list
            if !self.known && self.names.values.contains_key(&name) {
                let wrong = format!("`{name}` is a name of [values] in caveat.toml too");
                let help = "give one of them another name".to_owned();
                self.wrong(at, wrong, Some(help));
            }
            let texts = match value.what {
                What::Text(text) => vec![(text.to_owned(), span)],
                What::List(items) if items.left() == 0 => {
                    let help = "give it a value, or leave it out".to_owned();
                    self.wrong(span, format!("`{name}` is empty"), Some(help));
                    continue;
                }
                What::List(items) => self.texts(items, &name),
                other => {
                    let wrong = format!(
                        "`{name}` is a list of phrases, and this is {}",
                        kind(&other)
                    );
                    self.wrong(span, wrong, None);
                    continue;
                }
            };
            written.insert(name, (at, texts));
        }
        for name in written.keys() {
            self.list(name, &written, &mut Vec::new());
        }
    }

    /// Reads a list, those that it uses before it; `open` are those that use it.
    fn list<'w>(&mut self, name: &'w str, written: &'w Written, open: &mut Vec<&'w str>) {
        if self.names.lists.contains_key(name) {
            return;
        }
        let (key, texts) = &written[name];
        let deep = || format!("`{name}` uses lists, or is used by them, more than {DEEPEST} deep");
        if open.len() >= DEEPEST {
            self.wrong(*key, deep(), None);
            return;
        }
        open.push(name);
        let mut phrases = Vec::with_capacity(texts.len());
        for (text, span) in texts {
            let mut circle = false;
            for (inside, at) in names(text) {
                let Some((inner, _)) = written.get_key_value(inside) else {
                    continue;
                };
                if let Some(from) = open.iter().position(|of| of == inner) {
                    let by: Vec<String> = open[from..].iter().map(|of| format!("`{of}`")).collect();
                    let wrong = format!("the list `{inner}` uses itself: {}", by.join(" uses "));
                    let at = inner_span(self.source, *span, text, at);
                    self.wrong(at, wrong, None);
                    circle = true;
                } else {
                    self.list(inner, written, open);
                }
            }
            if circle {
                continue;
            }
            if let Some(inner) = self.names.alone(text) {
                let inner = inner.phrases().iter();
                phrases.extend(inner.map(|(phrase, _)| (phrase.clone(), *span)));
            } else if self.known {
                phrases.push((Phrase::tested(text, &self.names), *span));
            } else {
                match Phrase::part(text, &self.names) {
                    Ok(phrase) => phrases.push((phrase, *span)),
                    Err(wrong) => self.wrong_phrase(text, *span, wrong),
                }
            }
        }
        open.pop();
        let list = List::new(phrases);
        if list.too_deep() {
            self.wrong(*key, deep(), None);
            return;
        }
        Arc::make_mut(&mut self.names.lists).insert(name.to_owned(), Arc::new(list));
    }
}
