//! Packs the rule packs that are embedded in the program, so that no run takes their TOML apart again: for each `rules/NAME.toml` the
//! tree of its values (`NAME.tree`, see `src/keys/packed.rs`) and the hash of its text (`NAME.hash`). Nothing else is done here: it
//! reads `rules`, writes to the folder that Cargo gives, and a test holds what it wrote against the text.

#![allow(
    clippy::print_stdout,
    reason = "so is Cargo told what this is made from"
)]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use toml::de::DeTable;

#[path = "src/keys/packed.rs"]
mod packed;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/keys/packed.rs");
    println!("cargo::rerun-if-changed=rules");
    let out = env::var("OUT_DIR")?;
    for entry in fs::read_dir("rules")? {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let root = DeTable::parse(&text).map_err(|wrong| format!("{}: {wrong}", path.display()))?;
        let name = Path::new(path.file_stem().unwrap_or_default());
        let file = |ending: &str| Path::new(&out).join(name).with_extension(ending);
        fs::write(file("tree"), packed::pack(&text, root.get_ref()))?;
        let hash = blake3::hash(text.as_bytes()).to_hex();
        fs::write(file("hash"), &hash[..32])?;
    }
    Ok(())
}
