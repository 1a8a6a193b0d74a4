//! What stands behind the calls of a page: shortcodes, includes, layouts and components, found in the repository by the conventions
//! of its generator, and evaluated.

mod asked;
mod components;
mod configured;
mod hugo;
mod liquid;
mod site;
mod texts;
mod told;
mod tree;
mod values;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::document::Document;
use crate::project::view::View;
use crate::project::{By, Options, Provider};
use crate::source::{Source, Span};
use crate::template::ask::{Answer, Call, Form, Providers, Question};
use crate::template::component::{Import, imports};
use crate::template::{Context, Mark, Opened, Opens, Output, Value};
use asked::Once;
pub(super) use asked::{Ask, Asked, recording};
use site::{Generator, Site, site_of};
pub(super) use told::Told;
use tree::{Tree, folder_of};

/// The files of a project that its pages may bring in.
#[derive(Debug)]
pub(super) struct Bringer {
    tree: Tree,
    /// The site of each folder that holds a page.
    sites: Mutex<HashMap<String, Once<Arc<Site>>>>,
    /// What config says of calls.
    providers: Vec<Provider>,
}

impl Bringer {
    pub(super) fn new(
        repository: &Path,
        root: &Path,
        cwd: &Path,
        providers: Vec<Provider>,
        view: View,
    ) -> Self {
        Self {
            tree: Tree::new(repository, root, cwd, view),
            sites: Mutex::default(),
            providers,
        }
    }

    /// What the page at a path can bring in. None for a page outside of the repository.
    pub(super) fn providers(self: &Arc<Self>, path: &Path) -> Option<Providers> {
        let page = self.tree.inside(path)?;
        let site = self.site(&page);
        let own: &[Form] = match site.generator {
            Generator::Hugo => &[Form::Shortcode],
            Generator::MkDocs => &[Form::Snippet],
            Generator::MdBook => &[Form::Book],
            Generator::DocFx => &[Form::Learn],
            Generator::None => &[Form::Snippet, Form::Learn],
            _ => &[],
        };
        // the syntax itself says so
        let mut forms = vec![Form::Directive, Form::Component];
        forms.extend(own);
        for provider in &self.providers {
            match provider.by {
                By::Shortcode => forms.push(Form::Shortcode),
                By::Component => forms.push(Form::Component),
                By::Include | By::Layout | By::FrontMatter => {}
            }
        }
        let bringer = Arc::clone(self);
        let own = Own::default();
        let templated = matches!(
            site.generator,
            Generator::Jekyll | Generator::Eleventy | Generator::GitBook
        );
        Some(Providers {
            forms,
            body: templated,
            braces: templated || site.evaluates(&self.tree),
            ask: Arc::new(move |question, document| {
                let asking = Asking {
                    tree: &bringer.tree,
                    site: &site,
                    page: &page,
                    providers: &bringer.providers,
                    own: &own,
                };
                asking.answer(question, document)
            }),
        })
    }

    /// Whether a file is no page but a template or a part that pages bring in, by the conventions of its generator.
    pub(super) fn is_template(&self, path: &Path) -> bool {
        self.tree
            .inside(path)
            .is_some_and(|inside| self.site(&inside).is_template(&inside))
    }

    /// The site that a page belongs to, told to people. None where no generator is known.
    pub(super) fn told(&self, path: &Path) -> Option<Told> {
        let page = self.tree.inside(path)?;
        told::told(&self.site(&page), &self.tree)
    }

    /// Whether one of these files was asked for, be it there or not.
    pub(super) fn has_read(&self, files: &[PathBuf]) -> bool {
        files.iter().any(|file| self.tree.has_asked(file))
    }

    /// Reads from elsewhere what is not read yet.
    pub(super) fn look_at(&mut self, view: View) {
        self.tree.look_at(view);
    }

    fn site(&self, page: &str) -> Arc<Site> {
        let folder = folder_of(page);
        let lock = || self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(folder).cloned();
        let (site, asked) = known.unwrap_or_else(|| {
            let (site, asked) = recording(|| site_of(&self.tree, page));
            lock()
                .entry(folder.to_owned())
                .or_insert((Arc::new(site), Arc::new(asked)))
                .clone()
        });
        asked::note_all(&asked);
        site
    }

    /// The folder that what pages ask for is named from.
    pub(super) fn root(&self) -> &Path {
        self.tree.root()
    }
}

/// The folder that pages may bring in files from: the repository round the root of the project; where there is none, the site that
/// is named, so that its layouts can be read when only its content is checked.
pub(super) fn repository(options: &Options, root: &Path) -> PathBuf {
    let near = options
        .near
        .first()
        .map_or_else(|| root.to_path_buf(), |near| options.cwd.join(near));
    let from = if near.starts_with(root) { root } else { &near };
    if let Some(repository) = from.ancestors().find(|above| above.join(".git").exists()) {
        return repository.to_path_buf();
    }
    if near.starts_with(root) {
        return root.to_path_buf();
    }
    near.ancestors()
        .skip(usize::from(near.is_file()))
        .find(|above| site::is_site(above))
        .map_or_else(
            || near.parent().unwrap_or(&near).to_path_buf(),
            Path::to_path_buf,
        )
}

/// A page that asks.
struct Asking<'a> {
    tree: &'a Tree,
    site: &'a Site,
    /// Its path from the root.
    page: &'a str,
    providers: &'a [Provider],
    own: &'a Own,
}

/// What is told of a page once, however often it asks.
#[derive(Default)]
struct Own {
    imports: OnceLock<Arc<Vec<Import>>>,
    /// Its front matter.
    meta: OnceLock<Value>,
    /// What the configuration of its site gives it.
    defaults: OnceLock<BTreeMap<String, String>>,
    /// The folders that its snippets lie in.
    snippets: OnceLock<Vec<String>>,
}

/// What a template that is evaluated for a page needs besides the page.
struct Setting<'a> {
    arguments: BTreeMap<String, Value>,
    paired: bool,
    facts: &'a BTreeMap<String, Value>,
    /// What the front matter of the page has where it says nothing itself.
    defaults: BTreeMap<String, Value>,
    /// Where the names that its calls give lead to: the path of the file that calls, how, the name.
    find: &'a dyn Fn(&str, Opens, &str) -> Result<String, String>,
    strings: &'a dyn Fn(&str) -> Value,
}

impl Asking<'_> {
    fn answer(&self, question: &Question<'_>, document: &mut Document) -> Answer {
        let answer = self.tree.telling(|| match self.found(question, document) {
            Answer::Unresolved(message) => Err(message),
            other => Ok(other),
        });
        answer.unwrap_or_else(Answer::Unresolved)
    }

    fn found(&self, question: &Question<'_>, document: &mut Document) -> Answer {
        if let Question::Layout = question {
            let found = self.layout(document);
            return configured::round(self, found, document);
        }
        if let Question::Call(call) = question
            && let Some(answer) = configured::call(self, call, document)
        {
            return answer;
        }
        match question {
            Question::Layout => self.layout(document),
            Question::Body(range) => liquid::body(self, range.clone(), document),
            Question::Call(call) => match call.form {
                Form::Shortcode => hugo::shortcode(self, call, document),
                Form::Component => components::component(self, call, document),
                Form::Snippet | Form::Book | Form::Learn | Form::Directive => {
                    texts::include(self, call, document)
                }
            },
        }
    }

    fn layout(&self, document: &mut Document) -> Answer {
        document.elsewhere.clone_from(&self.site.theme_away);
        match self.site.generator {
            Generator::Hugo => hugo::layout(self, document),
            Generator::Jekyll | Generator::Eleventy => liquid::layout(self, document),
            Generator::Components => components::layout(self, document),
            _ => Answer::Nothing,
        }
    }

    /// What a source imports.
    fn imports(&self, source: &Source) -> Arc<Vec<Import>> {
        let find = || Arc::new(imports(source.text()));
        // the page itself asks most often
        if source.path() == self.tree.shown(self.page) {
            Arc::clone(self.own.imports.get_or_init(find))
        } else {
            find()
        }
    }

    /// The front matter of the page.
    fn meta(&self, document: &Document) -> &Value {
        self.own.meta.get_or_init(|| {
            document.meta.as_ref().map_or_else(
                || Value::Map(BTreeMap::new()),
                |meta| values::of_meta(meta, &document.source, 0),
            )
        })
    }

    /// Opens a file of the tree for the document.
    fn open(&self, path: &str, call: Span, document: &mut Document) -> Result<Opened, String> {
        let source = self.tree.read(path)?;
        let base = document
            .bring(&source, call)
            .ok_or_else(|| "the page brings in too much".to_owned())?;
        Ok(Opened { source, base })
    }

    /// Evaluates templates for the page: `run` gets what they may know and ask for.
    fn evaluate(
        &self,
        setting: &Setting<'_>,
        document: &mut Document,
        run: &dyn Fn(&Context<'_>) -> Output,
    ) -> Output {
        let own = self.meta(document);
        let mut with_defaults = None;
        if let (Value::Map(table), false) = (own, setting.defaults.is_empty()) {
            let mut table = table.clone();
            for (key, value) in &setting.defaults {
                table.entry(key.clone()).or_insert_with(|| value.clone());
            }
            with_defaults = Some(Value::Map(table));
        }
        let page = with_defaults.as_ref().unwrap_or(own);
        // which file each place belongs to, so that names are found from there
        let shared = RefCell::new(document);
        let open = |how: Opens, name: &str, call: Span| -> Result<Opened, String> {
            let mut document = shared.borrow_mut();
            let from = document.brought_at(call.start).map_or_else(
                || self.page.to_owned(),
                |of| self.tree.path_of(&of.source).unwrap_or_default(),
            );
            let path = self.tree.telling(|| (setting.find)(&from, how, name))?;
            if cycles(&document, call, &path, self.tree) {
                return Err(format!("`{name}` brings in itself"));
            }
            self.open(&path, call, &mut document)
        };
        let context = Context {
            arguments: setting.arguments.clone(),
            paired: setting.paired,
            page,
            facts: setting.facts,
            site: &self.site.config,
            strings: setting.strings,
            open: &open,
        };
        let mut output = run(&context);
        let document = shared.into_inner();
        self.bring_shared(&mut output, document);
        output
    }

    /// Brings in the data files that values of the output stand in.
    fn bring_shared(&self, output: &mut Output, document: &mut Document) {
        let mut bases: BTreeMap<usize, Option<usize>> = BTreeMap::new();
        output.text.move_places(|place| {
            let Some((added, source)) = self.tree.shared(place.start) else {
                return place;
            };
            let base = *bases
                .entry(added)
                .or_insert_with(|| document.bring(&source, Span::default()));
            base.map_or_else(Span::default, |base| {
                let moved = |at: u32| (at as usize).saturating_sub(added) + base;
                Span::new(moved(place.start), moved(place.end))
            })
        });
        let known = |span: Span| self.tree.shared(span.start).is_none();
        for (_, mark) in &mut output.marks {
            if let Mark::Undecided(span) | Mark::Unknown(span) | Mark::Problem(span, _) = mark
                && !known(*span)
            {
                *span = Span::default();
            }
        }
    }

    /// The arguments of a call, as a template gets them.
    fn arguments(call: &Call, document: &Document) -> BTreeMap<String, Value> {
        let argument = |(name, text, span): &(String, String, Span)| {
            let mut pieces = crate::pieces::Pieces::default();
            if document.slice(*span) == text {
                pieces.push(text, span.start as usize);
            } else {
                pieces.push_as(text, *span);
            }
            (name.clone(), Value::Text(pieces))
        };
        call.arguments.iter().map(argument).collect()
    }
}

/// Whether a file that would be brought in is being read already.
fn cycles(document: &Document, call: Span, path: &str, tree: &Tree) -> bool {
    let Ok(source) = tree.read(path) else {
        return false;
    };
    let mut at = call;
    while let Some(brought) = document.brought_at(at.start) {
        if Arc::ptr_eq(&brought.source, &source) {
            return true;
        }
        at = brought.call;
    }
    Arc::ptr_eq(&document.source, &source) || document.source.path() == source.path()
}

/// A text as a fact of a page.
fn fact(text: &str) -> Value {
    let mut pieces = crate::pieces::Pieces::default();
    pieces.push_as(text, Span::default());
    Value::Text(pieces)
}

/// The path of a source, without what the tree adds to it.
fn ending(source: &Source) -> &str {
    source.path().rsplit('.').next().unwrap_or_default()
}
