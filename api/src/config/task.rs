//! What the program is about to do, and the settings that it cannot do that without.

use super::{Config, given::Given};

/// Why a login like that of the auditor is wanted.
const SEES_EVERYTHING: &str =
    "the same database as stm_auditor; the login of DATABASE_URL does not see everything";

/// Why the login of the service is wanted.
const AS_APP: &str =
    "the same database as stm_app; without any address of a database there would be a private one";

/// Why a token of the development issuer wants `STM_DEV_ISSUER`.
const REFUSES: &str =
    "\"i-know-this-is-not-production\": without it the service refuses these tokens";

/// What the program is about to do: each task has settings that it cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Answers requests.
    Serve,
    /// Changes the structure of the database.
    Migrate,
    /// Imports the data set.
    Import,
    /// Verifies the ledger.
    Verify,
    /// Writes the ledger and its facts out, for an auditor.
    Export,
    /// Blanks a text.
    Redact,
    /// Makes an empty database a demo.
    Demo,
    /// Serves a demo of its own.
    Sandbox,
    /// Makes a token of the development issuer.
    Token,
    /// Sends the digests that are due.
    Notify,
    /// Ends sessions of browsers.
    Sessions,
}

impl Config {
    /// Asks for what the task needs. The private database needs nothing, except to make tokens
    /// beside real issuers. It is for whoever names no database at all: who names a real one for
    /// another task must not get a private one for this.
    pub(super) fn require(&self, task: Task, given: &mut Given) {
        if task == Task::Sandbox {
            self.refuse_what_is_real(given);
            return;
        }
        if self.database_url.is_none() && task == Task::Token {
            if !self.dev_issuer {
                given.require("STM_DEV_ISSUER", REFUSES);
            }
            return;
        }
        if task == Task::Notify {
            given.require("DATABASE_URL", AS_APP);
            given.require(
                "STM_SMTP_HOST",
                "the mail server; without it no mail is sent",
            );
            return;
        }
        let addresses = [
            &self.database_url,
            &self.database_read_url,
            &self.database_owner_url,
            &self.database_auditor_url,
        ];
        if addresses.iter().all(|address| address.is_none()) {
            return;
        }
        match task {
            Task::Serve | Task::Import | Task::Demo if self.database_url.is_none() => {
                given.require("DATABASE_URL", AS_APP);
            }
            Task::Serve => {
                if self.dev_issuer {
                    given.require(
                        "STM_DATA_DIR",
                        "the folder for the key of the development issuer",
                    );
                }
                if !self.dev_issuer || !self.issuers.is_empty() {
                    given.require(
                        "STM_PSEUDONYM_KEY_FILE",
                        "a file of at least 32 secret random bytes (openssl rand -out FILE 32), \
                         the same one for ever",
                    );
                }
            }
            Task::Migrate => given.require(
                "DATABASE_OWNER_URL",
                "the same database as stm_owner; the login of DATABASE_URL may not change its \
                 structure",
            ),
            Task::Verify | Task::Export => given.require("DATABASE_AUDITOR_URL", SEES_EVERYTHING),
            Task::Redact => {
                given.require("DATABASE_AUDITOR_URL", SEES_EVERYTHING);
                given.require(
                    "DATABASE_OWNER_URL",
                    "the same database as stm_owner; the login of DATABASE_URL blanks nothing",
                );
            }
            Task::Sessions => given.require(
                "DATABASE_OWNER_URL",
                "the same database as stm_owner; the login of DATABASE_URL ends its own sessions \
                 only",
            ),
            Task::Token => {
                given.require("STM_DEV_ISSUER", REFUSES);
                given.require(
                    "STM_DATA_DIR",
                    "the folder in which the service keeps the key of the development issuer",
                );
            }
            Task::Import | Task::Demo | Task::Notify | Task::Sandbox => {}
        }
    }

    /// A sandbox has a database of its own and trusts tokens made there. Who sets more than that
    /// means another command.
    fn refuse_what_is_real(&self, given: &mut Given) {
        for (name, address) in [
            ("DATABASE_URL", &self.database_url),
            ("DATABASE_LISTEN_URL", &self.database_listen_url),
            ("DATABASE_READ_URL", &self.database_read_url),
            ("DATABASE_OWNER_URL", &self.database_owner_url),
            ("DATABASE_AUDITOR_URL", &self.database_auditor_url),
        ] {
            if address.is_some() {
                given.wrong(name, "is set: a sandbox has a private database of its own");
            }
        }
        if !self.issuers.is_empty() {
            given.wrong(
                "STM_ISSUERS",
                "or a table [[issuer]] is set: a sandbox trusts no issuer of real tokens",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            LogFormat,
            issuers::NOT_PRODUCTION,
            tests::{DATABASE, config, wrong},
        },
        *,
    };

    #[test]
    fn a_sandbox_takes_nothing_real() {
        let example = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../docker/issuers.example.toml"
        );
        let issuers = ("STM_ISSUERS", example);
        let owner = ("DATABASE_OWNER_URL", "postgres://stm_owner:hush@db/stm");
        assert_eq!(wrong(Task::Sandbox, [issuers]), ["STM_ISSUERS"]);
        assert_eq!(wrong(Task::Sandbox, [DATABASE]), ["DATABASE_URL"]);
        assert_eq!(
            wrong(Task::Sandbox, [owner, issuers]),
            ["DATABASE_OWNER_URL", "STM_ISSUERS"]
        );
        let alone = config(Task::Sandbox, []).unwrap();
        assert!(alone.dev_issuer);
    }

    #[test]
    fn who_names_a_real_database_never_gets_a_private_one() {
        let owner = ("DATABASE_OWNER_URL", "postgres://stm_owner:hush@db/stm");
        let auditor = ("DATABASE_AUDITOR_URL", "postgres://stm_auditor:hush@db/stm");
        let replica = ("DATABASE_READ_URL", "postgres://stm_app:hush@standby/stm");
        assert_eq!(wrong(Task::Serve, [replica]), ["DATABASE_URL"]);
        assert_eq!(wrong(Task::Sandbox, [replica]), ["DATABASE_READ_URL"]);
        for task in [Task::Serve, Task::Import, Task::Demo] {
            assert_eq!(wrong(task, [owner]), ["DATABASE_URL"]);
            assert_eq!(wrong(task, [auditor]), ["DATABASE_URL"]);
        }
        assert_eq!(wrong(Task::Verify, [owner]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(wrong(Task::Export, [owner]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(wrong(Task::Migrate, [auditor]), ["DATABASE_OWNER_URL"]);
        assert_eq!(wrong(Task::Redact, [owner]), ["DATABASE_AUDITOR_URL"]);
        for (task, needed) in [
            (Task::Migrate, owner),
            (Task::Verify, auditor),
            (Task::Export, auditor),
            (Task::Token, owner),
            (Task::Sessions, owner),
        ] {
            assert!(config(task, [needed]).is_ok(), "{task:?}");
        }
    }

    #[test]
    fn mails_are_sent_from_a_database_by_a_mail_server() {
        let server = [
            ("STM_SMTP_HOST", "mail.example.nl"),
            ("STM_SMTP_FROM", "monitor@example.nl"),
        ];
        let mut missing = wrong(Task::Notify, []);
        missing.sort_unstable();
        assert_eq!(missing, ["DATABASE_URL", "STM_SMTP_HOST"]);
        assert_eq!(wrong(Task::Notify, server), ["DATABASE_URL"]);
        assert!(config(Task::Notify, [DATABASE, server[0], server[1]]).is_ok());
    }

    #[test]
    fn each_task_asks_for_what_it_needs() {
        let dev = ("STM_DEV_ISSUER", NOT_PRODUCTION);
        assert_eq!(wrong(Task::Serve, [DATABASE]), ["STM_PSEUDONYM_KEY_FILE"]);
        assert_eq!(wrong(Task::Serve, [DATABASE, dev]), ["STM_DATA_DIR"]);
        assert_eq!(wrong(Task::Migrate, [DATABASE]), ["DATABASE_OWNER_URL"]);
        assert_eq!(wrong(Task::Verify, [DATABASE]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(wrong(Task::Export, [DATABASE]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(
            wrong(Task::Redact, [DATABASE]),
            ["DATABASE_AUDITOR_URL", "DATABASE_OWNER_URL"]
        );
        assert_eq!(wrong(Task::Sessions, [DATABASE]), ["DATABASE_OWNER_URL"]);
        assert_eq!(
            wrong(Task::Token, [DATABASE]),
            ["STM_DEV_ISSUER", "STM_DATA_DIR"]
        );
        assert!(config(Task::Import, [DATABASE]).is_ok());
        let serves = config(
            Task::Serve,
            [DATABASE, dev, ("STM_DATA_DIR", "/var/lib/stm")],
        )
        .unwrap();
        assert!(serves.dev_issuer && serves.log_format == LogFormat::Json);
        let serves = config(
            Task::Serve,
            [DATABASE, ("STM_PSEUDONYM_KEY_FILE", "/run/key")],
        )
        .unwrap();
        assert!(!serves.dev_issuer);
    }
}
