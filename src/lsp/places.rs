//! Places: spans of sources as ranges, sources as addresses.

use lsp_types::{Position, Range, Url};

use super::Session;
use super::homes::Home;
use crate::project::normal;
use crate::source::{Location, Source, Span, Unit};

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

impl Session<'_> {
    /// The address of a source of a home. None for what is no file: a pack that is built in.
    pub(super) fn uri_of(&self, source: &Source, home: &Home) -> Option<Url> {
        let path = normal(&home.folder.join(source.path()));
        let open = self.buffers.iter().find(|of| of.path == path);
        if let Some(open) = open {
            return Some(open.uri.clone());
        }
        let project = home.project.as_ref();
        let built_in = project.is_some_and(|project| {
            let mut packs = project.packs.iter();
            packs.any(|pack| pack.source.path() == source.path() && pack.is_built_in())
        });
        (!built_in).then(|| Url::from_file_path(path).ok())?
    }

    /// The range of a location of a home.
    pub(super) fn range_of(&self, location: &Location, home: &Home) -> Range {
        let path = normal(&home.folder.join(location.source.path()));
        let open = location.source.bom() > 0 && self.buffers.iter().any(|of| of.path == path);
        range(&location.source, location.span, self.client.unit, open)
    }
}
