//! The text of a digest: for each task its kind, its subject, its last day and where to look; never
//! what was answered, and no name of a person. In Dutch, and below that the same in English.

use chrono::NaiveDate;

use crate::text::{Language, Text, day, number, pick};

/// Where officers sign in, and see all their tasks.
const WORKPLACE: &str = "/werkplek";

/// A task as a digest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is to be done, as in `Beoordeling indienen`.
    pub label: Text,
    /// What it is about, as in `De beoordeling van Hilversum over rapportageperiode 2026-2`.
    pub title: Text,
    /// The last day on which it is in time; none when it has none.
    pub due: Option<NaiveDate>,
    /// Whether that day has passed.
    pub is_overdue: bool,
    /// The path of the page of what it is about, from the root of the service.
    pub path: String,
}

/// What is open to an organisation, what is due first before the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// How many tasks are open, with those that are not listed.
    pub total: usize,
    /// The first of them.
    pub items: Vec<Item>,
    /// Whether all about municipalities is invented.
    pub is_demo: bool,
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject, on one line.
    pub subject: String,
    /// Its text.
    pub body: String,
}

impl Digest {
    /// The mail that tells of it; `service` is the address of the service as its users know it.
    #[must_use]
    pub fn letter(&self, service: &str) -> Letter {
        let demo = if self.is_demo { "DEMO: " } else { "" };
        let tasks = self.tasks(Language::Nl);
        Letter {
            subject: format!("{demo}{tasks} in de monitor Samen tegen mensenhandel"),
            body: format!(
                "{}\n\n* * *\n\nIn English\n\n{}",
                self.part(Language::Nl, service),
                self.part(Language::En, service)
            ),
        }
    }

    /// How many tasks are open, in words.
    fn tasks(&self, language: Language) -> String {
        let count = number(language, i64::try_from(self.total).unwrap_or(i64::MAX));
        let (one, more) = match language {
            Language::Nl => ("openstaande taak", "openstaande taken"),
            Language::En => ("open task", "open tasks"),
        };
        let noun = if self.total == 1 { one } else { more };
        format!("{count} {noun}")
    }

    fn part(&self, language: Language, service: &str) -> String {
        let tasks = self.tasks(language);
        let mut paragraphs = Vec::new();
        if self.is_demo {
            let invented = (
                "Dit is een demo: alles over gemeenten is verzonnen.",
                "This is a demo: everything about municipalities is invented.",
            );
            paragraphs.push(pick(language, invented));
        }
        paragraphs.push(match language {
            Language::Nl => format!(
                "Uw organisatie heeft {tasks} in de monitor van het actieplan Samen tegen \
                 mensenhandel."
            ),
            Language::En => format!(
                "Your organisation has {tasks} in the monitor of the action plan Samen tegen \
                 mensenhandel (together against human trafficking)."
            ),
        });
        paragraphs.extend(self.items.iter().map(|item| item.lines(language, service)));
        let rest = self.total.saturating_sub(self.items.len());
        if rest > 0 {
            let count = number(language, i64::try_from(rest).unwrap_or(i64::MAX));
            paragraphs.push(match language {
                Language::Nl => format!(
                    "Daarnaast staan er nog {count} open. De hele lijst staat op de werkplek."
                ),
                Language::En => format!(
                    "Besides these, {count} more are open. The whole list is at the workplace."
                ),
            });
        }
        let (nl, en) = (
            "Dit bericht is automatisch verzonden, ten hoogste één keer per dag; u kunt er niet op \
             antwoorden. Wilt u het niet meer ontvangen, meld het postvak dan af met de handeling \
             withdrawMailbox.",
            "This message was sent automatically, once a day at most; you cannot reply to it. To \
             receive it no more, withdraw the mailbox by the mutation withdrawMailbox.",
        );
        paragraphs.push(pick(language, (nl, en)));
        let guide = match language {
            Language::Nl => format!("Werkplek: {service}{WORKPLACE}\nUitleg: {service}/docs"),
            Language::En => format!("Workplace: {service}{WORKPLACE}\nGuides: {service}/docs/en"),
        };
        paragraphs.push(guide);
        paragraphs.join("\n\n")
    }
}

impl Item {
    fn lines(&self, language: Language, service: &str) -> String {
        let in_language = |text: &Text| match language {
            Language::Nl => text.nl.clone(),
            Language::En => text.en.clone(),
        };
        let mut lines = vec![in_language(&self.label), in_language(&self.title)];
        if let Some(due) = self.due {
            let due = day(language, due);
            lines.push(match (language, self.is_overdue) {
                (Language::Nl, false) => format!("Uiterlijk {due}"),
                (Language::Nl, true) => format!("Uiterlijk {due}; die dag is voorbij"),
                (Language::En, false) => format!("By {due}"),
                (Language::En, true) => format!("By {due}; that day has passed"),
            });
        }
        let path = match language {
            // The workplace speaks Dutch alone.
            Language::En if !self.path.starts_with(WORKPLACE) => {
                format!("/en{}", self.path.trim_end_matches('/'))
            }
            Language::Nl | Language::En => self.path.clone(),
        };
        lines.push(format!("{service}{path}"));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(path: &str, due: Option<&str>, is_overdue: bool) -> Item {
        Item {
            label: Text::new("Beoordeling indienen", "Submit the assessment"),
            title: Text::new(
                "De beoordeling van Hilversum over rapportageperiode 2026-2",
                "The assessment of Hilversum on reporting period 2026-2",
            ),
            due: due.map(|day| day.parse().unwrap()),
            is_overdue,
            path: path.to_owned(),
        }
    }

    #[test]
    fn a_digest_tells_of_each_task_in_both_languages() {
        let digest = Digest {
            total: 1,
            items: vec![item("/gemeenten/GM0402", Some("2026-11-30"), false)],
            is_demo: false,
        };
        let letter = digest.letter("https://monitor.example.nl");
        assert_eq!(
            letter.subject,
            "1 openstaande taak in de monitor Samen tegen mensenhandel"
        );
        assert_eq!(
            letter.body,
            "Uw organisatie heeft 1 openstaande taak in de monitor van het actieplan Samen tegen \
             mensenhandel.\n\n\
             Beoordeling indienen\n\
             De beoordeling van Hilversum over rapportageperiode 2026-2\n\
             Uiterlijk 30 november 2026\n\
             https://monitor.example.nl/gemeenten/GM0402\n\n\
             Dit bericht is automatisch verzonden, ten hoogste één keer per dag; u kunt er niet op \
             antwoorden. Wilt u het niet meer ontvangen, meld het postvak dan af met de handeling \
             withdrawMailbox.\n\n\
             Werkplek: https://monitor.example.nl/werkplek\n\
             Uitleg: https://monitor.example.nl/docs\n\n* * *\n\nIn English\n\n\
             Your organisation has 1 open task in the monitor of the action plan Samen tegen \
             mensenhandel (together against human trafficking).\n\n\
             Submit the assessment\n\
             The assessment of Hilversum on reporting period 2026-2\n\
             By 30 November 2026\n\
             https://monitor.example.nl/en/gemeenten/GM0402\n\n\
             This message was sent automatically, once a day at most; you cannot reply to it. To \
             receive it no more, withdraw the mailbox by the mutation withdrawMailbox.\n\n\
             Workplace: https://monitor.example.nl/werkplek\n\
             Guides: https://monitor.example.nl/docs/en"
        );
    }

    #[test]
    fn what_is_not_listed_is_counted_and_what_is_invented_says_so() {
        let digest = Digest {
            total: 1342,
            items: vec![
                item("/werkplek/x", Some("2026-11-20"), true),
                item("/", None, false),
            ],
            is_demo: true,
        };
        let letter = digest.letter("http://127.0.0.1:8080");
        assert!(letter.subject.starts_with("DEMO: 1.342 openstaande taken"));
        for line in [
            "Dit is een demo: alles over gemeenten is verzonnen.",
            "Daarnaast staan er nog 1.340 open. De hele lijst staat op de werkplek.",
            "Besides these, 1,340 more are open. The whole list is at the workplace.",
            "Uiterlijk 20 november 2026; die dag is voorbij",
            "By 20 November 2026; that day has passed",
        ] {
            assert!(letter.body.contains(line), "{line}");
        }
        assert_eq!(letter.body.matches("Uiterlijk").count(), 1);
        // The workplace has no English addresses, and the first page has one without a slash.
        assert_eq!(letter.body.matches(":8080/werkplek/x\n").count(), 2);
        for line in ["http://127.0.0.1:8080/\n", "http://127.0.0.1:8080/en\n"] {
            assert_eq!(letter.body.matches(line).count(), 1, "{line}");
        }
    }
}
