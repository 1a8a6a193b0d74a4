//! The languages of pages, by the folders that they lie in and by their endings (`about.de.md`).

use std::collections::{BTreeMap, BTreeSet};

use super::Survey;

/// Languages that sites are written in, by ISO 639-1. Not `uk`, which is a country more often; a configuration may name it.
const KNOWN: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
    "sr", "sv", "th", "tr", "vi", "zh",
];

/// Names of folders that say where content is for.
const PLACES: &[&str] = &[
    "at", "au", "be", "br", "ca", "ch", "eu", "gb", "hk", "ie", "in", "jp", "nz", "sg", "uae",
    "uk", "us", "usa",
];

/// Finds the languages of pages; `told` are those that a configuration names.
pub(super) fn of(pages: &[String], told: &BTreeSet<String>, survey: &mut Survey) {
    // folder → the names in it that may be a language or a place, with their pages
    let mut folders: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut endings: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let mut at = 0;
        for part in page.split('/') {
            let (above, end) = (&page[..at], at + part.len());
            if end < page.len()
                && (language(part, told).is_some() || PLACES.contains(&&*part.to_lowercase()))
            {
                *folders.entry(above).or_default().entry(part).or_default() += 1;
            }
            at = end + 1;
        }
        if let Some(of) = ending(page, told) {
            *endings.entry(of).or_default() += 1;
        }
    }
    for (above, names) in folders {
        let place = |name: &str| PLACES.contains(&&*name.to_lowercase());
        let said = names.keys().any(|name| told.contains(&name.to_lowercase()));
        // `de` beside `uk` is a country; alone, `it` or `no` may be anything
        let are_languages = said || (names.len() > 1 && !names.keys().any(|name| place(name)));
        for (name, pages) in names {
            let glob = format!("{}{name}/**", literal(above));
            match language(name, told) {
                Some(language) if are_languages || name.len() > 2 => {
                    survey.languages.insert(glob, (language, pages));
                }
                _ if place(name) || names_a_country(name) => {
                    survey.places.insert(glob, (name.to_lowercase(), pages));
                }
                _ => {}
            }
        }
    }
    if endings.len() > 1 || endings.keys().any(|of| told.contains(of)) {
        for (language, pages) in endings {
            survey
                .languages
                .insert(format!("**/*.{language}.*"), (language, pages));
        }
    }
}

/// A path as a glob for itself.
pub(super) fn literal(path: &str) -> String {
    // `escape` leaves a backslash, which escapes what follows it
    let parts = path.split('\\').map(globset::escape);
    parts.collect::<Vec<_>>().join("\\\\")
}

/// A language that is a country's code as well.
fn names_a_country(name: &str) -> bool {
    ["de", "es", "fr", "it", "nl", "pl", "pt"].contains(&&*name.to_lowercase())
}

/// The language that a name says: `de`, `pt-br`, `zh_TW`, or one that is told.
fn language(name: &str, told: &BTreeSet<String>) -> Option<String> {
    let name = name.to_lowercase();
    if told.contains(&name) {
        return Some(name);
    }
    let (language, region) = match name.split_once(['-', '_']) {
        Some((language, region)) => (language, Some(region)),
        None => (name.as_str(), None),
    };
    let right = region.is_none_or(|region| {
        region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic())
            || ["hans", "hant", "latn", "cyrl", "419"].contains(&region)
    });
    let known = KNOWN.contains(&language) || (language == "uk" && region == Some("ua"));
    (known && right).then(|| language.to_owned())
}

/// The language before the last ending: `about.de.md`.
fn ending(page: &str, told: &BTreeSet<String>) -> Option<String> {
    let name = page.rsplit('/').next()?;
    let mut parts = name.rsplit('.');
    let (_, code) = (parts.next()?, parts.next()?);
    // `README.de`, but not `.de.md`
    parts.next().filter(|stem| !stem.is_empty())?;
    language(code, told).filter(|of| of == code)
}
