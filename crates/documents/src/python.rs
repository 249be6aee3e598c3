//! The Python that reads our files in tests.

use std::path::PathBuf;

/// The Python that `cargo xtask test` has set up, with the packages of xtask/python/requirements.txt.
pub(crate) fn python() -> PathBuf {
    let beside = || {
        let program = std::env::current_exe().ok()?;
        program.ancestors().map(|folder| folder.join("python/bin/python")).find(|python| python.is_file())
    };
    let set = std::env::var_os("PARINDEX_PYTHON").map(PathBuf::from).or_else(beside);
    set.expect("a Python with the tests' packages is missing: `cargo xtask test cargo` sets it up")
}
