//! `declareFunctionVacancy`, `withdrawFunctionVacancy`: nobody fills a function somewhere, and
//! whoever it is of says so, or takes back what was never so.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    guidance::codes::FunctionCode,
    mistake::{Mistake, key_mistake, text_mistakes, version_mistake},
    policy::{self, Place, Rule},
};
use entity::function_vacancy;
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::{self, Coded},
    context::RequestContext,
    date::Date,
    id::{self, NodeKind},
    known::known,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{FunctionError, FunctionErrorCode},
    repo::{self, NewVacancy},
};
use crate::{
    plan::schema::words,
    sources::{
        input::{SourceInput, source_mistakes},
        schema::Source,
    },
    territory::{
        input::PlaceInput,
        schema::{Area, Municipality, find_area_node, find_municipality},
    },
};

/// Characters of the words of the declaration at most.
const LONGEST_TEXT: usize = 1000;

/// That nobody fills a function for a municipality or an area. NL: witte vlek.
#[derive(Debug, Clone)]
pub struct FunctionVacancy {
    row: function_vacancy::Model,
}

impl From<&function_vacancy::Model> for FunctionVacancy {
    fn from(row: &function_vacancy::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// That nobody fills a function for a municipality or an area, as it was declared. NL: witte vlek.
#[Object]
impl FunctionVacancy {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::FunctionVacancy, &self.row.key).await
    }

    /// The key, as in `chain-coordinator-vacant-vr17`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The function. NL: functie.
    async fn role(&self) -> Result<Coded<FunctionCode>> {
        coded::of_row(&self.row.role).map(Coded)
    }

    /// The area; null when it is of a municipality. NL: gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, self.row.area.as_deref().unwrap_or_default()).await
    }

    /// The municipality; null when it is of an area. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, self.row.municipality.as_deref().unwrap_or_default()).await
    }

    /// The first day on which it holds. NL: vanaf.
    async fn from(&self) -> Option<Date> {
        self.row.valid_from.map(Date)
    }

    /// The first day on which it no longer holds; null while it does. NL: tot.
    async fn until(&self) -> Option<Date> {
        self.row.valid_to.map(Date)
    }

    /// The words of the declaration, in Dutch; null once they were blanked by law. NL: tekst.
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        words(ctx, self.row.text_nl.as_deref(), self.row.words_text).await
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A vacancy by its key.
pub async fn find_vacancy(ctx: &Context<'_>, key: &str) -> Result<Option<FunctionVacancy>> {
    let rows = known::<function_vacancy::Entity>(ctx).await?;
    let row = rows.iter().find(|row| row.key == key);
    Ok(row.map(Into::into))
}

/// That nobody fills a function. NL: te melden witte vlek.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct DeclareFunctionVacancyInput {
    /// The key of the vacancy, as in `chain-coordinator-vacant-vr17`. NL: sleutel.
    key: String,
    /// The function. NL: functie.
    role: Coded<FunctionCode>,
    /// For whom nobody fills it: a municipality, or an area and all its members. NL: voor wie.
    place: PlaceInput,
    /// The first day on which it holds. From 1950-01-01 to 2099-12-31. NL: vanaf.
    from: Date,
    /// The first day on which it no longer holds; left out, that of the vacancy stays, and null
    /// says that it goes on. From 1950-01-01 to 2099-12-31. NL: tot.
    until: Member<Date>,
    /// What is declared, in Dutch, at most 1,000 characters. NL: tekst.
    text: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the vacancy that you saw last, to change or to end it; null or left out
    /// when you saw none, for a new one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a vacancy. NL: resultaat.
    DeclareFunctionVacancyPayload {
        /// The vacancy; null when it was not declared. NL: witte vlek.
        vacancy: FunctionVacancy,
        /// What to repair; empty when it was declared. NL: fouten.
        errors: FunctionError,
    }
}

type Code = FunctionErrorCode;

/// Declares a vacancy; gives its key.
pub(super) async fn declare(
    request: &RequestContext,
    input: &DeclareFunctionVacancyInput,
) -> Result<String, Stopped<Code>> {
    let Some(place) = input.place.parse() else {
        return Err(Stopped::Wrong(vec![
            input.place.unknown(Code::UnknownPlace),
        ]));
    };
    let call = Call::of("declareFunctionVacancy", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_assign_function(mandate, &place);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let before = repo::find_vacancy(session, &input.key).await?;
    if let Some(before) = &before {
        let of = Place::of_row(before.municipality.as_deref(), before.area.as_deref());
        policy::may_replace(session.mandate(), Rule::AssignFunction, of.as_ref())?;
    }
    let mut mistakes = Vec::new();
    mistakes.extend(key_mistake("key", &input.key, Code::InvalidKey));
    let text = Some(input.text.as_str());
    mistakes.extend(text_mistakes(
        &["text"],
        text,
        LONGEST_TEXT,
        Code::TextLength,
    ));
    let until = before.as_ref().and_then(|before| before.valid_to);
    let until = input.until.days().or_kept(until);
    if until.is_some_and(|until| until <= input.from.0) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["until"],
            "De einddag moet na de eerste dag liggen.",
            "The end must be after the first day.",
        ));
    }
    mistakes.extend(
        input
            .place
            .mistakes(session, &place, input.from.0, Code::UnknownPlace)
            .await?,
    );
    mistakes.extend(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?);
    let version = before.as_ref().map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let new = NewVacancy {
        key: input.key.clone(),
        role: input.role.code(),
        from: input.from.0,
        until,
        text: input.text.clone(),
        source: input.source.pair(),
        corrects: before.map(|before| before.id),
    };
    repo::append_vacancy(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, &input.key).await?)
}

/// A vacancy that never was one. One that was filled ends: see `declareFunctionVacancy`. NL: in te
/// trekken witte vlek.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawFunctionVacancyInput {
    /// The key of the vacancy, as in `chain-coordinator-vacant-vr17`. NL: sleutel.
    key: String,
    /// For whom it was declared. NL: voor wie.
    place: PlaceInput,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the vacancy that you saw last; null or left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of withdrawing a vacancy. NL: resultaat.
    WithdrawFunctionVacancyPayload {
        /// The key of the vacancy; null when it was not withdrawn. NL: ingetrokken witte vlek.
        withdrawn: String,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: FunctionError,
    }
}

/// Takes a vacancy back; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawFunctionVacancyInput,
) -> Result<String, Stopped<Code>> {
    let Some(place) = input.place.parse() else {
        return Err(Stopped::Wrong(vec![
            input.place.unknown(Code::UnknownPlace),
        ]));
    };
    let call = Call::of("withdrawFunctionVacancy", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_assign_function(mandate, &place);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let found = repo::find_vacancy(session, &input.key).await?;
    let of_place = found.filter(|row| {
        Place::of_row(row.municipality.as_deref(), row.area.as_deref()).as_ref() == Some(&place)
    });
    let mut mistakes = source_mistakes(session, Some(&input.source), Code::UnknownSource).await?;
    let Some(vacancy) = of_place else {
        let (nl, en) = (
            "Voor deze gemeente of dit gebied is geen witte vlek met deze sleutel gemeld.",
            "No vacancy of this key was declared for this municipality or area.",
        );
        mistakes.push(Mistake::at(Code::UnknownVacancy, &["key"], nl, en));
        return Err(Stopped::Wrong(mistakes));
    };
    if input.expected_version.is_some() {
        let (seen, last) = (input.expected_version, Some(vacancy.ledger_no));
        mistakes.extend(version_mistake(seen, last, Code::Conflict));
    }
    stop_at(mistakes)?;
    let source = input.source.pair();
    repo::append_withdrawal(&mut change.writer, &change.permit, &vacancy, source).await?;
    Ok(change.seal(request, &input.key).await?)
}
