//! How a publication was made, its files, and the verdicts that it tells by name, as clients see
//! them.

use async_graphql::{Context, Object, Result, SimpleObject};
use graphql::{
    coded::{Coded, of_row},
    date::Date,
    text::LocalizedText,
};

use super::{files::Manifest, repo};
use crate::{
    framework::schema::{FrameworkEdition, find_edition},
    picture::contract::HandedInWords,
};
use domain::{
    code_list::CodeList,
    picture::rules::{CountingRule, Submission},
    publication::{codes::CorrectionReason, lines::Withheld},
    territory::codes::AreaKind,
    verdict::rules::{EditionState, VerdictStatus},
};
use register::territory::schema::Municipality;

/// A line of a publication whose values are withheld. NL: weggelaten regel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct WithheldLine {
    /// The key of the line, as in `VR14`. NL: sleutel.
    key: String,
    /// Why. NL: reden.
    reason: Coded<Withheld>,
}

/// A cell in which it is another than the publication that it repeats, which was wrong there. NL:
/// correctie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationCorrection {
    /// The key of the line, as in `VR14`. NL: sleutel van de regel.
    line: String,
    /// The column, as in the CSV file. NL: kolom.
    column: String,
    /// What was wrong. NL: reden.
    reason: Coded<CorrectionReason>,
}

/// A file of a publication. NL: bestand.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationFile {
    /// `JSON` or `CSV`; of what the archives want to know (MDTO 1.0) `MDTO` of the publication, and
    /// `MDTO_JSON` and `MDTO_CSV` of each of the two. NL: bestandsvorm.
    format: String,
    /// The permalink of the file, below the address of the service; it answers from the release on.
    /// NL: vaste verwijzing.
    path: String,
    /// SHA-256 of its bytes, in hexadecimal digits; also its `ETag`. NL: controlegetal.
    sha256: String,
    /// Its length in bytes. NL: lengte.
    bytes: i32,
}

/// The value of a code that a manifest holds.
fn coded_of<E: CodeList>(code: Option<&str>) -> Result<Option<Coded<E>>> {
    Ok(code.map(of_row).transpose()?.map(Coded))
}

/// How a publication was made, from what and by which rules. NL: verantwoording.
#[derive(Debug, Clone)]
pub(crate) struct PublicationManifest {
    pub(super) manifest: Manifest,
    pub(super) files: Vec<repo::FileInfo>,
}

/// How a publication was made, from what and by which rules. NL: verantwoording.
#[Object]
impl PublicationManifest {
    /// The ledger number that it was read at. NL: nummer in het grootboek.
    async fn ledger(&self) -> i64 {
        self.manifest.ledger_number
    }

    /// The hash of that entry, in hexadecimal digits. NL: controlegetal van het grootboek.
    async fn ledger_hash(&self) -> &str {
        &self.manifest.ledger_hash
    }

    /// The edition of the framework; null where none was used. NL: editie.
    async fn edition(&self, ctx: &Context<'_>) -> Result<Option<FrameworkEdition>> {
        find_edition(ctx, self.manifest.edition.as_deref().unwrap_or_default()).await
    }

    /// The state of the edition when it was prepared; null where none was used. NL: stand van de
    /// editie.
    async fn edition_state(&self) -> Result<Option<Coded<EditionState>>> {
        coded_of(self.manifest.edition_state.as_deref())
    }

    /// The rule set of its verdicts, as in `VOORSTEL-1`. NL: regelset.
    async fn rule_set(&self) -> Option<&str> {
        self.manifest.rule_set.as_deref()
    }

    /// What counts as meeting the framework; null where no verdict is counted, and of one that was
    /// prepared before this was kept. NL: telregel.
    async fn counting_rule(&self) -> Result<Option<Coded<CountingRule>>> {
        coded_of(self.manifest.counting_rule.as_deref())
    }

    /// The kind of area that it counts by; null where it counts by none. NL: indeling.
    async fn grouping(&self) -> Result<Option<Coded<AreaKind>>> {
        coded_of(self.manifest.grouping.as_deref())
    }

    /// What must be said beside every verdict; null when nothing must. NL: voorbehoud.
    async fn label(&self) -> Option<LocalizedText> {
        let pair = self
            .manifest
            .label_nl
            .as_deref()
            .zip(self.manifest.label_en.as_deref());
        pair.map(LocalizedText::of)
    }

    /// Lines whose values are withheld, with the reason of each. NL: weggelaten.
    #[graphql(complexity = "1 + 30 * child_complexity")]
    async fn withheld(&self) -> Vec<WithheldLine> {
        let lines = self.manifest.withheld.iter();
        lines
            .map(|line| WithheldLine {
                key: line.key.clone(),
                reason: line.reason.into(),
            })
            .collect()
    }

    /// The errors that it puts right in the withdrawn publication of counts that it repeats; all
    /// else is as it was. NL: correcties.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn corrections(&self) -> Vec<PublicationCorrection> {
        let corrections = self.manifest.corrections.iter();
        corrections
            .map(|one| PublicationCorrection {
                line: one.key.clone(),
                column: one.column.clone(),
                reason: one.reason.into(),
            })
            .collect()
    }

    /// Its files; empty until it is published, and for the public before its release and after its
    /// withdrawal. NL: bestanden.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn files(&self) -> Vec<PublicationFile> {
        let files = self.files.iter();
        files
            .map(|file| PublicationFile {
                path: format!(
                    "/v1/publications/{}.{}",
                    self.manifest.publication,
                    ending(&file.format)
                ),
                format: file.format.clone(),
                sha256: file.sha256.clone(),
                bytes: file.bytes,
            })
            .collect()
    }
}

/// How the name of a file of a form ends.
fn ending(format: &str) -> &'static str {
    match format {
        "CSV" => "csv",
        "MDTO" => "mdto.xml",
        "MDTO_JSON" => "json.mdto.xml",
        "MDTO_CSV" => "csv.mdto.xml",
        _ => "json",
    }
}

/// A verdict that a publication tells by name. NL: gepubliceerd of te publiceren oordeel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationVerdict {
    /// The municipality; null for one that is no longer in the records. NL: gemeente.
    pub(super) municipality: Option<Municipality>,
    /// Its verdict, as frozen. NL: oordeel.
    pub(super) status: Coded<VerdictStatus>,
    /// The first day on which it is so; null while nothing was judged. NL: sinds.
    pub(super) since: Option<Date>,
    /// The day from which it was judged so, which is later where it was judged anew and stayed the
    /// same; null while nothing was judged, and in a publication of before this was kept. NL: zo
    /// beoordeeld vanaf.
    pub(super) judged_from: Option<Date>,
    /// What the municipality says beside it; null when it said nothing, or its text was taken away
    /// by law. NL: reactie.
    pub(super) response: Option<String>,
    /// What it handed in, as frozen; null in a publication of before this was kept. NL: stand van
    /// indienen.
    pub(super) submission: Option<Coded<Submission>>,
    /// The day on which the version was submitted that VNG had yet to review; null when none
    /// waited. NL: wacht sinds.
    pub(super) waiting_since: Option<Date>,
    #[graphql(flatten)]
    pub(super) handed_in: HandedInWords,
}
