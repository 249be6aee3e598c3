//! Why a document cannot be printed, in words for the person who asked for it.

use scoring::{Lang, Text};

/// Why a document cannot be printed.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Lang::En))]
pub enum PrintError {
    /// A character that the printing font does not have, so that a box would stand in its place.
    Glyph {
        /// The character.
        character: char,
        /// Some of the text around it.
        near: String,
    },
    /// The typesetter refuses; ours to mend, as no content should make it.
    Typesetter {
        /// What it says.
        detail: String,
    },
    /// The DOCX could not be put together.
    Docx {
        /// Why.
        source: std::io::Error,
    },
    /// The XLSX could not be put together.
    Xlsx {
        /// Why.
        source: rust_xlsxwriter::XlsxError,
    },
}

impl PrintError {
    /// What is wrong and what to do.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let text = match self {
            Self::Glyph { character, near } => {
                let code = format!("U+{:04X}", u32::from(*character));
                Text::new(
                    format!(
                        "ký tự “{character}” ({code}) trong “{near}” không có trong phông chữ in — thay ký tự đó rồi in lại; nội dung đã lưu không đổi"
                    ),
                    format!(
                        "the character “{character}” ({code}) in “{near}” is not in the printing font — replace it and print again; what was saved stands"
                    ),
                )
            }
            Self::Typesetter { detail } => Text::new(
                format!("không dựng được văn bản PDF ({detail}) — tải bản DOCX và báo cho quản trị hệ thống"),
                format!("the PDF cannot be set ({detail}) — take the DOCX and tell the operator"),
            ),
            Self::Docx { source } => Text::new(
                format!("không tạo được tệp DOCX ({source}) — thử lại, hoặc tải bản PDF"),
                format!("the DOCX cannot be made ({source}) — try again, or take the PDF"),
            ),
            Self::Xlsx { source } => Text::new(
                format!("không tạo được tệp XLSX ({source}) — tải bản PDF hoặc DOCX"),
                format!("the XLSX cannot be made ({source}) — take the PDF or the DOCX"),
            ),
        };
        text.get(lang).to_owned()
    }
}
