//! Files in and out: what is no text or too large is a finding, and what is written is written whole.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Error, Project, relative};
use crate::finding::Finding;
use crate::lint::unverifiable;
use crate::source::{Location, Source, Span};

/// Larger files are not read: parsing takes five times their size in memory.
pub const LARGEST: u64 = 32 << 20;

impl Project {
    /// Reads a file. A file that is no UTF-8 or too large gives a finding.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn read(&self, path: &Path) -> Result<Result<Arc<Source>, Box<Finding>>, Error> {
        let name = path_name(path, &self.cwd);
        let fail = |source: io::Error| Error::Read {
            path: name.clone(),
            source,
        };
        let size = std::fs::metadata(path).map_err(fail)?.len();
        if size > LARGEST {
            let source = Arc::new(Source::new(name, ""));
            let message = format!(
                "the file has {size} bytes and files of more than {LARGEST} are not read: nothing in it was checked"
            );
            return Ok(Err(Box::new(unverifiable(
                Location::new(&source, Span::default()),
                message,
            ))));
        }
        let bytes = std::fs::read(path).map_err(fail)?;
        Ok(decode(name.clone(), bytes))
    }
}

/// Text of a file's bytes; a finding when it is no UTF-8, at the byte where it stops being.
pub fn decode(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Box<Finding>> {
    String::from_utf8(bytes)
        .map(|text| Arc::new(Source::new(name.clone(), text)))
        .map_err(|wrong| {
            let at = wrong.utf8_error().valid_up_to();
            let prefix = String::from_utf8_lossy(&wrong.as_bytes()[..at]).into_owned();
            let source = Arc::new(Source::new(name, prefix));
            let message =
                format!("the file is no UTF-8 from byte {at} on: nothing in it was checked");
            Box::new(unverifiable(
                Location::new(&source, Span::new(at, at)),
                message,
            ))
        })
}

/// How a path is shown: from the working directory, with `/`.
#[must_use]
pub fn path_name(path: &Path, cwd: &Path) -> String {
    relative(path, cwd)
}

/// Writes a file whole or not at all.
///
/// # Errors
/// When the disk says no; then what was there is still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;
    // what a link points at is replaced, not the link
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if path.exists() && !path.is_file() {
        // a pipe or a device has no whole
        return std::fs::OpenOptions::new()
            .write(true)
            .open(&path)?
            .write_all(bytes);
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(meta) = std::fs::metadata(&path) {
        file.as_file().set_permissions(meta.permissions())?;
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
