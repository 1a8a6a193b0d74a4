//! XML, as far as the formats that are written in it need it.

use std::io::{self, Write};

use super::escaped;
use crate::report::Report;

/// The first lines of a file. What content was judged by stands in a comment, for which every schema has room.
pub(super) fn begin(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    for of in report.judges() {
        let name = escaped(of.path.as_deref().unwrap_or(&of.name)).replace("--", "- -");
        writeln!(out, "<!-- judged by {} {} -->", text(&name), of.hash)?;
    }
    Ok(())
}

/// A text for an attribute's value or between tags. Line ends and tabs are kept by references, which attributes need; what XML
/// cannot hold at all is shown as U+FFFD.
pub(super) fn text(of: &str) -> String {
    let mut out = String::with_capacity(of.len());
    for c in of.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
