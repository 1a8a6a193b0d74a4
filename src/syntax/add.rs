//! How each syntax writes a paragraph of plain words, and where a further one stands: at the end of what a reader reads.

use super::html::events::{Event, tokens};
use crate::document::Document;

/// Words that Markdown takes for nothing else.
pub(super) fn markdown(document: &Document, words: &str, written: bool) -> Option<(u32, String)> {
    at_end(document, &escaped(words, written, "\\*_`[]<>|~"))
}

pub(super) fn mdx(document: &Document, words: &str, written: bool) -> Option<(u32, String)> {
    at_end(document, &escaped(words, written, "\\*_`[]<>|~{}"))
}

pub(super) fn rst(document: &Document, words: &str, written: bool) -> Option<(u32, String)> {
    at_end(document, &escaped(words, written, "\\*_`|"))
}

/// AsciiDoc escapes only what it would read otherwise, so that a backslash elsewhere is seen.
pub(super) fn asciidoc(document: &Document, words: &str, written: bool) -> Option<(u32, String)> {
    const SIGNS: &str = "\\*_`#+^~{}<>|[]&";
    (written || !words.contains(|c| SIGNS.contains(c))).then(|| at_end(document, words))?
}

pub(super) fn plain(document: &Document, words: &str, _: bool) -> Option<(u32, String)> {
    at_end(document, words)
}

/// Before the end of `<main>`, else of `<article>` or `<body>`, else at the end of the text.
pub(super) fn html(document: &Document, words: &str, written: bool) -> Option<(u32, String)> {
    let text = document.source.text();
    let mut ends = [None; 4];
    tokens(text, |start, event| {
        if let Event::Close(name, _) = event {
            let rank = ["main", "article", "body", "html"]
                .iter()
                .position(|of| **of == *name);
            if let Some(rank) = rank {
                ends[rank] = Some(start);
            }
        }
    });
    let end = ends.into_iter().flatten().next().unwrap_or(text.len());
    let words = words_or_markup(words, written);
    let at = text.get(..end)?.trim_end().len();
    let line = newline(text);
    Some((u32::try_from(at).ok()?, format!("{line}{words}")))
}

fn words_or_markup(words: &str, written: bool) -> String {
    if written {
        return words.to_owned();
    }
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<p>{words}</p>")
}

fn at_end(document: &Document, words: &str) -> Option<(u32, String)> {
    let text = document.source.text();
    let at = text.trim_end().len();
    let line = newline(text);
    let before = if at == 0 {
        String::new()
    } else {
        format!("{line}{line}")
    };
    let after = if at == text.len() { line } else { "" };
    Some((u32::try_from(at).ok()?, format!("{before}{words}{after}")))
}

/// How the lines of a text end.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Words with a backslash before each of these signs, and before what begins a list, a heading or a quotation.
fn escaped(words: &str, written: bool, signs: &str) -> String {
    if written {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        if signs.contains(c) || (at == 0 && "#+-".contains(c)) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
