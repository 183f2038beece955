//! Whether a version says what the one before it says.

use super::{append, history::History, submitted, target::Target, work::ToKeep};
use database::{DbError, Session};
use domain::policy;
use graphql::warning::{Warning, WarningCode};

/// The warning that answers are those of the latest version, if they are. The hash of a version in
/// which words were blanked is not read, so nobody finds them by submitting guesses.
pub(super) async fn same_as_before(
    session: &Session,
    target: &Target,
    history: &History,
    answers: &[ToKeep],
) -> Result<Option<Warning>, DbError> {
    let edition = &target.period.edition.code;
    let Some(latest) = history.latest().filter(|latest| latest.edition == *edition) else {
        return Ok(None);
    };
    let scope = policy::submissions(session.mandate());
    let hashes = submitted::hashes(session, &scope, (target.code(), target.key())).await?;
    let number = latest.number;
    if hashes.get(&number) != Some(&append::content_hash(answers)) {
        return Ok(None);
    }
    Ok(Some(Warning::at(
        WarningCode::NothingDiffers,
        &["period"],
        format!(
            "Deze versie is gelijk aan versie {number}: geen antwoord, toelichting of bewijs \
             verschilt."
        ),
        format!(
            "This version is the same as version {number}: no answer, explanation or piece of \
             evidence differs."
        ),
    )))
}
