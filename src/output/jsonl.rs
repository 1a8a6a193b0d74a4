//! JSON lines: one finding a line, each as in `json`, with what it was judged by: a line stands alone.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Style, json, judged_by};
use crate::report::Report;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "one finding a line, each as in json",
    write,
};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    finding: json::JsonFinding<'a>,
    /// None for a mistake in TOML, where nothing was judged.
    judged_by: Option<&'a str>,
}

fn write(report: &Report, _: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let judged_by = judged_by(report);
    for finding in json::findings(report) {
        let line = Line {
            finding,
            judged_by: judged_by.as_deref(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}
