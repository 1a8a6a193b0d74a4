//! caveat
#![allow(missing_docs)]
pub mod check;
pub mod source;
pub mod text;
pub mod document;
pub mod finding;
pub mod keys;
pub mod lint;
pub mod output;
#[cfg(feature = "cli")]
pub mod project;
pub mod report;
pub mod rule;
pub mod syntax;
