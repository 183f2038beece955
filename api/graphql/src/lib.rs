//! The kit of the GraphQL layer: the context of a request, errors, ids, pages, texts, closed lists
//! as enums, the rows of tables ([`known`]) by their keys ([`index`]), and the way that every
//! mutation walks ([`change`]). It knows no feature.

pub mod access;
pub mod at_once;
pub mod change;
pub mod code_lists;
pub mod coded;
pub mod context;
pub mod cost;
pub mod date;
pub mod day;
pub mod error;
pub mod id;
pub mod index;
pub mod known;
pub mod member;
pub mod moment;
pub mod page;
pub mod payload;
pub mod position;
pub mod searched;
pub mod selection;
pub mod text;
pub mod warning;
pub mod written;
