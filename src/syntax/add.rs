//! How each syntax writes a paragraph of plain words, and where a further one stands: at the end of what a reader reads.

use super::html::events::{Event, tokens};
use crate::document::{BlockKind, Document};

/// Words that Markdown takes for nothing else.
pub(super) fn markdown(
    document: &Document,
    words: &str,
    written: bool,
    before: Option<u32>,
) -> Option<(u32, String)> {
    put(document, &escaped(words, written, "\\*_`[]<>|~"), before)
}

pub(super) fn mdx(
    document: &Document,
    words: &str,
    written: bool,
    before: Option<u32>,
) -> Option<(u32, String)> {
    put(document, &escaped(words, written, "\\*_`[]<>|~{}"), before)
}

pub(super) fn rst(
    document: &Document,
    words: &str,
    written: bool,
    before: Option<u32>,
) -> Option<(u32, String)> {
    put(document, &escaped(words, written, "\\*_`|"), before)
}

/// AsciiDoc escapes only what it would read otherwise, so that a backslash elsewhere is seen.
pub(super) fn asciidoc(
    document: &Document,
    words: &str,
    written: bool,
    before: Option<u32>,
) -> Option<(u32, String)> {
    const SIGNS: &str = "\\*_`#+^~{}<>|[]&";
    (written || !words.contains(|c| SIGNS.contains(c))).then(|| put(document, words, before))?
}

pub(super) fn plain(
    document: &Document,
    words: &str,
    _: bool,
    before: Option<u32>,
) -> Option<(u32, String)> {
    put(document, words, before)
}

/// Before the end of `<main>`, else of `<article>` or `<body>`, else at the end of the text.
pub(super) fn html(
    document: &Document,
    words: &str,
    written: bool,
    before: Option<u32>,
) -> Option<(u32, String)> {
    let text = document.source.text();
    if let Some(block) = before {
        let at = before_element(document, block)?;
        let words = words_or_markup(words, written);
        return Some((u32::try_from(at).ok()?, format!("{words}{}", newline(text))));
    }
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

/// The start tag of the paragraph or heading that a block is, where nothing but formatting stands between.
fn before_element(document: &Document, block: u32) -> Option<usize> {
    const INLINE: &[&str] = &["a", "b", "em", "i", "small", "span", "strong", "u"];
    let mut at = begins(document, block)?;
    let text = document.source.text();
    loop {
        let before = text[..at].trim_end();
        let open = before.strip_suffix('>')?.rfind('<')?;
        let tag = &before[open + 1..before.len() - 1];
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
        let name = tag[..end.unwrap_or(tag.len())].to_ascii_lowercase();
        at = open;
        if name == "p" || (name.len() == 2 && name.starts_with('h') && name != "hr") {
            return Some(open);
        }
        INLINE.contains(&name.as_str()).then_some(())?;
    }
}

/// Where a block of the page's own begins, if it is a paragraph or a heading in no box of its own.
fn begins(document: &Document, block: u32) -> Option<usize> {
    let of = document.blocks.get(block as usize)?;
    let plain = matches!(of.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    let alone = plain && !of.quote && !of.footnote && !document.is_brought(of.span);
    alone.then_some(of.span.start as usize)
}

/// Words before a block that begins a line of its own after a blank one, or at the end of the text.
fn put(document: &Document, words: &str, before: Option<u32>) -> Option<(u32, String)> {
    let Some(block) = before else {
        return at_end(document, words);
    };
    let text = document.source.text();
    let begins = begins(document, block)?;
    let line = text[..begins]
        .rfind('\n')
        .map_or(document.source.bom(), |at| at + 1);
    let heading = matches!(document.blocks[block as usize].kind, BlockKind::Heading(_));
    let signs = if heading { "#= " } else { "*_[(\"" };
    let starts = text[line..begins].chars().all(|c| signs.contains(c));
    let above = text[..line].trim_end_matches(['\r', '\n', ' ', '\t']);
    let meta = document
        .meta
        .as_ref()
        .map_or(0, |meta| meta.span.end as usize);
    let blank = text[above.len()..line].matches('\n').count() > 1 || above.len() <= meta;
    let space = newline(text);
    (starts && blank).then_some(())?;
    Some((u32::try_from(line).ok()?, format!("{words}{space}{space}")))
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
