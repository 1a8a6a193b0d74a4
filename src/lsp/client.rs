//! What a client can do, and what it is told that the server can. A client that says something odd is one that cannot do it.

use std::path::PathBuf;

use lsp_types::Url;
use serde_json::{Value, json};

use crate::source::Unit;
use crate::syntax::{DATA, SYNTAXES};

/// What a client can do.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// What its columns count.
    pub(super) unit: Unit,
    /// It asks for diagnostics, and can be told to ask for them again. One that cannot (Neovim 0.11) would keep what another file
    /// made of a page until the next key, so it is told instead.
    pub(super) pulls: bool,
    /// It shows further places.
    pub(super) related: bool,
    /// It fades what is of no use.
    pub(super) tags: bool,
    /// Its edits have versions.
    pub(super) versions: bool,
    /// It takes code actions, not only commands.
    pub(super) actions: bool,
    /// It shows Markdown.
    pub(super) markdown: bool,
    /// It can show a document.
    pub(super) shows: bool,
    /// It can watch files.
    pub(super) watches: bool,
    /// It has settings for the server.
    pub(super) settings: bool,
}

impl Client {
    /// Reads what `initialize` brought.
    pub(super) fn of(params: &Value) -> Self {
        let at = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let yes = |path: &str| at(path).and_then(Value::as_bool).unwrap_or_default();
        Self {
            unit: unit(at("general/positionEncodings")),
            pulls: at("textDocument/diagnostic").is_some_and(Value::is_object)
                && (yes("workspace/diagnostics/refreshSupport")
                    || yes("workspace/diagnostic/refreshSupport")),
            related: yes("textDocument/publishDiagnostics/relatedInformation")
                || yes("textDocument/diagnostic/relatedInformation"),
            tags: at("textDocument/publishDiagnostics/tagSupport").is_some()
                || at("textDocument/diagnostic/tagSupport").is_some(),
            versions: yes("workspace/workspaceEdit/documentChanges"),
            actions: at("textDocument/codeAction/codeActionLiteralSupport").is_some(),
            markdown: at("textDocument/hover/contentFormat")
                .and_then(Value::as_array)
                .is_some_and(|of| of.iter().any(|format| format == "markdown")),
            shows: yes("window/showDocument/support"),
            watches: yes("workspace/didChangeWatchedFiles/dynamicRegistration"),
            settings: yes("workspace/configuration"),
        }
    }
}

/// UTF-8 where the client knows it, for texts are kept so; else what it would like best, else what every client knows.
fn unit(offered: Option<&Value>) -> Unit {
    let known = |name: &Value| match name.as_str()? {
        "utf-8" => Some(Unit::Byte),
        "utf-16" => Some(Unit::Utf16),
        "utf-32" => Some(Unit::Char),
        _ => None,
    };
    let offered = offered.and_then(Value::as_array).into_iter().flatten();
    let offered: Vec<Unit> = offered.filter_map(known).collect();
    if offered.contains(&Unit::Byte) {
        return Unit::Byte;
    }
    offered.first().copied().unwrap_or(Unit::Utf16)
}

/// The folders that a client works in.
pub(super) fn folders(params: &Value) -> Vec<PathBuf> {
    let of = |folder: &Value| path(folder["uri"].as_str()?);
    let many = params["workspaceFolders"].as_array();
    let mut folders: Vec<PathBuf> = many.into_iter().flatten().filter_map(of).collect();
    if folders.is_empty() {
        let root = params["rootUri"].as_str().and_then(path);
        let older = || params["rootPath"].as_str().map(PathBuf::from);
        folders.extend(root.or_else(older).filter(|path| path.is_absolute()));
    }
    folders
}

/// The path of a file's address.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok()?;
    (url.scheme() == "file").then(|| url.to_file_path().ok())?
}

/// What the server can do.
pub(super) fn capabilities(client: &Client) -> Value {
    let encoding = match client.unit {
        Unit::Byte => "utf-8",
        Unit::Char => "utf-32",
        Unit::Utf16 => "utf-16",
    };
    let mut able = json!({
        "positionEncoding": encoding,
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "codeActionProvider": { "codeActionKinds": ["quickfix", super::FIX_ALL] },
        "hoverProvider": true,
        "completionProvider": { "triggerCharacters": [" ", "\"", "/", "[", "-"] },
        "executeCommandProvider": { "commands": [super::OPEN_RULE, super::APPLY] },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    if client.pulls {
        able["diagnosticProvider"] = json!({
            "identifier": "caveat",
            "interFileDependencies": true,
            "workspaceDiagnostics": true,
        });
    }
    able
}

/// The files whose changes on the disk may change what there is to say of a page.
pub(super) fn watched() -> String {
    const TEMPLATES: &[&str] = &[
        "astro", "vue", "svelte", "jsx", "tsx", "js", "ts", "njk", "liquid", "hbs", "inc",
    ];
    let prose = SYNTAXES.iter().flat_map(|syntax| syntax.extensions);
    let data = DATA.iter().flat_map(|data| data.extensions);
    let mut endings: Vec<&str> = prose.chain(data).chain(TEMPLATES).copied().collect();
    endings.sort_unstable();
    endings.dedup();
    format!("**/*.{{{}}}", endings.join(","))
}
