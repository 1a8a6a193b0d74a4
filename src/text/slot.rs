//! Typed values in phrases and approved texts: `{percent:0..100}`, `{money}`, `{date}`.

/// A typed value in a phrase or an approved text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    pub(crate) kind: SlotKind,
    /// Smallest and largest value, inclusive.
    pub(crate) range: Option<(f64, f64)>,
    /// Whether a value that is filled in later counts.
    pub(crate) placeholder: bool,
    /// Whether a range of two values counts.
    pub(crate) span: bool,
    /// The name of the value of `[values]` that it must be, where the run has one.
    pub(crate) value: Option<String>,
    /// Whether its language writes numbers with a decimal comma, where that is known.
    pub(crate) comma: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Percent,
    Number,
    Money,
    Date,
    Word,
}

impl SlotKind {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "percent" => Self::Percent,
            "number" => Self::Number,
            "money" => Self::Money,
            "date" => Self::Date,
            "word" => Self::Word,
            _ => return None,
        })
    }
}

impl Slot {
    /// `percent`, `percent:0..100`, `percent|placeholder`, `percent|range`, `percent = loss`; `Ok(None)` when it is no typed slot.
    pub(crate) fn parse(inside: &str) -> Result<Option<Self>, String> {
        let (rest, value) = match inside.split_once('=') {
            Some((rest, value)) => (rest, Some(value.trim())),
            None => (inside, None),
        };
        let mut parts = rest.split('|').map(str::trim);
        let rest = parts.next().unwrap_or_default();
        let (mut placeholder, mut span) = (false, false);
        for part in parts {
            match part {
                "placeholder" => placeholder = true,
                "range" => span = true,
                other => {
                    return Err(format!(
                        "`|{other}` is not known in a slot; `|placeholder` and `|range` are"
                    ));
                }
            }
        }
        let (name, range) = match rest.split_once(':') {
            Some((name, range)) => (name, Some(range)),
            None => (rest, None),
        };
        let kind = match (SlotKind::named(name.trim()), name.trim()) {
            (Some(kind), _) => kind,
            (None, other) if range.is_some() || placeholder || span || value.is_some() => {
                return Err(format!(
                    "`{other}` is no typed slot: percent, number, money, date or word"
                ));
            }
            _ => return Ok(None),
        };
        let range = match range {
            None => None,
            Some(range) if matches!(kind, SlotKind::Percent | SlotKind::Number) => {
                let ends = range.split_once("..").and_then(|(low, high)| {
                    Some((
                        low.trim().parse::<f64>().ok()?,
                        high.trim().parse::<f64>().ok()?,
                    ))
                });
                Some(
                    ends.filter(|(low, high)| low <= high)
                        .ok_or_else(|| format!("`{range}` is no range: write `0..100`"))?,
                )
            }
            Some(_) => return Err("only {percent} and {number} take a range".to_owned()),
        };
        let numeric = !matches!(kind, SlotKind::Date | SlotKind::Word);
        if span && !numeric {
            return Err("only {percent}, {number} and {money} take `|range`".to_owned());
        }
        match value {
            Some(_) if !numeric => {
                let wrong = "only {percent}, {number} and {money} can be a value of [values] that is a number; words of the house are written {name}";
                return Err(wrong.to_owned());
            }
            Some(name) if !is_name(name) => {
                return Err(format!("`{name}` is no name of [values]"));
            }
            _ => {}
        }
        Ok(Some(Self {
            kind,
            range,
            placeholder,
            span,
            value: value.map(str::to_owned),
            comma: None,
        }))
    }
}

/// Whether a text can be a name of `[values]`.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The value of a written number. What a single comma or point before three digits is, the language says; where it is not known, a
/// point is a decimal sign and a comma groups digits. Before fewer digits, or after a sign of the other kind, it is decimal.
pub(super) fn value(written: &str, comma: Option<bool>) -> Option<f64> {
    let parts: Vec<&str> = written.split(['.', ',', '\'']).collect();
    let (last, rest) = parts.split_last()?;
    let signs: String = written
        .chars()
        .filter(|c| matches!(c, '.' | ',' | '\''))
        .collect();
    let decimal = match signs.as_str() {
        "" => false,
        "." => last.len() != 3 || comma != Some(true),
        "," => last.len() != 3 || comma == Some(true),
        "'" => false,
        // of several the last is decimal when it is another than those before
        more => !more.ends_with('\'') && more[..more.len() - 1].chars().all(|c| !more.ends_with(c)),
    };
    if decimal {
        format!("{}.{last}", rest.concat()).parse().ok()
    } else {
        parts.concat().parse().ok()
    }
}
