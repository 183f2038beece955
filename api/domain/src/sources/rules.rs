//! How a place in a document is quoted: title, reference, date as printed, lines.

/// What stands in a document's date when it prints none.
pub const NOT_PRINTED: &str = "not printed";

/// A document as a quotation names it.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a> {
    /// The titles in Dutch and English.
    pub title: (&'a str, &'a str),
    /// The official reference, when there is one.
    pub reference: Option<&'a str>,
    /// The date as printed, or [`NOT_PRINTED`].
    pub date: &'a str,
    /// The places, as in `143-145` or `27;68`.
    pub lines: &'a str,
}

/// A quotation that can be pasted into a text, in Dutch and in English. The date stands as the
/// document prints it.
pub fn citation(quoted: Quoted<'_>) -> (String, String) {
    let (date_nl, date_en) = match quoted.date {
        NOT_PRINTED => ("zonder gedrukte datum", "no date printed"),
        date => (date, date),
    };
    let shown = |title: &str, date: &str, lines: String| {
        let about: Vec<&str> = quoted.reference.into_iter().chain([date]).collect();
        format!("{title} ({}), {lines}", about.join("; "))
    };
    let (lines_nl, lines_en) = lines(quoted.lines);
    (
        shown(quoted.title.0, date_nl, lines_nl),
        shown(quoted.title.1, date_en, lines_en),
    )
}

/// `143-145` is `regels 143-145`, `27;53;68` is `regels 27, 53 en 68`; a place in words is quoted
/// as it is.
fn lines(places: &str) -> (String, String) {
    let is_numbers = |c: char| c.is_ascii_digit() || matches!(c, '-' | ';' | ' ');
    if !places.chars().all(is_numbers) {
        return (places.to_owned(), places.to_owned());
    }
    let places: Vec<&str> = places.split(';').map(str::trim).collect();
    let (last, others) = places.split_last().unwrap_or((&"", &[]));
    let several = !others.is_empty() || last.contains('-');
    let listed = |one: &str, many: &str, and: &str| {
        let word = if several { many } else { one };
        if others.is_empty() {
            format!("{word} {last}")
        } else {
            format!("{word} {} {and} {last}", others.join(", "))
        }
    };
    (
        listed("regel", "regels", "en"),
        listed("line", "lines", "and"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_words_is_quoted_as_it_is() {
        let place = "bijlage 2, tabel 1";
        assert_eq!(lines(place), (place.to_owned(), place.to_owned()));
    }

    #[test]
    fn a_place_is_quoted_with_title_date_and_lines() {
        let letter = Quoted {
            title: ("Brief", "Letter"),
            reference: Some("28 638, nr. 249"),
            date: "23 april 2024",
            lines: "27;53-54;68",
        };
        let (nl, en) = citation(letter);
        assert_eq!(
            nl,
            "Brief (28 638, nr. 249; 23 april 2024), regels 27, 53-54 en 68"
        );
        assert_eq!(
            en,
            "Letter (28 638, nr. 249; 23 april 2024), lines 27, 53-54 and 68"
        );
    }

    #[test]
    fn a_document_without_a_date_says_so() {
        let overview = |lines| {
            citation(Quoted {
                title: ("Monitoringsoverzicht", "Monitoring overview"),
                reference: None,
                date: NOT_PRINTED,
                lines,
            })
        };
        assert_eq!(
            overview("143-145").0,
            "Monitoringsoverzicht (zonder gedrukte datum), regels 143-145"
        );
        assert_eq!(
            overview("11").1,
            "Monitoring overview (no date printed), line 11"
        );
    }
}
