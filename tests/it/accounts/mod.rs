//! Signing in, and what is one's own.

mod account;
mod acting;
mod denied;
mod email;
mod erase;
mod example;
mod forgot;
mod gate;
mod hygiene;
mod invitations;
mod kept;
mod letters;
mod links;
mod members;
mod oidc;
mod passwords;
mod refused_and_logged;
mod registration;
mod sessions;
mod setup;
mod shown_for;
mod sign_in;
mod two_steps;

use kravbank::{
    accounts::{Invited, create_admin},
    kernel::actor::{Actor, System},
};
use sqlx::Connection;

use crate::support::{Answer, Browser, NOW, TestApp};

/// A password that nobody guesses.
const PASSWORD: &str = "sju mossiga grindar väntar";
const EMAIL: &str = "Asa.Admin@region.example";

/// An administrator without a password yet.
async fn invited(app: &TestApp) -> Invited {
    let mut connection = app.db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let actor = Actor::System(System::CommandLine);
    let invited = create_admin(&mut tx, &actor, (EMAIL, "Åsa Admin", "sekretariatet"), NOW).await.expect("made");
    tx.commit().await.expect("kept");
    invited
}

/// A browser in which an administrator has chosen a password and is signed in.
async fn admin(app: &TestApp) -> Browser<'_> {
    let browser = Browser::new(app);
    browser.post(&invited(app).await.path, &[("losenord", PASSWORD)]).await.expect(303);
    browser
}

async fn sign_in(browser: &Browser<'_>, email: &str, password: &str) -> Answer {
    browser.post("/logga-in", &[("epost", email), ("losenord", password)]).await
}

/// Whether somebody is signed in in a browser.
async fn is_in(browser: &Browser<'_>) -> bool {
    browser.get("/mitt").await.status == 200
}
