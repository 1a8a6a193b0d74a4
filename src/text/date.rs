//! Dates as people write them, in the languages that approved texts have.

use super::stream::Stream;

/// How the names of the months begin.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "sty"],
    &["feb", "fév", "fev", "lut"],
    &["mar", "mär", "maa", "mrt"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "mei", "mag", "maj"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aoû", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "out", "ott", "paź"],
    &["nov", "lis"],
    &["dec", "dez", "déc", "dic", "gru"],
];
/// Words between the parts of a date: "1 de enero de 2026".
const OF: &[&str] = &["de", "of", "del", "do", "di"];

/// How many words the date has that begins at a word; none where none does.
pub(super) fn date(stream: &Stream<'_>, at: usize) -> Option<usize> {
    numeric(stream, at).or_else(|| worded(stream, at))
}

/// `2026-06-30`, `30/06/2026`, `30.06.2026`.
fn numeric(stream: &Stream<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| stream.items.get(at).map(|item| stream.word(item));
    let (parts, length): (Vec<&str>, usize) = if word(at)?.split('.').count() == 3 {
        (word(at)?.split('.').collect(), 1)
    } else {
        let signs = [stream.between(at, at + 1)?, stream.between(at + 1, at + 2)?];
        let alike = signs[0] == signs[1] && matches!(signs[0], "-" | "/" | ". ");
        alike.then_some(())?;
        (vec![word(at)?, word(at + 1)?, word(at + 2)?], 3)
    };
    let numbers: Vec<u32> = parts
        .iter()
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [first, second, third] = numbers[..] else {
        return None;
    };
    let day = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let fits = match (parts[0].len(), parts[2].len()) {
        (4, _) => day(third, second),
        (_, 4) => day(first, second) || day(second, first),
        _ => false,
    };
    fits.then_some(length)
}

/// `30 June 2026`, `June 30, 2026`, `30. Juni 2026`, `1er janvier 2026`, `1 de enero de 2026`, `June 2026`.
fn worded(stream: &Stream<'_>, at: usize) -> Option<usize> {
    let begin = stream.items.get(at)?;
    let word = |at: usize| {
        let item = stream.items.get(at)?;
        (item.passage == begin.passage).then(|| stream.word(item))
    };
    let of = |at: usize| at + usize::from(word(at).is_some_and(|word| OF.contains(&word)));
    let is_month = |at: usize| word(at).is_some_and(month);
    let is_year = |at: usize| {
        word(at).is_some_and(|word| {
            word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && number(word)
        })
    };
    let end = if is_month(at) {
        let day = word(at + 1).is_some_and(ordinal) && !is_year(at + 1);
        at + 1 + usize::from(day)
    } else if word(at).is_some_and(ordinal) && is_month(of(at + 1)) {
        of(at + 1) + 1
    } else {
        return None;
    };
    Some(if is_year(of(end)) {
        of(end) + 1 - at
    } else {
        end - at
    })
}

fn month(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
        && MONTHS
            .iter()
            .any(|names| names.iter().any(|name| word.starts_with(name)))
}

fn number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A day of a month: `30`, `30th`, `1er`.
fn ordinal(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let day = word[..digits]
        .parse::<u8>()
        .is_ok_and(|day| (1..=31).contains(&day));
    day && matches!(
        &word[digits..],
        "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "º"
    )
}
