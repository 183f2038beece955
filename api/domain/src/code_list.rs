//! Closed lists (NL: codelijsten): every code, its label in both languages and what it means,
//! written once.
//!
//! The macro `code_list!` makes a plain enum of a list. Whatever shows or reads a code takes it
//! from here: the enums of the contract, the readers of data files, the labels beside codes, the
//! documentation. The check constraints of the database say the codes a second time, and a test
//! compares the two.

use crate::text::Text;

/// One value of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeValue<E: 'static> {
    /// The value as rules know it.
    pub value: E,
    /// The code as database, files and contract know it. A published code keeps its meaning.
    pub code: &'static str,
    /// The label in Dutch and in English.
    pub label: (&'static str, &'static str),
    /// What it means in English, a piece per line; the last sentence is the Dutch term.
    pub description: &'static [&'static str],
    /// What it means in Dutch.
    pub description_nl: &'static str,
}

/// A closed list.
pub trait CodeList: Copy + Eq + Send + Sync + 'static {
    /// The name of the list in the contract.
    const NAME: &'static str;
    /// What the list is of, a piece per line of its description.
    const DESCRIPTION: &'static [&'static str];
    /// Every value, in the order of the contract.
    const VALUES: &'static [CodeValue<Self>];

    /// What the list says of this value.
    fn entry(self) -> &'static CodeValue<Self>;
}

/// The value of a list that has exactly this code.
#[must_use]
pub fn from_code<E: CodeList>(code: &str) -> Option<E> {
    let mut entries = E::VALUES.iter();
    entries
        .find(|entry| entry.code == code)
        .map(|entry| entry.value)
}

/// A list of which the kind of its values does not matter, as documentation shows it.
#[derive(Debug, Clone, Copy)]
pub struct AnyList {
    /// The name of the list in the contract.
    pub name: &'static str,
    values: fn() -> Vec<AnyValue>,
}

impl AnyList {
    /// The view of a list.
    #[must_use]
    pub const fn of<E: CodeList>() -> Self {
        Self {
            name: E::NAME,
            values: values_of::<E>,
        }
    }

    /// Every value, in the order of the contract.
    #[must_use]
    pub fn values(&self) -> Vec<AnyValue> {
        (self.values)()
    }
}

/// One value of any list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyValue {
    /// The code.
    pub code: &'static str,
    /// The label.
    pub label: Text,
    /// What it means, without the Dutch term in the English one.
    pub description: Text,
}

fn values_of<E: CodeList>() -> Vec<AnyValue> {
    let values = E::VALUES.iter().map(|entry| AnyValue {
        code: entry.code,
        label: Text::new(entry.label.0, entry.label.1),
        description: Text::new(entry.description_nl, in_english(entry.description)),
    });
    values.collect()
}

/// A description without its last sentence, the Dutch term, on one line.
fn in_english(lines: &[&str]) -> String {
    let text = description(lines).replace('\n', " ");
    text.rsplit_once("NL: ")
        .map_or(text.as_str(), |(english, _)| english)
        .trim_end()
        .to_owned()
}

/// A description as one text.
#[must_use]
pub fn description(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    lines.join("\n").trim().to_owned()
}

/// Makes a closed list: each value with its code, its label in Dutch and in English, and what it
/// means in Dutch; what it means in English is its doc comment. A list whose name in the contract
/// is not that of the enum says it after `as`.
macro_rules! code_list {
    (
        $(#[doc = $about:literal])+
        $vis:vis enum $name:ident $(as $listed:literal)? {
            $($(#[doc = $description:literal])+
            $variant:ident = $code:literal, $nl:literal, $en:literal, $meaning:literal;)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        $vis enum $name {
            $($(#[doc = $description])+ #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the contract.
            $vis const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// The code of every value, in the order of the contract.
            $vis const CODES: [&'static str; [$($code),+].len()] = [$($code),+];

            /// The code of this value, as database, files and contract know it.
            #[must_use]
            $vis const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The label of this value, in Dutch and in English.
            #[must_use]
            $vis const fn label(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($nl, $en)),+ }
            }

            /// The value that has exactly this code.
            #[must_use]
            $vis fn from_code(code: &str) -> Option<Self> {
                $crate::code_list::from_code(code)
            }
        }

        impl $crate::code_list::CodeList for $name {
            const NAME: &'static str = $crate::code_list::name_of_list!($name $($listed)?);
            const DESCRIPTION: &'static [&'static str] = &[$($about),+];
            const VALUES: &'static [$crate::code_list::CodeValue<Self>] = &[$(
                $crate::code_list::CodeValue {
                    value: Self::$variant,
                    code: $code,
                    label: ($nl, $en),
                    description: &[$($description),+],
                    description_nl: $meaning,
                }
            ),+];

            fn entry(self) -> &'static $crate::code_list::CodeValue<Self> {
                &Self::VALUES[self as usize]
            }
        }
    };
}
pub(crate) use code_list;

/// The name of a list in the contract: that of its enum, unless the list says another.
macro_rules! name_of_list {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $listed:literal) => {
        $listed
    };
}
pub(crate) use name_of_list;

#[cfg(test)]
mod tests {
    use super::*;

    code_list! {
        /// A colour.
        /// NL: kleur.
        enum Colour {
            /// As blood. NL: rood.
            Red = "RED", "Rood", "Red", "Zoals bloed.";
            /// As the
            /// sky. NL: blauw.
            Blue = "BLUE", "Blauw", "Blue", "Zoals de lucht.";
        }
    }

    code_list! {
        /// A taste. NL: smaak.
        enum Taste as "TasteOfFood" {
            /// As sugar. NL: zoet.
            Sweet = "SWEET", "Zoet", "Sweet", "Zoals suiker.";
        }
    }

    #[test]
    fn a_list_may_bear_another_name_in_the_contract() {
        assert_eq!(Taste::NAME, "TasteOfFood");
        assert_eq!(Taste::ALL.map(Taste::label), [("Zoet", "Sweet")]);
        assert_eq!(Taste::from_code(Taste::Sweet.code()), Some(Taste::Sweet));
    }

    #[test]
    fn a_list_knows_its_codes_labels_and_descriptions() {
        assert_eq!(Colour::ALL, [Colour::Red, Colour::Blue]);
        assert_eq!((Colour::CODES, Taste::CODES), (["RED", "BLUE"], ["SWEET"]));
        assert_eq!(Colour::NAME, "Colour");
        assert_eq!(description(Colour::DESCRIPTION), "A colour.\nNL: kleur.");
        assert_eq!(Colour::Blue.code(), "BLUE");
        assert_eq!(Colour::Blue.label(), ("Blauw", "Blue"));
        let text = description(Colour::Blue.entry().description);
        assert_eq!(text, "As the\nsky. NL: blauw.");
        let any = AnyList::of::<Colour>();
        assert_eq!((any.name, any.values().len()), ("Colour", 2));
        let blue = &any.values()[1];
        assert_eq!(blue.code, "BLUE");
        assert_eq!(blue.label, Text::new("Blauw", "Blue"));
        assert_eq!(
            blue.description,
            Text::new("Zoals de lucht.", "As the sky.")
        );
        assert_eq!(Colour::from_code("RED"), Some(Colour::Red));
        assert_eq!(Colour::from_code("red"), None);
        assert_eq!(serde_json::to_string(&Colour::Blue).unwrap(), "\"BLUE\"");
        assert_eq!(
            serde_json::from_str::<Colour>("\"RED\"").unwrap(),
            Colour::Red
        );
    }
}
