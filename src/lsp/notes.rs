//! What the client tells: texts that open, change and close, files that change on the disk, settings. And what is told of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::{Notification, Request, RequestId, Response};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Url,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::buffers::Buffer;
use super::homes::{self, Home};
use super::{Session, client};
use crate::finding::Finding;
use crate::project::{Open, Options, Project, View, normal, real};
use crate::syntax;

const SETTINGS: &str = "caveat/settings";

impl Session<'_> {
    pub(super) fn noted(&mut self, of: Notification) {
        let Notification { method, params } = of;
        match method.as_str() {
            "initialized" => self.begin(),
            "textDocument/didOpen" => self.read(&method, params, Self::opened),
            "textDocument/didChange" => self.read(&method, params, Self::changed),
            "textDocument/didClose" => self.read(&method, params, Self::closed),
            "workspace/didChangeWatchedFiles" => self.on_disk(&params),
            "workspace/didChangeWorkspaceFolders" => self.moved(&params),
            "workspace/didChangeConfiguration" => self.configured(&params),
            // saving changes nothing that is not told otherwise; what is not known may be passed over
            _ => {}
        }
    }

    fn read<T: DeserializeOwned>(&mut self, method: &str, params: Value, take: fn(&mut Self, T)) {
        match serde_json::from_value(params) {
            Ok(params) => take(self, params),
            Err(error) => self.log(&format!("`{method}` was not understood: {error}")),
        }
    }

    fn begin(&mut self) {
        if self.client.watches {
            let glob = client::watched();
            let registration = json!({ "registrations": [{
                "id": "caveat/files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [{ "globPattern": glob }] },
            }] });
            self.ask("caveat/files", "client/registerCapability", registration);
        }
        self.ask_for_settings();
    }

    fn ask_for_settings(&self) {
        if self.client.settings {
            let items = json!({ "items": [{ "section": "caveat" }] });
            self.ask(SETTINGS, "workspace/configuration", items);
        }
    }

    pub(super) fn ask(&self, id: &str, method: &str, params: Value) {
        let id = RequestId::from(id.to_owned());
        let request = Request::new(id, method.to_owned(), params);
        // a client that is gone hears nothing
        let _ = self.sender.send(request.into());
    }

    /// Takes an answer of the client.
    pub(super) fn heard(&mut self, response: Response) {
        if response.id == RequestId::from(SETTINGS.to_owned())
            && let Ok(result) = response.response_result
        {
            self.set(&result[0]);
        }
    }

    fn configured(&mut self, params: &Value) {
        if self.client.settings {
            self.ask_for_settings();
        } else {
            self.set(&params["settings"]["caveat"]);
        }
    }

    /// Takes settings over what the command line says.
    pub(super) fn set(&mut self, settings: &Value) {
        let before = (self.base.clone(), self.base.as_of);
        let start = &self.start.options;
        let texts = |key: &str, other: &[String]| match settings[key].as_array() {
            Some(list) if !list.is_empty() => {
                let texts = list.iter().filter_map(Value::as_str);
                texts.map(str::to_owned).collect()
            }
            _ => other.to_vec(),
        };
        let text = |key: &str| settings[key].as_str().filter(|text| !text.is_empty());
        let day = text("asOf").and_then(|day| day.parse().ok());
        self.base = Options {
            config: text("config").map(PathBuf::from).or(start.config.clone()),
            packs: texts("packs", &start.packs),
            select: texts("select", &start.select),
            ignore: texts("ignore", &start.ignore),
            as_of: day.or(self.start.as_of).unwrap_or_else(self.start.today),
            ..start.clone()
        };
        let same = format!("{:?}", before.0) == format!("{:?}", self.base);
        self.fixed_day = day.or(self.start.as_of).is_some();
        if !same {
            self.leave_homes();
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let folder = self.folders.first().cloned();
        let folder = folder.unwrap_or_else(|| self.base.cwd.clone());
        self.buffers.retain(|of| of.uri != item.uri);
        let Some(mut buffer) = Buffer::new(item, &folder) else {
            return;
        };
        buffer.home = self.home_of(&buffer.path);
        let real = buffer.real.clone();
        self.buffers.push(buffer);
        self.reach(real.as_slice());
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let unit = self.client.unit;
        let id = params.text_document;
        let Some(buffer) = self.buffers.iter_mut().find(|of| of.uri == id.uri) else {
            self.log(&format!("`{}` changed and is not open", id.uri));
            return;
        };
        buffer.version = id.version;
        buffer.change(params.content_changes, unit);
        let real = buffer.real.clone();
        self.reach(real.as_slice());
    }

    fn closed(&mut self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let gone = self.buffers.iter().position(|of| of.uri == uri);
        if let Some(at) = gone {
            let buffer = self.buffers.remove(at);
            self.reach(buffer.real.as_slice());
        }
    }

    fn on_disk(&mut self, params: &Value) {
        let changes = params["changes"].as_array();
        let path = |change: &Value| client::path(change["uri"].as_str()?);
        let changed: Vec<PathBuf> = changes
            .into_iter()
            .flatten()
            .filter_map(path)
            .map(|path| real(&path))
            // what is open wins over the disk
            .filter(|path| !self.buffers.iter().any(|of| of.real.as_ref() == Some(path)))
            .collect();
        self.reach(&changed);
    }

    fn moved(&mut self, params: &Value) {
        let paths = |key: &str| -> Vec<PathBuf> {
            let folders = params["event"][key].as_array();
            let path = |folder: &Value| client::path(folder["uri"].as_str()?);
            folders.into_iter().flatten().filter_map(path).collect()
        };
        let (added, removed) = (paths("added"), paths("removed"));
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.leave_homes();
    }

    /// What is open, over the disk.
    pub(super) fn open(&self) -> Open {
        let open = self.buffers.iter();
        open.filter_map(|of| Some((of.real.clone()?, Arc::clone(&of.text))))
            .collect()
    }

    pub(super) fn options(&self, path: &Path) -> Options {
        homes::options(&self.base, &self.folders, path, View::open(self.open()))
    }

    /// The home of a page, by number.
    fn home_of(&mut self, path: &Path) -> usize {
        let options = self.options(path);
        let known = self.homes.iter().position(|home| home.is_of(&options));
        known.unwrap_or_else(|| {
            self.homes.push(Home::load(&options));
            self.homes.len() - 1
        })
    }

    /// Loads every project anew.
    fn leave_homes(&mut self) {
        self.anew = true;
        self.homes.clear();
        let paths: Vec<PathBuf> = self.buffers.iter().map(|of| of.path.clone()).collect();
        for (at, path) in paths.iter().enumerate() {
            self.buffers[at].home = self.home_of(path);
            self.buffers[at].due = true;
        }
        self.stale = true;
    }

    /// Finds out what these files reach that are new, changed or gone.
    fn reach(&mut self, changed: &[PathBuf]) {
        const MOST: usize = 10_000;
        self.stale = true;
        self.changed.extend(changed.iter().cloned());
        self.anew |= self.changed.len() > MOST;
        if self.homes.iter().any(|home| home.is_made_of(changed)) {
            self.reload = true;
            self.anew = true;
            return;
        }
        let open = self.open();
        for home in &mut self.homes {
            home.see(&open, changed);
        }
        for buffer in &mut self.buffers {
            let project = self.homes[buffer.home].project.as_ref();
            let reached = buffer.page.as_ref().zip(project);
            buffer.due |= reached.is_some_and(|(page, project)| project.is_reached(page, changed));
        }
    }

    /// Looks at everything that is due, and says what there is to say.
    pub(super) fn settle(&mut self) {
        let today = (self.start.today)();
        if !self.fixed_day && self.base.as_of != today && !self.homes.is_empty() {
            self.base.as_of = today;
            self.leave_homes();
        }
        if !self.stale {
            return;
        }
        self.stale = false;
        if std::mem::take(&mut self.reload) {
            self.load_again();
        }
        self.lens.open = self
            .buffers
            .iter()
            .map(|of| (of.path.clone(), (of.uri.clone(), of.version)))
            .collect();
        self.look_at_toml();
        for buffer in self.buffers.iter_mut().filter(|of| of.due) {
            buffer.due = false;
            let home = &self.homes[buffer.home];
            let unsaved = buffer.real.is_none();
            buffer.is_content = match &home.project {
                Some(project) => unsaved || project.is_content(&buffer.path),
                None => syntax::of_path(&buffer.path).is_some(),
            };
            let project = home.project.as_ref().filter(|_| buffer.is_content);
            buffer.page = project.map(|project| project.page(&buffer.text, &buffer.path));
        }
        self.said = self.said();
        self.publish();
    }

    /// Reads configs and packs that are open and of which no project is made.
    fn look_at_toml(&mut self) {
        for at in 0..self.buffers.len() {
            let buffer = &self.buffers[at];
            let made_of = self.homes[buffer.home].is_made_of_file(buffer.real.as_ref());
            let is_toml = buffer.path.extension().is_some_and(|of| of == "toml");
            if !buffer.due || !is_toml || buffer.real.is_none() {
                continue;
            }
            let mut options = self.options(&buffer.path);
            let config = buffer
                .path
                .file_name()
                .is_some_and(|of| of == "caveat.toml");
            if config {
                options.config = Some(buffer.path.clone());
            } else {
                options.packs = vec![buffer.path.to_string_lossy().into_owned()];
            }
            let read = !made_of && (config || super::is_pack(&buffer.text));
            let own = |finding: &Finding| {
                normal(&options.cwd.join(finding.location.source.path())) == buffer.path
            };
            let loaded = read.then(|| Project::load(&options).ok()).flatten();
            let mistakes = loaded.into_iter().flat_map(|project| project.mistakes);
            self.buffers[at].mistakes = mistakes.filter(own).collect();
        }
    }

    /// Loads again what is made of what changed; a page may live elsewhere by now.
    fn load_again(&mut self) {
        let mut homes = std::mem::take(&mut self.homes);
        let mut kept: Vec<Home> = Vec::new();
        let paths: Vec<PathBuf> = self.buffers.iter().map(|of| of.path.clone()).collect();
        for (at, path) in paths.iter().enumerate() {
            let options = self.options(path);
            let known = kept.iter().position(|home| home.is_of(&options));
            self.buffers[at].home = known.unwrap_or_else(|| {
                let old = homes.iter().position(|home| home.is_of(&options));
                kept.push(match old {
                    Some(old) => {
                        let mut home = homes.swap_remove(old);
                        home.load_again(&options);
                        home
                    }
                    None => Home::load(&options),
                });
                kept.len() - 1
            });
            self.buffers[at].due = true;
        }
        self.homes = kept;
    }

    /// Sends what is new. A client that asks by itself is told when there is something to ask for, and of what it never asks for.
    fn publish(&mut self) {
        let mut unasked = false;
        let said = std::mem::take(&mut self.said);
        let gone: Vec<Url> = self
            .sent
            .keys()
            .filter(|uri| !said.contains_key(*uri))
            .cloned()
            .collect();
        for uri in gone {
            self.sent.remove(&uri);
            self.tell(
                "textDocument/publishDiagnostics",
                json!({ "uri": uri, "diagnostics": [] }),
            );
        }
        for (uri, diagnostics) in &said {
            let version = self
                .buffers
                .iter()
                .find(|of| of.uri == *uri)
                .map(|of| of.version);
            let last = self.sent.get(uri);
            if last.is_some_and(|last| last.0 == version && last.1 == *diagnostics) {
                continue;
            }
            if self.client.pulls && version.is_some() {
                // the client asks for a text that changed; of others it must be told
                unasked |= last.is_some_and(|last| last.0 == version);
                // what was said of it before it was open is asked for from now on
                if last.is_some_and(|last| last.0.is_none()) {
                    self.tell(
                        "textDocument/publishDiagnostics",
                        json!({ "uri": uri, "diagnostics": [] }),
                    );
                }
            } else {
                let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
                if let Some(version) = version {
                    params["version"] = json!(version);
                }
                self.tell("textDocument/publishDiagnostics", params);
            }
            self.sent
                .insert(uri.clone(), (version, diagnostics.clone()));
        }
        self.said = said;
        if unasked {
            self.refreshed += 1;
            let id = format!("caveat/refresh/{}", self.refreshed);
            self.ask(&id, "workspace/diagnostic/refresh", Value::Null);
        }
    }
}
