//! Codes of the database as enums of the contract.

/// A code of the database as a value of an enum of the contract.
macro_rules! code_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[$value_doc])* $value),+
        }

        impl $name {
            /// The value of a code; none for a code that the database does not allow.
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$value),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use code_enum;
