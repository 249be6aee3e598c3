//! Every document, in both languages, in every format.

mod docx;
mod pdf;
pub(crate) mod sample;
mod survey_plan;
mod xlsx;

use crate::letter::{Letter, PrintError, docx::docx, pdf::pdf, xlsx::xlsx};
use scoring::Lang;

type Render = fn(&Letter) -> Result<Vec<u8>, PrintError>;

const FORMATS: [(&str, Render); 3] = [("pdf", pdf), ("docx", docx), ("xlsx", xlsx)];
const LANGS: [(&str, Lang); 2] = [("vi", Lang::Vi), ("en", Lang::En)];

/// Somebody who wants to look at the documents says where to put them: `DOCUMENTS_TO=folder cargo test -p documents the_same_letter`.
#[test]
fn the_same_letter_gives_the_same_bytes() {
    let folder = std::env::var_os("DOCUMENTS_TO").map(std::path::PathBuf::from);
    for (ending, render) in FORMATS {
        for (code, lang) in LANGS {
            let first: Vec<_> = sample::all(lang).iter().map(|(name, letter)| (*name, render(letter).unwrap())).collect();
            // In another order, so that nothing is carried over from one to the next.
            for (name, letter) in sample::all(lang).iter().rev() {
                let bytes = &first.iter().find(|(other, _)| other == name).unwrap().1;
                assert!(render(letter).unwrap() == *bytes, "{name}.{code}.{ending}");
                if let Some(folder) = &folder {
                    std::fs::write(folder.join(format!("{name}.{code}.{ending}")), bytes).unwrap();
                }
            }
        }
    }
}

#[test]
fn every_part_of_a_letter_is_read() {
    let letter = sample::report(Lang::Vi);
    let texts: Vec<_> = letter.texts().collect();
    for text in ["UBND thành phố Hà Nội", "Báo cáo", "Như trên;", "Giám đốc", "Biểu tự đánh giá", "Tài liệu kiểm chứng", "KAD"]
    {
        assert!(texts.contains(&text), "{text}");
    }
}
