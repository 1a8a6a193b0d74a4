//! What is open in the editor: its text, kept in step with every change, and what came of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{Position, Range, TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::client;
use crate::finding::Finding;
use crate::project::{Page, real};
use crate::source::Unit;
use crate::syntax::{self, Syntax};

/// A text that is open.
#[derive(Debug)]
pub(super) struct Buffer {
    pub(super) uri: Url,
    /// Where it lies; a path that nothing has for what was never saved.
    pub(super) path: PathBuf,
    /// With every link followed. None for what is no file.
    pub(super) real: Option<PathBuf>,
    /// What the client called the text last.
    pub(super) version: i32,
    pub(super) text: Arc<str>,
    /// The home that it lives in, by number.
    pub(super) home: usize,
    /// Whether it is content of its project.
    pub(super) is_content: bool,
    /// What came of it. None for what is no content, and for what was not looked at yet.
    pub(super) page: Option<Page>,
    /// What is wrong with a config or a pack of which no project is made.
    pub(super) mistakes: Vec<Finding>,
    /// Whether it is to be looked at again.
    pub(super) due: bool,
}

impl Buffer {
    /// A text that was opened; `folder` is where what has no path is taken to lie. None for what lies in another scheme: an older
    /// version of a file, a part of a notebook.
    pub(super) fn new(item: TextDocumentItem, folder: &Path) -> Option<Self> {
        let path = match item.uri.scheme() {
            "file" => client::path(item.uri.as_str())?,
            "untitled" => folder.join(untitled(&item)),
            _ => return None,
        };
        let real = (item.uri.scheme() == "file").then(|| real(&path));
        Some(Self {
            real,
            path,
            uri: item.uri,
            version: item.version,
            text: item.text.into(),
            home: 0,
            is_content: false,
            page: None,
            mistakes: Vec::new(),
            due: true,
        })
    }

    /// Takes in changes, in their order.
    pub(super) fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, unit: Unit) {
        let mut text = self.text.to_string();
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let bytes = bytes(&text, range, unit);
                    text.replace_range(bytes, &change.text);
                }
            }
        }
        self.text = text.into();
        self.due = true;
    }
}

/// A name for what was never saved, with the ending of its language.
fn untitled(item: &TextDocumentItem) -> String {
    let name = item.uri.path().rsplit('/').next().unwrap_or_default();
    let name = if name.is_empty() { "untitled" } else { name };
    if syntax::of_path(Path::new(name)).is_some() {
        return name.to_owned();
    }
    let ending = of_language(&item.language_id).map_or("", |syntax| syntax.extensions[0]);
    format!("{name}.{ending}")
}

/// The syntax that an editor calls so.
fn of_language(id: &str) -> Option<&'static Syntax> {
    syntax::named(match id {
        "restructuredtext" => "rst",
        "plaintext" => "text",
        other => other,
    })
}

/// The bytes of a range. What lies beyond the end of a line is its end, what is upside down is empty.
pub(super) fn bytes(text: &str, range: Range, unit: Unit) -> std::ops::Range<usize> {
    let start = byte(text, range.start, unit);
    start..byte(text, range.end, unit).max(start)
}

/// The byte of a position. A column beyond the end of its line is the end of the line, a line beyond the end is the end.
pub(super) fn byte(text: &str, position: Position, unit: Unit) -> usize {
    let start = line_start(text, position.line);
    let line = &text[start..];
    let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
    let mut left = u64::from(position.character);
    for (at, c) in line.char_indices() {
        let width = match unit {
            Unit::Byte => c.len_utf8(),
            Unit::Char => 1,
            Unit::Utf16 => c.len_utf16(),
        };
        // inside of a character counts as before it
        if left < width as u64 {
            return start + at;
        }
        left -= width as u64;
    }
    start + line.len()
}

/// Where a line begins, counted from 0.
fn line_start(text: &str, line: u32) -> usize {
    if line == 0 {
        return 0;
    }
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| {
        **byte == b'\n' || (**byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
    });
    let mut ends = ends.map(|(at, _)| at + 1);
    ends.nth(line as usize - 1).unwrap_or(text.len())
}
