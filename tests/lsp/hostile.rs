//! What no editor should send, and some do.

use std::io::{Read, Write};
use std::process::Stdio;

use lsp_server::{Request, RequestId};
use serde_json::{Value, json};

use super::editor::{Editor, able};
use super::pages::site;
use crate::command;

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let site = site(&[]);
    let mut editor = Editor::silent(site.path());
    editor.tell("textDocument/didOpen", json!({ "textDocument": {} }));
    let early = editor.ask_for("textDocument/hover", json!({}));
    assert_eq!(early.response_result.unwrap_err().code, -32002);
    editor.ask("initialize", json!({ "capabilities": {} }));
    let twice = editor.ask_for("initialize", json!({ "capabilities": {} }));
    assert_eq!(twice.response_result.unwrap_err().code, -32600);
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    let late = editor.ask_for("textDocument/hover", json!({}));
    assert_eq!(late.response_result.unwrap_err().code, -32600);
    editor.tell("exit", Value::Null);
    assert!(editor.ended());
}

#[test]
fn an_exit_without_shutdown_is_told_from_one_in_order() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    editor.tell("exit", Value::Null);
    assert!(!editor.ended());
}

#[test]
fn what_is_not_known_is_refused_and_what_is_odd_is_survived() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    let unknown = editor.ask_for("textDocument/teaTime", json!({}));
    assert_eq!(unknown.response_result.unwrap_err().code, -32601);
    let wrong = editor.ask_for("textDocument/codeAction", json!({ "range": 7 }));
    assert_eq!(wrong.response_result.unwrap_err().code, -32602);
    for params in [
        Value::Null,
        json!([1, 2]),
        json!({ "textDocument": { "uri": "::::" } }),
    ] {
        for method in [
            "textDocument/didOpen",
            "textDocument/didChange",
            "textDocument/didClose",
            "workspace/didChangeWatchedFiles",
            "workspace/didChangeConfiguration",
            "workspace/didChangeWorkspaceFolders",
            "$/nonsense",
        ] {
            editor.tell(method, params.clone());
        }
    }
    editor.open("page.md", "Trade CFDs.\n");
    // upside down, far beyond, of a text that is not open
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    editor.change(
        "page.md",
        2,
        json!([{ "range": { "start": at(0, 5), "end": at(0, 1) }, "text": "!" }]),
    );
    editor.change("page.md", 3, json!([{ "range": { "start": at(u32::MAX, u32::MAX), "end": at(u32::MAX, 0) }, "text": "?" }]));
    editor.change("other.md", 2, json!([{ "text": "" }]));
    assert_eq!(editor.said("page.md").len(), 1);
    let actions = editor.actions(
        "page.md",
        &json!({ "start": at(9, 9), "end": at(u32::MAX, u32::MAX) }),
        &[],
    );
    let kinds: Vec<&Value> = actions.iter().map(|of| &of["kind"]).collect();
    assert_eq!(kinds, ["source.fixAll.caveat"]);
    assert!(editor.end());
}

#[test]
fn a_request_that_is_taken_back_is_answered_so() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    editor.settle();
    // a slow one first, so that the others wait
    editor.open("page.md", &"Trade CFDs and sure profits.\n\n".repeat(2000));
    editor.send(Request::new(
        RequestId::from(900),
        "textDocument/codeAction".to_owned(),
        json!({}),
    ));
    editor.tell("$/cancelRequest", json!({ "id": 900 }));
    let response = editor.answer(900);
    let code = response.response_result.unwrap_err().code;
    assert!([-32800, -32602].contains(&code), "{code}");
    editor.tell("$/cancelRequest", json!({ "id": 12345 }));
    editor.tell("$/cancelRequest", json!({ "id": [] }));
    assert!(editor.end());
}

#[test]
fn a_buffer_of_ten_megabytes_is_read_and_one_that_is_too_large_says_so() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-16"));
    let mut page = "Words without any meaning for a rule, again and again.\n\n".repeat(190_000);
    page += "Trade CFDs.\n";
    assert!(page.len() > 10 << 20);
    editor.open("page.md", &page);
    let said = editor.said("page.md");
    assert_eq!(said.len(), 1);
    assert_eq!(
        said[0]["range"]["start"],
        json!({ "line": 380_000, "character": 6 })
    );
    let end = json!({ "line": 380_000, "character": 6 });
    editor.change(
        "page.md",
        2,
        json!([{ "range": { "start": end, "end": end }, "text": "no " }]),
    );
    assert_eq!(editor.said("page.md")[0]["range"]["start"]["character"], 9);
    editor.open("large.md", &"words\n".repeat(6 << 20));
    let said = editor.said("large.md");
    assert_eq!(said[0]["code"], "caveat/unverifiable/unverifiable");
    let wrong = said[0]["message"].as_str().unwrap();
    assert!(wrong.contains("nothing in it was checked"), "{wrong}");
    assert!(editor.end());
}

#[test]
fn texts_that_are_no_files_are_looked_at_and_other_schemes_left_alone() {
    let site = site(&[]);
    let mut editor = Editor::new(site.path(), able("utf-8"));
    editor.open("untitled:Untitled-1.md", "Trade CFDs.\n");
    editor.open("git:/page.md?ref=1", "Trade CFDs.\n");
    assert_eq!(editor.said("untitled:Untitled-1.md").len(), 1);
    assert!(!editor.published.contains_key("git:/page.md?ref=1"));
    assert!(editor.end());
}

// ---------------------------------------------------------------- the streams

/// Runs the program with these bytes on standard input; what it answered, and how it ended.
fn streamed(folder: &std::path::Path, bytes: &[u8]) -> (Vec<Value>, Option<i32>) {
    let mut child = command(folder, &["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let feeder = std::thread::spawn(move || {
        // a program that ended reads no more
        let _ = input.write_all(&bytes);
    });
    let mut out = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut out).unwrap();
    feeder.join().unwrap();
    let code = child.wait().unwrap().code();
    let mut rest = &out[..];
    let mut messages = Vec::new();
    while !rest.is_empty() {
        let end = rest.windows(4).position(|of| of == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&rest[..end]).unwrap();
        let size: usize = head
            .strip_prefix("Content-Length: ")
            .unwrap()
            .parse()
            .unwrap();
        let body = &rest[end + 4..end + 4 + size];
        messages.push(serde_json::from_slice(body).unwrap());
        rest = &rest[end + 4 + size..];
    }
    (messages, code)
}

fn framed(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

fn whole_talk(middle: &str) -> String {
    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    let bye = r#"{"jsonrpc":"2.0","id":"end","method":"shutdown"}"#;
    let exit = r#"{"jsonrpc":"2.0","method":"exit"}"#;
    [framed(hello), middle.to_owned(), framed(bye), framed(exit)].concat()
}

#[test]
fn the_program_speaks_on_its_streams_and_ends_in_order() {
    let site = site(&[("page.md", "Trade CFDs.\n")]);
    let uri = lsp_types::Url::from_file_path(site.path().join("page.md")).unwrap();
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument":
        { "uri": uri, "languageId": "markdown", "version": 7, "text": "Trade CFDs.\n" } } });
    // asking waits for what was opened to be looked at
    let ask = framed(r#"{"jsonrpc":"2.0","id":2,"method":"caveat/none"}"#);
    let talk = whole_talk(&(framed(&open.to_string()) + &ask));
    let (said, code) = streamed(site.path(), talk.as_bytes());
    assert_eq!(code, Some(0));
    assert_eq!(
        said[0]["result"]["capabilities"]["positionEncoding"],
        "utf-16"
    );
    let published: Vec<&Value> = said
        .iter()
        .filter(|of| of["method"] == "textDocument/publishDiagnostics")
        .collect();
    assert_eq!(published.len(), 1, "{said:?}");
    assert_eq!(published[0]["params"]["version"], 7);
    assert_eq!(said.last().unwrap()["id"], "end");
}

#[test]
fn a_stream_that_ends_ends_the_program() {
    let site = site(&[]);
    let (_, code) = streamed(site.path(), b"");
    assert_eq!(code, Some(1));
    let (_, code) = streamed(site.path(), b"Content-Length: 900\r\n\r\n{\"json");
    assert_eq!(code, Some(1));
}

#[test]
fn bytes_that_are_no_message_are_answered_and_passed_over() {
    let site = site(&[]);
    let deep = "[".repeat(100_000);
    let middles = [
        (framed("{ this is no JSON"), -32700),
        (framed("[1, 2, 3]"), -32600),
        (framed("{\"jsonrpc\":\"2.0\"}"), -32600),
        (framed("{\"jsonrpc\":\"2.0\",\"method\":7}"), -32600),
        (
            framed("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}"),
            -32600,
        ),
        (framed(&deep), -32700),
        ("Content-Length: none\r\n\r\n".to_owned(), -32700),
        (
            "Content-Length: 99999999999999999999999999\r\n\r\n".to_owned(),
            -32700,
        ),
        ("Nothing: here\r\n\r\n".to_owned(), -32700),
        ("\r\n\r\n".to_owned(), -32700),
        ("{}\r\n\r\n".to_owned(), -32700),
    ];
    for (middle, wanted) in middles {
        let (said, code) = streamed(site.path(), whole_talk(&middle).as_bytes());
        let shown: String = middle.chars().take(60).collect();
        assert_eq!(code, Some(0), "{shown}");
        let refused: Vec<&Value> = said
            .iter()
            .filter(|of| of["error"]["code"] == wanted)
            .collect();
        assert!(!refused.is_empty(), "{shown}: {said:?}");
        assert!(
            refused
                .iter()
                .all(|of| of["id"].is_null() && of.get("id").is_some()),
            "{said:?}"
        );
        assert_eq!(said.last().unwrap()["id"], "end", "{shown}");
    }
}

#[test]
fn ids_of_any_size_come_back_as_they_were() {
    let site = site(&[]);
    let ids = [
        "2147483648",
        "-9007199254740993",
        "18446744073709551615",
        "\"\"",
        "\"a\"",
        "0",
        "1.5",
    ];
    for id in ids {
        let ask = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"x/y\"}}");
        let (said, code) = streamed(site.path(), whole_talk(&framed(&ask)).as_bytes());
        assert_eq!(code, Some(0));
        let wanted: Value = serde_json::from_str(id).unwrap();
        let answer = said.iter().find(|of| of["id"] == wanted);
        assert_eq!(
            answer.unwrap_or_else(|| panic!("{id}: {said:?}"))["error"]["code"],
            -32601
        );
    }
}

#[test]
fn a_message_of_a_size_that_nothing_has_is_passed_over() {
    let site = site(&[]);
    // it never comes whole: the stream ends, and with it the program
    let (said, code) = streamed(site.path(), b"Content-Length: 999999999999\r\n\r\n{}");
    assert_eq!((said.len() <= 1, code), (true, Some(1)));
}
