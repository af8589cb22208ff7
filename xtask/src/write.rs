//! From texts to files.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tree::Files;

/// The texts as `rustfmt` leaves them.
pub(crate) fn formatted(root: &Path, files: &Files) -> Result<Files, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("clerk-xtask-{}", std::process::id()));
    let outcome = (|| {
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().ok_or("a path without folder")?)?;
            fs::write(path, text)?;
        }
        let status = Command::new("rustfmt")
            .args(["--edition", "2024", "--config-path"])
            .arg(root.join("rustfmt.toml"))
            .arg(folder.join("mod.rs"))
            .status()
            .map_err(|error| {
                format!("rustfmt cannot be started (`rustup component add rustfmt`): {error}")
            })?;
        if !status.success() {
            return Err("rustfmt does not understand what was generated".into());
        }
        let read = |path: &PathBuf| Ok((path.clone(), fs::read_to_string(folder.join(path))?));
        files.keys().map(read).collect()
    })();
    // What cannot be removed is left to the system.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

pub(crate) fn write(folder: &Path, files: &Files) -> Result<(), Box<dyn Error>> {
    for path in found(folder)? {
        if !files.contains_key(&path) {
            fs::remove_file(folder.join(path))?;
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a path without folder")?)?;
        // What stays the same need not be compiled again.
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

pub(crate) fn compare(folder: &Path, files: &Files) -> Result<(), Box<dyn Error>> {
    let found = found(folder)?;
    let mut different: Vec<String> = Vec::new();
    for path in &found {
        if !files.contains_key(path) {
            different.push(format!("{} is not generated any more", path.display()));
        }
    }
    for (path, text) in files {
        if fs::read_to_string(folder.join(path)).ok().as_deref() != Some(text) {
            different.push(format!("{} is not what is generated", path.display()));
        }
    }
    if different.is_empty() {
        return Ok(());
    }
    let list = different.join("\n");
    Err(format!("{}:\n{list}\nRun `cargo xtask generate`.", folder.display()).into())
}

/// The files that are there, by their paths below the folder.
fn found(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(place) = pending.pop() {
        let Ok(entries) = fs::read_dir(&place) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                found.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    Ok(found)
}
