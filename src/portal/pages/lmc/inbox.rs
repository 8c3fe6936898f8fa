//! What waits: one list, oldest first.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::OffsetDateTime;

use crate::{
    dialogue,
    kernel::{
        actor::Actor,
        clock,
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, Who, html,
            links::{self, words},
            see_other,
        },
    },
    portal::{
        labels,
        reads::{
            lmc::{
                inbox::{self as read, Inbox, LongStop, PAGE, ReviewDue, Task, Trouble, Wanted},
                reach::Reach,
            },
            words::cut,
        },
    },
    proposals,
    reports::ReportNumber,
    requirements::RequirementNumber,
    search::catalogue::Catalogue,
    tasks::{self, Kind},
};

/// The list, and the short address that leads to it.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::LMC, Right::ReadInbox, async || see_other(links::INBOX)).swedish_page(
        links::INBOX,
        Right::ReadInbox,
        page,
    )
}

/// How much of a report stands in the list.
const GLIMPSE: usize = 140;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    /// Only this kind.
    slag: String,
    /// `1`: only what whoever looks has taken.
    mina: String,
    efter: String,
    fore: String,
}

impl Asks {
    fn wanted(&self, (whole, approves): (bool, bool)) -> Wanted {
        Wanted {
            // Who waits to be approved is shown to those who approve.
            kind: words::code(words::TASKS, &self.slag).and_then(Kind::from_code).filter(|kind| shows(*kind, (whole, approves))),
            approves,
            mine: self.mina == "1",
            key: if self.fore.is_empty() { &self.efter } else { &self.fore }.parse().ok(),
            backwards: !self.fore.is_empty(),
        }
    }
}

/// Whether things of this kind are shown to who sees the whole bank or not, and approves accounts or not.
fn shows(kind: Kind, (whole, approves): (bool, bool)) -> bool {
    (whole || kind.is_of_areas()) && (approves || kind != Kind::Account)
}

/// A choice above the list.
struct Choice {
    label: String,
    href: String,
    count: i64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "portal/lmc/inbox.html")]
struct InboxPage {
    layout: Layout,
    inbox: Inbox,
    wanted: Wanted,
    today: time::Date,
    now: OffsetDateTime,
    me: uuid::Uuid,
    /// Whether who looks sees the whole bank, else the areas that they look after.
    whole: bool,
    actor: Actor,
    may_handle: bool,
    may_import: bool,
    may_approve: bool,
    troubles: Vec<(String, String)>,
    /// Where one sees to them, for who may.
    administration: Option<&'static str>,
    kinds: Vec<Choice>,
    whose: [Choice; 2],
    pages: [String; 4],
}

impl InboxPage {
    /// Where a decision is looked at afterwards, and whether that is late.
    fn review(&self, due: &ReviewDue) -> (String, bool) {
        let late = due.by.is_some_and(|day| day < self.today);
        (links::decision(self.layout.lang, due.cited()), late)
    }

    /// Where a stopped requirement is seen to, and since when it is stopped.
    fn stop(&self, stop: &LongStop) -> (String, String) {
        let since = self.layout.lang.day_of(stop.since);
        (links::workbench(stop.requirement(), ""), since)
    }

    fn first(&self) -> i64 {
        self.inbox.before + 1
    }

    fn last(&self) -> i64 {
        self.inbox.before + i64::try_from(self.inbox.tasks.len()).unwrap_or(0)
    }

    fn several_pages(&self) -> bool {
        self.inbox.total > i64::try_from(PAGE).unwrap_or(i64::MAX)
    }

    fn place(&self) -> String {
        self.layout.t.tasks_place(self.first(), self.last(), self.inbox.total)
    }

    fn id(&self, task: &Task) -> String {
        format!("{}-{}", task.kind().code(), task.number)
    }

    fn kind(&self, task: &Task) -> &'static str {
        kind_name(self.layout.t, task.kind())
    }

    /// What the thing is called.
    fn reference(&self, task: &Task) -> String {
        match task.kind() {
            Kind::Accessibility | Kind::Fault => ReportNumber(task.number).to_string(),
            Kind::Overdue | Kind::Incomplete | Kind::Reference => RequirementNumber::from_db(task.number).to_string(),
            Kind::Import => self.layout.t.import_number(task.number.to_string()),
            Kind::Account => self.layout.t.tasks_application(task.number.to_string()),
            Kind::Comment | Kind::Question => task.said.as_ref().map(|said| said.cited.clone()).unwrap_or_default(),
            Kind::Proposal => task.cited().map(|cited| cited.to_string()).unwrap_or_default(),
        }
    }

    /// Where it is dealt with; none where whoever looks may not.
    fn href(&self, task: &Task) -> Option<String> {
        match task.kind() {
            Kind::Fault if !self.reads_reports() => {
                let number = task.report.as_ref().and_then(|report| report.requirement);
                number.map(|number| links::requirement(self.layout.lang, RequirementNumber::from_db(number)))
            }
            Kind::Accessibility | Kind::Fault => Some(links::report(ReportNumber(task.number))),
            Kind::Overdue | Kind::Incomplete | Kind::Reference => {
                Some(links::requirement(self.layout.lang, RequirementNumber::from_db(task.number)))
            }
            Kind::Import => self.may_import.then(|| links::import(task.number)),
            Kind::Account => Some(format!("{}#a-{}", links::LMC_ACCOUNTS, task.subject)),
            Kind::Comment => self.may_handle.then(|| links::moderated(task.subject)),
            Kind::Proposal if Right::HandleProposals.held_by(&self.actor) => {
                task.cited().map(|cited| links::handled_proposal(cited, ""))
            }
            Kind::Proposal => task.cited().map(|cited| links::proposal(self.layout.lang, cited)),
            Kind::Question => task.said.as_ref().map(|said| links::in_dialogue(self.layout.lang, &said.cited, said.thread)),
        }
    }

    /// Whether they read what was reported, with the address to answer.
    fn reads_reports(&self) -> bool {
        Right::ReadReports.held_by(&self.actor)
    }

    /// Whether they take things of this kind.
    fn may_take(&self, task: &Task) -> bool {
        tasks::may_take(&self.actor, task.kind())
    }

    fn lead(&self) -> &'static str {
        if self.whole { self.layout.t.tasks_lead() } else { self.layout.t.tasks_lead_areas() }
    }

    /// What it is about, in the words of whoever wrote it.
    fn title(&self, task: &Task) -> String {
        if let Some(report) = &task.report {
            return cut(&report.text.split_whitespace().collect::<Vec<_>>().join(" "), GLIMPSE);
        }
        if let Some(requirement) = &task.requirement {
            return requirement.title.clone();
        }
        if let Some(said) = &task.said {
            let glimpse = dialogue::glimpse(&said.text, GLIMPSE);
            return if glimpse.is_empty() { said.cited.clone() } else { glimpse };
        }
        if let Some(proposal) = &task.proposal {
            return proposal.title.clone();
        }
        if let Some(account) = &task.account {
            return self.layout.t.tasks_account(&account.name, &account.organisation);
        }
        task.import.as_ref().map(|import| import.file.clone()).unwrap_or_default()
    }

    fn is_english(&self, task: &Task) -> bool {
        task.report.as_ref().is_some_and(|report| report.language == "en")
            || task.said.as_ref().is_some_and(|said| said.language == "en")
    }

    /// What more there is to say in one line.
    fn about(&self, task: &Task) -> String {
        let t = self.layout.t;
        if let Some(report) = &task.report {
            let cited = report.requirement.zip(report.version);
            let cited = cited.map(|(number, version)| t.tasks_about(format!("{}:{version}", RequirementNumber::from_db(number))));
            let by = report.organisation.as_ref().map(|organisation| t.tasks_reported_by(organisation));
            return [cited, by].into_iter().flatten().collect::<Vec<_>>().join(" ");
        }
        if let Some(said) = &task.said {
            let by = t.tasks_said_by(&said.organisation);
            return if said.inside { format!("{by} {}.", t.dialogue_seen_inside()) } else { by };
        }
        if let Some(requirement) = task.requirement.as_ref().filter(|_| task.kind() == Kind::Incomplete) {
            let missing: Vec<&str> = requirement.missing().iter().map(|missing| labels::missing(&t, missing)).collect();
            return t.tasks_missing(missing.join(", "));
        }
        if let Some(requirement) = task.requirement.as_ref().filter(|_| task.kind() == Kind::Reference) {
            let stale = requirement.stale.iter().map(|one| match one.by() {
                Some(by) => t.tasks_replaced(&one.name, by),
                None => t.tasks_retired(&one.name),
            });
            return stale.collect::<Vec<_>>().join(" ");
        }
        if let Some(proposal) = &task.proposal {
            return proposed(t, proposal);
        }
        if let Some(account) = &task.account {
            let kind = labels::organisation(&t, &account.kind());
            return if account.listed { t.tasks_account_known(kind) } else { t.tasks_account_new(kind) };
        }
        match &task.import {
            Some(import) if import.accepted => t.tasks_import_ready(import.new, t.imports_count_changed(import.changed)),
            Some(import) => t.tasks_import_rejected(import.rejected),
            None => String::new(),
        }
    }

    fn age(&self, task: &Task) -> String {
        let days = (self.today - clock::in_sweden(task.asked()).date()).whole_days();
        if days <= 0 { self.layout.t.tasks_age_today().to_owned() } else { self.layout.t.tasks_age(days) }
    }

    fn since(&self, task: &Task) -> String {
        self.layout.lang.day_of(task.asked())
    }

    fn deadline(&self, task: &Task) -> Option<String> {
        task.deadline().map(|at| self.layout.lang.day_of(at))
    }

    fn is_late(&self, task: &Task) -> bool {
        task.deadline().is_some_and(|at| at < self.now)
    }

    fn is_mine(&self, task: &Task) -> bool {
        task.handler.as_ref().is_some_and(|handler| handler.id == self.me)
    }

    /// Who has it, by name.
    fn handler<'a>(&'a self, task: &'a Task) -> Option<&'a str> {
        task.handler.as_ref().map(|handler| handler.name.as_deref().unwrap_or(self.layout.t.tasks_nobody()))
    }
}

fn kind_name(t: Texts, kind: Kind) -> &'static str {
    match kind {
        Kind::Accessibility => t.tasks_kind_accessibility(),
        Kind::Fault => t.tasks_kind_fault(),
        Kind::Overdue => t.tasks_kind_overdue(),
        Kind::Incomplete => t.tasks_kind_incomplete(),
        Kind::Import => t.tasks_kind_import(),
        Kind::Account => t.tasks_kind_account(),
        Kind::Comment => t.tasks_kind_comment(),
        Kind::Question => t.tasks_kind_question(),
        Kind::Reference => t.tasks_kind_reference(),
        Kind::Proposal => t.tasks_kind_proposal(),
    }
}

/// What a proposal wishes, where, whose it is, and where it stands.
fn proposed(t: Texts, proposal: &read::Proposal) -> String {
    let kind = proposals::kind_name(&t, &proposal.kind);
    let wish = match proposal.requirement() {
        Some(requirement) => t.tasks_proposal_about(kind, requirement, &proposal.group),
        None => t.tasks_proposal(kind, &proposal.group),
    };
    let by = t.tasks_proposal_by(&proposal.organisation);
    let state = format!("{}.", proposals::state_name(&t, &proposal.state()));
    let again = proposal.again.then(|| t.tasks_proposal_again().to_owned());
    [Some(wish), Some(by), Some(state), again].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is wrong with the service, in words: a heading and what it means.
fn told(visit: &Visit, trouble: Trouble) -> (String, String) {
    let (t, moment) = (visit.texts(), |at| visit.lang.moment(at));
    let (heading, text) = match trouble {
        Trouble::Late(at) => (t.tasks_service_mail(), t.tasks_service_mail_late(moment(at))),
        Trouble::Lost(n) => (t.tasks_service_mail(), t.tasks_service_mail_lost(n)),
        Trouble::Backup(Some(at)) => (t.tasks_service_backup(), t.tasks_service_backup_old(moment(at))),
        Trouble::Backup(None) => (t.tasks_service_backup(), t.tasks_service_backup_none().to_owned()),
    };
    (heading.to_owned(), text)
}

/// The list with these choices, and a page of it.
fn address(kind: Option<Kind>, mine: bool, place: Option<(&str, &str)>) -> String {
    let kind = kind.and_then(|kind| words::word(words::TASKS, kind.code())).map(|word| ("slag", word));
    let mine = mine.then_some(("mina", "1"));
    links::with_query(links::INBOX, kind.into_iter().chain(mine).chain(place))
}

async fn page(visit: Visit, who: Who, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    let actor = visit.actor();
    let may_approve = Right::ApproveAccounts.held_by(&actor);
    let mut connection = visit.app.db.read().await?;
    let reach = Reach::of(&mut connection, &actor, &visit.viewer, who.person, (visit.today(), visit.now)).await?;
    let shown = (reach.whole, may_approve);
    let wanted = asks.wanted(shown);
    let catalogue = Catalogue::of(&visit.app);
    let inbox = read::inbox(&mut connection, &catalogue, &reach, visit.now, visit.today(), &wanted).await?;
    drop(connection);
    let all = inbox.counts.iter().sum();
    let mut kinds = vec![Choice {
        label: t.tasks_all().to_owned(),
        href: address(None, wanted.mine, None),
        count: all,
        chosen: wanted.kind.is_none(),
    }];
    kinds.extend(Kind::ALL.into_iter().zip(inbox.counts).filter(|(kind, _)| shows(*kind, shown)).map(|(kind, count)| Choice {
        label: kind_name(t, kind).to_owned(),
        href: address(Some(kind), wanted.mine, None),
        count,
        chosen: wanted.kind == Some(kind),
    }));
    let whose = [
        Choice { label: t.tasks_of_all().to_owned(), href: address(wanted.kind, false, None), count: 0, chosen: !wanted.mine },
        Choice {
            label: t.tasks_mine().to_owned(),
            href: address(wanted.kind, true, None),
            count: inbox.mine,
            chosen: wanted.mine,
        },
    ];
    let key = |task: Option<&Task>| task.map(|task| task.key().to_string()).unwrap_or_default();
    let (first, last) = (key(inbox.tasks.first()), key(inbox.tasks.last()));
    let on_page = i64::try_from(inbox.tasks.len()).unwrap_or(0);
    let (earlier, later) = (inbox.before > 0, inbox.before + on_page < inbox.total);
    let link = |there: bool, place: Option<(&str, &str)>| {
        if there { format!("{}#lista", address(wanted.kind, wanted.mine, place)) } else { String::new() }
    };
    let pages = [
        link(earlier, None),
        link(earlier, Some(("fore", first.as_str()))),
        link(later, Some(("efter", last.as_str()))),
        link(later, Some(("fore", "slut"))),
    ];
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::START.to_owned()), Crumb::here(t.tasks_heading())];
    // What is narrowed, or is another page, has another title.
    let mut narrowed: Vec<String> = Vec::new();
    narrowed.extend(wanted.mine.then(|| t.tasks_mine().to_owned()));
    narrowed.extend(wanted.kind.map(|kind| kind_name(t, kind).to_owned()));
    narrowed.extend((earlier || later).then(|| t.tasks_place(inbox.before + 1, inbox.before + on_page, inbox.total)));
    let title = match narrowed.join(", ") {
        narrowed if narrowed.is_empty() => t.tasks_heading().to_owned(),
        narrowed => t.tasks_title(t.tasks_heading(), narrowed),
    };
    let layout = visit.layout(&title, "lmc", crumbs).without_alternate();
    // How the service is, is seen to by those whose work is the whole bank.
    let troubles = if reach.whole { inbox.service.troubles(visit.now) } else { Vec::new() };
    let troubles = troubles.into_iter().map(|trouble| told(&visit, trouble)).collect();
    html(&InboxPage {
        troubles,
        administration: Right::Administer.held_by(&actor).then_some(links::ADMIN),
        layout,
        inbox,
        wanted,
        today: visit.today(),
        now: visit.now,
        me: who.person,
        whole: reach.whole,
        may_handle: Right::HandleInbox.held_by(&actor),
        may_import: Right::ImportToPreparation.held_by(&actor),
        actor,
        may_approve,
        kinds,
        whose,
        pages,
    })
}
