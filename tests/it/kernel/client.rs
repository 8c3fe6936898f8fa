//! Where a request came from: nobody chooses it for themselves.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::Request,
};
use kravbank::kernel::{
    clock::Clock,
    config::Settings,
    web::{App, Client},
};

use crate::support::{NOW, TestDb};

/// The subject of a request from this peer with these headers, where these proxies are trusted.
async fn subject(proxies: &str, peer: Option<&str>, headers: &[(&str, &str)]) -> String {
    let given = |name: &str| match name {
        "DATABASE_URL" => Some("postgres://tests".to_owned()),
        "KRAVBANK_TRUSTED_PROXIES" => Some(proxies.to_owned()),
        _ => None,
    };
    let settings = Settings::load(&|_| None, &given, &[]).expect("good settings");
    let app = App::new(TestDb::create().pool(), Clock::Fixed(NOW), settings);
    let mut request = Request::builder().uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (mut parts, ()) = request.body(()).expect("a request").into_parts();
    if let Some(peer) = peer {
        parts.extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().expect("a peer")));
    }
    Client::from_request_parts(&mut parts, &app).await.expect("it cannot fail").subject()
}

#[tokio::test]
async fn a_header_is_believed_only_from_a_trusted_proxy() {
    const PROXY: Option<&str> = Some("10.0.0.7:4711");
    let (xff, fwd) = ("x-forwarded-for", "forwarded");
    for (proxies, peer, headers, expected) in [
        // Nobody is trusted: whatever is said, it is the peer.
        ("", PROXY, vec![], "10.0.0.7"),
        ("", PROXY, vec![(xff, "192.0.2.1")], "10.0.0.7"),
        ("", PROXY, vec![(fwd, "for=192.0.2.1")], "10.0.0.7"),
        // Somebody else than the proxy says it.
        ("10.0.0.1", PROXY, vec![(xff, "192.0.2.1")], "10.0.0.7"),
        // The proxy says it.
        ("10.0.0.0/8", PROXY, vec![(xff, "192.0.2.1")], "192.0.2.1"),
        ("10.0.0.7", PROXY, vec![(fwd, "for=192.0.2.1;proto=https;by=10.0.0.7")], "192.0.2.1"),
        ("10.0.0.7", PROXY, vec![(fwd, "by=10.0.0.7; For=\"[2001:db8:1:2::9]:4711\"")], "2001:db8:1:2::/64"),
        ("10.0.0.7", PROXY, vec![(xff, "192.0.2.1:80")], "192.0.2.1"),
        // What stands to the left of the last stranger, the stranger wrote.
        ("10.0.0.0/8", PROXY, vec![(xff, "8.8.8.8, 192.0.2.1")], "192.0.2.1"),
        ("10.0.0.0/8", PROXY, vec![(xff, "8.8.8.8"), (xff, "192.0.2.1")], "192.0.2.1"),
        ("10.0.0.0/8", PROXY, vec![(xff, "8.8.8.8, 192.0.2.1, 10.1.1.1")], "192.0.2.1"),
        ("10.0.0.0/8", PROXY, vec![(xff, "10.9.9.9, 192.0.2.1")], "192.0.2.1"),
        ("10.0.0.0/8", PROXY, vec![(fwd, "for=8.8.8.8, for=192.0.2.1, for=10.1.1.1")], "192.0.2.1"),
        // All of them are ours: the first in line asks.
        ("10.0.0.0/8", PROXY, vec![(xff, "10.1.1.1, 10.2.2.2")], "10.1.1.1"),
        // What cannot be read hides what stands before it.
        ("10.0.0.0/8", PROXY, vec![(xff, "192.0.2.1, unknown, 10.2.2.2")], "10.2.2.2"),
        ("10.0.0.0/8", PROXY, vec![(xff, "192.0.2.1, x")], "10.0.0.7"),
        ("10.0.0.0/8", PROXY, vec![(xff, "")], "10.0.0.7"),
        ("10.0.0.0/8", PROXY, vec![(fwd, "for=_hidden")], "10.0.0.7"),
        // The proxy writes one of the two and passes the visitor's own on: only what both say is believed.
        ("10.0.0.0/8", PROXY, vec![(xff, "192.0.2.1"), (fwd, "for=8.8.8.8")], "10.0.0.7"),
        ("10.0.0.0/8", PROXY, vec![(xff, "192.0.2.1"), (fwd, "for=192.0.2.1")], "192.0.2.1"),
        // One address is one, however it is written; of IPv6 a subscriber has a whole network.
        ("::ffff:0:0/96, 10.0.0.0/8", Some("[::ffff:10.0.0.7]:1"), vec![(xff, "::ffff:192.0.2.1")], "192.0.2.1"),
        ("", Some("[2001:db8:1:2:3:4:5:6]:1"), vec![], "2001:db8:1:2::/64"),
        ("", Some("[2001:db8:1:2:ffff::1]:1"), vec![], "2001:db8:1:2::/64"),
        ("10.0.0.0/8", None, vec![(xff, "192.0.2.1")], "unknown"),
    ] {
        assert_eq!(subject(proxies, peer, &headers).await, expected, "{proxies} {peer:?} {headers:?}");
    }
}
