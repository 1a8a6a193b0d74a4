//! `caveat init`.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use caveat::project::baseline::{Baseline, FILE, Looked};
use caveat::project::init::{HOOK, Hooked, Survey, config, hooked, survey, tell};
use caveat::project::{Config, Options, Project, Walk, write_whole};
use caveat::source::Source;

use crate::args::{InitArgs, today};
use crate::{Error, Outcome};

const CONFIG: &str = "caveat.toml";
const HOOKS: &str = ".pre-commit-config.yaml";

pub(crate) fn run(args: &InitArgs) -> Result<Outcome, Error> {
    let folder = std::env::current_dir()?.join(&args.folder);
    if !folder.is_dir() {
        return Err(format!("{} is no folder", args.folder.display()).into());
    }
    // paths in messages are short and links are followed once
    let folder = folder.canonicalize()?;
    let path = folder.join(CONFIG);
    if !args.dry_run {
        refuse(args, &path)?;
        if args.baseline && !args.force && folder.join(FILE).symlink_metadata().is_ok() {
            return Err(format!("{FILE} is there: `--force` writes over it").into());
        }
    }
    let survey = survey(&folder, args.as_of.unwrap_or_else(today))?;
    let text = config(&survey, args.baseline.then_some(FILE));
    let (_, mistakes) = Config::parse(&Arc::new(Source::new(CONFIG, text.as_str())));
    if let Some(mistake) = mistakes.first() {
        return Err(format!("nothing was written: {}; please report it", mistake.message).into());
    }
    if args.dry_run {
        write!(io::stderr(), "{}", tell(&survey))?;
        write!(io::stdout(), "{text}")?;
        return Ok(Outcome::Clean);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    write!(out, "{}", tell(&survey))?;
    write_whole(&path, text.as_bytes())
        .map_err(|wrong| format!("cannot write {CONFIG}: {wrong}"))?;
    writeln!(out, "\nwrote {CONFIG}")?;
    if args.baseline {
        known(args, &folder, &mut out)?;
    }
    if args.pre_commit {
        hook(&folder, &mut out)?;
    }
    if args.baseline {
        writeln!(out, "`caveat check` tells what is new from now on")?;
    } else {
        next(&survey, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Says no before any work where the file may not be written.
fn refuse(args: &InitArgs, path: &Path) -> Result<(), Error> {
    match path.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(meta) if meta.is_symlink() => {
            Err(format!("{CONFIG} is a link: write it yourself, `--dry-run` prints it").into())
        }
        Ok(meta) if !meta.is_file() => Err(format!("{CONFIG} is there and is no file").into()),
        Ok(_) if args.force => Ok(()),
        Ok(_) => Err(format!(
            "{CONFIG} is there: `--force` writes over it, `--dry-run` prints what would be written"
        )
        .into()),
    }
}

/// Writes what is found today as known.
fn known(args: &InitArgs, folder: &Path, out: &mut dyn Write) -> Result<(), Error> {
    let project = Project::load(&Options {
        cwd: folder.to_path_buf(),
        near: vec![folder.to_path_buf()],
        as_of: args.as_of.unwrap_or_else(today),
        ..Options::default()
    })?;
    let files = project.files(&[folder.to_path_buf()], &Walk::default())?;
    let (mut report, errors) = project.check(&files, true, &|| ());
    if let Some(error) = errors.first() {
        return Err(
            format!("{FILE} is not written, for not every file could be read: {error}").into(),
        );
    }
    let looked = Looked {
        whole: true,
        all_rules: true,
    };
    let update = Baseline::empty(FILE.to_owned()).update(&mut report, &project, looked, true);
    write_whole(&folder.join(FILE), update.text.as_bytes())
        .map_err(|wrong| format!("cannot write {FILE}: {wrong}"))?;
    let s = if update.held == 1 { "" } else { "s" };
    writeln!(out, "wrote {FILE}: it holds {} finding{s}", update.held)?;
    Ok(())
}

/// Adds the hook of pre-commit, or shows what to add.
fn hook(folder: &Path, out: &mut dyn Write) -> Result<(), Error> {
    let path = folder.join(HOOKS);
    let by_hand = |out: &mut dyn Write, why: &str| {
        writeln!(
            out,
            "{HOOKS} was left as it is, because {why}. Add under `repos:`:\n\n{HOOK}"
        )
    };
    if !folder.join(".git").exists() {
        return Ok(by_hand(
            out,
            "it belongs in the root of the git repository, which is not this folder",
        )?);
    }
    let text = match path.symlink_metadata() {
        Err(_) => String::new(),
        Ok(meta) if !meta.is_file() => return Ok(by_hand(out, "it is no plain file")?),
        Ok(_) => match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(_) => return Ok(by_hand(out, "it cannot be read as text")?),
        },
    };
    match hooked(&text) {
        Hooked::With(with) => {
            write_whole(&path, with.as_bytes())
                .map_err(|wrong| format!("cannot write {HOOKS}: {wrong}"))?;
            writeln!(out, "added caveat to {HOOKS}")?;
        }
        Hooked::Already => writeln!(out, "{HOOKS} has caveat already")?,
        Hooked::No(why) => by_hand(out, why)?,
    }
    Ok(())
}

fn next(survey: &Survey, out: &mut dyn Write) -> io::Result<()> {
    let core = survey.packs.iter().find(|pack| pack.name == "core");
    let findings: usize = core.map_or(0, |pack| pack.rules.iter().map(|of| of.findings).sum());
    if findings == 0 {
        writeln!(
            out,
            "`caveat check` finds nothing now; clauses for every page are chosen in {CONFIG}"
        )
    } else {
        writeln!(out, "`caveat check` shows the findings")
    }
}
