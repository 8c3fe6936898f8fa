//! Where a request came from. The socket says who is connected; a header is believed only from a proxy that the settings
//! name, since everybody can write one.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, HeaderName, header::FORWARDED, request::Parts},
};
use ipnet::IpNet;

use super::App;
use crate::kernel::{actor::Actor, config::Settings};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address that a request came from, as far as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// None where the program is asked without a socket, as tests do.
    pub address: Option<IpAddr>,
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers, &parts.extensions, &app.settings))
    }
}

impl Client {
    /// Where a request with these headers came from.
    pub(super) fn of(headers: &HeaderMap, extensions: &Extensions, settings: &Settings) -> Self {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        Self { address: peer.map(|peer| origin(peer, headers, &settings.trusted_proxies)) }
    }

    /// Whether whoever is connected says for whom, and is no proxy whose word is taken.
    pub(super) fn is_forged(headers: &HeaderMap, extensions: &Extensions, settings: &Settings) -> bool {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        let trusted = peer.is_none_or(|peer| settings.trusted_proxies.iter().any(|network| network.contains(&peer)));
        !trusted && (headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(FORWARDED))
    }

    /// What limits count by: the address itself, or for IPv6 the network that one subscriber has to itself.
    pub fn subject(&self) -> String {
        match self.address {
            Some(IpAddr::V6(address)) => {
                let network = ipnet::Ipv6Net::new(address, 64).map_or(address, |net| net.network());
                format!("{network}/64")
            }
            Some(IpAddr::V4(address)) => address.to_string(),
            None => "unknown".to_owned(),
        }
    }

    /// What limits on writing count by: the person, where somebody is signed in, so that a whole office behind one address is
    /// not one writer; otherwise [`Self::subject`].
    pub fn subject_of(&self, by: &Actor) -> String {
        by.person().0.map_or_else(|| self.subject(), |person| person.to_string())
    }
}

/// The right-most address that is not a trusted proxy's. A proxy adds whom it was asked by at the right, so what stands
/// further to the left was written by somebody who is not trusted.
fn origin(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    if !is_trusted(peer) {
        return peer;
    }
    let last_stranger = |hops: Vec<Option<IpAddr>>| {
        let mut known = peer;
        for hop in hops.into_iter().rev() {
            // What cannot be read hides who stands behind it: the proxy that told of it is the last one known.
            let Some(address) = hop else { break };
            known = address;
            if !is_trusted(address) {
                break;
            }
        }
        known
    };
    match (hops(headers, &X_FORWARDED_FOR, address), hops(headers, &FORWARDED, forwarded)) {
        (Some(hops), None) | (None, Some(hops)) => last_stranger(hops),
        // A proxy writes one of them and passes the other on as it came. They are believed only where they agree.
        (Some(one), Some(other)) => {
            let (one, other) = (last_stranger(one), last_stranger(other));
            if one == other { one } else { peer }
        }
        (None, None) => peer,
    }
}

/// The hops that a header names, in order, over all its lines; none where it is not there.
fn hops(headers: &HeaderMap, name: &HeaderName, read: fn(&str) -> Option<IpAddr>) -> Option<Vec<Option<IpAddr>>> {
    let lines: Vec<&str> = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default()).collect();
    (!lines.is_empty()).then(|| lines.iter().flat_map(|line| line.split(',')).map(|hop| read(hop.trim())).collect())
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(inside, _)| inside);
    let address = bare.unwrap_or(text).parse().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

/// `for=192.0.2.60;proto=http;by=203.0.113.43` (RFC 7239).
fn forwarded(hop: &str) -> Option<IpAddr> {
    hop.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        name.eq_ignore_ascii_case("for").then(|| address(value.trim_matches('"'))).flatten()
    })
}
