//! Directives of reStructuredText: which show what they hold, which hide it, and which bring in text that is not read.

use super::Reader;
use super::conditions::{holds, is_html};
use super::lines::{Line, align, span_of};
use super::parts::Parts;
use super::roles::{Role, hides, split_target};
use crate::document::{BlockKind, Hidden};
use crate::text::Style;

/// Directives that show code.
const CODE: &[&str] = &[
    "code",
    "code-block",
    "sourcecode",
    "parsed-literal",
    "literalinclude",
    "doctest",
    "testcode",
    "testoutput",
    "testsetup",
    "testcleanup",
    "ipython",
    "prompt",
    "productionlist",
    "plot",
    "jupyter-execute",
    "console",
    "graphviz",
    "digraph",
    "graph",
    "mermaid",
    "uml",
    "plantuml",
    "inheritance-diagram",
    "aafig",
    "code-tab",
    "command-output",
    "program-output",
    "snippet",
    "cli_output",
    "cli-output",
    "remote-code-block",
];
/// Directives that say something to a machine.
const MACHINE: &[&str] = &[
    "index",
    "currentmodule",
    "module",
    "py:module",
    "py:currentmodule",
    "js:module",
    "highlight",
    "tabularcolumns",
    "sectionauthor",
    "codeauthor",
    "moduleauthor",
    "default-domain",
    "program",
    "sectnum",
    "section-numbering",
    "target-notes",
    "highlightlang",
    "default-literal-role",
    "title",
    "date",
    "replace",
    "unicode",
    "namespace",
    "cpp:namespace",
    "c:namespace",
];
const COLLAPSED: &[&str] = &[
    "dropdown", "collapse", "details", "toggle", "spoiler", "expander",
];
/// Directives whose arguments are a title, apart from what they hold.
const TITLED: &[&str] = &[
    "admonition",
    "topic",
    "sidebar",
    "rubric",
    "table",
    "tab",
    "tab-item",
    "group-tab",
    "card",
    "grid-item-card",
    "versionadded",
    "versionchanged",
    "deprecated",
    "versionremoved",
    "contents",
    "centered",
];
/// Directives that make a box that stands out.
const BOXES: &[&str] = &[
    "admonition",
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "seealso",
    "sidebar",
    "tip",
    "topic",
    "warning",
];
/// Directives that stand in for text of other files.
const ELSEWHERE: &[&str] = &[
    "include",
    "mdinclude",
    "click",
    "argparse",
    "program-options",
    "bibliography",
    "footbibliography",
    "postlist",
    "openapi",
    "swaggerv2doc",
    "inheritance",
    "api-fields",
];

/// Whether a directive may come before the metadata of a page.
pub(super) fn precedes(name: &str) -> bool {
    MACHINE.contains(&name) || matches!(name, "raw" | "meta" | "role" | "default-role")
}

impl Reader<'_> {
    /// Reads a directive whose lines begin with what stands after `::`.
    pub(super) fn directive(&mut self, name: &str, dots: Line, lines: &mut [Line]) {
        let parts = self.parts(lines);
        self.option_words(&parts);
        let own = parts.option(&["class", "container-class", "figclass", "class-container"]);
        let class = own.and_then(|own| self.classes(own));
        let style = if BOXES.contains(&name) {
            Style::CALLOUT
        } else {
            Style::default()
        };
        self.builder.styles.begin(style);
        match class.filter(|_| !matches!(name, "role" | "class" | "rst-class" | "cssclass")) {
            Some(why) => self.hide(why, |reader| reader.named(name, dots, &parts, lines)),
            None => self.named(name, dots, &parts, lines),
        }
        self.builder.styles.end(style);
    }

    fn named(&mut self, name: &str, dots: Line, parts: &Parts, lines: &mut [Line]) {
        let elsewhere = ELSEWHERE.contains(&name)
            || name.starts_with("auto")
            || name.starts_with("doxygen")
            || parts.option(&["file", "url"]).is_some();
        if elsewhere && parts.option(&["literal", "code"]).is_none() {
            let message = format!("the text that `{name}` brings in was not read");
            self.builder
                .problem(dots.span().to(span_of(lines)), message);
            self.unseen_words(Hidden::Attribute("a directive"), &parts.arguments);
            return self.content(parts, lines);
        }
        match name {
            _ if CODE.contains(&name) => {
                self.caption(parts, &["caption"]);
                self.unseen(Hidden::Code, lines);
            }
            _ if MACHINE.contains(&name) => {
                self.unseen(Hidden::Attribute("a directive"), lines);
            }
            "meta" => self.unseen(Hidden::Attribute("a `content` attribute"), lines),
            "math" => {
                self.builder.open(BlockKind::Paragraph);
                let pieces = self.pieces(lines);
                self.builder.tell(&pieces, 0..pieces.text.len());
                self.builder.close();
            }
            "raw" => self.raw(parts, lines),
            "only" | "ifconfig" | "todo" => self.conditional(name, dots, parts, lines),
            "image" | "figure" | "thumbnail" => {
                self.unseen_words(Hidden::Attribute("a link target"), &parts.arguments);
                self.content(parts, lines);
            }
            "class" | "rst-class" | "cssclass" | "container" | "div" => {
                let why = self.classes(&parts.arguments);
                self.classed(name, why, parts, lines);
            }
            "epigraph" | "highlights" | "pull-quote" => self.quote(|reader| reader.nested(lines)),
            "role" => self.role(parts),
            "default-role" => {
                let role = parts
                    .arguments
                    .first()
                    .map(|line| line.of(self.text).to_lowercase());
                self.default_role = role.filter(|role| !role.is_empty());
            }
            "toctree" => self.contents(parts, lines),
            "list-table" => {
                self.title(parts);
                self.builder.begin_table();
                self.row = 2;
                self.content(parts, lines);
                self.row = 0;
            }
            "csv-table" => {
                self.title(parts);
                self.builder.begin_table();
                let text = |reader: &Self, of: Option<&[Line]>| {
                    of.and_then(|of| of.first())
                        .map(|line| line.of(reader.text).to_owned())
                };
                let delimiter = text(self, parts.option(&["delim"]));
                if let Some(header) = parts.option(&["header"]) {
                    self.csv(header, delimiter.as_deref());
                }
                self.csv(&lines[parts.head..], delimiter.as_deref());
            }
            _ if COLLAPSED.contains(&name) || self.collapses(parts) => {
                self.title(parts);
                let open = parts.option(&["open", "show"]).is_some();
                if open {
                    self.content(parts, lines);
                } else {
                    self.hide(Hidden::Collapsed, |reader| reader.content(parts, lines));
                }
            }
            _ if TITLED.contains(&name) => {
                self.title(parts);
                self.caption(parts, &["subtitle"]);
                self.content(parts, lines);
            }
            _ => self.shown(parts, lines),
        }
    }

    /// All that a directive says: its arguments, a caption, its content.
    fn shown(&mut self, parts: &Parts, lines: &mut [Line]) {
        self.caption(parts, &["caption"]);
        align(lines);
        self.nested(lines);
    }

    fn title(&mut self, parts: &Parts) {
        if !parts.arguments.is_empty() {
            self.builder.open(BlockKind::Paragraph);
            self.fresh = true;
            self.paragraph(&parts.arguments);
        }
    }

    fn caption(&mut self, parts: &Parts, names: &[&str]) {
        if let Some(caption) = parts.option(names) {
            self.builder.open(BlockKind::Paragraph);
            self.fresh = true;
            self.paragraph(caption);
        }
    }

    fn content(&mut self, parts: &Parts, lines: &mut [Line]) {
        self.nested(&mut lines[parts.head..]);
    }

    fn classed(&mut self, name: &str, why: Option<Hidden>, parts: &Parts, lines: &mut [Line]) {
        let content = &mut lines[parts.head..];
        let empty = content.iter().all(|line| line.blank());
        match why {
            Some(why) if empty && name != "container" => self.pending = Some(why),
            Some(why) => self.hide(why, |reader| reader.nested(content)),
            None => self.nested(content),
        }
    }

    fn raw(&mut self, parts: &Parts, lines: &[Line]) {
        let format = parts
            .arguments
            .first()
            .map_or("", |line| line.of(self.text));
        let content = &lines[parts.head..];
        if !format.split_whitespace().any(is_html) {
            return self.unseen(Hidden::Element("a format other than HTML"), content);
        }
        self.builder.close();
        let pieces = self.pieces(content);
        self.tags.read(&pieces, &mut self.builder);
        self.builder.close();
    }

    fn conditional(&mut self, name: &str, dots: Line, parts: &Parts, lines: &mut [Line]) {
        let condition: Vec<_> = parts
            .arguments
            .iter()
            .map(|line| line.of(self.text))
            .collect();
        let answer = if name == "only" {
            holds(&condition.join(" "))
        } else {
            None
        };
        if answer.is_none() {
            let message =
                format!("whether `{name}` holds is not known, so its text is not counted as seen");
            self.builder.problem(dots.span(), message);
        }
        let content = if name == "todo" { 0 } else { parts.head };
        let lines = &mut lines[content..];
        match answer {
            Some(true) => self.transparent(lines),
            Some(false) => {
                let why = Hidden::Element("a condition that HTML does not meet");
                self.hide(why, |reader| reader.transparent(lines));
            }
            None => {
                align(lines);
                let why = Hidden::Element("a condition that was not decided");
                self.hide(why, |reader| reader.transparent(lines));
            }
        }
    }

    fn role(&mut self, parts: &Parts) {
        let Some(line) = parts.arguments.first() else {
            return;
        };
        let (name, base) = match line.of(self.text).split_once('(') {
            Some((name, base)) => (name, Some(base.trim_end_matches(')').to_lowercase())),
            None => (line.of(self.text), None),
        };
        let value =
            |names: &[&str]| -> Option<&str> { Some(parts.option(names)?.first()?.of(self.text)) };
        let class = value(&["class"]).unwrap_or_default();
        let role = Role {
            hides: class.split_whitespace().find_map(hides),
            format: value(&["format"])
                .filter(|_| base.as_deref() == Some("raw"))
                .map(|format| {
                    if format.split_whitespace().any(is_html) {
                        "html"
                    } else {
                        ""
                    }
                    .to_owned()
                }),
            base,
        };
        self.roles.insert(name.trim().to_lowercase(), role);
    }

    /// A list of other pages: titles that stand here are shown, those of the pages themselves are not read.
    fn contents(&mut self, parts: &Parts, lines: &[Line]) {
        let hidden = parts.option(&["hidden"]).is_some();
        let why = hidden.then_some(Hidden::Element("the option `hidden`"));
        let before = self.builder.hidden_by_syntax;
        self.builder.close();
        self.builder.hidden_by_syntax = before.or(why);
        self.caption(parts, &["caption"]);
        self.builder.open_list();
        for line in lines[parts.head..].iter().filter(|line| !line.blank()) {
            let text = line.of(self.text);
            if let Some((title, target)) = split_target(text).filter(|(title, _)| *title > 0) {
                self.builder.open(BlockKind::Item);
                let link = self.builder.linked(line.span(), &text[target]);
                self.builder.text(
                    Line {
                        end: line.start + title,
                        ..*line
                    }
                    .span(),
                );
                self.builder.unlinked(link);
            } else {
                self.unseen_words(Hidden::Attribute("a link target"), &[*line]);
            }
        }
        self.builder.close_list();
        self.builder.hidden_by_syntax = before;
    }
}
