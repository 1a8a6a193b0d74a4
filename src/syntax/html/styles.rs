//! How the words of an element are shown, by its name, class and inline style. Style sheets are out of reach.

use super::elements::block;
use super::events::Tag;
use super::hiding::{declarations, number, pixels};
use crate::syntax::builder::Builder;
use crate::text::Style;

/// Components that site generators and their themes share for a box that stands out.
const BOXES: &[&str] = &[
    "Admonition",
    "Alert",
    "Aside",
    "Callout",
    "Caution",
    "Danger",
    "Important",
    "Info",
    "Note",
    "Notice",
    "Tip",
    "Warning",
];

/// Classes of a box that stands out.
const BOX_CLASSES: &[&str] = &[
    "admonition",
    "alert",
    "callout",
    "caution",
    "danger",
    "hint",
    "important",
    "info-box",
    "markdown-alert",
    "message-box",
    "notice",
    "notification",
    "warning",
];

/// Classes of what holds footnotes, as renderers of Markdown, AsciiDoc and reStructuredText write them.
const FOOTNOTE_CLASSES: &[&str] = &[
    "endnote",
    "endnotes",
    "footnote",
    "footnote-definition",
    "footnote-list",
    "footnotes",
    "footnotes-list",
];

const BOLD_CLASSES: &[&str] = &["bold", "font-bold", "fw-bold", "strong"];

const SMALL_CLASSES: &[&str] = &[
    "fine-print",
    "fineprint",
    "font-size-sm",
    "small",
    "small-print",
    "smallprint",
    "text-sm",
    "text-small",
    "text-xs",
];

/// Type from this size on is as large as that of the words round it, by the usual 16 pixels to the em.
const PLAIN: f64 = 14.0;

/// Attributes of components that hold where they lead.
const ADDRESSES: &[&str] = &["href", "to", "url", "link", "target-url", "cta-url"];

impl Builder {
    /// A component or a button that may be a link or a call to action, by its name.
    pub(in crate::syntax) fn called(&mut self, tag: &Tag) -> Option<usize> {
        let raw = self.slice(tag.span).strip_prefix('<')?;
        let end = raw.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)));
        let name = &raw[..end.unwrap_or(raw.len())];
        if !name.starts_with(char::is_uppercase) && !name.eq_ignore_ascii_case("button") {
            return None;
        }
        let name: Box<str> = name.into();
        let mut addresses = tag
            .attributes
            .iter()
            .filter(|(key, ..)| ADDRESSES.contains(&&**key));
        let target = addresses.next().map_or("", |(_, value, _)| &**value);
        let number = self.anchor(tag, target)?;
        self.document().links[number].component = Some(name);
        Some(number)
    }

    /// A link with what its tag says of it.
    pub(in crate::syntax) fn anchor(&mut self, tag: &Tag, target: &str) -> Option<usize> {
        let number = self.link(tag.span, target)?;
        let value = |name: &str| {
            let found = tag.attributes.iter().find(|(key, ..)| &**key == name);
            found.map(|(_, value, _)| (&**value).into())
        };
        let link = &mut self.document().links[number];
        link.rel = value("rel");
        link.class = value("class").or_else(|| value("classname"));
        Some(number)
    }
}

/// How an element shows what stands in it.
pub(in crate::syntax) fn styled(tag: &Tag) -> Style {
    let value = |name: &str| {
        let found = tag.attributes.iter().find(|(key, ..)| &**key == name);
        found.map(|(_, value, _)| &**value)
    };
    let mut style = match &*tag.name {
        "b" | "strong" | "th" => Style::BOLD,
        "small" | "sub" | "sup" => Style::SMALL,
        "aside" => Style::CALLOUT,
        "a" if value("href").is_some() => Style::LINK,
        name if BOXES.contains(&name) => Style::CALLOUT,
        _ => Style::default(),
    };
    if tag.attributes.is_empty() {
        return style;
    }
    if matches!(value("role"), Some("alert" | "note")) {
        style = style.with(Style::CALLOUT);
    }
    // a footnote's mark is in the sentence, and may have the same class
    let holds = block(&tag.name).is_some();
    let role = matches!(
        value("role"),
        Some("doc-endnote" | "doc-endnotes" | "doc-footnote")
    );
    if holds && role {
        style = style.with(Style::FOOTNOTE);
    }
    let class = value("class").or_else(|| value("classname"));
    for name in class.unwrap_or_default().split_whitespace() {
        let name = name.to_ascii_lowercase();
        for (classes, shows) in [
            (BOX_CLASSES, Style::CALLOUT),
            (BOLD_CLASSES, Style::BOLD),
            (SMALL_CLASSES, Style::SMALL),
            (FOOTNOTE_CLASSES, Style::FOOTNOTE),
        ] {
            if classes.contains(&&*name) && (shows != Style::FOOTNOTE || holds) {
                style = style.with(shows);
            }
        }
    }
    value("style").map_or(style, |css| style.with(declared(css)))
}

fn declared(css: &str) -> Style {
    let declared = declarations(css);
    let value = |name: &str| declared.get(name).map(String::as_str);
    let heavy = value("font-weight").is_some_and(|weight| {
        matches!(weight, "bold" | "bolder") || number(weight).is_some_and(|of| of >= 600.0)
    });
    let small = value("font-size").is_some_and(|size| {
        matches!(size, "smaller" | "small" | "x-small" | "xx-small")
            || pixels(size).is_some_and(|size| size < PLAIN)
    });
    let framed = ["border", "outline"]
        .into_iter()
        .filter_map(value)
        .any(|border| !matches!(border, "none" | "0" | "0px"));
    let mut style = Style::default();
    for (shown, of) in [
        (heavy, Style::BOLD),
        (small, Style::SMALL),
        (framed, Style::CALLOUT),
    ] {
        if shown {
            style = style.with(of);
        }
    }
    style
}
