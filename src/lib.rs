//! caveat lints content for the wording that the law or a house demands, and for the claims that it forbids, with exact spans.
//!
//! ```
//! use std::sync::Arc;
//! use caveat::{Facts, RuleSet, Source, lint, rule, syntax};
//!
//! // a pack, its rules compiled together
//! let (pack, mistakes) = rule::built_in("core").expect("core is built in");
//! assert!(mistakes.is_empty());
//! let pack = Arc::new(pack);
//! let rules = RuleSet::compile(&pack.rules, &Default::default(), &[pack.clone()]);
//!
//! // a source becomes a document, the document findings
//! let source = Arc::new(Source::new("post.md", "We have **guaranteed\nprofits**."));
//! let syntax = syntax::named("markdown").expect("Markdown is a syntax");
//! let outcome = lint(&syntax.parse(&source), &rules, &Facts::default());
//!
//! let claim = outcome.findings.iter().find(|finding| finding.code.name() == "prohibited").expect("it promises");
//! assert_eq!(claim.location.text(), "guaranteed\nprofits");
//! ```
//!
//! # The house
//!
//! A room uses only rooms below it; `tests/house.rs` holds it to that.
//!
//! ```text
//! roof     bin/caveat                       the program: arguments, terminal, exit code
//! attic    lsp                              the project at work in an editor: the only room that knows its protocol
//! floor 5  project                          config, packs, files: the only room with a door to the disk
//! floor 4  output ── report                 Report → bytes, one file per format
//! floor 3  lint ── rule                     documents × rules → findings; TOML → rules
//! floor 2  syntax ── template │ check       Source → Document, what templates put out │ what a rule can demand; no door between
//! floor 1  document │ finding ── keys       what is linted, what is found, what TOML may say
//! ground   source ── pieces ── text         bytes and spans; texts put together; folded words and the phrases looked for in them
//! ```
//!
//! Five shelves take a new thing as one file and one line: [`syntax::SYNTAXES`], [`syntax::DATA`], [`check::KINDS`],
//! [`output::FORMATS`], [`rule::PACKS`].
//!
//! # What holds everywhere
//!
//! 1. Below `project` nothing reads files, environment, clock or terminal, and nothing prints.
//! 2. Parsing never fails: it gives a document and its problems.
//! 3. `syntax` knows no rules and `check` no syntax; they meet in [`document::Document`].
//! 4. Offsets into folded text never leave [`text`]; everything else speaks source bytes or token numbers.
//! 5. Wordings and documents are folded by the same function, [`text::fold`].
//! 6. A prescribed text is accepted on its exact tokens alone. A score only finds what came close.
//! 7. What cannot be judged is a finding of code `unverifiable`, never a pass.
//! 8. Output depends on the report alone, not on threads, hash order or the clock.
//! 9. No finding without a place in a file; what is missing points at what demanded it.

#![cfg_attr(
    not(feature = "cli"),
    allow(
        dead_code,
        unused_imports,
        reason = "only a project on a disk brings in files"
    )
)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail this way"))]

pub mod check;
pub mod document;
pub mod finding;
pub mod keys;
pub mod lint;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod output;
mod pieces;
#[cfg(feature = "cli")]
pub mod project;
pub mod report;
pub mod rule;
pub mod source;
pub mod syntax;
mod template;
pub mod text;

pub use document::Document;
pub use finding::{Code, Finding, Severity};
pub use lint::{Facts, Outcome, RuleSet, lint};
pub use report::Report;
pub use rule::{Pack, Rule};
pub use source::{Location, Position, Source, Span, Unit};
