//! `remarkOnCriterion`: a municipality or a region remarks on a criterion of an edition that is laid
//! open, or replaces its remark.

use async_graphql::InputObject;

use super::{
    open::unknown_edition,
    repo::{self, NewRemark},
    schema::CriterionRemark,
};
use crate::framework::{
    errors::{FrameworkEditionError, FrameworkEditionErrorCode as Code},
    repo::{criteria, find_edition},
};
use domain::{
    framework::key::code_in,
    mistake::{Mistake, text_mistakes},
    policy::{self, Denied, Mandate, MayRemark, Remarker, Rule},
    territory::{AreaCode, MunicipalityCode},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// Characters of a remark.
const LONGEST_REMARK: usize = 4000;

/// A remark on a criterion of an edition that is laid open; it takes the place of the one before.
/// Name either your municipality or your area. NL: opmerking bij een criterium.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RemarkOnCriterionInput {
    /// The code of the edition, as in `VOORSTEL-2`. NL: editie.
    edition: String,
    /// The criterion, by its code within the edition, as in `SV-03`, or its key, as in
    /// `VOORSTEL-2/SV-03`. NL: criterium.
    criterion: String,
    /// The CBS code of your municipality; left out by a region. NL: gemeentecode.
    municipality: Option<String>,
    /// The code of your area; left out by a municipality. NL: gebiedscode.
    area: Option<String>,
    /// The remark, in Dutch, 1 to 4,000 characters and without personal data. NL: opmerking.
    text: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a remark. NL: resultaat.
    RemarkOnCriterionPayload {
        /// The remark; null when it was not kept. NL: opmerking.
        remark: CriterionRemark,
        /// What to repair; empty when it was kept. NL: fouten.
        errors: FrameworkEditionError,
    }
}

impl RemarkOnCriterionInput {
    /// For whom somebody remarks; refused when it names nobody, or both.
    fn permit(&self, mandate: &Mandate) -> Result<MayRemark, Denied> {
        let municipality = self.municipality.as_deref();
        let municipality = municipality.and_then(MunicipalityCode::parse);
        let area = self.area.as_deref().and_then(AreaCode::parse);
        let by = match (municipality, area) {
            (Some(code), None) if self.area.is_none() => Remarker::Municipality(code),
            (None, Some(area)) if self.municipality.is_none() => Remarker::Area(area),
            (Some(_) | None, Some(_) | None) => return Err(Denied(Rule::Remark)),
        };
        policy::may_remark(mandate, by)
    }
}

/// Keeps a remark; gives its key.
pub(in crate::framework) async fn remark(
    request: &RequestContext,
    input: &RemarkOnCriterionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("remarkOnCriterion", &input.idempotency_key, input);
    let may = |mandate: &Mandate| input.permit(mandate);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let Some(edition) = find_edition(session, &input.edition).await? else {
        return Err(Stopped::Wrong(vec![unknown_edition()]));
    };
    let mut mistakes = Vec::new();
    let consultation = repo::find(session, &edition.code).await?;
    let is_open = consultation.is_some_and(|row| row.last_day >= session.today());
    if !is_open || edition.state != "PROPOSED" {
        mistakes.push(Mistake::at(
            Code::NotOpenForComment,
            &["edition"],
            "Deze editie ligt niet ter consultatie.",
            "This edition is not laid open for comment.",
        ));
    }
    let code = code_in(&edition.code, &input.criterion);
    let criteria = criteria(session, &edition.code).await?;
    mistakes.extend(Mistake::unknown(
        Code::UnknownCriterion,
        &["criterion"],
        ("criterium", "criterion"),
        code,
        criteria.iter().map(|row| row.code.as_str()),
    ));
    mistakes.extend(text_mistakes(
        &["text"],
        Some(&input.text),
        LONGEST_REMARK,
        Code::TextLength,
    ));
    stop_at(mistakes)?;
    let mut new = NewRemark {
        edition: &edition.code,
        criterion: code,
        text: &input.text,
        before: None,
    };
    let key = new.key(change.permit.code());
    let before = repo::own(session, &change.permit, &key).await?;
    new.before = before.map(|row| row.id);
    repo::append_remark(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, key).await?)
}
