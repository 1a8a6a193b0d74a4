//! What can be typed, and nothing else.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use caveat::output::FORMATS;

/// The compliance-disclaimer linter: required wording, prohibited claims, exact spans.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lint files and folders
    Check(Box<CheckArgs>),
    /// Show a rule with its law and examples, or why each rule applies to a file or not
    Explain(ExplainArgs),
    /// List the rules: id, severity, title
    Rules(RulesArgs),
    /// Run every rule's own examples
    Test(TestArgs),
    /// Write a caveat.toml from what is found in a repository
    Init(InitArgs),
    /// Serve an editor: the language server, on standard input and output
    #[cfg(feature = "lsp")]
    Lsp(LspArgs),
    /// Print the JSON Schema of caveat.toml or of rule packs
    Schema(SchemaArgs),
    /// Print what completes caveat's arguments in a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one page for each command
    Man(ManArgs),
}

/// Which rules run.
#[derive(Debug, ClapArgs)]
pub(crate) struct RuleArgs {
    /// Read this config instead of the nearest caveat.toml
    #[arg(long, value_name = "FILE", env = "CAVEAT_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Read no config
    #[arg(long, conflicts_with = "config")]
    pub(crate) isolated: bool,
    /// Use this pack instead of the config's: a built-in name or a file (repeatable)
    #[arg(long = "pack", value_name = "NAME|FILE")]
    pub(crate) packs: Vec<String>,
    /// Run only these rules: ids, `pack/*`, tags (repeatable)
    #[arg(
        long,
        visible_alias = "rule",
        value_name = "RULE",
        value_delimiter = ','
    )]
    pub(crate) select: Vec<String>,
    /// Leave these rules out: ids, `pack/*`, tags (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Judge by this day instead of today (UTC)
    #[arg(long, value_name = "DATE", env = "CAVEAT_AS_OF")]
    pub(crate) as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CheckArgs {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// Check the HTML pages of a built site instead: its folder, or that of `[site]` in caveat.toml
    #[arg(long, value_name = "FOLDER", num_args = 0..=1)]
    pub(crate) site: Option<Option<PathBuf>>,
    /// How to write the report
    #[arg(long, alias = "output-format", value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| clap::builder::PossibleValue::new(format.name).help(format.about))), env = "CAVEAT_FORMAT")]
    pub(crate) format: String,
    /// Write the report to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write the report to a file in another format too, from the same run: `--also sarif=caveat.sarif` (repeatable)
    #[arg(long, value_name = "FORMAT=FILE", value_parser = crate::write::Also::parse)]
    pub(crate) also: Vec<crate::write::Also>,
    /// Write what is waived too: in sarif as suppressed, in junit as skipped, in markdown as a table; json always has it
    #[arg(long)]
    pub(crate) show_waived: bool,
    /// What links to files begin with in markdown: the address of this folder
    #[arg(
        long,
        value_name = "URL",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) link_base: String,
    /// The name of what comes on standard input
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// The mildest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: Severity,
    /// Exit with 0 whatever is found
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Put approved wording in place: apply the fixes that are safe
    #[arg(long, conflicts_with_all = ["site", "write_baseline"])]
    pub(crate) fix: bool,
    /// Apply, with `--fix` or `--diff`, also the fixes that someone should look at
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Show what `--fix` would change as a unified diff, and write nothing
    #[arg(long, conflicts_with_all = ["fix", "site", "write_baseline"])]
    pub(crate) diff: bool,
    /// Leave these files out: globs from the project's root (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Of files that are named, check only those that a walk would: not what is excluded, not included, a template or no content
    #[arg(long)]
    pub(crate) force_exclude: bool,
    /// Do not tell the findings that this file holds; `baseline` of caveat.toml says the same
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write the baseline: caveat-baseline.json beside caveat.toml where nothing else is said. What is gone is taken out, what is new is not added
    #[arg(long, conflicts_with_all = ["staged", "since", "watch"])]
    pub(crate) write_baseline: bool,
    /// Let `--write-baseline` add new findings to a baseline that is there
    #[arg(long, requires = "write_baseline")]
    pub(crate) accept_new: bool,
    /// Check what is staged, as it would be committed: the pages, and those that bring in what is staged
    #[arg(long, conflicts_with_all = ["since", "site"])]
    pub(crate) staged: bool,
    /// Check what changed since this branch left REV, committed or not: the pages, and those that bring in what changed
    #[arg(long, value_name = "REV", conflicts_with = "site")]
    pub(crate) since: Option<String>,
    /// Of `--staged` or `--since`, tell only findings on changed lines and those that were not there before
    #[arg(long)]
    pub(crate) changed_lines: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, short, conflicts_with_all = ["staged", "since", "changed_lines", "site", "fix", "diff"])]
    pub(crate) watch: bool,
    /// Walk hidden files, `node_modules` and what .gitignore and .ignore leave out
    #[arg(long)]
    pub(crate) no_ignore: bool,
    /// How many files are read at a time; as many as the machine has cores when left out
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// When to colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Print findings only
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    /// A rule's id, or a file
    #[arg(value_name = "RULE|FILE")]
    pub(crate) what: String,
    /// Show the page as the linter sees it: what a reader sees, in order, and where it comes from
    #[arg(long)]
    pub(crate) text: bool,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RulesArgs {
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TestArgs {
    /// Packs: built-in names or files; the config's when left out, every built-in one when there is no config
    #[arg(value_name = "PACK")]
    pub(crate) tested: Vec<String>,
    /// List every phrase that is in no example of its rule
    #[arg(long)]
    pub(crate) untried: bool,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InitArgs {
    /// The folder to look at and to write caveat.toml in
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Write over a caveat.toml that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Print the caveat.toml on standard output and write nothing
    #[arg(long, conflicts_with_all = ["force", "pre_commit", "baseline"])]
    pub(crate) dry_run: bool,
    /// Take the findings of today for known: write them to caveat-baseline.json
    #[arg(long)]
    pub(crate) baseline: bool,
    /// Add caveat to .pre-commit-config.yaml
    #[arg(long)]
    pub(crate) pre_commit: bool,
    /// Judge by this day instead of today (UTC)
    #[arg(long, value_name = "DATE", env = "CAVEAT_AS_OF")]
    pub(crate) as_of: Option<Date>,
}

#[cfg(feature = "lsp")]
#[derive(Debug, ClapArgs)]
pub(crate) struct LspArgs {
    /// Some editors say so; there is nothing else
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_name = "WHAT", default_value = "config")]
    pub(crate) what: SchemaOf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// Of which shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// Write `caveat.1`, `caveat-check.1` and the others to this folder instead
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    Config,
    Pack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Severity {
    Note,
    Warning,
    Error,
}

impl From<Severity> for caveat::finding::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Note,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

impl RuleArgs {
    /// As the library takes them.
    pub(crate) fn options(&self, near: &[PathBuf]) -> std::io::Result<caveat::project::Options> {
        Ok(caveat::project::Options {
            cwd: std::env::current_dir()?,
            config: self.config.clone(),
            near: near.to_vec(),
            isolated: self.isolated,
            packs: self.packs.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            as_of: self.as_of.unwrap_or_else(today),
            view: caveat::project::View::default(),
        })
    }
}

/// Today in UTC. The clock is read here and nowhere else.
pub(crate) fn today() -> Date {
    jiff::tz::TimeZone::UTC
        .to_datetime(jiff::Timestamp::now())
        .date()
}
