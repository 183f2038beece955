//! An OpenID provider of our own on a loopback port: it tells its addresses, gives a code for
//! somebody, and tokens for a code, once and with proof.

use std::{
    collections::HashMap,
    net::TcpListener,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use acceptance::{SigningKey, noon};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, web};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The client that the service is.
pub(super) const CLIENT: &str = "werkplek";
/// Its secret.
pub(super) const SECRET: &str = "een heel geheim";

/// What the provider was told when somebody was sent to it, and whom it signed in.
#[derive(Debug, Clone)]
struct Given {
    challenge: String,
    redirect: String,
    nonce: String,
    person: Value,
}

/// What tests change of the provider.
struct State {
    address: String,
    keys: Vec<SigningKey>,
    codes: HashMap<String, Given>,
    /// Claims of ID tokens that are other than they should be.
    id_changes: Value,
    /// Whether a code is taken more than once, as by a provider that is careless.
    is_careless: bool,
}

pub(super) struct Provider {
    state: Arc<Mutex<State>>,
    used: AtomicUsize,
    server: ServerHandle,
    thread: Option<thread::JoinHandle<()>>,
}

impl Provider {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            address,
            keys: vec![SigningKey::ec("one")],
            codes: HashMap::new(),
            id_changes: json!({}),
            is_careless: false,
        }));
        let shared = web::Data::from(state.clone());
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(shared.clone())
                        .route(
                            "/.well-known/openid-configuration",
                            web::get().to(configuration),
                        )
                        .route("/keys", web::get().to(keys))
                        .route("/token", web::post().to(token))
                })
                .workers(1)
                .listen(listener)
                .unwrap()
                .run();
                sender.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self {
            state,
            used: AtomicUsize::new(0),
            server: receiver.recv().unwrap(),
            thread: Some(thread),
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn address(&self) -> String {
        self.change(|state| state.address.clone())
    }

    /// The tables of an operator who trusts it, for browsers too.
    pub(super) fn settings(&self) -> String {
        let file = std::env::temp_dir().join(format!("stm-client-{}", std::process::id()));
        std::fs::write(&file, format!("{SECRET}\n")).unwrap();
        format!(
            r#"[[issuer]]
            issuer = "{0}"
            jwks = "{0}/keys"
            audience = "stm"
            algorithms = ["ES256"]
            browser = true
            client_id = "{CLIENT}"
            client_secret_file = "{1}"
            title = "Gemeentelijke aanmelding"
            roles.MUNICIPALITY = "any"
            roles.REGION = "any"
            roles.VNG = "any"
            "#,
            self.address(),
            file.display()
        )
    }

    /// Somebody signs in at the address that the service sent the browser to; the address to which
    /// the provider sends it back.
    pub(super) fn sign_in(&self, at: &str, person: Value) -> String {
        let url = Url::parse(at).unwrap();
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["code_challenge_method"], "S256");
        let code = format!("code-{}", self.used.fetch_add(1, Ordering::Relaxed));
        let given = Given {
            challenge: query["code_challenge"].clone(),
            redirect: query["redirect_uri"].clone(),
            nonce: query["nonce"].clone(),
            person,
        };
        self.change(|state| state.codes.insert(code.clone(), given));
        let mut back = Url::parse(&query["redirect_uri"]).unwrap();
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &query["state"]);
        back.into()
    }

    /// Makes ID tokens that are wrong.
    pub(super) fn change_id_tokens(&self, changes: Value) {
        self.change(|state| state.id_changes = changes);
    }

    /// Takes a code as often as it comes.
    pub(super) fn be_careless(&self) {
        self.change(|state| state.is_careless = true);
    }

    /// Withdraws its key and signs with another.
    pub(super) fn withdraw_key(&self) {
        self.change(|state| state.keys = vec![SigningKey::ec("two")]);
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let (server, thread) = (self.server.clone(), self.thread.take());
        // A runtime of its own, since the test may have one already.
        let stopping = thread::spawn(move || {
            actix_web::rt::System::new().block_on(server.stop(false));
            if let Some(thread) = thread {
                thread.join().ok();
            }
        });
        stopping.join().ok();
    }
}

type Shared = web::Data<Mutex<State>>;

async fn configuration(state: Shared) -> HttpResponse {
    let address = state.lock().unwrap().address.clone();
    HttpResponse::Ok().json(json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/authorize"),
        "token_endpoint": format!("{address}/token"),
        "code_challenge_methods_supported": ["S256"],
    }))
}

async fn keys(state: Shared) -> HttpResponse {
    let keys: Vec<Value> = state
        .lock()
        .unwrap()
        .keys
        .iter()
        .map(SigningKey::public)
        .collect();
    HttpResponse::Ok().json(json!({ "keys": keys }))
}

fn refused(error: &str) -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "error": error }))
}

async fn token(
    request: HttpRequest,
    form: web::Form<HashMap<String, String>>,
    state: Shared,
) -> HttpResponse {
    let mut state = state.lock().unwrap();
    let secret = SECRET.replace(' ', "+");
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:{secret}"));
    let expected = format!("Basic {basic}");
    let sent = request.headers().get("authorization");
    if sent.and_then(|value| value.to_str().ok()) != Some(expected.as_str()) {
        return refused("invalid_client");
    }
    let code = form.get("code").cloned().unwrap_or_default();
    let given = if state.is_careless {
        state.codes.get(&code).cloned()
    } else {
        state.codes.remove(&code)
    };
    let Some(given) = given else {
        return refused("invalid_grant");
    };
    let verifier = form.get("code_verifier").cloned().unwrap_or_default();
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    if digest != given.challenge || form.get("redirect_uri") != Some(&given.redirect) {
        return refused("invalid_grant");
    }
    let end = noon().timestamp() + 3600;
    let mut access = json!({ "iss": state.address, "aud": "stm", "sub": "anna", "exp": end });
    extend(&mut access, &given.person);
    let mut id = json!({
        "iss": state.address, "aud": CLIENT, "sub": access["sub"], "exp": end,
        "nonce": given.nonce,
    });
    extend(&mut id, &state.id_changes);
    let key = state.keys.last().unwrap();
    HttpResponse::Ok().json(json!({
        "access_token": key.sign(&access), "id_token": key.sign(&id), "token_type": "Bearer",
        "expires_in": 3600,
    }))
}

fn extend(claims: &mut Value, changes: &Value) {
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
}
