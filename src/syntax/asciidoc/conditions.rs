//! `ifdef`, `ifndef`, `ifeval`: which lines of AsciiDoc are left, as far as the page alone decides it.

use super::attributes::{Attributes, reference};
use super::lines::{block_macro, delimiter, entry, lines, part};
use crate::document::Hidden;
use crate::source::Span;
use crate::syntax::builder::Builder;
use crate::template::ask::{Answer, Call, Form};

/// How deep files may bring in files.
const DEEPEST: usize = 16;

const FALSE: Hidden = Hidden::Element("a condition that does not hold");

/// Takes the lines out that no reader sees, or that some readers do not see.
pub(super) fn kept(lines: &[Span], builder: &mut Builder) -> Vec<Span> {
    let mut pass = Pass {
        attributes: Attributes::default(),
        open: Vec::new(),
        fence: None,
        kept: Vec::new(),
        depth: 0,
        skipped: None,
    };
    for line in lines {
        pass.line(*line, builder);
    }
    pass.end_skipped(builder);
    pass.kept
}

struct Pass {
    attributes: Attributes,
    /// What each open condition came to, together with those round it.
    open: Vec<Option<bool>>,
    /// The delimiter of a block whose lines are no entries, and whether it is a comment.
    fence: Option<(String, bool)>,
    kept: Vec<Span>,
    /// How deep the file that is being read lies in others.
    depth: usize,
    /// Lines that are left out, first to last, and why.
    skipped: Option<(Span, Hidden)>,
}

impl Pass {
    fn line(&mut self, line: Span, builder: &mut Builder) {
        let text = builder.slice(line).to_owned();
        let comment = matches!(self.fence, Some((_, true)));
        if !comment && text.contains("::") {
            if let Some(plain) = text.strip_prefix('\\').filter(|plain| directive(plain)) {
                self.keep(line, part(line, 1, 1 + plain.len()), builder);
                return;
            }
            if directive(&text) {
                return self.directive(line, &text, builder);
            }
            if text.starts_with("include::")
                && self.state() == Some(true)
                && self.include(line, &text, builder)
            {
                return;
            }
        }
        self.fences(&text);
        if self.fence.is_none()
            && let Some((name, at)) = entry(&text)
        {
            match self.state() {
                Some(true) => {
                    self.attributes.enter(name, &text[at..]);
                    // there `+x+` is code, and here it is shown as text
                    if name == "compat-mode" {
                        let message = "the marks of AsciiDoc's compatibility mode are not read: what is code there may be taken as seen";
                        builder.problem(line, message);
                    }
                }
                Some(false) => {}
                None => self.attributes.forget(name),
            }
        }
        self.keep(line, line, builder);
    }

    /// Goes through the lines that an include brings in; whether it was one that this page can ask for.
    fn include(&mut self, line: Span, text: &str, builder: &mut Builder) -> bool {
        let Some((_, target, start, end)) = block_macro(text) else {
            return false;
        };
        // what takes a part of a file is not read
        let whole = !["tag=", "tags=", "lines="]
            .iter()
            .any(|of| text[start..end].contains(of));
        let Some(target) =
            side(target, &mut self.attributes).filter(|_| whole && builder.asks(Form::Directive))
        else {
            return false;
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            builder.problem(line, "includes nest too deeply: this one is not read");
            builder.stop_bringing();
        } else if let Some(Answer::File(source, base, range)) =
            builder.ask_for(&Call::of_file(Form::Directive, &target, line))
        {
            for inner in lines(&source, range.start) {
                self.line(
                    Span::new(base + inner.start as usize, base + inner.end as usize),
                    builder,
                );
            }
        }
        self.depth -= 1;
        true
    }

    /// Whether lines are kept now.
    fn state(&self) -> Option<bool> {
        self.open.last().copied().unwrap_or(Some(true))
    }

    fn fences(&mut self, text: &str) {
        match &self.fence {
            Some((shut, _)) if shut == text => self.fence = None,
            Some(_) => {}
            None => {
                let Some(delimiter) = delimiter(text) else {
                    return;
                };
                if matches!(delimiter.sign, b'/' | b'-' | b'.' | b'+') && delimiter.length >= 4 {
                    self.fence = Some((text.to_owned(), delimiter.sign == b'/'));
                }
            }
        }
    }

    fn keep(&mut self, line: Span, shown: Span, builder: &mut Builder) {
        let why = match self.state() {
            Some(true) => {
                self.end_skipped(builder);
                self.kept.push(shown);
                return;
            }
            Some(false) => FALSE,
            None => Hidden::Undecided,
        };
        self.skip(line, why, builder);
    }

    fn skip(&mut self, line: Span, why: Hidden, builder: &mut Builder) {
        match &mut self.skipped {
            Some((span, other)) if *other == why => *span = span.to(line),
            _ => {
                self.end_skipped(builder);
                self.skipped = Some((line, why));
            }
        }
    }

    fn end_skipped(&mut self, builder: &mut Builder) {
        if let Some((span, why)) = self.skipped.take() {
            let shown = builder.slice(span).to_owned();
            builder.aside(why, span, &shown, false);
        }
    }

    fn directive(&mut self, line: Span, text: &str, builder: &mut Builder) {
        let Some((name, target, start, end)) = block_macro(text) else {
            return;
        };
        let inner = &text[start..end];
        if name == "endif" {
            self.end_skipped(builder);
            self.open.pop();
            return;
        }
        let outer = self.state();
        let holds = match name {
            "ifeval" => evaluated(inner, &mut self.attributes),
            _ => defined(target, &self.attributes).map(|set| set == (name == "ifdef")),
        };
        let both = match (outer, holds) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        self.open.push(both);
        if name == "ifeval" || inner.is_empty() {
            self.end_skipped(builder);
        } else {
            let content = part(line, start, end);
            self.keep(content, content, builder);
            self.end_skipped(builder);
            self.open.pop();
        }
    }
}

fn directive(text: &str) -> bool {
    let names = ["ifdef::", "ifndef::", "ifeval::", "endif::"];
    names.iter().any(|name| text.starts_with(name)) && block_macro(text).is_some()
}

/// Whether the attributes that a directive names are set: with `,` any of them, with `+` all.
fn defined(target: &str, attributes: &Attributes) -> Option<bool> {
    let every = target.contains('+');
    let mut unknown = false;
    for name in target.split(['+', ',']) {
        match attributes.is_set(name) {
            Some(set) if set != every => return Some(set),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(every)
}

/// Whether a comparison holds, if both of its sides are known.
fn evaluated(expression: &str, attributes: &mut Attributes) -> Option<bool> {
    let signs = ["==", "!=", "<=", ">=", "<", ">"];
    let (at, sign) = signs
        .iter()
        .filter_map(|sign| expression.find(sign).map(|at| (at, *sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())))?;
    let left = side(&expression[..at], attributes)?;
    let right = side(&expression[at + sign.len()..], attributes)?;
    let numbers = left.parse::<f64>().ok().zip(right.parse::<f64>().ok());
    let order = match numbers {
        Some((left, right)) => left.partial_cmp(&right)?,
        None => left.cmp(&right),
    };
    Some(match sign {
        "==" => order.is_eq(),
        "!=" => order.is_ne(),
        "<=" => order.is_le(),
        ">=" => order.is_ge(),
        "<" => order.is_lt(),
        _ => order.is_gt(),
    })
}

fn side(raw: &str, attributes: &mut Attributes) -> Option<String> {
    let mut rest = raw.trim().trim_matches(['"', '\'']);
    let mut shown = String::new();
    while let Some(open) = rest.find('{') {
        shown.push_str(&rest[..open]);
        let name = reference(&rest[open..])?;
        shown.push_str(&attributes.value(name)?);
        rest = &rest[open + name.len() + 2..];
    }
    shown.push_str(rest);
    Some(shown)
}
