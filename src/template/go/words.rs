//! The functions of templates that make text of text. Every word keeps its place.

use super::lex::SPACE;
use super::value::{Item, Words, escaped};
use crate::pieces::Pieces;
use crate::source::Span;
use crate::template::{LONGEST, Mark};

pub(super) fn call(name: &str, arguments: &[Item], at: Span) -> Option<Item> {
    if let Some(value) = asked(name, arguments) {
        return Some(value.map_or(Item::Unknown(None), Item::Bool));
    }
    match (name, arguments) {
        ("print" | "fmt.Print", _) => return Some(print(arguments, at)),
        ("printf" | "fmt.Printf", [format, values @ ..]) => {
            return Some(printf(format, values, at));
        }
        ("replaceRE" | "strings.ReplaceRE", [_, _, text, ..]) => return Some(perhaps(text, at)),
        ("replace" | "strings.Replace", [text, old, new]) => {
            return Some(replace(text, old, new).unwrap_or_else(|| perhaps(text, at)));
        }
        ("substr" | "strings.Substr", [text, from, length @ ..]) => {
            return Some(middle(text, from, length.first()).unwrap_or(Item::Unknown(None)));
        }
        _ => {}
    }
    // what is left changes one text
    let (text, with) = match (name, arguments) {
        ("trim" | "strings.Trim", [text, with]) => (text, Some(with)),
        (_, [text]) => (text, None),
        (_, [with, text]) => (text, Some(with)),
        _ => return None,
    };
    let given = match with {
        Some(with) => with.str(),
        None => Some(""),
    };
    let change = change(name)?;
    let of = match text {
        Item::Words(words) => words,
        Item::Bool(_) | Item::Number(_) if matches!(change, Change::Kept) => {
            let mut words = Words::default();
            words.push(text, at);
            return Some(Item::Words(words.into()));
        }
        Item::Nil => return Some(Item::text(Pieces::default())),
        _ => return Some(Item::Unknown(None)),
    };
    if !of.marks.is_empty() {
        // what stands inside is changed later, or not by more than white space
        let mut words = (**of).clone();
        words.html |= !matches!(change, Change::Kept);
        return Some(Item::Words(words.into()));
    }
    let Some(given) = given else {
        return Some(Item::Unknown(None));
    };
    Some(changed(of, &change, given))
}

/// What a function does with one text.
enum Change {
    /// Nothing that a reader sees.
    Kept,
    /// It is put out as it is.
    Html,
    Lower,
    Upper,
    Title,
    First,
    /// Characters off its ends: off the start, off the end; white space or those that are given.
    Trim(bool, bool, bool),
    Prefix,
    Suffix,
    Chomp,
    Plain,
    Escape,
    Unescape,
}

fn change(name: &str) -> Option<Change> {
    Some(match name {
        "string" | "cast.ToString" | "safeURL" | "safeCSS" | "safeJS" | "safeJSStr"
        | "safe.URL" | "safe.CSS" | "safe.JS" => Change::Kept,
        "safeHTML"
        | "safeHTMLAttr"
        | "safe.HTML"
        | "safe.HTMLAttr"
        | "markdownify"
        | "transform.Markdownify"
        | "emojify"
        | "transform.Emojify" => Change::Html,
        "lower" | "strings.ToLower" => Change::Lower,
        "upper" | "strings.ToUpper" => Change::Upper,
        "title" | "strings.Title" => Change::Title,
        "strings.FirstUpper" => Change::First,
        "trim" | "strings.Trim" => Change::Trim(true, true, false),
        "strings.TrimSpace" => Change::Trim(true, true, true),
        "strings.TrimLeft" => Change::Trim(true, false, false),
        "strings.TrimRight" => Change::Trim(false, true, false),
        "strings.TrimPrefix" => Change::Prefix,
        "strings.TrimSuffix" => Change::Suffix,
        "chomp" | "strings.Chomp" => Change::Chomp,
        "plainify" | "transform.Plainify" => Change::Plain,
        "htmlEscape" | "transform.HTMLEscape" | "html" => Change::Escape,
        "htmlUnescape" | "transform.HTMLUnescape" => Change::Unescape,
        _ => return None,
    })
}

fn changed(of: &Words, change: &Change, given: &str) -> Item {
    let text = &of.text;
    let whole = text.text.as_str();
    let cut = |start: usize, end: usize| {
        let mut kept = Pieces::default();
        kept.add(text, start..end.max(start));
        Item::words(kept, of.html)
    };
    let end = whole.len();
    match change {
        Change::Kept => Item::words(text.clone(), of.html),
        Change::Html => Item::words(text.clone(), true),
        Change::Lower => letters(text, |_, c| c.to_lowercase().collect()),
        Change::Upper => letters(text, |_, c| c.to_uppercase().collect()),
        Change::Title => letters(text, |before, c| {
            match before.is_none_or(char::is_whitespace) {
                true => c.to_uppercase().collect(),
                false => c.to_string(),
            }
        }),
        Change::First => letters(text, |before, c| match before {
            None => c.to_uppercase().collect(),
            Some(_) => c.to_string(),
        }),
        Change::Trim(left, right, space) => {
            let off = |c: char| match space {
                true => c.is_whitespace(),
                false => given.contains(c),
            };
            let rest = if *left {
                whole.trim_start_matches(off)
            } else {
                whole
            };
            let start = end - rest.len();
            let kept = if *right {
                rest.trim_end_matches(off)
            } else {
                rest
            };
            cut(start, start + kept.len())
        }
        Change::Prefix => cut(end - whole.strip_prefix(given).unwrap_or(whole).len(), end),
        Change::Suffix => cut(0, whole.strip_suffix(given).unwrap_or(whole).len()),
        Change::Chomp => cut(0, whole.trim_end_matches(['\r', '\n']).len()),
        Change::Plain => plain(text),
        Change::Escape => Item::text(escaped(of).text),
        Change::Unescape => unescaped(text),
    }
}

fn letters(text: &Pieces, each: impl Fn(Option<char>, char) -> String) -> Item {
    let mut shown = Pieces::default();
    let (mut before, mut from) = (None, 0);
    for (at, c) in text.text.char_indices() {
        let new = each(before, c);
        before = Some(c);
        if new.chars().eq([c]) {
            continue;
        }
        shown.add(text, from..at);
        from = at + c.len_utf8();
        shown.push_as(&new, text.span(at, from));
    }
    shown.add(text, from..text.text.len());
    Item::text(shown)
}

/// Without tags.
fn plain(text: &Pieces) -> Item {
    let mut shown = Pieces::default();
    let mut from = 0;
    while let Some(open) = text.text[from..].find('<') {
        let open = from + open;
        shown.add(text, from..open);
        from = text.text[open..]
            .find('>')
            .map_or(text.text.len(), |close| open + close + 1);
    }
    shown.add(text, from..text.text.len());
    Item::text(shown)
}

fn unescaped(text: &Pieces) -> Item {
    let mut shown = Pieces::default();
    let mut from = 0;
    for (at, _) in text.text.match_indices('&') {
        let end = text.text[at..]
            .bytes()
            .take(40)
            .position(|byte| byte == b';');
        let Some(end) = end.map(|end| at + end + 1).filter(|_| at >= from) else {
            continue;
        };
        let entity = &text.text[at..end];
        let character = htmlize::unescape(entity);
        if character != entity {
            shown.add(text, from..at);
            shown.push_as(&character, text.span(at, end));
            from = end;
        }
    }
    shown.add(text, from..text.text.len());
    Item::text(shown)
}

/// The functions that answer a question; none inside where nothing tells.
fn asked(name: &str, arguments: &[Item]) -> Option<Option<bool>> {
    let both = |asks: fn(&str, &str) -> bool| match arguments {
        [Item::Nil, two] => two.str().map(|two| asks("", two)),
        [one, two] => one.str().zip(two.str()).map(|(one, two)| asks(one, two)),
        _ => None,
    };
    Some(match name {
        "hasPrefix" | "strings.HasPrefix" => both(|text, part| text.starts_with(part)),
        "hasSuffix" | "strings.HasSuffix" => both(|text, part| text.ends_with(part)),
        "strings.Contains" => both(|text, part| text.contains(part)),
        "strings.ContainsAny" => both(|text, signs| text.contains(|c| signs.contains(c))),
        "strings.ContainsNonSpace" => {
            let text = arguments.first().and_then(Item::str);
            text.map(|text| !text.trim_matches(SPACE).is_empty())
        }
        _ => return None,
    })
}

/// A text that is changed nobody knows how: where something inner stands in it, that still stands there.
fn perhaps(text: &Item, at: Span) -> Item {
    match text {
        Item::Words(words) if words.marks.iter().any(|(_, mark)| *mark == Mark::Inner) => {
            let mut words = (**words).clone();
            words.push(&Item::Unknown(None), at);
            Item::Words(words.into())
        }
        Item::Nil => Item::text(Pieces::default()),
        _ => Item::Unknown(None),
    }
}

fn replace(text: &Item, old: &Item, new: &Item) -> Option<Item> {
    let (text, old, new) = (text.known()?, old.str()?, new.known()?);
    if old.is_empty() {
        return None;
    }
    let mut shown = Pieces::default();
    let mut from = 0;
    for (at, _) in text.text.match_indices(old) {
        shown.add(text, from..at);
        shown.add(new, 0..new.text.len());
        from = at + old.len();
        if shown.text.len() > LONGEST {
            return Some(Item::Unknown(Some(true)));
        }
    }
    shown.add(text, from..text.text.len());
    Some(Item::text(shown))
}

fn middle(text: &Item, from: &Item, length: Option<&Item>) -> Option<Item> {
    let number = |item: &Item| match item {
        Item::Number(number) => super::lists::place(*number),
        _ => None,
    };
    let (text, from) = (text.known()?, number(from)?);
    let length = length.map_or(Some(usize::MAX), number)?;
    let place = |count: usize| {
        let mut chars = text.text.char_indices();
        chars.nth(count).map_or(text.text.len(), |(at, _)| at)
    };
    let mut shown = Pieces::default();
    shown.add(text, place(from)..place(from.saturating_add(length)));
    Some(Item::text(shown))
}

fn print(values: &[Item], at: Span) -> Item {
    let mut words = Words::default();
    for (number, value) in values.iter().enumerate() {
        let string = |item: &Item| matches!(item, Item::Words(_));
        if number > 0 && !string(value) && !string(&values[number - 1]) {
            words.text.push_as(" ", at);
        }
        words.push(value, at);
    }
    long(words)
}

fn printf(format: &Item, values: &[Item], at: Span) -> Item {
    let Some(format) = format.known() else {
        return Item::Unknown(None);
    };
    let mut words = Words::default();
    let (mut from, mut values) = (0, values.iter());
    while let Some(found) = format.text[from..].find('%') {
        let sign = from + found;
        words.text.add(format, from..sign);
        let verb = format.text[sign + 1..].chars().next();
        from = sign + 1 + verb.map_or(0, char::len_utf8);
        match (verb, (verb != Some('%')).then(|| values.next()).flatten()) {
            (Some('%'), _) => words.text.add(format, sign..sign + 1),
            (Some('s' | 'v' | 'd' | 't'), Some(value)) if !matches!(value, Item::Nil) => {
                words.push(value, at);
            }
            (Some('q'), Some(value @ Item::Words(_))) => {
                words.text.push_as("\"", at);
                words.push(value, at);
                words.text.push_as("\"", at);
            }
            // widths and the like: what they put out up to the next text
            _ => {
                let flags =
                    |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | '#' | ' ');
                let rest = format.text[sign + 1..].trim_start_matches(flags);
                let verb = rest.chars().next().map_or(0, char::len_utf8);
                from = format.text.len() - rest.len() + verb;
                words.push(&Item::Unknown(None), at);
            }
        }
        if words.text.text.len() > LONGEST {
            break;
        }
    }
    words.text.add(format, from..format.text.len());
    long(words)
}

fn long(words: Words) -> Item {
    match words.text.text.len() > LONGEST {
        true => Item::Unknown(Some(true)),
        false => Item::Words(words.into()),
    }
}
