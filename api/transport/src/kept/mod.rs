//! Answers that are kept ready, by their version: a question that was answered at this state of the
//! ledger and on this day is answered by the same bytes, whoever of the same role and organisation
//! sends it, by POST and GET alike.
//!
//! The key is the head of now, the day, and the [`Question`]: edition, role and organisation (from
//! which with the head and the day the mandate follows), document, operation, the variables that it
//! declares, media type; and the encoding in which the body is kept. Who asks is found out before, by the token of
//! each request, and how often as well; so a withdrawn key or an empty bucket refuses a kept answer
//! as it refuses any other. What an answer depends on besides is kept out:
//! [`version`](super::version) says what is never kept, and an answer with errors is none.
//! Mutations, subscriptions, events and what comes over a socket are not looked at. A moment that
//! has not come by the instant of the head is left to be refused.
//!
//! A kept answer is given only after the head was read, by a read that began after its request came
//! (see [`Database::head`](database::Database::head)); at that instant it is the answer. Where the
//! end of an embargo is due, or the head cannot be read, that read tells none: the question goes the
//! ordinary way, by which the opener of sessions carries the release out. Nothing else is read, so
//! no turn is waited for. `extensions.statements` of a kept answer is 1, the read of the head, though
//! others may have shared it; where the head had moved on, the answer that is then computed counts
//! it too. For a question that is not there nothing is read beforehand.

mod directive;
mod encoding;
mod store;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, ContentEncoding},
    },
    web::Bytes,
};

pub(super) use self::store::{KeptAnswer, KeptAnswers};
use self::directive::Directive;
use super::{
    App,
    accept::Media,
    exchange::Exchange,
    operation::{Answered, Operation},
    version::{self, Question, Version},
};
use database::{Known, Moment};
use domain::actor::Role;

/// Statements of a kept answer: the read of the head.
const HEAD_READ: u32 = 1;

/// A question to which an answer may be kept, and by whom and how it was sent.
pub(super) struct Inquiry<'a> {
    app: &'a App,
    exchange: &'a Exchange,
    request: &'a HttpRequest,
    role: &'a Role,
    question: Question,
    operation: &'a Operation,
    /// The moment that it names.
    known: Known,
    directive: Directive,
}

/// What was found for a question.
pub(super) enum Found {
    /// Its answer.
    Answer(HttpResponse),
    /// None, and so many statements were sent to know that.
    Nothing(u32),
}

impl<'a> Inquiry<'a> {
    /// The inquiry of a request; none where no answer may be kept.
    pub(super) fn of(
        (request, app): (&'a HttpRequest, &'a App),
        exchange: &'a Exchange,
        role: &'a Role,
        operation: &'a Operation,
    ) -> Option<Self> {
        if !version::may_be_kept(operation, &app.types) {
            return None;
        }
        let directive = match exchange.media {
            Media::Response | Media::Json => Directive::of(request),
            Media::Events => Directive::Never,
        };
        Some(Self {
            app,
            exchange,
            request,
            role,
            question: Question::of(&app.edition, operation, role, exchange.media),
            operation,
            known: operation.moment.read.known,
            directive,
        })
    }

    /// The answer that is kept, or that the client has it already.
    pub(super) async fn find(&self) -> Found {
        let kind = self.role.kind();
        let is_there =
            self.directive == Directive::Usual && self.app.kept.holds(kind, self.question);
        if !is_there && !self.names_version() {
            return Found::Nothing(0);
        }
        let head = self.app.db.head().await.filter(|head| self.has_come(head));
        let Some(head) = head else {
            return Found::Nothing(HEAD_READ);
        };
        let version = self.is_get().then(|| self.version_at(&head));
        if let Some(version) = &version
            && self.names_version()
            && version.is_known_to(self.request)
        {
            return Found::Answer(self.exchange.not_modified(version, HEAD_READ));
        }
        if !is_there {
            return Found::Nothing(HEAD_READ);
        }
        match self.encoded_answer(&head).await {
            Some((answer, encoding)) => {
                self.app.kept.count_hit();
                self.operation.was_executed(self.app);
                answer.privileged.log();
                let (body, statements) = (answer.body, HEAD_READ);
                let response = self.exchange.answer_kept(body, encoding, statements);
                Found::Answer(with_version(response, version.as_ref()))
            }
            None => Found::Nothing(HEAD_READ),
        }
    }

    /// The kept answer in the encoding that the client likes best; it is compressed once.
    async fn encoded_answer(&self, head: &Moment) -> Option<(KeptAnswer, ContentEncoding)> {
        let (kept, kind) = (&self.app.kept, self.role.kind());
        let encoding = encoding::preferred(self.request)?;
        if let Some(answer) = kept.find(head, kind, &(self.question, encoding)) {
            return Some((answer, encoding));
        }
        let plain = (self.question, ContentEncoding::Identity);
        let plain = kept.find(head, kind, &plain)?;
        let answer = KeptAnswer {
            body: encoding::encoded(plain.body, encoding).await?,
            ..plain
        };
        kept.keep(head, kind, (self.question, encoding), answer.clone());
        Some((answer, encoding))
    }

    /// The version of an answer that was computed, for the cache of a client that sends GET; none
    /// of one with errors, or for which nothing was read.
    pub(super) fn version(&self, answered: &Answered) -> Option<Version> {
        let is_whole = answered.response.errors.is_empty();
        let read = answered.finished.read.as_ref();
        let read = read.filter(|_| self.is_get() && is_whole)?;
        Some(self.version_at(&read.moment))
    }

    /// Keeps an answer that was computed, with its body; one with errors never.
    pub(super) fn keep(&self, answered: &Answered, body: &str) {
        self.app.kept.count_miss();
        let Some(read) = &answered.finished.read else {
            return;
        };
        if self.directive == Directive::Never || !answered.response.errors.is_empty() {
            return;
        }
        let Some(body) = with_statements(body, HEAD_READ) else {
            return;
        };
        let answer = KeptAnswer {
            body: Bytes::from(body),
            privileged: read.privileged.clone(),
        };
        let place = (self.question, ContentEncoding::Identity);
        let kept = &self.app.kept;
        kept.keep(&read.moment, self.role.kind(), place, answer);
    }

    fn version_at(&self, moment: &Moment) -> Version {
        Version::of(&self.question, self.role, moment)
    }

    fn is_get(&self) -> bool {
        self.request.method() == Method::GET
    }

    /// Whether the client names a version that it has; `*` names none.
    fn names_version(&self) -> bool {
        let known = self.request.headers().get(header::IF_NONE_MATCH);
        self.is_get() && known.is_some_and(|known| known != "*")
    }

    /// Whether the instant that the question names has come: a clock may have been set back.
    fn has_come(&self, head: &Moment) -> bool {
        match self.known {
            Known::Head | Known::Ledger(_) => true,
            Known::Instant(instant) => instant <= head.instant,
        }
    }
}

/// The same response with its version.
fn with_version(mut response: HttpResponse, version: Option<&Version>) -> HttpResponse {
    if let Some(version) = version {
        version.write_to(response.headers_mut());
    }
    response
}

/// A body with another number of statements. It is the last key of that name: behind it stand only
/// `extensions.withheld`, which has none, and in a text the quotes of one would be escaped.
fn with_statements(body: &str, statements: u32) -> Option<String> {
    const KEY: &str = "\"statements\":";
    let at = body.rfind(KEY)? + KEY.len();
    let (before, after) = body.split_at_checked(at)?;
    let rest = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
    Some(format!("{before}{statements}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statements_of_the_answer_are_those_of_its_extensions() {
        for (body, expected) in [
            (
                r#"{"data":{"statements":7},"extensions":{"ledger":3,"statements":12}}"#,
                Some(r#"{"data":{"statements":7},"extensions":{"ledger":3,"statements":1}}"#),
            ),
            (
                r#"{"extensions":{"statements":12,"withheld":[{"rule":"\"statements\":5"}]}}"#,
                Some(r#"{"extensions":{"statements":1,"withheld":[{"rule":"\"statements\":5"}]}}"#),
            ),
            (r#"{"data":{}}"#, None),
        ] {
            let found = with_statements(body, 1);
            assert_eq!(found.as_deref(), expected, "{body}");
        }
    }
}
