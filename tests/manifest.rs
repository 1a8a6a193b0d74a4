//! `rust-version` is kept: nothing that is built asks for a newer Rust. Clippy's `incompatible_msrv` watches the code itself.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn version(text: &str) -> Vec<u32> {
    let parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    let mut all: Vec<u32> = parts.collect();
    all.resize(3, 0);
    all
}

#[test]
fn no_dependency_asks_for_a_newer_rust_than_we_do() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rustc = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    let rustc = String::from_utf8(rustc.stdout).expect("rustc writes text");
    let host = rustc
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its host");
    // what is built here, so that nothing has to be fetched
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let newer: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let asks = package["rust_version"].as_str()?;
            (version(asks) > ours).then(|| format!("{} asks for {asks}", package["name"]))
        })
        .collect();
    assert!(packages.len() > 20, "cargo lists the whole tree");
    assert!(newer.is_empty(), "{newer:#?}");
}
