//! `stm notify`, and the sender that runs beside the service: digests of open tasks, by mail.

use std::{fs, io, path::Path, process::ExitCode};

use compliance::{
    notices::{self, Login, Mailer, MailerError, Server, Turns},
    release,
};
use secrecy::ExposeSecret as _;
use tokio::task::JoinHandle;

use super::{CliError, print, serve::must_be_migrated};
use crate::config::{Config, MailSettings};
use database::{Database, roles};
use domain::clock::Clock;

/// Why no mail can be sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum MailError {
    #[error("the password in the file of STM_SMTP_PASSWORD_FILE cannot be read")]
    Password(#[source] io::Error),
    #[error("the settings of mail (STM_SMTP_…) cannot be used")]
    Mailer(#[from] MailerError),
}

/// Takes one turn of the sender: makes what is due and tries to deliver what waits.
pub(super) async fn run(config: &Config) -> Result<ExitCode, CliError> {
    // Both are required of this task.
    let (Some(url), Some(mail)) = (&config.database_url, &config.mail) else {
        return Err(CliError::Usage(
            "stm notify needs DATABASE_URL and STM_SMTP_HOST",
        ));
    };
    let mailer = mailer(mail, &config.public_url(&config.listen.to_string()))?;
    let pool = u32::from(config.pool);
    let db = Database::connect(url.expose_secret(), pool, Clock::system())
        .await?
        .releasing(release::run_due_releases);
    roles::check_login(db.pool()).await??;
    must_be_migrated(db.pool()).await?;
    let turn = notices::run_turn(&db, &mailer).await?;
    print(&format!(
        "{} digests made, {} delivered, {} refused, {} to be tried again\n",
        turn.made, turn.delivered, turn.refused, turn.in_vain
    ))?;
    Ok(if turn.in_vain == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Begins to send beside the service, where a mail server is set; `url` is the address to which
/// digests link.
pub(super) fn begin(
    (config, url): (&Config, &str),
    db: Database,
    turns: Turns,
) -> Result<Option<JoinHandle<()>>, CliError> {
    let Some(mail) = &config.mail else {
        return Ok(None);
    };
    let mailer = mailer(mail, url)?;
    let sending = notices::keep_sending(db, mailer, turns);
    Ok(Some(actix_web::rt::spawn(sending)))
}

fn mailer(mail: &MailSettings, url: &str) -> Result<Mailer, MailError> {
    let login = match &mail.login {
        Some((user, file)) => Some(Login {
            user: user.clone(),
            password: password(file)?,
        }),
        None => None,
    };
    let server = Server {
        host: mail.host.clone(),
        port: mail.port,
        security: mail.security,
        login,
        from: mail.from.clone(),
    };
    Ok(Mailer::new(server, url)?)
}

/// The password of a file, without the end of its line.
fn password(file: &Path) -> Result<String, MailError> {
    let text = fs::read_to_string(file).map_err(MailError::Password)?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        let empty = io::Error::new(io::ErrorKind::InvalidData, "the file is empty");
        return Err(MailError::Password(empty));
    }
    Ok(password.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_password_is_the_first_line_of_its_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(password(file.path()), Err(MailError::Password(_))));
        file.write_all(b" hush \n").unwrap();
        assert_eq!(password(file.path()).unwrap(), " hush ");
        let gone = Path::new("/nowhere/password");
        assert!(matches!(password(gone), Err(MailError::Password(_))));
    }
}
