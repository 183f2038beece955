//! Figures that the sources print about human trafficking, its detection and its shelter: never
//! about a person.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    goals::{
        codes::{ExploitationKind, FigureKind, FigureQualifier, TrendDirection},
        sentences::{self, Document, FigureFacts},
    },
    text::Language,
};
use entity::{area, exploitation_form, known_gap, national_figure, source_document};
use graphql::{
    coded::{self, Coded},
    error::{Failure, fail_with_all},
    id::{self, NodeKind},
    known::known,
    text::LocalizedText,
};

use crate::{
    plan::codes::unknown,
    sources::schema::Source,
    territory::schema::{Area, find_area_node},
};

/// The area of figures of the whole country.
const COUNTRY: &str = "NL";
/// The figure that is missing because the sources do not split theirs by form of exploitation.
const BY_FORM: &str = "slachtoffers-per-vorm";
/// The gap that says that figures of regions are missing.
const BY_REGION: &str = "regional-figures";

/// A form of exploitation. NL: vorm van uitbuiting.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct ExploitationForm {
    /// The code. NL: code.
    code: Coded<ExploitationKind>,
    /// The name. NL: naam.
    name: LocalizedText,
    /// What it is, verbatim in Dutch. NL: omschrijving.
    text: String,
    /// Our translation, in English. NL: vertaling.
    translation: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl ExploitationForm {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::ExploitationForm, self.code.code()).await
    }
}

impl ExploitationForm {
    pub(crate) fn of(row: &exploitation_form::Model) -> Result<Self> {
        Ok(Self {
            code: Coded(coded::of_row(&row.code)?),
            name: LocalizedText::new(&row.title_nl, &row.title_en),
            text: row.text_nl.clone(),
            translation: row.text_en.clone(),
            source: crate::source_of!(row),
        })
    }
}

/// The forms of exploitation, in the order of the source.
pub(super) async fn forms(ctx: &Context<'_>) -> Result<Vec<ExploitationForm>> {
    let rows = known::<exploitation_form::Entity>(ctx).await?;
    let mut rows: Vec<&exploitation_form::Model> = rows.iter().collect();
    rows.sort_by_key(|row| row.position);
    rows.into_iter().map(ExploitationForm::of).collect()
}

/// A figure that a source prints, or says that it is missing. NL: landelijk cijfer.
#[derive(Debug, Clone)]
pub struct NationalFigure {
    row: national_figure::Model,
    kind: FigureKind,
    qualifier: FigureQualifier,
    direction: Option<TrendDirection>,
}

impl NationalFigure {
    pub(crate) fn of(row: &national_figure::Model) -> Result<Self> {
        Ok(Self {
            kind: coded::of_row(&row.kind)?,
            qualifier: coded::of_row(&row.qualifier)?,
            direction: row.direction.as_deref().map(coded::of_row).transpose()?,
            row: row.clone(),
        })
    }

    fn reason_text(&self) -> Option<LocalizedText> {
        let nl = self.row.reason_nl.as_ref()?;
        Some(LocalizedText::new(
            nl,
            self.row.reason_en.as_ref().unwrap_or(nl),
        ))
    }
}

/// A figure that a source prints, or says that it is missing. NL: landelijk cijfer.
#[Object]
impl NationalFigure {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::NationalFigure, &self.row.key).await
    }

    /// The key, as in `comensha-meldingen-2019`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The series that it belongs to, as in `comensha-meldingen`. NL: reeks.
    async fn series(&self) -> &str {
        &self.row.series
    }

    /// What it is of. NL: omschrijving.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// Whether it was counted, estimated, is a trend, tells of visibility, or is missing. NL:
    /// soort.
    async fn kind(&self) -> Coded<FigureKind> {
        self.kind.into()
    }

    /// The area; null for the whole country. NL: gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, &self.row.area).await
    }

    /// The years as printed in Dutch; null when the source prints none. NL: jaren zoals gedrukt.
    async fn years_text(&self) -> Option<&str> {
        self.row.period_text.as_deref()
    }

    /// The first year; null when the source prints none. NL: eerste jaar.
    async fn year_from(&self) -> Option<i32> {
        self.row.year_from
    }

    /// The last year; null when the source prints none. NL: laatste jaar.
    async fn year_to(&self) -> Option<i32> {
        self.row.year_to
    }

    /// The number, in `unit`: the lower end of a range, the part of a proportion. Null where there
    /// is none, which is not
    /// 0. NL: waarde.
    async fn value(&self) -> Option<i32> {
        self.row.value
    }

    /// The upper end of a range, the whole of a proportion; null for any other figure. NL:
    /// bovengrens.
    async fn value_to(&self) -> Option<i32> {
        self.row.value_to
    }

    /// How the number is meant. NL: nauwkeurigheid.
    async fn qualifier(&self) -> Coded<FigureQualifier> {
        self.qualifier.into()
    }

    /// Where a trend goes, or how something came in view; null for any other figure. NL: richting.
    async fn direction(&self) -> Option<Coded<TrendDirection>> {
        self.direction.map(Into::into)
    }

    /// What the number counts; null where the source names nothing. NL: eenheid.
    async fn unit(&self) -> Option<LocalizedText> {
        let nl = self.row.unit_nl.as_ref()?;
        Some(LocalizedText::new(
            nl,
            self.row.unit_en.as_ref().unwrap_or(nl),
        ))
    }

    /// Who counted or estimated, as printed; null where the source does not say. The source may
    /// only quote it. NL: opgave van.
    async fn stated_by(&self) -> Option<&str> {
        self.row.stated_by.as_deref()
    }

    /// The form of exploitation, only where the source gives it. NL: vorm van uitbuiting.
    async fn form(&self, ctx: &Context<'_>) -> Result<Option<ExploitationForm>> {
        let forms = known::<exploitation_form::Entity>(ctx).await?;
        let own = forms
            .iter()
            .find(|form| Some(&form.code) == self.row.form.as_ref());
        own.map(ExploitationForm::of).transpose()
    }

    /// The words of the source, verbatim in Dutch. NL: tekst van de bron.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// Why there is no figure; null for a figure that is not `UNKNOWN`. NL: reden van ontbreken.
    async fn reason(&self) -> Option<LocalizedText> {
        self.reason_text()
    }

    /// The figure as one sentence, ready to quote, with its qualifier, with numbers as the language
    /// writes them, and with the document that prints or quotes it and its date. NL: kernzin.
    async fn statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the sentence. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let row = &self.row;
        let documents = known::<source_document::Entity>(ctx).await?;
        let document = documents
            .iter()
            .find(|document| Some(&document.key) == row.source_document.as_ref());
        let (title, unit, reason) = match language.0 {
            Language::Nl => (&row.title_nl, &row.unit_nl, &row.reason_nl),
            Language::En => (&row.title_en, &row.unit_en, &row.reason_en),
        };
        let shown = FigureFacts {
            title,
            kind: self.kind,
            qualifier: self.qualifier,
            direction: self.direction,
            value: row.value.map(i64::from),
            value_to: row.value_to.map(i64::from),
            unit: unit.as_deref(),
            years: (row.year_from, row.year_to),
            stated_by: row.stated_by.as_deref(),
            document: document.map(|document| Document {
                title: match language.0 {
                    Language::Nl => &document.title_nl,
                    Language::En => &document.title_en,
                },
                dated_on: document.dated_on,
                date_text: &document.date_text,
            }),
            reason: reason.as_deref(),
        };
        Ok(sentences::figure(language.0, &shown))
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// Which figures to list; all conditions hold together. NL: filter op cijfers.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct NationalFigureFilter {
    /// Only figures of this series, as in `comensha-meldingen`. NL: reeks.
    series: Option<String>,
    /// Only figures of this area: `NL` for the whole country, or a code as in `VR14`. NL: gebied.
    area: Option<String>,
    /// Only figures of this kind. NL: soort.
    kind: Option<Coded<FigureKind>>,
    /// Only figures that the source gives for this form of exploitation. NL: vorm van uitbuiting.
    form: Option<Coded<ExploitationKind>>,
    /// Only figures whose years include this one; figures without a year are left out. From 1950 to
    /// 2099. NL: jaar.
    year: Option<i32>,
}

impl NationalFigureFilter {
    fn fits(&self, figure: &NationalFigure) -> Result<bool> {
        let row = &figure.row;
        let form: Option<ExploitationKind> = row.form.as_deref().map(coded::of_row).transpose()?;
        let holds = |year| {
            let last = row.year_to.or(row.year_from);
            row.year_from.is_some_and(|from| from <= year) && last.is_some_and(|last| year <= last)
        };
        Ok(self.series.as_ref().is_none_or(|of| *of == row.series)
            && self.area.as_ref().is_none_or(|of| *of == row.area)
            && self.kind.is_none_or(|of| of == figure.kind.into())
            && self.form.is_none_or(|of| Some(of.0) == form)
            && self.year.is_none_or(holds))
    }

    /// Tells every code that does not exist.
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let figures = known::<national_figure::Entity>(ctx).await?;
        let areas = known::<area::Entity>(ctx).await?;
        let mut mistakes: Vec<Failure> = Vec::new();
        if let Some(series) = &self.series {
            let keys = figures.iter().map(|row| row.series.as_str());
            mistakes.extend(unknown("reeks", "series", series, keys));
        }
        if let Some(area) = &self.area {
            let codes = areas.iter().map(|row| row.code.as_str());
            let codes = codes.chain([COUNTRY]);
            mistakes.extend(unknown("gebied", "area", area, codes));
        }
        fail_with_all(ctx, mistakes)
    }
}

/// Why no figure fits. NL: ontbrekende cijfers.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct MissingFigures {
    /// The reason. NL: reden.
    reason: LocalizedText,
    /// Where the source says so; null when the sources say nothing about it. NL: bron.
    source: Option<Source>,
}

/// Figures that fit, or why there are none: what is missing is never 0. NL: landelijke cijfers.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct NationalFigures {
    /// The figures, by key; one that is `UNKNOWN` says why it is missing. NL: cijfers.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    figures: Vec<NationalFigure>,
    /// Why no figure fits; null when at least one does. NL: reden van ontbreken.
    missing: Option<MissingFigures>,
}

impl NationalFigures {
    pub(super) async fn find(ctx: &Context<'_>, mut filter: NationalFigureFilter) -> Result<Self> {
        filter.area = filter.area.map(|code| code.trim().to_ascii_uppercase());
        filter.check(ctx).await?;
        let all: Vec<NationalFigure> = known::<national_figure::Entity>(ctx)
            .await?
            .iter()
            .map(NationalFigure::of)
            .collect::<Result<_>>()?;
        let gaps = known::<known_gap::Entity>(ctx).await?;
        let mut figures = Vec::new();
        for figure in &all {
            if filter.fits(figure)? {
                figures.push(figure.clone());
            }
        }
        let missing = figures.is_empty().then(|| reason(&filter, &all, gaps));
        Ok(Self { figures, missing })
    }
}

/// Why nothing fits: what the source says of the area or of the split by form, else that it says
/// nothing.
fn reason(
    filter: &NationalFigureFilter,
    all: &[NationalFigure],
    gaps: &[known_gap::Model],
) -> MissingFigures {
    let region = filter.area.as_deref().filter(|area| *area != COUNTRY);
    let given = |fits: &dyn Fn(&national_figure::Model) -> bool| {
        let figure = all.iter().find(|one| fits(&one.row))?;
        Some(MissingFigures {
            reason: figure.reason_text()?,
            source: crate::source_of!(figure.row),
        })
    };
    let of_region = || {
        let area = region?;
        given(&|row| row.area == area && row.reason_nl.is_some()).or_else(|| {
            let gap = gaps.iter().find(|gap| gap.key == BY_REGION)?;
            Some(MissingFigures {
                reason: LocalizedText::new(&gap.text_nl, &gap.text_en),
                source: None,
            })
        })
    };
    let of_form = || {
        filter.form?;
        given(&|row| row.key == BY_FORM)
    };
    of_region()
        .or_else(of_form)
        .unwrap_or_else(|| MissingFigures {
            reason: LocalizedText::new(
                "De bronnen noemen geen cijfer dat bij deze vraag past.",
                "The sources give no figure that fits this question.",
            ),
            source: None,
        })
}
