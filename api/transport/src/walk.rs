//! Lists of our own pages that are longer than one answer, read to their end.
//!
//! A document takes the cursor of a list that its page needs whole from a variable with the name of
//! that list: `partners` from `$partnersAfter`. It is read again until no such list goes on, each
//! time at the moment of the first answer, which the cursors name. What stands under
//! `@skip(if: $further)` is read the first time alone. A list without such a variable is bounded, or
//! its page has a next one.

use serde_json::{Map, Value};

/// The variables with which a document is read on; none where its lists are whole.
pub(super) fn further(
    document: &str,
    variables: &Map<String, Value>,
    data: &Value,
) -> Option<Map<String, Value>> {
    let mut variables = variables.clone();
    if !take_cursors(document, data, &mut variables) {
        return None;
    }
    variables.insert("further".to_owned(), true.into());
    Some(variables)
}

/// Whether a list goes on; takes the cursor of each that does.
fn take_cursors(document: &str, data: &Value, variables: &mut Map<String, Value>) -> bool {
    let mut goes_on = false;
    for (name, member) in data.as_object().into_iter().flatten() {
        if let Some(cursor) = next(document, name, member) {
            variables.insert(variable(name), cursor.clone());
            goes_on = true;
        } else {
            goes_on |= take_cursors(document, member, variables);
        }
    }
    goes_on
}

/// Puts what was read further behind what was read before.
pub(super) fn join(document: &str, data: &mut Value, mut more: Value) {
    for (name, member) in data.as_object_mut().into_iter().flatten() {
        let more = taken(&mut more, name);
        if next(document, name, member).is_some() {
            append(member, more);
        } else {
            join(document, member, more);
        }
    }
}

/// Puts the next page of a list behind its pages before.
fn append(list: &mut Value, mut page: Value) {
    let (nodes, info) = (taken(&mut page, "nodes"), taken(&mut page, "pageInfo"));
    if let (Some(all), Value::Array(nodes)) = (list["nodes"].as_array_mut(), nodes) {
        all.extend(nodes);
    }
    list["pageInfo"] = info;
}

fn taken(value: &mut Value, name: &str) -> Value {
    value.get_mut(name).map(Value::take).unwrap_or_default()
}

fn variable(list: &str) -> String {
    format!("{list}After")
}

/// The cursor with which a list goes on that the document reads whole.
fn next<'a>(document: &str, name: &str, list: &'a Value) -> Option<&'a Value> {
    let info = list.get("pageInfo")?;
    let cursor = info.get("endCursor").filter(|cursor| cursor.is_string())?;
    let declared = format!("${}: String", variable(name));
    let goes_on = info["hasNextPage"] == true && document.contains(&declared);
    goes_on.then_some(cursor)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DOCUMENT: &str = "query ($checksAfter: String, $partnersAfter: String, $after: String, $further: Boolean! = false) { … }";

    fn page(nodes: &[u8], end: Option<&str>) -> Value {
        json!({ "nodes": nodes, "pageInfo": { "hasNextPage": end.is_some(), "endCursor": end.unwrap_or("end") } })
    }

    #[test]
    fn lists_are_read_on_until_each_is_at_its_end() {
        let first = Map::from_iter([("language".to_owned(), "NL".into())]);
        let mut data = json!({
            "about": { "version": "1" },
            "partners": page(&[1, 2], Some("a")),
            "quality": { "checks": page(&[5], Some("b")) },
        });
        let second = further(DOCUMENT, &first, &data).unwrap();
        assert_eq!(
            Value::Object(second.clone()),
            json!({ "language": "NL", "partnersAfter": "a", "checksAfter": "b", "further": true })
        );
        let more = json!({
            "partners": page(&[3, 4], Some("c")), "quality": { "checks": page(&[6], None) },
        });
        join(DOCUMENT, &mut data, more);
        let third = further(DOCUMENT, &second, &data).unwrap();
        assert_eq!(third["partnersAfter"], "c");
        // A list that is at its end comes again, and is not taken again.
        let more =
            json!({ "partners": page(&[], None), "quality": { "checks": page(&[6], None) } });
        join(DOCUMENT, &mut data, more);
        assert_eq!(data["about"], json!({ "version": "1" }));
        assert_eq!(data["partners"]["nodes"], json!([1, 2, 3, 4]));
        assert_eq!(data["quality"]["checks"]["nodes"], json!([5, 6]));
        assert_eq!(further(DOCUMENT, &third, &data), None);
    }

    #[test]
    fn a_list_with_pages_of_its_own_is_left_alone() {
        let mut data = json!({ "reviewQueue": page(&[1], Some("a")), "queue": null });
        let before = data.clone();
        assert_eq!(further(DOCUMENT, &Map::new(), &data), None);
        join(
            DOCUMENT,
            &mut data,
            json!({ "reviewQueue": page(&[2], None) }),
        );
        assert_eq!(data, before);
        // What is not there any more ends its list.
        let mut data = json!({ "partners": page(&[1], Some("a")) });
        join(DOCUMENT, &mut data, json!({ "partners": null }));
        assert_eq!(further(DOCUMENT, &Map::new(), &data), None);
    }
}
