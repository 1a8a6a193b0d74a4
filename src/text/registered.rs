//! Values of the house in approved texts: a number stays a slot that must hold it, other words stand for themselves.

use std::collections::BTreeMap;

use super::fold;
use super::slot::{Slot, SlotKind, is_name, value};

/// The slot of a `{name}` that is no typed slot: a value of the house. `percent` says that a `%` follows it.
pub(super) fn named(
    inside: &str,
    percent: bool,
    values: &BTreeMap<String, String>,
) -> Result<Slot, String> {
    let name = inside.trim();
    if !is_name(name) {
        return Err(format!(
            "`{inside}` is no slot of an approved text: percent, number, money, date, word or a name of [values]"
        ));
    }
    let number = values
        .get(name)
        .is_some_and(|value| registered(value).is_some());
    let kind = match (percent, number) {
        (true, _) => SlotKind::Percent,
        (false, true) => SlotKind::Number,
        (false, false) => SlotKind::Word,
    };
    Ok(Slot {
        kind,
        range: None,
        placeholder: false,
        span: true,
        value: Some(name.to_owned()),
        comma: None,
    })
}

/// The numbers of a value of the house, the same twice where it is no range: `74`, `74.5`, `74,5 %`, `74-89`; none when it is no
/// number.
#[must_use]
pub fn registered(written: &str) -> Option<(f64, f64)> {
    let plain = fold(written);
    let (low, high) = plain.split_once('-').unwrap_or((&plain, &plain));
    let of = |text: &str| {
        let text = text.trim().trim_end_matches('%').trim();
        text.starts_with(|c: char| c.is_ascii_digit())
            .then(|| value(text, None))
            .flatten()
    };
    Some((of(low)?, of(high)?))
}

/// An approved text with the words of the house in the places of their names.
pub(super) fn spoken_out(raw: &str, values: &BTreeMap<String, String>) -> String {
    let mut said = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let (inside, more) = after.split_once('}').unwrap_or((after, ""));
        let words = values.get(inside.trim()).filter(|value| {
            let typed = !matches!(Slot::parse(inside), Ok(None));
            !typed && registered(value).is_none() && !value.contains(['{', '}'])
        });
        match words {
            Some(value) => said.push_str(value),
            None => said.extend(["{", inside, "}"]),
        }
        rest = more;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::registered;

    #[test]
    fn numbers_of_the_house_are_read_as_numbers() {
        assert_eq!(registered("74"), Some((74.0, 74.0)));
        assert_eq!(registered("74,5 %"), Some((74.5, 74.5)));
        assert_eq!(registered("74-89"), Some((74.0, 89.0)));
        assert_eq!(registered("Quillmoor 24"), None);
    }
}
