//! `stm config`: what is wrong with the settings, or how they hold.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::{CliError, print};
use crate::config::{Config, ConfigError, Task};

/// What to do with the settings.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Deed {
    /// Look at the settings as a command will, with the files that they name, and begin nothing
    ///
    /// Tells every mistake, each with what would be right, and variables that are named as settings
    /// are and are none. Ends with 0 when all is well, and else with 2.
    Check(Arguments),
    /// Print each setting that holds, and whether that is the default, without passwords
    Show(Arguments),
}

/// Which command the settings are for.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Arguments {
    /// The command that will be given; each needs other settings
    #[arg(long = "for", value_name = "COMMAND", value_enum, default_value_t = For::Serve)]
    task: For,
}

/// A command that has settings.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum For {
    Serve,
    Migrate,
    Import,
    Verify,
    Export,
    Redact,
    Demo,
    Sandbox,
    Token,
    Notify,
    Sessions,
}

impl From<For> for Task {
    fn from(task: For) -> Self {
        match task {
            For::Serve => Self::Serve,
            For::Migrate => Self::Migrate,
            For::Import => Self::Import,
            For::Verify => Self::Verify,
            For::Export => Self::Export,
            For::Redact => Self::Redact,
            For::Demo => Self::Demo,
            For::Sandbox => Self::Sandbox,
            For::Token => Self::Token,
            For::Notify => Self::Notify,
            For::Sessions => Self::Sessions,
        }
    }
}

/// Checks or shows.
pub(super) fn run(deed: Deed) -> Result<ExitCode, CliError> {
    match deed {
        Deed::Check(Arguments { task }) => {
            let config = Config::read(task.into())?;
            if !config.strangers.is_empty() {
                return Err(ConfigError(config.strangers).into());
            }
            print("green: nothing is wrong with the settings\n")?;
        }
        Deed::Show(Arguments { task }) => {
            let config = Config::read(task.into())?;
            print(&(config.lines().join("\n") + "\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
