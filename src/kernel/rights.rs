//! The rights table (domain.md §5): one place that says which role may do what. Routes name a right, policies ask for one,
//! `docs/rights.md` is made from it, and a test walks every route with every role.

use super::actor::{Actor, Role, System};

/// A row of the rights table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Ask whether the service is alive; for machines.
    Probe,
    /// Read what is published, search, take open data.
    ReadPublished,
    /// Make selections, change them, take them out as files.
    MakeSelection,
    /// Send in a report of something that is wrong.
    ReportFault,
    /// Sign in, and choose a password by a link.
    SignIn,
    /// See and change the own account: name, password, where one is signed in, whom one acts for.
    OwnAccount,
    /// Make accounts and give roles.
    ManageAccounts,
    /// Throw away sessions, links and steps that are over.
    SweepAccounts,
    /// See how the service is, run jobs again, edit organisations and the words that are settings. No say about content.
    Administer,
    /// Read the audit log.
    ReadLog,
    /// Send links to the addresses of those whom they are for; background work and the command line.
    SendLinks,
    /// Say that one wants to take part, and for whom; answer a letter that asks for it.
    Register,
    /// Look after who belongs to the own organisation: invite, give roles below the own, end.
    Invite,
    /// Look after who belongs to any: approve who has applied, and their organisations.
    ApproveAccounts,
    /// Read the reports that have come in, with the addresses to answer.
    ReadReports,
    /// Read what waits for those who look after the bank. Who looks after an area, within it.
    ReadInbox,
    /// Take what waits, or leave it. Who looks after an area, within it.
    TakeTasks,
    /// See to what is the network's alone: reports with their notes, answers and end, texts to answer with.
    HandleInbox,
    /// Erase addresses that were kept to answer, when their time is over.
    EraseContacts,
    /// Read what is being prepared. Who looks after an area, within it.
    ReadPreparation,
    /// Start, edit and discard versions in preparation; stop a requirement for the time being. Who looks after an area, within
    /// it.
    Prepare,
    /// Decide and repeal.
    Decide,
    /// Read decisions under way; draft them, or have them in front of one to decide.
    PrepareDecisions,
    /// Write proposals for the own organisation, with its colleagues.
    DraftProposals,
    /// Send them in its name, stand behind those of others, take the own ones back.
    SendProposals,
    /// Handle what was proposed: ask for more, prepare, let lie, merge, answer with no. Who looks after an area, within it.
    HandleProposals,
    /// Speak in the dialogue, and say that what others said there breaks a rule.
    Comment,
    /// Hide comments that break a rule, or leave passages of them out.
    Moderate,
    /// Tell what the own organisation has met with when it used a requirement.
    ShareExperience,
    /// Take a decided text out of sight: secrecy, personal data, copyright.
    Mask,
    /// Edit product areas and groups, CPV and references.
    EditTaxonomy,
    /// Read files in as preparation.
    ImportToPreparation,
    /// Take the whole bank out into a file, and put one in its place.
    KeepBackups,
    /// Give up files that were examined and left lying, when their time is over.
    EndImports,
    /// Fill the bank from a file as already in force: command line and example bank only.
    ImportAsCurrent,
}

impl Right {
    /// Every row, in the order of the table.
    pub const ALL: [Self; 35] = [
        Self::Probe,
        Self::ReadPublished,
        Self::MakeSelection,
        Self::ReportFault,
        Self::SignIn,
        Self::OwnAccount,
        Self::ManageAccounts,
        Self::SweepAccounts,
        Self::Administer,
        Self::ReadLog,
        Self::SendLinks,
        Self::Register,
        Self::Invite,
        Self::ApproveAccounts,
        Self::ReadReports,
        Self::ReadInbox,
        Self::TakeTasks,
        Self::HandleInbox,
        Self::EraseContacts,
        Self::ReadPreparation,
        Self::Prepare,
        Self::Decide,
        Self::PrepareDecisions,
        Self::DraftProposals,
        Self::SendProposals,
        Self::HandleProposals,
        Self::Comment,
        Self::Moderate,
        Self::ShareExperience,
        Self::Mask,
        Self::EditTaxonomy,
        Self::ImportToPreparation,
        Self::KeepBackups,
        Self::EndImports,
        Self::ImportAsCurrent,
    ];

    /// Whether somebody who has not signed in holds it.
    pub fn of_visitor(self) -> bool {
        matches!(
            self,
            Self::Probe | Self::ReadPublished | Self::MakeSelection | Self::ReportFault | Self::SignIn | Self::Register
        )
    }

    /// Whether everybody who has signed in holds it, whatever their role.
    pub fn of_person(self) -> bool {
        self.of_visitor() || self == Self::OwnAccount
    }

    /// Whether the role holds it. What is not listed is denied.
    pub fn of(self, role: Role) -> bool {
        match self {
            Self::Probe
            | Self::ReadPublished
            | Self::MakeSelection
            | Self::ReportFault
            | Self::SignIn
            | Self::Register
            | Self::OwnAccount => true,
            Self::ManageAccounts | Self::Administer => role == Role::Admin,
            Self::ReadLog => matches!(role, Role::LmcCoordinator | Role::DecisionMaker | Role::Admin),
            Self::Invite => {
                matches!(role, Role::OrganisationAdmin | Role::RegionCoordinator | Role::LmcCoordinator | Role::Admin)
            }
            Self::ApproveAccounts => matches!(role, Role::LmcCoordinator | Role::Admin),
            Self::Decide => role == Role::DecisionMaker,
            Self::PrepareDecisions => {
                matches!(role, Role::AreaCoordinator | Role::LmcCoordinator | Role::DecisionMaker)
            }
            Self::DraftProposals => !matches!(role, Role::DecisionMaker | Role::Admin),
            Self::SendProposals => {
                matches!(
                    role,
                    Role::OrganisationAdmin
                        | Role::RegionMember
                        | Role::RegionCoordinator
                        | Role::AreaCoordinator
                        | Role::LmcCoordinator
                )
            }
            Self::Comment => role != Role::Admin,
            Self::ShareExperience => {
                matches!(role, Role::RegionMember | Role::RegionCoordinator | Role::AreaCoordinator | Role::LmcCoordinator)
            }
            // Who looks after an area does so within it, which the permit asks.
            Self::HandleProposals | Self::Prepare | Self::TakeTasks => {
                matches!(role, Role::AreaCoordinator | Role::LmcCoordinator)
            }
            Self::ReadPreparation | Self::ReadInbox => {
                matches!(role, Role::AreaCoordinator | Role::LmcCoordinator | Role::DecisionMaker)
            }
            // Whoever decides has what was said in front of them, and leaves the handling to those who coordinate.
            Self::ReadReports => matches!(role, Role::LmcCoordinator | Role::DecisionMaker),
            Self::HandleInbox | Self::Moderate | Self::Mask | Self::EditTaxonomy | Self::ImportToPreparation => {
                role == Role::LmcCoordinator
            }
            Self::SendLinks
            | Self::EraseContacts
            | Self::EndImports
            | Self::KeepBackups
            | Self::SweepAccounts
            | Self::ImportAsCurrent => false,
        }
    }

    /// Whether the program itself holds it when it acts in this part.
    pub fn of_system(self, system: System) -> bool {
        match self {
            Self::Probe | Self::ReadPublished => true,
            // Whoever reports, proposes or signs in is somebody.
            Self::ReportFault
            | Self::SignIn
            | Self::OwnAccount
            | Self::Administer
            | Self::ReadLog
            | Self::ReadInbox
            | Self::TakeTasks
            | Self::HandleInbox
            | Self::ReadPreparation
            | Self::DraftProposals
            | Self::SendProposals
            | Self::HandleProposals
            | Self::Comment
            | Self::Moderate
            | Self::ShareExperience
            | Self::PrepareDecisions => false,
            Self::ReadReports | Self::KeepBackups => system == System::CommandLine,
            Self::EraseContacts | Self::SweepAccounts | Self::EndImports => system == System::Job,
            Self::SendLinks => matches!(system, System::Job | System::CommandLine),
            Self::MakeSelection
            | Self::Register
            | Self::Invite
            | Self::ApproveAccounts
            | Self::Prepare
            | Self::Decide
            | Self::Mask => system == System::Example,
            Self::ManageAccounts | Self::EditTaxonomy | Self::ImportToPreparation | Self::ImportAsCurrent => {
                matches!(system, System::CommandLine | System::Example)
            }
        }
    }

    /// Whether this actor holds it, before any narrowing by object.
    pub fn held_by(self, actor: &Actor) -> bool {
        match actor {
            Actor::Anonymous => self.of_visitor(),
            Actor::Person { roles, .. } => self.of_person() || roles.iter().any(|role| self.of(*role)),
            Actor::System(system) => self.of_system(*system),
        }
    }
}
