//! JSON, with the comments and the ease of JSONC and JSON5; and ARB, whose keys that begin with `@` describe and are not shown.
//! Tokens are read without recursion, and the strings before a mistake are kept.

use std::sync::Arc;

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use super::data::{Data, KeyPath, Keys, Strings};
use super::escapes::{Breaks, Style, align};
use crate::document::Document;
use crate::source::{Source, Span};

pub(super) const JSON: Data = Data {
    name: "json",
    extensions: &["json", "jsonc", "json5"],
    read: |source, keys| read(source, keys, false),
};
pub(super) const ARB: Data = Data {
    name: "arb",
    extensions: &["arb"],
    read: |source, keys| read(source, keys, true),
};

const STYLE: Style = Style {
    backslash: true,
    doubled: false,
    breaks: Breaks::Kept,
};
/// Deeper values are not read.
const DEEPEST: usize = 256;

enum Open {
    Object,
    /// The number of the item that is being read.
    Array(usize),
}

#[derive(Clone, Copy, PartialEq)]
enum Wants {
    Value,
    Key,
    Colon,
    /// A comma or the end of what is open.
    Next,
    End,
}

struct Reader {
    open: Vec<Open>,
    wants: Wants,
    path: KeyPath,
}

fn read(source: &Arc<Source>, keys: &[&Keys], arb: bool) -> Document {
    let base = source.bom();
    let text = &source.text()[base..];
    let mut strings = Strings::new(source, keys);
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut reader = Reader {
        open: Vec::new(),
        wants: Wants::Value,
        path: KeyPath::default(),
    };
    loop {
        let token = match scanner.scan() {
            Ok(Some(token)) => token,
            Ok(None) => break,
            Err(wrong) => {
                let range = wrong.range();
                let span = Span::new(base + range.start, base + range.end);
                strings.problem(span, format!("the file is no JSON: {}", wrong.kind()));
                return strings.finish();
            }
        };
        let (start, end) = (base + scanner.token_start(), base + scanner.token_end());
        let span = Span::new(start, end);
        match &token {
            Token::CommentLine(body) | Token::CommentBlock(body) => {
                let body = Span::new(start + 2, start + 2 + body.len());
                strings.comment(span, body);
                continue;
            }
            Token::String(shown)
                if reader.wants == Wants::Value && !(arb && reader.path.text.starts_with('@')) =>
            {
                let raw = &text[start - base + 1..end - base - 1];
                let pieces = || align(raw, start + 1, shown, STYLE);
                strings.string(&reader.path.text, span, pieces);
            }
            _ => {}
        }
        if let Err(message) = reader.token(&token) {
            strings.problem(span, message);
            return strings.finish();
        }
    }
    if reader.wants != Wants::End {
        let end = source.text().len();
        strings.problem(Span::new(end, end), "the file is no JSON: it ends too soon");
    }
    strings.finish()
}

impl Reader {
    fn token(&mut self, token: &Token<'_>) -> Result<(), String> {
        match (self.wants, token) {
            (Wants::Value, Token::OpenBrace) => self.enter(Open::Object)?,
            (Wants::Value, Token::OpenBracket) => self.enter(Open::Array(0))?,
            (Wants::Value | Wants::Next, Token::CloseBracket)
                if matches!(self.open.last(), Some(Open::Array(_))) =>
            {
                self.leave();
            }
            (Wants::Key | Wants::Next, Token::CloseBrace)
                if matches!(self.open.last(), Some(Open::Object)) =>
            {
                self.leave();
            }
            (
                Wants::Value,
                Token::String(_)
                | Token::Number(_)
                | Token::Boolean(_)
                | Token::Null
                | Token::Word(_),
            ) => self.done(),
            (
                Wants::Key,
                Token::String(_)
                | Token::Number(_)
                | Token::Boolean(_)
                | Token::Null
                | Token::Word(_),
            ) => {
                self.path.push(token.as_str());
                self.wants = Wants::Colon;
            }
            (Wants::Colon, Token::Colon) => self.wants = Wants::Value,
            (Wants::Next, Token::Comma) => self.next(),
            _ => return Err("the file is no JSON from here on".to_owned()),
        }
        Ok(())
    }

    fn enter(&mut self, what: Open) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!(
                "values nest deeper than {DEEPEST}: nothing from here on was checked"
            ));
        }
        self.wants = match what {
            Open::Object => Wants::Key,
            Open::Array(_) => {
                self.path.push("0");
                Wants::Value
            }
        };
        self.open.push(what);
        Ok(())
    }

    fn leave(&mut self) {
        // an item that never came
        if self.wants == Wants::Value {
            self.path.pop();
        }
        self.open.pop();
        self.done();
    }

    /// A value has ended.
    fn done(&mut self) {
        self.wants = if self.open.is_empty() {
            Wants::End
        } else {
            self.path.pop();
            Wants::Next
        };
    }

    fn next(&mut self) {
        match self.open.last_mut() {
            Some(Open::Array(number)) => {
                *number += 1;
                self.path.push(&number.to_string());
                self.wants = Wants::Value;
            }
            _ => self.wants = Wants::Key,
        }
    }
}
