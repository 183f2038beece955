//! Tells the program by which sources it was made: two builds that may answer differently never
//! share a version of an answer, and two of the same sources do, wherever they were made.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

/// A crate that answers nothing: it fills the database.
const DATASET: &str = "dataset";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = vec![root.join("Cargo.lock"), root.join("entity/src")];
    for entry in fs::read_dir(root.join("api"))? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").exists() && entry.file_name() != DATASET {
            sources.push(entry.path().join("src"));
        }
    }
    let mut files = Vec::new();
    for source in sources {
        println!("cargo::rerun-if-changed={}", source.display());
        find(source, &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(&root)?.display().to_string();
        let text = fs::read(&file)?;
        hash.update(format!("{name}:{}:", text.len()));
        hash.update(text);
    }
    let hash: String = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo::rustc-env=STM_SOURCES={hash}");
    Ok(())
}

/// Finds the file of this name, or those in the folder and in the folders in it.
fn find(path: PathBuf, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if !path.is_dir() {
        files.push(path);
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        find(entry?.path(), files)?;
    }
    Ok(())
}
