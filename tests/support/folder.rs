//! A copy of the data files that a test may change, as an expert would.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use database::{Database, roles};
use dataset::{DataError, DataSet, ImportError, Imported, ValidationReport, import};
use domain::clock::Clock;

use crate::TestDatabase;

/// A folder with the data files; it goes when the test ends.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
}

impl DataFolder {
    /// A copy of the real files.
    #[must_use]
    pub fn copy() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!(
            "stm-data-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder can be made");
        for file in Self::files() {
            fs::copy(original().join(&file), path.join(&file)).expect("a file can be copied");
        }
        Self { path }
    }

    /// The names of the files, sorted.
    #[must_use]
    pub fn files() -> Vec<String> {
        let mut files: Vec<String> = fs::read_dir(original())
            .expect("the data can be listed")
            .map(|entry| {
                let name = entry.expect("an entry").file_name();
                name.into_string().expect("a name in UTF-8")
            })
            .collect();
        files.sort();
        files
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path.join(file)).expect("a file can be read")
    }

    /// Writes a file anew.
    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.path.join(file), text).expect("a file can be written");
    }

    /// Changes what stands in a file exactly once.
    pub fn change(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
        self.write(file, &text.replace(from, to));
    }

    /// Adds a row at the end of a file.
    pub fn add(&self, file: &str, row: &str) {
        self.write(file, &format!("{}{row}\n", self.text(file)));
    }

    /// Reads and checks the files.
    ///
    /// # Errors
    /// When they hold mistakes.
    pub fn read(&self) -> Result<DataSet, DataError> {
        DataSet::from_folder(&self.path)
    }

    /// Imports the files, which hold no mistake.
    ///
    /// # Errors
    /// When they differ unexpectedly from what is published.
    pub async fn import(
        &self,
        database: &TestDatabase,
    ) -> Result<(Imported, ValidationReport), ImportError> {
        let set = self.read().unwrap_or_else(|error| panic!("{:#?}", error.0));
        let db = Database::connect(&database.url(roles::APP), 1, Clock::settable(crate::noon()))
            .await
            .expect("the application connects");
        let done = import(&db, &set).await;
        db.pool().clone().close().await.expect("closed");
        done
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        // A folder that stays behind harms nobody.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn original() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/data")
}
