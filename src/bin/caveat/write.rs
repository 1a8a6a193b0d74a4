//! Where reports of `caveat check` go: standard output or a file, and further files in further formats.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::ColorChoice;
use caveat::output::{self, FORMATS, Format, Style};
use caveat::project::write_whole;
use caveat::report::Report;

use crate::Error;
use crate::args::{CheckArgs, Color};
use crate::check::reads_input;

/// A further file: `--also FORMAT=FILE`.
#[derive(Debug, Clone)]
pub(crate) struct Also {
    format: &'static Format,
    path: PathBuf,
}

impl Also {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let Some((name, path)) = text.split_once('=') else {
            return Err("it is FORMAT=FILE, say sarif=caveat.sarif".to_owned());
        };
        let format = output::named(name).ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            format!(
                "there is no format `{name}`; there are {}",
                names.join(", ")
            )
        })?;
        if path.is_empty() {
            return Err("the file is missing after `=`".to_owned());
        }
        Ok(Self {
            format,
            path: path.into(),
        })
    }
}

/// The files that the run will write. A report of an earlier run is no content, even where it is named as content is.
///
/// # Errors
/// When two reports would be written to one file.
pub(crate) fn written(args: &CheckArgs) -> Result<Vec<PathBuf>, Error> {
    let mut taken = Vec::new();
    let also = args.also.iter().map(|also| &also.path);
    for path in args.output.iter().chain(also) {
        let whole = std::path::absolute(path)?;
        if taken.contains(&whole) {
            let path = path.display();
            return Err(format!("two reports cannot be written to one file: {path}").into());
        }
        taken.push(whole);
    }
    Ok(taken)
}

/// Writes the report wherever it is wanted; files come whole or not at all.
pub(crate) fn write(args: &CheckArgs, report: &Report) -> Result<(), Error> {
    let format = output::named(&args.format).expect("clap knows the formats");
    let columns = terminal_size::terminal_size()
        .map(|(width, _)| usize::from(width.0))
        .or_else(|| std::env::var("COLUMNS").ok()?.parse().ok())
        .unwrap_or(100);
    let mut style = Style {
        color: false,
        width: columns.clamp(40, 160),
        quiet: args.quiet,
        waived: args.show_waived,
        link_base: &args.link_base,
    };
    if format.name == "concise" && !args.quiet {
        // it has lines for findings alone
        if let Some(judged_by) = output::judged_by(report) {
            told(&format!("judged by {judged_by}"));
        }
    }
    // files first: whoever reads standard output may stop reading
    for also in &args.also {
        to_file(also.format, report, style, &also.path)?;
    }
    if let Some(path) = &args.output {
        return to_file(format, report, style, path);
    }
    style.color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    };
    if args.fix && reads_input(args) {
        // standard output holds the page
        style.color = false;
        let mut out = io::BufWriter::new(io::stderr().lock());
        (format.write)(report, style, &mut out)?;
        return Ok(out.flush()?);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    (format.write)(report, style, &mut out)?;
    Ok(out.flush()?)
}

fn to_file(format: &Format, report: &Report, style: Style<'_>, path: &Path) -> Result<(), Error> {
    let mut bytes = Vec::new();
    (format.write)(report, style, &mut bytes)?;
    write_whole(path, &bytes)
        .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}

/// Says something to people who run the program: on standard error, and never with signs that a terminal obeys.
pub(crate) fn told(what: &str) {
    // nobody hears of it where standard error is closed
    let _ = writeln!(io::stderr(), "caveat: {}", output::escaped(what));
}

/// Whether whoever reads standard output has stopped reading.
pub(crate) fn is_broken_pipe(error: &Error) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
