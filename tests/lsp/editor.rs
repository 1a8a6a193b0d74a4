//! An editor for tests: it opens and changes texts, asks, and keeps what it is told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use caveat::lsp::{Start, serve};
use caveat::project::Options;
use lsp_server::{Connection, Message, Notification, Request, Response};
use lsp_types::Url;
use serde_json::{Value, json};

use crate::TODAY;

/// Longer than anything takes on a slow machine.
const LONG: Duration = Duration::from_secs(60);

pub(super) struct Editor {
    pub(super) connection: Connection,
    server: Option<JoinHandle<bool>>,
    root: PathBuf,
    next: i32,
    /// What was published last of each file, by its path from the root.
    pub(super) published: BTreeMap<String, Value>,
    /// What the server asked, by method, oldest first.
    pub(super) asked: Vec<Request>,
    pub(super) told: Vec<Notification>,
    pub(super) encoding: String,
}

/// What a client of today can do, with this encoding.
pub(super) fn able(encoding: &str) -> Value {
    json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] } },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            "hover": { "contentFormat": ["markdown"] },
            "completion": { "completionItem": { "snippetSupport": false } },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

/// The same, and it asks for diagnostics.
pub(super) fn asking(encoding: &str) -> Value {
    let mut able = able(encoding);
    able["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    able
}

impl Editor {
    /// An editor whose server was not greeted yet.
    pub(super) fn silent(root: &Path) -> Self {
        let (server, connection) = Connection::memory();
        let day = TODAY.parse().expect("a date");
        let start = Start {
            options: Options {
                cwd: root.to_path_buf(),
                as_of: day,
                ..Options::default()
            },
            as_of: Some(day),
            today: || TODAY.parse().expect("a date"),
        };
        let server = std::thread::spawn(move || serve(&server, &start));
        Self {
            connection,
            server: Some(server),
            root: root.to_path_buf(),
            next: 0,
            published: BTreeMap::new(),
            asked: Vec::new(),
            told: Vec::new(),
            encoding: String::new(),
        }
    }

    /// An editor at work in a folder.
    pub(super) fn new(root: &Path, capabilities: Value) -> Self {
        let mut editor = Self::silent(root);
        let params = json!({
            "processId": null,
            "rootUri": Url::from_file_path(root).expect("absolute"),
            "workspaceFolders": [{ "uri": Url::from_file_path(root).expect("absolute"), "name": "site" }],
            "capabilities": capabilities,
        });
        let result = editor.ask("initialize", params);
        editor.encoding = result["capabilities"]["positionEncoding"]
            .as_str()
            .expect("an encoding")
            .to_owned();
        editor.tell("initialized", json!({}));
        editor
    }

    pub(super) fn uri(&self, name: &str) -> Url {
        if name.contains(':') {
            return name.parse().expect("an address");
        }
        Url::from_file_path(self.root.join(name)).expect("absolute")
    }

    pub(super) fn send(&self, message: impl Into<Message>) {
        self.connection
            .sender
            .send(message.into())
            .expect("the server listens");
    }

    pub(super) fn tell(&self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Asks and waits; what else comes is kept.
    pub(super) fn ask_for(&mut self, method: &str, params: Value) -> Response {
        self.next += 1;
        let id = self.next;
        self.send(Request::new(id.into(), method.to_owned(), params));
        self.answer(id)
    }

    /// The answer to a request.
    pub(super) fn answer(&mut self, id: i32) -> Response {
        loop {
            match self
                .connection
                .receiver
                .recv_timeout(LONG)
                .expect("an answer")
            {
                Message::Response(response) if response.id == id.into() => return response,
                other => self.keep(other),
            }
        }
    }

    fn keep(&mut self, message: Message) {
        match message {
            Message::Notification(of) if of.method == "textDocument/publishDiagnostics" => {
                let uri: Url = of.params["uri"]
                    .as_str()
                    .expect("an address")
                    .parse()
                    .expect("one");
                let root = Url::from_directory_path(&self.root).expect("absolute");
                let name = uri
                    .as_str()
                    .strip_prefix(root.as_str())
                    .unwrap_or(uri.as_str());
                self.published.insert(name.to_owned(), of.params);
            }
            Message::Notification(of) => self.told.push(of),
            Message::Request(request) => self.asked.push(request),
            Message::Response(response) => panic!("nobody asked for {response:?}"),
        }
    }

    /// Asks for what must work.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Value {
        let response = self.ask_for(method, params);
        response
            .response_result
            .unwrap_or_else(|error| panic!("{method}: {error:?}"))
    }

    pub(super) fn open(&self, name: &str, text: &str) {
        let language = match name.rsplit('.').next() {
            Some("md") => "markdown",
            Some(other) => other,
            None => "",
        };
        let item =
            json!({ "uri": self.uri(name), "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Replaces the whole text.
    pub(super) fn write(&self, name: &str, version: i32, text: &str) {
        self.change(name, version, json!([{ "text": text }]));
    }

    pub(super) fn change(&self, name: &str, version: i32, changes: Value) {
        let id = json!({ "uri": self.uri(name), "version": version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": id, "contentChanges": changes }),
        );
    }

    pub(super) fn close(&self, name: &str) {
        self.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": self.uri(name) } }),
        );
    }

    /// Waits until everything that was sent is dealt with.
    pub(super) fn settle(&mut self) {
        // it is not known, and answered in its turn
        let _ = self.ask_for("test/settled", Value::Null);
    }

    /// What was published last of a file, once everything is dealt with.
    pub(super) fn said(&mut self, name: &str) -> Vec<Value> {
        self.settle();
        let of = self.published.get(name);
        of.map(|of| of["diagnostics"].as_array().expect("a list").clone())
            .unwrap_or_default()
    }

    /// What a client that asks is told of a file.
    pub(super) fn pull(&mut self, name: &str) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": self.uri(name) } });
        let report = self.ask("textDocument/diagnostic", params);
        assert_eq!(report["kind"], "full");
        report["items"].as_array().expect("a list").clone()
    }

    /// The code actions for a range of a file.
    pub(super) fn actions(
        &mut self,
        name: &str,
        range: &Value,
        diagnostics: &[Value],
    ) -> Vec<Value> {
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "range": range,
            "context": { "diagnostics": diagnostics },
        });
        let actions = self.ask("textDocument/codeAction", params);
        actions.as_array().expect("a list").clone()
    }

    /// Ends the server; whether it ended in order.
    pub(super) fn end(&mut self) -> bool {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.server
            .take()
            .expect("one end")
            .join()
            .expect("no panic")
    }

    /// Waits for a server that was told to end.
    pub(super) fn ended(&mut self) -> bool {
        self.server
            .take()
            .expect("one end")
            .join()
            .expect("no panic")
    }

    /// The text under a range, as an editor with this encoding counts.
    pub(super) fn slice<'a>(&self, text: &'a str, range: &Value) -> &'a str {
        let at = |position: &Value| offset(text, position, &self.encoding);
        &text[at(&range["start"])..at(&range["end"])]
    }
}

/// The byte of a position, told apart from how the server does it: by lines that are split off, and by units that are written out.
pub(super) fn offset(text: &str, position: &Value, encoding: &str) -> usize {
    let line = position["line"].as_u64().expect("a line") as usize;
    let column = position["character"].as_u64().expect("a column") as usize;
    let normal = text.replace("\r\n", "\n\u{1}").replace('\r', "\n");
    let mut lines = normal.split('\n');
    let before: usize = lines.by_ref().take(line).map(|of| of.len() + 1).sum();
    let here = lines.next().expect("a line that is there");
    // the mark stands for the second half of a line's end, which comes before the line
    let (mark, here) = match here.strip_prefix('\u{1}') {
        Some(rest) => (1, rest),
        None => (0, here),
    };
    let bytes = match encoding {
        "utf-8" => column,
        "utf-32" => here.chars().take(column).map(char::len_utf8).sum(),
        _ => {
            let units: Vec<u16> = here.encode_utf16().take(column).collect();
            assert_eq!(units.len(), column, "beyond the end of the line");
            String::from_utf16(&units)
                .expect("no half of a character")
                .len()
        }
    };
    before + mark + bytes
}

/// The text with the edits of a workspace edit for one file.
pub(super) fn edited(text: &str, edits: &[Value], encoding: &str) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let at = |end: &str| offset(text, &edit["range"][end], encoding);
            (
                at("start"),
                at("end"),
                edit["newText"].as_str().expect("a text"),
            )
        })
        .collect();
    edits.sort_unstable();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}
