//! The load: requests over connections that are kept, as fast as answers come (closed loop) or at a set rate (open loop).
//! It runs on a thread of its own, so that it uses at most one processor.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, StatusCode,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpSocket, TcpStream};

/// Connections that ask at once, unless said otherwise.
pub const CONNECTIONS: usize = 16;
/// A request that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is asked for, over and over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where.
    pub address: SocketAddr,
    /// Paths, taken in turn.
    pub paths: Arc<[String]>,
    /// Whether compressed answers are asked for.
    pub compressed: bool,
    /// What stands in the header `Cookie`, if anything.
    pub cookie: Option<Arc<str>>,
    /// Whether each connection comes from an address of its own, as visitors do: 127.0.1.1 and on.
    pub apart: bool,
}

/// How fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// Each connection asks again as soon as it is answered.
    Closed,
    /// So many requests a second, whether or not earlier ones were answered.
    Open(f64),
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Time of each answer. In an open loop that found no free connection, the time in the queue counts too.
    pub times: Vec<Duration>,
    /// Answers that were no success, and requests without answer.
    pub failures: usize,
    /// Bytes of all bodies.
    pub bytes: usize,
    /// From the first request to the last answer.
    pub took: Duration,
}

impl Outcome {
    /// Good answers a second.
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64().max(1e-9)
    }

    /// Bytes of a body, on average.
    pub fn size(&self) -> usize {
        self.bytes / self.times.len().max(1)
    }
}

/// Sends requests for so long over so many connections, and waits for the last answers. Blocks.
///
/// # Errors
/// When nobody listens at the address.
pub fn drive(asked: &Asked, connections: usize, pace: Pace, length: Duration) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let shared = Arc::new(Shared { asked: asked.clone(), next: AtomicUsize::new(0), pace, length });
        let mut opened = Vec::new();
        for place in 0..connections {
            let from = asked.apart.then(|| visitor(place));
            opened.push((from, connect(asked.address, from).await?));
        }
        let started = Instant::now();
        let workers: Vec<_> = opened
            .into_iter()
            .map(|(from, connection)| tokio::task::spawn_local(work(shared.clone(), connection, from, started)))
            .collect();
        let mut all = Outcome::default();
        for worker in workers {
            let part = worker.await?;
            all.times.extend(part.times);
            all.failures += part.failures;
            all.bytes += part.bytes;
        }
        all.took = started.elapsed();
        Ok(all)
    })
}

struct Shared {
    asked: Asked,
    next: AtomicUsize,
    pace: Pace,
    length: Duration,
}

type Connection = SendRequest<Full<Bytes>>;

/// The address of a visitor. All of 127.0.0.0/8 is this machine.
fn visitor(place: usize) -> Ipv4Addr {
    let [high, low] = u16::try_from(place + 1).unwrap_or(u16::MAX).to_be_bytes();
    Ipv4Addr::new(127, 0, high + 1, low)
}

async fn connect(address: SocketAddr, from: Option<Ipv4Addr>) -> anyhow::Result<Connection> {
    let socket = match from {
        Some(from) => {
            let socket = TcpSocket::new_v4()?;
            socket.bind((from, 0).into())?;
            socket.connect(address).await
        }
        None => TcpStream::connect(address).await,
    };
    let socket = socket.with_context(|| address.to_string())?;
    socket.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(socket)).await?;
    tokio::task::spawn_local(connection);
    Ok(sender)
}

async fn work(shared: Arc<Shared>, mut connection: Connection, from: Option<Ipv4Addr>, started: Instant) -> Outcome {
    let mut outcome = Outcome::default();
    loop {
        let place = shared.next.fetch_add(1, Ordering::Relaxed);
        let begun = match shared.pace {
            Pace::Closed => Instant::now(),
            Pace::Open(rate) => {
                #[expect(clippy::cast_precision_loss, reason = "some thousands")]
                let due = started + Duration::from_secs_f64(place as f64 / rate);
                if due.duration_since(started) >= shared.length {
                    return outcome;
                }
                if Instant::now() < due {
                    // A timer that rings late is no fault of the program's: such a request is timed from when it is sent.
                    tokio::time::sleep_until(due.into()).await;
                    Instant::now()
                } else {
                    due
                }
            }
        };
        if begun.duration_since(started) >= shared.length {
            return outcome;
        }
        let path = &shared.asked.paths[place % shared.asked.paths.len()];
        match tokio::time::timeout(PATIENCE, ask(&mut connection, &shared.asked, path)).await {
            Ok(Ok((status, bytes))) if status == StatusCode::OK => {
                outcome.bytes += bytes;
                outcome.times.push(begun.elapsed());
            }
            Ok(Ok(_)) => outcome.failures += 1,
            Ok(Err(_)) | Err(_) => {
                outcome.failures += 1;
                match connect(shared.asked.address, from).await {
                    Ok(again) => connection = again,
                    Err(_) => return outcome,
                }
            }
        }
    }
}

/// One request; gives status and length of the body.
async fn ask(connection: &mut Connection, asked: &Asked, path: &str) -> anyhow::Result<(StatusCode, usize)> {
    connection.ready().await?;
    let mut body = connection.send_request(request(asked, path)?).await?;
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        bytes += frame?.data_ref().map_or(0, Bytes::len);
    }
    Ok((body.status(), bytes))
}

fn request(asked: &Asked, path: &str) -> anyhow::Result<Request<Full<Bytes>>> {
    let mut request = Request::get(path).header("host", asked.address.to_string());
    if asked.compressed {
        request = request.header("accept-encoding", "br");
    }
    if let Some(cookie) = &asked.cookie {
        request = request.header("cookie", &**cookie);
    }
    Ok(request.body(Full::default())?)
}

/// One page with its body and the encoding it came in; blocks.
///
/// # Errors
/// When there is no good answer.
pub fn fetch(address: SocketAddr, path: &str, compressed: bool) -> anyhow::Result<(Vec<u8>, Option<String>)> {
    fetch_as(&Asked { address, paths: Arc::new([]), compressed, cookie: None, apart: false }, path)
}

/// The same, with what is asked for otherwise.
///
/// # Errors
/// When there is no good answer.
pub fn fetch_as(asked: &Asked, path: &str) -> anyhow::Result<(Vec<u8>, Option<String>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let mut connection = connect(asked.address, None).await?;
        let response = tokio::time::timeout(PATIENCE, connection.send_request(request(asked, path)?)).await??;
        let status = response.status();
        let encoding = response.headers().get("content-encoding").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = response.into_body().collect().await?.to_bytes().to_vec();
        if status != StatusCode::OK {
            bail!("{path}: {status}");
        }
        Ok((body, encoding))
    })
}

/// What a form was answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where the browser is sent.
    pub location: Option<String>,
    /// What it is to carry, each with its settings.
    pub cookies: Vec<String>,
}

/// Sends a form with what a browser carries; blocks.
///
/// # Errors
/// When the answer leads nowhere, as it does where something was wrong with the form.
pub fn send(address: SocketAddr, path: &str, cookie: &str, form: &str) -> anyhow::Result<Answer> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let mut connection = connect(address, None).await?;
        let request = Request::post(path)
            .header("host", address.to_string())
            .header("origin", format!("http://{address}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie)
            .body(Full::from(form.to_owned()))?;
        let response = tokio::time::timeout(PATIENCE, connection.send_request(request)).await??;
        if response.status() != StatusCode::SEE_OTHER {
            bail!("a form sent to {path}: {}", response.status());
        }
        let texts =
            |name: &str| response.headers().get_all(name).iter().filter_map(|value| Some(value.to_str().ok()?.to_owned()));
        Ok(Answer { location: texts("location").next(), cookies: texts("set-cookie").collect() })
    })
}

#[cfg(test)]
mod tests {
    use super::visitor;

    #[test]
    fn visitors_have_addresses_of_their_own() {
        assert_eq!([0, 19, 300].map(|place| visitor(place).to_string()), ["127.0.1.1", "127.0.1.20", "127.0.2.45"]);
    }
}
