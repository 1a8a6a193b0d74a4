//! Files in and out: what is no text or too large is a finding, and what is written is written whole.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::view::Loaded;
use super::{Error, Project, relative};
use crate::finding::Finding;
use crate::lint::unverifiable;
use crate::source::{Encoding, Location, Source, Span};

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
        match self.view.load(path).map_err(fail)? {
            Loaded::Bytes(bytes) => Ok(decode(name.clone(), bytes)),
            Loaded::TooLarge(size) => Ok(Err(too_large(name, size))),
        }
    }
}

/// A finding for a file that is not read.
pub(super) fn too_large(name: String, size: u64) -> Box<Finding> {
    let source = Arc::new(Source::new(name, ""));
    let message = format!(
        "the file has {size} bytes and files of more than {LARGEST} are not read: nothing in it was checked"
    );
    let at = Location::new(&source, Span::default());
    Box::new(unverifiable(at, message))
}

/// Text of a file's bytes: UTF-8, or UTF-16 with its byte order mark. What is neither gives a finding at the byte where it stops
/// being, counted in the file as stored.
pub fn decode(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Box<Finding>> {
    let (text, encoding, stops) = match bytes[..] {
        [0xff, 0xfe, ..] => utf16(&bytes, u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(&bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    };
    let called = match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16",
    };
    let wrong = stops
        .map(|at| format!("the file is no {called} from byte {at} on: nothing in it was checked"));
    let nul = text.find('\0');
    let at = nul.unwrap_or(text.len());
    let source = Arc::new(Source::new(name, text).stored_in(encoding));
    let wrong = match nul {
        // as in UTF-16 without its mark, in UTF-32, in no text at all
        Some(_) => Some(format!(
            "there is a NUL at byte {}, so the file is no text or in an unknown encoding: nothing in it was checked",
            source.stored(Span::new(at, at).start)
        )),
        None => wrong,
    };
    match wrong {
        None => Ok(source),
        Some(message) => Err(Box::new(unverifiable(
            Location::new(&source, Span::new(at, at)),
            message,
        ))),
    }
}

/// The text, and the byte from which on it is none.
fn utf8(bytes: Vec<u8>) -> (String, Encoding, Option<usize>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8, None),
        Err(wrong) => {
            let at = wrong.utf8_error().valid_up_to();
            let prefix = String::from_utf8_lossy(&wrong.as_bytes()[..at]).into_owned();
            (prefix, Encoding::Utf8, Some(at))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Encoding, Option<usize>) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    let mut at = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(c) = decoded else {
            return (text, Encoding::Utf16, Some(at));
        };
        text.push(c);
        at += c.len_utf16() * 2;
    }
    let stops = (!odd.is_empty()).then_some(at);
    (text, Encoding::Utf16, stops)
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
