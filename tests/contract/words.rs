//! That a name means one thing wherever it stands, for the names that many types have.

use std::collections::BTreeMap;

use async_graphql::parser::types::{FieldDefinition, TypeKind};

use crate::schema::types;

/// Where a member stands: what is answered, what is given to a field, what is given in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Answer,
    Argument,
    Input,
}

/// A member of the contract: its type, its name, its own type without signs, and where it stands.
struct Member {
    of: String,
    name: String,
    ty: String,
    place: Place,
}

impl Member {
    fn path(&self) -> String {
        format!("{}.{}: {}", self.of, self.name, self.ty)
    }
}

fn members() -> Vec<Member> {
    let mut found = Vec::new();
    for definition in types() {
        let of = definition.name.node.as_str();
        let mut add = |of: &str, name: &str, ty: String, place: Place| {
            found.push(Member {
                of: of.to_owned(),
                name: name.to_owned(),
                ty: ty.replace(['[', ']', '!'], ""),
                place,
            });
        };
        match &definition.kind {
            TypeKind::Object(object) => {
                for FieldDefinition {
                    name,
                    ty,
                    arguments,
                    ..
                } in object.fields.iter().map(|field| &field.node)
                {
                    add(of, &name.node, ty.node.to_string(), Place::Answer);
                    for given in arguments.iter().map(|one| &one.node) {
                        let field = format!("{of}.{}", name.node);
                        let ty = given.ty.node.to_string();
                        add(&field, &given.name.node, ty, Place::Argument);
                    }
                }
            }
            TypeKind::InputObject(input) => {
                for field in input.fields.iter().map(|field| &field.node) {
                    add(
                        of,
                        &field.name.node,
                        field.ty.node.to_string(),
                        Place::Input,
                    );
                }
            }
            TypeKind::Scalar | TypeKind::Interface(_) | TypeKind::Union(_) | TypeKind::Enum(_) => {}
        }
    }
    found
}

/// Whether a member means what its name means everywhere; so does one whose name stands not here.
fn means_one_thing(member: &Member) -> bool {
    let (ty, place) = (member.ty.as_str(), member.place);
    match member.name.as_str() {
        // A submitted version, or its number where it is named; and that of the program.
        "version" => match place {
            Place::Answer => ty == "AssessmentVersion" || member.of == "About",
            Place::Argument | Place::Input => ty == "Int",
        },
        "versionNumber" => ty == "Int",
        // A number of the ledger, and the ledger itself.
        "ledger" => ty == "Int" || member.of == "Query",
        // How many there are of each.
        "counts" => ty.ends_with("Count") || ty.ends_with("Counts"),
        "period" => match place {
            Place::Answer => ty == "ReportingPeriod",
            Place::Argument | Place::Input => ty == "String",
        },
        // A cursor. What was and what is stands in answers, as a pair.
        "after" => place == Place::Answer || (place == Place::Argument && ty == "String"),
        "before" => place == Place::Answer,
        "reportedBy" | "submittedBy" | "repliedBy" | "statusReportedBy" => ty == "Organisation",
        _ => true,
    }
}

#[test]
fn a_name_means_one_thing() {
    let members = members();
    let wrong = members.iter().filter(|member| !means_one_thing(member));
    let wrong: Vec<String> = wrong.map(Member::path).collect();
    assert_eq!(wrong, [""; 0]);
    for name in ["version", "ledger", "counts", "period", "after", "before"] {
        let own = members.iter().filter(|member| member.name == name);
        assert!(own.count() > 1, "{name} stands nowhere any more");
    }
}

/// What was and what is are a pair of one type, and no cursor stands beside another `after`.
#[test]
fn before_and_after_are_a_pair() {
    let members = members();
    let mut pairs: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
    for member in &members {
        let is_half = ["before", "after"].contains(&member.name.as_str());
        if is_half && member.place == Place::Answer {
            pairs.entry(&member.of).or_default().push(member);
        }
    }
    for (of, halves) in &pairs {
        let [one, other] = halves.as_slice() else {
            panic!("{of} has half of a pair");
        };
        assert_eq!(one.ty, other.ty, "{of}");
    }
    for cursor in &members {
        if cursor.name == "after" && cursor.place == Place::Argument {
            let is_paged = members
                .iter()
                .any(|member| member.of == cursor.of && member.name == "first");
            assert!(is_paged, "{} is no cursor", cursor.path());
        }
    }
}
