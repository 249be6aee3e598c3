use super::data;
use crate::python::python;
use crate::survey::sav::sav;
use std::process::Command;

const READ: &str = "
import json, sys
import pyreadstat
frame, meta = pyreadstat.read_sav(sys.argv[1], user_missing=True)
print(json.dumps({
    'encoding': meta.file_encoding,
    'title': meta.file_label,
    'rows': meta.number_rows,
    'labels': meta.column_names_to_labels,
    'values': meta.variable_value_labels,
    'missing': meta.missing_ranges,
    'measures': meta.variable_measure,
    'data': json.loads(frame.to_json(orient='values')),
}, ensure_ascii=False))
";

#[test]
fn another_program_reads_labels_missing_values_and_counts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("S1-2023.sav");
    std::fs::write(&path, sav(&data())).unwrap();
    let said = Command::new(python()).args(["-c", READ]).arg(&path).env("PYTHONIOENCODING", "utf-8").output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let read: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();

    assert_eq!((read["encoding"].as_str(), read["rows"].as_u64()), (Some("UTF-8"), Some(5)));
    assert!(read["title"].as_str().unwrap().starts_with("Phiếu điều tra xã hội học"));
    let label = read["labels"]["chi_dao"].as_str().unwrap();
    assert!(label.starts_with("Ông/Bà đánh giá thế nào") && label.ends_with('…') && label.len() <= 255, "{label}");
    let values = &read["values"]["chi_dao"];
    assert_eq!(values["1.0"], "Rất tốt");
    assert_eq!(values["2.0"], "Kém, chưa đạt yêu cầu");
    assert_eq!(values["101.0"], "Không biết/Không có ý kiến");
    assert_eq!(values["998.0"], "Không trả lời");
    assert_eq!(read["values"]["agency"]["1.0"], "Ban Dân tộc");
    assert_eq!(read["missing"]["chi_dao"], serde_json::json!([{"lo": 101.0, "hi": 999.0}]));
    assert_eq!(read["measures"]["chi_dao"], "ordinal");
    let expected = serde_json::json!([
        [null, "", 998.0, null, null, 4.0, 1.0],
        [1.0, "BDT", 101.0, 0.0, 1.0, 0.0, 999.0],
        [2.0, "SNV", 1.0, 1.0, 1.0, -12345.0, 998.0],
        [2.0, "SNV", 1.0, null, null, null, 1.0],
        [2.0, "SNV", 2.0, null, null, null, 2.0],
    ]);
    assert_eq!(read["data"], expected);
}

/// PSPP, of Debian's package `pspp`, counts what SPSS would count. `cargo xtask test` installs it.
#[test]
fn pspp_counts_with_labels() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("S1.sav"), sav(&data())).unwrap();
    std::fs::write(folder.path().join("count.sps"), "GET FILE='S1.sav'.\nFREQUENCIES /VARIABLES=chi_dao agency.\n").unwrap();
    let mut pspp = Command::new("pspp");
    pspp.current_dir(folder.path()).env("LC_ALL", "C.UTF-8").args(["-O", "format=csv", "-o", "counted.csv", "count.sps"]);
    let said = pspp.output().unwrap_or_else(|error| panic!("`pspp` does not start: {error}"));
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    let counted = std::fs::read_to_string(folder.path().join("counted.csv")).unwrap();
    let expected = "\
Valid,Rất tốt,2,40.0%,66.7%,66.7%
,\"Kém, chưa đạt yêu cầu\",1,20.0%,33.3%,100.0%
Missing,Không biết/Không có ý kiến,1,20.0%,,
,Không trả lời,1,20.0%,,
Total,,5,100.0%,,

Table: Đơn vị được đánh giá
,,Frequency,Percent,Valid Percent,Cumulative Percent
Valid,Ban Dân tộc,1,20.0%,25.0%,25.0%
,Sở Nội vụ,3,60.0%,75.0%,100.0%
";
    assert!(counted.contains("Table: Ông/Bà đánh giá thế nào"), "{counted}");
    assert!(counted.contains(expected), "{counted}");
}

#[test]
fn the_same_table_gives_the_same_bytes_and_an_empty_one_is_a_file_too() {
    assert_eq!(sav(&data()), sav(&data()));
    let mut empty = data();
    empty.rows.clear();
    assert!(sav(&empty).starts_with(b"$FL2"));
}
