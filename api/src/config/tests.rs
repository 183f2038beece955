use std::io::Write as _;

use figment::{
    Figment,
    providers::{Format as _, Serialized, Toml},
};
use secrecy::ExposeSecret as _;

use super::*;

pub(super) const DATABASE: (&str, &str) = ("DATABASE_URL", "postgres://stm_app:hush@db/stm");

pub(super) fn config<'a>(
    task: Task,
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Config, ConfigError> {
    let variables: BTreeMap<&str, &str> = variables.into_iter().collect();
    Config::of_given(
        Given::read(&Figment::from(Serialized::defaults(variables))),
        task,
        None,
    )
}

pub(super) fn wrong<'a>(
    task: Task,
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<String> {
    let ConfigError(problems) = config(task, variables).unwrap_err();
    problems.into_iter().map(|problem| problem.name).collect()
}

pub(super) fn of_file(toml: &str) -> Result<Config, ConfigError> {
    Config::of_given(
        Given::read(&Figment::from(Toml::string(toml))),
        Task::Serve,
        None,
    )
}

#[test]
fn without_settings_everything_has_a_default() {
    for task in [
        Task::Serve,
        Task::Migrate,
        Task::Import,
        Task::Verify,
        Task::Token,
    ] {
        let config = config(task, []).unwrap();
        assert!(config.database_url.is_none() && config.dev_issuer);
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(
            (config.log.as_str(), config.log_format),
            ("info", LogFormat::Text)
        );
        let url = config.public_url(&config.listen.to_string());
        assert_eq!(url, "http://127.0.0.1:8080");
    }
}

#[test]
fn every_wrong_setting_is_named_at_once() {
    let all_wrong = [
        ("DATABASE_URL", "mysql://root:hush@db/stm"),
        ("STM_LISTEN", "localhost"),
        ("STM_PUBLIC_URL", "monitor.example.nl"),
        ("STM_DATA_DIR", ""),
        ("STM_LOG", "info,api=loud"),
        ("STM_LOG_FORMAT", "xml"),
        ("STM_DEV_ISSUER", "yes"),
        ("STM_TOKEN_HOURS", "0"),
        ("STM_POOL", "0"),
        ("STM_WORKERS", "0"),
        ("STM_RATE_PUBLIC", "0"),
        ("STM_PROXIES", "-1"),
        ("STM_SOCKETS", "many"),
        ("STM_KEPT_MEGABYTES", "-1"),
        ("STM_TMP_DIR", ""),
        ("STM_TMP_MEGABYTES", "0"),
        ("STM_TMP_FILES", "0"),
        ("STM_TRUSTED_ONLY", "yes"),
        ("STM_LISTN", "127.0.0.1:80"),
    ];
    let mut shown = wrong(Task::Import, all_wrong);
    shown.sort_unstable();
    let mut expected = all_wrong.map(|(name, _)| name);
    expected.sort_unstable();
    assert_eq!(shown, expected);
}

#[test]
fn a_mistyped_name_is_noticed_with_the_setting_that_it_looks_like() {
    let names = [
        "STM_PROXIS",
        "STM_PROXIES",
        "STM_CONFIG",
        "STM_CONFGI",
        "STM_TOKEN",
        "STM_TOKEN_VNG",
        "STM_TOKEN_HUORS",
        "STM_PORT",
        "DATABASE_URI",
        "DATABASE_HOST",
        "PATH",
    ];
    let noticed: Vec<String> = strangers(names.into_iter())
        .iter()
        .map(Problem::to_string)
        .collect();
    assert_eq!(
        noticed,
        [
            "STM_PROXIS is no setting; did you mean STM_PROXIES?",
            "STM_CONFGI is no setting; did you mean STM_CONFIG?",
            "STM_TOKEN_HUORS is no setting; did you mean STM_TOKEN_HOURS?",
            "STM_PORT is no setting; did you mean STM_POOL?",
            "DATABASE_URI is no setting; did you mean DATABASE_URL?",
        ]
    );
    let ConfigError(problems) = of_file("STM_POOLS = 4").unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        "STM_POOLS is no setting; did you mean STM_POOL?"
    );
}

#[test]
fn a_secret_stands_in_a_file_or_in_its_variable() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    let named = [("DATABASE_URL_FILE", path.as_str())];
    let ConfigError(problems) = config(Task::Import, named).unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        format!("DATABASE_URL_FILE names the file {path:?}, which is empty")
    );
    writeln!(file, "{}", DATABASE.1).unwrap();
    let read = config(Task::Import, named).unwrap();
    assert_eq!(read.database_url.unwrap().expose_secret(), DATABASE.1);
    let both = [DATABASE, named[0]];
    assert_eq!(wrong(Task::Import, both), ["DATABASE_URL_FILE"]);
    let owner = [("DATABASE_OWNER_URL_FILE", path.as_str())];
    assert!(config(Task::Migrate, owner).is_ok());
    let gone = [("DATABASE_AUDITOR_URL_FILE", "/nowhere/url")];
    assert_eq!(wrong(Task::Verify, gone), ["DATABASE_AUDITOR_URL_FILE"]);
    // The secret itself in the place of its file, and an address with a login elsewhere.
    for (name, text) in [
        ("DATABASE_URL_FILE", DATABASE.1),
        ("DATABASE_URL_FILE", "hush"),
        ("STM_SMTP_HOST", "smtp://stm:hush@mail.example.nl"),
    ] {
        let ConfigError(problems) = config(Task::Import, [(name, text)]).unwrap_err();
        assert_eq!(problems[0].name, name);
        assert!(!problems[0].what.contains("hush"), "{}", problems[0]);
    }
}

#[test]
fn what_a_file_that_cannot_be_read_may_hold_is_not_missed() {
    let variables = |file: &str| -> BTreeMap<String, String> {
        let variables = [
            ("STM_CONFIG", file),
            ("DATABASE_OWNER_URL", "postgres://stm_owner:hush@db/stm"),
            ("STM_POOL", "0"),
            ("HOME", "/root"),
        ];
        variables
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    };
    let names = |given: Given| {
        let ConfigError(problems) = Config::of_given(given, Task::Serve, None).unwrap_err();
        problems.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    let gone = Given::of_variables(variables("/nowhere/stm.toml"));
    assert_eq!(names(gone), ["STM_CONFIG", "STM_POOL"]);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    writeln!(file, "STM_WORKERS = 0").unwrap();
    let read = Given::of_variables(variables(&path));
    assert_eq!(names(read), ["STM_WORKERS", "STM_POOL", "DATABASE_URL"]);
    writeln!(file, "STM_WORKERS =").unwrap();
    let broken = Given::of_variables(variables(&path));
    assert_eq!(names(broken), ["STM_CONFIG", "STM_POOL"]);
}

#[test]
fn files_that_the_service_needs_are_looked_at() {
    let variables = [
        ("STM_PSEUDONYM_KEY_FILE", "/nowhere/key"),
        ("STM_TMP_DIR", "/nowhere"),
        ("STM_TRUSTED_DOCUMENTS", "/nowhere"),
        ("STM_PG_BIN_DIR", "/nowhere"),
        ("STM_SMTP_PASSWORD_FILE", "/nowhere/password"),
    ];
    let missing = |task| {
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut given = Given::of_variables(variables.into());
        given.look_at_files(task);
        let mut names: Vec<String> = given.problems.into_iter().map(|one| one.name).collect();
        names.sort_unstable();
        names
    };
    let mut all = variables.map(|(name, _)| name);
    all.sort_unstable();
    assert_eq!(missing(Task::Serve), all);
    assert_eq!(missing(Task::Import), ["STM_PG_BIN_DIR"]);
    let key = ("STM_PSEUDONYM_KEY_FILE".to_owned(), "hush".to_owned());
    let mut given = Given::of_variables([key].into());
    given.look_at_files(Task::Serve);
    let shown: Vec<String> = given.problems.iter().map(Problem::to_string).collect();
    assert_eq!(
        shown,
        ["STM_PSEUDONYM_KEY_FILE is no whole path of a file with a key"]
    );
}

#[test]
fn passwords_are_not_shown() {
    let error = config(Task::Serve, [("DATABASE_URL", "mysql://root:hush@db/stm")]).unwrap_err();
    assert!(!error.to_string().contains("hush"), "{error}");
    let config = config(Task::Import, [DATABASE]).unwrap();
    assert!(!format!("{config:?}").contains("hush"));
    assert_eq!(config.database_url.unwrap().expose_secret(), DATABASE.1);
    let broken = Figment::from(Toml::string(
        "DATABASE_URL = postgres://stm_app:hush@db/stm",
    ));
    let ConfigError(problems) =
        Config::of_given(Given::read(&broken), Task::Serve, None).unwrap_err();
    assert_eq!(problems[0].name, "STM_CONFIG");
    assert!(!problems[0].what.contains("hush"), "{}", problems[0]);
}

#[test]
fn a_file_gives_settings_and_the_environment_wins() {
    let file = Toml::string("STM_POOL = 20\nSTM_LOG = \"warn\"\nstm_log = \"debug\"");
    let variables = BTreeMap::from([("STM_LOG", "error")]);
    let figment = Figment::from(file).merge(Serialized::defaults(variables));
    let ConfigError(problems) =
        Config::of_given(Given::read(&figment), Task::Serve, None).unwrap_err();
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.name.as_str())
            .collect::<Vec<_>>(),
        ["stm_log"]
    );
    let file = Toml::string("STM_POOL = 20\nSTM_LOG = \"warn\"");
    let figment =
        Figment::from(file).merge(Serialized::defaults(BTreeMap::from([("STM_LOG", "error")])));
    let config = Config::of_given(Given::read(&figment), Task::Serve, None).unwrap();
    assert_eq!((config.pool, config.log.as_str()), (20, "error"));
}
