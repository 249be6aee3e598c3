//! Names of files, as they may be kept, shown and sent.

use super::media::Media;
use unicode_normalization::UnicodeNormalization;

/// Most characters of a name without its ending.
const LONGEST: usize = 120;

/// The name under which a file is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// Without folders, in NFC, with the ending of what the file is.
    pub name: String,
    /// Whether the claimed name had the ending of something else.
    pub mislabelled: bool,
}

impl FileName {
    /// The name for a file that was sent as `claimed` and is `media`.
    ///
    /// Vietnamese letters stay. What stays not: folders in front (`../`, `C:\`), control characters and those that turn the direction
    /// of writing, signs that some system forbids in names, points at either end, and an ending that is not the content's.
    #[must_use]
    pub fn of(claimed: &str, media: Media) -> Self {
        let base = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain: String = base.nfc().map(|c| if is_unwanted(c) { ' ' } else { c }).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = plain.trim_matches(['.', ' ']);
        let (stem, ending) = match plain.rsplit_once('.') {
            Some((stem, ending)) if is_ending(ending) => (stem, Some(ending)),
            _ => (plain, None),
        };
        let fits = ending.filter(|ending| media.endings().iter().any(|known| ending.eq_ignore_ascii_case(known)));
        let usual = media.endings().first().copied().unwrap_or_default();
        let stem: String = stem.trim_matches(['.', ' ']).chars().take(LONGEST).collect();
        let stem = match stem.trim_matches(['.', ' ']) {
            "" => "tai-lieu",
            stem => stem,
        };
        // Windows takes these for devices, whatever their ending.
        let underscore = if is_device(stem) { "_" } else { "" };
        let ending_shown = fits.map_or_else(|| usual.to_owned(), str::to_lowercase);
        Self { name: format!("{stem}{underscore}.{ending_shown}"), mislabelled: ending.is_some() && fits.is_none() }
    }
}

fn is_unwanted(c: char) -> bool {
    let turns_writing = matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    c.is_control() || turns_writing || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';' | '\u{FFFD}')
}

/// "pdf" and "7z" are endings, the year in "Kế hoạch 12.2023" is none.
fn is_ending(text: &str) -> bool {
    (1..=5).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered =
        |name: &str| stem.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    matches!(&*stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(claimed: &str) -> (String, bool) {
        let FileName { name, mislabelled } = FileName::of(claimed, Media::Pdf);
        (name, mislabelled)
    }

    #[test]
    fn names_lose_what_is_dangerous_and_keep_what_is_theirs() {
        for (claimed, kept, mislabelled) in [
            ("Kế hoạch số 12.pdf", "Kế hoạch số 12.pdf", false),
            ("Báo cáo.PDF", "Báo cáo.pdf", false),
            ("../../etc/passwd", "passwd.pdf", false),
            ("C:\\Users\\lan\\QĐ 15.pdf", "QĐ 15.pdf", false),
            ("..\\..\\boot.ini", "boot.pdf", true),
            ("bang-diem.docx", "bang-diem.pdf", true),
            ("trang.html", "trang.pdf", true),
            ("Kế hoạch 12.2023", "Kế hoạch 12.2023.pdf", false),
            ("gpj.\u{202E}fdp.exe", "gpj. fdp.pdf", true),
            ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf", false),
            ("\"><script>.pdf", "script.pdf", false),
            ("..", "tai-lieu.pdf", false),
            ("", "tai-lieu.pdf", false),
            (".pdf", "pdf.pdf", false),
            ("CON.pdf", "CON_.pdf", false),
            ("com1", "com1_.pdf", false),
            ("a\0b.pdf", "a b.pdf", false),
        ] {
            assert_eq!(name(claimed), (kept.into(), mislabelled), "{claimed:?}");
        }
    }

    #[test]
    fn letters_are_composed() {
        let decomposed = "Ke\u{302}\u{301} hoa\u{323}ch.pdf";
        assert_eq!(name(decomposed).0, "Kế hoạch.pdf");
    }

    #[test]
    fn photographs_keep_either_ending() {
        assert_eq!(FileName::of("anh.JPEG", Media::Jpeg), FileName { name: "anh.jpeg".into(), mislabelled: false });
        assert_eq!(FileName::of("anh", Media::Jpeg).name, "anh.jpg");
    }

    proptest! {
        /// Whatever is claimed, the name is one that any system takes, and cleaning it once more changes nothing.
        #[test]
        fn any_name_becomes_a_safe_one(claimed in ".{0,300}") {
            let FileName { name, .. } = FileName::of(&claimed, Media::Pdf);
            prop_assert!(name.ends_with(".pdf") && !name.starts_with('.'), "{name:?}");
            prop_assert!(!name.chars().any(|c| c.is_control() || "/\\\"<>|?*:;%".contains(c)), "{name:?}");
            prop_assert!(name.chars().count() <= LONGEST + 6);
            prop_assert_eq!(FileName::of(&name, Media::Pdf), FileName { name: name.clone(), mislabelled: false });
        }
    }
}
