//! Components of JSX, Astro, Vue and Svelte: the literal markup that one returns for the arguments of a call. No program is run:
//! what a component puts out besides literals, arguments and constants is unknown, and so is a condition on anything else.

mod branches;
mod call;
mod file;
mod markup;
mod names;
mod plain;
mod put;
mod scan;
mod show;
mod signs;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Context, DEEPEST, LONGEST, Mark, Opened, Opens, Output, Value};
use crate::source::Span;
use file::{File, Known};

pub(crate) use names::{Import, imports};

/// What a component puts out for a call: `component` is the name that it is exported by, none the default export.
pub(crate) fn evaluate(root: &Opened, component: Option<&str>, context: &Context<'_>) -> Output {
    let mut run = Run {
        context,
        steps: 0,
        bytes: 0,
        depth: 0,
        calls: Vec::new(),
        files: BTreeMap::new(),
    };
    let props = Props {
        given: context
            .arguments
            .iter()
            .map(|(name, value)| (name.clone(), Known::Value(value.clone())))
            .collect(),
        // the page gives what nothing here can tell
        spread: context.arguments.contains_key(SPREAD),
        inner: Inner::Page(context.paired),
        slots: BTreeMap::new(),
    };
    let mut out = Output::default();
    let at = Span::new(root.base, root.base);
    run.component(root, component, props, at, &mut out);
    out
}

/// The name of an argument that stands for `{...rest}`.
pub(crate) const SPREAD: &str = "...";

/// How deep expressions, branches and calls may nest together.
const NESTED: usize = 160;
/// How many tokens may be looked at for one call.
const STEPS: usize = 4 << 20;

/// What one evaluation uses up and keeps.
struct Run<'a> {
    context: &'a Context<'a>,
    steps: usize,
    bytes: usize,
    depth: usize,
    /// The components that are being evaluated, by file and name.
    calls: Vec<(String, Option<String>)>,
    files: BTreeMap<(String, usize), Rc<File>>,
}

/// What a call gives to a component.
#[derive(Debug)]
struct Props {
    given: BTreeMap<String, Known>,
    /// Whether it gives what nothing here can tell besides, as `{...rest}`.
    spread: bool,
    inner: Inner,
    /// What is inner by the name of its slot.
    slots: BTreeMap<String, Rc<Output>>,
}

/// What stands between the tags of a call.
#[derive(Debug, Clone)]
enum Inner {
    /// What the page has there, if anything.
    Page(bool),
    Kids(Rc<Output>),
    None,
}

/// Where an expression stands: its file, the names in sight, the arguments.
#[derive(Clone)]
struct Frame {
    file: Rc<File>,
    names: Vec<(String, Known)>,
    props: Rc<Props>,
}

impl Run<'_> {
    /// Counts work; false when it was too much.
    fn step(&mut self, count: usize) -> bool {
        self.steps = self.steps.saturating_add(count + 1);
        self.steps <= STEPS
    }

    /// Goes one deeper for `of`; none when that is too deep.
    fn deeper<T>(&mut self, of: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= NESTED || !self.step(0) {
            return None;
        }
        self.depth += 1;
        let got = of(self);
        self.depth -= 1;
        Some(got)
    }

    /// Evaluates a component of a file that was opened.
    fn component(
        &mut self,
        opened: &Opened,
        name: Option<&str>,
        props: Props,
        call: Span,
        out: &mut Output,
    ) {
        let key = (opened.source.path().to_owned(), name.map(str::to_owned));
        if self.calls.contains(&key) {
            let message = format!("`{}` brings itself in", opened.source.path());
            out.marks
                .push((out.text.text.len(), Mark::Problem(call, message)));
            return;
        }
        if self.calls.len() >= DEEPEST {
            let message = "components call one another too deeply".to_owned();
            out.marks
                .push((out.text.text.len(), Mark::Problem(call, message)));
            return;
        }
        let file = self.file(opened);
        self.calls.push(key);
        let done = self.deeper(|run| run.exported(&file, name, props, call, out));
        if done.is_none() {
            out.marks.push((out.text.text.len(), Mark::Unknown(call)));
        }
        self.calls.pop();
    }

    fn file(&mut self, opened: &Opened) -> Rc<File> {
        let key = (opened.source.path().to_owned(), opened.base);
        if let Some(file) = self.files.get(&key) {
            return Rc::clone(file);
        }
        self.step(opened.source.text().len() / 4);
        let file = Rc::new(File::of(opened));
        self.files.insert(key, Rc::clone(&file));
        file
    }

    /// Opens a component by the path of its import.
    fn open(&self, path: &str, call: Span) -> Result<Opened, String> {
        (self.context.open)(Opens::Import, path, call)
    }
}
