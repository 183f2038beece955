//! Money that was made available, apart from how it is planned.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use domain::{
    budget::{
        codes::FundingKind,
        promised::{self, Promise},
        sentences::YearFacts,
    },
    text::{Language, pick},
};
use entity::funding;
use graphql::{
    coded::{self, Coded},
    id::{self, NodeKind},
    known::known,
    text::LocalizedText,
};

use super::{
    cell::{BudgetAmount, Table},
    comparison::printed_total,
};
use crate::sources::schema::Source;

/// Money that a source names: made available, or proposed and rejected. NL: genoemde middelen.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct Funding {
    /// The key, as in `extra-2024`. NL: sleutel.
    key: String,
    /// What kind of money it is. NL: soort.
    kind: Coded<FundingKind>,
    /// Whether it is part of the programme's money; other and rejected money never is. NL: deel van
    /// het programma.
    is_programme_money: bool,
    /// What it is. NL: omschrijving.
    title: LocalizedText,
    /// The amount of each year, in whole euros. NL: bedrag per jaar in hele euro's.
    amount_euros: i64,
    /// The first year; null when the source names none. NL: eerste jaar.
    from: Option<i32>,
    /// The last year; null when the source names none. NL: laatste jaar.
    to: Option<i32>,
    /// The words of the source, verbatim in Dutch. NL: tekst van de bron.
    text: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl Funding {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Funding, &self.key).await
    }

    /// The kind in words. NL: label.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.kind.label())
    }
}

impl Funding {
    pub(crate) fn of(row: &funding::Model) -> Result<Self> {
        Ok(Self {
            key: row.key.clone(),
            kind: Coded(coded::of_row(&row.kind)?),
            is_programme_money: row.counts,
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            amount_euros: i64::from(row.amount_euros),
            from: row.year_from,
            to: row.year_to,
            text: row.text_nl.clone(),
            source: crate::source_of!(row),
        })
    }

    fn promise(&self) -> Promise {
        Promise {
            euros: self.amount_euros,
            is_extra: self.kind.0 == FundingKind::Extra,
            first: self.from,
            last: self.to,
        }
    }
}

/// The money of a plan version.
pub(super) struct Money {
    /// What counts.
    pub(super) programme: Vec<Funding>,
    /// What is in no sum: of this plan version, or of none.
    pub(super) apart: Vec<Funding>,
    pub(super) promises: Vec<Promise>,
}

impl Money {
    pub(super) async fn read(ctx: &Context<'_>, plan: &str) -> Result<Self> {
        let rows = known::<funding::Entity>(ctx).await?;
        let own = |row: &&funding::Model| match row.plan.as_deref() {
            Some(of) => of == plan,
            None => !row.counts,
        };
        let all: Vec<Funding> = rows
            .iter()
            .filter(own)
            .map(Funding::of)
            .collect::<Result<_>>()?;
        let (programme, apart): (Vec<Funding>, Vec<Funding>) =
            all.into_iter().partition(|one| one.is_programme_money);
        Ok(Self {
            promises: programme.iter().map(Funding::promise).collect(),
            programme,
            apart,
        })
    }

    /// The years that the sources speak of.
    pub(super) fn years(&self, table: &Table<'_>) -> Vec<i32> {
        promised::years(&table.cells, &self.promises)
    }

    /// What a sentence on the budget says of a year.
    pub(super) fn year_facts(&self, table: &Table<'_>, year: i32) -> YearFacts {
        let columns = promised::columns(&table.cells);
        let named = promised::promised(&self.promises, &columns, year);
        YearFacts {
            year,
            total: printed_total(&table.cells, year),
            named,
            is_extra: named == promised::extra(&self.promises, &columns, year),
            undated: promised::undated(&self.promises, &columns, year),
        }
    }
}

/// Promised money beside planned money, in whole euros. NL: dekking van een jaar.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct FundingYear {
    /// The year. NL: jaar.
    year: i32,
    /// The money of the programme that the sources name for the year, in whole euros; rejected and
    /// other money is no part of it. NL: genoemde middelen.
    promised: BudgetAmount,
    /// What it consists of. NL: onderdelen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    parts: Vec<Funding>,
    /// Money of which the source does not say whether it goes on in the year, as in 2027; it is no
    /// part of `promised`. NL: middelen waarvan de bron niet zegt of zij doorlopen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    undated: Vec<Funding>,
    /// The total that the overview plans for the year, in whole euros; `NOT_IN_SOURCE` when it has
    /// no column. NL: verdeeld volgens de begroting.
    allocation: BudgetAmount,
    /// `promised` minus `allocation`, in whole euros; null when one of them is not in the source.
    /// NL: niet verdeeld.
    unallocated_euros: Option<i64>,
}

impl FundingYear {
    pub(super) fn of(table: &Table<'_>, money: &Money, years: &[i32], year: i32) -> Self {
        let columns = promised::columns(&table.cells);
        let promised = promised::promised(&money.promises, &columns, year);
        let allocation = printed_total(&table.cells, year);
        let (parts, others): (Vec<Funding>, Vec<Funding>) = money
            .programme
            .iter()
            .cloned()
            .partition(|one| one.promise().holds_in(year, &columns));
        let is_open = |one: &Funding| years.contains(&year) && one.promise().is_undated();
        Self {
            year,
            promised: promised.into(),
            parts,
            undated: others.into_iter().filter(is_open).collect(),
            allocation: allocation.into(),
            unallocated_euros: promised.more_than(allocation),
        }
    }
}
