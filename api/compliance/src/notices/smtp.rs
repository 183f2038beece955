//! Hands a mail to the mail server of the operator, by SMTP.

use std::time::{Duration, SystemTime};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    address::AddressError,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        self,
        authentication::Credentials,
        extension::ClientId,
        response::{Category, Code, Detail, Severity},
    },
};

use super::outbox::{InHand, Tried};

/// How long the mail server may take for one command.
const SLOWEST_COMMAND: Duration = Duration::from_secs(20);
/// How long it may take for a whole mail: less than the time for which a digest is in hand.
const SLOWEST: Duration = Duration::from_secs(120);

/// How a connection to the mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Security {
    /// It begins in the clear and becomes TLS before anything is said; port 587.
    #[default]
    StartTls,
    /// It is TLS from the beginning; port 465.
    Tls,
    /// It is in the clear: for a server on the same machine or network; port 25.
    None,
}

/// Who logs in to the mail server.
#[derive(Clone)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password; it is never printed.
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

/// The mail server of the operator, and whom mails come from.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its host.
    pub host: String,
    /// Its port; by default that of its security.
    pub port: Option<u16>,
    /// How the connection is kept from others.
    pub security: Security,
    /// Who logs in; none where it wants nobody to.
    pub login: Option<Login>,
    /// The address that mails come from.
    pub from: String,
}

/// Why no mail can be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The sender is no address.
    #[error("the address that mails come from is none")]
    From(#[source] AddressError),
    /// TLS cannot be set up.
    #[error("TLS to the mail server cannot be set up")]
    Tls(#[source] smtp::Error),
}

/// Sends the digests of a service.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    service: String,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").finish_non_exhaustive()
    }
}

impl Mailer {
    /// Sends by a mail server for the service at an address, without a slash at its end, to which
    /// digests link. Nothing is connected yet.
    ///
    /// # Errors
    /// When the sender is no address, or TLS cannot be set up.
    pub fn new(server: Server, service: &str) -> Result<Self, MailerError> {
        type Smtp = AsyncSmtpTransport<Tokio1Executor>;
        let from: Address = server.from.parse().map_err(MailerError::From)?;
        let mut builder = match server.security {
            Security::StartTls => Smtp::starttls_relay(&server.host).map_err(MailerError::Tls)?,
            Security::Tls => Smtp::relay(&server.host).map_err(MailerError::Tls)?,
            Security::None => Smtp::builder_dangerous(&server.host),
        };
        builder = builder
            .timeout(Some(SLOWEST_COMMAND))
            .hello_name(ClientId::Domain(from.domain().to_owned()));
        if let Some(port) = server.port {
            builder = builder.port(port);
        }
        if let Some(login) = server.login {
            builder = builder.credentials(Credentials::new(login.user, login.password));
        }
        Ok(Self {
            transport: builder.build(),
            from: Mailbox::new(None, from),
            service: service.trim_end_matches('/').to_owned(),
        })
    }

    /// The address of the service.
    pub(super) fn service(&self) -> &str {
        &self.service
    }

    /// The host in the Message-ID of a mail: that of its sender.
    pub(super) fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Tries to deliver a digest.
    pub(super) async fn deliver(&self, digest: &InHand) -> Delivery {
        let Some(message) = self.message(digest) else {
            return Delivery::of(Tried::Refused, "the mail cannot be written");
        };
        match tokio::time::timeout(SLOWEST, self.transport.send(message)).await {
            Ok(Ok(_accepted)) => Delivery::of(Tried::Accepted, ""),
            Ok(Err(error)) => Delivery::failed(&error),
            Err(_elapsed) => Delivery {
                is_away: true,
                ..Delivery::of(Tried::InVain, "the mail server takes too long")
            },
        }
    }

    /// The mail, to the letter the same at each try.
    fn message(&self, digest: &InHand) -> Option<Message> {
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let to: Address = digest.address.parse().ok()?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(digest.subject.clone())
            .message_id(Some(digest.message_id.clone()))
            .date(SystemTime::from(digest.made_at))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(digest.body.clone())
            .ok()
    }
}

/// What became of a try, and what may be logged of it: never what the server said, for that may
/// repeat the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delivery {
    pub(super) tried: Tried,
    /// Why it failed.
    pub(super) why: String,
    /// Whether the next mail would fail as well: nobody answered, or not in time.
    pub(super) is_away: bool,
}

impl Delivery {
    fn of(tried: Tried, why: &str) -> Self {
        Self {
            tried,
            why: why.to_owned(),
            is_away: false,
        }
    }

    fn failed(error: &smtp::Error) -> Self {
        match error.status() {
            Some(code) if refuses_the_mailbox(code) => {
                Self::of(Tried::Refused, &format!("the mail server answered {code}"))
            }
            Some(code) => Self::of(Tried::InVain, &format!("the mail server answered {code}")),
            None => Self {
                is_away: true,
                ..Self::of(Tried::InVain, "the mail server was not reached")
            },
        }
    }
}

/// Whether an answer is about the mailbox of the receiver, and not about the mail server or whoever
/// logs in to it: 550, 551 and 553 of RFC 5321, and 556 of RFC 7504.
fn refuses_the_mailbox(code: Code) -> bool {
    let about_mail = code.severity == Severity::PermanentNegativeCompletion
        && code.category == Category::MailSystem;
    about_mail
        && matches!(
            code.detail,
            Detail::Zero | Detail::One | Detail::Three | Detail::Six
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_about_the_mailbox_refuses_it() {
        let code =
            |category, detail| Code::new(Severity::PermanentNegativeCompletion, category, detail);
        assert!(refuses_the_mailbox(code(
            Category::MailSystem,
            Detail::Zero
        )));
        assert!(!refuses_the_mailbox(code(
            Category::MailSystem,
            Detail::Four
        )));
        // 535: the password is wrong.
        assert!(!refuses_the_mailbox(code(
            Category::Unspecified3,
            Detail::Five
        )));
        let busy = Code::new(
            Severity::TransientNegativeCompletion,
            Category::MailSystem,
            Detail::Zero,
        );
        assert!(!refuses_the_mailbox(busy));
    }

    #[test]
    fn a_sender_must_be_an_address() {
        let server = |from: &str| Server {
            host: "127.0.0.1".to_owned(),
            port: None,
            security: Security::None,
            login: None,
            from: from.to_owned(),
        };
        let mailer = Mailer::new(server("monitor@example.nl"), "http://x.nl/").unwrap();
        assert_eq!(
            (mailer.service(), mailer.domain()),
            ("http://x.nl", "example.nl")
        );
        assert!(matches!(
            Mailer::new(server("monitor"), "http://x.nl"),
            Err(MailerError::From(_))
        ));
    }
}
