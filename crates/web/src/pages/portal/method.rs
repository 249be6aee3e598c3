//! How it was computed: the settings, and the rule of each item in words.

use super::{Asked, Head};
use crate::failure::Failure;
use app::Stream;
use askama::Template;
use domain::campaign::{Averaging, Ties};

#[derive(Template)]
#[template(path = "portal/method.html")]
struct View {
    head: Head,
    legal_basis: Option<String>,
    choices: Vec<String>,
    blocks: Vec<Block>,
}

struct Block {
    code: String,
    title: String,
    rules: Vec<(String, String, String)>,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    let (t, computed) = (asked.t, &asked.released.computed);
    let settings = computed.settings();
    let averaging = match settings.averaging.unwrap_or(Averaging::PerGroup) {
        Averaging::PerGroup => t.get("portal-method-per-group"),
        Averaging::Pooled => t.get("portal-method-pooled"),
    };
    let ties = match settings.ties.unwrap_or(Ties::Competition) {
        Ties::Competition => t.get("portal-method-competition"),
        Ties::Dense => t.get("portal-method-dense"),
    };
    let decimals = settings.decimals.unwrap_or(2);
    let blocks = computed.model().blocks.iter().map(|block| {
        let rule = |at: usize| {
            // Rules are in the words of an explanation; whose it is makes no difference.
            let why = block.explain_item(&computed.model().method, Stream::Final, 0, at)?;
            Some((why.code.to_string(), t.of(&why.title), t.of(&why.rule)))
        };
        Block {
            code: block.code.to_string(),
            title: t.of(&block.title),
            rules: (0..block.criteria.items().len()).filter_map(rule).collect(),
        }
    });
    let vi = t.code() == "vi";
    let basis = if vi { settings.legal_basis.clone() } else { settings.legal_basis_en.clone().or(settings.legal_basis.clone()) };
    let view = View {
        head: Head::new(asked, t.get("portal-method")),
        legal_basis: basis,
        choices: vec![t.get("portal-method-index"), averaging, ties, t.with("portal-method-decimals", &[("n", &decimals)])],
        blocks: blocks.collect(),
    };
    Ok(view.render()?)
}
