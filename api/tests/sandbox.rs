//! The real program as a sandbox: what it refuses, what it logs, and that it can be thrown away.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

/// What begins the first line that a service prints, up to its address.
const WELCOME: &str = "to try out: ";

/// A folder that root's server can be reached in as well.
fn a_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("it is ours");
    folder
}

fn stm(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stm"));
    command
        .current_dir(folder)
        .env("STM_DATA_DIR", folder.join("data"))
        .env("STM_LISTEN", "127.0.0.1:0");
    command
}

/// A sandbox that runs.
struct Sandbox {
    child: Child,
    address: String,
}

impl Sandbox {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        Self::run(stm(folder).arg("sandbox").args(arguments))
    }

    fn run(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let first = output
            .lines()
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once(WELCOME)?.1.to_owned()));
        let address = first.expect("it says where it is");
        Self {
            child,
            address: address.trim_end_matches('/').to_owned(),
        }
    }

    async fn ask(&self, token: Option<&str>, query: &str) -> Value {
        let mut request = reqwest::Client::new()
            .post(format!("{}/v1/graphql", self.address))
            .header("content-type", "application/json")
            .body(json!({ "query": query }).to_string());
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let body = request.send().await.expect("it answers").text().await;
        serde_json::from_str(&body.expect("a body")).expect("JSON")
    }

    /// The token of a role, as the page has it.
    async fn token(&self, role: &str) -> String {
        let page = reqwest::get(format!("{}/sandbox", self.address)).await;
        let page = page.expect("it answers").text().await.expect("a page");
        let begin = format!("export STM_TOKEN_{role}=");
        let (_, rest) = page.split_once(&begin).expect("a token");
        rest.split('<').next().expect("its end").to_owned()
    }

    fn stop(mut self) {
        let id = i32::try_from(self.child.id()).expect("a number of a process");
        kill_process(Pid::from_raw(id).expect("a process"), Signal::TERM).expect("it runs");
        assert!(self.child.wait().expect("it ends").success());
    }
}

const HEAD: &str = "{ dashboard { actionsInPlan } }";
const OPEN: &str = "mutation { openReportingPeriod(input: { key: \"2027-1\", edition: \"DEMO-1\", \
                    opensOn: \"2027-03-01\", deadlineOn: \"2027-05-31\", lastDay: \"2027-06-15\", \
                    idempotencyKey: \"sandbox\" }) { errors { code } } }";

#[tokio::test]
async fn a_sandbox_stands_at_its_day_keeps_what_was_done_and_can_be_thrown_away() {
    let folder = a_folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let first = sandbox.ask(None, HEAD).await;
    assert_eq!(first["data"]["dashboard"]["actionsInPlan"], 46);
    assert_eq!(first["extensions"]["day"], "2026-11-22");
    assert_eq!(first["extensions"]["database"], "DEMO");
    let made = first["extensions"]["ledger"].as_i64().expect("a number");
    let vng = sandbox.token("VNG").await;
    let mut opened = sandbox.ask(Some(&vng), OPEN).await;
    assert_eq!(
        opened["data"].take(),
        json!({ "openReportingPeriod": { "errors": [] } })
    );
    sandbox.stop();

    // The next start finds what was done, and the tokens of before still hold.
    let sandbox = Sandbox::start(folder.path(), &[]);
    let again = sandbox.ask(Some(&vng), HEAD).await;
    assert!(
        again["extensions"]["ledger"].as_i64() > Some(made),
        "{again}"
    );
    assert_eq!(again["extensions"]["day"], "2026-11-22");
    sandbox.stop();

    // A fresh one knows nothing of it, nor of the key that the token was signed with.
    let sandbox = Sandbox::start(folder.path(), &["--fresh"]);
    let fresh = sandbox.ask(None, HEAD).await;
    assert_eq!(fresh["extensions"]["ledger"], made);
    let refused = sandbox.ask(Some(&vng), HEAD).await;
    assert_eq!(refused["code"], "UNAUTHENTICATED");
    sandbox.stop();
}

#[tokio::test]
async fn the_log_has_a_line_for_each_request_and_no_name_token_variable_or_address() {
    const WORD: &str = "Zwartkopje";
    const ADDRESS: &str = "203.0.113.77";
    let folder = a_folder();
    for format in ["text", "json"] {
        let path = folder.path().join(format);
        let log = fs::File::create(&path).expect("a file can be made");
        let mut command = stm(folder.path());
        command
            .env("STM_LOG_FORMAT", format)
            .env("STM_PROXIES", "1");
        let sandbox = Sandbox::run(command.arg("sandbox").stderr(log));
        let vng = sandbox.token("VNG").await;
        let body = json!({
            "query": "query Find($text: String!) { search(text: $text) { nodes { key } } }",
            "variables": { "text": WORD },
        });
        let forged = format!("{WORD}.{WORD}.{WORD}");
        for (id, token, status) in [
            ("the-first-one", &vng, 200),
            ("the-second-one", &forged, 401),
        ] {
            let sent = reqwest::Client::new()
                .post(format!("{}/v1/graphql", sandbox.address))
                .header("content-type", "application/json")
                .header("x-forwarded-for", ADDRESS)
                .header("x-request-id", id)
                .bearer_auth(token)
                .body(body.to_string());
            let answer = sent.send().await.expect("it answers");
            assert_eq!(answer.status().as_u16(), status, "{id}");
        }
        let page = reqwest::get(format!("{}/zoeken?q={WORD}", sandbox.address)).await;
        assert_eq!(page.expect("it answers").status().as_u16(), 200);
        sandbox.stop();

        let log_text = fs::read_to_string(&path).expect("a file can be read");
        for secret in [WORD, ADDRESS, vng.as_str()] {
            assert!(!log_text.contains(secret), "{secret}: {log_text}");
        }
        // The page with the tokens, both questions, and the page of the search.
        let requests: Vec<&str> = log_text
            .lines()
            .filter(|line| line.contains("transport::request_log"))
            .collect();
        assert_eq!(requests.len(), 4, "{log_text}");
        let about: Vec<&&str> = requests
            .iter()
            .filter(|line| line.contains("the-first-one"))
            .collect();
        let [line] = about[..] else {
            panic!("{about:?}");
        };
        if format == "text" {
            let expected = "surface=\"/v1/graphql\" method=\"POST\" operation.name=\"Find\" \
                        operation.kind=\"query\" role=\"VNG\" organisation=\"VNG\"";
            assert!(line.contains(expected), "{line}");
        } else {
            let line: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(line["surface"], "/v1/graphql");
            assert_eq!(line["operation.name"], "Find");
            assert_eq!(line["role"], "VNG");
            assert_eq!(line["status"], 200);
            let unread: Vec<&str> = log_text
                .lines()
                .filter(|line| serde_json::from_str::<Value>(line).is_err())
                .collect();
            assert_eq!(unread, [""; 0]);
        }
    }
}

#[test]
fn a_sandbox_takes_nothing_real_and_then_does_nothing() {
    let example = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../docker/issuers.example.toml"
    );
    for (name, value, expected) in [
        (
            "STM_ISSUERS",
            example,
            "STM_ISSUERS or a table [[issuer]] is set",
        ),
        (
            "DATABASE_URL",
            "postgres://stm_app:hush@db/stm",
            "DATABASE_URL is set: a sandbox has a private database",
        ),
    ] {
        let folder = a_folder();
        let output = stm(folder.path())
            .arg("sandbox")
            .env(name, value)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{name}");
        let output_text = String::from_utf8_lossy(&output.stderr);
        assert!(output_text.contains(expected), "{output_text}");
        assert!(!output_text.contains("hush"), "{output_text}");
        assert!(output.stdout.is_empty(), "{name}");
        let left = fs::read_dir(folder.path()).expect("a folder can be read");
        assert_eq!(left.count(), 0, "{name}: something was begun");
    }
}

#[test]
fn what_is_no_sandbox_is_not_thrown_away() {
    let folder = a_folder();
    let own = folder.path().join("data/sandbox");
    fs::create_dir_all(&own).expect("a folder can be made");
    fs::write(own.join("diary.txt"), "mine").expect("a file can be written");
    let output = stm(folder.path())
        .args(["sandbox", "--fresh"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let output_text = String::from_utf8_lossy(&output.stderr);
    assert!(
        output_text.contains("something else in it than a sandbox"),
        "{output_text}"
    );
    let kept = fs::read_to_string(own.join("diary.txt")).expect("it is there");
    assert_eq!(kept, "mine");
}

#[test]
fn the_licences_are_printed() {
    let folder = a_folder();
    let output = stm(folder.path())
        .arg("licenses")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
    let output_text = String::from_utf8(output.stdout).expect("a text in UTF-8");
    assert!(output_text.contains("\nactix-web 4."), "a crate");
    assert!(output_text.contains("\n== 1\n"), "a text");
}
