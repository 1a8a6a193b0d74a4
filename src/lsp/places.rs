//! Places: spans of sources as ranges, sources as addresses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{Position, Range, Url};

use super::client::Client;
use crate::project::normal;
use crate::rule::PACKS;
use crate::source::{Location, Source, Span, Unit};

/// What places are seen through: what the client can do, and what is open by which address and in which version.
#[derive(Debug, Clone)]
pub(super) struct Lens {
    pub(super) client: Client,
    pub(super) open: BTreeMap<PathBuf, (Url, i32)>,
}

/// The range of a span. `open`: the client counts a byte order mark, which it strips from files that it opens itself.
pub(super) fn range(source: &Source, span: Span, unit: Unit, open: bool) -> Range {
    let mark = match unit {
        _ if !open || source.bom() == 0 => 0,
        Unit::Byte => 3,
        Unit::Char | Unit::Utf16 => 1,
    };
    let position = |offset: u32| {
        let at = source.position(offset, unit);
        Position {
            line: at.line - 1,
            character: at.column - 1 + if at.line == 1 { mark } else { 0 },
        }
    };
    let start = position(span.start);
    Range::new(start, position(span.end.max(span.start)).max(start))
}

impl Lens {
    /// The address of a source whose name is from a folder. None for what is no file: a pack that is built in.
    pub(super) fn uri_of(&self, source: &Source, folder: &Path) -> Option<Url> {
        let path = normal(&folder.join(source.path()));
        if let Some((uri, _)) = self.open.get(&path) {
            return Some(uri.clone());
        }
        let built_in = PACKS.iter().any(|(name, text)| {
            let rest = source.path().strip_prefix("rules/");
            rest.and_then(|rest| rest.strip_suffix(".toml")) == Some(*name)
                && source.text() == *text
        });
        (!built_in).then(|| Url::from_file_path(path).ok())?
    }

    /// The range of a location whose name is from a folder.
    pub(super) fn range_of(&self, location: &Location, folder: &Path) -> Range {
        let open = location.source.bom() > 0
            && self
                .open
                .contains_key(&normal(&folder.join(location.source.path())));
        range(&location.source, location.span, self.client.unit, open)
    }

    /// The version of a file that is open.
    pub(super) fn version(&self, uri: &Url) -> Option<i32> {
        let mut open = self.open.values();
        open.find(|(of, _)| of == uri).map(|(_, version)| *version)
    }
}
