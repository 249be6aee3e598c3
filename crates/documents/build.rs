//! The printing fonts go into the program, so they have to be there first. They come from npm: they are somebody else's, so not in our repository.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let font = "node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf";
    println!("cargo::rerun-if-changed={font}");
    if Path::new(font).is_file() || std::env::var_os("CARGO_FEATURE_PDF").is_none() {
        return ExitCode::SUCCESS;
    }
    println!(
        "cargo::error=the fonts of printed documents are missing: `cargo xtask demo` and `cargo xtask test` install them, or `npm ci` in crates/documents"
    );
    ExitCode::FAILURE
}
