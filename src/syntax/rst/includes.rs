//! `.. include::`: which stretches of which files make up a page.

use std::ops::Range;

use crate::source::{Source, Span};
use crate::syntax::builder::Builder;
use crate::template::ask::{Answer, Call, Form};

/// The stretches of text that the page is made of: its own, and what its includes bring in. Only whole files at the margin are
/// brought in; other includes stay, as what was not read.
pub(super) fn included(begins: usize, builder: &mut Builder) -> Vec<Range<usize>> {
    let page = builder.page();
    let mut stretches = Vec::new();
    stretches_of(
        &page,
        begins..page.text().len(),
        0,
        0,
        builder,
        &mut stretches,
    );
    stretches
}

fn stretches_of(
    source: &Source,
    range: Range<usize>,
    base: usize,
    depth: usize,
    builder: &mut Builder,
    stretches: &mut Vec<Range<usize>>,
) {
    const DEEPEST: usize = 16;
    let text = source.text();
    let mut from = range.start;
    let mut at = range.start;
    let asks = builder.asks(Form::Directive) && text[range.clone()].contains("include::");
    let mut rest = text[range.clone()]
        .split_inclusive('\n')
        .filter(|_| asks)
        .peekable();
    while let Some(line) = rest.next() {
        let start = at;
        at += line.len();
        let name = line
            .strip_prefix("..")
            .and_then(|rest| rest.trim_start().strip_prefix("include::"));
        // options take a part of the file, or show it as code
        let plain = rest.peek().is_none_or(|next| {
            !next.trim_start().starts_with(':') || !next.starts_with([' ', '\t'])
        });
        let Some(name) = name
            .map(str::trim)
            .filter(|name| plain && !name.is_empty() && !name.starts_with('<'))
        else {
            continue;
        };
        stretches.push(base + from..base + start);
        from = at;
        let span = Span::new(base + start, base + start + line.trim_end().len());
        if depth >= DEEPEST {
            builder.problem(span, "includes nest too deeply: this one is not read");
            builder.stop_bringing();
        } else if let Some(Answer::File(source, base, range)) =
            builder.ask_for(&Call::of_file(Form::Directive, name, span))
        {
            stretches_of(&source, range, base, depth + 1, builder, stretches);
        }
    }
    stretches.push(base + from..base + range.end);
}
