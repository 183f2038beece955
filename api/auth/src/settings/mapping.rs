//! Where tokens of an issuer say who somebody is: its claims, and whose numbers stand in them.

use super::{
    super::{
        claims::{Mapping, OrganisationClaim, RoleClaim},
        fields::Fields,
        organisations::{NumberKind, Organisation, Organisations, Row},
    },
    ROLES, belongs, example, role_named,
};
use domain::actor::RoleKind;

/// The claims that say who somebody is, and the rows of their numbers.
pub(super) fn mapping(fields: &mut Fields<'_>) -> Mapping {
    let mut mapping = Mapping::default();
    if let Some(table) = fields.table("claims") {
        let mut claims = Fields::new(fields.place, "claims.", table, fields.mistakes);
        claims.known(&["role", "municipality", "area", "partner", "oin", "kvk"]);
        read_role(&mut claims, &mut mapping.role);
        let organisations: [(&str, RoleKind, &mut OrganisationClaim); 3] = [
            (
                "municipality",
                RoleKind::Municipality,
                &mut mapping.municipality,
            ),
            ("area", RoleKind::Region, &mut mapping.area),
            ("partner", RoleKind::Partner, &mut mapping.partner),
        ];
        for (name, role, claim) in organisations {
            let Some((paths, values)) = claims.claim(name) else {
                continue;
            };
            for (value, code) in &values {
                if !Organisation::parse(code).is_some_and(|found| belongs(role, &found)) {
                    claims.wrong(
                        &format!("{name}.values"),
                        format!("makes {value:?} {code:?}: {}", example(role)),
                    );
                }
            }
            *claim = OrganisationClaim { paths, values };
        }
        for (name, kind) in [("oin", NumberKind::Oin), ("kvk", NumberKind::Kvk)] {
            if let Some((paths, values)) = claims.claim(name) {
                if !values.is_empty() {
                    claims.wrong(
                        name,
                        "takes no values: the tables [[issuer.organisation]] say whose number it \
                         is",
                    );
                }
                mapping.numbers.push((kind, paths));
            }
        }
    }
    let shown = fields.mistakes.len();
    mapping.organisations = organisations(fields);
    // A wrong row is not there; that nobody uses it would be a second mistake for one.
    if fields.mistakes.len() == shown {
        numbers_have_rows(fields, &mapping);
    }
    mapping
}

fn read_role(claims: &mut Fields<'_>, role: &mut RoleClaim) {
    let Some((paths, values)) = claims.claim("role") else {
        return;
    };
    role.paths = paths;
    if !values.is_empty() {
        role.values.clear();
    }
    for (value, code) in values {
        match role_named(&code) {
            Some(named) => {
                role.values.insert(value, named);
            }
            None => claims.wrong(
                "role.values",
                format!("makes {value:?} {code:?}: it must be {ROLES}"),
            ),
        }
    }
}

/// A number in tokens needs rows that say whose it is, and rows need a place in tokens.
fn numbers_have_rows(fields: &mut Fields<'_>, mapping: &Mapping) {
    for kind in [NumberKind::Oin, NumberKind::Kvk] {
        let code = kind.code();
        let claim = format!("claims.{}", code.to_ascii_lowercase());
        let has_rows = mapping.organisations.0.iter().any(|row| row.kind == kind);
        let has_claim = mapping.numbers.iter().any(|(own, _)| *own == kind);
        if has_claim && !has_rows {
            fields.wrong(
                &claim,
                format!("needs tables [[issuer.organisation]] with kind = \"{code}\""),
            );
        }
        if has_rows && !has_claim {
            fields.wrong(
                "organisation",
                format!(
                    "lists numbers of kind {code}, but {claim} does not say where tokens have them"
                ),
            );
        }
    }
}

fn organisations(fields: &mut Fields<'_>) -> Organisations {
    let Some(tables) = fields.value("organisation") else {
        return Organisations::default();
    };
    let list = tables.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        fields.wrong("organisation", "must be tables [[issuer.organisation]]");
    }
    let mut rows: Vec<Row> = Vec::new();
    for (at, table) in list.iter().enumerate() {
        let prefix = format!("organisation {}, ", at + 1);
        let Some(table) = table.as_object() else {
            fields.wrong("organisation", "must be tables [[issuer.organisation]]");
            continue;
        };
        let mut own = Fields::new(fields.place, &prefix, table, fields.mistakes);
        let Some(row) = row(&mut own) else {
            continue;
        };
        let all_municipalities = |row: &Row| {
            row.organisations
                .iter()
                .all(|organisation| belongs(RoleKind::Municipality, organisation))
        };
        let clashes = rows.iter().any(|other| {
            other.overlaps(&row) && !(all_municipalities(other) && all_municipalities(&row))
        });
        if clashes || (row.organisations.len() > 1 && !all_municipalities(&row)) {
            own.wrong(
                "number",
                "stands for several organisations on one day; only municipalities can share one",
            );
        }
        rows.push(row);
    }
    Organisations(rows)
}

fn row(fields: &mut Fields<'_>) -> Option<Row> {
    fields.known(&["number", "kind", "organisation", "from", "until"]);
    let kind = fields.required("kind").and_then(|code| {
        let kind = NumberKind::parse(code);
        if kind.is_none() {
            fields.wrong("kind", format!("is {code:?}: it must be OIN or KVK"));
        }
        kind
    });
    let number = fields.required("number").and_then(|number| match kind {
        Some(kind) if !kind.fits(number) => {
            fields.wrong(
                "number",
                format!(
                    "is {number:?}: this kind has {} digits, in quotes",
                    kind.digits()
                ),
            );
            None
        }
        Some(_) | None => Some(number.to_owned()),
    });
    if !fields.has("organisation") {
        fields.wrong(
            "organisation",
            "is missing: GM0402, VR14, comensha, VNG or MINISTRY, or a list of municipalities",
        );
    }
    let mut organisations = Vec::new();
    for code in fields.texts("organisation").unwrap_or_default() {
        match Organisation::parse(&code) {
            Some(organisation) => organisations.push(organisation),
            None => fields.wrong(
                "organisation",
                format!("has {code:?}, which is no GM0402, VR14, comensha, VNG or MINISTRY"),
            ),
        }
    }
    if !fields.has("from") {
        fields.wrong("from", "is missing: the first day, like 2026-01-01");
    }
    let from = fields.day("from");
    let until = fields.day("until");
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        fields.wrong(
            "until",
            "is not after from; it is the first day on which the row no longer holds",
        );
    }
    Some(Row {
        kind: kind?,
        number: number?,
        organisations,
        from: from?,
        until,
    })
}
