//! Which log lines are written, and how they look.

use tracing_subscriber::EnvFilter;

/// What a filter of the log may say of a part of the program.
const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// Each part of a filter is a level, or a part of the program with its level. A word of its own
/// that is no level would be the name of a part of the program: `inof` would silence everything
/// else.
pub(super) fn log(text: &str) -> Result<String, String> {
    let is_level = |text: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(text));
    let is_known = |part: &str| match part.rsplit_once('=') {
        Some((of, level)) => !of.is_empty() && is_level(level),
        None => is_level(part),
    };
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let filter = parts.join(",");
    match EnvFilter::try_new(&filter) {
        Ok(_) if parts.iter().all(|part| is_known(part)) => Ok(filter),
        Ok(_) | Err(_) => Err(format!(
            "not a level ({}) or a list like info,database=debug",
            LEVELS.join(", ")
        )),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("neither text nor json".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ConfigError, Problem, Task, tests::config};

    #[test]
    fn a_mistyped_level_of_the_log_is_a_mistake_and_no_part_of_the_program() {
        for filter in [
            "inof",
            "info,api",
            "api=",
            "=debug",
            "info,",
            "info,api=loud",
        ] {
            let ConfigError(problems) =
                config(Task::Serve, [("STM_LOG", filter), ("STM_POOL", "0")]).unwrap_err();
            let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
            assert_eq!(
                shown,
                [
                    format!(
                        "STM_LOG is {filter:?}: not a level (error, warn, info, debug, trace, off) \
                         or a list like info,database=debug"
                    ),
                    "STM_POOL is \"0\": not a number of connections from 1 to 200".to_owned(),
                ]
            );
        }
        for (filter, read) in [
            ("WARN", "WARN"),
            ("info, database=debug", "info,database=debug"),
            ("sqlx::query=trace,off", "sqlx::query=trace,off"),
        ] {
            assert_eq!(
                config(Task::Serve, [("STM_LOG", filter)]).unwrap().log,
                read
            );
        }
    }
}
