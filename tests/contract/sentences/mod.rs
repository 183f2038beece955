//! Every sentence and label that the service can say, in both languages, in one file that an editor
//! reads in one sitting: `sentences.md`. It is made from the lists and functions of the program,
//! and from the literals of its source; a change of a sentence is a change of the file.

mod literals;

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use domain::{
    goals::{
        codes::{FigureKind, FigureQualifier, TargetDirection, TargetKind, TrendDirection},
        rules::Target,
        sentences::{Document, FigureFacts, figure, target},
    },
    ledger::{
        sentences::{
            Entry, StatusLabels, kinds, names_in, operations, sentence, subject, things_of,
        },
        things::{Named, Thing, Titles},
    },
    lists::LISTS,
    policy::Rule,
    tasks::rules::TaskKind,
    text::{Language, Text},
    verdict::{
        label::full_label,
        rules::{Basis, RuleThatFitted, VerdictStatus, rule_text},
    },
};

const FILE: &str = include_str!("../sentences.md");

/// The text of the file.
#[derive(Default)]
struct Page(String);

impl Page {
    fn chapter(&mut self, title: &str) {
        let _ = writeln!(self.0, "\n## {title}\n");
    }

    fn part(&mut self, title: &str) {
        let _ = writeln!(self.0, "\n### {title}\n");
    }

    fn line(&mut self, name: &str, text: &Text) {
        let name = if name.is_empty() {
            String::new()
        } else {
            format!("`{name}` ")
        };
        let _ = writeln!(self.0, "- {name}{}", one_line(&text.nl));
        let _ = writeln!(self.0, "  {}", one_line(&text.en));
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " / ")
}

/// The closed lists: each code with its label and what it means.
fn add_lists(page: &mut Page) {
    page.chapter("Closed lists");
    for list in LISTS {
        page.part(list.name);
        for value in list.values() {
            let of_both = |label: &str, about: &str| format!("**{label}** {about}");
            let text = Text::new(
                of_both(&value.label.nl, &value.description.nl),
                of_both(&value.label.en, &value.description.en),
            );
            page.line(value.code, &text);
        }
    }
}

/// A piece of a key, as it could be.
fn example(thing: Thing) -> &'static str {
    match thing {
        Thing::Action => "2024/46",
        Thing::ActionLine => "2024/4",
        Thing::Goal | Thing::Effect => "4/3",
        Thing::Plan => "2024",
        Thing::Period => "2026-2",
        Thing::Day => "2027-01-01",
        Thing::Criterion => "VOORSTEL-1/BB-03",
        Thing::Theme => "VOORSTEL-1/BB",
        Thing::Edition => "VOORSTEL-1",
        Thing::BudgetCell => "2024/LINES/4/33/2026",
        Thing::PartnerRole => "TARGET_GROUP",
        Thing::RelationKind => "STARTS_AFTER",
        Thing::ProvisionKind => "GOAL",
        Thing::MeetingKind => "OFFICIAL",
        Thing::Place => "TEXT",
        Thing::Rest => "a/b",
        Thing::Key => "2",
        _ => "x",
    }
}

/// A key that the kind can have.
fn key_of(kind: &str) -> String {
    let pieces: Vec<&str> = things_of(kind).iter().copied().map(example).collect();
    pieces.join("/")
}

/// A title for each thing that the key names, so that a sentence shows where titles stand.
fn titles_of(kind: &str, key: &str) -> Titles {
    let title = |named: Named| {
        let name = format!("{:?}", named.thing);
        (named, Text::new(format!("‹{name}›"), format!("‹{name}›")))
    };
    names_in(kind, key).into_iter().map(title).collect()
}

/// What an entry of the ledger says: each kind once, and each operation once.
fn add_ledger(page: &mut Page) {
    page.chapter("Changes (`changes`)");
    let say = |operation: &str, kind: &str, titles: &Titles, key: &str| {
        let status = StatusLabels::default();
        let entry = Entry {
            operation,
            kind,
            key,
            status,
        };
        sentence(entry, titles)
    };
    page.part("Each kind, once it is added and once it is corrected");
    for kind in kinds() {
        let key = key_of(kind);
        let titles = titles_of(kind, &key);
        for operation in ["data.imported", "data.corrected"] {
            page.line(kind, &say(operation, kind, &titles, &key));
        }
    }
    page.part("Each operation");
    let key = key_of("Assessment");
    let titles = titles_of("Assessment", &key);
    for operation in operations() {
        page.line(operation, &say(operation, "Assessment", &titles, &key));
    }
    page.part("What the service does not know");
    page.line("", &say("x.done", "Thing", &Titles::new(), "1"));
    page.line(
        "",
        &say(
            "data.imported",
            "Assessment",
            &Titles::new(),
            "GM0402/2026-2",
        ),
    );
    page.part("Subjects of tasks");
    for kind in [
        "Assessment",
        "RegionalAnswer",
        "RoundReport",
        "MonitoringRound",
        "Publication",
    ] {
        let key = key_of(kind);
        page.line(kind, &subject(kind, &key, &titles_of(kind, &key)));
    }
}

/// What a verdict is called and the rule that decided it.
fn add_verdicts(page: &mut Page) {
    page.chapter("Verdicts");
    for status in VerdictStatus::ALL {
        for basis in Basis::ALL {
            for provisional in [false, true] {
                let (nl, en) = full_label(status, basis, provisional);
                page.line(status.code(), &Text::new(nl, en));
            }
        }
    }
    for rule in RuleThatFitted::ALL {
        for basis in Basis::ALL {
            let text = rule_text(rule, basis);
            page.line(rule.code(), &Text::new(text.nl, text.en));
        }
    }
}

/// Targets and national figures.
fn add_goals(page: &mut Page) {
    page.chapter("Targets and figures");
    let both = |say: &dyn Fn(Language) -> String| Text::new(say(Language::Nl), say(Language::En));
    for direction in TargetDirection::ALL {
        for kind in TargetKind::ALL {
            let given = Target {
                number: 1,
                kind,
                direction,
                value: 10,
                value_to: Some(20),
            };
            let say = |language| target(language, &given, "‹unit›");
            page.line(direction.code(), &both(&say));
        }
    }
    for kind in FigureKind::ALL {
        for qualifier in FigureQualifier::ALL {
            let has_number = qualifier != FigureQualifier::None;
            let shown = FigureFacts {
                title: "‹title›",
                kind,
                qualifier,
                direction: match kind {
                    FigureKind::Trend => Some(TrendDirection::Rise),
                    FigureKind::Visibility => Some(TrendDirection::MoreVisible),
                    FigureKind::Count | FigureKind::Estimate | FigureKind::Unknown => None,
                },
                value: has_number.then_some(5000),
                value_to: has_number.then_some(7500),
                unit: Some("‹unit›"),
                years: (Some(2019), Some(2020)),
                stated_by: Some("CoMensha"),
                document: Some(Document {
                    title: "‹document›",
                    dated_on: None,
                    date_text: "‹date›",
                }),
                reason: None,
            };
            page.line(kind.code(), &both(&|language| figure(language, &shown)));
        }
    }
}

/// The mandate table: who may do what.
fn add_mandate(page: &mut Page) {
    page.chapter("Who may do what");
    for rule in Rule::ALL {
        let (nl, en) = rule.text();
        page.line(rule.code(), &Text::new(nl, en));
    }
}

/// Each kind of task, by the mutation that clears it.
fn add_tasks(page: &mut Page) {
    page.chapter("Tasks");
    for kind in TaskKind::ALL {
        page.line(kind.mutation().code(), &Text::from(kind.label()));
    }
}

/// What stands in the source: refusals, errors, pages, and what is put together from values.
fn add_source(page: &mut Page) {
    page.chapter("Sentences of the source");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut by_file = BTreeMap::new();
    for path in literals::files() {
        let found = literals::sentences(&fs::read_to_string(&path).expect("a source file"));
        let name = path.strip_prefix(&root).unwrap_or(&path);
        let name = name.display().to_string().replace("../", "");
        if !found.is_empty() {
            by_file.insert(name, found);
        }
    }
    for (name, found) in by_file {
        page.part(&name);
        for sentence in found {
            let en = sentence.en.unwrap_or_else(|| "(Dutch alone)".to_owned());
            page.line("", &Text::new(sentence.nl, en));
        }
    }
}

fn inventory() -> String {
    let mut page = Page(
        "# What the service can say\n\nMade by `tests/contract/sentences`: Dutch first, English \
         below it. `‹Title›` stands for a title, `{value}` for a value.\n"
            .to_owned(),
    );
    add_lists(&mut page);
    add_ledger(&mut page);
    add_tasks(&mut page);
    add_verdicts(&mut page);
    add_goals(&mut page);
    add_mandate(&mut page);
    add_source(&mut page);
    page.0
}

#[test]
fn every_sentence_of_the_service_stands_in_the_inventory() {
    let text = inventory();
    if text == FILE {
        return;
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sentences.md");
    fs::write(&path, &text).unwrap();
    let first = text.lines().zip(FILE.lines()).find(|(new, old)| new != old);
    panic!(
        "tests/contract/sentences.md is not what the service says; first different: {first:#?}\n\
         Read the difference as an editor, then: cp {} tests/contract/sentences.md",
        path.display()
    );
}

/// Words that an editor took out: they must not come back.
#[test]
fn no_sentence_has_a_word_that_was_taken_out() {
    let words = [
        "heet naar",
        "opzeggen:",
        "onthullend",
        " antwoordt de regio",
        "antwoord dat telt van wie",
        "bewaart deze dienst niets",
        "plateau.",
        "not printed\"",
    ];
    let guides = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/docs/nl");
    let mut texts = vec![("sentences.md".to_owned(), inventory())];
    for entry in fs::read_dir(guides).unwrap() {
        let path = entry.unwrap().path();
        texts.push((
            path.display().to_string(),
            fs::read_to_string(&path).unwrap(),
        ));
    }
    for (name, text) in texts {
        let text = text.to_lowercase();
        for word in words {
            assert!(!text.contains(&word.to_lowercase()), "{name}: {word}");
        }
    }
}
