//! Tables that are kept: pages of OData, and feeds that are small.
//!
//! They are found by the head of now, the day, the role and its organisation as answers of GraphQL
//! are, and by everything else that their bytes depend on, which whoever asks for one names: the
//! address with its query, as the client knows it, and the size of page that it prefers. Who asks
//! is found out before, a feed key looked up anew and a table that it does not name refused, so
//! nothing is given to who would be refused. What is refused or fails is never kept.
//!
//! A page is given after the head was read for it. A feed begins by a session anyway, which tells
//! what its tag is made of; at that moment its lines are given as they are kept. They are kept when
//! the last page has been sent, and only those of a feed that is no larger than [`LARGEST`].

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header::{self, ContentEncoding},
    web::Bytes,
};
use futures_util::{Stream, StreamExt as _, stream};

use super::{
    super::App,
    directive::Directive,
    encoding,
    store::{KeptAnswer, KeptAnswers},
};
use crate::version::Question;
use database::{Moment, PrivilegedReads};
use domain::actor::{Role, RoleKind};

/// Bytes of a table that is kept, at most: whoever loads a large one leaves room for what others
/// ask.
const LARGEST: usize = 1_000_000;

/// Somebody's question for a table.
pub(crate) struct TableInquiry<'a> {
    app: &'a App,
    request: &'a HttpRequest,
    role: RoleKind,
    question: Question,
    directive: Directive,
}

/// What is kept of a table.
pub(crate) struct KeptTable {
    body: Bytes,
    encoding: ContentEncoding,
}

impl<'a> TableInquiry<'a> {
    /// The inquiry of a request of somebody of a role; `parts` is what the answer depends on.
    pub(crate) fn new(
        (request, app): (&'a HttpRequest, &'a App),
        role: &Role,
        parts: &[&str],
    ) -> Self {
        Self {
            app,
            request,
            role: role.kind(),
            question: Question::of_table(role, parts),
            directive: Directive::of(request),
        }
    }

    /// What is kept at the head of now, and that head; for a question that is not there nothing is
    /// read.
    pub(crate) async fn find(&self) -> Option<(Moment, KeptTable)> {
        if !self.is_there() {
            return None;
        }
        let head = self.app.db.head().await?;
        let kept = self.find_at(&head).await?;
        Some((head, kept))
    }

    /// What is kept at a moment that was read for this request.
    pub(crate) async fn find_at(&self, moment: &Moment) -> Option<KeptTable> {
        if !self.is_there() {
            return None;
        }
        let (kept, of) = (&self.app.kept, (self.role, self.question));
        let found = encoding::preferred_answer(kept, moment, of, self.request).await;
        let (answer, encoding) = found?;
        kept.count_hit();
        answer.privileged.log();
        Some(KeptTable {
            body: answer.body,
            encoding,
        })
    }

    fn is_there(&self) -> bool {
        let (kept, is_usual) = (&self.app.kept, self.directive == Directive::Usual);
        is_usual && kept.holds(self.role, self.question)
    }

    /// Keeps a body that was computed at a moment.
    pub(crate) fn keep(&self, moment: &Moment, privileged: PrivilegedReads, body: &Bytes) {
        if let Some(mut keeper) = self.keeper(moment) {
            keeper.privileged = privileged;
            if keeper.take(body) {
                keeper.keep();
            }
        }
    }

    /// Keeps what is computed at a moment when it is whole; none where it may not be kept.
    pub(crate) fn keeper(&self, moment: &Moment) -> Option<Keeper> {
        self.app.kept.count_miss();
        (self.directive != Directive::Never).then(|| Keeper {
            kept: self.app.kept.clone(),
            role: self.role,
            question: self.question,
            moment: *moment,
            privileged: PrivilegedReads::default(),
            body: Vec::new(),
        })
    }
}

impl KeptTable {
    /// The answer with this body, under headers as those of a computed one.
    pub(crate) fn into_response(self, mut response: HttpResponseBuilder) -> HttpResponse {
        if self.encoding != ContentEncoding::Identity {
            response
                .insert_header((header::CONTENT_ENCODING, self.encoding.to_header_value()))
                .append_header((header::VARY, "accept-encoding"));
        }
        response.body(self.body)
    }
}

/// Gathers a body that is sent piece by piece.
pub(crate) struct Keeper {
    kept: Arc<KeptAnswers>,
    role: RoleKind,
    question: Question,
    moment: Moment,
    privileged: PrivilegedReads,
    body: Vec<u8>,
}

impl Keeper {
    /// Takes the next piece; false when there is no room for it.
    fn take(&mut self, piece: &[u8]) -> bool {
        let fits = self.body.len() + piece.len() <= LARGEST;
        if fits {
            self.body.extend_from_slice(piece);
        }
        fits
    }

    fn keep(self) {
        let answer = KeptAnswer {
            body: self.body.into(),
            privileged: self.privileged,
        };
        let place = (self.question, ContentEncoding::Identity);
        self.kept.keep(&self.moment, self.role, place, answer);
    }
}

/// The same pieces; once the last has been taken they are kept, unless one failed or there are too
/// many.
pub(crate) fn kept_at_end<E>(
    keeper: Option<Keeper>,
    pieces: impl Stream<Item = Result<Bytes, E>>,
) -> impl Stream<Item = Result<Bytes, E>> {
    stream::unfold(
        (Box::pin(pieces), keeper),
        |(mut pieces, mut keeper)| async move {
            let Some(piece) = pieces.next().await else {
                if let Some(keeper) = keeper {
                    keeper.keep();
                }
                return None;
            };
            match &piece {
                Ok(bytes) => keeper = keeper.and_then(|mut k| k.take(bytes).then_some(k)),
                Err(_) => keeper = None,
            }
            Some((piece, (pieces, keeper)))
        },
    )
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::{clock::day_of, ledger::position::Position};

    use super::*;

    fn moment() -> Moment {
        let instant = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Moment {
            ledger: 7,
            head: 7,
            state: Position::of_stored(7, Some(1)),
            day: day_of(instant),
            instant,
            next_release: None,
        }
    }

    /// What is kept of pieces that were sent, of which the last may fail.
    async fn kept_of(pieces: Vec<Result<Bytes, ()>>) -> Option<Bytes> {
        let kept = Arc::new(KeptAnswers::new(60_000_000));
        let question = Question::of_table(&Role::Vng, &["a"]);
        let keeper = Keeper {
            kept: kept.clone(),
            role: RoleKind::Vng,
            question,
            moment: moment(),
            privileged: PrivilegedReads::default(),
            body: Vec::new(),
        };
        let sent: Vec<_> = kept_at_end(Some(keeper), stream::iter(pieces.clone()))
            .collect()
            .await;
        assert_eq!(sent, pieces);
        let place = (question, ContentEncoding::Identity);
        let found = kept.find(&moment(), RoleKind::Vng, &place);
        found.map(|answer| answer.body)
    }

    #[actix_web::test]
    async fn a_feed_is_kept_when_it_is_whole_and_small() {
        let piece = |text: &'static str| Ok(Bytes::from(text));
        assert_eq!(
            kept_of(vec![piece("a\n"), piece("b\n")]).await,
            Some(Bytes::from("a\nb\n"))
        );
        assert_eq!(kept_of(vec![piece("a\n"), Err(())]).await, None);
        let large = Ok(Bytes::from(vec![b' '; LARGEST]));
        assert_eq!(kept_of(vec![piece("a\n"), large.clone()]).await, None);
        assert_eq!(kept_of(vec![large.clone()]).await, large.ok());
    }

    #[test]
    fn a_question_is_of_a_role_and_its_organisation() {
        let of = |role: &Role, parts: &[&str]| Question::of_table(role, parts);
        let region = |code| Role::Region(domain::territory::AreaCode::parse(code).unwrap());
        assert_eq!(of(&Role::Vng, &["a", "b"]), of(&Role::Vng, &["a", "b"]));
        assert_ne!(of(&Role::Vng, &["a", "b"]), of(&Role::Vng, &["ab"]));
        assert_ne!(of(&Role::Vng, &["a"]), of(&Role::Ministry, &["a"]));
        assert_ne!(of(&region("VR14"), &["a"]), of(&region("VR15"), &["a"]));
    }
}
