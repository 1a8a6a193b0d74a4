//! Quotation marks in a passage: which words stand between them.

use super::token::{Between, Tokens};
use super::{Text, is_currency};
use crate::source::Span;

/// Quotation marks on the way through a passage.
#[derive(Default)]
pub(super) struct Marks {
    double: Option<(u32, bool)>,
    single: Option<u32>,
}

/// Words after which a string is shown to a reader, not quoted: `title: "…"`, `Text('…')`.
const SHOWN: &[&str] = &[
    "text",
    "translate",
    "gettext",
    "tr",
    "t",
    "desc",
    "content",
    "cta",
];

/// Names that end so do as well: `badgeLabel: "…"`.
const SHOWN_ENDS: &[&str] = &[
    "title",
    "heading",
    "headline",
    "tagline",
    "caption",
    "description",
    "slogan",
    "blurb",
    "subtext",
    "guarantee",
];

impl Marks {
    pub(super) fn read(&mut self, words: &str, at: usize, tokens: &mut Tokens) {
        let next = Span::new(tokens.items.len(), 0).start;
        let before = words[..at].chars().next_back();
        let after = words[at + words[at..].chars().next().map_or(1, char::len_utf8)..]
            .chars()
            .next();
        match words.as_bytes()[at] {
            b'"' => match self.double.take() {
                Some((from, _)) => tokens.quotations.push((from, next)),
                None => self.double = Some((next, at == 0)),
            },
            b'\'' => {
                let prefix = words[..at].ends_with(" r") || &words[..at] == "r";
                let opens = (prefix || before.is_none_or(|c| c == ' ' || "([{\"".contains(c)))
                    && after.is_some_and(|c| c.is_alphanumeric() || is_currency(c));
                let closes =
                    before.is_some_and(|c| c != ' ') && after.is_none_or(|c| !c.is_alphanumeric());
                match self.single {
                    Some(from) if closes => {
                        tokens.quotations.push((from, next));
                        self.single = None;
                    }
                    None if opens => self.single = Some(next),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    pub(super) fn finish(self, tokens: &mut Tokens, text: &Text) {
        tokens.opens_quoted = self.double.is_some_and(|(_, first)| first);
        // a mark that nothing closes quotes to the end, unless the passage begins with it
        let end = Span::new(tokens.items.len(), 0).start;
        tokens.quotations.extend(
            self.double
                .filter(|(_, first)| !first)
                .map(|(from, _)| (from, end)),
        );
        let items = &tokens.items;
        tokens.quotations.retain(|(from, to)| {
            let shown = from.checked_sub(1).is_some_and(|at| {
                let word = text.token(&items[at as usize]);
                let named =
                    SHOWN.contains(&word) || SHOWN_ENDS.iter().any(|end| word.ends_with(end));
                // `"text": "…"` is data
                let data = items
                    .get(*from as usize)
                    .is_some_and(|next| text.between(&items[at as usize], next).starts_with('"'));
                named && !data
            });
            let direct = items.get(*from as usize).is_some_and(|token| {
                token.before.has(Between::COLON)
                    || token.before.has(Between::OPEN)
                    || (*from > 0
                        && text
                            .between(&items[*from as usize - 1], token)
                            .starts_with('='))
            });
            from < to && !(shown && direct)
        });
    }
}
