//! Events that an auditor looks for by name: a token that is refused, and an issuer that signs with
//! other keys. Those of feed keys, of the workplace and of privileged reads stand with these.

use acceptance::{
    Answers, KeyServer, SigningKey, audit_lines, keep_log_lines, noon, spawn_app_trusting,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

const ISSUER: &str = "https://events.example.nl/realms/stm";
const PERSON: &str = "anna-van-de-afdeling";

/// Lines without the instant at which they were written.
fn untimed(mut lines: Vec<Value>) -> Vec<Value> {
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("timestamp");
    }
    lines
}

#[tokio::test]
async fn a_refused_token_and_other_keys_have_their_events_without_token_or_person() {
    keep_log_lines();
    let (first, second) = (SigningKey::ec("first"), SigningKey::ec("second"));
    let server = KeyServer::start(Answers::keys(&[&first]));
    let app = spawn_app_trusting(&format!(
        r#"[[issuer]]
        issuer = "{ISSUER}"
        jwks = "{}"
        audience = "stm"
        algorithms = ["ES256"]
        roles.VNG = "any"
        "#,
        server.url()
    ));
    let token = |key: &SigningKey, role: &str| {
        key.sign(&json!({
            "iss": ISSUER, "aud": "stm", "sub": PERSON, "role": role,
            "exp": noon().timestamp() + 3600,
        }))
    };
    let status = async |token: &str| app.with(token).ask("{ viewer { role } }").await.status;
    let known = token(&first, "vng");
    assert_eq!(status(&known).await, 200);
    // Keys that are read first are no change.
    assert_eq!(audit_lines(ISSUER), [Value::Null; 0]);
    let more = token(&first, "ministry");
    assert_eq!(status(&more).await, 401);
    let refused = |rule: &str| {
        json!({
            "level": "INFO", "target": "audit", "event": "token_refused", "rule": rule,
            "message": "a token is refused",
        })
    };
    let rule = "TOKEN_ROLE_NOT_ALLOWED";
    // The workplace names the same rule in events of its own.
    let mut lines = untimed(audit_lines(&format!("\"{rule}\"")));
    lines.retain(|line| line["event"] == "token_refused");
    assert!(!lines.is_empty());
    assert!(lines.iter().all(|line| *line == refused(rule)), "{lines:?}");

    server.set(Answers::keys(&[&second]));
    app.clock.set(app.clock.now() + TimeDelta::seconds(61));
    assert_eq!(status(&token(&second, "vng")).await, 200);
    assert_eq!(
        untimed(audit_lines(ISSUER)),
        [json!({
            "level": "INFO", "target": "audit", "event": "issuer_keys_changed", "issuer": ISSUER,
            "added": 1, "gone": 1, "message": "an issuer has other keys",
        })]
    );
    // The key of before opens nothing any more.
    assert_eq!(status(&known).await, 401);
    for secret in [PERSON, known.as_str(), more.as_str()] {
        assert_eq!(audit_lines(secret), [Value::Null; 0], "{secret}");
    }
}
