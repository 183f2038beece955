//! Signs of a person in a text: a form of address, a title or initials with a name, a telephone or
//! account number, a birth.

use super::as_read;
use crate::text::plain;

/// Forms of address that a name follows, without accents and in lower case.
const ADDRESSES: [&str; 7] = ["dhr", "mevr", "mw", "meneer", "mevrouw", "heer", "familie"];

/// Titles and forms of address that are written in small letters or with a capital, and not in
/// capitals alone: that is an organisation, a country or a programme.
const TITLES: [&str; 12] = [
    "mr",
    "mrs",
    "ms",
    "drs",
    "dr",
    "ir",
    "ing",
    "prof",
    "professor",
    "dokter",
    "ds",
    "bc",
];

/// Words that may stand before a surname.
const PARTICLES: [&str; 13] = [
    "van", "de", "der", "den", "ten", "ter", "te", "t", "von", "la", "le", "el", "du",
];

/// Words after which a capital with a point is a mark and no initial.
const MARKED: [&str; 23] = [
    "annex",
    "appendix",
    "artikel",
    "bijlage",
    "categorie",
    "deel",
    "fase",
    "figuur",
    "gemeente",
    "groep",
    "lid",
    "model",
    "niveau",
    "onderdeel",
    "optie",
    "organisatie",
    "part",
    "plan",
    "regio",
    "scenario",
    "tabel",
    "type",
    "variant",
];

/// Words that a day of birth follows.
const BIRTHS: [&str; 4] = ["geboren", "geb", "geboortedatum", "born"];

/// Capitals with points that are no initials.
const ABBREVIATIONS: [&str; 12] = [
    "bv", "nv", "cv", "vof", "ua", "eu", "vn", "vs", "uk", "usa", "nb", "ps",
];

/// A sign of a person in a text, in Dutch and English: one that may be wrong, and so is told, and
/// refused only where a function belongs.
pub fn sign_of_a_person(text: &str) -> Option<(&'static str, &'static str)> {
    let text = &as_read(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    if let Some(sign) = sign_of_a_name(&words) {
        return Some(sign);
    }
    let joined = text.replace([' ', '-', '(', ')'], "");
    let digits_after = |from: usize| {
        let rest = joined.get(from..).unwrap_or_default();
        rest.bytes().take_while(u8::is_ascii_digit).count()
    };
    let begins = |at: usize| {
        let before = joined.get(..at).unwrap_or_default();
        !before.ends_with(|c: char| c.is_ascii_digit() || c == '+')
    };
    let is_account = joined.char_indices().any(|(at, _)| {
        let bytes = joined.as_bytes().get(at..at + 18).unwrap_or_default();
        bytes.starts_with(b"NL")
            && bytes.len() == 18
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes[4..8].iter().all(u8::is_ascii_uppercase)
            && bytes[8..].iter().all(u8::is_ascii_digit)
    });
    if is_account {
        return Some(("een rekeningnummer", "an account number"));
    }
    let is_phone = joined.char_indices().any(|(at, c)| match c {
        '0' => begins(at) && digits_after(at) == 10 && !joined[at..].starts_with("000"),
        '+' => joined[at..].starts_with("+31") && digits_after(at + 1) == 11,
        _ => false,
    });
    if is_phone {
        return Some(("een telefoonnummer", "a telephone number"));
    }
    let has_birth = words.windows(2).any(|pair| {
        is_one_of(bare(pair[0]), &BIRTHS)
            && pair[1..]
                .iter()
                .any(|word| word.contains(|c: char| c.is_ascii_digit()))
    });
    has_birth.then_some(("een geboortedatum", "a date of birth"))
}

/// A form of address, a title or initials with a surname.
fn sign_of_a_name(words: &[&str]) -> Option<(&'static str, &'static str)> {
    words.iter().enumerate().find_map(|(at, word)| {
        let sign = if is_one_of(bare(word), &ADDRESSES) {
            (
                "een aanspreekvorm met een naam",
                "a form of address with a name",
            )
        } else if is_title(word) {
            ("een titel met een naam", "a title with a name")
        } else if is_initials(word) && !is_mark(words, at) {
            ("voorletters met een naam", "initials with a name")
        } else {
            return None;
        };
        let has_name = is_initials_and_surname(word) || is_surname_next(words, at + 1);
        has_name.then_some(sign)
    })
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word is one of these, however its letters are written. Most words are ASCII, and are
/// compared as they stand: every text that somebody sends is looked through word by word.
fn is_one_of(word: &str, list: &[&str]) -> bool {
    if word.is_ascii() {
        list.iter().any(|one| one.eq_ignore_ascii_case(word))
    } else {
        list.contains(&plain(word).as_str())
    }
}

/// One title or more, as in `prof.dr.`.
fn is_title(word: &str) -> bool {
    let word = bare(word);
    let is_all_capitals = word.chars().all(char::is_uppercase);
    !is_all_capitals && word.split('.').all(|part| is_one_of(part, &TITLES))
}

/// Whether a word begins with capitals that each have a point, as in `A.B.` or `J.Jansen`.
fn is_initials(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = initials_end(word);
    if end == 0 {
        return false;
    }
    let (initials, rest) = word.split_at(end);
    let initials = initials.replace(['.', '-'], "").to_lowercase();
    let is_whole = rest.chars().all(|c| ",;:)".contains(c));
    !initials.is_empty()
        && !ABBREVIATIONS.contains(&initials.as_str())
        && (is_whole || is_initials_and_surname(word))
}

/// Where the capitals with points end that a word begins with.
fn initials_end(word: &str) -> usize {
    let mut end = 0;
    let mut letters = word.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let is_dash = letter == '-' && end == at && at > 0;
        if is_dash {
            continue;
        }
        match letters.next_if(|(_, point)| *point == '.') {
            Some((point, _)) if letter.is_uppercase() => end = point + 1,
            _ => break,
        }
    }
    end
}

/// Initials with a surname after them in one word, as in `J.Jansen`.
fn is_initials_and_surname(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = initials_end(word);
    end > 0 && is_surname(&word[end..])
}

/// Whether a single capital with a point marks a part, as in `bijlage B.`.
fn is_mark(words: &[&str], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    before.is_some_and(|word| is_one_of(bare(word), &MARKED))
}

/// Whether a surname comes next, after titles, initials and words such as `van` and `de`.
fn is_surname_next(words: &[&str], from: usize) -> bool {
    let is_before_surname = |word: &&&str| is_particle(word) || is_title(word) || is_initials(word);
    let rest = words.get(from..).unwrap_or_default();
    let skipped = rest.iter().take_while(is_before_surname).count();
    let has_surname = rest.get(skipped).is_some_and(|word| is_surname(word));
    has_surname
        || rest[..skipped]
            .iter()
            .any(|word| is_initials_and_surname(word))
}

/// Whether a word may stand before a surname, as in `van` and `de`.
pub(super) fn is_particle(word: &str) -> bool {
    is_one_of(bare(word), &PARTICLES)
}

/// A word with a capital that is no abbreviation.
pub(super) fn is_surname(word: &str) -> bool {
    let word = bare(word);
    word.chars().next().is_some_and(char::is_uppercase) && word.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_person_are_found() {
        for (text, sign) in [
            ("Bel met 06-12345678.", "een telefoonnummer"),
            ("Bel met +31 6 1234 5678", "een telefoonnummer"),
            (
                "gesproken met mevr. De Vries",
                "een aanspreekvorm met een naam",
            ),
            ("de heer Jansen", "een aanspreekvorm met een naam"),
            ("mevrouw van der Berg", "een aanspreekvorm met een naam"),
            ("dhr. J.P. Jansen", "een aanspreekvorm met een naam"),
            ("MEVR. Jansen", "een aanspreekvorm met een naam"),
            ("drs. Jansen", "een titel met een naam"),
            ("Prof. dr. Van 't Hof", "een titel met een naam"),
            ("prof.dr. A. ten Have", "een titel met een naam"),
            ("(mr. De Wit)", "een titel met een naam"),
            ("ir. B.Bakker", "een titel met een naam"),
            ("J. de Vries", "voorletters met een naam"),
            ("wethouder A.B. Jansen", "voorletters met een naam"),
            (
                "gesproken met J.-P. van den Berg",
                "voorletters met een naam",
            ),
            (
                "akkoord van A.B.Jansen, wethouder",
                "voorletters met een naam",
            ),
            ("op NL91 ABNA 0417 1643 00", "een rekeningnummer"),
            ("geboren 1-2-1990", "een geboortedatum"),
        ] {
            assert_eq!(
                sign_of_a_person(text).map(|found| found.0),
                Some(sign),
                "{text}"
            );
        }
        for text in [
            "Overzicht van 54 campagnes en 95 meldpunten/39 kenniscentra beschikbaar.",
            "28 638, nr. 249; in 2025-2026 € 1.000.000",
            "de Heer in het algemeen",
            "Verkenning loopt 3 maanden langer dan gepland.",
            "de burgemeester van Hilversum",
            "Burgemeester en wethouders",
            "wethouder Sociaal Domein",
            "Directeur Zorg en Veiligheid",
            "Portefeuillehouder zorg en veiligheid",
            "Samen tegen Mensenhandel",
            "De Bilt, Den Haag en 's-Heer Arendskerke",
            "ING Nederland, MR Groep en DR Congo",
            "Zorg B.V. Hilversum en de V.N.-Verdragen",
            "Zie bijlage B. Hilversum doet mee; gemeente X. Regio volgt.",
            "N.B. De regio volgt, i.v.m. Kerst, t.a.v. Wonen.",
            "de heer of mevrouw, de familie en Vrienden",
            "Ministerie van Justitie en Veiligheid",
        ] {
            assert_eq!(sign_of_a_person(text), None, "{text}");
        }
    }
}
