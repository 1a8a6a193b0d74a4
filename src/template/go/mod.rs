//! Go templates as Hugo uses them: layouts, partials, shortcodes.
//!
//! A file is cut into texts and actions ([`lex`]), these become flat steps ([`parse`]), and [`run`] walks the steps: texts are put
//! out with their places, conditions decided ([`branch`]), pipelines evaluated ([`call`]), partials opened. Values are [`value`]'s, functions [`functions`]' and [`words`]'.
//! A template is no danger: how deep it nests, how much it puts out and how long it runs are bounded.

mod branch;
mod call;
mod expression;
mod functions;
mod lex;
mod lists;
mod page;
mod parse;
mod run;
mod value;
mod words;

#[cfg(test)]
mod tests;

use super::{Context, Opened, Output};

/// What a template stands for, which says what its dot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// A shortcode: the dot is the call, `.Params` are its arguments, `.Inner` is what it stands round.
    Shortcode,
    /// A layout: the dot is the page, `.Params` are its front matter, `.Content` is what the layout stands round.
    Layout,
}

/// What a template puts out whose `block` and `template` calls are filled by what other files `define`, as the template of a page
/// fills `baseof.html`. Of two definitions of one name the first counts, before those of the template itself.
#[must_use]
pub(crate) fn evaluate_with(
    root: &Opened,
    definitions: &[Opened],
    stands: Stands,
    context: &Context<'_>,
) -> Output {
    run::Run::new(stands, context).whole(root, definitions)
}
