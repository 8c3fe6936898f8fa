//! Lines of the exchange format, and imports of them.

use kravbank::{
    imports::{self, ImportError, Options, Report, Target},
    kernel::actor::{Actor, System},
};
use serde_json::{Map, Value, json};
use sqlx::Connection;
use time::OffsetDateTime;

use super::{NOW, TestDb};

/// One requirement as a line of a file.
#[derive(Debug, Clone)]
pub struct Line(Map<String, Value>);

/// The least that a requirement may say, in the group [`group`].
pub fn line(title: &str) -> Line {
    Line(Map::new())
        .set("title", title)
        .set("text", json!([format!("Varan ska uppfylla kravet {title}.")]))
        .set("type", "technical_specification")
        .set("level", "basic")
        .set("product_area", "medicinteknik")
        .set("product_group", group())
}

/// A requirement with all that a decision asks for.
pub fn complete(title: &str) -> Line {
    line(title)
        .set("rationale", "Det minskar utsläppen.")
        .set("proportionality", "Flera leverantörer klarar det.")
        .set("evidence", json!([{"kind": "certificate", "text": "Intyg från tillverkaren."}]))
        .set("follow_up", json!({"method": "Stickprov en gång om året.", "effort": "small"}))
        .set("objectives", json!(["giftfri-miljo"]))
        .set("review_by", "2029-11-22")
}

/// Slug of the product group that lines belong to unless they say otherwise.
pub fn group() -> &'static str {
    "handskar"
}

/// Lines as a file.
pub fn lines(lines: &[Line]) -> String {
    lines.iter().map(|line| line.json() + "\n").collect()
}

impl Line {
    /// An empty object.
    pub fn empty() -> Self {
        Self(Map::new())
    }

    /// The same with this key.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// The same without this key.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.0.remove(key);
        self
    }

    /// The same with this ID.
    #[must_use]
    pub fn id(self, id: &str) -> Self {
        self.set("id", id)
    }

    /// The same with these clauses.
    #[must_use]
    pub fn text(self, clauses: &[&str]) -> Self {
        self.set("text", json!(clauses))
    }

    /// As it stands in a file, without the end of the line.
    pub fn json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// How a file is read in.
#[derive(Debug, Clone)]
pub struct Import {
    options: Options,
    actor: Actor,
    now: OffsetDateTime,
    dry_run: bool,
}

impl Import {
    /// As the command line does it, at the tests' time.
    pub fn new(target: Target) -> Self {
        Self {
            options: Options {
                target,
                create_groups: false,
                skip_invalid: false,
                replace: false,
                reference: "RS 2026-0001".to_owned(),
                operator: "test".to_owned(),
                file_name: "krav.jsonl".to_owned(),
            },
            actor: Actor::System(System::CommandLine),
            now: NOW,
            dry_run: false,
        }
    }

    /// As already in force.
    pub fn current() -> Self {
        Self::new(Target::Current)
    }

    /// As preparation.
    pub fn preparation() -> Self {
        Self::new(Target::Preparation)
    }

    /// Making groups that are missing.
    #[must_use]
    pub fn create_groups(mut self) -> Self {
        self.options.create_groups = true;
        self
    }

    /// Passing over lines that cannot be taken.
    #[must_use]
    pub fn skip_invalid(mut self) -> Self {
        self.options.skip_invalid = true;
        self
    }

    /// Letting title and group change together.
    #[must_use]
    pub fn replace(mut self) -> Self {
        self.options.replace = true;
        self
    }

    /// Saving nothing.
    #[must_use]
    pub fn dry_run(mut self) -> Self {
        self.dry_run = true;
        self
    }

    /// From a file of this name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.options.file_name);
        self
    }

    /// At another time.
    #[must_use]
    pub fn at(mut self, now: OffsetDateTime) -> Self {
        self.now = now;
        self
    }

    /// By somebody else.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// Runs it as the command line does: in one transaction, which is kept only if the report says so.
    pub async fn try_run(&self, db: &TestDb, file: impl AsRef<[u8]>) -> Result<Report, ImportError> {
        // The working role, as in the program.
        let mut connection = kravbank::kernel::db::connect_for_work(&db.options()).await?;
        let mut tx = connection.begin().await?;
        let report = imports::run(&mut tx, &self.actor, &self.options, file.as_ref(), self.now, &|_| {}).await?;
        if report.accepted && !self.dry_run {
            tx.commit().await?;
        } else {
            tx.rollback().await?;
        }
        Ok(report)
    }

    /// Runs it, whatever the report says.
    pub async fn run(&self, db: &TestDb, file: impl AsRef<[u8]>) -> Report {
        self.try_run(db, file).await.expect("the import gives a report")
    }

    /// Runs it, and everything has to be taken.
    pub async fn accepted(&self, db: &TestDb, file: impl AsRef<[u8]>) -> Report {
        let report = self.run(db, file).await;
        assert!(report.accepted && report.rejected.is_empty(), "{}", report.text(self.dry_run));
        report
    }
}
