//! What a file that is embedded in the program says, read when something asks for it. Tests have read such a file whole, so there is
//! nothing in it to report.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use super::read::Reader;
use super::view::{Packed, Seen, What};
use super::{Key, Shape, Table, Value};
use crate::source::Source;
use crate::text::{Lists, Names};

/// A file that is embedded in the program.
pub(super) struct Tested {
    pub(super) source: Arc<Source>,
    pub(super) bytes: &'static [u8],
    pub(super) names: Names<'static>,
}

/// A value of such a file.
#[derive(Clone)]
pub struct Later {
    of: Arc<Tested>,
    /// Where it begins in the packed file.
    at: usize,
    shape: Shape,
    name: &'static str,
    read: OnceLock<Value>,
}

impl<'a> Reader<'a> {
    /// Reads a file that is embedded in the program and was packed when that was built. `lists` are its own where something has
    /// read them before.
    pub fn read_packed(
        source: &'a Arc<Source>,
        bytes: &'static [u8],
        mut names: Names<'static>,
        lists: Option<Arc<Lists>>,
        keys: &[Key],
    ) -> (Self, Table) {
        let packed = Packed {
            text: source.text(),
            bytes,
        };
        let root = packed.value(0);
        names.lists = match lists {
            Some(lists) => lists,
            None => super::words::later(source, bytes, &root, &names, keys),
        };
        let mut reader = Self::new(source);
        reader.names = names.clone();
        reader.known = true;
        reader.tested = Some(Arc::new(Tested {
            source: Arc::clone(source),
            bytes,
            names,
        }));
        let table = reader.root(&root, keys);
        (reader, table)
    }

    /// A reader of more of such a file.
    pub(super) fn of(tested: &'a Arc<Tested>) -> Self {
        Self {
            source: &tested.source,
            findings: Vec::new(),
            names: tested.names.clone(),
            known: true,
            tested: Some(Arc::clone(tested)),
        }
    }
}

impl Tested {
    fn packed(&self) -> Packed<'_> {
        Packed {
            text: self.source.text(),
            bytes: self.bytes,
        }
    }
}

impl Later {
    /// A value that holds more than a word; none of any other.
    pub(super) fn of(
        tested: &Arc<Tested>,
        seen: &Seen<'_>,
        shape: Shape,
        name: &'static str,
    ) -> Option<Self> {
        matches!(seen.what, What::List(_) | What::Table(_)).then(|| Self {
            of: Arc::clone(tested),
            at: seen.at,
            shape,
            name,
            read: OnceLock::new(),
        })
    }

    /// Whether it is a table, which is known without reading it.
    pub(super) fn is_table(&self) -> bool {
        matches!(self.of.packed().value(self.at).what, What::Table(_))
    }

    /// The value.
    pub(super) fn value(&self) -> &Value {
        self.read.get_or_init(|| {
            let mut reader = Reader::of(&self.of);
            let seen = self.of.packed().value(self.at);
            let read = reader.now(&seen, self.shape, self.name);
            read.unwrap_or(Value::Wrong)
        })
    }

    /// The value, taken.
    pub(super) fn into_value(self) -> Value {
        self.value();
        self.read.into_inner().unwrap_or(Value::Wrong)
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

/// Something that is made when it is first looked at, and then kept for all that hold it.
pub struct Late<T>(Arc<LazyLock<T, Make<T>>>);

type Make<T> = Box<dyn FnOnce() -> T + Send + Sync>;

impl<T> Late<T> {
    /// What this makes.
    pub fn new(make: impl FnOnce() -> T + Send + Sync + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl<T: Send + Sync + 'static> From<T> for Late<T> {
    fn from(of: T) -> Self {
        let late = Self::new(|| of);
        LazyLock::force(&late.0);
        late
    }
}

impl<T: Default + Send + Sync + 'static> Default for Late<T> {
    fn default() -> Self {
        Self::new(T::default)
    }
}

impl<T> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Clone for Late<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: fmt::Debug> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<'a, T> IntoIterator for &'a Late<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
