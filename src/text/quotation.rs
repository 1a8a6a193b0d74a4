//! Quotation marks in a passage: which words stand between them.

use std::ops::Range;

use super::token::{Between, Tokens};
use super::{Passage, Text, is_currency};
use crate::source::Span;

/// Quotation marks on the way through a passage.
#[derive(Default)]
pub(super) struct Marks {
    double: Option<(u32, bool)>,
    single: Option<u32>,
}

/// Words after which a string is shown to a reader, not quoted: `title: "…"`, `Text('…')`.
const SHOWN: &[&str] = &["translate", "gettext", "tr", "t", "desc", "content", "cta"];

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
    "excerpt",
    "subject",
    "benefit",
    "feature",
];

/// Names of what may as well be a message that somebody gets or a sample: shown where an icon stands beside it, and `Text('…')` is.
const SHOWN_BESIDE_ICON: &[&str] = &["text", "label"];

impl Marks {
    pub(super) fn read(&mut self, words: &str, at: usize, tokens: &mut Tokens) {
        let next = Span::new(tokens.items.len(), 0).start;
        let before = words[..at].chars().next_back();
        let after = words[at + words[at..].chars().next().map_or(1, char::len_utf8)..]
            .chars()
            .next();
        match words.as_bytes()[at] {
            // a quotation in a string of a program
            b'"' if at == 0 && words.starts_with("\"\"") => {}
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
        let cut_off = self.single.filter(|from| {
            let first = tokens.items.get(*from as usize);
            first.is_some_and(|token| token.before.has(Between::COLON))
        });
        // a mark that nothing closes quotes to the end, unless the passage begins with it
        let end = Span::new(tokens.items.len(), 0).start;
        tokens.quotations.extend(
            self.double
                .filter(|(_, first)| !first)
                .map(|(from, _)| (from, end)),
        );
        // `body: 'Dear all, …`, cut off
        tokens.quotations.extend(cut_off.map(|from| (from, end)));
        let items = &tokens.items;
        let (mut icon, mut question) = (false, false);
        if !tokens.quotations.is_empty() {
            for of in items {
                icon |= text.token(of) == "icon";
                question |= text.token(of) == "question";
            }
        }
        tokens.quotations.retain(|(from, to)| {
            let shown = from.checked_sub(1).is_some_and(|at| {
                let word = text.token(&items[at as usize]);
                let plain = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
                let opened =
                    (items.get(*from as usize)).is_some_and(|of| of.before.has(Between::OPEN));
                let beside = SHOWN_BESIDE_ICON.contains(&word) && (opened || icon)
                    || word == "answer" && question;
                let named = SHOWN.contains(&word)
                    || SHOWN_ENDS.iter().any(|end| plain.ends_with(end))
                    || beside;
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
            // `{"…"}` in a page of components
            let component = *from == 0
                && (items.first())
                    .is_some_and(|first| text.normal[..first.start as usize].ends_with("{\""));
            from < to && !(shown && direct) && !component
        });
    }
}

/// Names of what holds words that are looked for or demanded, not shown.
const SOUGHT: &[&str] = &[
    "test", "match", "contain", "include", "expect", "assert", "pattern", "regex", "prompt",
    "forbid", "ban", "require", "example", "wording", "bad", "good", "find", "search", "replace",
    "keyword", "phrase", "say", "read",
];

/// Whether a passage is a text in a program and nothing else: strings side by side, `body: "…",`, `warn("…")`. What stands there is
/// shown to a reader, not quoted.
pub(super) fn is_string(words: &str) -> bool {
    let code = |c: char| c == ' ' || ",;)}]".contains(c);
    let body = words.trim_end_matches(code);
    let (closed, Some(open)) = (body.len() < words.len(), words.find(['"', '\''])) else {
        return false;
    };
    let mark = &words[open..=open];
    let before = words[..open].trim_end();
    if before.is_empty() {
        let several = words.matches(&format!("{mark} {mark}")).count() > 0;
        return (several || (closed || mark == "'") && body.ends_with(mark))
            && strings_alone(body, mark);
    }
    let Some(sign) = before.chars().next_back().filter(|c| ":=(".contains(*c)) else {
        return false;
    };
    let name = before
        .trim_start_matches(['{', '[', '(', ' ', '-'])
        .trim_end_matches([':', '=', '(', ' ']);
    // a constant is not shown where it is made
    let named = !name.is_empty()
        && !before.contains(" =")
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "_.$".contains(c))
        && !SOUGHT.iter().any(|word| name.contains(word));
    named && (closed || sign == '=') && body.len() > open + 1 && body.ends_with(mark)
}

/// Whether a passage that begins with a quotation mark holds strings and nothing between them; the last may be cut off.
fn strings_alone(body: &str, mark: &str) -> bool {
    if mark == "\"" {
        return body
            .split('"')
            .skip(2)
            .step_by(2)
            .all(|between| between.trim().is_empty());
    }
    // an apostrophe stands between letters or after an s
    let inner = body[1..].trim_end_matches('\'');
    inner
        .match_indices("' ")
        .all(|(at, _)| inner[at + 2..].starts_with('\'') || inner[..at].ends_with(['s', ' ']))
}

/// Whether a passage is a comment of a program that stands in plain text, or a line of one with a comment behind it.
pub(super) fn is_comment(words: &str) -> bool {
    let begun = words.trim_start_matches(['{', '-', '%', ' ']);
    let begins = ["//", "/*", "#'"]
        .iter()
        .any(|mark| begun.starts_with(mark));
    // `locked_floor = price * 1.08 # profit guaranteed`
    let behind = || {
        let name = words
            .split_once(" # ")
            .and_then(|(code, _)| code.split_once(" = "));
        name.is_some_and(|(name, _)| name.contains('_') && !name.contains(' '))
    };
    begins || words.ends_with("*/") || behind()
}

/// Whether what stands between these words is part of a pattern that texts are searched for, `/guaranteed (profit|return)/i`: nobody
/// claims it.
pub(super) fn in_pattern(before: &str, after: &str) -> bool {
    let Some(slash) = after.find('/') else {
        return false;
    };
    let rest = after[slash + 1..].trim_start_matches(['g', 'i', 'm', 's', 'u', 'y']);
    let flags = after.len() - slash - 1 - rest.len();
    let called = [".test(", ".exec(", ".match("]
        .iter()
        .any(|call| rest.starts_with(call));
    let closes = !after[..slash].ends_with(' ')
        && ((1..=3).contains(&flags) || called)
        && (rest.is_empty() || rest.starts_with([',', ';', ')', ']', '.']));
    let opens = before.rfind('/').is_some_and(|at| {
        let free = |c: char| " ([,=".contains(c);
        (at == 0 || before[..at].ends_with(free)) && !before[at + 1..].starts_with(' ')
    });
    let letter = |c: char| c.is_alphanumeric() || "()?*".contains(c);
    let whole = format!("{before}x{}", &after[..slash]);
    let either = whole
        .match_indices('|')
        .any(|(at, _)| whole[..at].ends_with(letter) && whole[at + 1..].starts_with(letter));
    closes && (opens || either)
}

impl Text {
    /// Whether tokens of a passage are part of a pattern that texts are searched for.
    pub(crate) fn searches_for(&self, of: Passage, tokens: &Tokens, part: Range<u32>) -> bool {
        // no pattern is longer, in words, and a page may be one paragraph of claims
        const LONGEST: usize = 40;
        let items = &tokens.items;
        let (Some(first), Some(last)) = (
            items.get(part.start as usize),
            (part.end as usize)
                .checked_sub(1)
                .and_then(|at| items.get(at)),
        ) else {
            return false;
        };
        let from = (part.start as usize).checked_sub(LONGEST);
        let from = from.map_or(of.start, |at| items[at].start);
        let to = items.get(part.end as usize + LONGEST);
        let to = to.map_or(of.end, |token| token.start);
        let before = &self.normal[from as usize..first.start as usize];
        in_pattern(before, &self.normal[last.end as usize..to as usize])
    }

    /// Whether a mark at the beginning of a passage crosses out the sentence that a token stands in: "❌ Guaranteed profits". Beside a
    /// tick it sets one against the other.
    pub(crate) fn crosses_out(&self, of: Passage, tokens: &Tokens, at: u32) -> bool {
        let words = self.words(of);
        words.starts_with(['❌', '✗', '✘', '🚫', '⛔'])
            && !words.contains(['✅', '☑', '✔'])
            && tokens.sentence(at as usize).start == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{in_pattern, is_string};

    #[test]
    fn what_stands_in_a_program_is_shown() {
        for words in [
            "\"you may lose money.\",",
            "\"not financial advice, \" \"nor an offer. \"",
            "'investors' capital is at risk. don't forget it.',",
            "body: 'capital is at risk.',",
            "{ q: \"is it safe?\", a: \"no.\" },",
            "st.error(\"capital is at risk\")",
        ] {
            assert!(is_string(words), "{words}");
        }
        for words in [
            "\"not financial advice\", \"do your own research\",",
            "\"capital is at risk\" is what it says.",
            "\"capital is at risk, she told us.",
            "\"capital is at risk.\"",
            "disclaimer: \"capital is at risk\"",
            "we say: \"capital is at risk\".",
            "export const note = \"capital is at risk\";",
            "pattern: \"capital is at risk\",",
            "'not advice' and 'not an offer'",
            "capital is at risk.",
        ] {
            assert!(!is_string(words), "{words}");
        }
    }

    #[test]
    fn a_pattern_is_told_from_words() {
        let of = |words: &str| {
            let (before, rest) = words.split_once('<').expect("the words");
            let (_, after) = rest.split_once('>').expect("their end");
            in_pattern(before, after)
        };
        for words in [
            "/double your bitcoin/i, /<guaranteed return>/i,",
            "/<guaranteed return>/i",
            "be your own boss|<gains are assured>/i,",
            "if (/<risk-free profit>|income/gi.test(text))",
        ] {
            assert!(of(words), "{words}");
        }
        for words in [
            "<profit and/or income is guaranteed>.",
            "open 24/7, <guaranteed returns>, 5%/month",
            "bonds | stocks | <guaranteed income>",
            "see /pricing/ and earn <guaranteed income>.",
            "join at https://acme.example/us. <guaranteed profits> daily!",
            "<guaranteed profits> at https://acme.example/en/us.",
            "<guaranteed profits>: see /us.",
        ] {
            assert!(!of(words), "{words}");
        }
    }
}
