//! PO and POT catalogues of gettext, line by line. Judged is what gettext shows: the translation, or the original where there is
//! none or where it is fuzzy. An entry's key is its `msgid`, after its `msgctxt` and a dot if it has one; forms are `.0`, `.1`.

use std::sync::Arc;

use super::{Data, Keys, Strings};
use crate::document::{Document, Hidden};
use crate::pieces::Pieces;
use crate::source::{Source, Span};
use crate::syntax::escapes::{Breaks, escape};

pub(in crate::syntax) const PO: Data = Data {
    name: "po",
    extensions: &["po", "pot"],
    read,
};

/// A string of several quoted ones.
#[derive(Debug, Clone, Default)]
struct Joined {
    pieces: Pieces,
    /// From its first quote to its last.
    span: Span,
}

#[derive(Debug, Default)]
struct Entry {
    fuzzy: bool,
    context: Option<Joined>,
    id: Option<Joined>,
    plural: Option<Joined>,
    /// Translations, each with its form if it has one.
    shown: Vec<(Option<u32>, Joined)>,
    last: Option<Field>,
}

#[derive(Debug, Clone, Copy)]
enum Field {
    Context,
    Id,
    Plural,
    Shown(Option<u32>),
}

fn read(source: &Arc<Source>, keys: &[&Keys]) -> Document {
    let mut strings = Strings::new(source, keys);
    let mut entry = Entry::default();
    let mut at = source.bom();
    for line in source.text()[at..].split_inclusive(['\n', '\r']) {
        let text = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let span = Span::new(start, start + text.len());
        if let Some(note) = text.strip_prefix('#') {
            if !entry.shown.is_empty() {
                std::mem::take(&mut entry).tell(&mut strings);
            }
            match note.chars().next() {
                Some(',') => entry.fuzzy |= note[1..].split(',').any(|of| of.trim() == "fuzzy"),
                // obsolete entries, and what the original was before
                Some('~' | '|') => {}
                _ => strings.comment(span, Span::new(start + 1, span.end as usize)),
            }
        } else if !text.is_empty()
            && let Err(message) = entry.line(text, start, &mut strings)
        {
            strings.problem(span, format!("the line is no PO: {message}"));
        }
    }
    entry.tell(&mut strings);
    strings.finish()
}

impl Entry {
    /// Reads a line that is no comment; one that begins an entry ends the one before it.
    fn line(&mut self, text: &str, at: usize, strings: &mut Strings<'_>) -> Result<(), String> {
        let quote = text.find('"').ok_or("it holds no string")?;
        let field = match text[..quote].trim() {
            "" => self.last.ok_or("it belongs to no entry")?,
            name => field(name).ok_or_else(|| format!("`{name}` is no keyword"))?,
        };
        let begins = quote > 0 && matches!(field, Field::Context | Field::Id);
        if begins && (!self.shown.is_empty() || (self.id.is_some())) {
            std::mem::take(self).tell(strings);
        }
        self.last = Some(field);
        let into = match field {
            Field::Context => self.context.get_or_insert_default(),
            Field::Id => self.id.get_or_insert_default(),
            Field::Plural => self.plural.get_or_insert_default(),
            Field::Shown(form) => {
                if quote > 0 {
                    self.shown.push((form, Joined::default()));
                }
                &mut self.shown.last_mut().ok_or("it belongs to no entry")?.1
            }
        };
        into.add(&text[quote..], at + quote)
    }

    fn tell(self, strings: &mut Strings<'_>) {
        let text = |of: &Option<Joined>| of.as_ref().map(|of| of.pieces.text.clone());
        let (Some(id), context) = (text(&self.id), text(&self.context)) else {
            return;
        };
        if id.is_empty() && context.is_none() {
            // the header: who translated, in which charset
            return;
        }
        let key = context.map_or_else(|| id.clone(), |context| format!("{context}.{id}"));
        for (form, shown) in &self.shown {
            let key = form.map_or_else(|| key.clone(), |form| format!("{key}.{form}"));
            let translated = !shown.pieces.text.is_empty();
            let mut take = |hidden, of: &Joined| {
                strings.string_unseen(hidden, &key, of.span, || of.pieces.clone());
            };
            if translated {
                take(self.fuzzy.then_some(Hidden::Fuzzy), shown);
            }
            let original = match form {
                None | Some(0) => &self.id,
                Some(1) => &self.plural,
                // which is the plural as well, and was read
                Some(_) => &None,
            };
            if let Some(original) = original.as_ref().filter(|_| self.fuzzy || !translated) {
                take(None, original);
            }
        }
    }
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "msgctxt" => Field::Context,
        "msgid" => Field::Id,
        "msgid_plural" => Field::Plural,
        "msgstr" => Field::Shown(None),
        _ => {
            let form = name.strip_prefix("msgstr")?.trim();
            let form = form.strip_prefix('[')?.strip_suffix(']')?;
            Field::Shown(Some(form.trim().parse().ok()?))
        }
    })
}

impl Joined {
    /// Adds a quoted string that begins at byte `at`.
    fn add(&mut self, quoted: &str, at: usize) -> Result<(), String> {
        let whole = Span::new(at, at + quoted.len());
        self.span = if self.span.is_empty() {
            whole
        } else {
            self.span.to(whole)
        };
        let mut done = 1;
        loop {
            let rest = &quoted[done..];
            let plain = rest.find(['"', '\\']).ok_or("the string does not end")?;
            self.pieces.push(&rest[..plain], at + done);
            done += plain;
            if quoted[done..].starts_with('"') {
                break;
            }
            let (length, shown) =
                escaped(&quoted[done..]).ok_or("after the backslash stands no escape")?;
            let span = Span::new(at + done, at + done + length);
            self.pieces.push_as(&shown, span);
            done += length;
        }
        if quoted[done + 1..].is_empty() {
            Ok(())
        } else {
            Err("something stands after the string".to_owned())
        }
    }
}

/// An escape as C knows them: octal ones besides those that all syntaxes share.
fn escaped(raw: &str) -> Option<(usize, String)> {
    let octal = raw[1..]
        .bytes()
        .take(3)
        .take_while(|byte| matches!(byte, b'0'..=b'7'))
        .count();
    if octal == 0 {
        return escape(raw, Breaks::Kept);
    }
    let code = u32::from_str_radix(&raw[1..=octal], 8).ok()?;
    Some((1 + octal, char::from_u32(code)?.to_string()))
}
