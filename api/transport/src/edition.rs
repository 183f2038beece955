//! The edition of a service: what its answers depend on beside the database, the moment and the
//! question. Two instances of one edition give the same answers, and so the same versions of them,
//! whichever of them a balancer chooses; two of different editions never share a version.
//!
//! It is the build (the program, by its sources, and the contract that it serves) and those
//! settings that answers tell of: who publishes, and the address by which the service is known.
//! Limits decide whether there is an answer and never what is in it. Whether the database is a demo
//! follows from the head of its ledger.

use sha2::{Digest as _, Sha256};

use super::operation::BUILD;
use domain::publication::publisher::Publisher;

/// The edition of the service of a publisher.
pub(super) fn edition_of(publisher: &Publisher) -> String {
    // Named one by one, so that nobody adds a setting without a look at this.
    let Publisher {
        name,
        identifier,
        email,
        telephone,
        licence,
        accessibility,
        privacy,
        service,
    } = publisher;
    let settings = [
        Some(BUILD.as_str()),
        name.as_deref(),
        identifier.as_deref(),
        email.as_deref(),
        telephone.as_deref(),
        Some(licence.as_str()),
        accessibility.as_deref(),
        privacy.as_deref(),
        service.as_deref(),
    ];
    let mut hash = Sha256::new();
    for setting in settings {
        match setting {
            Some(setting) => hash.update(format!("{}:{setting}", setting.len())),
            None => hash.update("-"),
        }
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_settings_are_one_edition_and_each_other_setting_is_another() {
        let named = |name: &str| Some(name.to_owned());
        let usual = Publisher::default;
        let editions: Vec<String> = [
            usual(),
            Publisher {
                name: named("a"),
                ..usual()
            },
            Publisher {
                name: named("b"),
                ..usual()
            },
            Publisher {
                name: named(""),
                ..usual()
            },
            Publisher {
                identifier: named("a"),
                ..usual()
            },
            Publisher {
                email: named("a"),
                ..usual()
            },
            Publisher {
                telephone: named("a"),
                ..usual()
            },
            Publisher {
                licence: "a".to_owned(),
                ..usual()
            },
            Publisher {
                accessibility: named("a"),
                ..usual()
            },
            Publisher {
                privacy: named("a"),
                ..usual()
            },
            Publisher {
                service: named("a"),
                ..usual()
            },
        ]
        .iter()
        .map(edition_of)
        .collect();
        for (at, edition) in editions.iter().enumerate() {
            assert!(!editions[..at].contains(edition), "{at}");
        }
        assert_eq!(edition_of(&usual()), editions[0]);
    }
}
