//! Liquid cut into texts, outputs and tags, with the white space taken off where `-` says so; and which tags belong together.

use std::ops::Range;

/// A part of a template, in bytes of its source.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Text(Range<usize>),
    /// `{{ … }}`: the whole, and what stands in it.
    Output(Range<usize>, Range<usize>),
    Tag(Tag),
}

/// `{% name rest %}`.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    pub(super) whole: Range<usize>,
    pub(super) name: String,
    pub(super) rest: Range<usize>,
    /// For a tag that begins a block, or parts one: the step of the next tag of the same block.
    pub(super) next: Option<usize>,
}

/// Tags that begin a block; `end` and the name closes it.
const BLOCKS: &[&str] = &[
    "if",
    "unless",
    "case",
    "for",
    "capture",
    "comment",
    "highlight",
    "block",
    "tablerow",
    "ifchanged",
];

/// The steps of a template. Tags that are never closed, or close nothing, have no next: they stand alone.
pub(super) fn steps(text: &str, range: Range<usize>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = range.start;
    // white space before the next text is taken off
    let mut trim = false;
    let end = range.end;
    // whether a comment of the one form or the other is closed anywhere further on
    let mut comments = true;
    let mut blocks = true;
    while at < end {
        let found = text[at..end]
            .match_indices('{')
            .map(|(place, _)| at + place)
            .find(|place| match text.as_bytes().get(place + 1) {
                Some(b'{' | b'%') => true,
                Some(b'#') => !heading_id(&text[place + 2..end]),
                _ => false,
            });
        let Some(start) = found else { break };
        let (closes, sign) = match text.as_bytes()[start + 1] {
            b'{' => ("}}", '{'),
            b'%' => ("%}", '%'),
            _ => ("#}", '#'),
        };
        let closed = |from: usize| text[from..end].find(closes);
        let length = if sign == '#' && !comments {
            None
        } else {
            closed(start + 2)
        };
        let Some(length) = length else {
            // nothing closes it: it is text, and so is all that looks like it further on
            if sign == '#' {
                comments = false;
                push(&mut steps, text, at..start + 2, &mut trim, false);
                at = start + 2;
                continue;
            }
            break;
        };
        let close = start + 2 + length;
        let whole = start..close + 2;
        let mut inner = start + 2..close;
        let before = text[inner.clone()].starts_with('-');
        inner.start += usize::from(before);
        let after = text[inner.clone()].ends_with('-');
        inner.end -= usize::from(after);
        push(&mut steps, text, at..start, &mut trim, before);
        at = whole.end;
        trim = after;
        match sign {
            '{' => steps.push(Step::Output(whole, trimmed(text, inner))),
            '#' => {}
            _ => {
                let inner = trimmed(text, inner);
                let words = &text[inner.clone()];
                let length = words
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(words.len());
                let rest = trimmed(text, inner.start + length..inner.end);
                let name = match &words[..length] {
                    // `{% set x %}…{% endset %}` of Nunjucks is the `capture` of Liquid
                    "set" if !text[rest.clone()].contains('=') => "capture",
                    "endset" => "endcapture",
                    name => name,
                };
                let name = name.to_owned();
                if name.is_empty() && words.starts_with('#') {
                    continue;
                }
                if name == "comment" && blocks {
                    if let Some(past) = past_comment(text, whole.end, end) {
                        at = past;
                        continue;
                    }
                    blocks = false;
                }
                if name == "raw" || name == "verbatim" {
                    let (shown, next) = raw(text, whole.end, end, &name);
                    push(&mut steps, text, shown, &mut trim, false);
                    at = next;
                    continue;
                }
                steps.push(Step::Tag(Tag {
                    whole,
                    name,
                    rest,
                    next: None,
                }));
            }
        }
    }
    push(&mut steps, text, at..end, &mut trim, false);
    join(&mut steps);
    steps
}

fn push(steps: &mut Vec<Step>, text: &str, range: Range<usize>, trim: &mut bool, trim_end: bool) {
    let mut range = range;
    if std::mem::take(trim) {
        let raw = &text[range.clone()];
        range.start += raw.len() - raw.trim_start().len();
    }
    if trim_end {
        range.end = range.start + text[range.clone()].trim_end().len();
    }
    if !range.is_empty() {
        steps.push(Step::Text(range));
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = &text[range.clone()];
    let start = range.start + raw.len() - raw.trim_start().len();
    start..start + raw.trim().len()
}

/// Whether what follows `{#` is the id of a heading (`{#risks}`), which is no comment.
fn heading_id(rest: &str) -> bool {
    const LONGEST: usize = 200;
    let id = rest
        .bytes()
        .take(LONGEST)
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')
        })
        .count();
    id > 0 && rest.as_bytes().get(id) == Some(&b'}')
}

/// One past the end tag of a `comment` whose tag ends at `from`, with those that stand in it; none when it is never closed.
fn past_comment(text: &str, from: usize, end: usize) -> Option<usize> {
    let mut open = 1;
    let mut at = from;
    while let Some(start) = text[at..end].find("{%").map(|place| at + place) {
        at = start + 2;
        let inner = text[at..end].trim_start_matches('-').trim_start();
        let length = inner
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(inner.len());
        match &inner[..length] {
            "comment" => open += 1,
            "endcomment" => open -= 1,
            _ => {}
        }
        if open == 0 {
            return text[at..end].find("%}").map(|length| at + length + 2);
        }
    }
    None
}

/// What stands in a raw block that begins at `from`, and one past its end tag.
fn raw(text: &str, from: usize, end: usize, name: &str) -> (Range<usize>, usize) {
    let closes = format!("end{name}");
    let mut at = from;
    while let Some(start) = text[at..end].find("{%").map(|place| at + place) {
        let inner = text[start + 2..end].trim_start_matches('-').trim_start();
        if inner.starts_with(&closes) {
            let length = text[start..end]
                .find("%}")
                .map_or(end - start, |length| length + 2);
            return (from..start, start + length);
        }
        at = start + 2;
    }
    (from..end, end)
}

/// Says of each tag of a block which is the next one of it.
fn join(steps: &mut [Step]) {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut next: Vec<(usize, usize)> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let Step::Tag(tag) = step else { continue };
        let name = tag.name.as_str();
        if BLOCKS.contains(&name) {
            open.push((name.to_owned(), number));
        } else if matches!(name, "else" | "elsif" | "elif" | "elseif" | "when") {
            if let Some((_, last)) = open.last_mut() {
                next.push((*last, number));
                *last = number;
            }
        } else if let Some(of) = name.strip_prefix("end") {
            // what was left open inside ends with it
            let within = open.iter().rev().take(64);
            if let Some(back) = within.map(|(name, _)| name).position(|name| name == of) {
                let at = open.len() - 1 - back;
                next.push((open[at].1, number));
                open.truncate(at);
            }
        }
    }
    for (from, to) in next {
        if let Step::Tag(tag) = &mut steps[from] {
            tag.next = Some(to);
        }
    }
}
