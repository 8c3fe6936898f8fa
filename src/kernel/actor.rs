//! Who acts, and what who looks may see. Carried from the first line of a request or command to the last row written.

use uuid::Uuid;

/// Who may see a row, from everybody to nobody but its owner. The numbers are those of the SQL function `may_see`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Audience {
    /// Everybody.
    Public = 0,
    /// Regions and other contracting authorities: drafts that were shared with them.
    Authorities = 10,
    /// Those who prepare and decide.
    Preparers = 20,
    /// The owning organisation alone.
    Owner = 100,
}

impl Audience {
    /// The number that stands in the database.
    pub fn level(self) -> i16 {
        self as i16
    }
}

/// What somebody who looks may see. Every read takes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Viewer {
    level: i16,
    organisations: Vec<Uuid>,
}

impl Viewer {
    /// A visitor who has not signed in.
    pub fn anonymous() -> Self {
        Self { level: Audience::Public.level(), organisations: Vec::new() }
    }

    /// Somebody who acts for an organisation in these roles.
    pub fn acting(organisation: Uuid, roles: &[Role]) -> Self {
        let audience = roles.iter().map(|role| role.audience()).max().unwrap_or(Audience::Public);
        Self { level: audience.level(), organisations: vec![organisation] }
    }

    /// Whether they see what is prepared in the whole bank, and not only in the areas that they look after.
    pub fn sees_preparation(&self) -> bool {
        self.level >= Audience::Preparers.level()
    }

    /// The `viewer_level` argument of `may_see`.
    pub fn level(&self) -> i16 {
        self.level
    }

    /// What the SQL function `may_see` answers, for what is held in the process; a test keeps the two the same.
    pub fn sees(&self, audience: i16, owner: Option<Uuid>) -> bool {
        audience <= self.level || owner.is_some_and(|owner| self.organisations.contains(&owner))
    }

    /// The `viewer_orgs` argument of `may_see`.
    pub fn organisations(&self) -> &[Uuid] {
        &self.organisations
    }
}

/// A part of the program that acts without a person at the keyboard of a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// A file that is read in.
    Import,
    /// The example bank.
    Example,
    /// Background work.
    Job,
    /// An operator at the command line.
    CommandLine,
}

/// What a person may do for the organisation that they act for (domain.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Works for a supplier or an industry body.
    SupplierMember,
    /// Works for a region.
    RegionMember,
    /// Speaks for a region.
    RegionCoordinator,
    /// Looks after the product groups that a procurement area owns.
    AreaCoordinator,
    /// Curates the bank.
    LmcCoordinator,
    /// Decides.
    DecisionMaker,
    /// Looks after the accounts of the own organisation, and sends what it has to say.
    OrganisationAdmin,
    /// Runs the service; no say about its content.
    Admin,
}

impl Role {
    /// Every role, in the order of the rights table.
    pub const ALL: [Self; 8] = [
        Self::SupplierMember,
        Self::RegionMember,
        Self::RegionCoordinator,
        Self::AreaCoordinator,
        Self::LmcCoordinator,
        Self::DecisionMaker,
        Self::OrganisationAdmin,
        Self::Admin,
    ];

    /// The word that stands in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::SupplierMember => "supplier_member",
            Self::RegionMember => "region_member",
            Self::RegionCoordinator => "region_coordinator",
            Self::AreaCoordinator => "area_coordinator",
            Self::LmcCoordinator => "lmc_coordinator",
            Self::DecisionMaker => "decision_maker",
            Self::OrganisationAdmin => "organisation_admin",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether it is held only by who has proved with a second factor that it is they (domain.md §5).
    pub fn needs_second_factor(self) -> bool {
        matches!(self, Self::LmcCoordinator | Self::DecisionMaker | Self::Admin)
    }

    /// What it lets its holder see.
    pub fn audience(self) -> Audience {
        match self {
            Self::SupplierMember | Self::OrganisationAdmin | Self::Admin => Audience::Public,
            // What an area coordinator prepares beyond what is shared is looked at area by area.
            Self::RegionMember | Self::RegionCoordinator | Self::AreaCoordinator => Audience::Authorities,
            Self::LmcCoordinator | Self::DecisionMaker => Audience::Preparers,
        }
    }
}

/// Who does something: a person acting for an organisation, a visitor, or the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody known.
    Anonymous,
    /// A person acting for one membership.
    Person {
        /// The person's id; names never stand in logs.
        id: Uuid,
        /// The organisation that the person acts for; none where they act for nobody but themselves.
        organisation: Option<Uuid>,
        /// The roles of that membership.
        roles: Vec<Role>,
    },
    /// The program itself.
    System(System),
}

impl Actor {
    /// Whether the person acts with this role.
    pub fn has(&self, role: Role) -> bool {
        matches!(self, Self::Person { roles, .. } if roles.contains(&role))
    }

    /// The word that stands in `actor_kind`. What a visitor may do is a matter of permits: send something in, no more.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "visitor",
            Self::Person { .. } => "person",
            Self::System(System::Import) => "import",
            Self::System(System::Example) => "example",
            Self::System(System::Job) => "job",
            Self::System(System::CommandLine) => "command_line",
        }
    }

    /// The person and the organisation acted for, where there is one.
    pub fn person(&self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Person { id, organisation, .. } => (Some(*id), *organisation),
            Self::Anonymous | Self::System(_) => (None, None),
        }
    }
}
