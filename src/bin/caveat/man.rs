//! `caveat completions` and `caveat man`: both say what the arguments say.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;

use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::{Error, Outcome};

const NAME: &str = "caveat";

pub(crate) fn completions(args: &CompletionsArgs) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), NAME, &mut script);
    print(&script)
}

pub(crate) fn run(args: &ManArgs) -> Result<Outcome, Error> {
    let mut command = Args::command();
    // gives the subcommands their full names
    command.build();
    let Some(folder) = &args.out else {
        return print(&whole(&command)?);
    };
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let subcommands = command.get_subcommands().cloned();
    let pages = std::iter::once(command.clone()).chain(subcommands.filter(|of| !of.is_hide_set()));
    for page in pages {
        let name = page.get_display_name().unwrap_or(NAME).to_owned();
        let mut bytes = Vec::new();
        Man::new(page).render(&mut bytes)?;
        let path = folder.join(format!("{name}.1"));
        caveat::project::write_whole(&path, &bytes)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    Ok(Outcome::Clean)
}

/// One page for all: the program's own, then a section for each subcommand.
fn whole(command: &clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for subcommand in command.get_subcommands().filter(|of| !of.is_hide_set()) {
        let man = Man::new(subcommand.clone());
        let mut part = Vec::new();
        man.render_synopsis_section(&mut part)?;
        man.render_description_section(&mut part)?;
        man.render_options_section(&mut part)?;
        writeln!(page, ".SH \"{NAME} {}\"", subcommand.get_name())?;
        // its sections become parts of one
        for line in String::from_utf8_lossy(&part).lines() {
            match line.strip_prefix(".SH ") {
                Some(title) => writeln!(page, ".SS {title}")?,
                None => writeln!(page, "{line}")?,
            }
        }
    }
    writeln!(page, ".SH \"EXIT STATUS\"")?;
    writeln!(
        page,
        "0 when nothing is as bad as \\-\\-fail\\-on, 1 when something is, 2 when caveat could not run."
    )?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

fn print(bytes: &[u8]) -> Result<Outcome, Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
