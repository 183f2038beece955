//! The key of one row, as it stands in brackets behind the name of its table.

use super::{
    Wrong,
    parse::{alike, column},
    words::{Aliases, Word, words},
};
use crate::{
    filter::{Comparison, Expr, Filter, Literal},
    tables::{Column, Table},
};

/// The condition that a row has this key: its one value, or every column of it with its value.
pub(super) fn filter(
    table: &'static Table,
    text: &str,
    aliases: &Aliases,
) -> Result<Filter, Wrong> {
    let words = words(text, aliases)?;
    let keys: Vec<&'static Column> = table.key().collect();
    let mut equal: Vec<(&'static Column, &Literal)> = Vec::new();
    match (words.as_slice(), keys.as_slice()) {
        ([Word::Literal(literal)], [key]) => equal.push((key, literal)),
        (named, _) => {
            for part in named.split(|word| *word == Word::Comma) {
                let [Word::Name(name), Word::Equals, Word::Literal(literal)] = part else {
                    return Err(no_key(table));
                };
                let named = column(table, name)?;
                if !named.is_key || equal.iter().any(|(other, _)| other.name == named.name) {
                    return Err(no_key(table));
                }
                equal.push((named, literal));
            }
        }
    }
    if equal.len() != keys.len() {
        return Err(no_key(table));
    }
    let mut all = Vec::new();
    for (key, literal) in equal {
        if *literal == Literal::Null {
            return Err(no_key(table));
        }
        let (key, literal) = alike(Expr::Column(key), Expr::Literal(literal.clone()))?;
        all.push(Filter::Compare(Comparison::Equal, key, literal));
    }
    Ok(Filter::And(all))
}

fn no_key(table: &Table) -> Wrong {
    let names: Vec<&str> = table.key().map(|column| column.name).collect();
    let names = names.join(", ");
    Wrong::bad(
        format!(
            "De sleutel van `{}` is {names}, elk met een waarde.",
            table.name
        ),
        format!("The key of `{}` is {names}, each with a value.", table.name),
    )
}
