//! One thing wrong, with its place, what else belongs to it, and how to mend it.

use crate::source::Location;

/// One thing wrong.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which rule, `pack/id`.
    pub rule: String,
    /// What is wrong with the text.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// Lower case, no full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Where.
    pub location: Location,
    /// In content data, the key path of the string that it lies in.
    pub key: Option<String>,
    /// Further places.
    pub related: Vec<Related>,
    /// The law it rests on.
    pub sources: Vec<Citation>,
    /// A repair.
    pub fix: Option<Fix>,
}

/// What is wrong with a text; PRODUCT.md lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Nothing that satisfies the rule is in the visible text.
    Missing,
    /// The prescribed wording, or the usual one, is there with changed words.
    Altered,
    /// The wording is there but a reader does not see it.
    Hidden,
    /// Visible, but not where the rule wants it.
    Misplaced,
    /// A superseded wording or a value out of range.
    Stale,
    /// A forbidden claim is made.
    Prohibited,
    /// A required link is missing or leads nowhere.
    Unlinked,
    /// A demanded front-matter key is missing or wrong.
    Metadata,
    /// Something could not be resolved, read or parsed.
    Unverifiable,
    /// A waiver without reason, expired, unknown or unused.
    Suppression,
    /// A mistake in caveat.toml or in a rule pack.
    Config,
}

impl Code {
    /// Every code, in the order of PRODUCT.md.
    pub const ALL: [Self; 11] = [
        Self::Missing,
        Self::Altered,
        Self::Hidden,
        Self::Misplaced,
        Self::Stale,
        Self::Prohibited,
        Self::Unlinked,
        Self::Metadata,
        Self::Unverifiable,
        Self::Suppression,
        Self::Config,
    ];

    /// As it is written everywhere.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Altered => "altered",
            Self::Hidden => "hidden",
            Self::Misplaced => "misplaced",
            Self::Stale => "stale",
            Self::Prohibited => "prohibited",
            Self::Unlinked => "unlinked",
            Self::Metadata => "metadata",
            Self::Unverifiable => "unverifiable",
            Self::Suppression => "suppression",
            Self::Config => "config",
        }
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// As it is written everywhere.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.name() == name)
    }
}

/// What the related place is called where a page brings in the file that a finding is about.
pub const BROUGHT_IN: &str = "brought in here";

/// A further place of a finding.
#[derive(Debug, Clone)]
pub struct Related {
    /// What is there; lower case, no full stop.
    pub message: String,
    /// Where.
    pub location: Location,
}

/// A law, shortly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Say "COBS 4.12A.11R".
    pub citation: String,
    /// Where it can be read.
    pub url: String,
}

/// A repair.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// Whether a machine may apply it unasked.
    pub safety: Safety,
    /// What to change; no two overlap.
    pub edits: Vec<Edit>,
}

/// Whether a machine may apply a fix unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Puts approved words in place of others, and touches no markup.
    Safe,
    /// Someone must look at it.
    Unsafe,
}

/// The text with the edits of as many of these fixes as do not touch one another, the first first; and which they are.
///
/// All edits must be of this text.
#[must_use]
pub fn applied(text: &str, fixes: &[&Fix]) -> (String, Vec<usize>) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut taken = Vec::new();
    for (number, fix) in fixes.iter().enumerate() {
        let fits = fix.edits.iter().all(|edit| {
            let at = edit.location.span;
            let apart = |other: &&Edit| {
                let other = other.location.span;
                // two texts put in at one place would stand in an order that nothing decides
                at.end < other.start
                    || other.end < at.start
                    || (!at.is_empty() && !other.is_empty() && !at.overlaps(other))
            };
            text.get(at.range()).is_some() && chosen.iter().all(apart)
        });
        if fits {
            chosen.extend(&fix.edits);
            taken.push(number);
        }
    }
    chosen.sort_by_key(|edit| edit.location.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in chosen {
        let span = edit.location.span.range();
        out.push_str(&text[at.min(span.start)..span.start]);
        out.push_str(&edit.text);
        at = span.end;
    }
    out.push_str(&text[at..]);
    (out, taken)
}

/// One change of a text.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub location: Location,
    /// With what.
    pub text: String,
}
