//! Attributes of AsciiDoc: those of the document, which `{name}` stands for, and those of a block, in brackets before it.

use std::collections::{HashMap, HashSet};

use crate::document::Hidden;
use crate::source::Span;
use crate::syntax::html::hiding::hiding_class;

/// A longer value stands for itself nowhere: it would let a small page grow without end.
const LONGEST: usize = 4096;
/// How many bytes all references of a page may grow to.
const MOST: usize = 4 << 20;

/// What the page says of an attribute.
#[derive(Debug, Clone)]
enum Value {
    Set(String),
    Unset,
    /// Set or unset under a condition that was not decided.
    Unknown,
}

/// The attributes of a document.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    values: HashMap<String, Value>,
    /// Those in whose values quotes are looked for.
    quoted: HashSet<String>,
    spent: usize,
}

impl Attributes {
    /// Takes an entry. Gives whether its value could be kept.
    pub(super) fn enter(&mut self, name: &str, value: &str) -> bool {
        let bare = name.trim_matches('!').to_lowercase();
        if name.starts_with('!') || name.ends_with('!') {
            self.values.insert(bare, Value::Unset);
            return true;
        }
        let (subs, inner) = bare_value(value);
        if subs
            .split(',')
            .any(|of| matches!(of, "q" | "quotes" | "n" | "normal"))
        {
            self.quoted.insert(bare.clone());
        } else {
            self.quoted.remove(&bare);
        }
        let value = self.resolved(inner);
        let fits = value.len() <= LONGEST;
        let value = if fits {
            Value::Set(value)
        } else {
            Value::Unknown
        };
        self.values.insert(bare, value);
        fits
    }

    pub(super) fn quoted(&self, name: &str) -> bool {
        self.quoted.contains(&name.to_lowercase())
    }

    pub(super) fn forget(&mut self, name: &str) {
        let bare = name.trim_matches('!').to_lowercase();
        self.values.insert(bare, Value::Unknown);
    }

    /// The value with its references resolved, no longer than is kept.
    fn resolved(&mut self, value: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        while let Some(open) = value[at..].find('{').map(|open| at + open) {
            shown.push_str(&value[at..open]);
            let name = reference(&value[open..]);
            match name.and_then(|name| self.value(name)) {
                Some(inner) => {
                    shown.push_str(&inner);
                    at = open + name.map_or(0, str::len) + 2;
                }
                None => {
                    shown.push('{');
                    at = open + 1;
                }
            }
            if shown.len() > LONGEST {
                break;
            }
        }
        shown.push_str(&value[at..]);
        shown
    }

    /// What `{name}` stands for.
    pub(super) fn value(&mut self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        let value = match self.values.get(&name) {
            Some(Value::Set(value)) => value.clone(),
            Some(Value::Unset | Value::Unknown) => return None,
            None => built_in(&name)?.to_owned(),
        };
        self.spent += value.len();
        (self.spent <= MOST).then_some(value)
    }

    /// Whether so much was put in for references that the rest stands as it is written.
    pub(super) fn exhausted(&self) -> bool {
        self.spent > MOST
    }

    /// The number that a counter stands at now.
    pub(super) fn count(&mut self, name: &str) -> String {
        let (name, seed) = name.split_once(':').unwrap_or((name, "1"));
        let name = name.to_lowercase();
        let next = match self.values.get(&name) {
            Some(Value::Set(value)) => value.parse::<u32>().map_or_else(
                |_| seed.to_owned(),
                |count| count.wrapping_add(1).to_string(),
            ),
            _ => seed.to_owned(),
        };
        self.values.insert(name, Value::Set(next.clone()));
        next
    }

    /// Whether an attribute is set, where the page alone decides that.
    pub(super) fn is_set(&self, name: &str) -> Option<bool> {
        let name = name.to_lowercase();
        match self.values.get(&name) {
            Some(Value::Set(_)) => Some(true),
            Some(Value::Unset) => Some(false),
            Some(Value::Unknown) => None,
            None if built_in(&name).is_some() => Some(true),
            None => match &*name {
                "backend-html5"
                | "basebackend-html"
                | "filetype-html"
                | "asciidoctor"
                | "asciidoctor-version" => Some(true),
                // previews in an editor or on a forge are not the page that readers get
                "env-github" | "env-browser" | "env-idea" | "env-vscode" => Some(false),
                _ if name.starts_with("backend-")
                    || name.starts_with("basebackend-")
                    || name.starts_with("filetype-") =>
                {
                    Some(false)
                }
                _ => None,
            },
        }
    }
}

/// A value without the `pass:` macro round it, and the substitutions that the macro asks for.
fn bare_value(value: &str) -> (&str, &str) {
    let Some(rest) = value.strip_prefix("pass:") else {
        return ("", value);
    };
    match (rest.find('['), rest.strip_suffix(']')) {
        (Some(open), Some(inner)) => (&inner[..open], &inner[open + 1..]),
        _ => ("", value),
    }
}

/// The name in a reference that a text begins with.
pub(super) fn reference(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let end = inner
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(inner.len());
    let fits = end > 0 && !inner.starts_with('-') && inner[end..].starts_with('}');
    fits.then_some(&inner[..end])
}

/// A reference that a text begins with: its length and what it stands for, if the page says so.
pub(super) fn valued(text: &str, attributes: &mut Attributes) -> Option<(usize, Option<String>)> {
    if let Some(name) = reference(text) {
        return Some((name.len() + 2, attributes.value(name)));
    }
    let silent = text.starts_with("{counter2:");
    let start = if silent { 10 } else { 9 };
    if !silent && !text.starts_with("{counter:") {
        return None;
    }
    let name = &text[start..start + text[start..].find(['}', '{'])?];
    if !text[start + name.len()..].starts_with('}') {
        return None;
    }
    let count = attributes.count(name);
    let shown = if silent { String::new() } else { count };
    Some((start + name.len() + 1, Some(shown)))
}

fn built_in(name: &str) -> Option<&'static str> {
    Some(match name {
        "blank" | "empty" => "",
        "sp" => " ",
        "nbsp" => "\u{a0}",
        "zwsp" => "\u{200b}",
        "wj" => "\u{2060}",
        "apos" => "'",
        "quot" => "\"",
        "lsquo" => "\u{2018}",
        "rsquo" => "\u{2019}",
        "ldquo" => "\u{201c}",
        "rdquo" => "\u{201d}",
        "deg" => "\u{b0}",
        "plus" => "+",
        "brvbar" => "\u{a6}",
        "vbar" => "|",
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "startsb" => "[",
        "endsb" => "]",
        "caret" => "^",
        "asterisk" => "*",
        "tilde" => "~",
        "backslash" => "\\",
        "backtick" => "`",
        "two-colons" => "::",
        "two-semicolons" => ";;",
        "cpp" => "C++",
        "pp" => "++",
        "toc-title" => "Table of Contents",
        "backend" => "html5",
        "basebackend" => "html",
        "outfilesuffix" => ".html",
        _ => return None,
    })
}

/// What stands in brackets before a block or a stretch of text.
#[derive(Debug, Default)]
pub(super) struct BlockAttributes {
    pub(super) style: String,
    pub(super) roles: Vec<String>,
    pub(super) options: Vec<String>,
    /// Unnamed ones, the first among them.
    pub(super) positional: Vec<Span>,
    pub(super) named: Vec<(String, Span)>,
    pub(super) title: Option<Span>,
}

impl BlockAttributes {
    /// Reads more of them, from byte `at` of the source on.
    pub(super) fn read(&mut self, raw: &str, at: usize) {
        for (number, (name, start, end)) in split(raw).into_iter().enumerate() {
            let value = &raw[start..end];
            let span = Span::new(at + start, at + end);
            match name {
                None => {
                    if number == 0 {
                        self.shorthand(value);
                    }
                    self.positional.push(span);
                }
                Some("role") => self
                    .roles
                    .extend(value.split_whitespace().map(str::to_owned)),
                Some("options" | "opts") => {
                    let options = value.split(',').map(|option| option.trim().to_owned());
                    self.options.extend(options);
                }
                Some("title") => self.title = Some(span),
                Some(name) => {
                    if let Some(option) = name.strip_suffix("-option") {
                        self.options.push(option.to_owned());
                    }
                    self.named.push((name.to_owned(), span));
                }
            }
        }
    }

    /// `style#id.role%option`.
    fn shorthand(&mut self, value: &str) {
        let mut rest = value;
        let mut sort = None;
        loop {
            let end = rest.find(['#', '.', '%']).unwrap_or(rest.len());
            let word = rest[..end].trim().to_owned();
            match sort {
                None if !word.is_empty() => self.style = word,
                Some('.') => self.roles.push(word),
                Some('%') => self.options.push(word),
                _ => {}
            }
            let Some(sign) = rest[end..].chars().next() else {
                return;
            };
            sort = Some(sign);
            rest = &rest[end + 1..];
        }
    }

    pub(super) fn named(&self, name: &str) -> Option<Span> {
        let found = self.named.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, span)| *span)
    }

    /// Who is quoted, and where from, if it is a quote.
    pub(super) fn quoted(&self) -> &[Span] {
        self.positional.get(1..).unwrap_or_default()
    }

    pub(super) fn option(&self, name: &str) -> bool {
        self.options.iter().any(|option| option == name)
    }

    /// Why a reader does not see what has these roles.
    pub(super) fn hides(&self) -> Option<Hidden> {
        if self.roles.iter().any(|role| hiding_class(role).is_some()) {
            return Some(Hidden::Element("a role such as `hidden`"));
        }
        self.roles
            .iter()
            .any(|role| role == "line-through")
            .then_some(Hidden::Struck)
    }
}

/// The attributes of a list: the name, if there is one, and where the value stands, without its quotes.
pub(super) fn split(raw: &str) -> Vec<(Option<&str>, usize, usize)> {
    let bytes = raw.as_bytes();
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &raw[at..];
        let start = at + rest.len() - rest.trim_start().len();
        let key = raw[start..]
            .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .filter(|length| *length > 0 && raw[start + length..].trim_start().starts_with('='));
        let (name, from) = match key {
            Some(length) => {
                let equals = start + length + raw[start + length..].find('=').unwrap_or(0) + 1;
                let rest = &raw[equals..];
                let from = equals + rest.len() - rest.trim_start().len();
                (Some(&raw[start..start + length]), from)
            }
            None => (None, start),
        };
        let quote = bytes
            .get(from)
            .copied()
            .filter(|byte| matches!(byte, b'"' | b'\''));
        let shut = quote.and_then(|quote| closing(bytes, from + 1, quote));
        let (first, last, after) = match shut {
            Some(shut) => (from + 1, shut, shut + 1),
            None => (from, from, from),
        };
        let comma = raw[after..]
            .find(',')
            .map_or(raw.len(), |comma| after + comma);
        let last = if shut.is_some() {
            last
        } else {
            from + raw[from..comma].trim_end().len()
        };
        all.push((name, first, last));
        at = comma + 1;
    }
    all
}

fn closing(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    (from..bytes.len()).find(|at| bytes[*at] == quote && bytes[*at - 1] != b'\\')
}
