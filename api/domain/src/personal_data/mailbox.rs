//! Functional mailboxes: the one e-mail address that is taken in, and never one of a person.
//!
//! An address does not say whose it is, so a function must be readable in it: one that names none
//! may be a surname, and is refused. Whoever has another writes it with its function.

use super::{bare_name::is_given_name, has_citizen_number, signs::is_particle};

/// Why a text is no address of a functional mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongMailbox {
    /// It is no address of a mailbox.
    NoAddress,
    /// It is, or may be, the address of a person.
    OfAPerson,
}

/// Characters of a whole address at most, and of the part before its sign.
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

/// Hosts that give mailboxes to people.
const HOSTS_OF_PEOPLE: &[&str] = &[
    "casema.nl",
    "gmail.com",
    "gmx.com",
    "gmx.net",
    "googlemail.com",
    "hetnet.nl",
    "home.nl",
    "hotmail.com",
    "hotmail.nl",
    "icloud.com",
    "kpnmail.nl",
    "kpnplanet.nl",
    "live.com",
    "live.nl",
    "mac.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "planet.nl",
    "proton.me",
    "protonmail.com",
    "quicknet.nl",
    "telfort.nl",
    "upcmail.nl",
    "xs4all.nl",
    "yahoo.com",
    "ziggo.nl",
];

/// Words of functions that stand alone in an address: shorter ones begin surnames too.
const WORDS: &[&str] = &[
    "apv", "avg", "balie", "bestuur", "bz", "contact", "data", "info", "kader", "loket", "mail",
    "office", "oov", "ooid", "post", "regie", "regio", "riec", "team", "vng", "wmo", "zsm",
];

/// Beginnings of words of functions.
const BEGINNINGS: &[&str] = &["hulp", "jeugd", "keten", "zorg"];

/// Parts of words of functions, anywhere in an address.
const PARTS: &[&str] = &[
    "aanpak",
    "administratie",
    "advies",
    "afdeling",
    "algemeen",
    "archief",
    "beheer",
    "beleid",
    "bureau",
    "college",
    "communicatie",
    "compliance",
    "coordinat",
    "dienst",
    "directie",
    "expertise",
    "functie",
    "gemeente",
    "griffie",
    "handhaving",
    "helpdesk",
    "juridisch",
    "kennis",
    "mailbox",
    "meldpunt",
    "mensenhandel",
    "ministerie",
    "monitor",
    "naleving",
    "openbareorde",
    "opvang",
    "postbus",
    "postvak",
    "programma",
    "project",
    "rapportage",
    "registratie",
    "secretariaat",
    "service",
    "sociaal",
    "support",
    "toezicht",
    "uitbuiting",
    "veilig",
];

/// The address of a functional mailbox, in small letters.
///
/// # Errors
/// When it is no address, or may be one of a person.
pub fn functional_mailbox(text: &str) -> Result<String, WrongMailbox> {
    let address = text.trim().to_ascii_lowercase();
    let (local, host) = address.split_once('@').ok_or(WrongMailbox::NoAddress)?;
    if address.len() > LONGEST || !is_local(local) || !is_host(host) {
        return Err(WrongMailbox::NoAddress);
    }
    if HOSTS_OF_PEOPLE.contains(&host) || has_citizen_number(local) {
        return Err(WrongMailbox::OfAPerson);
    }
    let words: Vec<&str> = local
        .split(['.', '_', '-', '+'])
        .filter(|word| !word.is_empty())
        .collect();
    let names_a_person = words.iter().any(|word| is_given_name(word)) || has_initials(&words);
    if names_a_person || !names_a_function(&words, host) {
        return Err(WrongMailbox::OfAPerson);
    }
    Ok(address)
}

/// Letters, digits and few signs, as every mail server takes them, and no sign twice in a row.
fn is_local(local: &str) -> bool {
    let is_sign = |c: char| matches!(c, '.' | '_' | '-' | '+');
    let is_fit = |c: char| c.is_ascii_alphanumeric() || is_sign(c);
    !local.is_empty()
        && local.len() <= LONGEST_LOCAL
        && local.chars().all(is_fit)
        && !local.starts_with(is_sign)
        && !local.ends_with(is_sign)
        && !local.contains("..")
}

/// A name of a host with a top domain in letters.
fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels.iter().all(is_label)
        && top.len() >= 2
        && top.chars().all(|c| c.is_ascii_alphabetic())
}

/// A letter that stands alone beside a word, as in `j.jansen` and `jansen-j`.
fn has_initials(words: &[&str]) -> bool {
    let is_initial = |word: &&str| word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    words.len() > 1
        && (words.first().is_some_and(is_initial) || words.last().is_some_and(is_initial))
}

/// A word of a function, or the name of the organisation itself, as in `comensha@comensha.nl`.
fn names_a_function(words: &[&str], host: &str) -> bool {
    let whole = words.concat();
    let is_function = |word: &&str| {
        WORDS.contains(word)
            || BEGINNINGS
                .iter()
                .any(|beginning| word.starts_with(beginning))
    };
    let is_the_organisation = host
        .split('.')
        .next()
        .is_some_and(|label| label.replace('-', "") == whole);
    let is_all_small = words.iter().all(|word| is_particle(word));
    !is_all_small
        && (is_the_organisation
            || words.iter().any(is_function)
            || PARTS.iter().any(|part| whole.contains(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_readable_in_the_address() {
        for address in [
            "mensenhandel@hilversum.nl",
            "info@comensha.nl",
            "comensha@comensha.nl",
            "team.veiligheid@huizen.nl",
            "Zorgcoordinatie@vr-gooi.nl",
            "oov@laren.nl",
            "postbus.aanpak-mensenhandel@minjenv.nl",
        ] {
            let found = functional_mailbox(address);
            assert_eq!(found, Ok(address.to_ascii_lowercase()), "{address}");
        }
    }

    #[test]
    fn an_address_of_a_person_is_none() {
        for address in [
            "anna@hilversum.nl",
            "jan.jansen@hilversum.nl",
            "j.jansen@hilversum.nl",
            "a.b.de.vries@vng.nl",
            "jansen-j@huizen.nl",
            "jansen@huizen.nl",
            "postma@huizen.nl",
            "zorg.anna@huizen.nl",
            "team.111222333@huizen.nl",
            "mensenhandel.hilversum@gmail.com",
            "van.de@huizen.nl",
        ] {
            let found = functional_mailbox(address);
            assert_eq!(found, Err(WrongMailbox::OfAPerson), "{address}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "",
            "info",
            "info@",
            "@hilversum.nl",
            "info@hilversum",
            "info@127.0.0.1",
            "info@@hilversum.nl",
            "info @hilversum.nl",
            "info@hilversum.nl\r\nBcc: anna@huizen.nl",
            "<info@hilversum.nl>",
            "info@hilversum.nl, info@huizen.nl",
            "in..fo@hilversum.nl",
            "info@-hilversum.nl",
            "informatié@hilversum.nl",
        ] {
            assert_eq!(
                functional_mailbox(text),
                Err(WrongMailbox::NoAddress),
                "{text}"
            );
        }
        let long = format!("info{}@hilversum.nl", "o".repeat(61));
        assert_eq!(functional_mailbox(&long), Err(WrongMailbox::NoAddress));
    }
}
