//! The real program with wrong settings: each is told, the exit code is that of the help, and nothing
//! was begun.

use std::{
    fs,
    process::{Command, Output},
};

/// Runs `stm` with these variables alone, in an empty folder, which must be empty afterwards.
fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = Command::new(env!("CARGO_BIN_EXE_stm"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let left = fs::read_dir(folder.path()).expect("a folder can be read");
    assert_eq!(left.count(), 0, "something was begun");
    output
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).expect("a text in UTF-8");
    text.lines().map(str::to_owned).collect()
}

const WRONG: [(&str, &str); 17] = [
    ("DATABASE_URL", "mysql://root:hush@db/stm"),
    ("DATABASE_OWNER_URL_FILE", "/nowhere/owner"),
    ("STM_ISSUERS", "/nowhere/issuers.toml"),
    ("STM_KEPT_MEGABYTES", "-1"),
    ("STM_LISTEN", "localhost"),
    ("STM_LISTN", "127.0.0.1:80"),
    ("STM_LOG", "loud"),
    ("STM_LOG_FORMAT", "xml"),
    ("STM_POOL", "0"),
    ("STM_PROXIES", "256"),
    ("STM_PSEUDONYM_KEY_FILE", "/nowhere/key"),
    ("STM_PUBLIC_URL", "monitor.example.nl"),
    ("STM_RATE_PUBLIC", "0"),
    ("STM_TMP_DIR", "/nowhere"),
    ("STM_TOKEN_HOURS", "9000"),
    ("STM_TRUSTED_DOCUMENTS", "/nowhere"),
    ("STM_WORKERS", "two"),
];

/// What is said of them, in alphabetical order.
const EXPECTED: [&str; 17] = [
    "DATABASE_OWNER_URL_FILE names the file \"/nowhere/owner\", which cannot be read: No such file or \
     directory (os error 2)",
    "DATABASE_URL is no address of a PostgreSQL database: \
     postgres://user:password@host:5432/database",
    "STM_ISSUERS names the file \"/nowhere/issuers.toml\": it does not exist or may not be read",
    "STM_KEPT_MEGABYTES is \"-1\": not a whole number from 0 to 65535",
    "STM_LISTEN is \"localhost\": not a host and a port of 0 to 65535, like 127.0.0.1:8080, \
     localhost:8080 or [::1]:8080, nor a socket, like unix:/run/stm/stm.sock",
    "STM_LISTN is no setting; did you mean STM_LISTEN?",
    "STM_LOG is \"loud\": not a level (error, warn, info, debug, trace, off) or a list like \
     info,database=debug",
    "STM_LOG_FORMAT is \"xml\": neither text nor json",
    "STM_POOL is \"0\": not a number of connections from 1 to 200",
    "STM_PROXIES is \"256\": not a whole number from 0 to 255",
    "STM_PSEUDONYM_KEY_FILE is no key: cannot use the pseudonym key file /nowhere/key: No such file \
     or directory (os error 2)",
    "STM_PUBLIC_URL is \"monitor.example.nl\": not an address like https://monitor.example.nl",
    "STM_RATE_PUBLIC is \"0\": not a whole number from 1 to 4294967295",
    "STM_TMP_DIR names the folder \"/nowhere\", which does not exist or may not be read",
    "STM_TOKEN_HOURS is \"9000\": not a number of hours from 1 to 8784",
    "STM_TRUSTED_DOCUMENTS names the folder \"/nowhere\", which does not exist or may not be read",
    "STM_WORKERS is \"two\": not a number of threads from 1 to 256",
];

#[test]
fn each_wrong_setting_is_named_and_nothing_begins() {
    for arguments in [
        &["serve"] as &[&str],
        &[],
        &["config", "check"],
        &["config", "show"],
    ] {
        let output = run(arguments, &WRONG);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(lines(&output.stdout), [""; 0]);
        let mut shown = lines(&output.stderr);
        assert_eq!(
            shown.pop().as_deref(),
            Some("stm: nothing was done; see above, and `stm --help` for all settings")
        );
        shown.sort_unstable();
        assert_eq!(shown, EXPECTED);
    }
}

#[test]
fn settings_that_are_right_are_green_and_are_shown_without_passwords() {
    let right = [
        (
            "DATABASE_OWNER_URL",
            "postgres://stm_owner:hush@db:5432/stm",
        ),
        ("STM_LISTEN", "[::1]:8081"),
    ];
    let checked = run(&["config", "check", "--for", "migrate"], &right);
    assert_eq!(checked.status.code(), Some(0));
    assert_eq!(
        lines(&checked.stdout),
        ["green: nothing is wrong with the settings"]
    );
    let shown = lines(&run(&["config", "show", "--for", "migrate"], &right).stdout);
    for line in [
        "DATABASE_OWNER_URL = postgres://stm_owner:…@db:5432/stm",
        "STM_LISTEN = [::1]:8081",
        "STM_SOCKETS = 1000  (default)",
    ] {
        assert!(shown.iter().any(|one| one == line), "{line}: {shown:#?}");
    }
    assert!(!shown.concat().contains("hush"));
    let serve = run(&["config", "check"], &right);
    assert_eq!(serve.status.code(), Some(2));
    let missing = lines(&serve.stderr);
    assert!(
        missing[0].starts_with("DATABASE_URL is missing: "),
        "{missing:?}"
    );
}

#[test]
fn a_variable_that_is_no_setting_is_a_mistake_for_the_check() {
    let output = run(&["config", "check"], &[("STM_PROXIS", "1")]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        lines(&output.stderr)[0],
        "STM_PROXIS is no setting; did you mean STM_PROXIES?"
    );
}

#[test]
fn an_argument_that_names_no_folder_is_a_wrong_argument() {
    let output = run(&["import", "--data", "/nowhere"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(lines(&output.stderr), ["stm: there is no folder /nowhere"]);
}
