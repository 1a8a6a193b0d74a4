//! What a text may not stand in, and how it must be shown.

use crate::check::{Page, Stretch};
use crate::document::BlockKind;
use crate::text::Style;

use super::Placement;

/// What a text may not stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotIn {
    Footnote,
    Table,
    Quote,
    LinkOnly,
    Heading,
    Frame,
    Small,
}

pub(super) const NOT_INS: &[&str] = &[
    "footnote",
    "table",
    "quote",
    "link-only",
    "heading",
    "frame",
    "small",
];

const ALL: [NotIn; 7] = [
    NotIn::Footnote,
    NotIn::Table,
    NotIn::Quote,
    NotIn::LinkOnly,
    NotIn::Heading,
    NotIn::Frame,
    NotIn::Small,
];

impl NotIn {
    pub(super) fn of(names: &[String]) -> Vec<Self> {
        let known = NOT_INS.iter().zip(ALL);
        known
            .filter(|(name, _)| names.iter().any(|of| of == **name))
            .map(|(_, of)| of)
            .collect()
    }

    /// Whether some of a text stands in it; all of it for a link and for small type.
    fn is(self, page: &Page<'_>, of: &Stretch) -> bool {
        let mut blocks = of
            .blocks()
            .filter_map(|at| page.document.blocks.get(at as usize));
        match self {
            Self::Footnote => blocks.any(|block| block.footnote),
            Self::Table => blocks.any(|block| block.kind == BlockKind::Cell),
            Self::Quote => blocks.any(|block| block.quote),
            Self::Heading => blocks.any(|block| matches!(block.kind, BlockKind::Heading(_))),
            Self::Frame => blocks.any(|block| block.frame),
            Self::LinkOnly => page.style_of(of).has(Style::LINK),
            Self::Small => page.style_of(of).has(Style::SMALL),
        }
    }

    fn why(self) -> &'static str {
        match self {
            Self::Footnote => "it stands in a footnote",
            Self::Table => "it stands in a table",
            Self::Quote => "it stands in a quotation",
            Self::Heading => "it stands in a heading",
            Self::Frame => "it stands in the frame of the page (`<nav>`, `<header>` or `<footer>`)",
            Self::LinkOnly => "it is nothing but the text of a link",
            Self::Small => "it stands in small type",
        }
    }
}

/// How a text must be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emphasis {
    Bold,
    Heading,
    Callout,
}

pub(super) const EMPHASES: &[&str] = &["bold", "heading", "callout"];

impl Emphasis {
    pub(super) fn of(names: &[String]) -> Vec<Self> {
        let known = EMPHASES
            .iter()
            .zip([Self::Bold, Self::Heading, Self::Callout]);
        known
            .filter(|(name, _)| names.iter().any(|of| of == **name))
            .map(|(_, of)| of)
            .collect()
    }

    fn is(self, page: &Page<'_>, of: &Stretch) -> bool {
        let block = page.document.blocks.get(of.first.block as usize);
        match self {
            Self::Bold => page.style_of(of).has(Style::BOLD),
            Self::Callout => page.style_of(of).has(Style::CALLOUT),
            Self::Heading => {
                of.first.block == of.end.block
                    && block.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
            }
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Bold => "in bold type",
            Self::Heading => "in a heading",
            Self::Callout => "in a box that stands out",
        }
    }
}

impl Placement {
    /// Why a text is not shown as it must be, if it is not.
    pub(super) fn shown_wrong(&self, page: &Page<'_>, of: &Stretch) -> Option<String> {
        if let Some(wrong) = self.not_in.iter().find(|wrong| wrong.is(page, of)) {
            return Some(wrong.why().to_owned());
        }
        if self.emphasis.is_empty() || self.emphasis.iter().any(|wanted| wanted.is(page, of)) {
            return None;
        }
        let wanted: Vec<_> = self.emphasis.iter().map(|of| of.what()).collect();
        Some(format!("it is not {}", wanted.join(" or ")))
    }
}
