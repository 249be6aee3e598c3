//! What has to be there before something can be built or tested: npm packages, the pages' assets, PostgreSQL, Python's packages, Chromium.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Outcome, process};

/// The folder of the pages' crate, which has npm packages of its own.
pub(crate) const WEB: &str = "crates/web";
/// The folder of the crate that prints, whose fonts come from npm.
const DOCUMENTS: &str = "crates/documents";
/// The folder of the browser tests.
pub(crate) const E2E: &str = "e2e";

/// What Python has to have for the tests, pinned.
const PYTHON_PACKAGES: &str = "xtask/python/requirements.txt";

/// The oldest Node that Vite and Playwright run on; Debian 12 itself has 18.
const OLDEST_NODE: u32 = 20;

/// What Vite's output depends on, below `WEB`. The templates count: they say which classes are used.
const ASSET_SOURCES: [&str; 6] = ["package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "assets", "src"];

/// Checks that the programs are there which we can't install ourselves.
pub(crate) fn tools(workspace: &Workspace) -> Outcome {
    if process::find("cc").is_none() {
        return Err("a C compiler is missing: `apt-get install build-essential`".into());
    }
    node(workspace)
}

fn node(workspace: &Workspace) -> Outcome {
    let advice = format!("install Node {OLDEST_NODE} or newer together with npm, see https://nodejs.org/en/download");
    if process::find("node").is_none() || process::find("npm").is_none() {
        return Err(format!("node or npm is missing: {advice}"));
    }
    let version = process::output(workspace.command("node").arg("--version"))?;
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(format!("this Node, {}, is too old: {advice}", version.trim())),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Installs the npm packages of a folder unless those of its lock file are there.
pub(crate) fn npm_packages(workspace: &Workspace, folder: &str) -> Outcome {
    let folder_path = workspace.path(folder);
    let lock = fs::read_to_string(folder_path.join("package-lock.json"))
        .map_err(|error| format!("{folder}/package-lock.json can't be read ({error}): it is committed, see CONTRIBUTING.md"))?;
    let stamp = Stamp { path: folder_path.join("node_modules/.xtask-installed"), content: lock };
    if stamp.is_current() {
        return Ok(());
    }
    node(workspace)?;
    let mut npm = workspace.command("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder_path);
    // The browser comes from apt, see `chromium`.
    process::run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    stamp.set()
}

/// Builds the pages' styles, scripts and fonts, and installs the fonts of printed documents, unless they are current.
pub(crate) fn assets(workspace: &Workspace) -> Outcome {
    npm_packages(workspace, DOCUMENTS)?;
    npm_packages(workspace, WEB)?;
    let web = workspace.path(WEB);
    let stamp = Stamp { path: web.join("node_modules/.xtask-built"), content: fingerprint(&web, &ASSET_SOURCES)? };
    if stamp.is_current() && web.join("dist").is_dir() {
        return Ok(());
    }
    process::run(workspace.command("npm").args(["run", "build"]).current_dir(web))?;
    stamp.set()
}

/// Finds PostgreSQL's server programs, installing them where we may, and answers their folder. The tests start a throwaway
/// cluster of their own from them.
pub(crate) fn postgres(workspace: &Workspace) -> Outcome<PathBuf> {
    installed("PostgreSQL 15 or newer", "postgresql", workspace, || {
        newest_postgres(Path::new("/usr/lib/postgresql")).or_else(|| Some(process::find("initdb")?.parent()?.to_owned()))
    })
}

/// Debian keeps each major version in a folder of its own.
fn newest_postgres(versions: &Path) -> Option<PathBuf> {
    fs::read_dir(versions)
        .ok()?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .max()
        .map(|(_, bin)| bin)
}

/// Makes a virtual environment below the target folder with the packages that read our files, and answers its Python. Tests that are
/// run by hand find it there.
pub(crate) fn python(workspace: &Workspace) -> Outcome<PathBuf> {
    let packages = fs::read_to_string(workspace.path(PYTHON_PACKAGES))
        .map_err(|error| format!("{PYTHON_PACKAGES} can't be read ({error}): it is committed"))?;
    let folder = workspace.target().join("python");
    let python = folder.join("bin/python");
    let stamp = Stamp { path: folder.join(".xtask-installed"), content: packages };
    if stamp.is_current() && python.is_file() {
        return Ok(python);
    }
    let able = || process::succeeds(workspace.command("python3").args(["-c", "import ensurepip, venv"]));
    installed("Python 3 with its venv", "python3-venv", workspace, || process::find("python3").filter(|_| able()))?;
    process::run(workspace.command("python3").args(["-m", "venv"]).arg(&folder))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", PYTHON_PACKAGES];
    process::run(workspace.command(&python).args(install))?;
    stamp.set()?;
    Ok(python)
}

/// Finds PSPP, installing it where we may: tests count with it what the survey's export holds.
pub(crate) fn pspp(workspace: &Workspace) -> Outcome {
    installed("PSPP", "pspp", workspace, || process::find("pspp")).map(drop)
}

/// Finds Chromium, installing it where we may.
pub(crate) fn chromium(workspace: &Workspace) -> Outcome<PathBuf> {
    installed("Chromium", "chromium", workspace, || {
        ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::find)
    })
}

/// Finds pdftotext, installing it where we may: browser tests read with it what was printed.
pub(crate) fn pdftotext(workspace: &Workspace) -> Outcome {
    installed("pdftotext", "poppler-utils", workspace, || process::find("pdftotext")).map(drop)
}

fn installed(what: &str, package: &str, workspace: &Workspace, find: impl Fn() -> Option<PathBuf>) -> Outcome<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let missing = format!("{what} is missing: `apt-get install {package}`");
    let Some(apt) = apt_get(workspace) else {
        return Err(format!("{missing} (not done for you: that takes root or sudo without a password)"));
    };
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "--yes", "--no-install-recommends", package]))?;
    find().ok_or(missing)
}

/// How to call apt-get, if we may: as root, or by sudo where it asks nothing.
fn apt_get(workspace: &Workspace) -> Option<impl Fn() -> Command> {
    process::find("apt-get")?;
    let is_root = process::output(workspace.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let may_sudo = || process::succeeds(workspace.command("sudo").args(["--non-interactive", "true"]));
    if !is_root && !may_sudo() {
        return None;
    }
    Some(move || {
        let mut command = workspace.command(if is_root { "env" } else { "sudo" });
        // Another apt may be at work; we wait for it.
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=300"]);
        command
    })
}

/// `PATH` with a folder in front.
pub(crate) fn path_with(folder: &Path) -> Outcome<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&path));
    env::join_paths(folders).map_err(|error| format!("PATH can't be extended: {error}"))
}

/// Remembers, beside what was made, what it was made from.
struct Stamp {
    path: PathBuf,
    content: String,
}

impl Stamp {
    fn is_current(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|content| content == self.content)
    }

    fn set(&self) -> Outcome {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.path, &self.content))
            .map_err(|error| format!("{} can't be written: {error}", self.path.display()))
    }
}

/// A number that changes when one of the sources, files or folders, changes. Contents count, not times: a fresh clone or a switch
/// of branches touches every file.
fn fingerprint(folder: &Path, sources: &[&str]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    let mut waiting: Vec<PathBuf> = sources.iter().map(|source| folder.join(source)).collect();
    while let Some(path) = waiting.pop() {
        let unreadable = |error| format!("{} can't be read: {error}", path.display());
        if path.is_dir() {
            let mut entries = fs::read_dir(&path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
            entries.sort_by_key(fs::DirEntry::file_name);
            waiting.extend(entries.iter().map(fs::DirEntry::path));
        } else if path.is_file() {
            path.hash(&mut hasher);
            fs::read(&path).map_err(unreadable)?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_says_its_version_with_a_letter_in_front() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("none"), None);
    }

    #[test]
    fn what_was_made_is_current_until_a_source_changes() {
        let folder = env::temp_dir().join(format!("parindex-xtask-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        fs::write(folder.join("assets/page.css"), "a {}").unwrap();
        let print = || fingerprint(&folder, &["assets", "not-there"]).unwrap();
        let stamp = |content| Stamp { path: folder.join("stamp"), content };

        assert!(!stamp(print()).is_current());
        stamp(print()).set().unwrap();
        assert!(stamp(print()).is_current());
        fs::write(folder.join("assets/page.css"), "b {}").unwrap();
        assert!(!stamp(print()).is_current());

        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_newest_postgres_is_taken_and_a_client_alone_is_none() {
        let versions = env::temp_dir().join(format!("parindex-xtask-pg-{}", std::process::id()));
        for version in ["9", "15"] {
            fs::create_dir_all(versions.join(version).join("bin")).unwrap();
            fs::write(versions.join(version).join("bin/initdb"), "").unwrap();
            fs::write(versions.join(version).join("bin/postgres"), "").unwrap();
        }
        fs::create_dir_all(versions.join("17/bin")).unwrap();
        assert_eq!(newest_postgres(&versions), Some(versions.join("15/bin")));
        fs::remove_dir_all(versions).unwrap();
    }
}
