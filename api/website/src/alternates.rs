//! In which other forms what a page tells is there: its feed of changes, and tables for programs.

use crate::{address::PLAN, atom};

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
        // Of older plan versions no round was counted.
        ["", "plannen", PLAN, "lijnen", number] => format!("pictures/lines/{PLAN}/{number}"),
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
