//! Links as pictures for phones.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around, as the standard asks.
const MARGIN: i32 = 4;

/// The picture (QR, ISO/IEC 18004) of a text, as SVG; none where the text is too long for one.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let length = (x..size).take_while(|at| code.get_module(*at, y)).count();
            let length = i32::try_from(length).ok()?;
            if length > 0 {
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + MARGIN, y + MARGIN));
            }
            x += length + 1;
        }
    }
    let whole = size + 2 * MARGIN;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\"><rect width=\"{whole}\" height=\"{whole}\" \
         fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_picture_has_its_three_corners() {
        let picture = svg("https://parindex.example/phieu#0123-4567-89AB-CDEF-GHJK").unwrap();
        // Version 4 has 33 modules: the upper corners are rows of seven dark ones, at its left and its right.
        assert!(picture.contains("viewBox=\"0 0 41 41\""), "{picture}");
        assert!(picture.contains("d=\"M4 4h7v1h-7z") && picture.contains("M30 4h7v1h-7z"), "{picture}");
        assert_eq!(svg(&"x".repeat(3_000)), None);
    }
}
