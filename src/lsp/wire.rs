//! Messages as bytes. What is no message is answered and passed over, whatever it is: an editor keeps its server for days.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// A message has at most so many bytes.
const LARGEST: u64 = 256 << 20;
/// A line of a header has at most so many.
const LONGEST_LINE: u64 = 1 << 16;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, with what there is to answer.
    Wrong(Response),
    /// Nothing more.
    End,
}

/// Reads the next message.
///
/// # Errors
/// When the stream itself cannot be read.
pub fn read(input: &mut dyn BufRead) -> io::Result<Incoming> {
    let Some(size) = header(input)? else {
        return Ok(Incoming::End);
    };
    let size = match size {
        Ok(size) if size > LARGEST => {
            io::copy(&mut input.take(size), &mut io::sink())?;
            return Ok(wrong(
                ErrorCode::InvalidRequest,
                format!("a message of {size} bytes is too large"),
            ));
        }
        Ok(size) => size,
        Err(message) => return Ok(wrong(ErrorCode::ParseError, message)),
    };
    let mut body = Vec::new();
    let read = input.take(size).read_to_end(&mut body)?;
    if (read as u64) < size {
        return Ok(Incoming::End);
    }
    Ok(match serde_json::from_slice::<Value>(&body) {
        Ok(value) => message(value),
        Err(error) => wrong(ErrorCode::ParseError, format!("this is no JSON: {error}")),
    })
}

/// The size that a header gives; none at the end of the stream.
fn header(input: &mut dyn BufRead) -> io::Result<Option<Result<u64, String>>> {
    let mut size = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        let blank = line.trim().is_empty();
        // what stands before it may be the rest of something broken
        if let Some((_, number)) = line.rsplit_once("content-length:") {
            let number = number.trim();
            size = Some(
                number
                    .parse::<u64>()
                    .map_err(|_| format!("`{number}` is no length of a message")),
            );
        } else if blank && let Some(size) = size {
            return Ok(Some(size));
        } else if blank {
            return Ok(Some(Err("a header without `Content-Length`".to_owned())));
        }
    }
}

fn message(mut value: Value) -> Incoming {
    let Some(object) = value.as_object_mut() else {
        return wrong(
            ErrorCode::InvalidRequest,
            "a message is an object".to_owned(),
        );
    };
    let id = object.get("id").filter(|id| !id.is_null()).map(of_id);
    let params = object.remove("params").unwrap_or_default();
    match (object.remove("method"), id) {
        (Some(Value::String(method)), None) => {
            Incoming::Message(Message::Notification(Notification { method, params }))
        }
        (Some(Value::String(method)), Some(Some(id))) => {
            Incoming::Message(Message::Request(Request { id, method, params }))
        }
        (None, Some(Some(id))) if object.contains_key("result") || object.contains_key("error") => {
            let error = object.remove("error").filter(|error| !error.is_null());
            let response = match error {
                Some(error) => Response::new_err(id, 0, error.to_string()),
                None => Response::new_ok(id, object.remove("result").unwrap_or_default()),
            };
            Incoming::Message(Message::Response(response))
        }
        (_, id) => {
            let message = "this is neither a request nor a notification nor an answer".to_owned();
            let id = id.flatten().unwrap_or_else(nobody);
            Incoming::Wrong(Response::new_err(
                id,
                ErrorCode::InvalidRequest as i32,
                message,
            ))
        }
    }
}

fn wrong(code: ErrorCode, message: String) -> Incoming {
    Incoming::Wrong(Response::new_err(nobody(), code as i32, message))
}

/// What marks ids that the types have no room for: numbers beyond 32 bits, and the id of nobody.
pub(super) const OTHER: char = '\0';

fn nobody() -> RequestId {
    RequestId::from(format!("{OTHER}null"))
}

fn of_id(id: &Value) -> Option<RequestId> {
    match id {
        Value::String(text) => Some(RequestId::from(text.clone())),
        Value::Number(number) => Some(
            match number
                .as_i64()
                .and_then(|number| i32::try_from(number).ok())
            {
                Some(number) => RequestId::from(number),
                None => RequestId::from(format!("{OTHER}{number}")),
            },
        ),
        _ => None,
    }
}

/// Writes a message.
///
/// # Errors
/// When the stream cannot be written.
pub fn write(message: &Message, out: &mut dyn Write) -> io::Result<()> {
    let mut value = serde_json::to_value(message)?;
    value["jsonrpc"] = json!("2.0");
    if let Some(other) = value["id"].as_str().and_then(|id| id.strip_prefix(OTHER)) {
        value["id"] = serde_json::from_str(other).unwrap_or_default();
    }
    // a notification has none, not even one that is nothing
    if matches!(message, Message::Notification(_))
        && let Some(object) = value.as_object_mut()
    {
        object.remove("id");
    }
    let body = serde_json::to_vec(&value)?;
    write!(out, "Content-Length: {}\r\n\r\n", body.len())?;
    out.write_all(&body)?;
    out.flush()
}
