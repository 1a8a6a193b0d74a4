//! The values of a packed file, one by one, without copies.

use std::ops::Range;

use super::packed::{DAY, FALSE, FLOAT, INTEGER, LIST, OTHER_WORDS, TABLE, TIME, TRUE, WORDS};

/// A packed file and its text.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
}

/// A value of a packed file.
#[derive(Clone)]
pub(super) struct Seen<'a> {
    /// Where it begins in the packed file.
    pub(super) at: usize,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    pub(super) what: What<'a>,
}

#[derive(Clone)]
pub(super) enum What<'a> {
    Text(&'a str),
    Integer(&'a str),
    Float(&'a str),
    Bool(bool),
    /// A day.
    Day(&'a str),
    /// A day with a time, or a time.
    Time(&'a str),
    List(Walk<'a>),
    Table(Walk<'a>),
}

/// A key of a table.
pub(super) struct Name<'a> {
    pub(super) name: &'a str,
    pub(super) span: Range<usize>,
}

/// The values of a list or a table that are still to come.
#[derive(Clone)]
pub(super) struct Walk<'a> {
    of: Packed<'a>,
    at: usize,
    left: usize,
}

impl<'a> Packed<'a> {
    /// The value that begins at a byte.
    pub(super) fn value(self, at: usize) -> Seen<'a> {
        self.step(at).0
    }

    /// The value that begins at a byte, and where the next one does.
    fn step(self, start: usize) -> (Seen<'a>, usize) {
        let mut at = start;
        let sort = self.bytes[at];
        at += 1;
        let from = self.number(&mut at);
        let length = self.number(&mut at);
        let span = from..from + length;
        let what = match sort {
            WORDS => {
                let offset = span.start + self.number(&mut at);
                let length = self.number(&mut at);
                What::Text(&self.text[offset..offset + length])
            }
            OTHER_WORDS => What::Text(self.own(&mut at)),
            INTEGER => What::Integer(self.own(&mut at)),
            FLOAT => What::Float(self.own(&mut at)),
            FALSE => What::Bool(false),
            TRUE => What::Bool(true),
            DAY => What::Day(self.own(&mut at)),
            TIME => What::Time(self.own(&mut at)),
            LIST | TABLE => {
                let length = self.number(&mut at);
                let left = self.number(&mut at);
                let walk = Walk { of: self, at, left };
                at += length;
                if sort == LIST {
                    What::List(walk)
                } else {
                    What::Table(walk)
                }
            }
            other => unreachable!("no sort of a packed value: {other}"),
        };
        let seen = Seen {
            at: start,
            span,
            what,
        };
        (seen, at)
    }

    fn number(self, at: &mut usize) -> usize {
        let (mut of, mut shift) = (0, 0);
        loop {
            let byte = self.bytes[*at];
            *at += 1;
            of |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return of;
            }
            shift += 7;
        }
    }

    fn own(self, at: &mut usize) -> &'a str {
        let length = self.number(at);
        let bytes = &self.bytes[*at..*at + length];
        *at += length;
        std::str::from_utf8(bytes).expect("strings are packed whole")
    }
}

impl<'a> Walk<'a> {
    /// How many are still to come.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// The next value of a list.
    pub(super) fn item(&mut self) -> Option<Seen<'a>> {
        self.left = self.left.checked_sub(1)?;
        let (seen, next) = self.of.step(self.at);
        self.at = next;
        Some(seen)
    }

    /// The next key and value of a table, in the order of the text.
    pub(super) fn entry(&mut self) -> Option<(Name<'a>, Seen<'a>)> {
        self.left = self.left.checked_sub(1)?;
        let start = self.of.number(&mut self.at);
        let length = self.of.number(&mut self.at);
        let span = start..start + length;
        let own = self.of.own(&mut self.at);
        let name = if own.is_empty() && length > 0 {
            &self.of.text[span.clone()]
        } else {
            own
        };
        let (seen, next) = self.of.step(self.at);
        self.at = next;
        Some((Name { name, span }, seen))
    }
}
