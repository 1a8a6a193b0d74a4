//! Words that deny.

use super::Text;
use super::token::Token;
use super::voice_abroad::NEGATIONS;

/// Whether a folded word denies: the words that a gap may not skip and that a prescribed text may not lose.
#[must_use]
pub fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "cannot"
            | "cant"
            | "nor"
            | "neither"
            | "without"
            | "none"
            | "nothing"
            | "nobody"
            | "nowhere"
            | "non"
            | "dont"
            | "wont"
            | "isnt"
            | "arent"
            | "doesnt"
    ) || word.ends_with("n't")
        || NEGATIONS.contains(&word)
}

/// Whether the word at `at` denies where it stands: as [`is_negation`], and French `pas` after `ne` or `n'`, which English has too; but
/// not Portuguese `no`, which says "in the".
pub(super) fn denies(text: &Text, tokens: &[Token], at: usize) -> bool {
    let word = text.token(&tokens[at]);
    let denies = is_negation(word) && !(word == "no" && among_portuguese(text, tokens, at));
    denies || parted(text, tokens, at)
}

/// Whether the word at `at` is French `pas` after `ne` or `n'`.
fn parted(text: &Text, tokens: &[Token], at: usize) -> bool {
    const REACH: usize = 4;
    let word = |at: usize| text.token(&tokens[at]);
    let opens = |at: usize| word(at) == "ne" || word(at).starts_with("n'");
    word(at) == "pas" && (at.saturating_sub(REACH)..at).any(opens)
}

/// Whether the words round `at` are Portuguese: one that only Portuguese has, or two small ones that no language has together in which
/// `no` denies.
fn among_portuguese(text: &Text, tokens: &[Token], at: usize) -> bool {
    const REACH: usize = 8;
    const ITS_OWN: [&str; 14] = [
        "não", "você", "vocês", "nosso", "nossa", "nossos", "nossas", "seu", "seus", "sua", "suas",
        "uma", "até", "também",
    ];
    const SMALL: [&str; 10] = [
        "em", "na", "nas", "com", "ao", "aos", "um", "da", "do", "das",
    ];
    // "no mês", "no período": nothing else begins so
    const IN_THE: [&str; 12] = [
        "ano", "brasil", "caso", "fundo", "mercado", "mês", "passado", "período", "prazo",
        "primeiro", "site", "último",
    ];
    let next = tokens.get(at + 1).map(|token| text.token(token));
    if next.is_some_and(|next| IN_THE.contains(&next)) {
        return true;
    }
    let around = at.saturating_sub(REACH)..(at + REACH).min(tokens.len());
    let mut small: Option<&str> = None;
    for word in around.map(|at| text.token(&tokens[at])) {
        let own = ITS_OWN.contains(&word) || word.ends_with("ção") || word.ends_with("ções");
        let second = SMALL.contains(&word) && small.is_some_and(|first| first != word);
        if own || second {
            return true;
        }
        small = small.or_else(|| SMALL.contains(&word).then_some(word));
    }
    false
}
