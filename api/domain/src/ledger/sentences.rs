//! One sentence for an entry of the ledger, in Dutch and English, for people who follow what
//! changes.
//!
//! Pure: an entry's operation, kind and key go in, the titles of what the key names, and of a
//! status what it was and became.

use super::{
    events::{self, EVENTS, Event},
    kinds::{KINDS, Kind, Template},
    things::{Named, Thing, Titles, named},
};
use crate::text::Text;

/// The kinds of things that an entry may be of.
pub fn kinds() -> impl Iterator<Item = &'static str> + Clone {
    KINDS.iter().map(|kind| kind.code)
}

/// The operations that an entry may tell of.
pub fn operations() -> impl Iterator<Item = &'static str> + Clone {
    EVENTS.iter().map(|event| event.operation)
}

/// What the keys of a kind name, in this order; empty for a kind that is not known.
#[must_use]
pub fn things_of(kind: &str) -> &'static [Thing] {
    find_kind(kind).map_or(&[], |kind| kind.things)
}

fn find_kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.code == code)
}

/// What a key of a kind names; empty where it cannot be read.
#[must_use]
pub fn names_in(kind: &str, key: &str) -> Vec<Named> {
    named(things_of(kind), key).unwrap_or_default()
}

/// A label in Dutch and in English.
type Label = (&'static str, &'static str);

/// What a status was and became; of one that was corrected both are there.
#[derive(Debug, Clone, Copy, Default)]
pub struct StatusLabels {
    /// The label of what it was.
    pub before: Option<Label>,
    /// The label of what it is.
    pub after: Option<Label>,
}

/// An entry of which a sentence tells.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What was done, as in `data.corrected`.
    pub operation: &'a str,
    /// The kind of thing, as in `StatusReport`.
    pub kind: &'a str,
    /// The key of the thing, as in `2025-1/2024/44`.
    pub key: &'a str,
    /// What a status was and became.
    pub status: StatusLabels,
}

/// What an entry says, as one sentence in Dutch and English.
#[must_use]
pub fn sentence(entry: Entry<'_>, titles: &Titles) -> Text {
    let event = event(entry.operation);
    let kind = find_kind(entry.kind);
    let names = kind.and_then(|kind| named(kind.things, entry.key));
    let mut text = match (kind, names) {
        (Some(kind), Some(names)) => filled(template(kind, entry.operation), &names, titles),
        _ => Text::new(
            format!("het gegeven {} {} {{event}}", entry.kind, entry.key),
            format!("the fact {} {} {{event}}", entry.kind, entry.key),
        ),
    };
    text.nl = text.nl.replace("{event}", &event.nl);
    text.en = text.en.replace("{event}", &event.en);
    let text = with_status(text, entry.status);
    Text::new(capital(&text.nl) + ".", capital(&text.en) + ".")
}

/// The thing of a kind and key as a noun phrase in Dutch and English, as in `de beoordeling van
/// Hilversum over rapportageperiode 2026-2`.
#[must_use]
pub fn subject(kind: &str, key: &str, titles: &Titles) -> Text {
    let found = find_kind(kind);
    match found.and_then(|kind| Some((kind, named(kind.things, key)?))) {
        Some((kind, names)) => {
            let text = filled(kind.sentence, &names, titles);
            let plain = |text: &str| text.replace(", {event}", "").replace(" {event}", "");
            Text::new(plain(&text.nl), plain(&text.en))
        }
        None => Text::new(key, key),
    }
}

fn template(kind: &Kind, operation: &str) -> Template {
    match kind.changed {
        Some(changed) if events::changes_what_is_recorded(operation) => changed,
        _ => kind.sentence,
    }
}

/// A template with its things in place; the event is still open.
fn filled(template: Template, names: &[Named], titles: &Titles) -> Text {
    let mut text = Text::new(template.nl, template.en);
    for (place, name) in names.iter().enumerate() {
        let phrase = name.phrase(titles);
        let place = format!("{{{place}}}");
        text.nl = text.nl.replace(&place, &phrase.nl);
        text.en = text.en.replace(&place, &phrase.en);
    }
    text
}

fn event(operation: &str) -> Text {
    match EVENTS.iter().find(|event| event.operation == operation) {
        Some(Event { nl, en, .. }) => Text::new(*nl, *en),
        None => Text::new(
            format!("is gewijzigd ({operation})"),
            format!("was changed ({operation})"),
        ),
    }
}

fn with_status(text: Text, status: StatusLabels) -> Text {
    match (status.before, status.after) {
        (Some(before), Some(after)) if before != after => Text::new(
            format!("{}, van “{}” naar “{}”", text.nl, before.0, after.0),
            format!("{}, from “{}” to “{}”", text.en, before.1, after.1),
        ),
        (_, Some(after)) => Text::new(
            format!("{}: “{}”", text.nl, after.0),
            format!("{}: “{}”", text.en, after.1),
        ),
        (_, None) => text,
    }
}

/// A text that begins with a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles() -> Titles {
        let title =
            |thing, key: &str, nl: &str, en: &str| (Named::new(thing, key), Text::new(nl, en));
        Titles::from([
            title(
                Thing::Action,
                "2024/46",
                "Training professionals",
                "Training of professionals",
            ),
            title(Thing::Partner, "nidos", "Nidos", "Nidos"),
            title(
                Thing::Round,
                "2025-1",
                "Monitoringsoverzicht 2025",
                "Monitoring overview 2025",
            ),
            title(Thing::Municipality, "GM0402", "Hilversum", "Hilversum"),
            title(
                Thing::Goal,
                "2024/4/1",
                "In 2026 heeft elke gemeente beleid.",
                "In 2026 every municipality has a policy.",
            ),
        ])
    }

    fn say(operation: &str, kind: &str, key: &str) -> Text {
        let status = StatusLabels::default();
        sentence(
            Entry {
                operation,
                kind,
                key,
                status,
            },
            &titles(),
        )
    }

    #[test]
    fn a_sentence_names_its_subject_and_what_it_is_tied_to() {
        let key = "2024/46/nidos/TARGET_GROUP";
        assert_eq!(
            say("data.imported", "ActionPartner", key),
            Text::new(
                "Nidos is toegevoegd als doelgroep van actie 46 (Training professionals).",
                "Nidos was added as target group of action 46 (Training of professionals)."
            )
        );
        assert_eq!(
            say("data.withdrawn", "ActionPartner", key).nl,
            "De rol van Nidos als doelgroep van actie 46 (Training professionals) is ingetrokken."
        );
        assert_eq!(
            say("assessment.submitted", "Assessment", "GM0402/2026-2").nl,
            "De beoordeling van Hilversum over rapportageperiode 2026-2 is ingediend."
        );
        assert_eq!(
            say("data.imported", "OperationalGoal", "2024/4/0").nl,
            "Het overkoepelende doel van actielijn 4 is toegevoegd."
        );
        assert_eq!(
            say("data.imported", "OperationalGoal", "2023/4/2"),
            Text::new(
                "Doel 2 van actielijn 4 van plan 2023 is toegevoegd.",
                "Goal 2 of action line 4 of plan 2023 was added."
            )
        );
        assert_eq!(
            say("data.corrected", "GoalTarget", "2024/4/1/2"),
            Text::new(
                "Streefwaarde 2 bij doel 1 van actielijn 4 (“In 2026 heeft elke gemeente beleid”) \
                 is gecorrigeerd.",
                "Target value 2 for goal 1 of action line 4 (“In 2026 every municipality has a \
                 policy”) was corrected."
            )
        );
    }

    #[test]
    fn what_has_no_title_is_named_by_its_key() {
        let key = "2023/20/comensha/OWNER";
        assert_eq!(
            say("actionPartner.assigned", "ActionPartner", key).nl,
            "Partner comensha is aangewezen als eigenaar van actie 20 van plan 2023."
        );
        assert_eq!(
            say("adoption.recorded", "PolicyAdoption", "x-2023/").nl,
            "De vaststelling van “x-2023” door een gemeente die de bron niet noemt is vastgelegd."
        );
        assert_eq!(
            say("x.done", "Thing", "1"),
            Text::new(
                "Het gegeven Thing 1 is gewijzigd (x.done).",
                "The fact Thing 1 was changed (x.done)."
            )
        );
    }

    #[test]
    fn a_corrected_status_says_what_it_was() {
        let entry = Entry {
            operation: "data.corrected",
            kind: "StatusReport",
            key: "2025-1/2024/46",
            status: StatusLabels {
                before: Some(("In uitvoering", "In progress")),
                after: Some(("Afgerond", "Completed")),
            },
        };
        assert_eq!(
            sentence(entry, &titles()),
            Text::new(
                "De stand van actie 46 (Training professionals) in de monitoringsronde \
                 “Monitoringsoverzicht 2025” is gecorrigeerd, van “In uitvoering” naar “Afgerond”.",
                "The status of action 46 (Training of professionals) in the monitoring round \
                 “Monitoring overview 2025” was corrected, from “In progress” to “Completed”."
            )
        );
    }

    #[test]
    fn every_kind_and_every_operation_make_a_whole_sentence() {
        for kind in KINDS {
            let most = kind.things.len() * 4;
            let key = (1..=most)
                .map(|pieces| vec!["x"; pieces].join("/"))
                .find(|key| named(kind.things, key).is_some())
                .unwrap();
            for operation in operations() {
                let Text { nl, en } = say(operation, kind.code, &key);
                for text in [&nl, &en] {
                    assert!(text.ends_with('.') && !text.contains(['{', '}']), "{text}");
                    assert!(text.starts_with(|c: char| !c.is_lowercase()), "{text}");
                }
                assert_ne!(nl, en, "{}", kind.code);
            }
            let Text { nl, en } = subject(kind.code, &key, &titles());
            assert!(
                !nl.contains('{') && !en.contains('{') && !nl.is_empty(),
                "{nl}"
            );
        }
    }
}
