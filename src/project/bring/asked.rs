//! What a page asked of the tree, so that it is known which pages a change of a file reaches.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Something that was asked; names are paths from the root of the tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::project) enum Ask {
    /// Whether there is such a file, or what it holds.
    File(Arc<str>),
    /// Whether there is such a folder, and the answer.
    Folder(Arc<str>, bool),
    /// Which files lie below a folder.
    List(Arc<str>),
}

/// All that was asked.
pub(in crate::project) type Asked = BTreeSet<Ask>;

thread_local! {
    // a page is linted by one thread from beginning to end
    static ASKED: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// Takes note, where someone listens.
pub(super) fn note(ask: impl FnOnce() -> Ask) {
    ASKED.with_borrow_mut(|asked| {
        if let Some(asked) = asked {
            asked.insert(ask());
        }
    });
}

pub(super) fn note_all(all: &Asked) {
    ASKED.with_borrow_mut(|asked| {
        if let Some(asked) = asked {
            asked.extend(all.iter().cloned());
        }
    });
}

/// What comes of something and all that it asked. Whoever listens outside does not hear of it.
pub(in crate::project) fn recording<T>(run: impl FnOnce() -> T) -> (T, Asked) {
    let outside = ASKED.replace(Some(Asked::new()));
    let done = run();
    let asked = ASKED.replace(outside).unwrap_or_default();
    (done, asked)
}

/// What was found out once for many pages, and what was asked for it.
pub(super) type Once<T> = (T, Arc<Asked>);
