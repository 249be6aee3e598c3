//! Actions of the log in words. One that has none, from a newer version perhaps, shows its code.

use crate::texts::T;

/// The areas, by which the actions stand in the search form.
const AREAS: [&str; 9] = ["campaign", "assessment", "appraisal", "survey", "council", "evidence", "plan", "accounts", "notices"];

/// Every action that is written, and older ones that may stand in a log.
const ACTIONS: &[&str] = &[
    "campaign.imported",
    "campaign.open",
    "campaign.close_self_assessment",
    "campaign.send_round1",
    "campaign.close_explanation",
    "campaign.send_round2",
    "campaign.return_to_round2",
    "campaign.decide",
    "campaign.publish",
    "campaign.archive",
    "assessment.assigned",
    "assessment.sheet_imported",
    "assessment.submitted",
    "assessment.explained",
    "assessment.lapse",
    "assessment.reopen",
    "assessment.approve",
    "assessment.return",
    "assessment.send",
    "assessment.decide",
    "assessment.extend",
    "appraisal.decided",
    "appraisal.accepted_as_claimed",
    "survey.freeze",
    "survey.amend",
    "survey.open",
    "survey.close",
    "survey.reopen",
    "survey.hand_over",
    "survey.take_back",
    "survey.designed",
    "survey.listed",
    "survey.drawn",
    "survey.invited",
    "survey.links_ordered",
    "survey.reminders_ordered",
    "survey.slips_printed",
    "survey.link_reissued",
    "survey.replaced",
    "survey.door_opened",
    "survey.door_changed",
    "survey.paper_printed",
    "survey.paper_outstanding",
    "survey.paper_returned",
    "survey.paper_spoiled",
    "survey.paper_lost",
    "survey.paper_closed",
    "survey.decided",
    "survey.finding",
    "survey.call_back_drawn",
    "survey.source_read",
    "survey.source_taken",
    "survey.source_refused",
    "survey.exported",
    "council.convened",
    "council.moved",
    "council.asked",
    "council.voted",
    "council.recorded",
    "council.closed",
    "council.withdrawn",
    "council.fixed",
    "council.decided",
    "council.returned",
    "council.attached",
    "evidence.attached",
    "evidence.version_added",
    "evidence.described",
    "evidence.linked",
    "evidence.withdrawn",
    "plan.task_changed",
    "plan.delivered",
    "accounts.signed_in",
    "accounts.signed_out",
    "accounts.locked",
    "accounts.unlocked",
    "accounts.link_issued",
    "accounts.password_set",
    "accounts.password_changed",
    "accounts.person_added",
    "accounts.person_changed",
    "accounts.session_ended",
    "accounts.sessions_revoked",
    "accounts.second_factor_on",
    "accounts.second_factor_off",
    "notices.preference_set",
    "notices.retried",
];

/// An action in words; its code where it has none.
pub(super) fn action(t: T, code: &str) -> String {
    let key = format!("audit-action-{}", code.replace('.', "-"));
    if t.has(&key) { t.get(&key) } else { code.to_owned() }
}

/// The actions of an area.
pub(super) struct Area {
    /// What stands in a filter for all of them: `campaign.`
    pub(super) code: String,
    pub(super) name: String,
    /// Code and words.
    pub(super) actions: Vec<(&'static str, String)>,
}

/// All known actions, by area.
pub(super) fn areas(t: T) -> Vec<Area> {
    let area = |area: &&str| {
        let code = format!("{area}.");
        let of_area = ACTIONS.iter().filter(|action| action.starts_with(&code));
        Area { name: t.get(&format!("audit-area-{area}")), actions: of_area.map(|code| (*code, action(t, code))).collect(), code }
    };
    AREAS.iter().map(area).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::assessment::Event;
    use domain::campaign::PhaseEvent;
    use scoring::Lang;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Actions as literals of the use cases, such as `"evidence.linked"`.
    fn literals(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                literals(&path, found);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for text in source.split('"').skip(1).step_by(2) {
                let parts = text.split_once('.').filter(|(area, _)| AREAS.contains(area));
                let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b"_".contains(&b));
                if parts.is_some_and(|(_, what)| is_word(what)) {
                    found.insert(text.to_owned());
                }
            }
        }
    }

    #[test]
    fn every_action_that_is_written_has_words_in_each_language() {
        let mut written = BTreeSet::new();
        literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut written);
        assert!(written.len() > 20, "the use cases are not where they were: {written:?}");
        written.extend(PhaseEvent::ALL.iter().map(|event| format!("campaign.{}", event.word())));
        // These two are written as what they are: submitted, explained.
        let by_event = Event::ALL.iter().filter(|event| !matches!(event, Event::Submit | Event::Explain));
        written.extend(by_event.map(|event| format!("assessment.{}", event.word())));
        for t in [T::new(Lang::Vi), T::new(Lang::En)] {
            for code in &written {
                assert_ne!(action(t, code), *code, "{code} has no words in {}", t.code());
                assert!(ACTIONS.contains(&code.as_str()), "{code} cannot be searched for");
            }
            assert_eq!(areas(t).iter().map(|area| area.actions.len()).sum::<usize>(), ACTIONS.len());
            assert_eq!(action(t, "future.thing"), "future.thing");
        }
    }
}
