//! What the client asks for.

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{Diagnostic, DocumentDiagnosticParams, Url};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::whole::Look;
use super::{Session, actions, complete, guarded, hover};

/// Why a request is not answered.
pub(super) type Refused = (ErrorCode, String);

impl Session<'_> {
    pub(super) fn asked_for(&mut self, method: &str, params: Value) -> Result<Value, Refused> {
        // nothing is said of a text that is no more
        self.settle();
        match method {
            "textDocument/diagnostic" => Ok(self.pulled(&read(params)?)),
            "textDocument/codeAction" => Ok(actions::actions(self, &read(params)?)),
            "textDocument/hover" => Ok(hover::hover(self, &read(params)?)),
            "textDocument/completion" => Ok(complete::complete(self, &read(params)?)),
            "workspace/executeCommand" => actions::execute(self, &read(params)?),
            _ => Err((
                ErrorCode::MethodNotFound,
                format!("`{method}` is not known"),
            )),
        }
    }

    /// Looks at the whole workspace beside everything else, and answers then.
    pub(super) fn look_at_all(&mut self, request: Request) {
        self.settle_or_tell();
        let known = request.params["previousResultIds"].as_array();
        let known = known.into_iter().flatten().filter_map(|of| {
            let uri = Url::parse(of["uri"].as_str()?).ok()?;
            Some((uri, of["value"].as_str()?.to_owned()))
        });
        let look = Look {
            known: known.collect(),
            options: self.folders.iter().map(|of| self.options(of)).collect(),
            open: self.open(),
            changed: std::mem::take(&mut self.changed).into_iter().collect(),
            anew: std::mem::take(&mut self.anew),
            lens: self.lens.clone(),
        };
        let (whole, sender) = (self.whole.clone(), self.sender.clone());
        std::thread::spawn(move || {
            let looked = guarded("workspace/diagnostic", || Ok(whole.look(&look)));
            let response = match looked {
                Ok(result) => Response::new_ok(request.id, result),
                Err((code, message)) => Response::new_err(request.id, code as i32, message),
            };
            // a client that is gone hears nothing
            let _ = sender.send(response.into());
        });
    }

    fn pulled(&self, params: &DocumentDiagnosticParams) -> Value {
        let none = Vec::new();
        let items = self.said.get(&params.text_document.uri).unwrap_or(&none);
        let id = result_id(items);
        if params.previous_result_id.as_ref() == Some(&id) {
            return json!({ "kind": "unchanged", "resultId": id });
        }
        json!({ "kind": "full", "resultId": id, "items": items })
    }
}

/// What names a list of diagnostics: the same for the same ones.
pub(super) fn result_id(items: &[Diagnostic]) -> String {
    let bytes = serde_json::to_vec(items).unwrap_or_default();
    blake3::hash(&bytes).to_hex()[..16].to_owned()
}

pub(super) fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}
