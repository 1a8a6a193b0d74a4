//! What hides an element: its name, attributes, inline style, class. External style sheets are out of reach.

use super::html_events::Tag;
use crate::document::Hidden;

/// Pixels or so to a side from which nothing is on any screen.
const FAR_OFF: f64 = -900.0;

pub(super) const UNRENDERED: &[&str] = &[
    "template", "script", "style", "noscript", "head", "title", "iframe", "object", "noembed",
    "noframes", "datalist", "textarea",
];

const HIDING_CLASSES: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader",
    "d-none",
    "hidden",
    "hide",
    "invisible",
    "is-hidden",
    "u-hidden",
    "element-invisible",
    "show-for-sr",
    "uk-hidden",
    "display-none",
    "is-sr-only",
    "a11y-hidden",
    "offscreen",
];

/// Why the content of an element is not seen.
pub(super) fn hides(tag: &Tag) -> Option<Hidden> {
    let value = |name: &str| {
        tag.attributes
            .iter()
            .find(|(key, ..)| &**key == name)
            .map(|(_, value, _)| value.as_str())
    };
    if let Some(name) = UNRENDERED.iter().find(|name| **name == &*tag.name) {
        return Some(Hidden::Unrendered(name));
    }
    match &*tag.name {
        "code" | "pre" | "kbd" | "samp" | "xmp" | "listing" => return Some(Hidden::Code),
        "del" | "s" | "strike" => return Some(Hidden::Struck),
        "details" if value("open").is_none() => return Some(Hidden::Collapsed),
        "dialog" if value("open").is_none() => {
            return Some(Hidden::Element("`<dialog>` that is not open"));
        }
        _ => {}
    }
    if value("hidden").is_some() {
        return Some(Hidden::Element("the `hidden` attribute"));
    }
    if value("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Some(Hidden::Element("`aria-hidden`"));
    }
    if let Some(reason) = value("style").and_then(hiding_style) {
        return Some(Hidden::Element(reason));
    }
    let class = value("class")
        .or_else(|| value("classname"))
        .unwrap_or_default();
    class
        .split_whitespace()
        .any(is_hiding_class)
        .then_some(Hidden::Element("a class such as `sr-only`"))
}

pub(super) fn is_hiding_class(class: &str) -> bool {
    HIDING_CLASSES.contains(&class.to_ascii_lowercase().as_str())
}

/// Why an inline style hides; later declarations of a property win, as in CSS.
fn hiding_style(style: &str) -> Option<&'static str> {
    let mut reasons: Vec<(String, Option<&'static str>)> = Vec::new();
    for declaration in style.to_ascii_lowercase().split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.replace("!important", "");
        let (property, value) = (property.trim(), value.trim());
        let number = value
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
            .parse::<f64>();
        let zero = number == Ok(0.0);
        let far = number.is_ok_and(|number| number <= FAR_OFF);
        let reason = match property {
            "display" => (value == "none").then_some("`display: none`"),
            "visibility" => {
                matches!(value, "hidden" | "collapse").then_some("`visibility: hidden`")
            }
            "content-visibility" => (value == "hidden").then_some("`content-visibility: hidden`"),
            "font-size" => zero.then_some("`font-size: 0`"),
            "opacity" => zero.then_some("`opacity: 0`"),
            "color" => (value == "transparent").then_some("`color: transparent`"),
            "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" => {
                far.then_some("a place off the screen")
            }
            "clip" => (value.contains("rect(0") || value.contains("rect(1px"))
                .then_some("a `clip` that leaves nothing"),
            "clip-path" => (value.contains("inset(50%") || value.contains("inset(100%"))
                .then_some("a `clip-path` that leaves nothing"),
            "transform" => value.contains("scale(0)").then_some("`scale(0)`"),
            _ => continue,
        };
        reasons.retain(|(other, _)| other != property);
        reasons.push((property.to_owned(), reason));
    }
    reasons.into_iter().find_map(|(_, reason)| reason)
}
