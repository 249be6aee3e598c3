//! `parindex score`.

use super::{Done, Failure, computed, in_lang};
use crate::Source;
use crate::output::{self, Cell, Column, Format};
use app::results::Standing;
use app::{Decimal, Lang, Stream};

pub(crate) fn score(source: &Source, stream: Stream, block: Option<&str>, format: Format, lang: Lang) -> Done {
    let computed = computed(source, lang)?;
    if let Some(code) = block
        && computed.block(code, stream).is_none()
    {
        let known = computed.model().blocks.iter().map(|block| &*block.code).collect::<Vec<_>>().join(", ");
        return Err(Failure::not_there(in_lang(
            lang,
            format!("không có khối “{code}” — một trong: {known}"),
            format!("there is no block “{code}” — one of: {known}"),
        )));
    }
    let heading = |vi: &str, en: &str| in_lang(lang, vi, en);
    let columns = [
        Column::text("block", heading("Khối", "Block")),
        Column::figure("rank", heading("Hạng", "Rank")),
        Column::text("code", heading("Mã", "Code")),
        Column::text("name", heading("Đơn vị", "Agency")),
        Column::figure("appraisal_points", heading("Thẩm định", "Appraisal")),
        Column::figure("survey_points", heading("ĐTXHH", "Survey")),
        Column::figure("bonus", heading("Thưởng", "Bonus")),
        Column::figure("penalty", heading("Phạt", "Penalty")),
        Column::figure("maximum", heading("Tối đa", "Maximum")),
        Column::figure("index", heading("Chỉ số %", "Index %")),
        Column::text("band", heading("Xếp loại", "Band")),
        Column::figure("missing", heading("Còn thiếu", "Missing")),
    ];
    let rounding = computed.model().method.rounding;
    let figure = |figure: Decimal| Cell::figure(figure.normalize().to_string(), app::words::rounded(rounding.show(figure), lang));
    let row = |standing: &Standing<'_>| {
        let result = standing.result;
        vec![
            Cell::same(&*standing.block.code),
            result.rank.map_or_else(Cell::missing, |rank| Cell::same(rank.to_string())),
            Cell::same(&*standing.agency.code),
            Cell::same(standing.agency.name.get(lang)),
            figure(result.appraisal.points.0),
            figure(result.survey.points.0),
            figure(result.bonus.0),
            figure(result.penalty.0),
            figure(result.total().maximum.0),
            result.index.map_or_else(Cell::missing, |index| figure(index.0)),
            standing.band.map_or_else(Cell::missing, |band| Cell::same(band.label.get(lang))),
            Cell::same(result.missing.to_string()),
        ]
    };
    let standings = computed.ranking(stream);
    let shown = standings.iter().filter(|standing| block.is_none_or(|code| *standing.block.code == *code));
    output::table(format, &columns, &shown.map(row).collect::<Vec<_>>(), computed.notice().as_deref())?;
    Ok(())
}
