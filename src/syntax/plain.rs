//! Plain text: paragraphs with blank lines between. It has no comments, so nothing in it can waive a rule.

use std::sync::Arc;

use super::Syntax;
use super::builder::Builder;
use crate::document::{BlockKind, Document};
use crate::source::{Source, Span};

pub(super) const SYNTAX: Syntax = Syntax {
    name: "text",
    extensions: &["txt", "text"],
    parse,
};

fn parse(source: &Arc<Source>) -> Document {
    let mut builder = Builder::new(source);
    let text = source.text();
    let mut at = source.bom();
    for line in text[at..].split_inclusive(['\n', '\r']) {
        if line.trim().is_empty() {
            // the two halves of a CRLF come apart here; only a line of its own is blank
            let half = line == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r';
            if !half {
                builder.close();
            }
        } else {
            let bullet = line.trim_start();
            if bullet.starts_with(['•', '‣', '▪'])
                || bullet.starts_with("- ")
                || bullet.starts_with("* ")
            {
                builder.open(BlockKind::Item);
            }
            builder.text(Span::new(at, at + line.len()));
        }
        at += line.len();
    }
    builder.finish()
}
