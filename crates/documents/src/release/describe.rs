//! What describes the tables of a release: to programs as CSV on the Web and DCAT have it, to people in a README.

use super::Bundle;
use super::pack::Edition;
use domain::campaign::Settings;
use domain::workbook::Table;
use serde_json::json;

/// Columns that hold whole numbers, whatever their table.
const INTEGERS: [&str; 7] = ["rank", "missing", "answered", "known", "rank_from", "rank_to", "year"];
/// Columns that hold decimals.
const DECIMALS: [&str; 14] = [
    "index",
    "appraisal_points",
    "appraisal_maximum",
    "survey_points",
    "survey_maximum",
    "bonus",
    "penalty",
    "percent",
    "points",
    "worth",
    "index_from",
    "index_to",
    "max_points",
    "weight",
];

/// The columns of all tables: `csv-metadata.json`.
pub(super) fn columns(settings: &Settings, tables: &[(String, &Table)]) -> String {
    let column = |name: &String| {
        let datatype = match name.as_str() {
            name if INTEGERS.contains(&name) => "integer",
            name if DECIMALS.contains(&name) => "decimal",
            _ => "string",
        };
        json!({ "name": name, "titles": name, "datatype": datatype })
    };
    let table = |(name, table): &(String, &Table)| json!({ "url": name, "tableSchema": { "columns": table.columns.iter().map(column).collect::<Vec<_>>() } });
    pretty(&json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "vi" }],
        "dc:title": settings.title,
        "dc:publisher": settings.authority,
        "dialect": { "delimiter": ",", "encoding": "utf-8", "header": true },
        "tables": tables.iter().map(table).collect::<Vec<_>>(),
    }))
}

/// The entry for a catalogue of open data: `dcat.jsonld`.
pub(super) fn entry(settings: &Settings, edition: &Edition, bundle: &Bundle) -> String {
    let distribution = |name: &String| {
        let media = if name.ends_with(".csv") { "text/csv" } else { "application/json" };
        json!({ "@type": "dcat:Distribution", "dcat:downloadURL": { "@id": name }, "dcat:mediaType": media })
    };
    let titles = [("vi", Some(&settings.title)), ("en", settings.title_en.as_ref())];
    let title: Vec<_> =
        titles.iter().filter_map(|(lang, title)| Some(json!({ "@language": lang, "@value": title.as_ref()? }))).collect();
    let mut value = json!({
        "@context": { "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/" },
        "@type": "dcat:Dataset",
        "dct:identifier": format!("{}/{}", settings.code, edition.number),
        "dct:title": title,
        "dct:publisher": { "@type": "foaf:Agent", "foaf:name": settings.authority },
        "dct:issued": edition.fixed_at,
        "dct:temporal": { "dcat:startDate": settings.period_start.to_string(), "dcat:endDate": settings.period_end.to_string() },
        "dcat:version": edition.number.to_string(),
        "dcat:distribution": bundle.0.keys().map(distribution).collect::<Vec<_>>(),
    });
    if let (Some(notice), Some(object)) = (&edition.notice, value.as_object_mut()) {
        object.insert("dct:description".into(), json!(notice));
    }
    pretty(&value)
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// What people read first.
pub(super) fn readme(settings: &Settings, edition: &Edition) -> String {
    let Edition { number, fixed_at, .. } = edition;
    let notice = edition.notice.as_ref().map(|notice| format!("**{notice}**\n\n")).unwrap_or_default();
    let corrects = |before: &str, between: &str| {
        let told = edition.corrects.as_ref();
        told.map(|told| format!("{before} {}{between} {}\n\n", told.number, told.reason)).unwrap_or_default()
    };
    let (title, code) = (&settings.title, &settings.code);
    let title_en = settings.title_en.as_ref().unwrap_or(title);
    format!(
        "# {title}\n\nBản công bố số {number} ({code}), chốt số liệu lúc {fixed_at}.\n\n{notice}{}\
         - `campaign/`: bộ tiêu chí, đơn vị, điểm tự đánh giá và điểm thẩm định, đúng như đã dùng để tính.\n\
         - `survey/sums.csv`: câu trả lời điều tra xã hội học, cộng theo đơn vị và câu hỏi; `survey/kept_back.csv`: điểm của tiêu chí có quá ít người trả lời nên không công bố câu trả lời.\n\
         - `results/`: chỉ số, hạng, điểm theo lĩnh vực và tiêu chí đến chữ số cuối cùng; `rules.csv` là quy tắc tính bằng lời; `certainty.csv` cho biết thứ hạng chắc chắn đến đâu.\n\
         - `manifest.json`: mã băm SHA-256 của từng tệp; `manifest.json.minisig`: chữ ký.\n\n\
         Kiểm tra lại mọi con số, không cần mạng: `parindex verify .` Chữ ký cũng kiểm tra được bằng `minisign -Vm manifest.json -P KHÓA`.\n\n\
         # {title_en}\n\nRelease {number} ({code}), content fixed at {fixed_at}.\n\n{notice}{}\
         - `campaign/`: the criteria, the agencies, what they claimed and what was appraised, as it was computed with.\n\
         - `survey/sums.csv`: the answers to the survey, summed up by agency and question; `survey/kept_back.csv`: points of items so few answered that their answers stay back.\n\
         - `results/`: index, rank, points by field and item to the last digit; `rules.csv` has the rules in words; `certainty.csv` says how sure each place is.\n\
         - `manifest.json`: the SHA-256 of each file; `manifest.json.minisig`: the signature.\n\n\
         To compute every figure again, offline: `parindex verify .` The signature can also be verified by `minisign -Vm manifest.json -P KEY`.\n",
        corrects("Đính chính bản số", ":"),
        corrects("Corrects release", ":"),
    )
}
