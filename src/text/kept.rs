//! What was found in passages that many documents have, a layout's footer say: looked for once, and kept by their words.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;

use super::hits::Hit;

/// How many bytes of words are kept; then it is begun anew.
const MOST: usize = 4 << 20;

/// What was found in a passage.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The phrases that can match in it.
    pub(super) searches: Vec<u32>,
    /// Where they do; the number of the passage says nothing.
    pub(super) hits: Vec<Hit>,
}

/// What is kept for all documents of a run. It follows from the words alone, so no document can tell that it was kept.
#[derive(Debug, Default)]
pub(super) struct Kept(RwLock<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    found: HashMap<Box<str>, Arc<Found>, RandomState>,
    bytes: usize,
}

impl Kept {
    pub(super) fn get(&self, words: &str) -> Option<Arc<Found>> {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        shelf.found.get(words).cloned()
    }

    pub(super) fn put(&self, words: &str, found: Found) {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        shelf.bytes += words.len();
        if shelf.bytes > MOST {
            shelf.found.clear();
            shelf.bytes = words.len();
        }
        shelf.found.insert(words.into(), Arc::new(found));
    }
}
