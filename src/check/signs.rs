//! What marks a link as a call to action or as an affiliate link: built-in signs, and those of caveat.toml.

use std::sync::Arc;

use crate::document::Link;
use crate::keys::Globs;
use crate::text::{FinderBuilder, Hit, Phrase, WordingId};

/// Addresses of affiliate links: networks, shorteners of shops, parameters that name who sent the reader.
pub const AFFILIATE: &[&str] = &[
    "*://amzn.to/*",
    "*amazon.*[?&]tag=*",
    "*awin1.com/*",
    "*shareasale.com/*",
    "*hop.clickbank.net*",
    "*prf.hn/*",
    "*.sjv.io/*",
    "*.pxf.io/*",
    "*anrdoezrs.net/*",
    "*[?&]ref=*",
    "*[?&]aff=*",
    "*[?&]aff_id=*",
    "*[?&]affid=*",
    "*[?&]affiliate*=*",
    "*[?&]refcode=*",
    "*[?&]ref_id=*",
    "*[?&]partner_id=*",
    "*utm_medium=affiliate*",
];

/// What the words of a call to action begin with.
pub const CALLS: &[&str] = &[
    "(apply|book|buy|claim|deposit|donate|download|invest|join|order|pre-order|register|shop|start|stake|subscribe|switch|trade|try|upgrade) (now|today|here|free|for free|it|with|at|on|from|in|online)",
    "(buy|trade|stake|sell|deposit|invest in) {word}",
    "(sign|log) up",
    "signup",
    "(get|claim|grab|unlock|redeem) (started|your|my|the|this|a|an)",
    "get (access|it|yours)",
    "(open|create|start) (an|your|a|my) {..3} (account|demo|portfolio|plan|trial)",
    "(start|begin) (your|my|a) {..2} (trial|free trial|application|membership)",
    "start (trading|investing|earning|saving|staking|now)",
    "add to (cart|basket|bag)",
    "(check|see|view) {..2} (price|deal|offer)",
    "(apply|subscribe|register|join|checkout|donate)",
];

/// Classes of links that are shown as buttons.
const BUTTONS: &[&str] = &["btn", "button", "cta", "call-to-action"];

/// Names of components and shortcodes that are calls to action.
const COMPONENTS: &[&str] = &[
    "cta*",
    "*cta",
    "*-cta-*",
    "*calltoaction*",
    "*call-to-action*",
];

/// What marks a link of one sort.
#[derive(Debug, Clone, Default)]
pub struct Sign {
    /// Phrases that its words begin with.
    pub text: Vec<Phrase>,
    /// Globs of its address.
    pub target: Globs,
    /// Classes, in lower case.
    pub class: Vec<String>,
    /// Globs of the name of the component or shortcode that makes it, in lower case.
    pub component: Globs,
}

/// What marks links as what.
#[derive(Debug, Clone)]
pub struct Signs {
    /// Calls to action.
    pub cta: Sign,
    /// Affiliate links.
    pub affiliate: Sign,
}

impl Default for Signs {
    fn default() -> Self {
        let globs = |of: &[&str]| Globs::links(of.iter().map(|glob| (*glob).to_owned()).collect());
        let phrases = CALLS
            .iter()
            .filter_map(|raw| Phrase::parse(raw, &Default::default()).ok());
        Self {
            cta: Sign {
                text: phrases.collect(),
                target: globs(&[]),
                class: BUTTONS.iter().map(|of| (*of).to_owned()).collect(),
                component: globs(COMPONENTS),
            },
            affiliate: Sign {
                text: Vec::new(),
                target: globs(AFFILIATE),
                class: Vec::new(),
                component: globs(&[]),
            },
        }
    }
}

/// The signs of a run, with their phrases among those that are looked for.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    signs: Option<Arc<Signs>>,
    cta: Vec<WordingId>,
    affiliate: Vec<WordingId>,
}

impl Marked {
    /// Takes the phrases up with those of the rules.
    #[must_use]
    pub fn compile(signs: &Arc<Signs>, finder: &mut FinderBuilder) -> Self {
        let mut ids = |sign: &Sign| {
            let phrases = sign.text.iter();
            phrases.map(|phrase| finder.phrase(phrase)).collect()
        };
        Self {
            cta: ids(&signs.cta),
            affiliate: ids(&signs.affiliate),
            signs: Some(Arc::clone(signs)),
        }
    }

    /// The phrases that mark calls to action, then those that mark affiliate links.
    #[must_use]
    pub fn phrases(&self) -> [&[WordingId]; 2] {
        [&self.cta, &self.affiliate]
    }

    /// Whether a link is a call to action. `call` is the name of what brings it in; `begins` are the hits of its phrases that begin
    /// with its first word.
    #[must_use]
    pub fn calls(&self, link: &Link, call: Option<&str>, begins: &[Hit]) -> bool {
        let Some(signs) = &self.signs else {
            return false;
        };
        !begins.is_empty() || signs.cta.is(link, call)
    }

    /// Whether a link is an affiliate link.
    #[must_use]
    pub fn pays(&self, link: &Link, call: Option<&str>, begins: &[Hit]) -> bool {
        let Some(signs) = &self.signs else {
            return false;
        };
        let rel = link.rel.as_deref().unwrap_or_default();
        let sponsored = rel
            .split_whitespace()
            .any(|of| of.eq_ignore_ascii_case("sponsored"));
        sponsored || !begins.is_empty() || signs.affiliate.is(link, call)
    }
}

impl Sign {
    fn is(&self, link: &Link, call: Option<&str>) -> bool {
        let mut named = link.component.as_deref().into_iter().chain(call);
        let class = link.class.as_deref().unwrap_or_default();
        let classes = || class.split_whitespace().map(str::to_lowercase);
        self.target.matches(&link.target)
            || classes().any(|of| self.class.contains(&of))
            || named.any(|name| self.component.matches(&name.to_lowercase()))
    }
}
