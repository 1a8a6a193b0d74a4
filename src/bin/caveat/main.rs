//! The program: arguments in, one subcommand, exit code out.

mod args;
mod baseline;
mod changes;
mod check;
mod explain;
mod fix;
mod init;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod schema;
mod test;
mod watch;
mod write;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// What a run comes to.
enum Outcome {
    Clean,
    Findings,
    Failed,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match args.command {
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => list::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Init(args) => init::run(&args),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => man::completions(&args),
        Command::Man(args) => man::run(&args),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) if write::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            write::told(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// What stops a run; shown to people as it is.
type Error = Box<dyn std::error::Error>;
