//! JSON, with the comments and the ease of JSONC and JSON5; and ARB, whose keys that begin with `@` describe and are not shown.
//! Tokens are read without recursion, and the strings before a mistake are kept.

use std::sync::Arc;

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use super::{Data, KeyPath, Keys, Strings};
use crate::document::Document;
use crate::source::{Source, Span};
use crate::syntax::escapes::{Breaks, Style, align};

pub(in crate::syntax) const JSON: Data = Data {
    name: "json",
    extensions: &["json", "jsonc", "json5"],
    read: |source, keys| read(source, keys, false),
};
pub(in crate::syntax) const ARB: Data = Data {
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
    let mut strings = Strings::new(source, keys);
    let mut reader = Reader {
        open: Vec::new(),
        wants: Wants::Value,
        path: KeyPath::default(),
    };
    if let Err((span, message)) = reader.read(&mut strings, arb) {
        strings.problem(span, message);
    }
    strings.finish()
}

impl Reader {
    /// Reads up to the first mistake.
    fn read(&mut self, strings: &mut Strings<'_>, arb: bool) -> Result<(), (Span, String)> {
        let source = Arc::clone(strings.source);
        let base = source.bom();
        let text = &source.text()[base..];
        let mut scanner = Scanner::new(text, &ScannerOptions::default());
        loop {
            let next = scanner.scan().map_err(|wrong| {
                let range = wrong.range();
                let span = Span::new(base + range.start, base + range.end);
                (span, format!("the file is no JSON: {}", wrong.kind()))
            })?;
            let Some(token) = next else { break };
            let (start, end) = (scanner.token_start(), scanner.token_end());
            let span = Span::new(base + start, base + end);
            match &token {
                Token::CommentLine(body) | Token::CommentBlock(body) => {
                    let start = base + start + 2;
                    strings.comment(span, Span::new(start, start + body.len()));
                    continue;
                }
                Token::String(shown) if self.wants == Wants::Value => {
                    let raw = &text[start + 1..end - 1];
                    let pieces = || align(raw, base + start + 1, shown, STYLE);
                    if !(arb && self.path.text.starts_with('@')) {
                        strings.string(&self.path.text, span, pieces);
                    }
                }
                _ => {}
            }
            self.token(&token).map_err(|message| (span, message))?;
        }
        if self.wants == Wants::End {
            return Ok(());
        }
        let end = source.text().len();
        let message = "the file is no JSON: it ends too soon";
        Err((Span::new(end, end), message.to_owned()))
    }

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
