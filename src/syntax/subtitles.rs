//! Subtitles: SubRip (SRT) and WebVTT. Each cue is a block, for a viewer sees them one after the other. Read by the same lines: a cue
//! begins at its timings and ends at a blank line. Cue settings, styles and regions are no words; where a cue stands on the screen
//! is not judged.

use super::Syntax;
use super::builder::{Builder, number};
use super::html::tags::{Markup, Tags};
use crate::document::{BlockKind, Cue, Document, Hidden};
use crate::pieces::Pieces;
use crate::source::Span;
use crate::text::Style;

pub(super) const SYNTAX: Syntax = Syntax {
    name: "subtitles",
    extensions: &["srt", "vtt"],
    read: page,
    add: None,
    comment: None,
};

/// What the lines up to the next blank one are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Before the timings of a cue: its number or name.
    Head,
    Cue,
    /// WebVTT: `NOTE`.
    Note,
    /// WebVTT: its first lines, `STYLE`, `REGION`.
    Settings,
}

fn page(mut builder: Builder) -> Document {
    let source = builder.page();
    let text = source.text();
    let mut at = source.bom();
    let mut part = if text[at..].starts_with("WEBVTT") {
        Part::Settings
    } else {
        Part::Head
    };
    let mut starts = at;
    let mut timings = None;
    for line in text[at..].split_inclusive(['\n', '\r']) {
        let (from, words) = (at, line.trim());
        at += line.len();
        if words.is_empty() {
            // the two halves of a CRLF come apart here; only a line of its own is blank
            let half = line == "\n" && from > 0 && text.as_bytes()[from - 1] == b'\r';
            if !half {
                end(part, Span::new(starts, from), timings, &mut builder);
                part = Part::Head;
                starts = at;
            }
            continue;
        }
        if words.contains("-->") {
            // by the WebVTT standard no other part may hold an arrow
            end(part, Span::new(starts, from), timings, &mut builder);
            starts = at;
            part = Part::Cue;
            timings = timed(line, from, &mut builder);
        } else if part == Part::Head {
            part = match words {
                _ if words.starts_with("NOTE")
                    && !words[4..].starts_with(char::is_alphanumeric) =>
                {
                    Part::Note
                }
                "STYLE" | "REGION" => Part::Settings,
                _ => Part::Head,
            };
        }
    }
    end(part, Span::new(starts, text.len()), timings, &mut builder);
    builder.finish()
}

/// Hands over the lines of a part, now that it has ended.
fn end(part: Part, lines: Span, timings: Option<Cue>, builder: &mut Builder) {
    let raw = builder.slice(lines).to_owned();
    let start = lines.start as usize;
    match part {
        Part::Cue => {
            builder.close();
            let first = builder.document().blocks.len();
            builder.open(BlockKind::Paragraph);
            Tags::new(Markup::Html).read(&payload(&raw, start), builder);
            builder.close();
            builder.hidden_by_element = None;
            builder.style_by_element = Style::default();
            let document = builder.document();
            let blocks = number(first)..number(document.blocks.len());
            let cues = blocks.filter_map(|block| timings.map(|cue| Cue { block, ..cue }));
            document.cues.extend(cues);
        }
        Part::Note => {
            let body = raw.find("NOTE").map_or(start, |at| start + at + 4);
            builder.comment(lines, Span::new(body, lines.end as usize));
        }
        // a number or a name; what is neither should not be lost
        Part::Head | Part::Settings if raw.trim().contains(' ') => {
            builder.aside(
                Hidden::Element("its place outside of any cue"),
                lines,
                &raw,
                false,
            );
        }
        Part::Head | Part::Settings => {}
    }
}

/// The times of a cue, by its line `00:00:01,000 --> 00:00:04,000`.
fn timed(line: &str, at: usize, builder: &mut Builder) -> Option<Cue> {
    let timings = line.trim();
    let start = at + line.len() - line.trim_start().len();
    let span = Span::new(start, start + timings.len());
    let times = timings.split_once("-->").and_then(|(from, to)| {
        let to = to.split_whitespace().next()?;
        Some((milliseconds(from.trim())?, milliseconds(to)?))
    });
    let Some((from, to)) = times.filter(|(from, to)| from <= to) else {
        builder.problem(span, "the times of this cue cannot be read");
        return None;
    };
    Some(Cue {
        block: 0,
        from,
        to,
        span,
    })
}

/// `01:02:03,456`, `02:03.456` as milliseconds.
fn milliseconds(written: &str) -> Option<u64> {
    let (whole, part) = written.split_once([',', '.']).unwrap_or((written, "0"));
    let digits = |text: &str| {
        let fits = (1..=3).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
        fits.then(|| text.parse::<u64>().ok())?
    };
    let parts = whole.split(':').map(digits).collect::<Option<Vec<u64>>>()?;
    let seconds = match parts[..] {
        [minutes, seconds] => minutes * 60 + seconds,
        [hours, minutes, seconds] => (hours * 60 + minutes) * 60 + seconds,
        _ => return None,
    };
    let scale = 10_u64.pow(3 - u32::try_from(part.len().min(3)).ok()?);
    Some(seconds * 1000 + digits(part)? * scale)
}

/// The words and tags of a cue: without time stamps (`<00:19.000>`) and the styling that players take over from other formats
/// (`{\an8}`).
fn payload(raw: &str, start: usize) -> Pieces {
    let mut pieces = Pieces::default();
    let mut from = 0;
    for (at, sign) in raw.match_indices(['<', '{']) {
        let inner = &raw[at + 1..];
        let (marks, close) = match sign {
            "<" => (inner.starts_with(|c: char| c.is_ascii_digit()), '>'),
            _ => (inner.starts_with('\\'), '}'),
        };
        if at < from || !marks {
            continue;
        }
        if let Some(length) = inner.split('\n').next().and_then(|line| line.find(close)) {
            pieces.push(&raw[from..at], start + from);
            from = at + 1 + length + 1;
        }
    }
    pieces.push(&raw[from..], start + from);
    pieces
}
