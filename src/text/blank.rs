//! Values that nobody filled in, wherever they stand: `[insert percentage]`, `XX%`, `{{loss}}`, `[Company name]`, `TBD`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::blank_words::{LITTLE, NOUNS, NUMBERED, PERCENTS, VERBS};
use super::{Expression, Passage, Text, Tokens};
use crate::source::Span;

/// A value that was not filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// Its signs with those of its unit, and nothing else.
    pub span: Span,
    /// The words that it touches, as token numbers; of signs alone, the next word and no more.
    pub words: (u32, u32),
    /// Who forgot what.
    pub sort: Sort,
    /// What belongs there, to be read after "where".
    pub wants: &'static str,
    /// What the source must have for it to be one.
    pub case: Case,
}

/// In which way a value is not filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Its place is marked, and someone should have filled it in: `[●]`, `XX%`.
    Marked,
    /// A letter stands for it, as in a sentence about any value: `X%`.
    Letter,
    /// A program fills it in, where one does: `{{loss}}`.
    Braced,
    /// A program put out what it had none of: `undefined%`.
    Failed,
    /// What is no text here stands in its place: code, or what a program puts out.
    Opaque,
    /// A note to its author: `TBD`.
    Noted,
    /// Words without meaning: `lorem ipsum`.
    Filler,
}

/// Which letters of the source must be capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// None.
    Any,
    /// The first.
    First,
    /// All.
    All,
}

impl Case {
    /// Whether these are written so.
    #[must_use]
    pub fn fits(self, written: &str) -> bool {
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        match self {
            Self::Any => true,
            Self::First => letters.next().is_some_and(char::is_uppercase),
            Self::All => letters.all(char::is_uppercase),
        }
    }
}

/// Everything that may be one, in folded text, with a currency before it and a unit after it.
static CANDIDATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<sign>\p{Sc} ?)?(?:",
        r"\[(?P<square>[^\[\]\n]{0,80})\]",
        r"|\{\{(?P<double>[^{}\n]{1,80})\}\}",
        r"|(?P<mark>[$%])?\{(?P<brace>[^{}\n]{1,48})\}",
        r"|<(?P<angle>[^<>=\n]{1,60})>",
        r"|%(?P<shell>[a-z][a-z_]{2,40})%",
        r"|\b(?P<run>x{1,12}(?:[.,/-]x{1,12}){0,4})\b",
        r"|(?P<line>_{2,80}(?:[.,]_{1,80})?)",
        r"|(?P<signs>\?{2,8}|#{2,8}|[●•])",
        r"|\b(?P<note>tbd|tbc|tba|todo|fixme)\b",
        r"|\b(?P<none>n/a|undefined|nan|null)",
        r"|\b(?P<filler>lorem ipsum(?: dolor sit amet)?)",
        r"|(?P<opaque>\x{fffc})",
        r")(?P<unit> ?(?:%|(?:percent|per cent|pct|prozent|procent|pour cent|por ciento|por cento|per cento)\b))?",
    ))
    .expect("it is tested")
});

impl Text {
    /// The values of a passage that were not filled in, in reading order.
    #[must_use]
    pub fn blanks(&self, passage: Passage, tokens: &Tokens) -> Vec<Blank> {
        let words = self.words(passage);
        let blanks = CANDIDATES.captures_iter(words).filter_map(|found| {
            let (sort, wants, case) = judged(words, &found)?;
            let whole = found.get(0)?.range();
            Some(Blank {
                span: self.part(passage, &whole),
                words: tokens.touched(passage, whole),
                sort,
                wants,
                case,
            })
        });
        blanks.collect()
    }

    /// What a regular expression matches in a passage, as [`Text::blanks`] gives it.
    #[must_use]
    pub fn blanks_of(&self, passage: Passage, tokens: &Tokens, form: &Expression) -> Vec<Blank> {
        let found = form.regex().find_iter(self.words(passage));
        let blanks = found.filter(|of| !of.is_empty()).map(|of| Blank {
            span: self.part(passage, &of.range()),
            words: tokens.touched(passage, of.range()),
            sort: Sort::Marked,
            wants: VALUE,
            case: Case::Any,
        });
        blanks.collect()
    }

    fn part(&self, passage: Passage, bytes: &std::ops::Range<usize>) -> Span {
        let at = |byte: usize| passage.start + Span::new(byte, byte).start;
        self.map.span(at(bytes.start), at(bytes.end))
    }
}

/// What of a tag that stands in the source, and in the text not at all, says that it is no tag: `<loss percent>`.
#[must_use]
pub fn tag_in_place(inside: &str) -> Option<&'static str> {
    let inside = inside.to_lowercase();
    let several = inside.contains(' ');
    let percent = PERCENTS.contains(&inside.as_str());
    (inside.chars().all(is_plain) && (several || percent))
        .then(|| named(&inside))?
        .map(|_| wants(&inside, false, false))
}

const VALUE: &str = "a value belongs";
const PERCENT: &str = "a percentage belongs";

/// What a candidate is; none where it is no value that was forgotten.
fn judged(words: &str, found: &Captures<'_>) -> Option<(Sort, &'static str, Case)> {
    let inside = |name: &str| found.name(name).map(|of| of.as_str());
    let (whole, unit) = (found.get(0)?, inside("unit"));
    let marked =
        inside("mark").is_some() || (inside("brace").is_some() && inside("sign") == Some("$"));
    let sign = inside("sign").is_some() && !marked;
    let valued = unit.is_some() || sign;
    let (before, after) = (&words[..whole.start()], &words[whole.end()..]);
    let of = |sort, text: &str, case| Some((sort, wants(text, unit.is_some(), sign), case));
    if let Some(inside) = inside("square") {
        let linked = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | '!'))
            || after.starts_with(['(', '[', ':']);
        let case = bracketed(inside, valued).filter(|_| !linked)?;
        of(Sort::Marked, inside, case)
    } else if let Some(inside) = inside("double") {
        let calls = inside.starts_with(['<', '%', '#', '/', '!', '>', '^', '&', '*']);
        let speaks = inside.contains(char::is_alphabetic);
        // where a link leads nobody reads
        let address = before.ends_with("](");
        of(Sort::Braced, inside, Case::Any).filter(|_| !calls && speaks && !address)
    } else if let Some(name) = inside("brace") {
        // braces of a formula belong to what stands before them: `\frac{loss}{fee}`
        let formula = before.ends_with(|c: char| c.is_alphanumeric() || "}_^\\".contains(c))
            || (marked && after.starts_with('$'));
        of(Sort::Braced, name, Case::Any).filter(|_| !formula && braced(name, marked, valued))
    } else if let Some(inside) = inside("angle") {
        let short = inside.len() < 2 && inside != "x";
        let case = if valued && !short {
            Case::Any
        } else {
            named(inside)?
        };
        of(Sort::Marked, inside, case).filter(|_| inside.chars().all(is_plain))
    } else if let Some(inside) = inside("shell") {
        of(Sort::Braced, inside, Case::All).filter(|_| !before.ends_with(char::is_alphanumeric))
    } else if let Some(run) = inside("run") {
        let (sort, case) = repeated(run, valued, before, after)?;
        let stands_for = if run.contains('/') { "date" } else { "number" };
        of(sort, if valued { "" } else { stands_for }, case)
    } else if let Some(note) = inside("note") {
        of(Sort::Noted, "", Case::All)
            .filter(|_| note == "todo" || note == "fixme" || valued || ends(after))
    } else if inside("filler").is_some() {
        Some((Sort::Filler, "words belong", Case::Any))
    } else if inside("opaque").is_some() {
        unit.map(|_| (Sort::Opaque, PERCENT, Case::Any))
    } else {
        let percent = unit.is_some_and(|of| of.ends_with('%'));
        match inside("none") {
            Some("n/a") => percent.then_some((Sort::Marked, PERCENT, Case::Any)),
            Some(_) => of(Sort::Failed, "", Case::Any).filter(|_| percent || sign),
            // the sign of a list before a heading: "• Percent change"
            None if inside("signs") == Some("•") && unit.is_some() && !percent => None,
            None => of(Sort::Marked, "", Case::Any).filter(|_| valued),
        }
    }
}

/// What may stand in a tag that is none.
fn is_plain(c: char) -> bool {
    c.is_alphabetic() || matches!(c, ' ' | '_' | '-')
}

/// Whether what stands in braces is an expression that a program puts a value in the place of.
fn braced(name: &str, marked: bool, valued: bool) -> bool {
    let one = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    begins && ((marked && one) || valued || named(name).is_some())
}

/// Whether nothing follows that a word belongs to, as in the name of a bank or of a market.
fn ends(after: &str) -> bool {
    const GOING_ON: &[&str] = &[
        "by", "at", "on", "for", "per", "of", "and", "or", "before", "after", "until", "in",
    ];
    let Some(rest) = after.strip_prefix(' ') else {
        return !after.starts_with(['-', '\'']);
    };
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.is_empty() || GOING_ON.contains(&word)
}

/// Whether what stands in square brackets stands there for a value, and how it must be written to do so.
fn bracketed(inside: &str, valued: bool) -> Option<Case> {
    let inside = inside.trim();
    if valued {
        return (!inside.contains(|c: char| c.is_numeric())).then_some(Case::Any);
    }
    let of = |signs: &[char]| !inside.is_empty() && inside.chars().all(|c| signs.contains(&c));
    let several = inside.chars().count() > 3;
    if of(&['●', '•']) || of(&['_', ' ']) || (several && of(&['x'])) {
        return Some(Case::Any);
    }
    if ["tbc", "tbd", "tba", "todo"].contains(&inside) {
        return Some(Case::All);
    }
    named(inside)
}

/// Whether words name a value that is to come, and how they must be written to do so: a single word is more often a remark.
fn named(inside: &str) -> Option<Case> {
    const MOST: usize = 12;
    let words: Vec<&str> = inside
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let (first, last) = (words.first()?, words.last()?);
    // `[add|remove]` is a choice
    let several = words.len() > 1 && words.len() <= MOST && !inside.contains('|');
    if several && (VERBS.contains(first) || VERBS.contains(last)) {
        return Some(Case::Any);
    }
    let noun = |word: &&&str| NOUNS.contains(*word) || PERCENTS.contains(*word);
    let all = words
        .iter()
        .all(|word| noun(&word) || LITTLE.contains(word));
    if !all || !words.iter().any(|word| noun(&word)) {
        return None;
    }
    let alone = words.len() == 1 && !PERCENTS.contains(first);
    Some(if alone { Case::First } else { Case::Any })
}

/// What a row of the letter x is between these words; none where it is a word or a numeral.
fn repeated(run: &str, valued: bool, before: &str, after: &str) -> Option<(Sort, Case)> {
    let letters = run.matches('x').count();
    if valued {
        let alone = !run.split('-').any(|part| part.len() > 1);
        return Some(match alone {
            true => (Sort::Letter, Case::All),
            false => (Sort::Marked, Case::Any),
        });
    }
    let goes_on = after
        .trim_start_matches([' ', '-', 'x'])
        .starts_with(|c: char| c.is_numeric());
    let last = before.trim_end_matches([' ', ':', '.', '#', '(', '-']);
    let mut words = last.rsplit(|c: char| !c.is_alphanumeric());
    let last = words.find(|word| !matches!(*word, "is" | "ist" | "est" | "es"))?;
    let dated = run.split('/').count() == 3;
    (letters > 3 && !goes_on && (dated || NUMBERED.contains(&last)))
        .then_some((Sort::Marked, Case::Any))
}

/// What belongs in the place of a value, by what its stand-in says of it.
fn wants(inside: &str, percent: bool, money: bool) -> &'static str {
    let has = |words: &[&str]| {
        inside
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word))
    };
    if percent || has(PERCENTS) {
        PERCENT
    } else if money
        || has(&[
            "amount", "price", "betrag", "montant", "importe", "importo", "bedrag",
        ])
    {
        "an amount belongs"
    } else if has(&["date", "datum", "fecha", "data", "year", "month"]) {
        "a date belongs"
    } else if has(&[
        "number",
        "no",
        "licence",
        "license",
        "frn",
        "nummer",
        "registration",
    ]) {
        "a number belongs"
    } else if has(&[
        "name", "firm", "company", "provider", "broker", "nom", "nombre", "nome", "naam", "firma",
    ]) {
        "a name belongs"
    } else {
        VALUE
    }
}
