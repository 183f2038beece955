//! Who may do what: every root field of the schema × the six roles × own and other, called over
//! real HTTP as the application's role.
//!
//! Three things must agree: what the service does ([`measure`]), the mandate table as [`mandate`]
//! reads it anew (it does not ask the policy of the program), and `policy_matrix.txt`, which is
//! what we show to people.

mod forms;
mod hidden;
mod inputs;
mod mandate;
mod measure;
mod prepare;
mod queries;
mod streams;
mod texts;
mod visitor;
mod ways;

use std::collections::BTreeSet;

use acceptance::{
    App, Client, ministry, municipality, partner, region, spawn_app_with_one_connection,
    spawn_app_without_second_wall, vng,
};

use crate::schema::{fields_of, types};
use inputs::{FIRST_MUTATION, MUTATIONS, regional_answer};
use mandate::{Kind, rows};
use measure::{Matrix, ids_of};
use prepare::{make_ready, prepare};
use queries::QUERIES;

const FILE: &str = include_str!("../policy_matrix.txt");
/// Hilversum: its assessment is submitted and confirmed. It lies in VR14.
const OWN: &str = "GM0402";
/// Amsterdam: its assessment is submitted and not confirmed. It lies in VR13.
const OTHER: &str = "GM0363";
/// Laren (NH), in VR14 like Hilversum: it has no assessment.
const LAREN: &str = "GM0417";

/// A column of the mandate table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Public,
    Partner,
    /// Hilversum.
    Municipality,
    /// Gooi en Vechtstreek (VR14), which is registered as reporting region.
    Region,
    Vng,
    Ministry,
}

impl Who {
    const ALL: [Self; 6] = [
        Self::Public,
        Self::Partner,
        Self::Municipality,
        Self::Region,
        Self::Vng,
        Self::Ministry,
    ];

    fn client(self, app: &App) -> Client {
        match self {
            Self::Public => app.public(),
            Self::Partner => app.with(&partner("comensha")),
            Self::Municipality => app.with(&municipality(OWN)),
            Self::Region => app.with(&region("VR14")),
            Self::Vng => app.with(&vng()),
            Self::Ministry => app.with(&ministry()),
        }
    }

    /// The organisation whose feed key is its own; to the public, Hilversum's is not.
    fn organisation(self) -> &'static str {
        match self {
            Self::Public | Self::Municipality => OWN,
            Self::Partner => "comensha",
            Self::Region => "VR14",
            Self::Vng => "VNG",
            Self::Ministry => "MINISTRY",
        }
    }
}

/// Whom an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// Hilversum, or VR14: their own to `Who::Municipality` and `Who::Region`.
    Own,
    /// Amsterdam, or VR13: nobody's own.
    Other,
    /// Nobody in particular.
    Nobody,
}

impl Subject {
    /// One of two values: of the own, or of the other.
    fn choose<T>(self, own: T, other: T) -> T {
        match self {
            Self::Own | Self::Nobody => own,
            Self::Other => other,
        }
    }

    fn municipality(self) -> &'static str {
        self.choose(OWN, OTHER)
    }

    fn area(self) -> &'static str {
        self.choose("VR14", "VR13")
    }

    fn label(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Other => "other",
            Self::Nobody => "-",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The whole answer: as much as the role that sees most.
    Allowed,
    /// An answer without errors and with fewer rows, perhaps none.
    Filtered,
    /// `FORBIDDEN`, and nothing was changed.
    Refused,
}

impl Outcome {
    fn label(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Filtered => "filtered",
            Self::Refused => "refused",
        }
    }
}

#[test]
fn every_operation_of_the_schema_stands_in_the_matrix() {
    let types = types();
    let served = |name: &str| -> BTreeSet<String> {
        let fields = fields_of(&types, name).into_iter();
        fields.map(|field| field.name.node.to_string()).collect()
    };
    let listed = |kind: Kind| -> BTreeSet<String> {
        let names = rows(kind).map(|row| row.operation.split(':').next().unwrap_or_default());
        names.map(str::to_owned).collect()
    };
    assert_eq!(served("Query"), listed(Kind::Query));
    assert_eq!(served("Mutation"), listed(Kind::Mutation));
    assert_eq!(served("Subscription"), listed(Kind::Subscription));
    let called = MUTATIONS.into_iter().chain([FIRST_MUTATION]);
    assert_eq!(served("Mutation"), called.map(str::to_owned).collect());
    let queries = rows(Kind::Query).map(|row| row.operation);
    let called = QUERIES.iter().map(|(name, _)| *name);
    assert_eq!(
        called.collect::<BTreeSet<_>>(),
        queries.collect::<BTreeSet<_>>()
    );
    let written: BTreeSet<(String, String)> = FILE
        .lines()
        .filter_map(|line| {
            let (kind, rest) = line.split_once(' ')?;
            let operation = rest.split("  ").next()?.split(':').next()?;
            matches!(kind, "query" | "mutation" | "subscription")
                .then(|| (kind.to_owned(), operation.to_owned()))
        })
        .collect();
    let all = [
        ("query", "Query"),
        ("mutation", "Mutation"),
        ("subscription", "Subscription"),
    ];
    let all = all.into_iter().flat_map(|(kind, root)| {
        let names = served(root).into_iter();
        names.map(move |name| (kind.to_owned(), name))
    });
    assert_eq!(
        written,
        all.collect(),
        "policy_matrix.txt lists other operations than the schema"
    );
}

#[tokio::test]
async fn the_service_does_what_the_mandate_table_says() {
    // One connection: no operation holds one while it waits for another.
    measure(spawn_app_with_one_connection()).await;
}

#[tokio::test]
async fn the_first_wall_stands_alone() {
    let app = spawn_app_without_second_wall();
    for table in ["fact.answer", "fact.round_report", "work.draft"] {
        let bound = format!(
            "select count(*) from pg_roles where rolname = 'stm_unwalled' and not rolbypassrls
            or not (select relforcerowsecurity from pg_class where oid = '{table}'::regclass)"
        );
        assert_eq!(app.database.count(&bound).await, 0, "{table}");
    }
    measure(app).await;
}

/// Measures the whole matrix on a service, and compares it with the mandate table and with the
/// file.
async fn measure(app: App) {
    let clients = Who::ALL.map(|who| who.client(&app));
    let mut matrix = Matrix::default();
    matrix.attempt(&app, &clients, FIRST_MUTATION).await;
    prepare(&app).await;
    let reviewer = app.with(&vng());
    let ids = [
        ids_of(&reviewer, Subject::Own).await,
        ids_of(&reviewer, Subject::Other).await,
    ];
    for row in rows(Kind::Query) {
        matrix.ask(&clients, row, &ids).await;
    }
    for row in rows(Kind::Page) {
        matrix.visit(&clients, row).await;
    }
    // Two more, for VNG to return.
    for area in ["VR14", "VR13"] {
        let answer = regional_answer(area, "SK-01");
        let client = app.with(&region(area));
        client.change("submitRegionalAnswer", answer).await;
    }
    for mutation in MUTATIONS {
        make_ready(&app, &reviewer, mutation).await;
        matrix.attempt(&app, &clients, mutation).await;
    }
    for (row, subject, outcomes) in streams::measure(&app, &clients).await {
        matrix.add(row, subject, outcomes);
    }
    let mistakes = &matrix.mistakes;
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
    let text = matrix.render();
    assert!(
        text == FILE,
        "tests/contract/policy_matrix.txt is not what the service does. If the mandate table \
         allows it, copy the text between the lines into that file:\n{line}\n{text}{line}\n",
        line = "-".repeat(80)
    );
}

/// The addresses that the service has, as its routes name them.
pub(crate) fn addresses() -> BTreeSet<&'static str> {
    let named = include_str!("../../../api/transport/src/lib.rs")
        .split("web::resource(")
        .skip(1);
    let of_sheets = include_str!("../../../api/transport/src/answer_sheet.rs")
        .split("web::resource(")
        .skip(1);
    let of_reminders = include_str!("../../../api/transport/src/reminders.rs")
        .split("web::resource(")
        .skip(1);
    let of_machines = include_str!("../../../api/transport/src/machines.rs")
        .split("web::resource(")
        .skip(1);
    let of_receipts = include_str!("../../../api/transport/src/receipts.rs")
        .split("web::resource(")
        .skip(1);
    let of_tables = include_str!("../../../api/transport/src/assessment_table.rs")
        .split("web::resource(")
        .skip(1);
    let of_editions = include_str!("../../../api/transport/src/edition_book.rs")
        .split("web::resource(")
        .skip(1);
    let of_rounds = include_str!("../../../api/transport/src/status_sheet.rs")
        .split("web::resource(")
        .skip(1);
    let of_feeds = include_str!("../../../api/transport/src/feed_list.rs")
        .split("web::resource(")
        .skip(1);
    let of_pages = include_str!("../../../api/transport/src/pages.rs")
        .split("web::resource(")
        .skip(1);
    let of_pictures = include_str!("../../../api/transport/src/pictures.rs")
        .split("web::resource(")
        .skip(1);
    let of_odata = include_str!("../../../api/transport/src/odata/mod.rs")
        .split("service(read(")
        .skip(1);
    named
        .chain(of_sheets)
        .chain(of_reminders)
        .chain(of_machines)
        .chain(of_receipts)
        .chain(of_tables)
        .chain(of_editions)
        .chain(of_rounds)
        .chain(of_feeds)
        .chain(of_pages)
        .chain(of_pictures)
        .chain(of_odata)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .collect()
}

/// The addresses of pages for people, in Dutch and behind `/en` in English, and of what they load.
fn addresses_of_people() -> BTreeSet<String> {
    let source = include_str!("../../../api/transport/src/site.rs");
    let feeds = include_str!("../../../api/transport/src/atom.rs");
    let places = [source, feeds].into_iter().flat_map(|source| {
        let list = source.split("const PLACES").nth(1).expect("the list");
        let list = list.split("];").next().expect("its end");
        list.split('"').skip(1).step_by(2)
    });
    let others = source
        .split("web::resource(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
    places
        .flat_map(|place| [place.to_owned(), format!("/en{place}")])
        .chain(["/", "/en"].map(str::to_owned))
        .chain(others.map(str::to_owned))
        .collect()
}

#[test]
fn every_address_of_the_service_stands_in_the_matrix() {
    let mut served = addresses_of_people();
    served.extend(addresses().into_iter().map(str::to_owned));
    served.remove("/v1/graphql");
    // What stands in braces is a name without a slash.
    let part_fits = |route: &str, part: &str| match (route.split_once('{'), route.rsplit_once('}'))
    {
        (Some((before, _)), Some((_, after))) => part
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|name| !name.is_empty()),
        _ => route == part,
    };
    let fits = |route: &str, surface: &str| {
        route.split('/').count() == surface.split('/').count()
            && route
                .split('/')
                .zip(surface.split('/'))
                .all(|(route, part)| part_fits(route, part))
    };
    for route in &served {
        assert!(
            rows(Kind::Page).any(|row| fits(route, row.operation)),
            "{route} stands nowhere"
        );
    }
    for surface in rows(Kind::Page).map(|row| row.operation) {
        assert!(
            served.iter().any(|route| fits(route, surface)),
            "{surface} is not served"
        );
    }
}
