//! In which other forms what a page tells is there: its feed of changes, and tables for programs; and which of two addresses
//! of a page is its own.

use domain::plan::CURRENT_PLAN;

use crate::atom;

/// CSV.
const CSV: &str = "text/csv";
/// A workbook of Excel.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Where the feed of changes of a page is, in Dutch; none of a page that has none of its own.
pub(crate) fn feed_of(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split('/').collect();
    match parts[..] {
        ["", ""] => Some(atom::FILE.to_owned()),
        ["", "plannen", _, "lijnen", _] | ["", "partners" | "regios", _] => {
            Some(format!("{address}{}", atom::FILE))
        }
        _ => None,
    }
}

/// The tables with the figures of a page: the media type and the address of each.
pub(crate) fn tables_of(address: &str) -> Vec<(&'static str, String)> {
    let parts: Vec<&str> = address.split('/').collect();
    let file = match parts[..] {
        ["", ""] => "pictures/dashboard".to_owned(),
        // Of an earlier plan version there may be no round that counts.
        ["", "plannen", CURRENT_PLAN, "lijnen", number] => {
            format!("pictures/lines/{CURRENT_PLAN}/{number}")
        }
        ["", "regios", code] => format!("pictures/map/{code}"),
        ["", "regios"] => "feeds/dim_area".to_owned(),
        ["", "begroting"] => "feeds/fact_budget_current".to_owned(),
        ["", "partners"] => "feeds/bridge_action_partner".to_owned(),
        ["", "kader"] => "feeds/dim_criterion".to_owned(),
        ["", "doelen"] => "feeds/dim_goal".to_owned(),
        _ => return Vec::new(),
    };
    let table = |kind, ending| (kind, format!("/v1/{file}.{ending}"));
    vec![table(CSV, "csv"), table(XLSX, "xlsx")]
}

/// The address of the page of a region or a municipality whose code stands in small letters; none of an address that is
/// its own.
#[must_use]
pub fn canonical(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let place = match parts[..] {
        ["", "gemeenten" | "regios", _] => 2,
        ["", "en", "gemeenten" | "regios", _] => 3,
        _ => return None,
    };
    let code = parts[place].to_ascii_uppercase();
    let is_code = code.starts_with("GM") || code.starts_with("VR");
    (is_code && code != parts[place]).then(|| format!("{}/{code}", parts[..place].join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_in_capitals() {
        for (path, expected) in [
            ("/gemeenten/gm0402", Some("/gemeenten/GM0402")),
            ("/en/gemeenten/Gm0402", Some("/en/gemeenten/GM0402")),
            ("/regios/vr14", Some("/regios/VR14")),
            ("/gemeenten/GM0402", None),
            ("/gemeenten/hilversum", None),
            ("/partners/vrijwilligers", None),
            ("/regios", None),
            ("/", None),
        ] {
            assert_eq!(canonical(path).as_deref(), expected, "{path}");
        }
    }
}
