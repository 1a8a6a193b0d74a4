//! What stands in the slots of a component, and what an element gives to what it calls.

use super::*;

impl Run<'_> {
    /// What a call gives: its attributes, and what stands between its tags.
    pub(in crate::template::component) fn arguments(
        &mut self,
        frame: &Frame,
        at: usize,
        kids: Range<usize>,
    ) -> Props {
        let file = Rc::clone(&frame.file);
        let mut given = BTreeMap::new();
        let mut spread = false;
        for Attribute {
            name,
            value,
            at: place,
        } in self.attributes(frame, at)
        {
            let known = match value {
                Given::Spread => {
                    spread = true;
                    continue;
                }
                Given::Nothing => Known::Value(Value::Bool(true)),
                Given::Words(token) => {
                    let raw = file.word(token);
                    let quoted = usize::from(raw.starts_with(['"', '\'']) && raw.len() > 1);
                    let body = &raw[quoted..raw.len() - quoted];
                    let place = file.opened.base + file.tokens[token].at.start + quoted;
                    if body.contains('{') && file.flavour == Flavour::Svelte {
                        Known::UNKNOWN
                    } else {
                        Known::Value(Value::Text(entities(body, place)))
                    }
                }
                Given::Code(code) => {
                    let _ = place;
                    match self.known(frame, code.clone()) {
                        Known::Value(Value::Unknown) if has_elements(&file, code.clone()) => {
                            let mut markup = Output::default();
                            self.show(frame, code, &mut markup);
                            Known::Markup(Rc::new(markup))
                        }
                        Known::Code(_) | Known::Function(_) | Known::Prop(..) => Known::UNKNOWN,
                        known => known,
                    }
                }
            };
            given.insert(camel(&name), known);
        }
        let mut slots: BTreeMap<String, Rc<Output>> = BTreeMap::new();
        let mut inner = Output::default();
        let mut from = kids.start;
        let mut here = kids.start;
        while here < kids.end {
            let next = file.past(here).min(kids.end);
            if let Some(slot) = slot_name(&file, here) {
                self.markup(frame, from..here, &mut inner);
                let mut named = Output::default();
                self.markup(frame, here..next, &mut named);
                slots.insert(slot, Rc::new(named));
                from = next;
            }
            here = next;
        }
        self.markup(frame, from..kids.end, &mut inner);
        let empty = inner.text.text.trim().is_empty() && inner.marks.is_empty();
        Props {
            given,
            spread,
            inner: if empty {
                Inner::None
            } else {
                Inner::Kids(Rc::new(inner))
            },
            slots,
        }
    }

    /// `<slot>`: what the call has for it, else what stands in it.
    pub(in crate::template::component) fn slot(
        &mut self,
        frame: &Frame,
        at: usize,
        past: usize,
        out: &mut Output,
    ) {
        let file = Rc::clone(&frame.file);
        let head = file.tokens[at].end;
        let named = file
            .find(at + 1..head, Kind::Attribute, "name")
            .map(|name| file.word(name + 2).trim_matches(['"', '\'']).to_owned());
        let given = match &named {
            Some(name) if name != "default" => match frame.props.slots.get(name) {
                Some(output) => {
                    let output = Rc::clone(output);
                    return self.append(&output, out);
                }
                None => false,
            },
            _ => !matches!(frame.props.inner, Inner::None | Inner::Page(false)),
        };
        let has_own = file.tokens[head].end > head + 1;
        if given || !has_own && named.is_none() {
            self.inner(frame, out);
        } else if has_own {
            let done = self.deeper(|run| run.markup(frame, head + 1..past - 1, out));
            if done.is_none() {
                self.mark(Mark::Unknown(file.span(at..past)), out);
            }
        }
    }
}
