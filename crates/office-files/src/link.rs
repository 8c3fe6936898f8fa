//! Where a text leads to.

use std::fmt::Write as _;

/// An address on the web or of a mailbox, in the characters that RFC 3986 allows. Nothing else can be linked to: no
/// script, no file, no data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link(String);

/// Excel takes 2,079 characters, Word 2,083.
const LONGEST: usize = 2000;

impl Link {
    /// Reads `https:`, `http:` or `mailto:`; none where it is anything else, or no address. Letters beyond ASCII, blanks
    /// and quotes within it are percent-encoded, since programs call a document damaged where they stand.
    pub fn new(address: &str) -> Option<Self> {
        let address = address.trim();
        let (scheme, rest) = address.split_once(':')?;
        let scheme = scheme.to_ascii_lowercase();
        match scheme.as_str() {
            "https" | "http" => {
                let rest = rest.strip_prefix("//")?;
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let (authority, path) = rest.split_at(end);
                if !is_authority(authority) {
                    return None;
                }
                Self::encoded(&format!("{scheme}://{authority}"), path)
            }
            "mailto" => {
                let mailbox = rest.split('?').next()?;
                let (name, host) = mailbox.rsplit_once('@')?;
                (!name.is_empty() && is_authority(host)).then(|| Self::encoded("mailto:", rest))?
            }
            _ => None,
        }
    }

    /// The address.
    pub fn address(&self) -> &str {
        &self.0
    }

    fn encoded(begin: &str, rest: &str) -> Option<Self> {
        let mut address = String::with_capacity(begin.len() + rest.len());
        let mut fragment = false;
        for (place, byte) in begin.bytes().chain(rest.bytes()).enumerate() {
            let hex = |place: usize| {
                let bytes = rest.as_bytes().get(place.wrapping_sub(begin.len()) + 1..)?.get(..2)?;
                bytes.iter().all(u8::is_ascii_hexdigit).then_some(())
            };
            let keep = match byte {
                b'#' => !std::mem::replace(&mut fragment, true),
                b'%' => hex(place).is_some(),
                _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
            };
            if keep {
                address.push(char::from(byte));
            } else if byte.is_ascii_control() {
                return None;
            } else {
                let _ = write!(address, "%{byte:02X}");
            }
        }
        (address.len() <= LONGEST).then_some(Self(address))
    }
}

/// A host, perhaps with a port: no user name, which serves to make an address look like another.
fn is_authority(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "80"));
    !host.is_empty()
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))
        && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::Link;

    #[test]
    fn what_can_be_linked_to() {
        for (from, to) in [
            ("https://example.se/krav/KB-1?a=b&c=d#e", "https://example.se/krav/KB-1?a=b&c=d#e"),
            (" HTTPS://example.se ", "https://example.se"),
            ("http://example.se:8080/å ä", "http://example.se:8080/%C3%A5%20%C3%A4"),
            ("https://örebro.se/", "https://%C3%B6rebro.se/"),
            ("https://example.se/100%/%41/%4", "https://example.se/100%25/%41/%254"),
            ("https://example.se/[a]\"<b>#c#d", "https://example.se/%5Ba%5D%22%3Cb%3E#c%23d"),
            ("mailto:miljo@example.se?subject=Krav 1", "mailto:miljo@example.se?subject=Krav%201"),
        ] {
            assert_eq!(Link::new(from).as_ref().map(Link::address), Some(to), "{from}");
        }
        let long = format!("https://example.se/{}", "a".repeat(2000));
        for odd in [
            "",
            "example.se",
            "https:",
            "https://",
            "https:///a",
            "https:/example.se",
            "javascript:alert(1)",
            "JavaScript:1",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.se",
            "//example.se",
            "https://user@example.se",
            "https://example.se@evil.se/",
            "https://[::1]/",
            "https://example.se:x/",
            "https://example.se:0/",
            "mailto:",
            "mailto:x",
            "mailto:@example.se",
            "https://a\nb.se",
            "https://example.se/\u{1}",
            "https://example.se\\@b.se",
            &long,
        ] {
            assert_eq!(Link::new(odd), None, "{odd}");
        }
    }
}
