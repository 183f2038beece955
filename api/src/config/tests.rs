use secrecy::ExposeSecret as _;

use super::{addresses::LISTEN, *};

pub(super) const DATABASE: (&str, &str) = ("DATABASE_URL", "postgres://stm_app:hush@db/stm");

pub(super) fn config<'a>(
    task: Task,
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Config, ConfigError> {
    let variables: BTreeMap<&str, &str> = variables.into_iter().collect();
    Config::of(&Figment::from(Serialized::defaults(variables)), task, None)
}

pub(super) fn wrong<'a>(
    task: Task,
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<String> {
    let ConfigError(problems) = config(task, variables).unwrap_err();
    problems.into_iter().map(|problem| problem.name).collect()
}

pub(super) fn of_file(toml: &str) -> Result<Config, ConfigError> {
    Config::of(&Figment::from(Toml::string(toml)), Task::Serve, None)
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
        assert_eq!(config.listen, LISTEN);
        assert_eq!(
            (config.log.as_str(), config.log_format),
            ("info", LogFormat::Text)
        );
        assert_eq!(config.public_url(config.listen), "http://127.0.0.1:8080");
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
fn a_mistyped_name_is_noticed() {
    let names = [
        "STM_PROXIS",
        "STM_PROXIES",
        "STM_CONFIG",
        "STM_TOKEN_VNG",
        "PATH",
    ];
    let noticed = strangers(names.into_iter().map(str::to_owned));
    assert_eq!(noticed, ["STM_PROXIS"]);
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
    let ConfigError(problems) = Config::of(&broken, Task::Serve, None).unwrap_err();
    assert_eq!(problems[0].name, "STM_CONFIG");
    assert!(!problems[0].what.contains("hush"), "{}", problems[0]);
}

#[test]
fn a_file_gives_settings_and_the_environment_wins() {
    let file = Toml::string("STM_POOL = 20\nSTM_LOG = \"warn\"\nstm_log = \"debug\"");
    let variables = BTreeMap::from([("STM_LOG", "error")]);
    let figment = Figment::from(file).merge(Serialized::defaults(variables));
    let ConfigError(problems) = Config::of(&figment, Task::Serve, None).unwrap_err();
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
    let config = Config::of(&figment, Task::Serve, None).unwrap();
    assert_eq!((config.pool, config.log.as_str()), (20, "error"));
}
