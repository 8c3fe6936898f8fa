//! A service that signs people in, small enough that a test can have it lie.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

#[expect(clippy::disallowed_types, reason = "this is no part of the program")]
use axum::Form;
use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use openidconnect::{
    PrivateSigningKey,
    core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey},
};
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};

/// A key that signs nothing but what tests make up.
const KEY: &str = include_str!("../../data/provider.pem");

/// What it is to say of whom it sends back with a code.
#[derive(Debug, Clone)]
struct Issued {
    claims: Value,
    challenge: String,
}

/// What is kept of it.
#[derive(Debug, Default)]
struct Kept {
    codes: Mutex<BTreeMap<String, Issued>>,
    url: Mutex<String>,
}

/// The service.
pub struct Provider {
    /// Its address.
    pub url: String,
    kept: Arc<Kept>,
    task: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Provider {
    /// Starts it.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let kept = Arc::new(Kept::default());
        url.clone_into(&mut kept.url.lock().unwrap_or_else(PoisonError::into_inner));
        #[expect(clippy::disallowed_methods, reason = "this is no part of the program")]
        let service = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", axum::routing::post(token))
            .with_state(Arc::clone(&kept));
        let task = tokio::spawn(async move { axum::serve(listener, service).await.expect("it serves") });
        Self { url, kept, task }
    }

    /// Sends somebody back who was sent to `location`: the path that they come back to. What it signs of them is what they were
    /// sent with, with these claims instead of its own.
    pub fn back(&self, location: &str, claims: &Value) -> String {
        let asked: BTreeMap<String, String> = Url::parse(location).expect("an address").query_pairs().into_owned().collect();
        let mut all = json!({
            "iss": self.url, "aud": "kravbanken", "sub": "somebody", "nonce": asked["nonce"],
            "iat": crate::support::NOW.unix_timestamp(), "exp": crate::support::NOW.unix_timestamp() + 600,
        });
        for (name, value) in claims.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        let code = uuid::Uuid::new_v4().to_string();
        let issued = Issued { claims: all, challenge: asked["code_challenge"].clone() };
        self.kept.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(code.clone(), issued);
        let path = Url::parse(&asked["redirect_uri"]).expect("an address").path().to_owned();
        format!("{path}?code={code}&state={}", asked["state"])
    }
}

async fn describe(State(kept): State<Arc<Kept>>) -> Json<Value> {
    let url = kept.url.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Json(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

fn key() -> CoreRsaPrivateSigningKey {
    let id = openidconnect::JsonWebKeyId::new("one".to_owned());
    CoreRsaPrivateSigningKey::from_pem(KEY, Some(id)).expect("a key")
}

async fn keys() -> Json<Value> {
    Json(json!({"keys": [key().as_verification_key()]}))
}

#[expect(clippy::disallowed_types, reason = "this is no part of the program")]
async fn token(
    State(kept): State<Arc<Kept>>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let refused = || (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    // A code is one's that began with its challenge, and works once.
    let issued = kept.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(&form["code"]).ok_or_else(refused)?;
    if base64url(&Sha256::digest(form["code_verifier"].as_bytes())) != issued.challenge {
        return Err(refused());
    }
    let head = base64url(json!({"alg": "RS256", "kid": "one", "typ": "JWT"}).to_string().as_bytes());
    let body = base64url(issued.claims.to_string().as_bytes());
    let signed = format!("{head}.{body}");
    let signature = key().sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, signed.as_bytes()).expect("signed");
    let token = format!("{signed}.{}", base64url(&signature));
    Ok(Json(json!({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token})))
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = u32::from(chunk[0]) << 16;
        group |= chunk.get(1).map_or(0, |byte| u32::from(*byte) << 8);
        group |= chunk.get(2).map_or(0, |byte| u32::from(*byte));
        for place in 0..=chunk.len() {
            let letter = usize::try_from(group >> (18 - 6 * place) & 63).expect("six bits");
            text.push(char::from(LETTERS[letter]));
        }
    }
    text
}
