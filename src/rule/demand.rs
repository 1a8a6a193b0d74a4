//! What a rule demands, judged when its pack is read: by the kind itself, by what makes the rule apply, by the disclosures of the pack.

use crate::check::{Kind, needs_triggers, qualified};
use crate::keys::{Reader, Table, suggestion};

/// Reports what is wrong with the table of a kind in the table of a rule.
pub(super) fn judged(
    kind: &Kind,
    of: &Table,
    rule: &Table,
    pack: &str,
    disclosures: &[&str],
    reader: &mut Reader<'_>,
) {
    for (span, message) in (kind.validate)(of) {
        reader.wrong(span, format!("`{}` {message}", kind.name), None);
    }
    let triggered = rule.table("when").is_some_and(|when| {
        ["mentions", "offers", "links"]
            .iter()
            .any(|key| when.has(key))
    });
    for span in needs_triggers(of).into_iter().filter(|_| !triggered) {
        reader.wrong(
            span,
            format!(
                "`{}` is measured from what makes the rule apply, and no words do",
                kind.name
            ),
            Some("give the rule `mentions`, `offers` or `links` under [rule.when]".to_owned()),
        );
    }
    for (wanted, span) in of.all_texts("disclosure") {
        let full = qualified(pack, wanted);
        if full.starts_with(&format!("{pack}/")) && !disclosures.contains(&full.as_str()) {
            let own: Vec<&str> = disclosures
                .iter()
                .filter_map(|id| id.split_once('/').map(|(_, id)| id))
                .collect();
            reader.wrong(
                span,
                format!("the pack has no disclosure `{wanted}`"),
                Some(suggestion(wanted, &own)),
            );
        }
    }
}
