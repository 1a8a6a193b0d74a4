//! Typed values in phrases and approved texts: `{percent:0..100}`, `{money}`, `{date}`.

/// A typed value in a phrase or an approved text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    pub(crate) kind: SlotKind,
    /// Smallest and largest value, inclusive.
    pub(crate) range: Option<(f64, f64)>,
    /// Whether a value that is filled in later counts.
    pub(crate) placeholder: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Percent,
    Number,
    Money,
    Date,
    Word,
}

impl Slot {
    /// `percent`, `percent:0..100`, `percent|placeholder`; `Ok(None)` when it is no typed slot.
    pub(crate) fn parse(inside: &str) -> Result<Option<Self>, String> {
        let (rest, placeholder) = match inside.split_once('|') {
            Some((rest, "placeholder")) => (rest, true),
            Some((_, other)) => {
                return Err(format!(
                    "`|{other}` is not known in a slot; only `|placeholder` is"
                ));
            }
            None => (inside, false),
        };
        let (name, range) = match rest.split_once(':') {
            Some((name, range)) => (name, Some(range)),
            None => (rest, None),
        };
        let kind = match name.trim() {
            "percent" => SlotKind::Percent,
            "number" => SlotKind::Number,
            "money" => SlotKind::Money,
            "date" => SlotKind::Date,
            "word" => SlotKind::Word,
            other if range.is_some() || placeholder => {
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
        Ok(Some(Self {
            kind,
            range,
            placeholder,
        }))
    }
}
