//! The mandate: an actor with what only the database knows of it on the present day.

use sha2::{Digest as _, Sha256};

use crate::{
    actor::{Actor, Role},
    territory::MunicipalityCode,
};

/// An actor and the municipalities and assessments that are its own. Made by the opener of a
/// transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Who asks.
    pub actor: Actor,
    /// Municipalities whose rows are its own to read: those of the token and their predecessors.
    pub reads: Vec<MunicipalityCode>,
    /// Municipalities for which it may write today: those of the token that exist, or the members
    /// of its region.
    pub writes_for: Vec<MunicipalityCode>,
    /// Members of its region that gave it a mandate to submit for them today.
    pub submits_for: Vec<MunicipalityCode>,
    /// `municipality/period` pairs that a region may read: its members on the day that counts for
    /// the period; and its own area, as `VR14/REGIONAL`.
    pub subjects: Vec<String>,
    /// Actions of the plan that it owns by the ministry's assignment, by key, as in `2024/30`.
    pub owns: Vec<String>,
    /// Whether VNG has named it, a partner, to record who fills a function.
    pub is_named: bool,
}

impl Mandate {
    /// The mandate of an actor that needs nothing from the database.
    #[must_use]
    pub fn of(actor: Actor) -> Self {
        Self {
            actor,
            reads: Vec::new(),
            writes_for: Vec::new(),
            submits_for: Vec::new(),
            subjects: Vec::new(),
            owns: Vec::new(),
            is_named: false,
        }
    }

    /// The role of the actor.
    #[must_use]
    pub fn role(&self) -> &Role {
        &self.actor.role
    }

    /// A number that changes when the actor may read other rows: with its role, its organisation
    /// and its members.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.as_bytes());
            hash.update([0]);
        };
        add(self.role().kind().code());
        add(&self.role().organisation().unwrap_or_default());
        self.reads.iter().for_each(|code| add(code.as_str()));
        add("");
        self.subjects.iter().for_each(|subject| add(subject));
        let bytes: [u8; 32] = hash.finalize().into();
        u64::from_be_bytes(std::array::from_fn(|at| bytes[at]))
    }
}
