//! The limits of a request, from the constants that enforce them.

use super::page::{Language, table};
use crate::{body, gate, limits::Limits};
use graphql::{cost, error::LONGEST_ASKED, page};

/// The page.
pub(super) fn page(language: Language) -> String {
    let gate = gate::Limits::default();
    let callers = Limits::default();
    let row = |what: (&str, &str), limit: u64, unit: (&str, &str)| {
        vec![
            language.pick(what).to_owned(),
            limit.to_string(),
            language.pick(unit).to_owned(),
        ]
    };
    let many = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let rows = [
        row(
            ("Bericht", "Body"),
            many(body::LARGEST),
            ("bytes, hoogstens", "bytes at most"),
        ),
        row(
            ("Bericht, met token", "Body, with a token"),
            many(body::LARGEST_SIGNED_IN),
            ("bytes, hoogstens", "bytes at most"),
        ),
        row(
            ("Verzoeken zonder token", "Requests without a token"),
            callers.public_per_minute.get().into(),
            ("per minuut en adres", "a minute and address"),
        ),
        row(
            ("Verzoeken met token", "Requests with a token"),
            callers.signed_in_per_minute.get().into(),
            ("per minuut en persoon", "a minute and person"),
        ),
        row(
            (
                "Open WebSockets en event-streams",
                "Open WebSockets and event streams",
            ),
            many(callers.sockets_of_an_address),
            ("per adres", "an address"),
        ),
        row(
            ("Stromen", "Streams"),
            many(callers.streams),
            ("per WebSocket", "a WebSocket"),
        ),
        row(
            ("Bericht, tijd om aan te komen", "Body, time to arrive"),
            body::SLOWEST.as_secs(),
            ("seconden", "seconds"),
        ),
        row(
            ("Document", "Document"),
            many(gate.bytes),
            ("bytes", "bytes"),
        ),
        row(
            ("Document, woorden en tekens", "Document, words and marks"),
            many(gate.tokens),
            ("", ""),
        ),
        row(
            ("Document, haakjes in elkaar", "Document, nested brackets"),
            many(gate.depth),
            ("", ""),
        ),
        row(
            (
                "Velden, met fragmenten uitgeschreven",
                "Fields, fragments laid open",
            ),
            gate.expanded_fields,
            ("", ""),
        ),
        row(("Aliassen", "Aliases"), many(gate.aliases), ("", "")),
        row(
            ("Directives", "Directives"),
            many(gate.directives),
            ("", ""),
        ),
        row(
            ("Niveaus van velden", "Levels of fields"),
            many(cost::DEEPEST),
            ("", ""),
        ),
        row(
            ("Kosten van een vraag", "Cost of a question"),
            many(cost::MOST),
            (
                "een veld telt één, een lijst zo vaak als zij lang kan zijn",
                "a field counts one, a list as often as it can be long",
            ),
        ),
        row(
            ("Lijst, als u niets zegt", "List, when you say nothing"),
            many(page::USUAL),
            ("per pagina", "a page"),
        ),
        row(
            ("Lijst, hoogstens", "List, at most"),
            many(page::MOST),
            ("per pagina", "a page"),
        ),
        row(
            ("Zoektekst", "Text to look for"),
            many(LONGEST_ASKED),
            ("tekens", "characters"),
        ),
        row(
            ("Mutaties in een document", "Mutations in a document"),
            1,
            ("", ""),
        ),
    ];
    let intro = language.pick((
        "<p>Wie een grens overschrijdt krijgt een code, de grens en een raad; er is dan niets gedaan. De introspectie van \
         gewone gereedschappen past er altijd in.</p>\n",
        "<p>Whoever passes a limit gets a code, the limit and a hint, and nothing has been done. The introspection of common \
         tools always fits.</p>\n",
    ));
    let heads = language.pick((["Wat", "Grens", "Eenheid"], ["What", "Limit", "Unit"]));
    format!("{intro}{}", table(&heads, &rows))
}
