//! The functions of templates that need nothing but their arguments: logic and numbers here, the rest in [`lists`] and [`words`].

use super::value::Item;
use super::{lists, words};
use crate::source::Span;

/// What a function gives for arguments, the piped one last. What is not known here is not known.
pub(super) fn call(name: &str, arguments: &[Item], at: Span) -> Item {
    logic(name, arguments)
        .or_else(|| numbers(name, arguments))
        .or_else(|| lists::call(name, arguments, at))
        .or_else(|| words::call(name, arguments, at))
        .unwrap_or(Item::Unknown(None))
}

fn truth(known: Option<bool>) -> Item {
    known.map_or(Item::Unknown(None), Item::Bool)
}

fn logic(name: &str, arguments: &[Item]) -> Option<Item> {
    Some(match (name, arguments) {
        ("eq" | "compare.Eq", [one, others @ ..]) if !others.is_empty() => {
            truth(among(one, others))
        }
        ("ne" | "compare.Ne", [one, others @ ..]) if !others.is_empty() => {
            truth(among(one, others).map(|equal| !equal))
        }
        ("lt" | "compare.Lt", [one, two]) => truth(ordered(one, two, |one, two| one < two)),
        ("le" | "compare.Le", [one, two]) => truth(ordered(one, two, |one, two| one <= two)),
        ("gt" | "compare.Gt", [one, two]) => truth(ordered(one, two, |one, two| one > two)),
        ("ge" | "compare.Ge", [one, two]) => truth(ordered(one, two, |one, two| one >= two)),
        ("not", [one]) => truth(one.truth().map(|truth| !truth)),
        ("and", [_, ..]) => decide(arguments, false),
        ("or", [_, ..]) => decide(arguments, true),
        ("default" | "compare.Default", [other]) => other.clone(),
        ("default" | "compare.Default", [other, value]) => match (value, value.truth()) {
            // what is false is set
            (Item::Bool(_), _) | (_, Some(true)) => value.clone(),
            (_, Some(false)) => other.clone(),
            (_, None) if value.same(other) => value.clone(),
            (_, None) => Item::Unknown(other.truth().filter(|truth| *truth)),
        },
        ("cond" | "compare.Conditional", [condition, one, two]) => match condition.truth() {
            Some(true) => one.clone(),
            Some(false) => two.clone(),
            None if one.same(two) => one.clone(),
            None => Item::Unknown(one.truth().filter(|_| one.truth() == two.truth())),
        },
        // these put out nothing, or stop the whole site
        (
            "warnf" | "warnidf" | "errorf" | "erroridf" | "fmt.Warnf" | "fmt.Warnidf"
            | "fmt.Errorf" | "fmt.Erroridf",
            _,
        ) => Item::Nil,
        ("newScratch" | "collections.NewScratch", _) => Item::Store,
        ("reflect.IsMap", [one]) => kind(one, |one| matches!(one, Item::Map(_))),
        ("reflect.IsSlice", [one]) => kind(one, |one| matches!(one, Item::List(_))),
        // addresses and times are something
        (
            "relURL" | "absURL" | "relLangURL" | "absLangURL" | "ref" | "relref" | "now"
            | "time.Now",
            _,
        )
        | (
            "urls.RelURL" | "urls.AbsURL" | "urls.RelLangURL" | "urls.AbsLangURL" | "urls.Ref"
            | "urls.RelRef",
            _,
        ) => Item::Unknown(Some(true)),
        _ => return None,
    })
}

fn kind(of: &Item, is: impl FnOnce(&Item) -> bool) -> Item {
    match of {
        Item::Unknown(_) => Item::Unknown(None),
        known => Item::Bool(is(known)),
    }
}

/// Whether a value is one of others.
pub(super) fn among(one: &Item, others: &[Item]) -> Option<bool> {
    let mut sure = true;
    for other in others {
        match one.equals(other) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => sure = false,
        }
    }
    sure.then_some(false)
}

/// The first value that decides `or` (true) or `and` (false), or else the last.
fn decide(values: &[Item], with: bool) -> Item {
    let mut unsure = false;
    for value in values {
        match value.truth() {
            Some(truth) if truth == with => {
                return match unsure {
                    true => Item::Unknown(Some(with)),
                    false => value.clone(),
                };
            }
            Some(_) => {}
            None => unsure = true,
        }
    }
    match values.last() {
        Some(last) if !unsure || values.len() == 1 => last.clone(),
        _ => Item::Unknown(None),
    }
}

/// A number, or text that is one.
fn number(item: &Item) -> Option<f64> {
    match item {
        Item::Number(number) => Some(*number),
        other => other.str()?.trim().parse().ok(),
    }
}

fn ordered(one: &Item, two: &Item, holds: impl FnOnce(f64, f64) -> bool) -> Option<bool> {
    Some(holds(number(one)?, number(two)?))
}

fn numbers(name: &str, arguments: &[Item]) -> Option<Item> {
    let all = || -> Option<Vec<f64>> {
        let plain = |item: &Item| match item {
            Item::Number(number) => Some(*number),
            _ => None,
        };
        arguments.iter().map(plain).collect()
    };
    let fold = |each: fn(f64, f64) -> f64| {
        let result = all().and_then(|numbers| numbers.into_iter().reduce(each));
        let known = result.filter(|number| number.is_finite());
        known.map_or(Item::Unknown(None), Item::Number)
    };
    Some(match name {
        "add" | "math.Add" => fold(|one, two| one + two),
        "sub" | "math.Sub" => fold(|one, two| one - two),
        "mul" | "math.Mul" => fold(|one, two| one * two),
        // of whole numbers a whole one
        "div" | "math.Div" => fold(|one, two| match one.fract() == 0.0 && two.fract() == 0.0 {
            true => (one / two).trunc(),
            false => one / two,
        }),
        "mod" | "math.Mod" => fold(|one, two| one % two),
        "math.Max" => fold(f64::max),
        "math.Min" => fold(f64::min),
        "int" | "cast.ToInt" => {
            let known = arguments.first().and_then(number);
            known.map_or(Item::Unknown(None), |number| Item::Number(number.trunc()))
        }
        "float" | "cast.ToFloat" => {
            let known = arguments.first().and_then(number);
            known.map_or(Item::Unknown(None), Item::Number)
        }
        _ => return None,
    })
}
