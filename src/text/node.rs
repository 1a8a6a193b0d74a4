//! What a phrase is made of, and what can be said of it without a text: whether it can match nothing, which words it needs.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::list::List;
use super::parse::MOST_VARIANTS;
use super::phrase::{PhraseError, error};
use super::slot::Slot;
use super::{Text, Tokens};

/// A node of a phrase; its words lie in the phrase where folding leaves them as they are.
#[derive(Debug, Clone)]
pub(super) enum Node<'a> {
    Word {
        text: Cow<'a, str>,
        prefix: bool,
    },
    /// Any of [`DENYING`].
    Not,
    Comma,
    Gap(u8),
    Slot(Box<Slot>),
    Sequence(Vec<Node<'a>>),
    Any(Vec<Node<'a>>),
    Optional(Box<Node<'a>>),
    /// One of a list that has a name.
    List(Arc<List>),
}

impl Node<'_> {
    /// With words of its own.
    pub(super) fn owned(self) -> Node<'static> {
        let all = |of: Vec<Node<'_>>| of.into_iter().map(Node::owned).collect();
        match self {
            Node::Word { text, prefix } => Node::Word {
                text: text.into_owned().into(),
                prefix,
            },
            Node::Sequence(items) => Node::Sequence(all(items)),
            Node::Any(branches) => Node::Any(all(branches)),
            Node::Optional(inner) => Node::Optional(Box::new(inner.owned())),
            Node::Not => Node::Not,
            Node::Comma => Node::Comma,
            Node::Gap(most) => Node::Gap(most),
            Node::Slot(slot) => Node::Slot(slot),
            Node::List(list) => Node::List(list),
        }
    }

    /// How many words it is made of.
    pub(super) fn size(&self) -> usize {
        match self {
            Node::Sequence(of) | Node::Any(of) => of.iter().map(Node::size).sum(),
            Node::Optional(inner) => inner.size(),
            Node::List(list) => list.size(),
            _ => 1,
        }
    }
}

/// What `{not}` stands for: any word that denies what follows it. `without` and `nobody` deny too, but make no statement of a page
/// about itself.
pub(super) static DENYING: LazyLock<Vec<String>> = LazyLock::new(|| {
    const VERBS: &[&str] = &[
        "do", "does", "did", "is", "are", "was", "were", "wo", "would", "should", "must", "could",
        "ca", "has", "have", "had", "need", "ai",
    ];
    let plain = [
        "not", "never", "no", "nor", "neither", "none", "nothing", "cannot",
    ];
    let short = |verb: &&str| [format!("{verb}n't"), format!("{verb}nt")];
    let plain = plain.into_iter().map(str::to_owned);
    plain.chain(VERBS.iter().flat_map(short)).collect()
});

/// The words of a literal piece, folded and cut as documents are.
pub(super) fn words(raw: &str, at: usize) -> Result<Node<'_>, PhraseError> {
    if is_plain(raw) {
        return Ok(word(Cow::Borrowed(raw)));
    }
    cut(raw, at)
}

/// As [`words`], of one of the ways to write a word.
pub(super) fn spelt(raw: String) -> Result<Node<'static>, PhraseError> {
    if is_plain(&raw) {
        return Ok(word(Cow::Owned(raw)));
    }
    cut(&raw, 0)
}

/// Whether a piece is one word that folding and cutting leave as it is, as most are; `http` may begin an address.
pub(super) fn is_plain(raw: &str) -> bool {
    let letters = !raw.is_empty() && raw.bytes().all(|byte| byte.is_ascii_lowercase());
    letters && !raw.starts_with("http") && !raw.starts_with("www")
}

/// Whether a word is written with points too.
pub(super) fn is_initials(word: &str) -> bool {
    matches!(word, "uk" | "us" | "eu" | "uae" | "usa")
}

/// One word; `UK` is `U.K.` too, which is two words.
pub(super) fn word(text: Cow<'_, str>) -> Node<'_> {
    let letter = |c: char| Node::Word {
        text: c.to_string().into(),
        prefix: false,
    };
    let letters = is_initials(&text).then(|| Node::Sequence(text.chars().map(letter).collect()));
    let word = Node::Word {
        text,
        prefix: false,
    };
    match letters {
        Some(letters) => Node::Any(vec![word, letters]),
        None => word,
    }
}

fn cut(raw: &str, at: usize) -> Result<Node<'static>, PhraseError> {
    let whole = at..at + raw.len();
    let prefix = raw.ends_with('*');
    let literal = raw.strip_suffix('*').unwrap_or(raw);
    if literal.contains('*') {
        return Err(error("`*` stands only at the end of a word", whole));
    }
    // texts are looked at without them, so that `18+` would be found in every `18`
    if let Some(sign) = literal.chars().find(|c| "+=~^<>\\".contains(*c)) {
        let message = format!("`{sign}` is part of no word: leave it out, or write a `regex`");
        return Err(error(message, whole));
    }
    let (text, passage) = Text::of(literal);
    let tokens = Tokens::of(&text, passage);
    let cut = tokens.items().iter();
    let mut items: Vec<Node> = cut
        .map(|token| word(text.token(token).to_owned().into()))
        .collect();
    match items.last_mut() {
        Some(Node::Word { prefix: last, .. }) => *last = prefix,
        _ if prefix => {
            return Err(error(
                "`*` alone matches every word: put letters before it",
                whole,
            ));
        }
        _ => {}
    }
    if literal.ends_with(',') {
        items.push(Node::Comma);
    }
    Ok(Node::Sequence(items))
}

/// Every way to write a group that is glued to a word; none when it holds more than words.
pub(super) fn spellings(node: &Node<'_>) -> Option<Vec<String>> {
    Some(match node {
        Node::Word { text, prefix } => vec![format!("{text}{}", if *prefix { "*" } else { "" })],
        Node::Sequence(items) => {
            let mut all = vec![String::new()];
            for item in items {
                let next = spellings(item)?;
                all = all
                    .iter()
                    .flat_map(|head| {
                        next.iter().map(move |tail| {
                            if head.is_empty() {
                                tail.clone()
                            } else {
                                format!("{head} {tail}")
                            }
                        })
                    })
                    .collect();
                if all.len() > MOST_VARIANTS {
                    return None;
                }
            }
            all
        }
        Node::Any(branches) => branches
            .iter()
            .map(spellings)
            .collect::<Option<Vec<_>>>()?
            .concat(),
        Node::Not => DENYING.clone(),
        Node::Optional(inner) => [vec![String::new()], spellings(inner)?].concat(),
        Node::List(list) => spellings(list.node())?,
        Node::Comma | Node::Gap(_) | Node::Slot(_) => return None,
    })
}

/// Adds a node to a sequence; of what is a sequence itself its items, none of which is a sequence.
pub(super) fn append<'a>(items: &mut Vec<Node<'a>>, node: Node<'a>) {
    match node {
        Node::Sequence(inner) => items.extend(inner),
        other => items.push(other),
    }
}

pub(super) fn empty(node: &Node<'_>) -> bool {
    match node {
        Node::Word { .. } | Node::Not | Node::Slot(_) => false,
        Node::Comma | Node::Gap(_) | Node::Optional(_) => true,
        Node::Sequence(items) => items.iter().all(empty),
        Node::Any(branches) => branches.iter().any(empty),
        Node::List(list) => empty(list.node()),
    }
}

/// Whether a match can begin or end inside a gap.
pub(super) fn border_gap(node: &Node<'_>) -> bool {
    fn at_border(node: &Node<'_>, last: bool) -> bool {
        match node {
            Node::Gap(_) => true,
            Node::Sequence(items) => {
                let reaches = |item: &&Node<'_>| empty(item) && !matches!(item, Node::Gap(_));
                let outermost = if last {
                    let inner = items.iter().rev().take_while(reaches).count();
                    items.len().saturating_sub(inner + 1)..items.len()
                } else {
                    0..(items.iter().take_while(reaches).count() + 1).min(items.len())
                };
                items[outermost].iter().any(|item| at_border(item, last))
            }
            Node::Any(branches) => branches.iter().any(|branch| at_border(branch, last)),
            Node::Optional(inner) => at_border(inner, last),
            Node::List(list) => at_border(list.node(), last),
            Node::Word { .. } | Node::Not | Node::Comma | Node::Slot(_) => false,
        }
    }
    at_border(node, false) || at_border(node, true)
}

#[cfg(test)]
mod tests {
    use super::{cut, words};

    #[test]
    fn a_plain_word_is_what_folding_and_cutting_make_of_it() {
        for word in [
            "risk", "uk", "usa", "h", "w", "http", "httpx", "www", "wwwx", "no", "a", "pas",
        ] {
            let (quick, slow) = (words(word, 0), cut(word, 0));
            let (quick, slow) = (quick.expect("a word"), slow.expect("a word"));
            let mut flat = (Vec::new(), Vec::new());
            super::append(&mut flat.0, quick);
            super::append(&mut flat.1, slow);
            assert_eq!(format!("{:?}", flat.0), format!("{:?}", flat.1), "{word}");
        }
    }
}
