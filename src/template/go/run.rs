//! Walks the steps of a template: what is put out, what is decided, and what is not.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::Stands;
use super::branch::Flow;
use super::expression::{Head, Pipe};
use super::parse::{Does, Program, program};
use super::value::{Item, Words, escaped};
use crate::source::Span;
use crate::template::{Context, DEEPEST, LONGEST, Mark, Opened, Opens, Output};

/// How many steps the templates of one call may take.
const STEPS: usize = 1 << 20;
/// How deep blocks, parentheses and calls may nest in one another as they run.
const NESTED: usize = 240;

/// A running template.
pub(super) struct Run<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) stands: Stands,
    /// The front matter.
    pub(super) page: Item,
    pub(super) site: Item,
    /// A list, or a table, as the call has them.
    pub(super) arguments: Item,
    /// The action that runs.
    pub(super) at: Span,
    pub(super) out: Words,
    pub(super) variables: Vec<(String, Item)>,
    defined: BTreeMap<String, (Rc<Program>, Range<usize>)>,
    /// What was read, by text and base.
    programs: BTreeMap<(usize, usize), Rc<Program>>,
    /// The calls that run: where each begins, and in how many doubts.
    calls: Vec<(usize, usize, usize)>,
    /// What the running call returned.
    returned: Option<Item>,
    depth: usize,
    pub(super) doubts: usize,
    left: usize,
    /// Why nothing more is run; told at the very end, as what is put out meanwhile may be dropped.
    stopped: Option<(Span, &'static str)>,
}

impl<'a> Run<'a> {
    pub(super) fn new(stands: Stands, context: &'a Context<'a>) -> Self {
        Self {
            context,
            stands,
            page: Item::of(context.page, true),
            site: Item::of(context.site, true),
            arguments: super::page::arguments(context),
            at: Span::default(),
            out: Words::default(),
            variables: Vec::new(),
            defined: BTreeMap::new(),
            programs: BTreeMap::new(),
            calls: Vec::new(),
            returned: None,
            depth: 0,
            doubts: 0,
            left: STEPS,
            stopped: None,
        }
    }

    pub(super) fn whole(mut self, root: &Opened, definitions: &[Opened]) -> Output {
        for file in definitions {
            self.read(file);
        }
        let root = self.read(root);
        let dot = match self.stands {
            Stands::Shortcode => Item::Call,
            Stands::Layout => Item::Page,
        };
        self.variables = vec![("$".to_owned(), dot.clone())];
        self.calls.push((Rc::as_ptr(&root).addr(), 0, 0));
        self.walk(&root, 0..root.steps.len(), &dot);
        if let Some((span, why)) = self.stopped {
            self.mark(Mark::Problem(span, why.to_owned()));
        }
        Output {
            text: self.out.text,
            marks: self.out.marks,
        }
    }

    /// Reads a file, and takes up what it defines that nothing else has.
    fn read(&mut self, file: &Opened) -> Rc<Program> {
        let key = (file.source.text().as_ptr().addr(), file.base);
        if let Some(program) = self.programs.get(&key) {
            return program.clone();
        }
        self.spend(file.source.text().len() / 16);
        let program = Rc::new(program(file));
        for (name, body) in &program.defines {
            let body = (program.clone(), body.clone());
            self.defined.entry(name.clone()).or_insert(body);
        }
        self.programs.insert(key, program.clone());
        program
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        self.out.marks.push((self.out.text.text.len(), mark));
    }

    /// Takes steps from what is left; false once nothing is.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        if self.left > 0 {
            self.left = self.left.saturating_sub(steps + 1);
            if self.left == 0 {
                self.stopped = Some((self.at, "the template runs too long"));
            }
        }
        self.left > 0
    }

    /// Goes one level down, if that is not too deep.
    pub(super) fn down(&mut self) -> bool {
        let fits = self.depth < NESTED;
        self.depth += usize::from(fits);
        fits
    }

    pub(super) fn up(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn walk(&mut self, program: &Rc<Program>, range: Range<usize>, dot: &Item) -> Flow {
        let scope = self.variables.len();
        if !self.down() {
            self.mark(Mark::Problem(
                self.at,
                "the template nests too deeply".to_owned(),
            ));
            return Flow::Next;
        }
        let mut flow = Flow::Next;
        let mut at = range.start;
        while at < range.end && self.spend(0) {
            let next = program.steps[at].next;
            flow = self.step(program, at, dot);
            at = next;
            match flow {
                Flow::Next => {}
                Flow::Maybe(span, _) if at < range.end => {
                    let rest = self.perhaps(span, |run| run.walk(program, at..range.end, dot));
                    flow = flow.or(rest, span);
                    break;
                }
                _ => break,
            }
        }
        self.variables.truncate(scope);
        self.up();
        flow
    }

    fn step(&mut self, program: &Rc<Program>, at: usize, dot: &Item) -> Flow {
        let step = &program.steps[at];
        self.at = step.span;
        match &step.does {
            Does::Text(range) => {
                let text = &program.opened.source.text()[range.clone()];
                if self.fits(text.len()) {
                    let place = program.opened.base + range.start;
                    self.out.text.push(text, place);
                }
            }
            Does::Put(head) => {
                let value = self.head(head, dot);
                if head.variables.is_empty() {
                    self.put(&value, step.span);
                }
            }
            Does::Choose(arms) => {
                let scope = self.variables.len();
                let flow = self.choose(program, arms, dot);
                self.variables.truncate(scope);
                return flow;
            }
            Does::Each(head, body, other) => {
                let scope = self.variables.len();
                let flow = self.each(program, head, body, other, dot);
                self.variables.truncate(scope);
                return flow;
            }
            Does::Template(name, value) => {
                let value = value
                    .as_ref()
                    .map_or(Item::Nil, |pipe| self.pipe(pipe, dot));
                let shown = self.template(name, value, step.span);
                self.put(&shown, step.span);
            }
            Does::Nothing => {}
            Does::Break => return Flow::Break,
            Does::Continue => return Flow::Continue,
            Does::Return(value) => {
                self.give_back(value.as_ref(), dot);
                return Flow::Return;
            }
        }
        Flow::Next
    }

    fn give_back(&mut self, value: Option<&Pipe>, dot: &Item) {
        let Some(pipe) = value else { return };
        let value = self.pipe(pipe, dot);
        let sure = self.calls.last().is_none_or(|call| call.2 == self.doubts);
        // what perhaps was returned before this hides it
        self.returned = match (self.returned.take(), sure) {
            (None, true) => Some(value),
            (Some(before), _) if before.same(&value) => Some(value),
            _ => Some(Item::Unknown(None)),
        };
    }

    /// Whether so much more may be put out.
    fn fits(&mut self, length: usize) -> bool {
        let fits = self.out.text.text.len() + length <= LONGEST;
        if !fits && self.left > 0 {
            self.left = 0;
            self.stopped = Some((self.at, "the template puts out too much"));
        }
        fits && self.spend(length / 64)
    }

    fn put(&mut self, value: &Item, span: Span) {
        match value {
            Item::Words(words) if !self.fits(words.text.text.len()) => {}
            Item::Words(words) if !words.html => self.out.add(&escaped(words)),
            other => self.out.push(other, span),
        }
    }

    /// The value of a pipeline, which its variables take.
    pub(super) fn head(&mut self, head: &Head, dot: &Item) -> Item {
        if let Some(why) = head.pipe.bad {
            self.mark(Mark::Problem(self.at, why.to_owned()));
        }
        let value = self.pipe(&head.pipe, dot);
        if let [name] = &head.variables[..] {
            self.name(name, head.declares, value.clone());
        }
        value
    }

    pub(super) fn name(&mut self, name: &str, declares: bool, value: Item) {
        if declares {
            return self.variables.push((name.to_owned(), value));
        }
        self.spend(self.variables.len() / 16);
        let known = self
            .variables
            .iter_mut()
            .rev()
            .find(|(known, _)| known == name);
        if let Some((_, old)) = known {
            *old = value;
        }
    }

    pub(super) fn variable(&mut self, name: &str) -> Item {
        self.spend(self.variables.len() / 16);
        let known = self.variables.iter().rev().find(|(known, _)| known == name);
        known.map_or(Item::Unknown(None), |(_, value)| value.clone())
    }

    /// What a template puts out that was defined under this name.
    fn template(&mut self, name: &str, value: Item, span: Span) -> Item {
        if let Some((program, body)) = self.defined.get(name).cloned() {
            return self.run(&program, body, value, span);
        }
        match name
            .strip_prefix("partials/")
            .or(name.strip_prefix("_partials/"))
        {
            Some(name) => self.partial(name, value),
            // what the generator brings along
            None if name.starts_with("_internal/") => Item::Unknown(None),
            None => Item::mark(Mark::Problem(
                span,
                format!("no template `{name}` is defined"),
            )),
        }
    }

    /// What a partial puts out or returns.
    pub(super) fn partial(&mut self, name: &str, value: Item) -> Item {
        let span = self.at;
        for room in ["partials", "_partials"] {
            for end in ["", ".html"] {
                let inline = self.defined.get(&format!("{room}/{name}{end}"));
                if let Some((program, body)) = inline.cloned() {
                    return self.run(&program, body, value, span);
                }
            }
        }
        match (self.context.open)(Opens::Partial, name, span) {
            Ok(file) => {
                let program = self.read(&file);
                let all = 0..program.steps.len();
                self.run(&program, all, value, span)
            }
            Err(why) => Item::mark(Mark::Problem(span, why)),
        }
    }

    /// What steps put out or return, with a dot and variables of their own.
    fn run(&mut self, program: &Rc<Program>, steps: Range<usize>, dot: Item, span: Span) -> Item {
        let key = (Rc::as_ptr(program).addr(), steps.start);
        let again = |call: &&(usize, usize, usize)| (call.0, call.1) == key;
        // in a doubt it would never end
        if self
            .calls
            .iter()
            .rev()
            .find(again)
            .is_some_and(|call| call.2 < self.doubts)
        {
            return Item::Unknown(None);
        }
        if self.calls.len() >= DEEPEST || !self.down() {
            return Item::mark(Mark::Problem(
                span,
                "templates call one another too deeply".to_owned(),
            ));
        }
        self.calls.push((key.0, key.1, self.doubts));
        let out = std::mem::take(&mut self.out);
        let variables = std::mem::replace(&mut self.variables, vec![("$".to_owned(), dot.clone())]);
        let returned = self.returned.take();
        self.walk(program, steps.clone(), &dot);
        let mut shown = std::mem::replace(&mut self.out, out);
        self.variables = variables;
        let value = std::mem::replace(&mut self.returned, returned);
        self.calls.pop();
        self.up();
        self.at = span;
        if program.returns && steps.len() == program.steps.len() {
            return value.unwrap_or(Item::Nil);
        }
        shown.html = true;
        value.unwrap_or_else(|| Item::Words(Rc::new(shown)))
    }
}
