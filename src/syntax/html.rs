//! HTML pages, hand-written and built: a conforming tokenizer, and the stack of open elements in [`super::tags`].
//!
//! Not read: style sheets and scripts, and what they show or hide; `<frame>` and `<iframe>` content; template tags, which stand as
//! they are written.

use std::sync::Arc;

use super::Syntax;
use super::builder::Builder;
use super::front_matter;
use super::pieces::Pieces;
use super::tags::{Markup, Tags};
use crate::document::Document;
use crate::source::Source;

pub(super) const SYNTAX: Syntax = Syntax {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    parse,
};

fn parse(source: &Arc<Source>) -> Document {
    let mut builder = Builder::new(source);
    let begins = front_matter::read(&mut builder);
    let page = Pieces::of(&source.text()[begins..], begins);
    Tags::new(Markup::Html).read(&page, &mut builder);
    builder.finish()
}
