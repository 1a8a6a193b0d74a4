//! JSON lines: one finding a line, each as in `json`.

use std::io::{self, Write};

use super::{Format, Style, json};
use crate::report::Report;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "one finding a line, each as in json",
    write,
};

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in json::findings(report) {
        serde_json::to_writer(&mut *out, &finding)?;
        writeln!(out)?;
    }
    Ok(())
}
