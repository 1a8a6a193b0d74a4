//! Phrases, and the lists of phrases that have a name: `[words]`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::read::Reader;
use super::told::kind;
use super::view::{self, Seen, Walk, What};
use super::{Key, Shape, inner_span};
use crate::source::{Source, Span};
use crate::text::list::{DEEPEST, is_list_name, names};
use crate::text::{List, Lists, Names, Phrase, PhraseError};

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
                phrases.push((Phrase::tested(text, &self.names), span));
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
            if self.names.values.contains_key(&name) {
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

/// The lists of a file, in the value that is the file.
pub(super) fn words_of<'a>(root: &Seen<'a>, keys: &[Key]) -> Option<Walk<'a>> {
    let words = |key: &&Key| matches!(key.shape, Shape::Words);
    let (Some(key), What::Table(entries)) = (keys.iter().find(words), &root.what) else {
        return None;
    };
    let mut entries = entries.clone();
    while let Some((name, value)) = entries.entry() {
        if let (true, What::Table(lists)) = (name.name == key.name, value.what) {
            return Some(lists);
        }
    }
    None
}

/// The lists of a file that is embedded in the program, of which each may use others. A test has read them: the phrases of each, and
/// what they use, are read again when something asks for them.
pub(super) fn later(
    source: &Arc<Source>,
    bytes: &'static [u8],
    root: &Seen<'_>,
    names: &Names<'static>,
    keys: &[Key],
) -> Arc<Lists> {
    let all: Arc<OnceLock<Arc<Lists>>> = Arc::default();
    let names = Arc::new(names.clone());
    let mut lists = Lists::new();
    let mut tables = words_of(root, keys);
    while let Some((name, value)) = tables.as_mut().and_then(Walk::entry) {
        let (source, names, all) = (Arc::clone(source), Arc::clone(&names), Arc::clone(&all));
        let at = value.at;
        let read = move || {
            let mut reader = Reader::new(&source);
            reader.known = true;
            let packed = view::Packed {
                text: source.text(),
                bytes,
            };
            let seen = packed.value(at);
            let texts = match seen.what {
                What::List(items) => reader.texts(items, "words"),
                What::Text(text) => vec![(text.to_owned(), reader.span(&seen.span))],
                _ => Vec::new(),
            };
            reader.names = Names {
                lists: all.get().map(Arc::clone).unwrap_or_default(),
                ..(*names).clone()
            };
            reader.phrases(texts, true)
        };
        lists.insert(name.name.to_owned(), Arc::new(List::later(Box::new(read))));
    }
    let lists = Arc::new(lists);
    all.get_or_init(|| Arc::clone(&lists));
    lists
}
