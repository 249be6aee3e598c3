use super::{LANGS, sample};
use crate::letter::pdf::{pdf, unprintable};
use crate::letter::{Block, Letter, PrintError};
use lopdf::{Dictionary, Document, Object};
use scoring::Lang;

/// A page: its width and height in points, and its text.
struct Read {
    size: (f32, f32),
    text: String,
}

fn document(letter: &Letter) -> Document {
    Document::load_mem(&pdf(letter).unwrap()).unwrap()
}

fn pages(letter: &Letter) -> Vec<Read> {
    let document = document(letter);
    let read = |(number, id): (&u32, &lopdf::ObjectId)| {
        let page = document.get_dictionary(*id).unwrap();
        let sides = page.get(b"MediaBox").unwrap().as_array().unwrap();
        let size = (sides[2].as_float().unwrap(), sides[3].as_float().unwrap());
        Read { size, text: document.extract_text(&[*number]).unwrap() }
    };
    document.get_pages().iter().map(read).collect()
}

/// Text without spaces and line breaks, whose places are the typesetter's affair.
fn squeezed(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace()).collect()
}

fn catalog(document: &Document) -> &Dictionary {
    document.catalog().unwrap()
}

#[test]
fn every_text_of_a_letter_is_printed_with_its_diacritics() {
    for (_, lang) in LANGS {
        for (name, letter) in sample::all(lang) {
            let shown = squeezed(&pages(&letter).iter().map(|page| page.text.as_str()).collect::<String>());
            let head = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];
            if lang == Lang::Vi {
                head.iter().for_each(|text| assert!(shown.contains(&squeezed(text)), "{name}: {text}"));
            }
            for text in letter.texts().filter(|text| **text != *letter.title).flat_map(str::lines) {
                let found = shown.contains(&squeezed(text)) || shown.contains(&squeezed(&text.to_uppercase()));
                assert!(found, "{name}: {text}");
            }
        }
    }
}

#[test]
fn it_is_archivable_and_can_be_read_aloud() {
    for (code, lang) in LANGS {
        let letter = sample::report(lang);
        let bytes = pdf(&letter).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let catalog = catalog(&document);
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), code.as_bytes());
        let marks = document.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap().1.as_dict().unwrap();
        assert_eq!(*marks.get(b"Marked").unwrap(), Object::Boolean(true));
        assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"OutputIntents"));
        let metadata = catalog.get(b"Metadata").and_then(|id| document.get_object(id.as_reference()?)).unwrap();
        let metadata = metadata.as_stream().unwrap();
        let metadata = String::from_utf8(metadata.decompressed_content().unwrap_or_else(|_| metadata.content.clone())).unwrap();
        for mark in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", &letter.title, "2023-11-28"] {
            assert!(metadata.contains(mark), "{mark} in {metadata}");
        }
    }
}

#[test]
fn all_fonts_are_within() {
    let document = document(&sample::sheet(Lang::Vi));
    let fonts: Vec<&Dictionary> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.get(b"Type").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"FontDescriptor")))
        .collect();
    assert!(fonts.len() >= 3, "regular, bold and italic");
    for font in fonts {
        assert!(font.has(b"FontFile2") || font.has(b"FontFile3"));
        assert!(String::from_utf8_lossy(font.get(b"FontName").unwrap().as_name().unwrap()).contains("Tinos"));
    }
}

#[test]
fn headers_of_tables_repeat_and_pages_are_numbered_from_the_second() {
    let pages = pages(&sample::sheet(Lang::Vi));
    assert!(pages.len() > 5);
    for (number, page) in (1..).zip(&pages) {
        assert!(page.size.0 > page.size.1, "the sheet lies");
        assert!(squeezed(&page.text).contains("Tàiliệukiểmchứng"), "page {number}");
        let begins = page.text.trim_start().starts_with(&number.to_string());
        assert_eq!(begins, number > 1, "page {number}: {}", page.text.chars().take(40).collect::<String>());
    }
}

#[test]
fn an_appendix_may_lie_where_the_letter_stands_and_counts_its_own_pages() {
    let pages = pages(&sample::report(Lang::Vi));
    assert!(pages[0].size.0 < pages[0].size.1);
    let first = pages.iter().position(|page| page.size.0 > page.size.1).unwrap();
    assert!(pages[first].text.trim_start().starts_with("Phụ lục"), "{}", pages[first].text);
    assert!(pages[first + 1].text.trim_start().starts_with('2'));

    // Two that stand, like the letter before them.
    let minutes = self::pages(&sample::minutes(Lang::Vi));
    let annexes = minutes.iter().filter(|page| page.text.contains("Phụ lục "));
    assert_eq!(annexes.map(|page| page.text.trim_start().starts_with("Phụ lục ")).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn a_character_that_the_font_lacks_is_refused_by_name() {
    let mut letter = sample::request(Lang::Vi);
    letter.body.push(Block::Paragraph("Đã hoàn thành 😀 toàn bộ".into()));
    let error = pdf(&letter).unwrap_err();
    assert!(matches!(&error, PrintError::Glyph { character: '😀', near } if near == "Đã hoàn thành 😀 toàn bộ"), "{error:?}");
    assert!(error.say(Lang::Vi).contains("“😀” (U+1F600) trong “Đã hoàn thành"));
    assert_eq!(unprintable("x😀"), Some('😀'));
    assert_eq!(unprintable("Tỷ lệ ≥ 95 %, “đạt” – 1/2 … − ’ × ½ →\n\t"), None);
}

#[test]
fn every_vietnamese_letter_can_be_printed() {
    let vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    // Grave, acute, hook above, tilde, dot below; composed as keyboards do, and apart as some systems keep them.
    for tone in ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'] {
        assert_eq!(unprintable(&tone.to_string()), None);
    }
    assert_eq!(unprintable(vowels), None);
    let composed = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵđ";
    assert_eq!(unprintable(composed), None);
    assert_eq!(unprintable(&composed.to_uppercase()), None);
}

#[test]
fn what_looks_like_markup_is_text() {
    let hostile = "#panic() *đậm* _x_ $a$ `b` @c <d> \\ // #read(\"letter.json\") = Tiêu đề";
    let mut letter = sample::request(Lang::Vi);
    letter.body = vec![Block::Subheading(hostile.into()), Block::Heading(hostile.into()), Block::Subheading(hostile.into())];
    letter.head.issuer = hostile.into();
    letter.signatures[0].name = hostile.into();
    let shown = squeezed(&pages(&letter)[0].text);
    assert_eq!(shown.to_uppercase().matches(&squeezed(hostile).to_uppercase()).count(), 5, "{shown}");
}

#[test]
fn what_a_form_sends_and_what_nobody_sees_does_no_harm() {
    let mut letter = sample::request(Lang::Vi);
    letter.body = vec![Block::Paragraph("một\r\nhai\u{200B}\tba\u{FEFF}\u{0}\u{202E}".into())];
    assert!(squeezed(&pages(&letter)[0].text).contains("mộthaiba"));
}

#[test]
fn a_bare_letter_and_a_row_longer_than_a_page_can_be_printed() {
    let mut letter = sample::request(Lang::En);
    letter.body = vec![Block::Table(crate::letter::Table::default()), Block::List(Vec::new())];
    letter.head = crate::letter::Head::default();
    letter.recipients.clear();
    letter.signatures.clear();
    letter.addressees = vec!["One".into(), "Two".into()];
    assert_eq!(pages(&letter).len(), 1);

    let mut letter = sample::sheet(Lang::Vi);
    if let Some(Block::Table(table)) = letter.body.first_mut() {
        table.rows.truncate(3);
        table.rows[2].cells[4] = format!("{} HẾT", "Nội dung giải trình rất dài. ".repeat(400)).into();
    }
    let pages = pages(&letter);
    assert!(pages.len() > 2 && pages.iter().any(|page| page.text.contains("HẾT")), "nothing is cut off");
}
