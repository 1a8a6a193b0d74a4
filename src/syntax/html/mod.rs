//! HTML pages, hand-written and built: a conforming tokenizer, and the stack of open elements in [`tags`].
//!
//! Not read: style sheets and scripts, and what they show or hide; `<frame>` and `<iframe>` content; template tags of a page,
//! which stand as they are written.

pub(super) mod elements;
pub(super) mod events;
pub(super) mod formatting;
pub(super) mod hiding;
mod kept;
mod styles;
pub(super) mod tables;
pub(super) mod tags;
mod template_comments;
pub(super) mod words;

use crate::document::Document;
use crate::pieces::Pieces;
use crate::syntax::Syntax;
use crate::syntax::builder::Builder;
use crate::syntax::front_matter;
use tags::{Markup, Tags};

pub(in crate::syntax) const SYNTAX: Syntax = Syntax {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    read: page,
    add: Some(super::add::html),
    comment: Some(super::TAGGED),
};

fn page(mut builder: Builder) -> Document {
    let source = builder.page();
    let begins = front_matter::read(&mut builder);
    let page = Pieces::of(&source.text()[begins..], begins);
    Tags::new(Markup::Html).read(&page, &mut builder);
    // template tags stand in it as they are written
    builder.document().filled_in = true;
    builder.finish()
}
