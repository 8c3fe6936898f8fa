//! Settings that are words: administrators write them in the browser, and every page may show them. They are kept in the
//! process, so that no page asks for them; whoever changes one tells all programs on the database.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use sqlx::{PgConnection, postgres::PgListener};
use tokio::sync::watch;

use super::{config::Settings, db::Db, error::Result, i18n::Lang, web::App};

/// Where it is told that a word was changed.
pub const CHANNEL: &str = "kravbank_words";

/// A word that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// What the network of environmental directors is called.
    Network,
    /// What stands on every decision, in Swedish.
    DecisionLabelSv,
    /// The same in English.
    DecisionLabelEn,
    /// The authority whose records the bank's are, in Swedish.
    HostSv,
    /// The same in English.
    HostEn,
    /// What the accessibility statement says beside the rest, in Swedish.
    StatementSv,
    /// The same in English.
    StatementEn,
    /// How to reach those who run the bank, in Swedish.
    ContactSv,
    /// The same in English.
    ContactEn,
    /// The address to write to.
    ContactEmail,
    /// The number to call.
    ContactPhone,
    /// Whether the bank is closed for changes; not a word that is shown.
    ReadOnly,
    /// What is said of that, in Swedish.
    ReadOnlySv,
    /// The same in English.
    ReadOnlyEn,
}

impl Word {
    /// Each of those that are edited together, in their order. Those about changes have a page of their own.
    pub const ALL: [Self; 11] = [
        Self::Network,
        Self::DecisionLabelSv,
        Self::DecisionLabelEn,
        Self::HostSv,
        Self::HostEn,
        Self::StatementSv,
        Self::StatementEn,
        Self::ContactSv,
        Self::ContactEn,
        Self::ContactEmail,
        Self::ContactPhone,
    ];

    /// Its key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::DecisionLabelSv => "decision_label_sv",
            Self::DecisionLabelEn => "decision_label_en",
            Self::HostSv => "host_sv",
            Self::HostEn => "host_en",
            Self::StatementSv => "statement_sv",
            Self::StatementEn => "statement_en",
            Self::ContactSv => "contact_sv",
            Self::ContactEn => "contact_en",
            Self::ContactEmail => "contact_email",
            Self::ContactPhone => "contact_phone",
            Self::ReadOnly => "read_only",
            Self::ReadOnlySv => "read_only_sv",
            Self::ReadOnlyEn => "read_only_en",
        }
    }

    /// The most characters that it may have.
    pub fn most(self) -> usize {
        match self {
            Self::Network | Self::ContactPhone | Self::ReadOnly => 40,
            Self::ReadOnlySv | Self::ReadOnlyEn => 200,
            Self::DecisionLabelSv | Self::DecisionLabelEn | Self::HostSv | Self::HostEn => 120,
            Self::ContactEmail => super::web::MOST_EMAIL,
            Self::StatementSv | Self::StatementEn | Self::ContactSv | Self::ContactEn => 2_000,
        }
    }

    /// Whether it may have several lines.
    pub fn is_long(self) -> bool {
        self.most() == 2_000
    }
}

/// The words as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    network: String,
    /// Whether the settings close the bank for changes, whatever administrators say.
    closed: bool,
    set: HashMap<String, String>,
}

impl Said {
    /// What was set; none where nobody has.
    pub fn set(&self, word: Word) -> Option<&str> {
        self.set.get(word.key()).map(String::as_str)
    }

    /// What was set in this language; none where nobody has.
    fn in_language(&self, lang: Lang, sv: Word, en: Word) -> Option<&str> {
        self.set(if lang.is_swedish() { sv } else { en })
    }

    /// What the network of environmental directors is called.
    pub fn network(&self) -> &str {
        self.set(Word::Network).unwrap_or(&self.network)
    }

    /// Whether the bank is closed for changes: it is read, and nothing is written.
    pub fn is_closed(&self) -> bool {
        self.closed || self.set(Word::ReadOnly).is_some()
    }

    /// Whether the settings close it, so that no page can open it.
    pub fn is_closed_by_settings(&self) -> bool {
        self.closed
    }

    /// What those who closed it say of it: why, or until when.
    pub fn closed_because(&self, lang: Lang) -> Option<&str> {
        self.in_language(lang, Word::ReadOnlySv, Word::ReadOnlyEn)
    }

    /// What stands on every decision.
    pub fn decision_label(&self, lang: Lang) -> Option<&str> {
        self.in_language(lang, Word::DecisionLabelSv, Word::DecisionLabelEn)
    }

    /// The authority whose records the bank's are.
    pub fn host(&self, lang: Lang) -> Option<&str> {
        self.in_language(lang, Word::HostSv, Word::HostEn)
    }

    /// What the accessibility statement says beside the rest, paragraph by paragraph.
    pub fn statement(&self, lang: Lang) -> Vec<String> {
        paragraphs(self.in_language(lang, Word::StatementSv, Word::StatementEn))
    }

    /// How to reach those who run the bank, paragraph by paragraph.
    pub fn contact(&self, lang: Lang) -> Vec<String> {
        paragraphs(self.in_language(lang, Word::ContactSv, Word::ContactEn))
    }
}

fn paragraphs(text: Option<&str>) -> Vec<String> {
    let parts = text.unwrap_or_default().split("\n\n").map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The words, kept in the process.
#[derive(Debug)]
pub struct Words {
    said: RwLock<Arc<Said>>,
    /// Whether the bank is closed for changes, for those who wait for it.
    closed: watch::Sender<bool>,
}

impl Words {
    /// As the settings have them, until they are read.
    pub fn of(settings: &Settings) -> Self {
        let said = Said { network: settings.network_name.clone(), closed: settings.read_only, set: HashMap::new() };
        Self { closed: watch::Sender::new(said.is_closed()), said: RwLock::new(Arc::new(said)) }
    }

    /// Whether the bank is closed for changes, now and whenever that turns.
    pub fn closed(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }

    /// The words as they are now.
    pub fn get(&self) -> Arc<Said> {
        Arc::clone(&self.said.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads them anew.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn load(&self, db: &Db) -> Result<()> {
        let rows = sqlx::query!("select key, value from setting_word").fetch_all(&mut *db.read().await?).await?;
        let set = rows.into_iter().map(|row| (row.key, row.value)).collect();
        let mut kept = self.said.write().unwrap_or_else(PoisonError::into_inner);
        *kept = Arc::new(Said { network: kept.network.clone(), closed: kept.closed, set });
        let is_closed = kept.is_closed();
        self.closed.send_if_modified(|closed| std::mem::replace(closed, is_closed) != is_closed);
        Ok(())
    }
}

/// Whether administrators have closed the bank for changes, as the database has it: for the command line, which keeps no words.
///
/// # Errors
/// When the database is away.
pub async fn is_closed(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from setting_word where key = $1) as "closed!""#, Word::ReadOnly.key())
        .fetch_one(connection)
        .await
}

/// Waits for words to be changed, here or by another program on the database, as long as the program runs. What was missed
/// while the database was away is read when it is back.
pub async fn listen(app: App) {
    loop {
        if let Err(error) = hear(&app).await {
            tracing::debug!(%error, "changed words are not heard of for the moment");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

async fn hear(app: &App) -> Result<()> {
    let mut listener = PgListener::connect_with(app.db.pool()).await?;
    listener.listen(CHANNEL).await?;
    loop {
        app.words.load(&app.db).await?;
        // None: the connection broke off, and there is another one by now.
        listener.try_recv().await?;
    }
}
