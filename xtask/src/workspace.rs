//! Where the checkout lies and where it is built.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// A checkout and its target folder.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The checkout that `cargo xtask` was called in.
    pub(crate) fn locate() -> Outcome<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").ok_or("start this with `cargo xtask`")?;
        let root = Path::new(&manifest).parent().ok_or("xtask lies in no workspace")?.to_owned();
        let target = target_folder(&|name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from))
            .ok_or("neither HOME nor CARGO_TARGET_DIR is set: set one of them, it says where to build")?;
        // A relative CARGO_TARGET_DIR means the folder we were called in, as it does for cargo.
        let target = std::path::absolute(target).map_err(|error| format!("the target folder has no path: {error}"))?;
        Ok(Self { root, target })
    }

    /// The checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where everything is built.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// A path in the checkout.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A cargo command in the checkout that builds in the shared target folder.
    pub(crate) fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(cargo);
        command.args(arguments).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Any other command in the checkout.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Where cargo puts `parindex` when it builds with this profile (whose folder, for `dev`, is `debug`).
    pub(crate) fn binary(&self, profile_folder: &str) -> PathBuf {
        self.target.join(profile_folder).join("parindex")
    }

    /// A command that starts `parindex`.
    pub(crate) fn program(&self, profile_folder: &str) -> Command {
        self.command(self.binary(profile_folder))
    }
}

/// One folder for all checkouts, outside of them: a fresh clone starts from what the last one has built.
fn target_folder(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    variable("CARGO_TARGET_DIR").or_else(|| {
        let cache = variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")))?;
        Some(cache.join("parindex/target"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> Option<PathBuf> {
        target_folder(&|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value)))
    }

    #[test]
    fn the_target_folder_is_the_same_for_every_checkout() {
        assert_eq!(with(&[("HOME", "/h")]), Some("/h/.cache/parindex/target".into()));
        assert_eq!(with(&[("HOME", "/h"), ("XDG_CACHE_HOME", "/c")]), Some("/c/parindex/target".into()));
        assert_eq!(with(&[("HOME", "/h"), ("CARGO_TARGET_DIR", "/t")]), Some("/t".into()));
        assert_eq!(with(&[]), None);
    }
}
