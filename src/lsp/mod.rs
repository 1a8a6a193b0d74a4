//! The language server: findings while one writes, the law behind them, the fix. One thread and one queue, so that nothing is said of
//! a text that is no more; what is open wins over the disk.

mod actions;
mod buffers;
mod client;
mod complete;
mod diagnose;
mod homes;
mod hover;
mod law;
mod notes;
mod places;
mod requests;
mod toml;
mod waive;
mod whole;
pub mod wire;
mod written;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crossbeam_channel::Sender;
use jiff::civil::Date;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{Diagnostic, Url};
use serde_json::{Value, json};

use crate::project::Options;
use buffers::Buffer;
use client::Client;
use homes::Home;
use places::Lens;
use requests::Refused;
use whole::Whole;

/// The kind of the action that applies every safe fix of a page.
const FIX_ALL: &str = "source.fixAll.caveat";

/// Shows a rule: its id, the address of a page whose project has it.
const OPEN_RULE: &str = "caveat.openRule";
/// Applies an edit, for clients that take commands alone.
const APPLY: &str = "caveat.applyEdit";

/// So many messages are looked at ahead, for those that take back others.
const AHEAD: usize = 64;

/// How a server begins.
#[derive(Debug)]
pub struct Start {
    /// What the command line says of projects.
    pub options: Options,
    /// The day to judge by, where it is not today.
    pub as_of: Option<Date>,
    /// Today.
    pub today: fn() -> Date,
}

/// Where a server and its client are.
enum Phase<'a> {
    Before,
    Working(Box<Session<'a>>),
    ShutDown,
}

/// Serves a client until it says `exit` or goes. Whether it ended as the protocol wants: `shutdown`, then `exit`.
#[must_use]
pub fn serve(connection: &Connection, start: &Start) -> bool {
    let mut phase = Phase::Before;
    let mut queue: VecDeque<Message> = VecDeque::new();
    loop {
        if queue.is_empty() {
            if let Phase::Working(session) = &mut phase {
                session.settle_or_tell();
            }
            match connection.receiver.recv() {
                Ok(message) => queue.push_back(message),
                Err(_) => return false,
            }
        }
        while queue.len() < AHEAD
            && let Ok(message) = connection.receiver.try_recv()
        {
            take_back(&message, &mut queue, &connection.sender);
            queue.push_back(message);
        }
        match queue.pop_front() {
            Some(Message::Notification(of)) if of.method == "exit" => {
                return matches!(phase, Phase::ShutDown);
            }
            Some(Message::Request(request)) => {
                if let Some(response) = answer(&mut phase, request, start, &connection.sender) {
                    // a client that is gone hears nothing
                    let _ = connection.sender.send(response.into());
                }
            }
            Some(Message::Notification(of)) => {
                if let Phase::Working(session) = &mut phase {
                    session.note(of);
                }
            }
            Some(Message::Response(response)) => {
                if let Phase::Working(session) = &mut phase {
                    session.heard(response);
                }
            }
            None => {}
        }
    }
}

/// Takes the request out of the queue that a `$/cancelRequest` is about.
fn take_back(message: &Message, queue: &mut VecDeque<Message>, sender: &Sender<Message>) {
    let Message::Notification(of) = message else {
        return;
    };
    if of.method != "$/cancelRequest" {
        return;
    }
    let wanted = &of.params["id"];
    let number = wanted.to_string();
    let same = |id: &RequestId| {
        let id = serde_json::to_value(id).unwrap_or_default();
        // numbers beyond 32 bits are kept as texts
        let kept = id.as_str().and_then(|id| id.strip_prefix(wire::OTHER));
        id == *wanted || kept.is_some_and(|id| id == number)
    };
    let at = queue
        .iter()
        .position(|of| matches!(of, Message::Request(request) if same(&request.id)));
    if let Some(Message::Request(request)) = at.and_then(|at| queue.remove(at)) {
        let message = "taken back".to_owned();
        let response = Response::new_err(request.id, ErrorCode::RequestCanceled as i32, message);
        let _ = sender.send(response.into());
    }
}

fn answer<'a>(
    phase: &mut Phase<'a>,
    request: Request,
    start: &'a Start,
    sender: &'a Sender<Message>,
) -> Option<Response> {
    let error = |code: ErrorCode, message: &str| {
        Response::new_err(request.id.clone(), code as i32, message.to_owned())
    };
    Some(match (&mut *phase, request.method.as_str()) {
        (Phase::Before, "initialize") => {
            let session = Session::new(&request.params, start, sender);
            let result = json!({
                "capabilities": client::capabilities(&session.client),
                "serverInfo": { "name": "caveat", "version": env!("CARGO_PKG_VERSION") },
            });
            *phase = Phase::Working(Box::new(session));
            Response::new_ok(request.id, result)
        }
        (Phase::Before, _) => error(ErrorCode::ServerNotInitialized, "`initialize` comes first"),
        (Phase::Working(_), "initialize") => {
            error(ErrorCode::InvalidRequest, "`initialize` comes once")
        }
        (Phase::Working(_), "shutdown") => {
            *phase = Phase::ShutDown;
            Response::new_ok(request.id, Value::Null)
        }
        // it takes its time, and answers by itself
        (Phase::Working(session), "workspace/diagnostic") => {
            session.look_at_all(request);
            return None;
        }
        (Phase::Working(session), _) => session.answer(request),
        (Phase::ShutDown, _) => error(ErrorCode::InvalidRequest, "the server is shut down"),
    })
}

/// Whether a TOML file is a rule pack by what it says.
fn is_pack(text: &str) -> bool {
    let headers = ["[pack]", "[[rule]]", "[[disclosure]]"];
    text.lines().any(|line| headers.contains(&line.trim()))
}

/// What comes of a piece of work; a panic in it is an error that ends nothing else.
fn guarded<T>(what: &str, work: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = format!("`{what}` failed; please report it");
        Err((ErrorCode::InternalError, message))
    })
}

/// A server at work.
struct Session<'a> {
    client: Client,
    lens: Lens,
    start: &'a Start,
    sender: &'a Sender<Message>,
    /// What the command line and the settings of the client say of projects.
    base: Options,
    folders: Vec<PathBuf>,
    homes: Vec<Home>,
    buffers: Vec<Buffer>,
    /// What was sent of each file, with the version that it was sent for.
    sent: BTreeMap<Url, (Option<i32>, Vec<Diagnostic>)>,
    /// What each open page is said of, so that it need not be made for each question.
    said: diagnose::Said,
    /// Something changed since the last look.
    stale: bool,
    /// What projects are made of changed.
    reload: bool,
    /// The day is given, and is not today's.
    fixed_day: bool,
    /// The workspace, where someone asks for it.
    whole: Whole,
    /// What changed since someone asked for it; all of it when there is too much.
    changed: BTreeSet<PathBuf>,
    anew: bool,
    /// How often the client was told to ask again.
    refreshed: u64,
}

impl<'a> Session<'a> {
    fn new(params: &Value, start: &'a Start, sender: &'a Sender<Message>) -> Self {
        let client = Client::of(params);
        let mut session = Self {
            lens: Lens {
                client: client.clone(),
                open: BTreeMap::new(),
            },
            client,
            start,
            sender,
            base: start.options.clone(),
            folders: client::folders(params),
            homes: Vec::new(),
            buffers: Vec::new(),
            sent: BTreeMap::new(),
            said: diagnose::Said::new(),
            stale: false,
            reload: false,
            fixed_day: false,
            whole: Whole::default(),
            changed: BTreeSet::new(),
            anew: false,
            refreshed: 0,
        };
        session.set(&params["initializationOptions"]);
        session
    }

    /// Answers a request; a panic in it ends nothing but the request.
    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        match guarded(&method, || self.asked_for(&method, params)) {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        }
    }

    /// Takes note of something; a panic in it ends nothing else.
    fn note(&mut self, of: Notification) {
        let method = of.method.clone();
        let noted = guarded(&method, || {
            self.noted(of);
            Ok(())
        });
        if let Err((_, message)) = noted {
            self.log(&message);
        }
    }

    fn settle_or_tell(&mut self) {
        let settled = guarded("looking at what changed", || {
            self.settle();
            Ok(())
        });
        if let Err((_, message)) = settled {
            self.log(&message);
        }
    }

    /// The text that is open at an address.
    fn buffer(&self, uri: &Url) -> Option<&Buffer> {
        self.buffers.iter().find(|of| of.uri == *uri)
    }

    /// Tells the client something that is for nobody's eyes.
    fn log(&self, message: &str) {
        self.tell(
            "window/logMessage",
            json!({ "type": 2, "message": message }),
        );
    }

    fn tell(&self, method: &str, params: Value) {
        // a client that is gone hears nothing
        let _ = self
            .sender
            .send(Notification::new(method.to_owned(), params).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_the_request_alone() {
        let failed = guarded::<()>("textDocument/hover", || panic!("on purpose"));
        let (code, message) = failed.unwrap_err();
        assert_eq!(code as i32, -32603);
        assert_eq!(message, "`textDocument/hover` failed; please report it");
        assert_eq!(guarded("x", || Ok(1)).unwrap(), 1);
    }
}
