//! Reads `$filter`: conditions by precedence (`or`, `and`, `eq` and `ne`, `gt` and its like, `not`,
//! `in`), each checked against the types of the columns. A condition is a value too, so it may be
//! compared with `true`, with `false` and with another.

mod kinds;

use std::iter::Peekable;

pub(super) use self::kinds::alike;
use self::kinds::{Beside, no_value, unlike};
use super::{
    Wrong,
    words::{Aliases, Word, not_known, shown, unreadable, words},
};
use crate::{
    filter::{Comparison, Expr, Filter, Function, Literal, Within},
    tables::{Column, Kind, Table},
};

/// Brackets, negations and comparisons inside one another at most.
const DEEPEST: usize = 50;
/// Values of an `in` at most.
const MOST_VALUES: usize = 500;
/// Arguments of a function at most.
const MOST_ARGUMENTS: usize = 3;

struct Parser<'a> {
    table: &'static Table,
    words: Peekable<std::slice::Iter<'a, Word>>,
    depth: usize,
    /// What the value that is read stands beside.
    beside: Option<Beside>,
}

/// The condition of a `$filter` on a table.
pub(super) fn filter(
    table: &'static Table,
    text: &str,
    aliases: &Aliases,
) -> Result<Filter, Wrong> {
    let words = words(text, aliases)?;
    let mut parser = Parser {
        table,
        words: words.iter().peekable(),
        depth: 0,
        beside: None,
    };
    let expr = parser.or()?;
    match parser.words.next() {
        None => condition(expr),
        Some(word) => Err(unreadable(&word.to_view())),
    }
}

fn condition(expr: Expr) -> Result<Filter, Wrong> {
    match expr {
        Expr::Condition(filter) => Ok(*filter),
        Expr::Literal(Literal::Boolean(is)) => Ok(Filter::Constant(is)),
        expr if is_condition(&expr) => Ok(Filter::Holds(expr)),
        Expr::Column(_) | Expr::Literal(_) | Expr::Call(..) => Err(Wrong::bad(
            "`$filter` heeft een voorwaarde nodig waar een waarde staat.",
            "`$filter` needs a condition where there is a value.",
        )),
    }
}

/// Whether a value can be a condition: what is true or false, and null.
fn is_condition(expr: &Expr) -> bool {
    expr.kind().is_none_or(|kind| kind == Kind::Boolean)
}

fn holds(filter: Filter) -> Expr {
    Expr::Condition(Box::new(filter))
}

fn text(expr: Expr) -> Result<Expr, Wrong> {
    match expr.kind() {
        None | Some(Kind::Text) => Ok(expr),
        Some(_) => Err(unlike()),
    }
}

/// The comparison of a name; `eq` and `ne` bind less than the others.
fn comparison(name: &str) -> Option<(Comparison, bool)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "eq" => (Comparison::Equal, true),
        "ne" => (Comparison::NotEqual, true),
        "lt" => (Comparison::Less, false),
        "le" => (Comparison::LessOrEqual, false),
        "gt" => (Comparison::Greater, false),
        "ge" => (Comparison::GreaterOrEqual, false),
        _ => return None,
    })
}

/// Operators of the language that this service does not do.
const MORE: [&str; 7] = ["add", "sub", "mul", "div", "divby", "mod", "has"];

impl Parser<'_> {
    /// Whether the next word is this one, in large letters or small.
    fn takes(&mut self, name: &str) -> bool {
        let fits =
            |word: &&Word| matches!(word, Word::Name(word) if word.eq_ignore_ascii_case(name));
        self.words.next_if(fits).is_some()
    }

    fn expect(&mut self, wanted: &Word) -> Result<(), Wrong> {
        match self.words.next() {
            Some(word) if word == wanted => Ok(()),
            Some(word) => Err(unreadable(&word.to_view())),
            None => Err(unreadable("")),
        }
    }

    fn deeper(&mut self) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Wrong::bad(
                format!("Haakjes in `$filter` mogen ten hoogste {DEEPEST} diep genest zijn."),
                format!("Brackets in `$filter` may nest {DEEPEST} deep."),
            ));
        }
        Ok(())
    }

    fn or(&mut self) -> Result<Expr, Wrong> {
        let first = self.and()?;
        let mut any = Vec::new();
        while self.takes("or") {
            any.push(condition(self.and()?)?);
        }
        if any.is_empty() {
            return Ok(first);
        }
        any.insert(0, condition(first)?);
        Ok(holds(Filter::Or(any)))
    }

    fn and(&mut self) -> Result<Expr, Wrong> {
        let first = self.compared(true)?;
        let mut all = Vec::new();
        while self.takes("and") {
            all.push(condition(self.compared(true)?)?);
        }
        if all.is_empty() {
            return Ok(first);
        }
        all.insert(0, condition(first)?);
        Ok(holds(Filter::And(all)))
    }

    /// Comparisons from left to right: with `eq` and `ne` between those that bind more, or these.
    fn compared(&mut self, is_equality: bool) -> Result<Expr, Wrong> {
        let before = self.depth;
        let mut is_first = true;
        let mut left = self.operand(is_equality)?;
        while let Some(Word::Name(name)) = self.words.peek() {
            if MORE.contains(&name.to_ascii_lowercase().as_str()) {
                return Err(not_known(name));
            }
            let Some((comparison, _)) = comparison(name).filter(|(_, is)| *is == is_equality)
            else {
                break;
            };
            self.words.next();
            if !std::mem::take(&mut is_first) {
                self.deeper()?;
            }
            let outer = std::mem::replace(&mut self.beside, Beside::of(&left));
            let right = self.operand(is_equality);
            self.beside = outer;
            let (a, b) = alike(left, right?)?;
            left = holds(Filter::Compare(comparison, a, b));
        }
        self.depth = before;
        Ok(left)
    }

    fn operand(&mut self, is_equality: bool) -> Result<Expr, Wrong> {
        if is_equality {
            self.compared(false)
        } else {
            self.negated()
        }
    }

    /// `not` of a condition; of a value, of the comparison that it begins.
    fn negated(&mut self) -> Result<Expr, Wrong> {
        if !self.takes("not") {
            return self.membership();
        }
        self.deeper()?;
        let ahead = self.words.clone();
        let mut negated = self.negated()?;
        if !is_condition(&negated) {
            self.words = ahead;
            negated = self.compared(true)?;
        }
        self.depth -= 1;
        Ok(holds(Filter::Not(Box::new(condition(negated)?))))
    }

    fn membership(&mut self) -> Result<Expr, Wrong> {
        let value = self.value()?;
        if self.takes("in") {
            return self.among(value);
        }
        Ok(value)
    }

    fn among(&mut self, expr: Expr) -> Result<Expr, Wrong> {
        self.expect(&Word::Open)?;
        let mut values = Vec::new();
        let mut subject = expr;
        loop {
            let literal = match self.words.next() {
                Some(Word::Literal(literal)) => literal,
                Some(Word::Unread(word)) => return Err(no_value(word, Beside::of(&subject))),
                _ => return Err(unreadable("in")),
            };
            let (of, literal) = alike(subject, Expr::Literal(literal.clone()))?;
            subject = of;
            if let Expr::Literal(literal) = literal {
                values.push(literal);
            }
            if values.len() > MOST_VALUES {
                return Err(Wrong::bad(
                    format!("`in` mag ten hoogste {MOST_VALUES} waarden hebben."),
                    format!("`in` may have {MOST_VALUES} values."),
                ));
            }
            match self.words.next() {
                Some(Word::Comma) => {}
                Some(Word::Close) => return Ok(holds(Filter::In(subject, values))),
                _ => return Err(unreadable("in")),
            }
        }
    }

    fn value(&mut self) -> Result<Expr, Wrong> {
        match self.words.next() {
            Some(Word::Open) => {
                self.deeper()?;
                let inside = self.or()?;
                self.expect(&Word::Close)?;
                self.depth -= 1;
                Ok(inside)
            }
            Some(Word::Literal(literal)) => Ok(Expr::Literal(literal.clone())),
            Some(Word::Unread(word)) => {
                let beside = self.beside.or_else(|| self.beside_ahead());
                Err(no_value(word, beside))
            }
            Some(Word::Name(name)) => {
                if self.words.next_if(|word| **word == Word::Open).is_some() {
                    self.deeper()?;
                    let call = self.call(name)?;
                    self.depth -= 1;
                    return Ok(call);
                }
                let column = column(self.table, name)?;
                Ok(Expr::Column(column))
            }
            Some(word) => Err(unreadable(&word.to_view())),
            None => Err(unreadable("")),
        }
    }

    /// What a value on the left of a comparison stands beside.
    fn beside_ahead(&self) -> Option<Beside> {
        match self.words.clone().nth(1)? {
            Word::Name(name) => Beside::of(&Expr::Column(self.table.column(name)?)),
            _ => None,
        }
    }

    fn call(&mut self, name: &str) -> Result<Expr, Wrong> {
        // Some programs write `toLower`, and 4.01 lets them.
        let lower = name.to_ascii_lowercase();
        let within = match lower.as_str() {
            "contains" => Some(Within::Contains),
            "startswith" => Some(Within::StartsWith),
            "endswith" => Some(Within::EndsWith),
            _ => None,
        };
        if within.is_none() && function(&lower).is_none() {
            return Err(no_function(name));
        }
        // What an argument stands beside is told of the comparison around the function.
        let outer = self.beside.take();
        let mut arguments = vec![self.or()?];
        while arguments.len() <= MOST_ARGUMENTS
            && self.words.next_if(|word| **word == Word::Comma).is_some()
        {
            arguments.push(self.or()?);
        }
        self.beside = outer;
        self.expect(&Word::Close)?;
        let mut arguments = arguments.into_iter();
        let several = (arguments.next(), arguments.next(), arguments.next());
        if let Some(within) = within {
            let (Some(a), Some(b), None) = several else {
                return Err(unreadable(name));
            };
            return Ok(holds(Filter::Within(within, text(a)?, text(b)?)));
        }
        let (Some(of), None, None) = several else {
            return Err(unreadable(name));
        };
        let function = function(&lower).ok_or_else(|| no_function(name))?;
        if of
            .kind()
            .is_some_and(|kind| !function.takes().contains(&kind))
        {
            return Err(unlike());
        }
        Ok(Expr::Call(function, Box::new(of)))
    }
}

/// The function of a name in small letters that has one argument.
fn function(name: &str) -> Option<Function> {
    Some(match name {
        "tolower" => Function::Lower,
        "toupper" => Function::Upper,
        "trim" => Function::Trim,
        "length" => Function::Length,
        "year" => Function::Year,
        "month" => Function::Month,
        "day" => Function::Day,
        "hour" => Function::Hour,
        "minute" => Function::Minute,
        "second" => Function::Second,
        "date" => Function::Date,
        _ => return None,
    })
}

fn no_function(name: &str) -> Wrong {
    let name = shown(name);
    Wrong::not_here(
        format!("Deze dienst kent de functie `{name}` niet."),
        format!("This service does not know the function `{name}`."),
    )
}

/// A column of the table.
pub(super) fn column(table: &'static Table, name: &str) -> Result<&'static Column, Wrong> {
    table.column(name).ok_or_else(|| {
        let name = shown(name);
        Wrong::bad(
            format!("`{}` heeft geen kolom `{name}`.", table.name),
            format!("`{}` has no column `{name}`.", table.name),
        )
    })
}

#[cfg(test)]
mod tests;
