//! What every page has around it: the campaign, the way here, who is signed in, and the notices that figures need.

use crate::assets::Addresses;
use crate::guard::{Visit, Visitor};
use crate::names;
use crate::texts::T;
use domain::campaign::Settings;
use domain::policy::Action;
use scoring::Text;
use std::sync::LazyLock;

pub(crate) use crate::assets::Addresses as Assets;

static ADDRESSES: LazyLock<Addresses> = LazyLock::new(Addresses::read);

impl Addresses {
    /// The addresses of this program's assets.
    pub(crate) fn get() -> &'static Self {
        &ADDRESSES
    }
}

/// A link with its text.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) label: String,
    /// Whether it leads to where one is.
    pub(crate) current: bool,
}

impl Link {
    pub(crate) fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }

    pub(crate) fn current(self, current: bool) -> Self {
        Self { current, ..self }
    }
}

/// The campaign, as each page names it.
#[derive(Clone, Debug)]
pub(crate) struct Banner {
    pub(crate) short: String,
    pub(crate) title: String,
    pub(crate) phase: String,
}

/// Who is signed in, as each page names them.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) role: String,
    /// How many notices they have not read.
    pub(crate) unread: u64,
}

/// What the layout needs.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) t: T,
    pub(crate) assets: &'static Assets,
    pub(crate) title: String,
    /// Links from home to here; the page itself is not among them.
    pub(crate) crumbs: Vec<Link>,
    pub(crate) nav: Vec<Link>,
    pub(crate) banner: Option<Banner>,
    pub(crate) who: Option<Who>,
    /// What each form of the page sends back in its field `csrf`; empty where nobody is signed in.
    pub(crate) csrf: String,
    /// Said on every page with figures, in both languages.
    pub(crate) notices: Vec<&'static str>,
    /// The path and query of the page, for coming back.
    pub(crate) here: String,
}

impl Page {
    /// A page for somebody whom the policy let in.
    pub(crate) fn new(visit: &Visit, title: impl Into<String>, crumbs: Vec<Link>) -> Self {
        let (t, actor) = (visit.t, &visit.session.actor);
        let settings = visit.frame.settings();
        let home = Link::new("/", t.get("layout-home"));
        let who = Who { name: actor.name.clone(), role: names::role(t, actor.role), unread: visit.unread };
        Self {
            t,
            assets: Assets::get(),
            title: title.into(),
            crumbs: if visit.here == "/" { Vec::new() } else { std::iter::once(home).chain(crumbs).collect() },
            nav: nav(visit),
            banner: Some(banner(t, settings)),
            who: Some(who),
            csrf: visit.session.csrf.clone(),
            notices: notices(settings),
            here: visit.here.clone(),
        }
    }

    /// A page for whoever comes.
    pub(crate) fn public(visitor: &Visitor, title: impl Into<String>) -> Self {
        let settings = visitor.frame.as_ref().map(|frame| frame.settings());
        Self {
            t: visitor.t,
            assets: Assets::get(),
            title: title.into(),
            crumbs: Vec::new(),
            nav: Vec::new(),
            banner: settings.map(|settings| banner(visitor.t, settings)),
            who: None,
            csrf: visitor.session.as_ref().map(|(_, session)| session.csrf.clone()).unwrap_or_default(),
            notices: settings.map(notices).unwrap_or_default(),
            here: visitor.here.clone(),
        }
    }
}

fn banner(t: T, settings: &Settings) -> Banner {
    let title = Text::new(&*settings.title, settings.title_en.as_deref().unwrap_or_default());
    Banner {
        short: t.with("layout-short", &[("year", &settings.year.to_string())]),
        title: t.of(&title),
        phase: names::phase(t, settings.phase()),
    }
}

/// In both languages whatever the reader's: a screenshot must not lose them.
pub(crate) fn notices(settings: &Settings) -> Vec<&'static str> {
    let simulated = settings.is_simulated().then_some("Số liệu mô phỏng / Simulated data");
    let sample = settings.has_sample_criteria().then_some("Bộ tiêu chí minh họa / Sample criteria");
    simulated.into_iter().chain(sample).collect()
}

/// The pages that the visitor may read.
fn nav(visit: &Visit) -> Vec<Link> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let path = visit.here.split('?').next().unwrap_or_default();
    let link = |href: String, label: String| Link::new(&*href, label).current(path == href);
    let mut links = vec![link("/".into(), t.get("layout-home"))];
    if visit.may(Action::RunCampaign) {
        links.push(link("/campaign".into(), t.get("campaign-course")));
    }
    if visit.may(Action::ReadAppraisal) {
        links.push(link("/appraisal".into(), t.get("appraisal-title")));
    }
    if visit.may(Action::ReadRanking) {
        let ranking = |block: &domain::agencies::Block| {
            link(format!("/ranking/{}", block.code), t.with("layout-ranking", &[("block", &t.of(&block.title()))]))
        };
        links.extend(campaign.blocks.iter().map(ranking));
    }
    if let Some(own) = &visit.session.actor.agency
        && names::speaks_for_agency(visit.session.actor.role)
        && visit.may(Action::ReadAgency(own))
    {
        links.push(link(format!("/agencies/{own}"), t.get("layout-own-agency")));
        links.push(link(format!("/agencies/{own}/assessment"), t.get("assessment-title")));
        links.push(link(format!("/agencies/{own}/evidence"), t.get("evidence-title")));
    }
    if visit.may(Action::ReadCouncil) {
        links.push(link("/council".into(), t.get("council-title")));
    }
    if visit.may(Action::ReviewRelease) {
        links.push(link("/publication".into(), t.get("publication-title")));
    }
    if visit.may(Action::ReadSurvey) {
        links.push(link("/survey".into(), t.get("survey-title")));
    }
    if visit.may(Action::ManagePeople) {
        links.push(link("/people".into(), t.get("accounts-people")));
    }
    if visit.may(Action::ReadOutbox) {
        links.push(link("/outbox".into(), t.get("notices-outbox")));
    }
    if visit.may(Action::ReadAudit) {
        links.push(link("/audit".into(), t.get("audit-title")));
    }
    links
}
