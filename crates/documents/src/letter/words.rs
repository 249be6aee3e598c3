//! The words that every document has.

use super::Letter;
use chrono::{Datelike, NaiveDate};
use scoring::Lang;
use serde::Serialize;

/// The text of the language.
pub(crate) fn pick<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A day in figures, as people of the language write it: 05/10/2023 or 5 October 2023.
#[must_use]
pub fn day(date: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Vi => date.format("%d/%m/%Y").to_string(),
        Lang::En => date.format("%-d %B %Y").to_string(),
    }
}

/// Place and date of a document. The decree wants a 0 before days under 10 and before the months 1 and 2.
#[must_use]
pub fn place_and_date(place: &str, date: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Vi => {
            let month = if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() };
            format!("{place}, ngày {:02} tháng {month} năm {}", date.day(), date.year())
        }
        Lang::En => format!("{place}, {}", day(date, lang)),
    }
}

/// What is printed around the content of a letter, ready to be set.
#[derive(Serialize)]
pub(crate) struct Words {
    pub(crate) nation: &'static str,
    pub(crate) motto: &'static str,
    pub(crate) number: String,
    pub(crate) about: String,
    pub(crate) place_and_date: String,
    pub(crate) to: &'static str,
    pub(crate) recipients: &'static str,
    pub(crate) annexes: Vec<AnnexWords>,
}

/// What is printed above an appendix.
#[derive(Serialize)]
pub(crate) struct AnnexWords {
    pub(crate) number: String,
    pub(crate) with: String,
}

impl Words {
    pub(crate) fn of(letter: &Letter) -> Self {
        let (lang, head) = (letter.lang, &letter.head);
        let say = |vi, en| pick(lang, vi, en);
        let blank = "        ";
        let number = if head.number.is_empty() { blank } else { &head.number };
        Self {
            nation: match lang {
                Lang::Vi => "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                Lang::En => "SOCIALIST REPUBLIC OF VIET NAM",
            },
            motto: match lang {
                Lang::Vi => "Độc lập - Tự do - Hạnh phúc",
                Lang::En => "Independence - Freedom - Happiness",
            },
            number: match head.symbol.as_str() {
                "" => String::new(),
                symbol => format!("{} {number}/{symbol}", say("Số:", "No.:")),
            },
            about: match head.about.as_str() {
                "" => String::new(),
                about => format!("{} {about}", say("V/v", "Re:")),
            },
            place_and_date: place_and_date(&head.place, letter.date, lang),
            to: match lang {
                Lang::Vi => "Kính gửi:",
                Lang::En => "To:",
            },
            recipients: match lang {
                Lang::Vi => "Nơi nhận:",
                Lang::En => "Recipients:",
            },
            annexes: annexes(letter, number),
        }
    }
}

fn annexes(letter: &Letter, number: &str) -> Vec<AnnexWords> {
    let (lang, head) = (letter.lang, &letter.head);
    let date = day(letter.date, lang);
    let kind = letter.name.as_ref().map_or(pick(lang, "Công văn", "Official letter").to_owned(), |name| sentence(&name.kind));
    let issuer = &head.issuer;
    let with = match (lang, head.symbol.as_str()) {
        (Lang::Vi, "") => format!("(Kèm theo {kind} ngày {date} của {issuer})"),
        (Lang::Vi, symbol) => format!("(Kèm theo {kind} số {number}/{symbol} ngày {date} của {issuer})"),
        (Lang::En, "") => format!("(Attached to the {} of {date} of {issuer})", kind.to_lowercase()),
        (Lang::En, symbol) => format!("(Attached to {kind} No. {number}/{symbol} of {date} of {issuer})"),
    };
    let word = pick(lang, "Phụ lục", "Appendix");
    let alone = letter.annexes.len() == 1;
    let number = |at: usize| if alone { word.to_owned() } else { format!("{word} {}", roman(at)) };
    (1..=letter.annexes.len()).map(|at| AnnexWords { number: number(at), with: with.clone() }).collect()
}

/// `BÁO CÁO` as it stands within a sentence: `Báo cáo`.
fn sentence(capitals: &str) -> String {
    let mut letters = capitals.chars();
    letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
}

/// A Roman numeral, as the decree numbers appendices.
pub(crate) fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut numeral = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            numeral.push_str(sign);
            rest -= value;
        }
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_decree_asks() {
        let date = |month, day| NaiveDate::from_ymd_opt(2024, month, day).unwrap();
        assert_eq!(place_and_date("Hà Nội", date(1, 6), Lang::Vi), "Hà Nội, ngày 06 tháng 01 năm 2024");
        assert_eq!(place_and_date("Hà Nội", date(5, 20), Lang::Vi), "Hà Nội, ngày 20 tháng 5 năm 2024");
        assert_eq!(place_and_date("Hà Nội", date(1, 6), Lang::En), "Hà Nội, 6 January 2024");
    }

    #[test]
    fn appendices_are_numbered_in_roman() {
        assert_eq!([1, 4, 9, 14, 40].map(roman), ["I", "IV", "IX", "XIV", "XL"]);
        assert_eq!(sentence("BÁO CÁO"), "Báo cáo");
    }
}
