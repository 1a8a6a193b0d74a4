//! Names, and what is picked from them.

use super::*;

impl Run<'_> {
    /// A name, and what is picked from it: `props.x`, `COPY.eu`, `COPY[region]`.
    pub(in crate::template::component) fn member(
        &mut self,
        frame: &Frame,
        range: Range<usize>,
    ) -> Known {
        let file = Rc::clone(&frame.file);
        let mut known = match file.word(range.start) {
            "null" | "undefined" => Known::NIL,
            "true" => Known::Value(Value::Bool(true)),
            "false" => Known::Value(Value::Bool(false)),
            "this" | "Astro" if file.word(range.start + 2) == "props" => Known::Props,
            "$$props" | "$$restProps" => Known::Props,
            "$$slots" => return Known::UNKNOWN,
            name => self.name(frame, name),
        };
        let mut at = range.start + 1;
        if matches!(file.word(range.start), "this" | "Astro") {
            at += 2;
        }
        while at < range.end {
            let key = match (file.kind(at), file.word(at)) {
                (Some(Kind::Sign), "." | "?.") if file.kind(at + 1) == Some(Kind::Word) => {
                    at += 2;
                    file.word(at - 1).to_owned()
                }
                (Some(Kind::Open), "[") => {
                    let inside = file.inside(at);
                    at = file.past(at);
                    match self.value(frame, inside) {
                        Value::Text(key) => key.text,
                        Value::Number(number) => number.to_string(),
                        _ => return Known::UNKNOWN,
                    }
                }
                _ => return Known::UNKNOWN,
            };
            known = match known {
                Known::Props => self.prop(frame, &key, None),
                Known::Value(Value::Map(mut table)) => {
                    Known::Value(table.remove(&key).unwrap_or_default())
                }
                Known::Value(Value::List(mut list)) => match key.parse::<usize>() {
                    Ok(number) if number < list.len() => Known::Value(list.swap_remove(number)),
                    _ if key == "length" => Known::Value(Value::Number(list.len() as f64)),
                    _ => Known::UNKNOWN,
                },
                Known::Value(Value::Nil) => Known::NIL,
                _ => Known::UNKNOWN,
            };
        }
        known
    }

    /// What a name stands for, with constants and arguments looked up.
    pub(in crate::template::component) fn name(&mut self, frame: &Frame, name: &str) -> Known {
        match self.found(frame, name) {
            Some(Known::Code(code)) => {
                // a loop of constants ends where it is too deep
                self.known(frame, code)
            }
            Some(Known::Prop(name, default)) => self.prop(frame, &name, default),
            Some(Known::Import(import)) => self.constant(frame, &import),
            Some(known) => known,
            None => Known::UNKNOWN,
        }
    }
}
