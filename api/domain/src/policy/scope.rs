//! What may be read: one question per row of the mandate table, each answered with a [`ReadScope`].

use super::{Mandate, Reach, Rule};
use crate::{actor::Role, territory::MunicipalityCode, verdict::rules::Basis};

/// Which rows of a scoped table a reader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// All of them.
    All,
    /// Those that VNG confirmed.
    Confirmed,
    /// Those of these municipalities, and of these `municipality/period` pairs.
    Own {
        /// Municipality codes.
        municipalities: Vec<String>,
        /// `municipality/period` pairs.
        subjects: Vec<String>,
    },
    /// None, by role: not because of the row.
    Hidden(Rule),
}

/// Proof that somebody asked what may be read. Repositories of scoped rows demand it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadScope {
    rows: Rows,
}

impl ReadScope {
    /// The rows that may be read.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Whether a row of this municipality and period would be seen, were it there.
    #[must_use]
    pub fn reaches(&self, municipality: &str, period: &str) -> bool {
        match &self.rows {
            Rows::All | Rows::Confirmed => true,
            Rows::Own {
                municipalities,
                subjects,
            } => {
                municipalities.iter().any(|own| own == municipality)
                    || subjects
                        .iter()
                        .any(|own| *own == format!("{municipality}/{period}"))
            }
            Rows::Hidden(_) => false,
        }
    }

    /// The rule that hides all rows from this role, if one does.
    #[must_use]
    pub fn hidden_by(&self) -> Option<Rule> {
        match &self.rows {
            Rows::Hidden(rule) => Some(*rule),
            Rows::All | Rows::Confirmed | Rows::Own { .. } => None,
        }
    }
}

fn own(mandate: &Mandate) -> Rows {
    Rows::Own {
        municipalities: mandate
            .reads
            .iter()
            .map(MunicipalityCode::as_str)
            .map(str::to_owned)
            .collect(),
        subjects: mandate.subjects.clone(),
    }
}

/// The rows that a reading rule reaches.
fn rows(mandate: &Mandate, rule: Rule) -> ReadScope {
    let rows = match rule.reach(mandate.role().kind()) {
        Reach::All => Rows::All,
        Reach::Confirmed => Rows::Confirmed,
        Reach::Own | Reach::OwnRegion | Reach::Mandated => own(mandate),
        Reach::Named | Reach::Nothing | Reach::Published => Rows::Hidden(rule),
    };
    ReadScope { rows }
}

/// Row "Submission state": which assessments exist, in which state.
#[must_use]
pub fn submissions(mandate: &Mandate) -> ReadScope {
    rows(mandate, Rule::ReadSubmissions)
}

/// Row "Claim, question, return, confirm; extension", as far as it is read: questions, replies,
/// reasons of a return, and what was filled in on behalf.
#[must_use]
pub fn reviews(mandate: &Mandate) -> ReadScope {
    rows(mandate, Rule::ReadReviews)
}

/// Row "Submit, withdraw", as far as it is read: whether the mandates that a municipality gave may
/// be read.
#[must_use]
pub fn sees_mandates_of(mandate: &Mandate, municipality: &str) -> bool {
    match Rule::ReadReviews.reach(mandate.role().kind()) {
        Reach::All => true,
        Reach::Own | Reach::OwnRegion | Reach::Mandated => {
            let mut own = mandate.reads.iter().chain(&mandate.writes_for);
            own.any(|code| code.as_str() == municipality)
        }
        Reach::Named | Reach::Nothing | Reach::Published | Reach::Confirmed => false,
    }
}

/// Row "Answers, evidence, grounds".
#[must_use]
pub fn answers(mandate: &Mandate) -> ReadScope {
    rows(mandate, Rule::ReadAnswers)
}

/// Row "Verdicts and counts of verdicts", for one basis.
#[must_use]
pub fn verdicts(mandate: &Mandate, basis: Basis) -> ReadScope {
    let rule = match basis {
        Basis::Submitted => Rule::ReadSubmittedVerdicts,
        Basis::Confirmed => Rule::ReadVerdicts,
    };
    rows(mandate, rule)
}

/// Which regional answers and duties may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionalScope {
    /// All areas'.
    All,
    /// Those that VNG confirmed.
    Confirmed,
    /// Those of this area.
    Area(String),
    /// Those that count for one of these municipalities.
    CountingFor(Vec<String>),
    /// None, by role.
    Hidden(Rule),
}

impl RegionalScope {
    /// As bounds of a query: everything, only what is confirmed, of these areas, counting for these
    /// municipalities.
    #[must_use]
    pub fn bounds(&self) -> (bool, bool, Vec<String>, Vec<String>) {
        match self {
            Self::All => (true, false, Vec::new(), Vec::new()),
            Self::Confirmed => (true, true, Vec::new(), Vec::new()),
            Self::Area(area) => (false, false, vec![area.clone()], Vec::new()),
            Self::CountingFor(codes) => (false, false, Vec::new(), codes.clone()),
            Self::Hidden(_) => (false, true, Vec::new(), Vec::new()),
        }
    }
}

/// Row "Regional answer, regional duties".
#[must_use]
pub fn regional(mandate: &Mandate) -> RegionalScope {
    let rule = Rule::ReadRegional;
    match rule.reach(mandate.role().kind()) {
        Reach::All => RegionalScope::All,
        Reach::Confirmed => RegionalScope::Confirmed,
        Reach::Own | Reach::OwnRegion | Reach::Mandated => match mandate.role() {
            Role::Region(area) => RegionalScope::Area(area.as_str().to_owned()),
            Role::Municipality(_)
            | Role::Public
            | Role::Partner(_)
            | Role::Vng
            | Role::Ministry
            | Role::System => {
                let codes = mandate.reads.iter().map(MunicipalityCode::as_str);
                RegionalScope::CountingFor(codes.map(str::to_owned).collect())
            }
        },
        Reach::Named | Reach::Nothing | Reach::Published => RegionalScope::Hidden(rule),
    }
}

/// Whose reports in an open monitoring round may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenReports {
    /// Everybody's.
    All,
    /// Those of this partner.
    Of(String),
    /// Nobody's: the role has no part in rounds.
    None,
}

/// Row "Reports in an open round".
#[must_use]
pub fn open_reports(mandate: &Mandate) -> OpenReports {
    match Rule::ReadOpenReports.reach(mandate.role().kind()) {
        Reach::All => OpenReports::All,
        Reach::Own => mandate
            .role()
            .partner()
            .map_or(OpenReports::None, OpenReports::Of),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => OpenReports::None,
    }
}

/// Row "Ledger": the parts of the ledger that a role sees whole, and its own entries.
#[must_use]
pub fn ledger(mandate: &Mandate) -> LedgerScope {
    LedgerScope {
        plan: Rule::ReadPlanLedger.reach(mandate.role().kind()) == Reach::All,
        compliance: rows(mandate, Rule::ReadComplianceLedger).rows,
    }
}

/// What may be read of the ledger, besides its public part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerScope {
    plan: bool,
    compliance: Rows,
}

impl LedgerScope {
    /// Whether entries of the plan that are not public may be read.
    #[must_use]
    pub fn plan(&self) -> bool {
        self.plan
    }

    /// Which entries of compliance may be read.
    #[must_use]
    pub fn compliance(&self) -> &Rows {
        &self.compliance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Actor;

    fn municipality(code: &str) -> Mandate {
        let code = MunicipalityCode::parse(code).unwrap();
        Mandate {
            actor: Actor {
                role: Role::Municipality(vec![code.clone()]),
                pseudonym: None,
                former_pseudonym: None,
            },
            reads: vec![code],
            writes_for: vec![],
            submits_for: vec![],
            subjects: vec![],
            owns: vec![],
            is_named: false,
        }
    }

    #[test]
    fn the_ministry_sees_confirmed_verdicts_only() {
        let ministry = Mandate::of(Actor {
            role: Role::Ministry,
            pseudonym: None,
            former_pseudonym: None,
        });
        assert_eq!(verdicts(&ministry, Basis::Confirmed).rows(), &Rows::All);
        assert_eq!(
            verdicts(&ministry, Basis::Submitted).hidden_by(),
            Some(Rule::ReadSubmittedVerdicts)
        );
        assert_eq!(answers(&ministry).rows(), &Rows::Confirmed);
    }

    #[test]
    fn a_municipality_sees_its_own() {
        let own = Rows::Own {
            municipalities: vec!["GM0402".to_owned()],
            subjects: vec![],
        };
        let hilversum = municipality("GM0402");
        assert_eq!(submissions(&hilversum).rows(), &own);
        assert_eq!(answers(&hilversum).rows(), &own);
        assert_eq!(verdicts(&hilversum, Basis::Submitted).rows(), &own);
    }

    #[test]
    fn the_public_sees_nothing_scoped() {
        let public = Mandate::of(Actor::public());
        assert_eq!(
            submissions(&public).hidden_by(),
            Some(Rule::ReadSubmissions)
        );
        assert_eq!(answers(&public).hidden_by(), Some(Rule::ReadAnswers));
        assert_eq!(
            verdicts(&public, Basis::Confirmed).hidden_by(),
            Some(Rule::ReadVerdicts)
        );
    }
}
