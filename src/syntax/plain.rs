//! Plain text: paragraphs with blank lines between. It has no comments, so nothing in it can waive a rule.

use super::Syntax;
use super::builder::Builder;
use crate::document::{BlockKind, Document};
use crate::pieces::Pieces;

pub(super) const SYNTAX: Syntax = Syntax {
    name: "text",
    extensions: &["txt", "text"],
    read: page,
    add: Some(super::add::plain),
    comment: None,
};

fn page(mut builder: Builder) -> Document {
    let source = builder.page();
    let at = source.bom();
    read(&Pieces::of(&source.text()[at..], at), &mut builder);
    builder.finish()
}

/// Reads a text into the document.
pub(super) fn read(pieces: &Pieces, builder: &mut Builder) {
    let text = &pieces.text;
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
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
            builder.tell(pieces, at..at + line.len());
        }
        at += line.len();
    }
}
