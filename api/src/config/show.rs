//! The settings as they hold, for people, without what is secret in them.

use super::{Config, LogFormat, addresses::without_secrets, file_of};
use compliance::notices::Security;

impl Config {
    /// Each setting that has a value, a line each: its name, its value, and whether that is the
    /// default. Of an address of a database the login, the host and the name are shown.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, value) in self.values() {
            let Some(value) = value else { continue };
            let is_given = self.given.contains(name)
                || file_of(name).is_some_and(|file| self.given.contains(file));
            let default = if is_given { "" } else { "  (default)" };
            lines.push(format!("{name} = {value}{default}"));
        }
        for issuer in &self.issuers {
            lines.push(format!("[[issuer]] {}", issuer.name()));
        }
        let publisher = &self.publisher;
        for (name, value) in [
            ("name", &publisher.name),
            ("identifier", &publisher.identifier),
            ("email", &publisher.email),
            ("telephone", &publisher.telephone),
            ("accessibility", &publisher.accessibility),
            ("privacy", &publisher.privacy),
        ] {
            let value = value.as_deref();
            lines.extend(value.map(|value| format!("[publisher] {name} = {value}")));
        }
        lines.push(format!("[publisher] licence = {}", publisher.licence));
        lines
    }

    /// The settings with one value each, in the order of `stm --help`.
    fn values(&self) -> Vec<(&'static str, Option<String>)> {
        let path = |path: &Option<std::path::PathBuf>| {
            path.as_deref().map(|path| path.display().to_string())
        };
        let limits = &self.limits;
        let megabytes = |bytes: u64| Some((bytes / (1024 * 1024)).to_string());
        let only = limits.public_trusted_only.then(|| "public".to_owned());
        let format = match self.log_format {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        let mut values = vec![
            (
                "DATABASE_URL",
                self.database_url.as_ref().map(without_secrets),
            ),
            (
                "DATABASE_LISTEN_URL",
                self.database_listen_url.as_ref().map(without_secrets),
            ),
            (
                "DATABASE_READ_URL",
                self.database_read_url.as_ref().map(without_secrets),
            ),
            (
                "DATABASE_OWNER_URL",
                self.database_owner_url.as_ref().map(without_secrets),
            ),
            (
                "DATABASE_AUDITOR_URL",
                self.database_auditor_url.as_ref().map(without_secrets),
            ),
            ("STM_LISTEN", Some(self.listen.to_string())),
            ("STM_PUBLIC_URL", self.public_url.clone()),
            ("STM_DATA_DIR", path(&self.data_dir)),
            ("STM_PG_BIN_DIR", path(&self.pg_bin_dir)),
            ("STM_POOL", Some(self.pool.to_string())),
            ("STM_WORKERS", Some(self.workers.to_string())),
            (
                "STM_RATE_PUBLIC",
                Some(limits.public_per_minute.to_string()),
            ),
            (
                "STM_RATE_SIGNED_IN",
                Some(limits.signed_in_per_minute.to_string()),
            ),
            ("STM_PROXIES", Some(limits.proxies.to_string())),
            ("STM_SOCKETS", Some(limits.sockets.to_string())),
            (
                "STM_KEPT_MEGABYTES",
                u64::try_from(limits.kept_bytes).ok().and_then(megabytes),
            ),
            ("STM_TMP_DIR", Some(limits.tmp_folder.display().to_string())),
            ("STM_TMP_MEGABYTES", megabytes(limits.tmp_bytes)),
            ("STM_TMP_FILES", Some(limits.tmp_files.to_string())),
            ("STM_TRUSTED_DOCUMENTS", path(&self.trusted_documents)),
            ("STM_TRUSTED_ONLY", only),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", self.trace_collector.clone()),
            ("STM_LOG", Some(self.log.clone())),
            ("STM_LOG_FORMAT", Some(format.to_owned())),
        ];
        values.extend(self.mail_values());
        let dev_issuer = if self.dev_issuer { "on" } else { "off" };
        values.extend([
            ("STM_PSEUDONYM_KEY_FILE", path(&self.pseudonym_key_file)),
            (
                "STM_TOKEN_HOURS",
                Some(self.token_lifetime.num_hours().to_string()),
            ),
            ("STM_DEV_ISSUER", Some(dev_issuer.to_owned())),
        ]);
        values
    }

    fn mail_values(&self) -> Vec<(&'static str, Option<String>)> {
        let Some(mail) = &self.mail else {
            return Vec::new();
        };
        let security = match mail.security {
            Security::StartTls => "starttls",
            Security::Tls => "tls",
            Security::None => "none",
        };
        let (user, file) = mail.login.clone().unzip();
        vec![
            ("STM_SMTP_HOST", Some(mail.host.clone())),
            ("STM_SMTP_PORT", mail.port.map(|port| port.to_string())),
            ("STM_SMTP_SECURITY", Some(security.to_owned())),
            ("STM_SMTP_FROM", Some(mail.from.clone())),
            ("STM_SMTP_USER", user),
            (
                "STM_SMTP_PASSWORD_FILE",
                file.map(|file| file.display().to_string()),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Task,
        tests::{config, of_file},
    };

    #[test]
    fn settings_are_shown_without_what_is_secret() {
        let shown = config(
            Task::Import,
            [
                (
                    "DATABASE_URL",
                    "postgres://stm_app:hu%2Fs@h!@db:5432/stm?password=hush",
                ),
                (
                    "DATABASE_READ_URL",
                    "postgres://stm_app:hush@standby:5432/stm",
                ),
                ("STM_POOL", "4"),
                ("STM_WORKERS", "3"),
                ("STM_SMTP_HOST", "mail.example.nl"),
                ("STM_SMTP_FROM", "monitor@example.nl"),
            ],
        )
        .unwrap()
        .lines();
        for line in [
            "DATABASE_URL = postgres://stm_app:…@db:5432/stm",
            "DATABASE_READ_URL = postgres://stm_app:…@standby:5432/stm",
            "STM_LISTEN = 127.0.0.1:8080  (default)",
            "STM_POOL = 4",
            "STM_WORKERS = 3",
            "STM_KEPT_MEGABYTES = 48  (default)",
            "STM_LOG_FORMAT = json  (default)",
            "STM_SMTP_HOST = mail.example.nl",
            "STM_SMTP_SECURITY = starttls  (default)",
            "STM_DEV_ISSUER = off  (default)",
            "[publisher] licence = CC0-1.0",
        ] {
            assert!(shown.iter().any(|one| one == line), "{line}: {shown:#?}");
        }
        assert!(
            shown
                .iter()
                .all(|line| !line.contains("DATABASE_OWNER_URL"))
        );
        let text = shown.concat();
        assert!(!text.contains("hush") && !text.contains("hu%2F"), "{text}");
    }

    #[test]
    fn tables_are_shown_as_well() {
        let issuers = include_str!("../../../docker/issuers.example.toml");
        let text = format!("STM_POOL = 5\n[publisher]\nname = \"JenV\"\n{issuers}");
        let shown = of_file(&text).unwrap().lines();
        for line in [
            "STM_POOL = 5",
            "[[issuer]] https://login.example.nl/realms/stm",
            "[publisher] name = JenV",
        ] {
            assert!(shown.iter().any(|one| one == line), "{line}: {shown:#?}");
        }
    }
}
