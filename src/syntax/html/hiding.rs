//! What hides an element: its name, attributes, inline style, class. External style sheets are out of reach.

use std::collections::BTreeMap;

use super::events::Tag;
use crate::document::Hidden;

/// Pixels or so to a side from which nothing is on any screen.
const FAR_OFF: f64 = -900.0;

pub(in crate::syntax) const UNRENDERED: &[&str] = &[
    "template", "script", "style", "noscript", "head", "title", "iframe", "object", "noembed",
    "noframes", "datalist", "textarea", "video", "audio", "canvas", "desc", "metadata",
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

/// Components that site generators and their themes share, by the name that they are imported under.
fn component(name: &str, opened: bool) -> Option<Hidden> {
    Some(match name {
        "Head" | "Helmet" => Hidden::Unrendered("Head"),
        "CodeBlock" | "Code" => Hidden::Code,
        "VisuallyHidden" | "ScreenReaderOnly" | "SrOnly" => {
            Hidden::Element("a component for screen readers")
        }
        "Accordion" | "AccordionItem" | "Collapse" | "Collapsible" | "Details" | "Expandable"
        | "Spoiler"
            if !opened =>
        {
            Hidden::Collapsed
        }
        _ => return None,
    })
}

/// Why the content of an element is not seen.
pub(in crate::syntax) fn hides(tag: &Tag) -> Option<Hidden> {
    let value = |name: &str| {
        tag.attributes
            .iter()
            .find(|(key, ..)| &**key == name)
            .map(|(_, value, _)| &**value)
    };
    if let Some(name) = UNRENDERED.iter().find(|name| **name == &*tag.name) {
        return Some(Hidden::Unrendered(name));
    }
    let opened = ["open", "defaultopen", "expanded"]
        .iter()
        .any(|name| value(name).is_some());
    if let Some(why) = component(&tag.name, opened) {
        return Some(why);
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
    class.split_whitespace().find_map(hiding_class)
}

/// Why what stands under a class name is not seen.
pub(in crate::syntax) fn hiding_class(name: &str) -> Option<Hidden> {
    HIDING_CLASSES
        .contains(&name.to_ascii_lowercase().as_str())
        .then_some(Hidden::Element("a class such as `sr-only`"))
}

/// The declarations of an inline style; later ones of a property win, as in CSS.
pub(super) fn declarations(style: &str) -> BTreeMap<String, String> {
    let style = style.to_ascii_lowercase();
    let pairs = style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'));
    pairs
        .map(|(property, value)| {
            let value = value.replace("!important", "").trim().to_owned();
            (property.trim().to_owned(), value)
        })
        .collect()
}

/// What an inline style says of an element's box: whether it stands apart from the words round it, and whether each element in
/// it does.
pub(in crate::syntax) fn apart(tag: &Tag) -> (bool, bool) {
    let style = tag.attributes.iter().find(|(name, ..)| &**name == "style");
    let declared = style.map(|(_, style, _)| declarations(style));
    match declared
        .as_ref()
        .and_then(|of| of.get("display"))
        .map(String::as_str)
    {
        Some("flex" | "grid") => (true, true),
        Some("inline-flex" | "inline-grid") => (false, true),
        Some("block" | "table" | "list-item" | "flow-root") => (true, false),
        _ => (false, false),
    }
}

/// Why an inline style hides.
fn hiding_style(style: &str) -> Option<&'static str> {
    let declared = declarations(style);
    let value = |name: &str| declared.get(name).map(String::as_str);
    let back = value("background-color").or_else(|| value("background"));
    if let (Some(ink), Some(back)) = (value("color").and_then(colour), back.and_then(colour))
        && ink == back
    {
        return Some("the colour of its ground");
    }
    let flat = |name| value(name).and_then(pixels) == Some(0.0);
    let clipped = [value("overflow"), value("overflow-y")]
        .into_iter()
        .flatten()
        .any(|value| matches!(value, "hidden" | "clip"));
    if clipped && (flat("height") || flat("max-height") || flat("width") || flat("max-width")) {
        return Some("a box without height or width");
    }
    declared
        .iter()
        .find_map(|(property, value)| hiding_declaration(property, value))
}

/// Smaller type than this, in pixels, nobody reads.
const SMALLEST: f64 = 3.0;

fn hiding_declaration(property: &str, value: &str) -> Option<&'static str> {
    let zero = || number(value) == Some(0.0);
    let far = || number(value).is_some_and(|number| number <= FAR_OFF);
    match property {
        "display" => (value == "none").then_some("`display: none`"),
        "visibility" => matches!(value, "hidden" | "collapse").then_some("`visibility: hidden`"),
        "content-visibility" => (value == "hidden").then_some("`content-visibility: hidden`"),
        "font-size" if zero() => Some("`font-size: 0`"),
        "font-size" => pixels(value)
            .is_some_and(|size| size < SMALLEST)
            .then_some("a `font-size` that nobody can read"),
        "opacity" => zero().then_some("`opacity: 0`"),
        "color" => (colour(value).is_some_and(|of| of[3] == 0)).then_some("`color: transparent`"),
        "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" => {
            far().then_some("a place off the screen")
        }
        "clip" => (value.contains("rect(0") || value.contains("rect(1px"))
            .then_some("a `clip` that leaves nothing"),
        "clip-path" => (value.contains("inset(50%") || value.contains("inset(100%"))
            .then_some("a `clip-path` that leaves nothing"),
        "transform" => value.contains("scale(0)").then_some("`scale(0)`"),
        _ => None,
    }
}

/// The number that a value begins with, if only a unit comes after it.
pub(super) fn number(value: &str) -> Option<f64> {
    value
        .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
        .parse()
        .ok()
}

/// A length in pixels, by the usual 16 to the em; only zero may go without a unit.
pub(super) fn pixels(value: &str) -> Option<f64> {
    let number = number(value)?;
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    Some(match unit {
        "px" => number,
        "pt" => number * 4.0 / 3.0,
        "em" | "rem" => number * 16.0,
        "%" => number * 0.16,
        _ if number == 0.0 => 0.0,
        _ => return None,
    })
}

/// A colour as red, green, blue and opacity, of the forms that text is hidden with.
fn colour(value: &str) -> Option<[u8; 4]> {
    match value {
        "transparent" => return Some([0; 4]),
        "white" => return Some([255; 4]),
        "black" => return Some([0, 0, 0, 255]),
        _ => {}
    }
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Option<Vec<u8>> = hex
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        return match digits?[..] {
            [r, g, b] => Some([r * 17, g * 17, b * 17, 255]),
            [r, g, b, a] => Some([r * 17, g * 17, b * 17, a * 17]),
            [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c, 255]),
            [r, s, g, h, b, c, a, d] => Some([r * 16 + s, g * 16 + h, b * 16 + c, a * 16 + d]),
            _ => None,
        };
    }
    let inner = value
        .strip_prefix("rgba(")
        .or_else(|| value.strip_prefix("rgb("))?
        .strip_suffix(')')?;
    let mut parts = inner
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f32>().ok());
    let mut next = || parts.next().flatten();
    let (r, g, b) = (next()?, next()?, next()?);
    let a = next().unwrap_or(1.0) * 255.0;
    // casts of floats saturate
    Some([r as u8, g as u8, b as u8, a as u8])
}
