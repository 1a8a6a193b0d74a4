//! Where the links of a reStructuredText page lead: its `.. _name: address` lines, found before the page is read.

use std::collections::HashMap;

use super::lines::Line;

/// Addresses by name, and those without a name in the order of their use.
#[derive(Debug, Default)]
pub(super) struct Targets {
    named: HashMap<String, String>,
    anonymous: Vec<String>,
    used: usize,
}

impl Targets {
    /// Where a link leads, if the page says.
    pub(super) fn find(&mut self, name: &str, anonymous: bool) -> Option<String> {
        if anonymous {
            self.used += 1;
            return self.anonymous.get(self.used - 1).cloned();
        }
        self.named.get(&plain_name(name)).cloned()
    }
}

/// A name as it is compared: in small letters, white space as one space.
pub(super) fn plain_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Whether a text may define substitutions.
pub(super) fn defines_substitutions(text: &str) -> bool {
    text.match_indices(".. ").any(|(at, found)| {
        text[at + found.len()..]
            .trim_start_matches([' ', '\t'])
            .starts_with('|')
    })
}

/// The addresses that a page gives its links.
pub(super) fn targets(text: &str, lines: &[Line]) -> Targets {
    let mut targets = Targets::default();
    for line in lines {
        let text = line.of(text);
        let anonymous = text.strip_prefix("__ ").or(text.strip_prefix(".. __: "));
        if let Some(address) = anonymous {
            targets.anonymous.push(address.trim().to_owned());
        } else if let Some(target) = text.strip_prefix(".. _") {
            let parts = match target.strip_prefix('`') {
                Some(quoted) => quoted.split_once("`:"),
                None => target.split_once(": "),
            };
            if let Some((name, address)) = parts.filter(|(_, address)| !address.trim().is_empty()) {
                let address = address.trim().to_owned();
                targets.named.entry(plain_name(name)).or_insert(address);
            }
        }
    }
    targets
}
