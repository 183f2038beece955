//! What in a free text would identify a person: this service keeps functions and organisations, no
//! persons. Beside it stands what would feign that words were blanked by law, because the same
//! texts may not hold it either: whoever checks a text for the one checks it for the other.

mod bare_name;
mod mailbox;
mod signs;

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::redaction::shows_blank;

pub use bare_name::sign_beside_a_function;
pub use mailbox::{WrongMailbox, functional_mailbox};
pub use signs::sign_of_a_person;

/// What a free text must not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalData {
    /// Nine digits that pass the eleven-test of a citizen service number (BSN).
    CitizenNumber,
    /// An e-mail address.
    EmailAddress,
    /// What stands in the place of words that were blanked by law ([`crate::redaction`]). It
    /// identifies nobody, and feigns that somebody was named.
    FeignedRedaction,
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
            Self::FeignedRedaction => (
                "Deze tekst bevat '[geschrapt]', '[redacted]' of een adres op 'redacted.invalid'. \
                 Dat staat alleen waar de wet woorden heeft laten schrappen; schrijf iets anders.",
                "This text holds '[geschrapt]', '[redacted]' or an address on 'redacted.invalid'. \
                 That stands only where the law had words blanked; write something else.",
            ),
        }
    }
}

/// Looks for what a free text must not hold: personal data, because this service keeps functions
/// and organisations and no persons, and what feigns a redaction.
pub fn personal_data(text: &str) -> Option<PersonalData> {
    if has_parts_of_any(text) {
        let read = as_read(text);
        if has_address(&read) {
            return Some(PersonalData::EmailAddress);
        }
        if has_citizen_number(&read) {
            return Some(PersonalData::CitizenNumber);
        }
    }
    shows_blank(text).then_some(PersonalData::FeignedRedaction)
}

/// Whether a text has what personal data are made of: the sign of an address, or as many digits as
/// a number has. Most texts have neither, and are not read any further. Letters with accents and
/// the marks of running text stand for no digit in any form; of every other sign it is not known.
fn has_parts_of_any(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| match c {
        '@' => true,
        '0'..='9' => {
            digits += 1;
            digits == NOTATIONS[0][0]
        }
        c if c.is_ascii() => false,
        '\u{a0}' | 'À'..='ſ' | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '…' | '€' => {
            false
        }
        _ => true,
    })
}

/// A text as a person reads it: compatible forms of a sign are one (a full-width digit is that
/// digit), what is not seen is not there, every space is a space and every dash a hyphen.
pub(crate) fn as_read(text: &str) -> Cow<'_, str> {
    // In ASCII every sign has one form, and all but the spaces stay.
    let stays = |byte: u8| byte.is_ascii() && !matches!(byte, b'\t'..=b'\r');
    if text.bytes().all(stays) {
        return Cow::Borrowed(text);
    }
    let read = text
        .nfkd()
        .filter(|c| !is_unseen(*c) && !is_combining_mark(*c))
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' | '\u{2043}' => '-',
            c => c,
        });
    Cow::Owned(read.collect())
}

/// Characters that format a text and show nothing (general category Cf), such as a soft hyphen and
/// spaces without width.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Whether there is an e-mail address, also one with spaces around its sign.
fn has_address(text: &str) -> bool {
    let is_name = |word: &str| word.ends_with(|c: char| c.is_alphanumeric() || "_-+".contains(c));
    let is_host = |word: &str| {
        let host: &str = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        host.rsplit_once('.').is_some_and(|(before, last)| {
            !before.is_empty()
                && !before.starts_with('.')
                && last.chars().count() >= 2
                && last.chars().all(char::is_alphabetic)
        })
    };
    let parts: Vec<&str> = text.split('@').collect();
    parts.windows(2).any(|pair| {
        let [before, after] = pair else { return false };
        let ends = |c: char| c.is_whitespace() || ",;()<>\"".contains(c);
        let name = before.trim_end().rsplit(ends).next().unwrap_or_default();
        let host = after.trim_start().split(ends).next().unwrap_or_default();
        is_name(name) && is_host(host)
    })
}

/// The ways in which people divide the nine digits of a BSN.
const NOTATIONS: [&[usize]; 5] = [&[9], &[3, 3, 3], &[4, 2, 3], &[4, 5], &[5, 4]];

/// The most spaces, points and dashes that may stand between two groups of one number.
const WIDEST_GAP: usize = 3;

/// A group of digits, and whether it goes on in the number before it.
struct Group {
    digits: Vec<u32>,
    goes_on: bool,
}

/// Looks for groups of digits that together are a BSN in one of its notations; other numbers may
/// stand before and after. An amount of money is none.
fn has_citizen_number(text: &str) -> bool {
    let groups = groups(&without_amounts(&without_ids(text)));
    NOTATIONS.iter().any(|lengths| {
        groups.windows(lengths.len()).any(|window| {
            let is_one_number = window.iter().skip(1).all(|group| group.goes_on);
            let found = window.iter().map(|group| group.digits.len());
            let digits = || window.iter().flat_map(|group| group.digits.clone());
            is_one_number
                && found.eq(lengths.iter().copied())
                && passes_eleven_test(&digits().collect::<Vec<_>>())
        })
    })
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // What stands between the last digit and this place; none before the first digit.
    let mut gap: Option<usize> = None;
    for c in text.chars() {
        let Some(digit) = c.to_digit(10) else {
            let width = if matches!(c, ' ' | '.' | '-') {
                1
            } else {
                WIDEST_GAP + 1
            };
            gap = gap.map(|gap| gap + width);
            continue;
        };
        match (gap, groups.last_mut()) {
            (Some(0), Some(group)) => group.digits.push(digit),
            (gap, _) => groups.push(Group {
                digits: vec![digit],
                goes_on: gap.is_some_and(|gap| gap <= WIDEST_GAP),
            }),
        }
        gap = Some(0);
    }
    groups
}

/// The text without the numbers that programs make, such as a UUID and a digest: at least 32
/// hexadecimal digits, letters among them.
fn without_ids(text: &str) -> String {
    let is_of_id = |c: char| c.is_ascii_hexdigit() || c == '-';
    let mut kept = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (run, after) = rest.split_at(rest.find(|c| !is_of_id(c)).unwrap_or(rest.len()));
        let digits = run.bytes().filter(u8::is_ascii_hexdigit).count();
        let is_id = digits >= 32 && run.contains(|c: char| c.is_ascii_alphabetic());
        kept.push_str(if is_id { "¤" } else { run });
        let (between, after) = after.split_at(after.find(is_of_id).unwrap_or(after.len()));
        kept.push_str(between);
        rest = after;
    }
    kept
}

/// The text without the numbers that are amounts: after a sign or word of a currency, before such a
/// word, or with points between thousands and with cents.
fn without_amounts(text: &str) -> String {
    const CURRENCIES: [&str; 3] = ["€", "eur", "euro"];
    let is_no_word = |c: char| !c.is_alphabetic() && c != '€';
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let lower = text.to_lowercase();
    let mut kept = String::new();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !is_of_number(c)).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        let has_cents = number
            .trim_end_matches(['.', ','])
            .rsplit_once(',')
            .is_some_and(|(whole, cents)| whole.contains('.') && cents.len() == 2);
        let left = before.trim_end().rsplit(is_no_word).next();
        let right = after.trim_start().trim_start_matches('-').trim_start();
        let right = right.split(is_no_word).next();
        let is_currency = |word: Option<&str>| word.is_some_and(|word| CURRENCIES.contains(&word));
        let is_money = has_cents || is_currency(left) || is_currency(right);
        kept.push_str(before);
        kept.push_str(if is_money { "¤" } else { number });
        rest = after;
    }
    kept.push_str(rest);
    kept
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
            "111\u{a0}222\u{a0}333",
            "111\u{2009}222\u{202f}333",
            "111\u{200b}222\u{feff}333",
            "1112\u{ad}22333",
            "111\u{2011}222\u{2013}333",
            "1112 - 22 - 333",
            "１１１２２２３３３",
            "11①222333",
            "burger-111222333",
            "€ 5 voor 111222333",
            "111222333 en 5 euro",
            "de directeur 111222333",
            "111222333,45",
            "111222333 Europese",
            "a111222333aa",
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
            "€ 123.456.782,00",
            "€ 123.456.782",
            "EUR 123456782",
            "123.456.782 euro",
            "123.456.782,50 per jaar",
            "111 of 222 of 333",
            "opgave-aaaaaaaa-aaaa-4aaa-8aaa-a111222333aa",
        ] {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }

    #[test]
    fn what_feigns_a_redaction_is_found() {
        for text in ["[geschrapt]", "zie [redacted]", "https://redacted.invalid/"] {
            let found = personal_data(text);
            assert_eq!(found, Some(PersonalData::FeignedRedaction), "{text}");
        }
        // What would identify a person is named first.
        let both = personal_data("[geschrapt] anna@gemeente.nl");
        assert_eq!(both, Some(PersonalData::EmailAddress));
    }

    #[test]
    fn a_text_without_the_parts_of_any_is_read_no_further() {
        for text in [
            "",
            "Vastgelegd in het beleid, bij BB-03; zie § 4.",
            "Coördinatie geregeld — “ketenregisseur” in 2026, € 2.500…",
            "12345678",
        ] {
            let parts: Vec<char> = as_read(text)
                .chars()
                .filter(|c| *c == '@' || c.is_ascii_digit())
                .collect();
            assert!(parts.len() < 9 && !parts.contains(&'@'), "{text}");
            assert_eq!(personal_data(text), None, "{text}");
        }
        assert!(!has_parts_of_any(
            "Coördinatie — “regisseur” in 2026, € 2.500…"
        ));
        for text in ["123456789", "a@b", "１", "①", "a＠b", "\u{ad}"] {
            assert!(has_parts_of_any(text), "{text}");
        }
        // No letter or mark that is passed over becomes a digit or the sign of an address.
        let passed = ('\0'..='\u{2fff}').filter(|c| !has_parts_of_any(&c.to_string()));
        for c in passed.filter(|c| !c.is_ascii_digit()) {
            let read = as_read(&c.to_string()).into_owned();
            assert!(
                !read.contains(|c: char| c == '@' || c.is_ascii_digit()),
                "{c:?}"
            );
        }
    }

    #[test]
    fn a_text_in_ascii_is_read_as_any_other() {
        for text in ["a b", "a\tb\r\nc", "x\u{b}y", "-_~ \u{1f}\u{7f}", ""] {
            let long_way = format!("{text}\u{ad}");
            assert_eq!(as_read(text), as_read(&long_way), "{text:?}");
        }
    }

    #[test]
    fn e_mail_addresses_are_found() {
        assert_eq!(
            personal_data("mail anna@gemeente.nl!"),
            Some(PersonalData::EmailAddress)
        );
        for text in [
            "anna＠gemeente.nl",
            "anna@\u{200b}gemeente\u{ad}.nl",
            "(anna.de-vries @ gemeente.nl)",
            "anna\u{a0}@\u{a0}gemeente.nl.",
            "<anna@mail.gemeente.nl>",
        ] {
            assert_eq!(
                personal_data(text),
                Some(PersonalData::EmailAddress),
                "{text}"
            );
        }
        for text in [
            "1 @ 2 euro, a@b",
            "@ministerie.nl",
            "5 stuks @ 1.50 elk",
            "een @ twee. Drie",
        ] {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }
}
