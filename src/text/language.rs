//! Languages: tags and what they match, names for people, and the language that a text reads as.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

/// Tag, the detector's name, the name in English and in the language itself.
const LANGUAGES: &[(&str, Option<Lang>, &str, &str)] = &[
    ("bg", Some(Lang::Bul), "Bulgarian", "български"),
    ("cs", Some(Lang::Ces), "Czech", "čeština"),
    ("da", Some(Lang::Dan), "Danish", "dansk"),
    ("de", Some(Lang::Deu), "German", "deutsch"),
    ("el", Some(Lang::Ell), "Greek", "ελληνικά"),
    ("en", Some(Lang::Eng), "English", "english"),
    ("es", Some(Lang::Spa), "Spanish", "español"),
    ("et", Some(Lang::Est), "Estonian", "eesti"),
    ("fi", Some(Lang::Fin), "Finnish", "suomi"),
    ("fr", Some(Lang::Fra), "French", "français"),
    ("ga", None, "Irish", "gaeilge"),
    ("hr", Some(Lang::Hrv), "Croatian", "hrvatski"),
    ("hu", Some(Lang::Hun), "Hungarian", "magyar"),
    ("it", Some(Lang::Ita), "Italian", "italiano"),
    ("lt", Some(Lang::Lit), "Lithuanian", "lietuvių"),
    ("lv", Some(Lang::Lav), "Latvian", "latviešu"),
    ("mt", None, "Maltese", "malti"),
    ("nl", Some(Lang::Nld), "Dutch", "nederlands"),
    ("no", Some(Lang::Nob), "Norwegian", "norsk"),
    ("pl", Some(Lang::Pol), "Polish", "polski"),
    ("pt", Some(Lang::Por), "Portuguese", "português"),
    ("ro", Some(Lang::Ron), "Romanian", "română"),
    ("ru", Some(Lang::Rus), "Russian", "русский"),
    ("sk", Some(Lang::Slk), "Slovak", "slovenčina"),
    ("sl", Some(Lang::Slv), "Slovenian", "slovenščina"),
    ("sv", Some(Lang::Swe), "Swedish", "svenska"),
    ("tr", Some(Lang::Tur), "Turkish", "türkçe"),
    ("uk", Some(Lang::Ukr), "Ukrainian", "українська"),
    ("ar", Some(Lang::Ara), "Arabic", "العربية"),
    ("ca", Some(Lang::Cat), "Catalan", "català"),
    ("cy", Some(Lang::Cym), "Welsh", "cymraeg"),
    ("he", Some(Lang::Heb), "Hebrew", "עברית"),
    ("hi", Some(Lang::Hin), "Hindi", "हिन्दी"),
    ("id", Some(Lang::Ind), "Indonesian", "bahasa indonesia"),
    ("ja", Some(Lang::Jpn), "Japanese", "日本語"),
    ("ko", Some(Lang::Kor), "Korean", "한국어"),
    ("th", Some(Lang::Tha), "Thai", "ไทย"),
    ("vi", Some(Lang::Vie), "Vietnamese", "tiếng việt"),
    ("zh", Some(Lang::Cmn), "Chinese", "中文"),
];

/// The other two-letter tags of ISO 639-1.
const OTHER_TAGS: &str = "aa ab ae af ak am an as av ay az ba be bh bi bm bn bo br bs ce ch co cr cu cv dv dz ee eo eu fa ff fj \
    fo fy gd gl gn gu gv ha ho ht hy hz ia ie ig ii ik io is iu jv ka kg ki kj kk kl km kn kr ks ku kv kw ky la lb lg li ln lo lu \
    mg mh mi mk ml mn mr ms my na nb nd ne ng nn nr nv ny oc oj om or os pa pi ps qu rm rn rw sa sc sd se sg si sm sn so sq sr ss \
    st su sw ta te tg ti tk tl tn to ts tt tw ty ug ur uz ve vo wa wo xh yi yo za zu";

/// Fewer words tell no language.
const FEWEST_WORDS: usize = 10;

/// Languages so near to each other that a text in one may read as the other.
const KIN: &[(&str, &str)] = &[
    ("da", "no"),
    ("cs", "sk"),
    ("hr", "sl"),
    ("ca", "es"),
    ("ca", "fr"),
];

/// The tag that someone means, in lower case with hyphens: `de_AT`, `de-at`, `German` and `Deutsch` are languages; none for what
/// is no language, as `python` is none.
#[must_use]
pub fn tag(written: &str) -> Option<String> {
    let tag = written.trim().to_lowercase().replace('_', "-");
    if let Some((tag, ..)) = LANGUAGES
        .iter()
        .find(|(_, _, english, own)| tag == english.to_lowercase() || tag == *own)
    {
        return Some((*tag).to_owned());
    }
    let mut parts = tag.split('-');
    let known = is_primary(parts.next()?);
    let fits = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    });
    (known && fits).then_some(tag)
}

fn is_primary(tag: &str) -> bool {
    LANGUAGES.iter().any(|(known, ..)| *known == tag)
        || OTHER_TAGS
            .split_ascii_whitespace()
            .any(|known| known == tag)
        || (tag.len() == 3 && Lang::from_code(tag).is_some())
}

/// How well a page of one tag is served by what is meant for another, the best first: the same; the language of its region
/// (`de` for `de-at`); another region of its language. None for another language.
#[must_use]
pub fn serves(page: &str, of: &str) -> Option<u8> {
    let primary = |tag: &str| match tag.split('-').next().unwrap_or_default() {
        "nb" | "nn" => "no".to_owned(),
        other => other.to_owned(),
    };
    if page == of {
        Some(0)
    } else if page
        .strip_prefix(of)
        .is_some_and(|rest| rest.starts_with('-'))
    {
        Some(1)
    } else if primary(page) == primary(of) {
        // "nb" is served by "no" as a region is by its language
        Some(if of.contains('-') { 2 } else { 1 })
    } else {
        None
    }
}

/// Whether a page of a tag is in a language: `de-at` is in `de`, and `de` is not in `de-at`.
#[must_use]
pub fn is_of(page: &str, wanted: &str) -> bool {
    serves(page, wanted).is_some_and(|rank| rank < 2)
}

/// A language as people call it, with its tag: `German (de)`.
#[must_use]
pub fn named(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or_default();
    match LANGUAGES.iter().find(|(known, ..)| *known == primary) {
        Some((_, _, english, _)) => format!("{english} ({tag})"),
        None => format!("`{tag}`"),
    }
}

/// Whether numbers are written with a decimal comma in a language.
#[must_use]
pub fn decimal_comma(tag: &str) -> Option<bool> {
    match tag {
        "de-ch" | "de-li" | "it-ch" | "es-mx" => return Some(false),
        _ => {}
    }
    match tag.split('-').next().unwrap_or_default() {
        "en" | "ga" | "mt" | "cy" | "he" | "hi" | "ja" | "ko" | "th" | "zh" => Some(false),
        "bg" | "cs" | "da" | "de" | "el" | "es" | "et" | "fi" | "fr" | "hr" | "hu" | "it"
        | "lt" | "lv" | "nl" | "no" | "nb" | "nn" | "pl" | "pt" | "ro" | "ru" | "sk" | "sl"
        | "sv" | "tr" | "uk" | "ca" | "id" | "vi" => Some(true),
        _ => None,
    }
}

/// Whether a text that reads as one language is surely in no other that it is said to be in: neither in a region of the same, nor in
/// one that is near to it, nor in one that the detector does not know.
#[must_use]
pub(crate) fn contradicts(read: &str, said: &str) -> bool {
    let primary = said.split('-').next().unwrap_or_default();
    let primary = if matches!(primary, "nb" | "nn") {
        "no"
    } else {
        primary
    };
    let known = LANGUAGES
        .iter()
        .any(|(tag, lang, ..)| *tag == primary && lang.is_some());
    let kin = |pair: &&(&str, &str)| **pair == (read, primary) || **pair == (primary, read);
    known && read != primary && !KIN.iter().any(|pair| kin(&pair))
}

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(LANGUAGES.iter().filter_map(|(_, lang, ..)| *lang).collect())
});

/// The language that a text reads as, of all that are known here; none where it is too short or not sure.
///
/// The detector names the nearest of its candidates and is the surer of it the fewer they are: of German and English alone, Dutch is
/// surely German. So it never gets the languages of the packs as its candidates: whether anybody has a wording in what a text reads as
/// is asked afterwards.
#[must_use]
pub(crate) fn detected(words: &str) -> Option<&'static str> {
    if words.split_whitespace().count() < FEWEST_WORDS {
        return None;
    }
    let found = DETECTOR.detect(words)?;
    let (tag, ..) = LANGUAGES
        .iter()
        .find(|(_, lang, ..)| *lang == Some(found.lang()))?;
    found.is_reliable().then_some(*tag)
}

#[cfg(test)]
mod tests {
    use super::{contradicts, detected, serves, tag};

    #[test]
    fn tags_and_names_of_languages_are_told_from_other_words() {
        assert_eq!(tag("de_AT").as_deref(), Some("de-at"));
        assert_eq!(tag("Deutsch").as_deref(), Some("de"));
        assert_eq!(tag("zh-Hans").as_deref(), Some("zh-hans"));
        for word in ["python", "sql", "go", "", "rust"] {
            assert_eq!(tag(word), None, "{word}");
        }
    }

    #[test]
    fn a_region_is_served_by_its_language() {
        assert_eq!(serves("de-at", "de"), Some(1));
        assert_eq!(serves("de", "de-ch"), Some(2));
        assert_eq!(serves("de-at", "de-ch"), Some(2));
        assert_eq!(serves("nb", "no"), Some(1));
        assert_eq!(serves("de", "en"), None);
        assert_eq!(serves("den", "de"), None);
    }

    #[test]
    fn a_text_contradicts_what_is_surely_another_language() {
        assert!(contradicts("de", "en-gb"));
        for (read, said) in [
            ("de", "de-at"),
            ("no", "nb"),
            ("da", "nn"),
            ("sk", "cs"),
            ("en", "ga"),
        ] {
            assert!(!contradicts(read, said), "{read} {said}");
        }
    }

    #[test]
    fn a_text_reads_as_its_language_and_a_short_one_as_none() {
        let of = |text: &str| detected(text);
        assert_eq!(
            of(
                "Bei uns handeln Sie Differenzkontrakte auf Aktien und Indizes ohne lange Wege, und die Kurse sehen Sie sofort."
            ),
            Some("de")
        );
        assert_eq!(
            of(
                "Chez nous vous négociez des contrats sur les actions et les indices, et vous voyez les cours tout de suite."
            ),
            Some("fr")
        );
        assert_eq!(
            of(
                "Trade contracts on shares and indices with us, and see the prices at once before you confirm."
            ),
            Some("en")
        );
        assert_eq!(of("Handel mit CFDs"), None);
    }
}
