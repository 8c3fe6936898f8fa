//! A small SMTP server that answers as a test tells it to, and keeps what it was given.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What was handed over in one conversation.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// After `MAIL FROM:`.
    pub from: String,
    /// After `RCPT TO:`.
    pub to: String,
    /// All of it, as it came.
    pub data: String,
}

impl Letter {
    /// The lines of a header, put together again; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.split_once("\r\n\r\n").map_or(self.data.as_str(), |(head, _)| head).replace("\r\n ", " ");
        let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        found.unwrap_or_default().to_owned()
    }

    /// Everything, with what was encoded for the way decoded.
    pub fn decoded(&self) -> String {
        let (mut bytes, mut rest) = (Vec::new(), self.data.replace("=\r\n", "").into_bytes());
        rest.reverse();
        while let Some(byte) = rest.pop() {
            let pair: Option<String> =
                (byte == b'=' && rest.len() >= 2).then(|| rest[rest.len() - 2..].iter().rev().map(|b| char::from(*b)).collect());
            match pair.and_then(|pair| u8::from_str_radix(&pair, 16).ok()) {
                Some(decoded) => {
                    rest.truncate(rest.len() - 2);
                    bytes.push(decoded);
                }
                None => bytes.push(byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[derive(Default)]
struct Inner {
    letters: Vec<Letter>,
    answers: VecDeque<(&'static str, &'static str)>,
}

/// A server on a port of its own.
pub struct Smtp {
    /// Its address, as the settings have it.
    pub url: String,
    inner: Arc<Mutex<Inner>>,
    task: JoinHandle<()>,
}

impl Smtp {
    /// Starts it.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let inner = Arc::new(Mutex::new(Inner::default()));
        let kept = Arc::clone(&inner);
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let kept = Arc::clone(&kept);
                // Whoever hangs up has said what there was to say.
                tokio::spawn(async move { converse(socket, &kept).await.ok() });
            }
        });
        Self { url, inner, task }
    }

    /// Has it answer the next command of this word so, once.
    pub fn answer(&self, command: &'static str, line: &'static str) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).answers.push_back((command, line));
    }

    /// What it was given.
    pub fn letters(&self) -> Vec<Letter> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).letters.clone()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn converse(socket: TcpStream, kept: &Mutex<Inner>) -> std::io::Result<()> {
    let (read, mut write) = socket.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 smtp.example ESMTP\r\n").await?;
    let mut letter = Letter::default();
    while let Some(line) = lines.next_line().await? {
        let command = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let told = {
            let mut inner = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let told = inner.answers.front().is_some_and(|(word, _)| *word == command);
            if told { inner.answers.pop_front().map(|(_, answer)| answer) } else { None }
        };
        if let Some(answer) = told {
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
            letter = Letter::default();
            continue;
        }
        let answer = match command.as_str() {
            "EHLO" => "250-smtp.example\r\n250 8BITMIME",
            "MAIL" => {
                line.clone_into(&mut letter.from);
                "250 ok"
            }
            "RCPT" => {
                line.clone_into(&mut letter.to);
                "250 ok"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    letter.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.data.push_str("\r\n");
                }
                let mut inner = kept.lock().unwrap_or_else(PoisonError::into_inner);
                inner.letters.push(std::mem::take(&mut letter));
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        if command == "QUIT" {
            break;
        }
    }
    Ok(())
}
