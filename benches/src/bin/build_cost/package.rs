//! Packages that are generated to be compiled.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use benches::measure::children_cpu;

/// The versions that are used here, so that nothing needs to be fetched for other ones.
const LOCK: &str = include_str!("../../../Cargo.lock");

/// For temporary files.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let folder = env::temp_dir().join(format!("build-cost-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A package of its own that was generated.
pub(crate) struct Package {
    name: &'static str,
    pub(crate) folder: PathBuf,
    pub(crate) target: PathBuf,
    source: PathBuf,
}

impl Package {
    pub(crate) fn write(
        parent: &Path,
        name: &'static str,
        dependencies: &str,
        file: &str,
        source: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = parent.join(name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                 [dependencies]\n{dependencies}"
            ),
        )?;
        fs::write(folder.join("Cargo.lock"), LOCK)?;
        let file = folder.join("src").join(file);
        fs::write(&file, source)?;
        Ok(Self {
            name,
            target: folder.join("target"),
            folder,
            source: file,
        })
    }

    /// Settles the versions and has the sources ready: without network if all of them were fetched before.
    pub(crate) fn resolve(&self) -> Result<(), Box<dyn Error>> {
        self.cargo(&["fetch", "--offline"])
            .or_else(|_| self.cargo(&["fetch"]))?;
        Ok(())
    }

    /// The crates that are compiled for this machine, its own not counted.
    pub(crate) fn crates(&self) -> Result<usize, Box<dyn Error>> {
        let tree = self.cargo(&[
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--no-dedupe",
        ])?;
        let mut crates: Vec<&str> = tree
            .lines()
            .map(|line| line.trim_end_matches(" (proc-macro)"))
            .collect();
        crates.sort_unstable();
        crates.dedup();
        Ok(crates.len().saturating_sub(1))
    }

    /// The time that the command and all that it starts compute, in seconds.
    pub(crate) fn cargo_cpu(&self, arguments: &[&str]) -> Result<f64, Box<dyn Error>> {
        let before = children_cpu();
        self.cargo(&[arguments, &["--offline"]].concat())?;
        Ok(children_cpu() - before)
    }

    pub(crate) fn cargo(&self, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
            .args(arguments)
            .arg("--quiet")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            // What has been compiled before is to be compiled again.
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    pub(crate) fn touch(&self) -> Result<(), Box<dyn Error>> {
        let source = fs::read(&self.source)?;
        fs::write(&self.source, source)?;
        Ok(())
    }

    /// Of the program, in megabytes.
    pub(crate) fn size(&self, profile: &str) -> Result<f64, Box<dyn Error>> {
        let program = self.target.join(profile).join(self.name);
        Ok(fs::metadata(program)?.len() as f64 / 1e6)
    }
}
