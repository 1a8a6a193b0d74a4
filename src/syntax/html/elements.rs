//! What is known of HTML's elements by their names: the blocks they begin, what they close, where an end tag stops looking.

use crate::document::BlockKind;

/// Attributes that hold words for a reader who does not see the element itself, or for a machine.
pub(in crate::syntax) const WORDY: &[(&str, &str)] = &[
    ("alt", "the `alt` of an image"),
    ("title", "a `title` attribute"),
    ("aria-label", "an `aria-label`"),
    ("placeholder", "a `placeholder`"),
    ("content", "a `content` attribute"),
    ("value", "a `value` attribute"),
    ("summary", "a `summary` attribute"),
    ("label", "a `label` attribute"),
];

/// Elements without content or an end tag.
pub(in crate::syntax) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// What may stand in `<head>`: anything else ends it.
pub(in crate::syntax) const IN_HEAD: &[&str] = &[
    "base", "basefont", "bgsound", "link", "meta", "title", "noscript", "noframes", "style",
    "script", "template",
];

/// Elements that go on after the block they were opened in, until their own end tag: "the list of active formatting elements"
/// of the HTML standard, §13.2.4.3.
pub(in crate::syntax) const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Whether formatting goes on before an element begins, and so round it.
pub(in crate::syntax) fn renews(name: &str) -> bool {
    !special(name) && name != "dialog" && !VOID.contains(&name)
        || matches!(
            name,
            "applet" | "button" | "marquee" | "object" | "select" | "xmp"
        )
}

/// Whether formatting from outside does not go on in an element, and none goes on from inside: the "markers" of §13.2.4.3.
pub(in crate::syntax) fn marks(name: &str) -> bool {
    matches!(
        name,
        "applet" | "caption" | "marquee" | "object" | "td" | "template" | "th"
    )
}

/// Elements that no end tag from inside looks past: "has an element in scope", §13.2.4.2.
const SCOPE: &[&str] = &[
    "applet", "caption", "html", "table", "td", "th", "marquee", "object", "template",
];
const TABLE: &[&str] = &["html", "table", "template"];

/// Whether the end tag of this name looks no further out than an element of that one.
pub(in crate::syntax) fn stops(name: &str, at: &str) -> bool {
    match name {
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" => {
            TABLE.contains(&at)
        }
        "li" => SCOPE.contains(&at) || matches!(at, "ul" | "ol" | "menu"),
        "p" => SCOPE.contains(&at) || at == "button",
        // its end tag leaves everything in it behind
        "template" => false,
        "button" | "applet" | "marquee" | "object" => SCOPE.contains(&at),
        _ if block(name).is_some() || FORMATTING.contains(&name) => SCOPE.contains(&at),
        // the standard's "any other end tag" is not heard through a special element
        _ => special(at),
    }
}

/// What a start tag ends by itself, the nearest open one of each list in turn.
pub(in crate::syntax) fn implied(name: &str) -> &'static [&'static [&'static str]] {
    match name {
        "li" => &[&["li"], &["p"]],
        "dt" | "dd" => &[&["dt", "dd"], &["p"]],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &[&["p"], &["h1", "h2", "h3", "h4", "h5", "h6"]],
        "hr" => &[&["p"]],
        "table" => &[&["table"], &["p"]],
        "option" => &[&["option"]],
        "button" => &[&["button"]],
        "a" => &[&["a"]],
        _ if block(name).is_some() => &[&["p"]],
        _ => &[],
    }
}

/// Whether the start tag that ends elements such as `end` looks no further out than an element of this name.
pub(in crate::syntax) fn shields(end: &str, at: &str) -> bool {
    match end {
        "p" => SCOPE.contains(&at) || at == "button",
        "li" | "dt" | "dd" => !matches!(at, "address" | "div" | "p") && special(at),
        "button" | "a" => SCOPE.contains(&at),
        "table" => matches!(at, "td" | "th" | "caption" | "template"),
        // only a heading that holds the new one itself
        _ => true,
    }
}

/// Whether it stands in a table and nowhere else.
pub(in crate::syntax) fn table_part(name: &str) -> bool {
    matches!(
        name,
        "caption" | "colgroup" | "col" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th"
    )
}

/// Whether it holds a list.
pub(in crate::syntax) fn list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "menu")
}

/// The standard's "special" elements, which end tags of other elements are not heard through.
pub(in crate::syntax) fn special(name: &str) -> bool {
    let more = [
        "applet", "button", "colgroup", "iframe", "marquee", "noembed", "noframes", "noscript",
        "object", "script", "style", "template", "textarea", "title",
    ];
    more.contains(&name)
        || (block(name).is_some() && !matches!(name, "option" | "optgroup" | "legend" | "dialog"))
}

/// What block an element begins, if it begins one.
pub(in crate::syntax) fn block(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "li" | "dt" | "dd" | "option" => BlockKind::Item,
        "td" | "th" => BlockKind::Cell,
        "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav"
        | "blockquote" | "details" | "summary" | "figure" | "figcaption" | "table" | "thead"
        | "tbody" | "tfoot" | "tr" | "caption" | "ul" | "ol" | "dl" | "form" | "fieldset"
        | "legend" | "address" | "pre" | "center" | "body" | "dialog" | "hgroup" | "menu"
        | "search" | "select" | "html" | "head" | "listing" | "xmp" | "dir" | "optgroup" => {
            BlockKind::Paragraph
        }
        _ => return None,
    })
}

/// Whether `/` in a start tag of this name means nothing, as for every element of HTML itself.
pub(in crate::syntax) fn known(name: &str) -> bool {
    block(name).is_some()
        || FORMATTING.contains(&name)
        || matches!(
            name,
            "template"
                | "script"
                | "style"
                | "noscript"
                | "title"
                | "iframe"
                | "object"
                | "noembed"
                | "noframes"
                | "datalist"
                | "textarea"
                | "span"
                | "del"
                | "ins"
                | "mark"
                | "sub"
                | "sup"
                | "abbr"
                | "button"
                | "label"
                | "q"
                | "cite"
                | "kbd"
                | "samp"
                | "var"
                | "time"
        )
}
