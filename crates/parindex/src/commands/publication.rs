//! `parindex key`, `publish` and `verify`.

use super::{Done, Failure, block_on, computed, in_lang};
use crate::Source;
use crate::output;
use app::publication::{self, Bundle, BundleError, FileFault, PublicationError, Signed, SigningKey, Verification};
use app::{Clock, Lang, SystemClock};
use chrono::{DateTime, Utc};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Differences printed one by one; more are counted.
const PRINTED: usize = 50;

/// The environment variable that holds a signing key's password.
const PASSWORD: &str = "PARINDEX_SIGNING_PASSWORD";

/// Makes a key, and the public key beside it.
pub(crate) fn key(path: &Path, lang: Lang) -> Done {
    let unsigned = |error: publication::SignatureError| Failure::file(error.to_string());
    let key = SigningKey::new().map_err(unsigned)?;
    let public = public_of(path);
    write_new(path, &key.secret().map_err(unsigned)?, true)?;
    write_new(&public, &format!("{}\n", key.public()), false)?;
    let (path, public) = (path.display(), public.display());
    output::say(&in_lang(
        lang,
        format!("khóa ký: {path} (giữ kín); khóa công khai: {public} (công bố rộng rãi)"),
        format!("signing key: {path} (keep it secret); public key: {public} (make it known)"),
    ));
    Ok(output::print(&key.public())?)
}

fn public_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

/// A file that must not be there yet: nobody loses a key.
fn write_new(path: &Path, text: &str, secret: bool) -> Done {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let failed = |error: std::io::Error| Failure::file(format!("{}: {error}", path.display()));
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

/// Reads a key that signs; its password, where it has one, comes from the environment.
pub(super) fn signing_key(path: &Path) -> Result<SigningKey, Failure> {
    let named = |error: String| Failure::file(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    SigningKey::read(&text, std::env::var(PASSWORD).ok()).map_err(|error| named(error.to_string()))
}

/// Packs a campaign as a release and signs it.
pub(crate) fn publish(source: &Source, out: &Path, key: &Path, (number, at): (u32, Option<DateTime<Utc>>), lang: Lang) -> Done {
    let key = signing_key(key)?;
    let computed = computed(source, lang)?;
    let at = at.unwrap_or_else(|| SystemClock.now());
    let mut bundle = block_on(async { publication::pack(&computed, number, at).await.map_err(not_packed) })?;
    let code = &computed.settings().code;
    publication::sign(&mut bundle, &key, (code, number), at).map_err(not_packed)?;
    write(&bundle, out)?;
    let (files, shown) = (bundle.0.len(), out.display());
    output::say(&in_lang(
        lang,
        format!("{shown}: {files} tệp, ký bằng khóa {}", key.public()),
        format!("{shown}: {files} files, signed by key {}", key.public()),
    ));
    Ok(())
}

fn write(bundle: &Bundle, out: &Path) -> Done {
    let failed = |error: BundleError| Failure::file(error.to_string());
    if out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        let bytes = bundle.to_zip().map_err(failed)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(out).map_err(|error| {
            // What was published is never written over.
            Failure::file(format!("{}: {error}", out.display()))
        })?;
        return Ok(file.write_all(&bytes).and_then(|()| file.sync_all())?);
    }
    bundle.write_folder(out).map_err(failed)
}

fn not_packed(error: PublicationError) -> Failure {
    Failure::not_there(error.to_string())
}

/// Computes every figure of a release again and says what was found.
pub(crate) fn verify(path: &Path, key: Option<&str>, lang: Lang) -> Done {
    // A key may be given as the line itself or as the file that holds it.
    let key = key.map(|key| fs::read_to_string(key).unwrap_or_else(|_| key.to_owned()));
    let found = publication::verify(path, key.as_deref()).map_err(|error| Failure::file(error.to_string()))?;
    for line in report(&found, lang) {
        output::print(&line)?;
    }
    if found.is_whole() {
        return Ok(());
    }
    Err(Failure::not_there(in_lang(lang, "bản công bố KHÔNG nguyên vẹn", "the release is NOT whole")))
}

fn report(found: &Verification, lang: Lang) -> Vec<String> {
    let say = |vi: String, en: String| in_lang(lang, vi, en);
    let mut lines = Vec::new();
    match &found.manifest {
        Some(manifest) => lines.push(format!(
            "{} · {} · {} {} · {}",
            manifest.title,
            manifest.campaign,
            in_lang(lang, "bản số", "release"),
            manifest.number,
            manifest.fixed_at
        )),
        None => lines.push(say("✗ manifest.json: không đọc được".into(), "✗ manifest.json: cannot be read".into())),
    }
    lines.extend(found.manifest.iter().filter_map(|manifest| manifest.notice.clone()));
    let listed = found.manifest.as_ref().map_or(0, |manifest| manifest.files.len());
    if found.files.is_empty() && found.manifest.is_some() {
        lines.push(say(
            format!("✓ {listed} tệp đúng với mã băm trong manifest.json"),
            format!("✓ {listed} files have the hashes of manifest.json"),
        ));
    }
    lines.extend(found.files.iter().map(|fault| match fault {
        FileFault::Changed(name) => say(format!("✗ {name}: đã bị thay đổi"), format!("✗ {name}: was changed")),
        FileFault::Absent(name) => say(format!("✗ {name}: thiếu"), format!("✗ {name}: is missing")),
        FileFault::Unlisted(name) => {
            say(format!("✗ {name}: không có trong manifest.json"), format!("✗ {name}: is not in manifest.json"))
        }
    }));
    lines.push(match &found.signature {
        Signed::No => say("– chưa ký".into(), "– not signed".into()),
        Signed::Unasked(key) => say(
            format!("– chữ ký của khóa {key}; chưa kiểm tra vì chưa cho biết khóa (--key)"),
            format!("– signed by key {key}; not checked, as no key was given (--key)"),
        ),
        Signed::By { key, comment } => {
            say(format!("✓ chữ ký của khóa {key}: {comment}"), format!("✓ signed by key {key}: {comment}"))
        }
        Signed::Wrong(why) => say(format!("✗ chữ ký: {why}"), format!("✗ signature: {why}")),
    });
    if let Some(unread) = &found.unread {
        lines.push(say(format!("✗ không tính lại được: {unread}"), format!("✗ cannot be computed again: {unread}")));
    } else if found.differences.is_empty() {
        lines.push(say(
            format!("✓ {} con số tính lại đều khớp", found.figures),
            format!("✓ {} figures computed again, all equal", found.figures),
        ));
    }
    lines.extend(found.differences.iter().take(PRINTED).map(|difference| format!("✗ results/{difference}")));
    if found.differences.len() > PRINTED {
        let more = found.differences.len() - PRINTED;
        lines.push(say(format!("✗ … và {more} chỗ khác nữa"), format!("✗ … and {more} more")));
    }
    if found.kept_back > 0 {
        let n = found.kept_back;
        lines.push(say(
            format!("– {n} điểm điều tra lấy theo số công bố vì quá ít người trả lời"),
            format!("– {n} survey points taken as published: too few people answered"),
        ));
    }
    if found.taken > 0 {
        let n = found.taken;
        lines.push(say(
            format!("– khoảng thứ hạng của {n} đơn vị lấy theo số công bố: tính từ câu trả lời không công bố"),
            format!("– rank intervals of {n} agencies taken as published: they follow from answers that are not public"),
        ));
    }
    lines
}
