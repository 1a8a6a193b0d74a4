//! `caveat schema`.

use std::io::{self, Write};

use caveat::keys;
use caveat::project::CONFIG_KEYS;
use caveat::rule::PACK_KEYS;
use serde_json::json;

use crate::args::{SchemaArgs, SchemaOf};
use crate::{Error, Outcome};

pub(crate) fn run(args: &SchemaArgs) -> Result<Outcome, Error> {
    let (keys, title) = match args.what {
        SchemaOf::Config => (&**CONFIG_KEYS, "caveat.toml"),
        SchemaOf::Pack => (&**PACK_KEYS, "caveat rule pack"),
    };
    let mut schema = keys::schema(keys);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
