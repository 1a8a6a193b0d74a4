//! What a repository holds that its caveat.toml should know of: a first look, before anyone wrote a line of configuration.

mod hook;
mod languages;
mod readers;
mod tell;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use readers::readers;

use super::bring::Told;
use super::{Config, Error, Options, Project, Walk, relative};
use crate::check::AFFILIATE;
use crate::document::Document;
use crate::finding::Finding;
use crate::lint::Met;
use crate::output::escaped;
use crate::report::Report;
use crate::rule::{Globs, PACKS};
use crate::source::Source;
use crate::syntax;

pub use hook::{HOOK, Hooked, hooked};
pub use tell::tell;
pub use written::config;

/// What a repository holds.
#[derive(Debug, Default)]
pub struct Survey {
    /// How many pages there are of each syntax, by its name.
    pub pages: BTreeMap<&'static str, usize>,
    /// The sites, and how many pages each has.
    sites: BTreeMap<Told, usize>,
    /// What each built-in pack says of the pages, in the order of the shelf.
    pub packs: Vec<PackSeen>,
    /// The shared files that hold what a built-in rule asks for.
    pub holders: BTreeMap<String, Holder>,
    /// The strings of data files that hold what a built-in rule asks for: file → keys.
    pub strings: BTreeMap<String, BTreeSet<String>>,
    /// What pages call and nothing in the repository answers: why not → the call, the first page, how often.
    pub unresolved: BTreeMap<String, Unresolved>,
    /// Folders and endings that say a language, as globs → the language and the number of pages.
    pub languages: BTreeMap<String, (String, usize)>,
    /// Folders that may say a language or a place, as globs → their name and the number of pages.
    pub places: BTreeMap<String, (String, usize)>,
    /// Signs of affiliate links: glob → links and pages.
    pub affiliate: BTreeMap<&'static str, (usize, usize)>,
    /// Files that could not be looked at, and why.
    pub unread: Vec<String>,
}

/// A built-in pack on these pages.
#[derive(Debug)]
pub struct PackSeen {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub title: String,
    /// Its rules, in its order.
    pub rules: Vec<RuleSeen>,
    /// The jurisdictions that its rules name: what is counted is what they would find if the pages were for these.
    pub jurisdictions: BTreeSet<String>,
}

/// A built-in rule on these pages.
#[derive(Debug)]
pub struct RuleSeen {
    /// `pack/id`.
    pub id: String,
    /// What it asks for.
    pub title: String,
    /// Whether it asks every page, whatever it says.
    pub every: bool,
    /// How many findings it would give.
    pub findings: usize,
    /// On how many pages.
    pub on: usize,
    /// How many pages meet it.
    pub met: usize,
}

/// A shared file that holds a disclaimer.
#[derive(Debug, Default)]
pub struct Holder {
    /// The rules that its words meet.
    pub rules: BTreeSet<String>,
    /// How many pages bring it in; 0 for a template that no page was seen to use.
    pub pages: BTreeSet<String>,
}

/// A call that nothing answers.
#[derive(Debug)]
pub struct Unresolved {
    /// The call as it is written, made safe for one line.
    pub call: String,
    /// The first page by name.
    pub page: String,
    /// How often.
    pub times: usize,
}

/// Where strings of a site are kept.
const STRINGS: &str = r#"
[files]
include = ["**"]
[[data]]
path = ["**/{i18n,locales,locale,lang,langs,translations,messages,l10n,_data,data}/**", "**/*.{po,arb}"]
"#;

/// What was seen of one file.
#[derive(Default)]
struct Seen {
    name: String,
    kind: Kind,
    site: Option<Told>,
    /// For each pack.
    packs: Vec<(Vec<Finding>, Vec<Met>)>,
    unresolved: Vec<(String, String)>,
    affiliate: BTreeMap<&'static str, usize>,
}

#[derive(Default)]
enum Kind {
    Page(&'static str),
    Template,
    Data,
    #[default]
    Unread,
}

/// Looks at every file below a folder that `caveat check` would, and at the templates and strings that lie beside them.
///
/// # Errors
/// A folder that cannot be walked.
pub fn survey(folder: &Path, as_of: Date) -> Result<Survey, Error> {
    let projects = PACKS
        .iter()
        .map(|(name, _)| {
            Project::load(&Options {
                cwd: folder.to_owned(),
                near: vec![folder.to_owned()],
                isolated: true,
                packs: vec![(*name).to_owned()],
                as_of,
                ..Options::default()
            })
        })
        .collect::<Result<Vec<Project>, Error>>()?;
    let Some(mut projects) = (!projects.is_empty()).then_some(projects) else {
        return Ok(Survey::default());
    };
    let (wide, mistakes) = Config::parse(&Arc::new(Source::new("survey", STRINGS)));
    debug_assert!(mistakes.is_empty(), "{mistakes:?}");
    projects[0].config = wide;
    let files = projects[0].files(&[PathBuf::from(".")], &Walk::default())?;
    let signs: Vec<(&'static str, Globs)> = AFFILIATE
        .iter()
        .map(|sign| (*sign, Globs::links(vec![(*sign).to_owned()])))
        .collect();
    let seen: Vec<Seen> = files
        .par_iter()
        .map(|path| {
            catch_unwind(AssertUnwindSafe(|| look(&projects, &signs, path))).unwrap_or_else(|_| {
                Seen {
                    name: relative(path, folder),
                    ..Seen::default()
                }
            })
        })
        .collect();
    Ok(summed(&projects, seen))
}

fn look(projects: &[Project], signs: &[(&'static str, Globs)], path: &Path) -> Seen {
    let project = &projects[0];
    let mut seen = Seen {
        name: relative(path, &project.root),
        ..Seen::default()
    };
    let Ok(Ok(source)) = project.read(path) else {
        return seen;
    };
    let template = project.bringer.is_template(path);
    let Ok((mut document, facts)) = project.document(&source, path) else {
        return seen;
    };
    seen.kind = match syntax::of_path(path) {
        None => Kind::Data,
        Some(syntax) if template => {
            // its own words alone: what it calls is another file
            document = syntax.parse(&source);
            Kind::Template
        }
        Some(syntax) => Kind::Page(syntax.name),
    };
    for of in projects {
        let mut facts = facts.clone();
        for (facet, values) in readers(of) {
            facts.facets.entry(facet).or_insert(values);
        }
        let checked = of.judged(seen.name.clone(), &document, &facts);
        let mut findings = checked.suppressed.findings;
        // what is no rule's finding is told by `unresolved` and by `check`
        findings.retain(|finding| of.active.contains(&finding.rule));
        seen.packs.push((findings, checked.outcome.met));
    }
    if let Kind::Page(_) = seen.kind {
        seen.site = project.bringer.told(path);
        seen.of_page(&document, signs);
    }
    seen
}

impl Seen {
    fn of_page(&mut self, document: &Document, signs: &[(&'static str, Globs)]) {
        for problem in &document.unresolved {
            if document.elsewhere.is_none() && !problem.span.is_empty() {
                let call = document.locate(problem.span);
                self.unresolved
                    .push((problem.message.clone(), one_line(call.text())));
            }
        }
        for link in &document.links {
            let sign = signs.iter().find(|(_, globs)| globs.matches(&link.target));
            if let Some((sign, _)) = sign {
                *self.affiliate.entry(sign).or_default() += 1;
            }
        }
    }
}

fn summed(projects: &[Project], seen: Vec<Seen>) -> Survey {
    let mut survey = Survey::default();
    let mut reports: Vec<Report> = projects.iter().map(|_| Report::default()).collect();
    let (mut pages, mut told) = (Vec::new(), BTreeSet::new());
    for seen in seen {
        match seen.kind {
            Kind::Unread => survey.unread.push(seen.name),
            Kind::Template => survey.hold(&seen.name, &seen.packs),
            Kind::Data => survey.hold_strings(&seen.name, &seen.packs),
            Kind::Page(syntax) => {
                *survey.pages.entry(syntax).or_default() += 1;
                for (message, call) in seen.unresolved {
                    let of = survey
                        .unresolved
                        .entry(message)
                        .or_insert_with(|| Unresolved {
                            call,
                            page: seen.name.clone(),
                            times: 0,
                        });
                    of.times += 1;
                }
                for (sign, links) in seen.affiliate {
                    let of = survey.affiliate.entry(sign).or_default();
                    *of = (of.0 + links, of.1 + 1);
                }
                if let Some(site) = seen.site {
                    told.extend(site.languages.iter().cloned());
                    *survey.sites.entry(site).or_default() += 1;
                }
                for (report, (findings, met)) in reports.iter_mut().zip(seen.packs) {
                    survey.bring(&seen.name, &met);
                    report.findings.extend(findings);
                    report.met.extend(met);
                }
                pages.push(seen.name);
            }
        }
    }
    languages::of(&pages, &told, &mut survey);
    for (project, mut report) in projects.iter().zip(reports) {
        report.join_brought();
        survey.packs.extend(pack(project, &report));
    }
    survey
}

/// What a pack says of all pages.
fn pack(project: &Project, report: &Report) -> Option<PackSeen> {
    let pack = project.packs.first()?;
    let (name, _) = PACKS.iter().find(|(name, _)| *name == pack.name)?;
    let rules = pack.rules.iter().map(|rule| {
        let id = &rule.head.id;
        let of = || report.findings.iter().filter(|of| of.rule == *id);
        let on: BTreeSet<&str> = of().map(|of| of.location.source.path()).collect();
        let met = report.met.iter().filter(|met| met.rule == *id);
        let met: BTreeSet<&str> = met.map(|met| met.location.source.path()).collect();
        RuleSeen {
            id: id.clone(),
            title: rule.head.title.clone(),
            every: rule.when.table.keys().next().is_none()
                && rule
                    .demands
                    .iter()
                    .any(|(kind, _)| kind.name != "forbidden"),
            findings: of().count(),
            on: on.len(),
            met: met.len(),
        }
    });
    Some(PackSeen {
        name,
        title: pack.title.clone(),
        jurisdictions: readers(project)
            .remove("jurisdiction")
            .unwrap_or_default()
            .into_iter()
            .collect(),
        rules: rules.collect(),
    })
}

impl PackSeen {
    /// Whether nothing on any page is of its concern.
    fn silent(&self) -> bool {
        self.rules.iter().all(|rule| rule.findings + rule.met == 0)
    }

    /// Its title without its name before it.
    fn about(&self) -> &str {
        match self.title.split_once(": ") {
            Some((name, about)) if name.to_lowercase().starts_with(self.name) => about,
            _ => &self.title,
        }
    }
}

impl Survey {
    /// How many pages there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages.values().sum()
    }

    /// The shared files that meet what the page owes.
    fn bring(&mut self, page: &str, met: &[Met]) {
        for met in met {
            let Some(last) = met.via.last() else { continue };
            let path = last.source.path();
            if path != page {
                let holder = self.holders.entry(path.to_owned()).or_default();
                holder.rules.insert(met.rule.clone());
                holder.pages.insert(page.to_owned());
            }
        }
    }

    /// A template whose own words a rule asks for.
    fn hold(&mut self, name: &str, packs: &[(Vec<Finding>, Vec<Met>)]) {
        for met in packs.iter().flat_map(|(_, met)| met) {
            let holder = self.holders.entry(name.to_owned()).or_default();
            holder.rules.insert(met.rule.clone());
        }
    }

    fn hold_strings(&mut self, name: &str, packs: &[(Vec<Finding>, Vec<Met>)]) {
        let keys = packs.iter().flat_map(|(_, met)| met);
        for key in keys.filter_map(|met| met.key.as_ref()) {
            self.strings
                .entry(name.to_owned())
                .or_default()
                .insert(key.clone());
        }
    }
}

/// A piece of content for one line of a terminal or a comment.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = escaped(&text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// "1 page", "2 pages".
fn counted(number: usize, of: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {of}{s}")
}
