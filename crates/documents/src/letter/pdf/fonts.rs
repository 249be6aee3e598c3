//! Tinos, which has the widths of Times New Roman and every Vietnamese letter, in four styles.

use crate::letter::PrintError;
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

macro_rules! tinos {
    ($style:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/node_modules/@expo-google-fonts/tinos/",
            $style,
            "/Tinos_",
            $style,
            ".ttf"
        ))
    };
}

const FILES: [&[u8]; 4] = [tinos!("400Regular"), tinos!("700Bold"), tinos!("400Regular_Italic"), tinos!("700Bold_Italic")];

/// Characters on either side of one that is missing, so that it can be found.
const NEAR: usize = 20;

/// Read once per process.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
});

/// The fonts and what Typst asks about them.
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) all: Vec<Font>,
}

impl Fonts {
    /// Whether one of the styles lacks a character. A line break needs no shape.
    pub(super) fn lack(&self, one: char) -> bool {
        one != '\n' && self.all.iter().any(|font| !font.info().coverage.contains(u32::from(one)))
    }

    /// Refuses a text that would print a box.
    pub(super) fn check(&self, text: &str) -> Result<(), PrintError> {
        let Some((at, character)) = text.char_indices().find(|(_, one)| self.lack(*one)) else {
            return Ok(());
        };
        let (before, after) = text.split_at(at);
        let skipped = before.chars().count().saturating_sub(NEAR);
        let near = before.chars().skip(skipped).chain(after.chars().take(NEAR)).collect();
        Err(PrintError::Glyph { character, near })
    }
}
