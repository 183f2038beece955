//! A key server of our own on a loopback port, and keys to sign with, as an identity provider has
//! them.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};

/// A private key with its id.
#[derive(Clone)]
pub struct SigningKey {
    kid: String,
    algorithm: Algorithm,
    key: EncodingKey,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.kid)
    }
}

impl SigningKey {
    /// A new key on the curve P-256.
    ///
    /// # Panics
    /// When the machine can make none.
    #[must_use]
    pub fn ec(kid: &str) -> Self {
        let der =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .expect("a key can be made");
        Self {
            kid: kid.to_owned(),
            algorithm: Algorithm::ES256,
            key: EncodingKey::from_ec_pem(pem(der.as_ref()).as_bytes()).expect("the key is one"),
        }
    }

    /// A new RSA key of 2048 bits.
    ///
    /// # Panics
    /// When the machine can make none.
    #[must_use]
    pub fn rsa(kid: &str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key can be made");
        let der: Pkcs8V1Der<'static> = pair.as_der().expect("the key is written");
        Self {
            kid: kid.to_owned(),
            algorithm: Algorithm::RS256,
            key: EncodingKey::from_rsa_pem(pem(der.as_ref()).as_bytes()).expect("the key is one"),
        }
    }

    /// The public half, as a key server gives it.
    ///
    /// # Panics
    /// When the key has no public half.
    #[must_use]
    pub fn public(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk
    }

    /// The header of its tokens.
    #[must_use]
    pub fn header(&self) -> Header {
        Header {
            kid: Some(self.kid.clone()),
            ..Header::new(self.algorithm)
        }
    }

    /// A token with these claims.
    #[must_use]
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.header(), claims)
    }

    /// A token with a header of one's own.
    ///
    /// # Panics
    /// When the header's algorithm does not fit the key.
    #[must_use]
    pub fn sign_as(&self, header: &Header, claims: &Value) -> String {
        encode(header, claims, &self.key).expect("the token is signed")
    }
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .filter_map(|line| str::from_utf8(line).ok())
        .collect();
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    )
}

/// How a key server answers.
#[derive(Debug, Clone)]
pub enum Answers {
    /// 200 with this body.
    Body(String),
    /// Another status, with this body.
    Status(u16, String),
    /// A redirect to another address.
    Redirect(String),
    /// It hangs up.
    Nothing,
    /// It takes the connection and is silent.
    Silence,
    /// It never stops.
    Endless,
}

impl Answers {
    /// A key set with the public halves of these keys.
    #[must_use]
    pub fn keys(keys: &[&SigningKey]) -> Self {
        let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
        Self::Body(json!({ "keys": keys }).to_string())
    }
}

/// A key server that counts how often it is asked.
#[derive(Debug)]
pub struct KeyServer {
    address: SocketAddr,
    answers: Arc<Mutex<Answers>>,
    requested: Arc<AtomicUsize>,
    ends: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl KeyServer {
    /// Starts one on a free port of this machine.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("an address");
        let answers = Arc::new(Mutex::new(answers));
        let requested = Arc::new(AtomicUsize::new(0));
        let ends = Arc::new(AtomicBool::new(false));
        let (own_answers, own_requested, own_ends) =
            (answers.clone(), requested.clone(), ends.clone());
        let thread = thread::spawn(move || {
            let mut silent = Vec::new();
            for stream in listener.incoming() {
                if own_ends.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                own_requested.fetch_add(1, Ordering::SeqCst);
                let answer = own_answers
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                match answer {
                    Answers::Silence => silent.push(stream),
                    // A caller that hangs up first is its own affair.
                    answer => drop(reply(stream, answer)),
                }
            }
        });
        Self {
            address,
            answers,
            requested,
            ends,
            thread: Some(thread),
        }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/keys", self.address)
    }

    /// Changes what it answers from now on.
    pub fn set(&self, answers: Answers) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner) = answers;
    }

    /// How often it was asked.
    #[must_use]
    pub fn request_of(&self) -> usize {
        self.requested.load(Ordering::SeqCst)
    }
}

impl Drop for KeyServer {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        // Wakes the listener, so that it sees its end.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !thread::panicking() {
                ended.expect("the key server ends well");
            }
        }
    }
}

fn reply(mut stream: TcpStream, answer: Answers) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 2 {
        line.clear();
    }
    let (status, more, body) = match answer {
        Answers::Body(body) => (200, String::new(), body),
        Answers::Status(status, body) => (status, String::new(), body),
        Answers::Redirect(to) => (302, format!("location: {to}\r\n"), String::new()),
        Answers::Nothing | Answers::Silence => return Ok(()),
        Answers::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{\"keys\":[")?;
            loop {
                stream.write_all(&[b' '; 4096])?;
            }
        }
    };
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: \
            {}\r\nconnection: close\r\n{more}\r\n{body}",
        body.len()
    )
}
