//! What a picture shows, whatever it was made of: drawn as SVG, or as the table behind it.

use std::collections::BTreeMap;

use crate::{
    Colophon, Language, Unmade,
    drawing::Drawing,
    picture::{self, StatusCount, Tile},
    table::{Cell, Table},
};

/// A form in which a picture is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The picture itself.
    Svg,
    /// The table behind it.
    Csv,
    /// The table behind it, as a workbook of Excel.
    Xlsx,
}

impl Form {
    /// The form that the name of a file ends in.
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "svg" => Some(Self::Svg),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What a picture shows.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) title: String,
    pub(crate) shown: Shown,
    /// According to what, as a sentence.
    pub(crate) source: Option<String>,
    /// Of a publication: the day that it tells of and its licence, which are those of the figures.
    pub(crate) frozen: Option<Frozen>,
}

/// What was frozen with the figures.
#[derive(Debug)]
pub(crate) struct Frozen {
    pub(crate) day: String,
    pub(crate) licence: Option<String>,
}

/// The figures themselves.
#[derive(Debug)]
pub(crate) enum Shown {
    /// How many actions have each status, in all or of one line first.
    Bars(Vec<Bar>),
    /// What is known of each municipality.
    Squares(Vec<Square>),
}

/// A bar of statuses.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) statuses: Vec<StatusCount>,
    /// Actions of the plan that are not in the round.
    pub(crate) outside: u32,
}

/// A municipality.
#[derive(Debug)]
pub(crate) struct Square {
    /// None of one that has no place on the map.
    pub(crate) tile: Option<Tile>,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) label: String,
    pub(crate) class: &'static str,
}

/// So many municipalities are named beside their map, and their squares are large.
const FEW: usize = 40;

/// What stands in the plan and not in the round.
pub(crate) fn outside(language: Language) -> &'static str {
    language.pick("Buiten de ronde", "Outside the round")
}

impl Figure {
    /// The file of a form.
    ///
    /// # Errors
    /// When a workbook cannot be written.
    pub(crate) fn file(
        &self,
        language: Language,
        form: Form,
        colophon: Colophon<'_>,
    ) -> Result<Vec<u8>, Unmade> {
        let colophon = match &self.frozen {
            Some(frozen) => Colophon {
                day: Some(&frozen.day),
                licence_code: frozen.licence.as_deref().unwrap_or(colophon.licence_code),
                ..colophon
            },
            None => colophon,
        };
        Ok(match form {
            Form::Svg => self.draw(language, colophon).into_bytes(),
            Form::Csv => self.table(language, colophon).csv().into_bytes(),
            Form::Xlsx => self.table(language, colophon).xlsx(colophon.day)?,
        })
    }

    fn draw(&self, language: Language, colophon: Colophon<'_>) -> String {
        let mut drawing = Drawing::new(language, &self.title, colophon);
        match &self.shown {
            Shown::Bars(bars) => {
                for (at, bar) in bars.iter().enumerate() {
                    let parts = picture::parts(&bar.statuses, (outside(language), bar.outside));
                    drawing.bar(&bar.name, &parts);
                    if at == 0 {
                        drawing.legend(&parts);
                    }
                }
            }
            Shown::Squares(squares) => {
                drawing.squares(squares, squares.len() <= FEW);
                let filled = squares.iter();
                let filled = filled.map(|square| (square.class, square.label.as_str()));
                drawing.legend(&picture::counts(&filled.collect::<Vec<_>>()));
                if squares.len() <= FEW {
                    drawing.list(squares);
                }
            }
        }
        drawing.finish(self.source.as_deref())
    }

    /// The table behind the picture; each row has its source, for a row is copied without its table.
    fn table(&self, language: Language, colophon: Colophon<'_>) -> Table {
        let source = Cell::Text(self.words(language, colophon));
        let pick = |dutch: &str, english: &str| language.pick(dutch, english).to_owned();
        let (mut heads, mut rows) = match &self.shown {
            Shown::Bars(bars) => {
                let first = bars.first().map(|bar| &bar.statuses);
                let mut heads = vec![pick("Onderdeel", "Part")];
                heads.extend(first.into_iter().flatten().map(|one| one.label.clone()));
                heads.push(pick("In de ronde", "In the round"));
                heads.push(outside(language).to_owned());
                (heads, bars.iter().map(Bar::row).collect::<Vec<_>>())
            }
            Shown::Squares(squares) => {
                let heads = vec![
                    pick("Code", "Code"),
                    pick("Gemeente", "Municipality"),
                    pick("Veiligheidsregio", "Safety region"),
                    pick("Gepubliceerd oordeel", "Published verdict"),
                ];
                (heads, squares.iter().map(Square::row).collect())
            }
        };
        heads.push(pick("Bron", "Source"));
        for row in &mut rows {
            row.push(source.clone());
        }
        Table {
            name: match self.shown {
                Shown::Bars(_) => language.pick("Voortgang", "Progress"),
                Shown::Squares(_) => language.pick("Gemeenten", "Municipalities"),
            },
            heads,
            rows,
        }
    }

    /// According to what, of which day, under which licence and from where.
    fn words(&self, language: Language, colophon: Colophon<'_>) -> String {
        let demo = colophon.is_demo.then(|| {
            language.pick(
                "DEMO: alles over gemeenten is hier verzonnen.",
                "DEMO: everything about municipalities is invented here.",
            )
        });
        let parts = [
            demo.map(str::to_owned),
            self.source.clone(),
            Some(colophon.imprint(language)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Bar {
    fn row(&self) -> Vec<Cell> {
        let counts = self.statuses.iter().map(|status| status.count);
        let all: u32 = counts.clone().sum();
        let numbers = counts.chain([all, self.outside]).map(Cell::Number);
        let name = Cell::Text(self.name.clone());
        std::iter::once(name).chain(numbers).collect()
    }
}

impl Square {
    fn row(&self) -> Vec<Cell> {
        let texts = [&self.code, &self.name, &self.region, &self.label];
        texts.map(|text| Cell::Text(text.clone())).into()
    }

    /// Squares by what is known of them, in the order of its words.
    pub(crate) fn by_label(squares: &[Self]) -> BTreeMap<&str, Vec<&str>> {
        let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for square in squares {
            named.entry(&square.label).or_default().push(&square.name);
        }
        named
    }
}
