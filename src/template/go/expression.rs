//! What stands in an action: pipelines of commands of operands.

use super::lex::{Kind, Token};
use super::value::Item;

/// A pipeline and the variables that take its value.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) variables: Vec<String>,
    /// `:=`, not `=`.
    pub(super) declares: bool,
    pub(super) pipe: Pipe,
}

/// Commands, each of which takes the value of the one before as its last argument.
#[derive(Debug, Default)]
pub(super) struct Pipe {
    pub(super) commands: Vec<Vec<Operand>>,
    /// What is wrong with it.
    pub(super) bad: Option<&'static str>,
}

/// An operand: something and the fields that are taken of it.
#[derive(Debug)]
pub(super) struct Operand {
    pub(super) base: Base,
    pub(super) fields: Vec<String>,
}

/// What an operand begins with.
#[derive(Debug)]
pub(super) enum Base {
    Dot,
    Variable(String),
    Name(String),
    Literal(Item),
    Group(Pipe),
}

/// How deep parentheses may nest.
const PARENTHESES: usize = 48;

/// A pipeline with the variables before it.
pub(super) fn head(tokens: &[Token], bad: Option<&'static str>) -> Head {
    let sign = |at: usize| match tokens.get(at).map(|token| &token.kind) {
        Some(Kind::Declare) => Some(true),
        Some(Kind::Assign) => Some(false),
        _ => None,
    };
    let variable = |at: usize| match tokens.get(at).map(|token| &token.kind) {
        Some(Kind::Variable(name)) => Some(name.clone()),
        _ => None,
    };
    let comma = matches!(tokens.get(1).map(|token| &token.kind), Some(Kind::Comma));
    let (variables, declares, from) = match (variable(0), sign(1), variable(2), sign(3)) {
        (Some(name), Some(declares), ..) => (vec![name], declares, 2),
        (Some(key), _, Some(name), Some(declares)) if comma => (vec![key, name], declares, 4),
        _ => (Vec::new(), true, 0),
    };
    let mut at = from;
    let read = match bad {
        Some(why) => Err(why),
        None => pipe(tokens, &mut at, 0),
    };
    let pipe = match read {
        Ok(_) if at < tokens.len() => Err("a parenthesis closes nothing"),
        other => other,
    };
    Head {
        variables,
        declares,
        pipe: pipe.unwrap_or_else(|why| Pipe {
            commands: Vec::new(),
            bad: Some(why),
        }),
    }
}

/// A pipeline, up to what closes it.
fn pipe(tokens: &[Token], at: &mut usize, depth: usize) -> Result<Pipe, &'static str> {
    if depth > PARENTHESES {
        return Err("parentheses nest too deeply");
    }
    let mut commands = vec![Vec::new()];
    while let Some(token) = tokens.get(*at) {
        let base = match &token.kind {
            Kind::Close => break,
            Kind::Pipe => {
                *at += 1;
                commands.push(Vec::new());
                continue;
            }
            Kind::Dot | Kind::Field(_) => Base::Dot,
            Kind::Variable(name) => Base::Variable(name.clone()),
            Kind::Name(name) => match name.as_str() {
                "true" => Base::Literal(Item::Bool(true)),
                "false" => Base::Literal(Item::Bool(false)),
                "nil" => Base::Literal(Item::Nil),
                _ => Base::Name(name.clone()),
            },
            Kind::Text(text) => Base::Literal(Item::text(text.clone())),
            Kind::Number(number) => Base::Literal(Item::Number(*number)),
            Kind::Open => {
                *at += 1;
                let group = pipe(tokens, at, depth + 1)?;
                if *at == tokens.len() {
                    return Err("a parenthesis is not closed");
                }
                Base::Group(group)
            }
            Kind::Declare | Kind::Assign | Kind::Comma => {
                return Err("a sign where a value is expected");
            }
        };
        // of `.a.b` the first field is a token of its own
        if !matches!(token.kind, Kind::Field(_)) {
            *at += 1;
        }
        let mut fields = Vec::new();
        while let Some(Token {
            kind: Kind::Field(name),
            spaced,
        }) = tokens.get(*at)
        {
            let first = fields.is_empty() && matches!(token.kind, Kind::Field(_));
            if *spaced && !first {
                break;
            }
            fields.push(name.clone());
            *at += 1;
        }
        if let Some(command) = commands.last_mut() {
            command.push(Operand { base, fields });
        }
    }
    match commands.iter().any(Vec::is_empty) {
        true => Err("a value is missing"),
        false => Ok(Pipe {
            commands,
            bad: None,
        }),
    }
}
