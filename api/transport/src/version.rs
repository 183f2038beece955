//! The version of an answer, and for how long a cache may keep it.
//!
//! Two answers are the same when these are: the head of the ledger, the civil day in
//! Europe/Amsterdam, the [`edition`](super::edition), the scope, the document, its operation and
//! the variables that this declares, the media type. The head is that of now, also of an answer about a past moment: what is withheld from a
//! role, and what the law wanted gone, is decided now. The last five are the [`Question`], which is
//! known before anything is read. `ETag` is a hash of all, so `If-None-Match` costs one read of the
//! head, which is shared; so does an answer that is [`kept`](super::kept) here. A timed release
//! that is due is carried out by that read and moves the head. A cache may answer the public until
//! the minute ends, whatever is to come: every midnight and every end of an embargo begins a
//! minute, so nothing is kept past one, and no header tells that one is near. What depends on rows
//! without a ledger number (drafts, claims, tasks, keys, decisions under embargo, and so what one
//! may do), on who asks (`viewer`), or failed, is never kept.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
};
use async_graphql::parser::types::{OperationDefinition, OperationType, Selection, SelectionSet};
use sha2::{Digest as _, Sha256};

use super::{
    accept::Media,
    operation::{BUILD, Operation},
    shape::Types,
};
use database::Moment;
use domain::{actor::Role, clock};

/// Seconds that a cache may answer the public without asking us, at most.
const FRESH: i64 = 60;

/// Types whose values, or whose number, depend on rows without a ledger number, or on who asks; and
/// `Node`, for an assessment that is a draft alone is there or not without an entry. A test holds
/// the list to the schema.
pub const NEVER_KEPT: &[&str] = &[
    "Assessment",
    "AssessmentDraft",
    "FeedKey",
    "FeedKeyConnection",
    "FunctionalMailbox",
    "FunctionalMailboxConnection",
    "Node",
    "Operation",
    "Reminder",
    "ReminderConnection",
    "ReviewItem",
    "ReviewItemConnection",
    "RoundClosing",
    "Task",
    "TaskConnection",
    "Viewer",
];

/// Whether an answer to an operation may be kept at all.
pub(super) fn may_be_kept(operation: &Operation, types: &Types) -> bool {
    operation.kind == OperationType::Query
        && !reads_working_rows(operation.ready.definition(), types)
}

fn reads_working_rows(operation: &OperationDefinition, types: &Types) -> bool {
    let mut sets: Vec<(&str, &SelectionSet)> = vec![("Query", &operation.selection_set.node)];
    while let Some((of, set)) = sets.pop() {
        if NEVER_KEPT.contains(&of) {
            return true;
        }
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    if let Some(of) = types.named(of, field.node.name.node.as_str()) {
                        sets.push((of, &field.node.selection_set.node));
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let of = on.map_or(of, |on| on.node.on.node.as_str());
                    sets.push((of, &fragment.node.selection_set.node));
                }
                // A document that is ready has none.
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    false
}

/// Everything that an answer depends on, but for the head of the ledger and the day: the edition,
/// the scope, the document, its operation and the variables that this declares, the media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Question([u8; 32]);

impl Question {
    /// The question of an operation to a service of an edition, within the scope of a role.
    pub(super) fn of(edition: &str, operation: &Operation, role: &Role, media: Media) -> Self {
        let variables = serde_json::to_string(&operation.variables).unwrap_or_default();
        Self(digest(&[
            edition,
            role.kind().code(),
            &role.organisation().unwrap_or_default(),
            &operation.hash.to_string(),
            operation.ready.name.as_deref().unwrap_or_default(),
            &variables,
            media.name(),
        ]))
    }

    /// The question of a page of a service at this address, which everybody is answered alike.
    pub(super) fn of_page(
        edition: &str,
        operation: &Operation,
        page: &website::Page,
        address: &str,
    ) -> Self {
        let data = Self::of(edition, operation, &Role::Public, Media::Json);
        Self(digest(&[
            &hex::encode(data.0),
            page.language.tag(),
            &page.path(),
            address,
        ]))
    }

    #[cfg(test)]
    pub(super) fn named(name: &str) -> Self {
        Self(digest(&[name]))
    }

    /// The question of a table, within the scope of a role: what is asked, and whatever else its
    /// answer depends on.
    pub(super) fn of_table(role: &Role, parts: &[&str]) -> Self {
        let organisation = role.organisation().unwrap_or_default();
        let scope = ["table", role.kind().code(), organisation.as_str()];
        Self(digest(&[&scope[..], parts].concat()))
    }
}

/// Whether the client has what this tag is of: a star, or the tag in one of the lists that it sent.
pub(super) fn is_known(request: &HttpRequest, etag: &str) -> bool {
    let known = request.headers().get_all(header::IF_NONE_MATCH);
    let known = known.filter_map(|value| value.to_str().ok());
    // Weak comparison (RFC 9110, 13.1.2): a proxy may have made it weak, or ours strong.
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || plain(tag) == plain(etag))
}

/// The version of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    etag: String,
    is_public: bool,
    fresh: i64,
}

impl Version {
    /// The version of the answer to a question of a role at a moment.
    pub(super) fn of(question: &Question, role: &Role, moment: &Moment) -> Self {
        Self {
            etag: etag(&[
                &moment.state.to_string(),
                &moment.present_day().to_string(),
                &hex::encode(question.0),
            ]),
            is_public: matches!(role, Role::Public),
            fresh: clock::left_of_minute(moment.instant).num_seconds(),
        }
    }

    /// The version of the answer to a question about the schema: it changes with the build alone,
    /// and the question names the kind of the database.
    pub(super) fn of_schema(question: &str, media: Media) -> Self {
        Self {
            etag: etag(&[BUILD.as_str(), question, media.name()]),
            is_public: true,
            fresh: FRESH,
        }
    }

    /// Whether the client has this very version.
    pub(super) fn is_known_to(&self, request: &HttpRequest) -> bool {
        is_known(request, &self.etag)
    }

    /// The answer to who has it already.
    pub(super) fn not_modified(&self) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::NOT_MODIFIED);
        self.write_to(response.headers_mut());
        response
    }

    /// What tells a cache which version this is and how long it lasts.
    pub(super) fn headers(&self) -> [(header::HeaderName, String); 2] {
        let control = if self.is_public {
            format!("public, max-age={}, must-revalidate", self.fresh)
        } else {
            "private, no-cache".to_owned()
        };
        [
            (header::ETAG, self.etag.clone()),
            (header::CACHE_CONTROL, control),
        ]
    }

    /// Tells a cache which version this is and how long it lasts.
    pub(super) fn write_to(&self, headers: &mut HeaderMap) {
        for (name, value) in self.headers() {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

/// The tag of a text that depends on nothing but the program and its settings.
pub(super) fn of_text(text: &str) -> String {
    etag(&["text", text])
}

/// Weak, because the same answer goes out compressed in several ways.
fn etag(parts: &[&str]) -> String {
    format!("W/\"{}\"", &hex::encode(digest(parts))[..32])
}

/// The hash of parts, each told apart from the next.
fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_string());
        hash.update(":");
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use documents::Document;

    use super::*;

    fn version(fresh: i64, is_public: bool) -> Version {
        Version {
            etag: etag(&["a", "b"]),
            is_public,
            fresh,
        }
    }

    #[test]
    fn parts_are_distinguished() {
        assert_ne!(etag(&["a", "b"]), etag(&["ab", ""]));
        assert_eq!(etag(&["a", "b"]), etag(&["a", "b"]));
    }

    #[test]
    fn a_version_is_known_by_weak_comparison() {
        let version = version(60, true);
        let strong = version.etag.trim_start_matches("W/").to_owned();
        for (known, expected) in [
            (version.etag.clone(), true),
            (strong.clone(), true),
            (format!("\"x\", {strong}"), true),
            ("*".to_owned(), true),
            ("\"x\"".to_owned(), false),
        ] {
            let request = TestRequest::default()
                .insert_header((header::IF_NONE_MATCH, known.clone()))
                .to_http_request();
            assert_eq!(version.is_known_to(&request), expected, "{known}");
        }
        assert!(!version.is_known_to(&TestRequest::default().to_http_request()));
    }

    #[test]
    fn only_the_public_answer_lies_in_shared_caches() {
        for (version, control) in [
            (version(60, true), "public, max-age=60, must-revalidate"),
            (version(0, true), "public, max-age=0, must-revalidate"),
            (version(60, false), "private, no-cache"),
        ] {
            let mut headers = HeaderMap::new();
            version.write_to(&mut headers);
            assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), control);
        }
    }

    #[test]
    fn what_reads_working_rows_is_never_kept() {
        let sdl = "type Query { viewer: Viewer day: Int node: Node mine: [Assessment!]!
                tasks: TaskConnection may: [Operation!]! }
            interface Node { id: ID } type Assessment implements Node { id: ID state: Int }
            type Viewer { role: Int } type TaskConnection { totalCount: Int }
            enum Operation { submit }";
        let types = Types::of(sdl);
        let schema = documents::Schema::parse(sdl).unwrap().into();
        for (query, expected) in [
            ("{ day }", false),
            ("{ day node { id } }", true),
            ("{ day viewer { role } }", true),
            ("{ mine { state } }", true),
            ("{ day tasks { totalCount } }", true),
            ("{ day may }", true),
            ("{ node { ... on Assessment { state } } }", true),
            (
                "{ ...q } fragment q on Query { node { ...a } } fragment a on Assessment { state }",
                true,
            ),
        ] {
            let document = Document::prepare(&schema, query).unwrap();
            let operation = document.operation(None, &serde_json::Map::new()).unwrap();
            assert_eq!(
                reads_working_rows(operation.definition(), &types),
                expected,
                "{query}"
            );
        }
    }
}
