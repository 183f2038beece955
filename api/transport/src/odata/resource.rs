//! What an address below a root of OData means: the list of tables, `$metadata`, rows, their number,
//! or one row by its key.
//!
//! A slash parts an address only outside the quotes of a key, written out or as `%2F`. One at the
//! end is as if it were not there.

use super::root::Root;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resource {
    /// The service document.
    Service,
    /// The schema.
    Metadata,
    /// Rows of a table.
    Rows(String),
    /// The number of rows of a table.
    Count(String),
    /// One row of a table, by the text of its key.
    Row { table: String, key: String },
    /// What OData knows and this service does not.
    More(String),
    /// Nothing.
    Unknown(String),
}

/// The root and the resource of the path of an address, as it was sent.
pub(super) fn of(path: &str) -> (Root, Resource) {
    let below = path.strip_prefix(Root::Signed.path()).unwrap_or(path);
    let mut parts = parts(below);
    parts.retain(|part| !part.is_empty());
    if parts.first().is_some_and(|first| first == "public") {
        parts.remove(0);
        return (Root::Public, resource(&parts));
    }
    (Root::Signed, resource(&parts))
}

fn resource(parts: &[String]) -> Resource {
    match parts {
        [] => Resource::Service,
        [one] if one == "$metadata" => Resource::Metadata,
        [one, ..] if one.starts_with('$') => Resource::More(one.clone()),
        [set, rest @ ..] => match (set.split_once('('), rest) {
            (None, []) => Resource::Rows(set.clone()),
            (None, [count]) if count == "$count" => Resource::Count(set.clone()),
            (Some((table, key)), []) => match key.strip_suffix(')') {
                Some(key) => Resource::Row {
                    table: table.to_owned(),
                    key: key.to_owned(),
                },
                None => Resource::Unknown(table.to_owned()),
            },
            // A part of one row, or of each.
            (Some(_), [part, ..]) => Resource::More(part.clone()),
            (None, [part, ..]) if part.starts_with('$') => Resource::More(part.clone()),
            (None, [part, ..]) => Resource::Unknown(part.clone()),
        },
    }
}

/// The parts of a path, decoded.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<Vec<u8>> = vec![Vec::new()];
    let mut is_quoted = false;
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => std::str::from_utf8(&[*high, *low])
                .ok()
                .filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        let is_plain = escaped.is_none();
        let byte = escaped.unwrap_or(*first);
        rest = if is_plain { after } else { &rest[3..] };
        if byte == b'/' && is_plain && !is_quoted {
            parts.push(Vec::new());
            continue;
        }
        is_quoted ^= byte == b'\'';
        if let Some(part) = parts.last_mut() {
            part.push(byte);
        }
    }
    let parts = parts.iter().map(|part| String::from_utf8_lossy(part));
    parts.map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_what_it_says() {
        let rows = |set: &str| Resource::Rows(set.to_owned());
        let row = |table: &str, key: &str| Resource::Row {
            table: table.to_owned(),
            key: key.to_owned(),
        };
        let more = |name: &str| Resource::More(name.to_owned());
        for (below, expected) in [
            ("", Resource::Service),
            ("/", Resource::Service),
            ("/$metadata", Resource::Metadata),
            ("/$metadata/", Resource::Metadata),
            ("/%24metadata", Resource::Metadata),
            ("/dim_action", rows("dim_action")),
            ("/dim_action/", rows("dim_action")),
            (
                "/dim_action/$count",
                Resource::Count("dim_action".to_owned()),
            ),
            (
                "/dim_action/$count/",
                Resource::Count("dim_action".to_owned()),
            ),
            ("/dim_action('2024/32')", row("dim_action", "'2024/32'")),
            ("/dim_action('2024/32')/", row("dim_action", "'2024/32'")),
            ("/dim_action('2024%2F32')", row("dim_action", "'2024/32'")),
            (
                "/dim_action%28%272024/32%27%29",
                row("dim_action", "'2024/32'"),
            ),
            ("/x('a/''b/c','/d')", row("x", "'a/''b/c','/d'")),
            ("/x('a%')", row("x", "'a%'")),
            ("/dim_action('2024/32')/title_nl", more("title_nl")),
            ("/dim_action('2024/32')/$value", more("$value")),
            ("/dim_action/$each", more("$each")),
            ("/$batch", more("$batch")),
            ("/$crossjoin(a,b)", more("$crossjoin(a,b)")),
            (
                "/dim_action/title_nl",
                Resource::Unknown("title_nl".to_owned()),
            ),
            ("/dim_action('1", Resource::Unknown("dim_action".to_owned())),
        ] {
            assert_eq!(
                of(&format!("/v1/odata{below}")),
                (Root::Signed, expected.clone()),
                "{below}"
            );
            assert_eq!(
                of(&format!("/v1/odata/public{below}")),
                (Root::Public, expected),
                "{below}"
            );
        }
    }
}
