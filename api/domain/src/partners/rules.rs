//! Which partner a text means: every spelling that the sources or we know, whatever its case,
//! accents and hyphens.
//!
//! Letters and digits count, nothing else: `HVO-Querido`, `HVO Querido` and `hvo querido` are one,
//! so are `CoMensHa` and `Comensha`, `Coördinatiecentrum` and `Coordinatiecentrum`, `Fier!` and
//! `Fier`. A part of a name is no name: it finds nobody and is offered as a hint, because two
//! partners may share it (`Veilig Thuis`).

use crate::text::Text;
use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Letters that a spelling must have before it is offered as a hint.
pub const TELLING: usize = 4;

/// A partner by everything that it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// The key of the partner, as in `comensha`.
    pub key: &'a str,
    /// Its names and aliases; the key belongs to them without being told.
    pub spellings: Vec<&'a str>,
}

impl<'a> Named<'a> {
    fn all(&self) -> impl Iterator<Item = &'a str> {
        [self.key].into_iter().chain(self.spellings.iter().copied())
    }

    /// Whether one of the spellings holds the text.
    pub fn holds(&self, text: &str) -> bool {
        let text = folded(text);
        self.all().any(|spelling| folded(spelling).contains(&text))
    }
}

/// What a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant<'a> {
    /// The partner with this key.
    One(&'a str),
    /// Any of these: they share the spelling.
    Several(Vec<&'a str>),
    /// None.
    Nobody,
}

/// The letters and digits of a text, without accents, in lower case.
pub fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// The partner that a text means. A key means its own partner, whoever else is called so.
pub fn meant<'a>(text: &str, partners: &[Named<'a>]) -> Meant<'a> {
    let key = text.trim();
    if let Some(partner) = partners.iter().find(|partner| partner.key == key) {
        return Meant::One(partner.key);
    }
    let text = folded(text);
    let called_so = partners.iter().filter(|partner| {
        !text.is_empty() && partner.all().any(|spelling| folded(spelling) == text)
    });
    let keys: Vec<&str> = called_so.map(|partner| partner.key).collect();
    match keys.as_slice() {
        [] => Meant::Nobody,
        [one] => Meant::One(one),
        [_, _, ..] => Meant::Several(keys),
    }
}

/// A partner that is called so, whatever case, accents and signs; by key.
pub fn called_so<'a>(text: &str, partners: &[Named<'a>]) -> Option<&'a str> {
    let text = folded(text);
    partners
        .iter()
        .filter(|_| !text.is_empty())
        .find(|partner| partner.all().any(|spelling| folded(spelling) == text))
        .map(|partner| partner.key)
}

/// Days from the first on, up to and not with the second; open where there is none.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// Whether two spans of days have one in common.
pub fn overlap(one: Days, other: Days) -> bool {
    let begins_before_end = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
        from.zip(to).is_none_or(|(from, to)| from < to)
    };
    begins_before_end(one.0, other.1) && begins_before_end(other.0, one.1)
}

/// Whether a span of days is over on a day.
pub fn is_over(days: Days, on: NaiveDate) -> bool {
    days.1.is_some_and(|to| to <= on)
}

/// The partners whose name holds the text, or is held by it.
pub fn sharing<'a>(text: &str, partners: &[Named<'a>]) -> Vec<&'a str> {
    let text = folded(text);
    let shares = |spelling: &str| {
        let spelling = folded(spelling);
        let (short, long) = if text.len() < spelling.len() {
            (&text, &spelling)
        } else {
            (&spelling, &text)
        };
        short.chars().count() >= TELLING && long.contains(short.as_str())
    };
    partners
        .iter()
        .filter(|partner| partner.all().any(shares))
        .map(|partner| partner.key)
        .collect()
}

/// That no partner has a recorded role in an action, and whom its text mentions all the same.
pub fn without_role(action: i32, mentioned: &[&str]) -> Text {
    let listed = |and: &str| match mentioned {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    };
    let (mut nl, mut en) = (
        format!("Actie {action} heeft geen partner met een vastgelegde rol"),
        format!("Action {action} has no partner with a recorded role"),
    );
    if !mentioned.is_empty() {
        nl += &format!("; de tekst noemt wel {}", listed("en"));
        en += &format!("; the text does mention {}", listed("and"));
    }
    Text::new(nl + ".", en + ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_text_mentions_has_no_role_by_that() {
        assert_eq!(
            without_role(10, &["CoMensha"]).nl,
            "Actie 10 heeft geen partner met een vastgelegde rol; de tekst noemt wel CoMensha."
        );
        assert_eq!(
            without_role(1, &[]).en,
            "Action 1 has no partner with a recorded role."
        );
    }

    fn partners() -> Vec<Named<'static>> {
        let named = |key, spellings: &[&'static str]| Named {
            key,
            spellings: spellings.to_vec(),
        };
        vec![
            named(
                "comensha",
                &["CoMensha", "Coördinatiecentrum tegen Mensenhandel"],
            ),
            named("fier", &["Fier", "Fier!"]),
            named("hvo-querido", &["HVO Querido", "HVO-Querido"]),
            named("riecs", &["RIEC’s"]),
            named("veilig-thuis-utrecht", &["Veilig Thuis Utrecht", "VT"]),
            named("veilig-thuis-twente", &["Veilig Thuis Twente", "V.T."]),
            named("vt", &["Vertrouwenspersonen Twente"]),
        ]
    }

    #[test]
    fn case_accents_and_signs_do_not_count() {
        for (text, key) in [
            ("comensha", "comensha"),
            ("CoMensHa", "comensha"),
            (" Comensha ", "comensha"),
            ("coordinatiecentrum tegen mensenhandel", "comensha"),
            ("Coo\u{308}rdinatiecentrum-tegen-mensenhandel", "comensha"),
            ("FIER", "fier"),
            ("hvo querido", "hvo-querido"),
            ("HVO\u{2011}Querido", "hvo-querido"),
            ("RIEC's", "riecs"),
        ] {
            assert_eq!(meant(text, &partners()), Meant::One(key), "{text}");
        }
    }

    #[test]
    fn a_spelling_of_two_names_both_and_a_key_means_its_own() {
        assert_eq!(meant("vt", &partners()), Meant::One("vt"));
        assert_eq!(
            meant("VT", &partners()),
            Meant::Several(vec!["veilig-thuis-utrecht", "veilig-thuis-twente", "vt"])
        );
    }

    #[test]
    fn a_part_of_a_name_finds_nobody_and_is_a_hint() {
        assert_eq!(meant("Veilig Thuis", &partners()), Meant::Nobody);
        assert_eq!(
            sharing("Veilig Thuis", &partners()),
            ["veilig-thuis-utrecht", "veilig-thuis-twente"]
        );
        assert_eq!(sharing("Stichting Fier", &partners()), ["fier"]);
        assert_eq!(sharing("vt", &partners()), [""; 0]);
        for nothing in ["", "  ", "’", "-"] {
            assert_eq!(meant(nothing, &partners()), Meant::Nobody, "{nothing:?}");
            assert_eq!(sharing(nothing, &partners()), [""; 0], "{nothing:?}");
        }
    }

    #[test]
    fn a_name_of_another_is_found_in_any_spelling() {
        assert_eq!(called_so("HVO–QUERIDO", &partners()), Some("hvo-querido"));
        assert_eq!(called_so("Fier Fryslân", &partners()), None);
        assert_eq!(called_so(" - ", &partners()), None);
    }

    #[test]
    fn spans_of_days_touch_without_overlapping() {
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        let (may, june, july) = (day("2026-05-01"), day("2026-06-01"), day("2026-07-01"));
        assert!(!overlap((may, june), (june, july)));
        assert!(overlap((may, july), (june, None)));
        assert!(overlap((None, None), (june, july)));
        assert!(!overlap((None, june), (june, None)));
        assert!(is_over((may, june), june.unwrap()));
        assert!(!is_over((may, june), may.unwrap()));
        assert!(!is_over((may, None), july.unwrap()));
    }

    #[test]
    fn a_filter_looks_into_every_spelling() {
        let all = partners();
        let holding = |text: &str| -> Vec<&str> {
            let found = all.iter().filter(|partner| partner.holds(text));
            found.map(|partner| partner.key).collect()
        };
        assert_eq!(holding("COÖRDI"), ["comensha"]);
        assert_eq!(
            holding("thuis"),
            ["veilig-thuis-utrecht", "veilig-thuis-twente"]
        );
        assert_eq!(holding("").len(), all.len());
    }
}
