//! Services that people sign in through, as a client of OpenID Connect meets them: the code flow with PKCE, state and nonce.
//! What a service says of itself is asked for when it is first needed, so that nothing else waits for it.

use std::{collections::HashMap, sync::LazyLock, time::Duration as Span};

use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse,
    core::{
        CoreAuthPrompt, CoreClient, CoreIdTokenClaims, CoreJwsSigningAlgorithm as Alg, CoreProviderMetadata, CoreResponseType,
        CoreUserInfoClaims,
    },
    http,
    reqwest::{self, redirect::Policy},
};
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

use crate::kernel::{
    config::OidcProvider,
    web::{App, MOST_EMAIL, line, links},
};

/// A service that does not answer within this is away.
const PATIENCE: Span = Span::from_secs(5);
/// What a service says of itself is asked for anew after this.
const REMEMBERED: Duration = Duration::minutes(10);
/// More than this no service has to say at once.
const MOST: usize = 1024 * 1024;
/// What a service calls the use of more than one factor.
const MFA: &str = "mfa";
/// The same as a class (REFEDS), which identity federations use.
const MFA_CLASS: &str = "https://refeds.org/profile/mfa";

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What is known of services, kept in the process.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<u8, (CoreProviderMetadata, OffsetDateTime)>>);

/// Why a service did not tell who somebody is.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// It does not answer, or not as the standard wants.
    #[error("the service is away: {0}")]
    Away(String),
    /// What it says does not hold: signed by somebody else, for somebody else, or for another try.
    #[error("what the service says does not hold: {0}")]
    Untrue(String),
}

/// What a browser takes along to a service.
#[derive(Debug)]
pub(super) struct Departure {
    /// Where it goes.
    pub(super) address: String,
    /// Comes back with it.
    pub(super) state: String,
    /// Comes back in what the service signs.
    pub(super) nonce: String,
    /// Shows that it is we who began.
    pub(super) verifier: String,
}

/// What a service says of somebody.
#[derive(Debug)]
pub(super) struct Claims {
    /// Who says it.
    pub(super) issuer: String,
    /// Its own name for them.
    pub(super) subject: String,
    /// Their name; empty where it does not say.
    pub(super) name: String,
    /// Their address, where the service has verified it.
    pub(super) email: Option<String>,
    /// Whether they showed more than one factor.
    pub(super) second: bool,
    /// When they proved who they are.
    pub(super) proved_at: Option<OffsetDateTime>,
}

/// Where somebody goes to be told of; `anew` has them prove who they are however they came in before.
pub(super) async fn depart(app: &App, provider: &OidcProvider, anew: bool) -> Result<Departure, Fault> {
    let client = client(app, provider).await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let mut request = client
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("profile".to_owned()))
        .add_scope(Scope::new("email".to_owned()))
        .set_pkce_challenge(challenge);
    if anew {
        request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Span::ZERO);
    }
    let (address, state, nonce) = request.url();
    Ok(Departure {
        address: address.to_string(),
        state: state.secret().clone(),
        nonce: nonce.secret().clone(),
        verifier: verifier.secret().clone(),
    })
}

/// Who somebody is, by the code that they came back with.
pub(super) async fn arrive(
    app: &App,
    provider: &OidcProvider,
    code: String,
    (nonce, verifier): (String, String),
) -> Result<Claims, Fault> {
    let client = client(app, provider).await?;
    let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| Fault::Away(error.to_string()))?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
    let answer = request.request_async(&ask).await.map_err(|error| match error {
        // It answered, and refuses the code: used, too old, or somebody else's.
        openidconnect::RequestTokenError::ServerResponse(answer) => Fault::Untrue(answer.to_string()),
        other => Fault::Away(format!("{other}: {}", source(&other))),
    })?;
    let token = answer.id_token().ok_or_else(|| Fault::Untrue("no id token".to_owned()))?;
    let now = app.clock.now();
    // Signatures with a key of one's own; those with the shared secret, and none at all, are left out.
    let algorithms = [
        Alg::RsaSsaPkcs1V15Sha256,
        Alg::RsaSsaPkcs1V15Sha384,
        Alg::RsaSsaPkcs1V15Sha512,
        Alg::RsaSsaPssSha256,
        Alg::RsaSsaPssSha384,
        Alg::RsaSsaPssSha512,
        Alg::EcdsaP256Sha256,
        Alg::EcdsaP384Sha384,
        Alg::EdDsa,
    ];
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(algorithms)
        .set_time_fn(move || chrono::DateTime::from_timestamp(now.unix_timestamp(), 0).unwrap_or_default());
    let claims = match token.claims(&verifier, &Nonce::new(nonce)) {
        Ok(claims) => claims.clone(),
        Err(error) => {
            // It may have other keys by now: they are asked for with the next try.
            app.kept.of::<Known>().0.lock().await.remove(&provider.number);
            return Err(Fault::Untrue(error.to_string()));
        }
    };
    let mut found = told(&claims);
    if found.email.is_none() || found.name.is_empty() {
        let subject = Some(claims.subject().clone());
        // Some services tell of addresses only here; what they do not tell is not there.
        if let Ok(request) = client.user_info(answer.access_token().clone(), subject) {
            let more: CoreUserInfoClaims = request.request_async(&ask).await.map_err(|error| Fault::Away(error.to_string()))?;
            let is_verified = more.email_verified() == Some(true);
            found.email = found.email.or_else(|| more.email().filter(|_| is_verified).and_then(|email| address(email)));
            if found.name.is_empty() {
                found.name = more.name().and_then(|name| name.get(None)).map(|name| line(name)).unwrap_or_default();
            }
        }
    }
    Ok(found)
}

fn told(claims: &CoreIdTokenClaims) -> Claims {
    let is_verified = claims.email_verified() == Some(true);
    let parts = [
        claims.given_name().and_then(|name| name.get(None)).map(|name| line(name)),
        claims.family_name().and_then(|name| name.get(None)).map(|name| line(name)),
    ];
    let name = claims.name().and_then(|name| name.get(None)).map(|name| line(name));
    let by_method = claims.auth_method_refs().is_some_and(|methods| methods.iter().any(|method| method.as_str() == MFA));
    let by_class = claims.auth_context_ref().is_some_and(|class| class.as_str() == MFA_CLASS);
    Claims {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        name: name.unwrap_or_else(|| parts.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        email: claims.email().filter(|_| is_verified).and_then(|email| address(email)),
        second: by_method || by_class,
        proved_at: claims.auth_time().and_then(|at| OffsetDateTime::from_unix_timestamp(at.timestamp()).ok()),
    }
}

fn address(email: &str) -> Option<String> {
    let email = line(email);
    (crate::kernel::web::is_email(&email) && email.chars().count() <= MOST_EMAIL).then_some(email)
}

async fn client(app: &App, provider: &OidcProvider) -> Result<Client, Fault> {
    let away = |error: String| Fault::Away(error);
    let now = app.clock.now();
    let known = app.kept.of::<Known>();
    // Whoever comes meanwhile waits for the same answer.
    let mut known = known.0.lock().await;
    let metadata = match known.get(&provider.number) {
        Some((metadata, at)) if now - *at < REMEMBERED => metadata.clone(),
        _ => {
            let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| away(error.to_string()))?;
            let asked = CoreProviderMetadata::discover_async(issuer, &ask).await;
            let metadata = asked.map_err(|error| away(format!("{error}: {}", source(&error))))?;
            known.insert(provider.number, (metadata.clone(), now));
            metadata
        }
    };
    let back = format!("{}{}", app.settings.base_url(), links::oidc_answer(provider.number));
    let back = RedirectUrl::new(back).map_err(|error| away(error.to_string()))?;
    let secret = ClientSecret::new(provider.client_secret.clone());
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), Some(secret));
    Ok(client.set_redirect_uri(back))
}

fn source(error: &dyn std::error::Error) -> String {
    error.source().map(ToString::to_string).unwrap_or_default()
}

/// Why a service could not be asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unasked {
    /// The address is not one that is asked, or the program has no way to ask.
    #[error("not asked: {0}")]
    Not(String),
    /// The connection failed, or broke off.
    #[error(transparent)]
    Broken(#[from] reqwest::Error),
    /// The answer is larger than is read.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is none.
    #[error(transparent)]
    Answer(#[from] http::Error),
}

/// Follows nobody elsewhere, waits for nobody long, and trusts whom the machine trusts.
static ASKER: LazyLock<Result<reqwest::Client, String>> = LazyLock::new(|| {
    let mut client = reqwest::Client::builder().redirect(Policy::none()).timeout(PATIENCE).connect_timeout(PATIENCE).no_proxy();
    for certificate in rustls_native_certs::load_native_certs().certs {
        if let Ok(certificate) = reqwest::Certificate::from_der(&certificate) {
            client = client.add_root_certificate(certificate);
        }
    }
    client.build().map_err(|error| error.to_string())
});

/// Asks a service something.
async fn ask(request: HttpRequest) -> Result<HttpResponse, Unasked> {
    let address = request.uri().to_string();
    if !crate::kernel::config::is_service(&address) {
        return Err(Unasked::Not(format!("{address} is neither https nor here")));
    }
    let client = ASKER.as_ref().map_err(|error| Unasked::Not(error.clone()))?;
    let mut answer = client.execute(request.try_into()?).await?;
    let mut made = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        made = made.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await? {
        if body.len() + part.len() > MOST {
            return Err(Unasked::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok(made.body(body)?)
}
