//! Pages as they stand in an editor, saved or not.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bring::recording;
use super::disk::too_large;
use super::{Checked, LARGEST, Open, Page, Project, View, decode, path_name, relative};

impl Project {
    /// Reads open files as they stand in the editor from now on. `changed` are those that are new, changed or closed since.
    pub fn see_open(&mut self, open: Open, changed: &[PathBuf]) {
        let view = View::open(open);
        self.view = view.clone();
        // what pages bring in is read once for all of them: only where it changed is it read anew
        match Arc::get_mut(&mut self.bringer) {
            Some(bringer) if !bringer.has_read(changed) => bringer.look_at(view),
            _ => self.see(view),
        }
    }

    /// Lints a text as the file at `path`, whatever the disk has there, and keeps what it asked of others.
    #[must_use]
    pub fn page(&self, text: &str, path: &Path) -> Page {
        let name = path_name(path, &self.cwd);
        let read = || match text.len() as u64 {
            size if size > LARGEST => Err(too_large(name.clone(), size)),
            _ => decode(name.clone(), text.into()),
        };
        let (checked, asked) = recording(|| match read() {
            Ok(source) => self.check_source(&source, path),
            Err(finding) => Checked::not(name.clone(), *finding),
        });
        Page {
            path: path.to_path_buf(),
            result: Ok(checked),
            asked,
        }
    }

    /// Whether a walk over the project would take a file as content: prose that config includes, data that it names, and nothing
    /// that is excluded, ignored by git, hidden or a template.
    #[must_use]
    pub fn is_content(&self, path: &Path) -> bool {
        let name = relative(path, &self.root);
        let excluded = self.config.exclude.as_ref();
        self.wanted(path)
            && excluded.is_none_or(|globs| !globs.matches(&name))
            && !self.passed_over(path)
    }

    /// Whether it was read from one of these files: its config, a pack.
    #[must_use]
    pub fn is_made_of(&self, changed: &[PathBuf]) -> bool {
        let own = self.read_from.iter().map(|path| super::real(path));
        own.into_iter().any(|path| changed.contains(&path))
    }
}
