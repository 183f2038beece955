//! `registerPartner`.

use async_graphql::InputObject;
use domain::{
    actor::PartnerKey,
    mistake::{Mistake, VersionCodes, existing_or_outdated, text_mistakes},
    partners::{
        codes::PartnerKind,
        rules::{self, Named},
    },
    policy::{self, MayManagePlan},
};
use entity::{area, municipality, partner};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{PartnerError, PartnerErrorCode},
    partner::{Partner, named},
    repo::{self, NewPartner},
};
use crate::sources::input::{SourceInput, source_mistakes};

/// Characters of a name or an alias at most.
const LONGEST_NAME: usize = 200;
/// Aliases of a partner at most.
const MOST_ALIASES: usize = 50;

/// A partner as it is known from now on: an optional member that is left out stays as it is, and
/// null clears it. NL: te registreren partner.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterPartnerInput {
    /// The key, as in `comensha`: lower-case letters, digits and hyphens, at most 64. NL: sleutel.
    key: String,
    /// The name in Dutch, at most 200 characters. NL: naam.
    name: String,
    /// The name in English, or the same. NL: naam in het Engels.
    name_en: String,
    /// The kind. NL: soort.
    kind: Coded<PartnerKind>,
    /// All other names and spellings, at most 50; whoever asks for one of them, in any case and
    /// with any signs, means this partner and no other. NL: andere namen.
    aliases: Member<Vec<String>>,
    /// The code of the municipality that the partner is; for a partner of kind MUNICIPALITY and no
    /// other. NL: gemeente.
    municipality: Member<String>,
    /// The code of the area that it works in, as in `VR14`; null when it is none in particular. NL:
    /// gebied.
    area: Member<String>,
    /// The https address. NL: website.
    website: Member<String>,
    /// The document that tells of the partner. NL: bron.
    source: SourceInput,
    /// The `ledger` of the partner that you saw last; null or left out when you saw none, for a
    /// new one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a partner. NL: resultaat.
    RegisterPartnerPayload {
        /// The partner; null when it was not registered. NL: partner.
        partner: Partner,
        /// What to repair; empty when it was registered. NL: fouten.
        errors: PartnerError,
    }
}

type Code = PartnerErrorCode;

impl RegisterPartnerInput {
    /// The input with what it leaves out as the partner has it. A municipality is only of a partner
    /// of that kind, so it does not outlive a change of kind.
    fn beside(&self, before: Option<&partner::Model>) -> Self {
        let mut input = self.clone();
        if let Some(row) = before {
            input.aliases.keep(Some(row.aliases.clone()));
            let is_municipality = self.kind.0 == PartnerKind::Municipality;
            let municipality = row.municipality.clone().filter(|_| is_municipality);
            input.municipality.keep(municipality);
            input.area.keep(row.area.clone());
            input.website.keep(row.website.clone());
        }
        input
    }

    fn aliases(&self) -> &[String] {
        self.aliases.value().map_or(&[], Vec::as_slice)
    }
}

/// Registers a partner; gives its key.
pub(super) async fn register(
    request: &RequestContext,
    input: &RegisterPartnerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("registerPartner", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let partners = change.known::<partner::Entity>().await?;
    let before = partners.iter().find(|row| row.key == input.key).cloned();
    let input = &input.beside(before.as_ref());
    let mut mistakes = form_mistakes(input);
    mistakes.extend(name_mistakes(input, partners));
    let version = before.as_ref().map_or(0, |row| row.ledger_no);
    let codes = VersionCodes::new(Code::AlreadyExists, Code::Conflict);
    mistakes.extend(existing_or_outdated(
        &["key"],
        input.expected_version,
        version,
        codes,
    ));
    mistakes.extend(place_mistakes(&change, input).await?);
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let new = NewPartner {
        key: input.key.clone(),
        name: input.name.trim().to_owned(),
        name_en: input.name_en.trim().to_owned(),
        kind: input.kind.code(),
        aliases: input
            .aliases()
            .iter()
            .map(|alias| alias.trim().to_owned())
            .collect(),
        municipality: input.municipality.value().cloned(),
        area: input.area.value().cloned(),
        website: input.website.value().cloned(),
        source: input.source.pair(),
    };
    repo::append_partner(&mut change.writer, &change.permit, new, before.as_ref()).await?;
    Ok(change.seal(request, &input.key).await?)
}

/// The municipality and the area that do not exist.
async fn place_mistakes(
    change: &Change<MayManagePlan>,
    input: &RegisterPartnerInput,
) -> Result<Vec<Mistake<Code>>, Stopped<Code>> {
    let mut mistakes = Vec::new();
    if let Some(code) = input.municipality.value() {
        let rows = change.known::<municipality::Entity>().await?;
        let codes = rows.iter().map(|row| row.code.as_str());
        let (at, what) = (["municipality"], ("gemeente", "municipality"));
        let unknown = Mistake::unknown(Code::UnknownMunicipality, &at, what, code, codes);
        mistakes.extend(unknown);
    }
    if let Some(code) = input.area.value() {
        let rows = change.known::<area::Entity>().await?;
        let codes = rows.iter().map(|row| row.code.as_str());
        let (at, what) = (["area"], ("gebied", "area"));
        mistakes.extend(Mistake::unknown(Code::UnknownArea, &at, what, code, codes));
    }
    Ok(mistakes)
}

/// What is wrong with the input itself.
fn form_mistakes(input: &RegisterPartnerInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if PartnerKey::parse(&input.key).is_none() {
        mistakes.push(Mistake::at(
            Code::InvalidKey,
            &["key"],
            "Een sleutel heeft 1 tot 64 kleine letters, cijfers en koppeltekens.",
            "A key has 1 to 64 lower-case letters, digits and hyphens.",
        ));
    }
    for (field, name) in [("name", &input.name), ("nameEn", &input.name_en)] {
        mistakes.extend(text_mistakes(
            &[field],
            Some(name),
            LONGEST_NAME,
            Code::TextLength,
        ));
    }
    mistakes.extend(alias_mistakes(input));
    if (input.kind.0 == PartnerKind::Municipality) != input.municipality.value().is_some() {
        mistakes.push(Mistake::at(
            Code::MunicipalityAndKind,
            &["municipality"],
            "Een partner van de soort gemeente noemt haar gemeente, een andere partner niet.",
            "A partner of kind MUNICIPALITY names its municipality, and no other partner does.",
        ));
    }
    let website = input.website.text();
    if website.is_some_and(|address| !is_https(address)) {
        mistakes.push(Mistake::at(
            Code::InvalidWebsite,
            &["website"],
            "Geef een https-adres van ten hoogste 200 tekens.",
            "Give an https address of at most 200 characters.",
        ));
    }
    mistakes
}

/// Whether a text is an https address that fits.
fn is_https(address: &str) -> bool {
    let host = address.strip_prefix("https://").unwrap_or_default();
    host.contains('.') && address.len() <= LONGEST_NAME && !address.contains(char::is_whitespace)
}

/// What is wrong with the other names, each for itself and beside the others.
fn alias_mistakes(input: &RegisterPartnerInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if input.aliases().len() > MOST_ALIASES {
        mistakes.push(Mistake::at(
            Code::TooManyAliases,
            &["aliases"],
            format!("Geef ten hoogste {MOST_ALIASES} andere namen."),
            format!("Give at most {MOST_ALIASES} aliases."),
        ));
    }
    for (i, alias) in input.aliases().iter().enumerate() {
        let at = ["aliases", &i.to_string()];
        mistakes.extend(text_mistakes(
            &at,
            Some(alias),
            LONGEST_NAME,
            Code::TextLength,
        ));
        let mut earlier = input.aliases()[..i].iter().chain([&input.name]);
        if earlier.any(|name| name.trim() == alias.trim()) {
            mistakes.push(Mistake::at(
                Code::AliasRepeated,
                &at,
                format!("{alias:?} staat er al."),
                format!("{alias:?} stands there already."),
            ));
        }
    }
    mistakes
}

/// The names that another partner has.
fn name_mistakes(input: &RegisterPartnerInput, partners: &[partner::Model]) -> Vec<Mistake<Code>> {
    let others: Vec<Named<'_>> = partners
        .iter()
        .filter(|row| row.key != input.key)
        .map(named)
        .collect();
    let mut mistakes = Vec::new();
    let mut check = |field: &[&str], name: &str| {
        if let Some(other) = rules::called_so(name, &others) {
            mistakes.push(Mistake::at(
                Code::NameTaken,
                field,
                format!("{name:?} is een naam van partner {other}."),
                format!("{name:?} is a name of partner {other}."),
            ));
        }
    };
    check(&["key"], &input.key);
    check(&["name"], &input.name);
    check(&["nameEn"], &input.name_en);
    for (i, alias) in input.aliases().iter().enumerate() {
        check(&["aliases", &i.to_string()], alias);
    }
    mistakes
}
