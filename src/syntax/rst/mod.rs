//! reStructuredText as docutils and Sphinx show it in HTML: a scanner over lines and their indentation, and an inline pass.
//!
//! Whole files are included at the margin. It does not read parts of files, `automodule`, `csv-table` with `:file:`, the settings
//! of a Sphinx project, or what its extensions put in; those are problems. The content of a directive that is not known is visible text.

mod conditions;
mod directives;
mod explicit;
mod includes;
mod inline;
mod lines;
mod lists;
mod parts;
mod roles;
mod rules;
mod sections;
mod tables;
mod targets;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use unicode_width::UnicodeWidthStr;

use crate::document::{BlockKind, Document, Hidden};
use crate::pieces::Pieces;
use crate::source::Source;
use crate::syntax::Syntax;
use crate::syntax::builder::Builder;
use crate::syntax::front_matter;
use crate::syntax::html::tags::Tags;
use includes::included;
use lines::{Begins, Line, adornment, begins, extent, least_col, lines, span_of, until_blank};
use roles::{Definition, Role};
use targets::{Targets, defines_substitutions, targets};

pub(super) const SYNTAX: Syntax = Syntax {
    name: "rst",
    extensions: &["rst", "rest"],
    read,
    add: Some(super::add::rst),
    comment: Some(super::Wraps {
        before: ".. ",
        after: "",
        apart: true,
    }),
};

/// Blocks nest no deeper; what stands further in is taken as not seen.
const DEEPEST: usize = 64;

fn read(builder: Builder) -> Document {
    let mut builder = builder;
    let begins = front_matter::read(&mut builder);
    let lines = included(begins, &mut builder);
    let source = builder.whole();
    // a substitution may be used before it is defined: a first reading finds the definitions
    let known = defines_substitutions(source.text()).then(|| {
        let mut first = Reader::new(&source, builder.blank());
        first.read(&lines);
        Rc::new(first.defined)
    });
    let mut reader = Reader::new(&source, builder);
    reader.known = known.unwrap_or_default();
    reader.read(&lines);
    reader.builder.sections_are_slides();
    reader.builder.finish()
}

struct Reader<'a> {
    text: &'a str,
    builder: Builder,
    tags: Tags,
    /// Substitutions that this reading met, and those that an earlier one did.
    defined: HashMap<String, Rc<Definition>>,
    known: Rc<HashMap<String, Rc<Definition>>>,
    /// How deep the substitution that is being shown lies in others, and how many bytes they may still give.
    expanding: usize,
    budget: usize,
    targets: Targets,
    roles: HashMap<String, Role>,
    default_role: Option<String>,
    /// How lists are read: 2 as the rows of a table, 1 as its cells.
    row: u8,
    /// An item or a cell has begun, and its first paragraph is the item itself.
    fresh: bool,
    /// What a `class` directive said of the next block.
    pending: Option<Hidden>,
    /// Whether the page has begun: comments and what only a machine reads may come before.
    begun: bool,
    kind: BlockKind,
    /// Whether section titles may stand here.
    titles: bool,
    /// Whether this is a cell of a table that is drawn with signs.
    drawn: bool,
    depth: usize,
    adornments: Vec<(char, bool)>,
    /// The levels of the open sections and how many elements were open when each began.
    sections: Vec<(u8, usize)>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source, builder: Builder) -> Self {
        Self {
            text: source.text(),
            builder,
            tags: Tags::default(),
            defined: HashMap::new(),
            known: Rc::default(),
            expanding: 0,
            budget: 1 << 18,
            targets: Targets::default(),
            roles: HashMap::new(),
            default_role: None,
            row: 0,
            fresh: false,
            pending: None,
            begun: false,
            kind: BlockKind::Paragraph,
            titles: true,
            drawn: false,
            depth: 0,
            adornments: Vec::new(),
            sections: Vec::new(),
        }
    }

    fn read(&mut self, stretches: &[Range<usize>]) {
        let mut all: Vec<Line> = stretches
            .iter()
            .flat_map(|of| lines(self.text, of.start, of.end))
            .collect();
        self.targets = targets(self.text, &all);
        self.blocks(&mut all, 0);
    }

    /// Whether nothing of the page came yet. Sphinx takes a field list there for metadata and shows none of it.
    fn at_head(&self) -> bool {
        self.depth == 0 && !self.begun
    }

    /// Reads blocks whose lines begin at column `base`.
    fn blocks(&mut self, lines: &mut [Line], base: usize) {
        let mut at = 0;
        while at < lines.len() {
            if lines[at].blank() {
                at += 1;
                continue;
            }
            let explicit = lines[at].col <= base && self.begins(lines, at) == Begins::Explicit;
            at = match self.pending.take() {
                Some(why) if !explicit => {
                    let mut next = at;
                    self.hide(why, |reader| next = reader.block(lines, at, base));
                    next
                }
                pending => {
                    let next = self.block(lines, at, base);
                    self.pending = self.pending.or(pending);
                    next
                }
            }
            .max(at + 1);
            self.fresh = false;
            self.begun |= !explicit;
        }
    }

    /// What a line begins.
    fn begins(&self, lines: &[Line], at: usize) -> Begins {
        let line = lines[at];
        let next = lines.get(at + 1).map(|next| {
            if next.col > line.col {
                ""
            } else {
                next.of(self.text)
            }
        });
        begins(line.of(self.text), next)
    }

    /// Reads the block that begins at a line; gives one past its last line.
    fn block(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        if lines[at].col > base {
            let end = extent(lines, at + 1, base + 1);
            self.quote(|reader| reader.nested(&mut lines[at..end]));
            return end;
        }
        match self.begins(lines, at) {
            Begins::Bullet(_) => self.bullet_list(lines, at, base),
            Begins::Enumerated(_) => self.enumerated_list(lines, at, base),
            Begins::Field(_) => self.field_list(lines, at, base),
            Begins::Option(_) => self.option_list(lines, at, base),
            Begins::Doctest => {
                let end = until_blank(lines, at, lines.len());
                self.unseen(Hidden::Code, &lines[at..end]);
                end
            }
            Begins::LineBlock => self.line_block(lines, at, base),
            Begins::GridTable => self.grid_table(lines, at, base),
            Begins::SimpleTable => self.simple_table(lines, at, base),
            Begins::Explicit => self.explicit(lines, at, base),
            Begins::Anonymous => {
                self.unseen_words(Hidden::Attribute("a link target"), &lines[at..=at]);
                at + 1
            }
            Begins::Adornment => self.adorned(lines, at, base),
            Begins::Text => self.running_text(lines, at, base),
        }
    }

    /// Reads what stands in another block, at whatever column it begins.
    fn nested(&mut self, lines: &mut [Line]) {
        if self.depth >= DEEPEST {
            let message = format!(
                "blocks nest deeper than {DEEPEST}: what stands inside is taken as not seen"
            );
            self.broken("blocks that nest too deep", &message, lines);
            return;
        }
        let (titles, elements) = (self.titles, self.tags.depth());
        self.depth += 1;
        self.titles = false;
        let base = least_col(lines);
        self.blocks(lines, base);
        self.tags.truncate(elements, &mut self.builder);
        self.titles = titles;
        self.depth -= 1;
    }

    /// Reads what stands in a block that is itself no part of the page, such as `only`: it may hold sections.
    fn transparent(&mut self, lines: &mut [Line]) {
        if self.depth >= DEEPEST || !self.titles {
            return self.nested(lines);
        }
        self.depth += 1;
        let base = least_col(lines);
        self.blocks(lines, base);
        self.depth -= 1;
    }

    fn quote(&mut self, read: impl FnOnce(&mut Self)) {
        self.builder.close();
        self.builder.quotes += 1;
        read(self);
        self.builder.close();
        self.builder.quotes -= 1;
    }

    /// Reads a cell of a table.
    fn cell(&mut self, read: impl FnOnce(&mut Self)) {
        self.builder.open(BlockKind::Cell);
        self.fresh = true;
        let before = std::mem::replace(&mut self.kind, BlockKind::Cell);
        read(self);
        self.builder.close();
        self.kind = before;
    }

    /// Reads something that a reader does not see.
    fn hide(&mut self, why: Hidden, read: impl FnOnce(&mut Self)) {
        self.builder.close();
        let before = self.builder.hidden_by_syntax;
        self.builder.hidden_by_syntax = before.or(Some(why));
        read(self);
        self.builder.close();
        self.builder.hidden_by_syntax = before;
    }

    /// Lines whose words a reader does not see, as they are written.
    fn unseen(&mut self, why: Hidden, lines: &[Line]) {
        let pieces = self.pieces(lines);
        if !pieces.text.trim().is_empty() {
            self.hide(why, |reader| {
                reader.builder.tell(&pieces, 0..pieces.text.len());
            });
        }
    }

    /// Lines that docutils reports as an error and shows nobody.
    fn broken(&mut self, why: &'static str, message: &str, lines: &[Line]) {
        self.unseen(Hidden::Element(why), lines);
        self.builder.problem(span_of(lines), message);
    }

    /// Lines as one text.
    fn pieces(&self, lines: &[Line]) -> Pieces {
        let mut pieces = Pieces::default();
        let mut end = None;
        for line in lines {
            if let Some(end) = end.filter(|end| *end < line.start) {
                let gap = &self.text[end..line.start];
                if gap.trim().is_empty() {
                    pieces.push(gap, end);
                } else {
                    pieces.push_as("\n", crate::source::Span::new(end, line.start));
                }
            }
            pieces.push(line.of(self.text), line.start);
            end = Some(line.end);
        }
        pieces
    }

    fn paragraph(&mut self, lines: &[Line]) {
        if !std::mem::take(&mut self.fresh) {
            self.builder.open(self.kind);
        }
        let pieces = self.pieces(lines);
        self.inline(&pieces);
        self.builder.close();
    }

    /// A paragraph, a section title with its underline, or a term with its definition.
    fn running_text(&mut self, lines: &mut [Line], at: usize, base: usize) -> usize {
        let Some(next) = lines.get(at + 1).copied().filter(|next| !next.blank()) else {
            return self.text_block(lines, at, at + 1, base);
        };
        if next.col > base {
            return self.definition_list(lines, at, base);
        }
        if let Some(sign) = adornment(next.of(self.text)) {
            let length = next.end - next.start;
            if length >= 4 || length >= lines[at].of(self.text).width() {
                if self.titles {
                    self.heading(lines[at], (sign, false));
                } else {
                    self.misplaced_title(&lines[at..at + 2]);
                }
                return at + 2;
            }
        }
        let end = (at + 1..lines.len())
            .find(|at| lines[*at].blank() || lines[*at].col > base)
            .unwrap_or(lines.len());
        self.text_block(lines, at, end, base)
    }

    /// A paragraph, and the literal block after it when it ends in `::`.
    fn text_block(&mut self, lines: &mut [Line], at: usize, end: usize, base: usize) -> usize {
        let last = &mut lines[end - 1];
        let text = last.of(self.text);
        let Some(before) = text.strip_suffix("::").filter(|before| !escapes(before)) else {
            self.paragraph(&lines[at..end]);
            return end;
        };
        last.end -= match before.chars().next_back() {
            None | Some(' ') => 2,
            Some(_) => 1,
        };
        *last = Line::cut(self.text, last.start, last.end, last.col);
        if end - at > 1 || !lines[at].blank() {
            self.paragraph(&lines[at..end]);
        }
        let from = (end..lines.len())
            .find(|at| !lines[*at].blank())
            .unwrap_or(lines.len());
        let mut code = extent(lines, from, base + 1);
        if code == from && from > end {
            code = self.quoted_lines(lines, from);
        }
        self.unseen(Hidden::Code, &lines[from..code]);
        code
    }

    /// One past the lines that begin with the same sign: a literal block that is not indented.
    fn quoted_lines(&self, lines: &[Line], from: usize) -> usize {
        let sign = |at: usize| {
            let first = lines[at].of(self.text).chars().next();
            first.filter(char::is_ascii_punctuation)
        };
        if from >= lines.len() || sign(from).is_none() {
            return from;
        }
        (from..lines.len())
            .find(|at| sign(*at) != sign(from))
            .unwrap_or(lines.len())
    }
}

/// Whether a text ends in a backslash that is not itself escaped.
fn escapes(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
}
