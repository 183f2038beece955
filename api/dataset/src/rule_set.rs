//! A rule set takes the place of another: every edition that names the earlier one is corrected,
//! and a note goes beside each publication whose figures the new rules tell otherwise. Not a byte
//! of a publication changes, and what was judged is judged anew by the [`ledger::judge`].

use chrono::NaiveDate;
use entity::{framework_edition, publication_note};
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, Value};

use database::{DbError, document};
use domain::verdict::{
    grounds::Grounds,
    rules::{ADOPTED_POLICY, Basis, RULE_SET, SUPERSEDED_RULE_SET},
    superseded::{Otherwise, judged_otherwise},
};
use ledger::{EntryDraft, Part, Writer, fact, fact_again};

/// Corrects every edition that names the earlier rule set, whoever brought it in.
pub(super) async fn replace(writer: &mut Writer) -> Result<(), DbError> {
    let editions = framework_edition::Entity::find()
        .filter(framework_edition::Column::RuleSet.eq(SUPERSEDED_RULE_SET))
        .all(writer.session())
        .await
        .map_err(DbError::doing("reading editions of an earlier rule set"))?;
    let rows: Vec<_> = editions
        .iter()
        .map(|before| {
            let code = before.code.clone();
            let operation = "frameworkEdition.rulesReplaced";
            let head = writer.open_entry(EntryDraft::public(operation, "FrameworkEdition", code));
            fact_again!(framework_edition, head, before, { rule_set: RULE_SET.to_owned() })
        })
        .collect();
    writer.append("replacing a rule set", rows).await
}

/// A publication of verdicts by the earlier rule set, beside which nothing is noted yet.
#[derive(FromQueryResult)]
struct Published {
    key: String,
    about: String,
    reference_date: NaiveDate,
    number: i64,
    part: String,
    is_released: bool,
    /// Whether it tells a count of the answers to BB-01.
    tells_policy: bool,
    /// Whether it tells a verdict, or a count of verdicts.
    tells_status: bool,
}

#[derive(FromQueryResult)]
struct Counted {
    grounds: serde_json::Value,
    declares_none: bool,
}

/// Notes beside each publication whose figures the new rules tell otherwise that they do; gives the
/// keys. A note is dated today and is as public as its publication.
pub(super) async fn note_publications(writer: &mut Writer) -> Result<Vec<String>, DbError> {
    let published: Vec<Published> = writer
        .session()
        .rows(
            "reading publications of an earlier rule set",
            "select p.key, p.about, p.reference_date, l.part,
                p.released_at is not null as is_released,
                (p.manifest ->> 'ledger_number')::bigint as number,
                jsonb_path_exists(c.lines, '$[*] ? (@.part == \"CRITERION\" && @.key == $policy
                    && (!exists(@.withheld) || @.withheld == null))',
                    jsonb_build_object('policy', $2::text)) as tells_policy,
                jsonb_path_exists(c.lines, '$[*] ? (@.part != \"CRITERION\"
                    && (!exists(@.withheld) || @.withheld == null))') as tells_status
             from known.publication p
             join ledger l on l.number = p.ledger_no
             join known.publication_content c on c.publication = p.key
             where $1 = any (string_to_array(p.manifest ->> 'rule_set', ', '))
               and not exists (select from known.publication_note n where n.publication = p.key)
             order by p.key",
            [
                Value::from(SUPERSEDED_RULE_SET),
                Value::from(ADOPTED_POLICY),
            ],
        )
        .await?;
    let today = writer.session().today();
    let (mut noted, mut rows) = (Vec::new(), Vec::new());
    for one in published {
        let otherwise = differences(writer, &one).await?;
        let is_otherwise = Otherwise {
            policy: otherwise.policy && one.tells_policy,
            status: otherwise.status && one.tells_status,
        };
        if is_otherwise == Otherwise::default() {
            continue;
        }
        let part = if one.is_released {
            Part::Public
        } else {
            Part::of_code(&one.part)
        };
        let head = writer.open_entry(EntryDraft {
            part,
            ..EntryDraft::public("publication.noted", "Publication", one.key.clone())
        });
        rows.push(fact!(publication_note, head, {
            withdrawn: false,
            valid_from: Some(today),
            publication: one.key.clone(),
            rule_set: SUPERSEDED_RULE_SET.to_owned(),
            replaced_by: RULE_SET.to_owned(),
        }));
        noted.push(one.key);
    }
    writer.append("noting beside publications", rows).await?;
    Ok(noted)
}

/// What the new rules tell otherwise of any verdict that a publication counted, as it was known
/// then.
async fn differences(writer: &Writer, published: &Published) -> Result<Otherwise, DbError> {
    let counted: Vec<Counted> = writer
        .session()
        .rows(
            "reading the verdicts of a publication",
            "select distinct on (s.municipality) s.grounds, coalesce((
                select d.state = 'NONE_DECLARED' and (d.valid_to is null or d.valid_to > $4)
                from known.policy_declaration d
                where d.municipality = s.municipality and d.valid_from <= $4
                order by d.valid_from desc limit 1), false) as declares_none
             from known.verdict_span s
             where s.period = $1 and s.basis = $2 and s.ledger_no <= $3 and s.valid_from <= $4
             order by s.municipality, s.ledger_no desc, s.valid_from desc",
            [
                Value::from(published.about.clone()),
                Value::from(Basis::Confirmed.code()),
                Value::from(published.number),
                Value::from(published.reference_date),
            ],
        )
        .await?;
    let mut all = Otherwise::default();
    for one in counted {
        let grounds: Grounds = document::read(one.grounds)?;
        let otherwise = judged_otherwise(&grounds, one.declares_none);
        all.policy |= otherwise.policy;
        all.status |= otherwise.status;
    }
    Ok(all)
}
