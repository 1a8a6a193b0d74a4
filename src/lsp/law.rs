//! Texts about rules, in Markdown or plain as the client shows them. What packs and pages say is shown as it is written: none of it is
//! markup.

use serde_json::{Value, json};

use crate::rule::Rule;

/// A text that is being written.
#[derive(Debug)]
pub(super) struct Page {
    markdown: bool,
    out: String,
}

/// So much of a quotation is shown.
const LONGEST: usize = 600;

impl Page {
    pub(super) fn new(markdown: bool) -> Self {
        Self {
            markdown,
            out: String::new(),
        }
    }

    /// As the protocol wants it.
    pub(super) fn contents(&self) -> Value {
        let kind = if self.markdown {
            "markdown"
        } else {
            "plaintext"
        };
        json!({ "kind": kind, "value": self.out.trim() })
    }

    /// What was written.
    pub(super) fn text(&self) -> &str {
        self.out.trim()
    }

    /// A text of others, on one line, that is no markup.
    fn plain(&self, text: &str) -> String {
        let mut out = String::new();
        let words: Vec<&str> = text.split_whitespace().collect();
        for c in words.join(" ").chars().filter(|c| !c.is_control()) {
            if self.markdown && c.is_ascii_punctuation() && !".,;:'\"/?%()-".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
        if self.markdown && out.starts_with(['-', '.']) {
            out.insert(0, '\\');
        }
        out
    }

    pub(super) fn head(&mut self, rule: &str, what: &str) {
        let (rule, what) = (self.plain(rule), self.plain(what));
        self.out += &if self.markdown {
            format!("**{rule}**: {what}\n\n")
        } else {
            format!("{rule}: {what}\n")
        };
    }

    pub(super) fn line(&mut self, text: &str) {
        let text = self.plain(text);
        self.out += &format!("{text}\n{}", self.gap());
    }

    pub(super) fn named(&mut self, name: &str, text: &str) {
        let text = self.plain(text);
        self.out += &if self.markdown {
            format!("*{name}:* {text}\n\n")
        } else {
            format!("{name}: {text}\n")
        };
    }

    pub(super) fn item(&mut self, text: &str) {
        let text = self.plain(text);
        self.out += &format!("- {text}\n{}", self.gap());
    }

    pub(super) fn quote(&mut self, text: &str) {
        let mut shown: String = text.chars().take(LONGEST).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        let text = self.plain(&shown);
        self.out += &if self.markdown {
            format!("> {text}\n\n")
        } else {
            format!("  \"{text}\"\n")
        };
    }

    fn link(&mut self, text: &str, url: &str) {
        let plain = url.starts_with("https://") || url.starts_with("http://");
        let clean =
            !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()".contains(c));
        let text = self.plain(text);
        self.out += &match (self.markdown, plain && clean) {
            (true, true) => format!("*Law:* [{text}]({url})\n\n"),
            (true, false) => format!("*Law:* {text}\n\n"),
            (false, _) if url.is_empty() => format!("Law: {text}\n"),
            (false, _) => format!("Law: {text} ({})\n", self.plain(url)),
        };
    }

    /// A line between two things.
    pub(super) fn rest(&mut self) {
        self.out += if self.markdown { "---\n\n" } else { "\n" };
    }

    fn gap(&self) -> &'static str {
        if self.markdown { "\n" } else { "" }
    }
}

/// What a rule is and the law behind it.
pub(super) fn rule_text(rule: &Rule, page: &mut Page) {
    page.named("Rule", &rule.head.title);
    for law in &rule.law {
        let citation = format!("{} {}", law.regulator, law.citation);
        page.link(citation.trim(), &law.url);
        if !law.quote.is_empty() {
            page.quote(&law.quote);
        }
        let how = match law.status.as_str() {
            "verified" => "verified: read at its source",
            "second-hand" => "second-hand: quoted by others, not read at its source",
            _ => "unverified",
        };
        let checked = law.checked.map(|day| format!(", checked {day}"));
        page.line(&format!("{how}{}", checked.unwrap_or_default()));
    }
    if rule.law.is_empty() {
        page.line("no law is given for it");
    }
}

/// A rule whole: what it demands and when, and its examples.
pub(super) fn whole(rule: &Rule, page: &mut Page) {
    page.head(&rule.head.id, rule.head.severity.name());
    page.line(&rule.head.message);
    if let Some(help) = &rule.head.help {
        page.named("What to do", help);
    }
    rule_text(rule, page);
    for (kind, table) in &rule.demands {
        page.named(kind.name, kind.about);
        for key in [
            "disclosure",
            "any",
            "all",
            "unless",
            "unless-sentence",
            "unless-block",
        ] {
            if let Some(id) = table.text(key).filter(|_| key == "disclosure") {
                page.item(&format!("{key}: {id}"));
            }
            for (phrase, _) in table.phrases(key) {
                page.item(&format!("{key}: {}", phrase.raw()));
            }
        }
        for (text, _) in table.placed("like") {
            page.item(&format!("usual: {text}"));
        }
    }
    for (facet, values) in &rule.when.facets {
        page.named(
            "Applies where",
            &format!("{facet} is {}", values.join(" or ")),
        );
    }
    for (phrase, _) in rule.when.table.phrases("mentions") {
        page.item(&format!("a page says: {}", phrase.raw()));
    }
    for (phrase, _) in rule.when.table.phrases("offers") {
        page.item(&format!("a page offers: {}", phrase.raw()));
    }
    for example in &rule.examples {
        let verb = if example.fails { "Fails" } else { "Passes" };
        page.named(verb, &example.text);
    }
}
