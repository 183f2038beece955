//! What in a free text would identify a person: this service keeps functions and organisations, no
//! persons.

use crate::text::plain;

/// What in a free text would identify a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalData {
    /// Nine digits that pass the eleven-test of a citizen service number (BSN).
    CitizenNumber,
    /// An e-mail address.
    EmailAddress,
}

impl PersonalData {
    /// Why a text that holds it is refused, in Dutch and English.
    pub fn refusal(self) -> (&'static str, &'static str) {
        match self {
            Self::CitizenNumber => (
                "Deze tekst lijkt een burgerservicenummer te bevatten; deze dienst bewaart geen \
                 persoonsgegevens.",
                "This text seems to hold a citizen service number; this service keeps no personal \
                 data.",
            ),
            Self::EmailAddress => (
                "Deze tekst bevat een e-mailadres; noem de functie of de organisatie.",
                "This text holds an e-mail address; name the function or the organisation.",
            ),
        }
    }
}

/// Looks for personal data that a free text must not hold: this service keeps functions and
/// organisations, no persons.
pub fn personal_data(text: &str) -> Option<PersonalData> {
    let words = || text.split(|c: char| c.is_whitespace() || ",;()<>\"".contains(c));
    let is_address = |word: &str| {
        word.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.trim_end_matches('.').contains('.') && !host.starts_with('.')
        })
    };
    if words().any(is_address) {
        return Some(PersonalData::EmailAddress);
    }
    has_citizen_number(text).then_some(PersonalData::CitizenNumber)
}

/// Forms of address that a name follows, without accents and in lower case.
const ADDRESSES: [&str; 10] = [
    "dhr", "mevr", "mw", "meneer", "mevrouw", "heer", "mr", "mrs", "ms", "familie",
];

/// A sign of a person in a text, in Dutch and English: one that may be wrong, and so is told and
/// not refused.
pub fn sign_of_a_person(text: &str) -> Option<(&'static str, &'static str)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_name = |word: &str| bare(word).chars().next().is_some_and(char::is_uppercase);
    let addressed = words
        .windows(2)
        .any(|pair| ADDRESSES.contains(&plain(&bare(pair[0])).as_str()) && is_name(pair[1]));
    if addressed {
        return Some((
            "een aanspreekvorm met een naam",
            "a form of address with a name",
        ));
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
        matches!(
            plain(&bare(pair[0])).as_str(),
            "geboren" | "geb" | "geboortedatum" | "born"
        ) && pair[1..]
            .iter()
            .any(|word| word.contains(|c: char| c.is_ascii_digit()))
    });
    has_birth.then_some(("een geboortedatum", "a date of birth"))
}

/// The ways in which people divide the nine digits of a BSN.
const NOTATIONS: [&[usize]; 5] = [&[9], &[3, 3, 3], &[4, 2, 3], &[4, 5], &[5, 4]];

/// Looks for groups of digits, one sign apart, that together are a BSN in one of its notations;
/// other numbers may stand before and after.
fn has_citizen_number(text: &str) -> bool {
    let mut runs: Vec<Vec<Vec<u32>>> = vec![vec![Vec::new()]];
    let mut apart = 0;
    for c in text.chars() {
        let Some(digit) = c.to_digit(10) else {
            apart += if matches!(c, ' ' | '.' | '-') { 1 } else { 2 };
            continue;
        };
        match apart {
            0 => {}
            1 => runs
                .last_mut()
                .into_iter()
                .for_each(|run| run.push(Vec::new())),
            _ => runs.push(vec![Vec::new()]),
        }
        apart = 0;
        if let Some(group) = runs.last_mut().and_then(|run| run.last_mut()) {
            group.push(digit);
        }
    }
    runs.iter().any(|run| {
        NOTATIONS.iter().any(|lengths| {
            run.windows(lengths.len()).any(|groups| {
                groups.iter().map(Vec::len).eq(lengths.iter().copied())
                    && passes_eleven_test(&groups.concat())
            })
        })
    })
}

/// The eleven-test of a BSN: weights 9 to 2 and minus 1, a sum divisible by 11, and not all zeros.
fn passes_eleven_test(digits: &[u32]) -> bool {
    let weighted: i64 = digits
        .iter()
        .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
        .map(|(digit, weight)| i64::from(*digit) * weight)
        .sum();
    weighted % 11 == 0 && digits.iter().any(|digit| *digit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citizen_numbers_are_found_in_their_notations() {
        for text in [
            "2026 111222333",
            "zaak 12 111222333",
            "1 111222333 2",
            "111222333",
            "BSN 111222333.",
            "nr. 1112.22.333 van",
            "x 111 222 333 y",
        ] {
            assert_eq!(
                personal_data(text),
                Some(PersonalData::CitizenNumber),
                "{text}"
            );
        }
        for text in [
            "111222334",
            "1112223334",
            "1.655 personen",
            "28 638, nr. 249",
            "000000000",
        ] {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }

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
        ] {
            assert_eq!(sign_of_a_person(text), None, "{text}");
        }
    }

    #[test]
    fn e_mail_addresses_are_found() {
        assert_eq!(
            personal_data("mail anna@gemeente.nl!"),
            Some(PersonalData::EmailAddress)
        );
        assert_eq!(personal_data("1 @ 2 euro, a@b"), None);
    }
}
