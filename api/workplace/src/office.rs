//! Which page of VNG and the ministry alone stands at an address.

use serde_json::{Map, Value};

use crate::{
    Page, correction, edition, edition_book, editions, filling, fillings, publication,
    regional_review, regional_reviews, round_sheet, rounds, table,
};

/// The page at the parts of an address behind the first; none where there is none.
pub(crate) fn find(parts: &[&str]) -> Option<Page> {
    let page = match parts {
        ["edities"] => editions::page(),
        ["edities", "werkboek"] => edition_book::page(),
        ["edities", edition] => of(edition::page(), &[("edition", *edition)]),
        ["namens"] => fillings::page(),
        ["namens", period, municipality] => of(
            filling::page(),
            &[("municipality", *municipality), ("period", *period)],
        ),
        ["perioden", period, "tabel"] => of(table::page(), &[("period", *period)]),
        ["publicaties", key] => of(publication::page(), &[("key", *key)]),
        ["regios"] => regional_reviews::page(),
        ["regios", area] => of(regional_review::page(), &[("area", *area)]),
        ["rondes"] => rounds::page(),
        ["rondes", round, "blad"] => of(round_sheet::page(), &[("round", *round)]),
        ["rondes", round, "correcties"] => of(correction::page(), &[("round", *round)]),
        _ => return None,
    };
    Some(page)
}

/// A page with the variables that its address gives.
fn of(page: Page, named: &[(&str, &str)]) -> Page {
    let named = named.iter();
    let variables = named.map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
    Page {
        variables: Map::from_iter(variables),
        ..page
    }
}
