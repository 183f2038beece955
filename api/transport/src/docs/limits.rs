//! The limits of a request, from the constants that enforce them.

use super::page::{Language, table};
use crate::{body, gate, limits::Limits, receipts};
use graphql::{cost, error::LONGEST_SEARCH, page, payload};

/// One row of the page; its texts in Dutch and in English.
struct Limit {
    what: (&'static str, &'static str),
    most: u64,
    unit: (&'static str, &'static str),
}

/// The page.
pub(super) fn page(language: Language) -> String {
    let limits = of_requests().into_iter().chain(of_documents());
    let rows: Vec<Vec<String>> = limits
        .map(|limit| {
            vec![
                language.pick(limit.what).to_owned(),
                limit.most.to_string(),
                language.pick(limit.unit).to_owned(),
            ]
        })
        .collect();
    let intro = language.pick((
        "<p>Wie een grens overschrijdt, krijgt een code, de grens en een advies; er is dan niets \
         gedaan. De introspectie van gewone gereedschappen past er altijd in.</p>\n",
        "<p>Whoever passes a limit gets a code, the limit and a hint, and nothing has been done. \
         The introspection of common tools always fits.</p>\n",
    ));
    let heads = language.pick((["Wat", "Grens", "Eenheid"], ["What", "Limit", "Unit"]));
    let name = language.pick(("Grenzen van een verzoek", "Limits of a request"));
    format!("{intro}{}{}", table(name, &heads, &rows), prices(language))
}

/// How it is counted what a question costs.
fn prices(language: Language) -> String {
    let (root, statement) = (cost::ROOT, cost::STATEMENT);
    language.pick((
        format!(
            "<p>Wat een vraag kost, staat in <code>extensions.cost</code>: elk veld telt één, \
             wat in een lijst staat zo vaak als de lijst lang kan zijn. Elk veld van \
             <code>Query</code> telt daarbij {root}. Wat telkens opnieuw in de database wordt \
             opgezocht, telt {statement} per opzoeking, ook als het onder een andere alias nog \
             eens wordt gevraagd. Vraag een veld dus één keer, met alles wat u ervan wilt \
             weten.</p>\n"
        ),
        format!(
            "<p>What a question costs stands in <code>extensions.cost</code>: each field counts \
             one, what stands in a list as often as the list can be long. Each field of \
             <code>Query</code> counts {root} beside. What is looked up in the database each \
             time counts {statement} for each look-up, also where it is asked again under \
             another alias. So ask a field once, with everything that you want to know of \
             it.</p>\n"
        ),
    ))
}

fn many(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// What a request may be, and how often it may come.
fn of_requests() -> [Limit; 8] {
    let callers = Limits::default();
    [
        Limit {
            what: ("Bericht", "Body"),
            most: many(body::LARGEST),
            unit: ("bytes, hoogstens", "bytes at most"),
        },
        Limit {
            what: ("Bericht, met token", "Body, with a token"),
            most: many(body::LARGEST_SIGNED_IN),
            unit: ("bytes, hoogstens", "bytes at most"),
        },
        Limit {
            what: ("Ontvangstbewijs om te controleren", "Receipt to be checked"),
            most: many(receipts::LARGEST),
            unit: ("bytes, hoogstens", "bytes at most"),
        },
        Limit {
            what: ("Verzoeken zonder token", "Requests without a token"),
            most: callers.public_per_minute.get().into(),
            unit: ("per minuut en adres", "a minute and address"),
        },
        Limit {
            what: ("Verzoeken met token", "Requests with a token"),
            most: callers.signed_in_per_minute.get().into(),
            unit: ("per minuut en persoon", "a minute and person"),
        },
        Limit {
            what: (
                "Open WebSockets en event-streams",
                "Open WebSockets and event streams",
            ),
            most: many(callers.sockets_of_an_address),
            unit: ("per adres", "an address"),
        },
        Limit {
            what: ("Stromen", "Streams"),
            most: many(callers.streams),
            unit: ("per WebSocket", "a WebSocket"),
        },
        Limit {
            what: ("Bericht, tijd om aan te komen", "Body, time to arrive"),
            most: body::SLOWEST.as_secs(),
            unit: ("seconden", "seconds"),
        },
    ]
}

/// What a document may ask.
fn of_documents() -> [Limit; 14] {
    let gate = gate::Limits::default();
    [
        Limit {
            what: ("Document", "Document"),
            most: many(gate.bytes),
            unit: ("bytes", "bytes"),
        },
        Limit {
            what: ("Document, woorden en tekens", "Document, words and marks"),
            most: many(gate.tokens),
            unit: ("", ""),
        },
        Limit {
            what: ("Document, haakjes in elkaar", "Document, nested brackets"),
            most: many(gate.depth),
            unit: ("", ""),
        },
        Limit {
            what: (
                "Velden, met fragmenten uitgeschreven",
                "Fields, fragments laid open",
            ),
            most: gate.expanded_fields,
            unit: ("", ""),
        },
        Limit {
            what: (
                "Woorden en tekens, met fragmenten uitgeschreven",
                "Words and marks, fragments laid open",
            ),
            most: gate.expanded_tokens,
            unit: ("", ""),
        },
        Limit {
            what: ("Aliassen", "Aliases"),
            most: many(gate.aliases),
            unit: ("", ""),
        },
        Limit {
            what: ("Directives", "Directives"),
            most: many(gate.directives),
            unit: ("", ""),
        },
        Limit {
            what: ("Niveaus van velden", "Levels of fields"),
            most: many(cost::DEEPEST),
            unit: ("", ""),
        },
        Limit {
            what: ("Kosten van een vraag", "Cost of a question"),
            most: many(cost::MOST),
            unit: (
                "geteld zoals onder de tabel staat",
                "counted as stands below the table",
            ),
        },
        Limit {
            what: ("Lijst, als u niets zegt", "List, when you say nothing"),
            most: many(page::USUAL),
            unit: ("per pagina", "a page"),
        },
        Limit {
            what: ("Lijst, hoogstens", "List, at most"),
            most: many(page::MOST),
            unit: ("per pagina", "a page"),
        },
        Limit {
            what: ("Zoektekst", "Text to look for"),
            most: many(LONGEST_SEARCH),
            unit: ("tekens", "characters"),
        },
        Limit {
            what: ("Mutaties in een document", "Mutations in a document"),
            most: 1,
            unit: ("", ""),
        },
        Limit {
            what: (
                "Beoordelingen in één mutatie",
                "Assessments in one mutation",
            ),
            most: many(payload::MOST_ITEMS),
            unit: (
                "bij claimReviews, confirmAssessments en returnAssessments",
                "of claimReviews, confirmAssessments and returnAssessments",
            ),
        },
    ]
}
