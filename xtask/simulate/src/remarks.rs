//! What appraisers and agencies write beside a figure. The sentences are made up, neutral, and name no person and no document.
//!
//! Places to fill: `{nhan}` the input's label, `{tu}` and `{den}` the figure before and after, `{muc}` the level, `{diem}` the score,
//! `{co_quan}` the body that appraises the item.

use crate::dice::Dice;

/// Why a remark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A figure of a rate does not hold.
    Rate,
    /// The same, of tasks and documents.
    Task,
    /// The same, of dossiers.
    Dossier,
    /// Fewer cases are recognised than claimed.
    Count,
    /// A lower level.
    Level,
    /// More violations than declared.
    Violations,
    /// The same, of reports.
    Report,
    /// The score is set for want of evidence.
    Score,
    /// The agency explained and a figure is recognised.
    Restored,
    /// The agency explained and its own figures count after all.
    Recognised,
    /// The agency explained and the level is recognised.
    LevelRestored,
    /// The agency says that the item does not apply.
    NotApplicable,
    /// The appraisers say that it does.
    Rejected,
    /// The agency handed in the figures of an item that it had left out.
    Supplied,
    /// A note of the agency on its own figures.
    Own,
    /// A written criticism, taken as penalty.
    Criticism,
}

/// What fills the places of a sentence.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filling<'a> {
    pub(crate) label: &'a str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) body: &'a str,
}

/// A remark for this cause.
pub(crate) fn remark(cause: Cause, dice: &mut Dice, filling: Filling<'_>) -> String {
    let sentence = dice.pick(sentences(cause)).copied().unwrap_or_default();
    let (from, to) = (grouped(filling.from), grouped(filling.to));
    let filled = [
        ("{nhan}", filling.label),
        ("{tu}", &from),
        ("{den}", &to),
        ("{muc}", filling.to),
        ("{diem}", &to),
        ("{co_quan}", filling.body),
    ];
    filled.into_iter().fold(sentence.to_owned(), |text, (place, value)| text.replace(place, value))
}

/// A number as it is written in Vietnamese: 1.234,5. Anything else as it is.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped},{fraction}"))
}

fn sentences(cause: Cause) -> &'static [&'static str] {
    match cause {
        Cause::Rate => &[
            "“{nhan}”: số liệu tự chấm ({tu}) chưa khớp với dữ liệu trích xuất từ hệ thống; điều chỉnh thành {den}.",
            "Đối chiếu với số liệu theo dõi của {co_quan}, “{nhan}” là {den}, đơn vị tự kê khai {tu}.",
            "Tài liệu kiểm chứng chỉ xác nhận được {den} (tự chấm {tu}); đề nghị đơn vị giải trình phần chênh lệch.",
            "Số liệu giữa báo cáo năm và phụ lục chưa thống nhất; lấy theo phụ lục: {den} thay cho {tu}.",
            "Thời điểm chốt số liệu chưa đúng quy định (31/12/2023); tính lại còn {den}.",
            "Danh mục kèm theo trùng lặp, sau khi loại trùng còn {den} (tự chấm {tu}).",
            "Thiếu tài liệu kiểm chứng đối với một phần số liệu; tạm công nhận {den} thay cho {tu}.",
            "Số liệu chưa khớp với báo cáo của cơ quan chủ trì theo dõi; điều chỉnh “{nhan}” thành {den}.",
        ],
        Cause::Task => &[
            "“{nhan}” tính cả sản phẩm chưa được phê duyệt; chỉ công nhận {den}.",
            "Một số nội dung hoàn thành sau thời hạn, không tính vào “{nhan}”; điều chỉnh từ {tu} thành {den}.",
            "Văn bản ban hành sau thời hạn nêu tại kế hoạch không được tính; công nhận {den} (tự chấm {tu}).",
            "Thiếu văn bản sản phẩm của một số nội dung; tạm công nhận {den} thay cho {tu}.",
            "Bảng tổng hợp không ghi số, ký hiệu văn bản sản phẩm của một phần nội dung; công nhận {den}.",
        ],
        Cause::Dossier => &[
            "Dữ liệu trích xuất Hệ thống thông tin giải quyết TTHC là {den}, đơn vị tự kê khai {tu}.",
            "“{nhan}” chưa trừ hồ sơ quá hạn và hồ sơ rút; điều chỉnh từ {tu} thành {den}.",
            "Kỳ số liệu chưa đúng (01/01–31/12/2023); trích xuất lại được {den}.",
            "Một phần hồ sơ chưa cập nhật trạng thái trên hệ thống, không được tính; công nhận {den} (tự chấm {tu}).",
        ],
        Cause::Count => &[
            "Chỉ công nhận {den}/{tu} trường hợp; các trường hợp còn lại thiếu văn bản công nhận của cấp có thẩm quyền.",
            "Tài liệu kiểm chứng chỉ thể hiện {den} nội dung (tự chấm {tu}).",
            "Một số nội dung đã được tính trong năm trước; công nhận {den} thay cho {tu}.",
            "Có nội dung trùng lặp giữa các báo cáo; sau khi rà soát còn {den}.",
            "Chưa có kết quả áp dụng thực tế đối với một phần nội dung kê khai; công nhận {den}.",
            "Văn bản kèm theo không thể hiện rõ thời điểm thực hiện trong năm 2023; tạm tính {den} (tự chấm {tu}).",
        ],
        Cause::Level => &[
            "Văn bản ban hành sau thời hạn quy định; chấm mức “{muc}”.",
            "Nội dung chưa đầy đủ theo hướng dẫn chấm điểm; chấm mức “{muc}”.",
            "Nộp báo cáo chậm so với thời hạn; chấm mức “{muc}”.",
            "Tài liệu kiểm chứng chưa chứng minh được mức tự chấm; chấm mức “{muc}”.",
            "Chưa có văn bản báo cáo kết quả thực hiện; chấm mức “{muc}”.",
            "Theo dõi của {co_quan} chưa ghi nhận đầy đủ nội dung đã kê khai; chấm mức “{muc}”.",
            "Tài liệu gửi kèm không mở được hoặc chưa ký số, chưa đủ căn cứ; chấm mức “{muc}”.",
        ],
        Cause::Violations => &[
            "Theo dõi của {co_quan} ghi nhận {den} trường hợp, đơn vị tự kê khai {tu}.",
            "“{nhan}”: bổ sung trường hợp phát hiện qua đối chiếu, điều chỉnh từ {tu} thành {den}.",
            "Số liệu kê khai chưa đầy đủ so với báo cáo năm; tính lại là {den} (tự chấm {tu}).",
            "Sau đối chiếu, “{nhan}” là {den}; đề nghị đơn vị giải trình nếu có ý kiến khác.",
        ],
        Cause::Report => &[
            "Nộp báo cáo chậm: đối chiếu thời điểm gửi trên hệ thống quản lý văn bản, có {den} báo cáo chậm hoặc thiếu.",
            "Có báo cáo gửi chậm so với thời hạn chưa được kê khai; điều chỉnh từ {tu} thành {den}.",
            "Báo cáo gửi lại do thiếu phụ lục được tính là gửi chậm; điều chỉnh thành {den}.",
        ],
        Cause::Score => &[
            "Thiếu tài liệu kiểm chứng cho một phần nội dung; tạm chấm {diem} điểm, đề nghị bổ sung khi giải trình.",
            "Tài liệu kiểm chứng không đúng nội dung tiêu chí; chấm {diem} điểm.",
            "Số liệu chưa có căn cứ đối chiếu, chờ đơn vị giải trình; tạm chấm {diem} điểm.",
            "Mới có kế hoạch, chưa có kết quả thực hiện đầy đủ; chấm {diem} điểm.",
            "Số liệu tự chấm vượt số liệu {co_quan} đang theo dõi; chấm {diem} điểm.",
            "Hồ sơ minh chứng chưa thể hiện kết quả đến ngày 31/12/2023; tạm chấm {diem} điểm.",
        ],
        Cause::Restored => &[
            "Đơn vị đã giải trình và bổ sung tài liệu kiểm chứng; công nhận “{nhan}” là {den}.",
            "Sau giải trình, số liệu tháng 12/2023 được bổ sung đầy đủ; điều chỉnh từ {tu} thành {den}.",
            "Tài liệu bổ sung phù hợp với dữ liệu của {co_quan}; công nhận {den}.",
            "Chấp nhận giải trình: phần chênh lệch do khác thời điểm trích xuất dữ liệu; lấy {den}.",
            "Đơn vị bổ sung danh mục chi tiết và văn bản xác nhận; công nhận {den} thay cho {tu}.",
            "Tổ công tác thống nhất điều chỉnh “{nhan}” thành {den} trên cơ sở tài liệu giải trình.",
            "Chấp nhận một phần giải trình; “{nhan}” được công nhận là {den}.",
        ],
        Cause::Recognised => &[
            "Đơn vị đã bổ sung đủ tài liệu kiểm chứng; công nhận số liệu tự chấm.",
            "Chấp nhận giải trình; điểm được tính lại theo số liệu đơn vị kê khai ({den}).",
            "Tài liệu bổ sung chứng minh được “{nhan}” là {den}; tính điểm theo số liệu này.",
            "Tổ công tác đã đối chiếu với {co_quan}; công nhận số liệu tự chấm.",
        ],
        Cause::LevelRestored => &[
            "Đơn vị đã bổ sung văn bản còn thiếu; công nhận mức “{muc}”.",
            "Chấp nhận giải trình về thời điểm ban hành văn bản; chấm mức “{muc}”.",
            "Sau giải trình, tài liệu kiểm chứng đáp ứng yêu cầu; chấm mức “{muc}”.",
            "Hội đồng thống nhất chấm mức “{muc}” trên cơ sở tài liệu bổ sung.",
        ],
        Cause::NotApplicable => &[
            "Năm 2023 không phát sinh nội dung thuộc tiêu chí; đề nghị không áp dụng.",
            "Đơn vị không được giao nhiệm vụ này trong năm 2023; đề nghị không áp dụng.",
            "Không có trường hợp phải thực hiện trong kỳ đánh giá; đề nghị không tính vào điểm tối đa.",
            "Trong năm không phát sinh; đã nêu tại báo cáo tự chấm điểm.",
        ],
        Cause::Rejected => &[
            "Có phát sinh nội dung thuộc tiêu chí theo số liệu của {co_quan}; không chấp nhận đề nghị không áp dụng.",
            "Chưa có căn cứ để không áp dụng; đề nghị đơn vị kê khai số liệu khi giải trình.",
            "Báo cáo năm của đơn vị có nêu nội dung này; tiêu chí vẫn được áp dụng.",
        ],
        Cause::Supplied => &[
            "Đơn vị đã kê khai số liệu và gửi tài liệu kiểm chứng khi giải trình; chấm điểm theo số liệu này.",
            "Đơn vị thống nhất áp dụng tiêu chí và bổ sung số liệu; tính điểm theo số liệu bổ sung.",
        ],
        Cause::Own => &[
            "Số liệu tính đến 30/11/2023; tháng 12 sẽ bổ sung khi giải trình.",
            "Số liệu theo báo cáo năm của đơn vị.",
            "Tài liệu kiểm chứng gửi kèm theo danh mục.",
            "Số liệu trích xuất từ hệ thống thông tin đang sử dụng.",
        ],
        Cause::Criticism => &[
            "Trong năm có 01 văn bản nhắc nhở, phê bình về tiến độ thực hiện nhiệm vụ (số liệu mô phỏng).",
            "Hội đồng ghi nhận 01 văn bản phê bình về việc chậm báo cáo (số liệu mô phỏng).",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_in_vietnamese() {
        for (plain, written) in [("7", "7"), ("1234", "1.234"), ("1234567.5", "1.234.567,5"), ("full", "full"), ("", "")] {
            assert_eq!(grouped(plain), written);
        }
    }

    #[test]
    fn every_place_is_filled() {
        use Cause::*;
        let filling = Filling { label: "Số hồ sơ", from: "1200", to: "1100", body: "Sở Nội vụ" };
        for cause in [
            Rate,
            Task,
            Dossier,
            Count,
            Level,
            Violations,
            Report,
            Score,
            Restored,
            Recognised,
            LevelRestored,
            NotApplicable,
            Rejected,
            Supplied,
            Own,
            Criticism,
        ] {
            for throw in 0..40 {
                let said = remark(cause, &mut Dice::of(throw, &[]), filling);
                assert!(!said.is_empty() && !said.contains(['{', '}']), "{cause:?}: {said}");
            }
        }
    }
}
