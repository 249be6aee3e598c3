//! What a simulation came to, for the person at the terminal.

use crate::calibrate::Simulation;
use crate::dice::WHOLE;
use crate::items::{Item, hundredths};
use crate::target;
use domain::assessment::Stream;
use domain::{Campaign, Code};
use scoring::{BlockResult, Stream as Scored};
use std::collections::BTreeSet;

/// Prints targets and results per agency, then how much was contested.
pub(crate) fn print(simulation: &Simulation<'_>, campaign: &Campaign) -> Result<(), String> {
    let model = campaign.model().ok_or("the criteria do not make a set")?;
    let streams = Scored::ALL.map(|stream| model.score(stream));
    for (at, block) in model.blocks.iter().enumerate() {
        let of_block: Vec<&BlockResult> = streams.iter().filter_map(|results| results.get(at)).collect();
        let Some(last) = of_block.last() else { continue };
        println!("\n{}\nrank  code      target   final    self   appraisal1", block.code);
        for result in last.by_rank() {
            let Some(code) = block.agencies.get(result.agency).and_then(|agency| Code::new(&agency.code)) else { continue };
            let index = |results: &BlockResult| {
                let same = results.agencies.iter().find(|other| other.agency == result.agency);
                same.and_then(|same| same.index).map_or(0, |index| hundredths(index.0))
            };
            let reached: Vec<String> =
                [2, 0, 1].iter().filter_map(|at| of_block.get(*at)).map(|results| shown(index(results))).collect();
            let published = if target::is_published(&code) { "published" } else { "" };
            let (rank, aim) = (result.rank.unwrap_or(0), shown(simulation.target(&code)));
            println!("{rank:>4}  {:<8} {aim:>7} {}  {published}", code.as_str(), reached.join(" "));
        }
        let means = of_block.iter().filter_map(|results| results.mean()).map(|mean| shown(hundredths(mean.0)));
        let [own, first, last] = means.collect::<Vec<_>>().try_into().unwrap_or_default();
        println!("      mean     {:>7} {last} {own} {first}", shown(target::mean(&block.code)));
    }
    contested(campaign);
    Ok(())
}

fn shown(hundredths: i64) -> String {
    format!("{:>4}.{:02}", hundredths / 100, hundredths % 100)
}

/// How many items each stream touched.
fn contested(campaign: &Campaign) {
    let touched = |stream: Stream| {
        let rows = campaign.claims.iter().filter(|claim| claim.stream == stream);
        i64::try_from(rows.map(|claim| (&claim.agency, &claim.item)).collect::<BTreeSet<_>>().len()).unwrap_or(0)
    };
    let all = touched(Stream::SelfAssessed).max(1);
    let share = |stream: Stream| shown(touched(stream) * WHOLE / all);
    println!(
        "\n{all} items claimed, {} % touched in appraisal1, {} % in final",
        share(Stream::Appraisal1).trim(),
        share(Stream::Final).trim()
    );
    let left_out = campaign.claims.iter().filter(|claim| claim.applicable == Some(false)).count();
    let brought_back = campaign.claims.iter().filter(|claim| claim.applicable == Some(true)).count();
    println!("{left_out} declared not applicable, {brought_back} of them brought back");
    let items = Item::all(campaign);
    let outside = campaign.claims.iter().filter_map(|claim| items.iter().find(|item| item.row.code == claim.item)?.outside);
    println!(
        "{} rows of bonus and penalty, {} rows of claims, {} of tallies",
        outside.count(),
        campaign.claims.len(),
        campaign.tallies.len()
    );
}
