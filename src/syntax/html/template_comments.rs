//! Comments of template languages in HTML that nothing has evaluated: no reader ever sees them.

use std::ops::Range;

/// How comments open and close: Go (`text/template`), Handlebars, Jinja and Twig, Liquid, ERB, Blade.
const COMMENTS: &[(&str, &str)] = &[
    ("{{- /*", "*/ -}}"),
    ("{{- /*", "*/}}"),
    ("{{/*", "*/ -}}"),
    ("{{/*", "*/}}"),
    ("{{!--", "--}}"),
    ("{{--", "--}}"),
    ("{%- comment -%}", "{%- endcomment -%}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{#", "#}"),
    ("<%#", "%>"),
];

/// The comments in a stretch of text, in order: the whole of each, and what stands between its delimiters. What is not closed is none.
pub(super) fn comments(html: &str, stretch: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut all = Vec::new();
    // what nothing closes from here on, nothing closes further on
    let mut open: Vec<_> = COMMENTS.to_vec();
    let Range {
        start: mut from,
        end,
    } = stretch;
    while let Some(at) = html[from..end].find(['{', '<']).map(|at| from + at) {
        from = at + 1;
        let mut closed: Option<(usize, Range<usize>)> = None;
        open.retain(|(opening, closing)| {
            if !html[at..end].starts_with(opening) {
                return true;
            }
            let body = at + opening.len();
            let close = html[body..end].find(closing);
            let found = close.map(|length| (body + length + closing.len(), body..body + length));
            // the end that comes first
            closed = closed
                .take()
                .into_iter()
                .chain(found)
                .min_by_key(|(stop, _)| *stop);
            close.is_some()
        });
        if let Some((stop, body)) = closed {
            all.push((at..stop, body));
            from = stop;
        }
    }
    all
}
