//! What a placement is measured from: triggers, claims, links, calls to action, affiliate links, the ends of the page.

use super::{Origin, Page, Scope, Stretch};
use crate::document::Link;
use crate::source::Span;
use crate::text::{Hit, WordingId};

/// What a placement can be measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// What made the rule apply.
    Trigger,
    /// What made the rule apply and is said in the page's own voice.
    Claim,
    /// A link.
    Link,
    /// A link or component that calls to action.
    Cta,
    /// An affiliate link.
    Affiliate,
    /// A heading.
    Heading,
    /// The beginning of the page.
    Start,
    /// The end of the page.
    End,
}

impl Anchor {
    /// Every anchor by its name in a rule.
    pub const NAMES: [&'static str; 8] = [
        "trigger",
        "claim",
        "link",
        "cta",
        "affiliate-link",
        "heading",
        "start",
        "end",
    ];
    const ALL: [Self; 8] = [
        Self::Trigger,
        Self::Claim,
        Self::Link,
        Self::Cta,
        Self::Affiliate,
        Self::Heading,
        Self::Start,
        Self::End,
    ];

    /// The anchor of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let at = Self::NAMES.iter().position(|of| *of == name)?;
        Some(Self::ALL[at])
    }

    /// Whether a rule needs triggers for it.
    #[must_use]
    pub fn needs_triggers(self) -> bool {
        matches!(self, Self::Trigger | Self::Claim)
    }

    /// What it is, for people.
    #[must_use]
    pub fn what(self) -> &'static str {
        match self {
            Self::Trigger => "what demands it",
            Self::Claim => "the claim that demands it",
            Self::Link => "a link",
            Self::Cta => "a call to action",
            Self::Affiliate => "an affiliate link",
            Self::Heading => "a heading",
            Self::Start => "the beginning of the page",
            Self::End => "the end of the page",
        }
    }
}

/// A place that something is owed at.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Where it is in reading order.
    pub at: Stretch,
    /// Its source.
    pub span: Span,
    /// The link that it is, by its number in the document.
    pub link: Option<u32>,
}

/// The links of a page that are its own.
#[derive(Debug, Default)]
pub(super) struct OwnLinks {
    /// Each by its number in the document, with its words, in reading order.
    all: Vec<(u32, Stretch)>,
    cta: Vec<u32>,
    affiliate: Vec<u32>,
}

/// Whether a link is of a sort: by itself, the name of what brings it in, the phrases that begin with its first word.
type Fits<'a> = &'a dyn Fn(&Link, Option<&str>, &[Hit]) -> bool;

impl Scope<'_> {
    /// The places of an anchor on the page, in reading order; links of the frame and of the layout are no anchors.
    #[must_use]
    pub fn anchors(&self, anchor: Anchor) -> Vec<Place> {
        let page = self.page;
        let links = |numbers: &dyn Fn(&OwnLinks, u32) -> bool| {
            let own = page.own_links();
            let fits = own.all.iter().filter(|(number, _)| numbers(own, *number));
            fits.map(|(number, at)| page.link_place(*number, at))
                .collect()
        };
        match anchor {
            Anchor::Trigger | Anchor::Claim => self.triggered(anchor == Anchor::Claim),
            Anchor::Link => links(&|_, number| page.document.links[number as usize].leads()),
            Anchor::Cta => links(&|own, number| own.cta.binary_search(&number).is_ok()),
            Anchor::Affiliate => links(&|own, number| own.affiliate.binary_search(&number).is_ok()),
            Anchor::Heading => {
                let headings = page.own_blocks().iter().filter(|at| page.is_heading(**at));
                headings.map(|at| page.block_place(*at)).collect()
            }
            Anchor::Start => {
                let first = page.own_blocks().first();
                first.map(|at| page.block_place(*at)).into_iter().collect()
            }
            Anchor::End => {
                let last = page.own_blocks().last();
                let place = last.map(|at| Place {
                    at: page.after_block(*at),
                    ..page.block_place(*at)
                });
                place.into_iter().collect()
            }
        }
    }

    fn triggered(&self, claimed: bool) -> Vec<Place> {
        let page = self.page;
        let triggers = self.triggers.iter();
        let mut places: Vec<Place> = triggers
            .filter(|of| match of.from {
                Origin::Words(hit) => !claimed || page.excuse(&hit).is_none(),
                Origin::Link(_) => true,
                Origin::Elsewhere => false,
            })
            .filter_map(|of| {
                let at = match of.from {
                    Origin::Words(hit) => Stretch::of(&hit),
                    Origin::Link(number) => {
                        page.link_words(page.document.links.get(number as usize)?)
                    }
                    Origin::Elsewhere => return None,
                };
                let link = match of.from {
                    Origin::Link(number) => Some(number),
                    _ => None,
                };
                Some(Place {
                    at,
                    span: of.span,
                    link,
                })
            })
            .collect();
        places.sort_by_key(|of| of.at);
        places
    }
}

impl Page<'_> {
    /// The words of a link.
    #[must_use]
    pub fn link_words(&self, link: &Link) -> Stretch {
        let blocks = &self.document.blocks;
        let of = link.words;
        let first = blocks.partition_point(|block| block.passage.is_before(of));
        let Some(block) = blocks.get(first) else {
            return Stretch::before_block(super::page::number(first));
        };
        let tokens = self.tokens(first);
        let mut words = tokens.within(of);
        if of.is_empty() {
            // an address that stands by itself is told with the words round it
            let inside = |at: usize| {
                let span = self.document.text.tokens_span(&tokens.items()[at..=at]);
                link.span.start <= span.start && span.end <= link.span.end
            };
            let from = (words.start as usize..tokens.len()).find(|at| inside(*at));
            if let Some(from) = from.filter(|_| block.span.overlaps(link.span)) {
                let to = (from..tokens.len())
                    .find(|at| !inside(*at))
                    .unwrap_or(tokens.len());
                let found = Span::new(from, to);
                words = found.start..found.end;
            }
        }
        let hit = |block: usize, word: u32| super::Spot {
            block: super::page::number(block),
            word,
        };
        let last = blocks
            .partition_point(|block| block.passage.begins_before(of))
            .max(first + 1)
            - 1;
        Stretch {
            first: hit(first, words.start),
            end: match last == first {
                true => hit(first, words.end),
                false => hit(last, self.tokens(last).within(of).end),
            },
        }
    }

    fn link_place(&self, number: u32, at: &Stretch) -> Place {
        Place {
            at: *at,
            span: self.document.links[number as usize].span,
            link: Some(number),
        }
    }

    pub(super) fn block_place(&self, block: u32) -> Place {
        Place {
            at: Stretch::before_block(block),
            span: self.document.blocks[block as usize].span,
            link: None,
        }
    }

    fn after_block(&self, block: u32) -> Stretch {
        let end = super::Spot {
            block,
            word: super::page::number(self.tokens(block as usize).len()),
        };
        Stretch { first: end, end }
    }

    pub(super) fn is_heading(&self, block: u32) -> bool {
        let kind = self.document.blocks[block as usize].kind;
        matches!(kind, crate::document::BlockKind::Heading(_))
    }

    /// Whether a text stands in the layout, which every page shares.
    #[must_use]
    pub fn of_layout(&self, span: Span) -> bool {
        let document = self.document;
        document.brought_at(span.start).is_some() && document.on_page(span).is_empty()
    }

    /// Where something stands that has no words, by its place in the source: before the first block that comes after it.
    #[must_use]
    pub(super) fn call_place(&self, span: Span) -> Stretch {
        let at = self.document.on_page(span).start;
        let own = self.own_blocks().iter().find(|block| {
            let place = self.document.blocks[**block as usize].span;
            self.document.on_page(place).start >= at
        });
        let after = own.copied();
        Stretch::before_block(after.unwrap_or(super::page::number(self.document.blocks.len())))
    }

    /// The blocks between the frame and the layout, by number, without footnotes: what a reader comes for.
    pub(super) fn own_blocks(&self) -> &[u32] {
        self.own_blocks.get_or_init(|| {
            let blocks = self.document.blocks.iter().zip(0..);
            blocks
                .filter(|(block, _)| !block.frame && !block.footnote && !self.of_layout(block.span))
                .map(|(_, number)| number)
                .collect()
        })
    }

    /// Every link that a reader sees, by number, with its words, in reading order.
    pub(super) fn all_links(&self) -> &[(u32, Stretch)] {
        self.all_links.get_or_init(|| {
            let links = self.document.links.iter().zip(0..);
            let mut all: Vec<(u32, Stretch)> = links
                .map(|(link, number)| (number, self.link_words(link)))
                .collect();
            all.sort_by_key(|(_, at)| *at);
            all
        })
    }

    pub(super) fn own_links(&self) -> &OwnLinks {
        self.own_links.get_or_init(|| {
            let links = self.all_links().iter();
            let own = links.filter(|(number, at)| {
                let block = self.document.blocks.get(at.first.block as usize);
                let link = &self.document.links[*number as usize];
                !self.of_layout(link.span) && block.is_none_or(|block| !block.frame)
            });
            let all: Vec<(u32, Stretch)> = own.copied().collect();
            let [cta, affiliate] = self
                .marked
                .phrases()
                .map(|phrases| self.begun(&all, phrases));
            let of = |begun: &[Vec<Hit>], fits: Fits<'_>| {
                let found = all.iter().zip(begun).filter(|((number, _), begins)| {
                    let link = &self.document.links[*number as usize];
                    fits(link, self.call_name(link.span), begins)
                });
                let mut numbers: Vec<u32> = found.map(|((number, _), _)| *number).collect();
                numbers.sort_unstable();
                numbers
            };
            OwnLinks {
                cta: of(&cta, &|link, call, begins| {
                    self.marked.calls(link, call, begins)
                }),
                affiliate: of(&affiliate, &|link, call, begins| {
                    self.marked.pays(link, call, begins)
                }),
                all,
            }
        })
    }

    /// The name in the call that brings something in: of a shortcode, an include, a component.
    fn call_name(&self, span: Span) -> Option<&str> {
        self.document.brought_at(span.start)?;
        let call = self.document.slice(self.document.on_page(span));
        let inner = call.trim_start_matches(['{', '%', '<', '-', ' ']);
        let name = inner.strip_prefix("include ").unwrap_or(inner).trim_start();
        let end = name.find(|c: char| !(c.is_alphanumeric() || "-_./".contains(c)));
        let name = &name[..end.unwrap_or(name.len())];
        let name = name.strip_suffix(".html").unwrap_or(name);
        (!name.is_empty()).then_some(name)
    }

    /// For each link the hits that begin with its first word and lie in it.
    fn begun(&self, links: &[(u32, Stretch)], phrases: &[WordingId]) -> Vec<Vec<Hit>> {
        let hits = self.hits(phrases);
        let within = |at: &Stretch| {
            let first = (at.first.block, at.first.word);
            let from = hits.partition_point(|hit| (hit.passage, hit.first) < first);
            let here = hits[from..].iter();
            here.take_while(|hit| (hit.passage, hit.first) == first)
                .filter(|hit| at.holds(&Stretch::of(hit)))
                .copied()
                .collect()
        };
        links.iter().map(|(_, at)| within(at)).collect()
    }
}
