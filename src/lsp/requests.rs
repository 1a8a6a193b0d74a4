//! What the client asks for.

use lsp_server::ErrorCode;
use lsp_types::{Diagnostic, DocumentDiagnosticParams};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Session, actions};

/// Why a request is not answered.
pub(super) type Refused = (ErrorCode, String);

impl Session<'_> {
    pub(super) fn asked_for(&mut self, method: &str, params: Value) -> Result<Value, Refused> {
        // nothing is said of a text that is no more
        self.settle();
        match method {
            "textDocument/diagnostic" => Ok(self.pulled(&read(params)?)),
            "textDocument/codeAction" => Ok(actions::actions(self, &read(params)?)),
            _ => Err((
                ErrorCode::MethodNotFound,
                format!("`{method}` is not known"),
            )),
        }
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
