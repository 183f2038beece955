//! The data set with changes, as an expert would make them by hand.

use database::{Database, roles};
use dataset::{DataSet, Imported, import};
use domain::clock::Clock;

use crate::{TestDatabase, noon};

/// The real data with some texts of some files replaced, once each.
///
/// # Panics
/// When a file does not hold the text that is to be replaced, or the result holds mistakes.
#[must_use]
pub fn edited(edits: &[(&str, &str, &str)]) -> DataSet {
    DataSet::changed(&|file, built_in| {
        let mut text = built_in.to_owned();
        for (_, from, to) in edits.iter().filter(|(name, _, _)| *name == file) {
            assert!(text.contains(from), "{file} does not hold {from:?}");
            text = text.replacen(from, to, 1);
        }
        text
    })
    .unwrap_or_else(|error| panic!("{:#?}", error.0))
}

impl TestDatabase {
    /// Imports a data set as the operator would, at noon of the day of the tests.
    ///
    /// # Panics
    /// When the import is refused.
    pub async fn import(&self, set: &DataSet) -> Imported {
        let db = Database::connect(&self.url(roles::APP), 1, Clock::settable(noon()))
            .await
            .expect("the application connects");
        let (imported, _) = import(&db, set)
            .await
            .unwrap_or_else(|error| panic!("{error:?}"));
        db.pool().clone().close().await.expect("closed");
        imported
    }
}
