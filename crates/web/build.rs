//! The pages' assets go into the program, so they have to be there first, and a new build of them means a new build of this crate.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=dist");
    println!("cargo::rerun-if-changed=locales");
    if Path::new("dist/manifest.json").is_file() {
        return ExitCode::SUCCESS;
    }
    println!(
        "cargo::error=crates/web/dist is missing: `cargo xtask demo` and `cargo xtask test` make it, or `npm ci && npm run build` in crates/web"
    );
    ExitCode::FAILURE
}
