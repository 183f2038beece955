//! A mail server that takes what it is sent, as one beside the service would: the few commands of
//! SMTP that a client needs, on a port of its own.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use tokio::net::TcpSocket;

/// How the server treats what it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// It takes everything.
    Takes,
    /// It takes a mail and hangs up before it says so.
    TakesWithoutAWord,
    /// It refuses every mailbox (550).
    RefusesMailboxes,
    /// It asks to be tried later (451).
    AsksForPatience,
}

/// A mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The mailbox that it is for.
    pub to: String,
    /// All of it, lines ended by CR and LF.
    pub raw: String,
}

/// A running mail server.
#[derive(Debug)]
pub struct MailServer {
    port: u16,
    shared: Arc<Shared>,
    thread: Option<thread::JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    manners: Mutex<Manners>,
    mails: Mutex<Vec<Mail>>,
    is_over: Mutex<bool>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A port at which nobody answers yet: held, so that no other server takes it meanwhile.
#[derive(Debug)]
pub struct SilentPort {
    socket: TcpSocket,
    port: u16,
}

impl SilentPort {
    /// Takes any free port.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn take() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        socket.bind(any).expect("a port is free");
        let port = socket.local_addr().expect("an address").port();
        Self { socket, port }
    }

    /// Its number.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From here on a mail server answers at it.
    ///
    /// # Panics
    /// When it cannot listen.
    #[must_use]
    pub fn answer(self) -> MailServer {
        let listener = self.socket.listen(64).expect("the port is ours");
        let listener = listener.into_std().expect("a listener");
        listener.set_nonblocking(false).expect("a listener waits");
        MailServer::on(listener)
    }
}

impl MailServer {
    /// Starts on any free port.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").expect("a port is free"))
    }

    fn on(listener: TcpListener) -> Self {
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            manners: Mutex::new(Manners::Takes),
            mails: Mutex::default(),
            is_over: Mutex::new(false),
        });
        let of_thread = shared.clone();
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if *held(&of_thread.is_over) {
                    break;
                }
                // A client that goes away in the middle is no matter.
                if let Ok(stream) = stream {
                    talk(stream, &of_thread).ok();
                }
            }
        });
        Self {
            port,
            shared,
            thread: Some(thread),
        }
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From here on it treats mails so.
    pub fn set(&self, manners: Manners) {
        *held(&self.shared.manners) = manners;
    }

    /// What it took, in order.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        held(&self.shared.mails).clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        *held(&self.shared.is_over) = true;
        // Whoever waits for a client gets one, and sees that it is over.
        TcpStream::connect(("127.0.0.1", self.port)).ok();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// Talks with one client until it goes.
fn talk(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut say = |line: &str| answers.write_all(format!("{line}\r\n").as_bytes());
    let mut lines = BufReader::new(stream);
    let mut to = String::new();
    say("220 mail.example.nl ESMTP")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let manners = *held(&shared.manners);
        match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say("250-mail.example.nl\r\n250 8BITMIME")?,
            "RCPT" if manners == Manners::RefusesMailboxes => say("550 5.1.1 no such mailbox")?,
            "RCPT" if manners == Manners::AsksForPatience => say("451 4.7.1 come back later")?,
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or_default();
                address.clone_into(&mut to);
                say("250 2.1.5 OK")?;
            }
            "DATA" => {
                say("354 go on")?;
                let raw = read_mail(&mut lines)?;
                held(&shared.mails).push(Mail {
                    to: to.clone(),
                    raw,
                });
                if manners == Manners::TakesWithoutAWord {
                    return Ok(());
                }
                say("250 2.0.0 OK")?;
            }
            "QUIT" => {
                say("221 2.0.0 bye")?;
                return Ok(());
            }
            _ => say("250 2.0.0 OK")?,
        }
    }
}

/// Reads up to the line with a point alone.
fn read_mail(lines: &mut impl std::io::BufRead) -> std::io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 || line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

impl Mail {
    /// A header, unfolded; none where it has none.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.raw.split_once("\r\n\r\n")?;
        let head = head.replace("\r\n ", " ");
        let start = format!("{name}: ");
        let mut found = head.lines().filter_map(|line| line.strip_prefix(&start));
        found.next().map(str::to_owned)
    }

    /// Its text, decoded from quoted-printable.
    #[must_use]
    pub fn text(&self) -> String {
        let (_, body) = self.raw.split_once("\r\n\r\n").unwrap_or_default();
        let body = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = body.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            let hex = (*first == b'=')
                .then(|| after.get(..2))
                .flatten()
                .and_then(|hex| std::str::from_utf8(hex).ok())
                .and_then(|hex| u8::from_str_radix(hex, 16).ok());
            match hex {
                Some(byte) => {
                    bytes.push(byte);
                    rest = after.get(2..).unwrap_or_default();
                }
                None => {
                    bytes.push(*first);
                    rest = after;
                }
            }
        }
        String::from_utf8_lossy(&bytes)
            .replace("\r\n", "\n")
            .trim_end()
            .to_owned()
    }
}
