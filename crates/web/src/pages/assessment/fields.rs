//! The form of an item: its figures as fields, and what was sent of them.

use crate::figures::Figures;
use crate::texts::T;
use domain::assessment::entry::{Entered, Form, Invalid};
use domain::criteria::{InputRow, InputType};

/// What precedes the name of an input in the form.
const PREFIX: &str = "in.";

/// One thing to choose.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) id: String,
    pub(crate) label: String,
    /// The points of a level.
    pub(crate) points: Option<String>,
    pub(crate) chosen: bool,
}

/// A figure to fill in.
pub(crate) struct Field {
    /// The name in the form.
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) foreign: bool,
    pub(crate) unit: Option<String>,
    pub(crate) value: String,
    /// What may be filled in, in words.
    pub(crate) expects: String,
    /// What there is to choose; none: it is typed.
    pub(crate) choices: Vec<Choice>,
    /// Whether whole numbers are typed.
    pub(crate) whole: bool,
    pub(crate) error: Option<String>,
}

/// The fields of an item with what is typed in them, and what is wrong with it.
pub(crate) fn fields(t: T, form: &Form<'_>, typed: &Entered, invalid: &[Invalid], figures: Figures) -> Vec<Field> {
    form.inputs.iter().map(|input| field(t, form, input, typed, invalid, figures)).collect()
}

fn field(t: T, form: &Form<'_>, input: &InputRow, typed: &Entered, invalid: &[Invalid], figures: Figures) -> Field {
    let value = typed.inputs.get(input.name.as_str()).cloned().unwrap_or_default();
    let id = format!("in-{}", input.name);
    let choice = |value: &str, label: String, points: Option<String>, chosen: &str| Choice {
        value: value.into(),
        id: format!("{id}-{value}"),
        label,
        points,
        chosen: chosen == value,
    };
    let choices = match input.kind {
        InputType::Choice => {
            let level = |level: &&domain::criteria::LevelRow| {
                choice(level.level.as_str(), t.of(&level.label()), Some(figures.exact(level.points)), &value)
            };
            let mut levels = form.levels.clone();
            levels.sort_by_key(|level| std::cmp::Reverse(level.points));
            levels.iter().map(level).collect()
        }
        InputType::Boolean => {
            vec![choice("yes", t.get("word-yes"), None, &value), choice("no", t.get("word-no"), None, &value)]
        }
        InputType::Integer | InputType::Number | InputType::Percent => Vec::new(),
    };
    let error = invalid.iter().find_map(|invalid| match invalid {
        Invalid::Input { name, fault, .. } if *name == input.name => {
            Some(format!("{} — {}", t.of(&fault.what), t.of(&fault.instead)))
        }
        _ => None,
    });
    let label = input.label();
    Field {
        name: format!("{PREFIX}{}", input.name),
        foreign: t.is_foreign(&label),
        label: t.of(&label),
        unit: input.unit.clone().or_else(|| (input.kind == InputType::Percent).then(|| "%".into())),
        expects: t.of(&input.expects(&form.levels)),
        whole: input.kind == InputType::Integer,
        value,
        choices,
        error,
        id,
    }
}

/// A problem with the way to its field, as the summary above a form lists it.
pub(crate) struct Told {
    pub(crate) href: String,
    pub(crate) text: String,
}

/// Everything that could not be recorded.
pub(super) fn told(t: T, form: &Form<'_>, invalid: &[Invalid]) -> Vec<Told> {
    let tell = |invalid: &Invalid| match invalid {
        Invalid::Input { name, label, fault } => {
            let chosen = form.inputs.iter().find(|input| input.name == *name).filter(|input| input.kind == InputType::Choice);
            let first = chosen.and_then(|_| form.levels.first()).map(|level| format!("-{}", level.level)).unwrap_or_default();
            Told {
                href: format!("#in-{name}{first}"),
                text: format!("{}: {} — {}", t.of(label), t.of(&fault.what), t.of(&fault.instead)),
            }
        }
        Invalid::Remark(fault) => Told {
            href: "#remark".into(),
            text: format!("{}: {} — {}", t.get("assessment-remark"), t.of(&fault.what), t.of(&fault.instead)),
        },
        Invalid::Applicability => Told { href: "#main".into(), text: t.get("assessment-applies-to-all") },
    };
    invalid.iter().map(tell).collect()
}

/// A form as it was sent.
pub(super) struct Sent {
    /// The revision that the sender has seen.
    pub(super) seen: u32,
    pub(super) entered: Entered,
    /// Where to go on to.
    pub(super) then: Option<String>,
}

impl Sent {
    pub(super) fn of(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| pairs.iter().rfind(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let number = |name: &str| get(name).and_then(|text| text.parse().ok());
        let inputs = pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.clone())));
        Self {
            // Whoever was told what somebody else has written sends on purpose over that.
            seen: number("over").or_else(|| number("revision")).unwrap_or(0),
            entered: Entered {
                inputs: inputs.collect(),
                not_applicable: get("not_applicable") == Some("yes"),
                remark: get("remark").unwrap_or_default().to_owned(),
            },
            // … and looks at it once more.
            then: get("over").map(|_| "stay").or_else(|| get("then")).map(str::to_owned),
        }
    }
}
