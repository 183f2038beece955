//! The mail server, for the digests of open tasks: none of it is set by default, and then no mail is
//! sent.

use std::path::PathBuf;

use compliance::notices::Security;

use super::given::Given;

/// What each setting of mail needs beside it.
const HOST: &str = "STM_SMTP_HOST";
/// The address that mails come from.
const FROM: &str = "STM_SMTP_FROM";
/// Who logs in.
const USER: &str = "STM_SMTP_USER";
/// The file with the password.
const PASSWORD_FILE: &str = "STM_SMTP_PASSWORD_FILE";

/// The mail server, as the settings name it; its password is read when it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// `STM_SMTP_HOST`: its host.
    pub host: String,
    /// `STM_SMTP_PORT`: its port; by default that of its security.
    pub port: Option<u16>,
    /// `STM_SMTP_SECURITY`: how the connection is kept from others.
    pub security: Security,
    /// `STM_SMTP_FROM`: the address that mails come from.
    pub from: String,
    /// `STM_SMTP_USER` and `STM_SMTP_PASSWORD_FILE`: who logs in, and the file with the password;
    /// none where the server wants none.
    pub login: Option<(String, PathBuf)>,
}

impl Given {
    /// The mail server; none where none is named.
    pub(super) fn mail(&mut self) -> Option<MailSettings> {
        let host = self.parsed(HOST, host);
        let port = self.parsed("STM_SMTP_PORT", port);
        let security = self.parsed("STM_SMTP_SECURITY", security);
        let from = self.parsed(FROM, from);
        let user = self.text(USER);
        let password_file = self.text(PASSWORD_FILE).map(PathBuf::from);
        let is_any = port.is_some()
            || security.is_some()
            || from.is_some()
            || user.is_some()
            || password_file.is_some();
        if host.is_none() && is_any {
            self.require(
                HOST,
                "the mail server that the other settings of mail are about",
            );
        }
        let host = host?;
        self.require(
            FROM,
            "the address that mails come from, as in monitor@example.nl",
        );
        if user.is_some() != password_file.is_some() {
            self.require(
                USER,
                "who logs in with the password of STM_SMTP_PASSWORD_FILE",
            );
            self.require(PASSWORD_FILE, "the file with the password of STM_SMTP_USER");
        }
        let security = security.unwrap_or_default();
        if security == Security::None && user.is_some() {
            self.wrong(
                USER,
                "would send a password in the clear; with STM_SMTP_SECURITY=none nobody logs in",
            );
        }
        Some(MailSettings {
            host,
            port,
            security,
            from: from?,
            login: user.zip(password_file),
        })
    }
}

fn host(text: &str) -> Result<String, String> {
    let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if text.chars().all(is_fit) {
        Ok(text.to_owned())
    } else {
        Err("give a host alone, as in mail.example.nl".to_owned())
    }
}

fn port(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        Ok(_) | Err(_) => Err("give a number of 1 to 65535".to_owned()),
    }
}

fn security(text: &str) -> Result<Security, String> {
    match text {
        "starttls" => Ok(Security::StartTls),
        "tls" => Ok(Security::Tls),
        "none" => Ok(Security::None),
        _ => Err("give starttls, tls or none".to_owned()),
    }
}

fn from(text: &str) -> Result<String, String> {
    let is_address = text.split_once('@').is_some_and(|(function, domain)| {
        !function.is_empty()
            && domain.contains('.')
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,".contains(c))
    });
    if is_address {
        Ok(text.to_owned())
    } else {
        Err("give one address, as in monitor@example.nl".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Task,
            tests::{config, wrong},
        },
        *,
    };

    const SERVER: (&str, &str) = (HOST, "mail.example.nl");
    const SENDER: (&str, &str) = (FROM, "monitor@example.nl");

    #[test]
    fn no_mail_is_sent_by_default() {
        assert_eq!(config(Task::Serve, []).unwrap().mail, None);
        let mail = config(Task::Serve, [SERVER, SENDER]).unwrap().mail;
        assert_eq!(
            mail,
            Some(MailSettings {
                host: "mail.example.nl".to_owned(),
                port: None,
                security: Security::StartTls,
                from: "monitor@example.nl".to_owned(),
                login: None,
            })
        );
        let whole = [
            SERVER,
            SENDER,
            ("STM_SMTP_PORT", "2525"),
            ("STM_SMTP_SECURITY", "tls"),
            (USER, "stm"),
            (PASSWORD_FILE, "/run/secrets/smtp"),
        ];
        let mail = config(Task::Serve, whole).unwrap().mail.unwrap();
        assert_eq!((mail.port, mail.security), (Some(2525), Security::Tls));
        assert_eq!(
            mail.login,
            Some(("stm".to_owned(), PathBuf::from("/run/secrets/smtp")))
        );
    }

    #[test]
    fn settings_of_mail_need_each_other() {
        assert_eq!(wrong(Task::Serve, [SENDER]), [HOST]);
        assert_eq!(wrong(Task::Serve, [SERVER]), [FROM]);
        let user = (USER, "stm");
        assert_eq!(wrong(Task::Serve, [SERVER, SENDER, user]), [PASSWORD_FILE]);
        let file = (PASSWORD_FILE, "/run/secrets/smtp");
        assert_eq!(wrong(Task::Serve, [SERVER, SENDER, file]), [USER]);
        let open = ("STM_SMTP_SECURITY", "none");
        assert_eq!(
            wrong(Task::Serve, [SERVER, SENDER, open, user, file]),
            [USER]
        );
        assert!(config(Task::Serve, [SERVER, SENDER, open]).is_ok());
        for (name, text) in [
            (HOST, "smtp://mail.example.nl"),
            (FROM, "Monitor <monitor@example.nl>"),
            ("STM_SMTP_PORT", "0"),
            ("STM_SMTP_SECURITY", "ssl"),
        ] {
            let given = [SERVER, SENDER, (name, text)];
            assert_eq!(wrong(Task::Serve, given), [name], "{text}");
        }
    }
}
