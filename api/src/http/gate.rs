//! The query gate: looks at the raw text of a GraphQL document before the parser does, and refuses what could kill or
//! stall the service.
//!
//! The parser and the validator of async-graphql 7 recurse over brackets and over fragment spreads. 4 KB of brackets
//! overflows their stack, which no `catch_unwind` survives, and fragments that spread one another twice are walked
//! exponentially before any limit of theirs is looked at. So this module owns one linear pass over the text, without
//! recursion, and a sum over the graph of spreads in which every fragment is added up once.
//!
//! It deliberately knows neither the schema nor the whole grammar: a document that is not GraphQL may pass, the parser
//! refuses it. What it must never do is see less than the parser sees. Where the pest grammar of async-graphql is laxer
//! than the specification (`fragmentX on T`, a fragment named `on`), the gate follows the grammar; where the two could
//! differ (a block string that does not end) it refuses.
//!
//! Counted per document: all operations together, because validation walks all of them and not only the one that runs.

use std::collections::HashMap;

use thiserror::Error;

/// The longest part of a client's fragment name that a refusal repeats.
const NAME_SHOWN: usize = 64;

/// What one document may be at most; a number equal to the limit passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    /// Length of the text in bytes.
    pub bytes: usize,
    /// Names, numbers, strings and punctuators; comments, commas and white space are free.
    pub tokens: usize,
    /// `(`, `[` and `{` that are open at the same time, with every fragment laid open where it is spread.
    pub depth: usize,
    /// Selections (fields, spreads, inline fragments), with every fragment laid open where it is spread.
    pub expanded_fields: u64,
    /// Fields with a name of the client's choice, as written.
    pub aliases: usize,
    /// Uses of a directive, as written.
    pub directives: usize,
}

impl Default for Limits {
    /// Room for the standard introspection query and for any query a dashboard writes by hand.
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 8_000,
            depth: 32,
            expanded_fields: 20_000,
            aliases: 200,
            directives: 100,
        }
    }
}

/// What a document that passed turned out to be, in the units of [`Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// See [`Limits::tokens`].
    pub tokens: usize,
    /// See [`Limits::depth`].
    pub depth: usize,
    /// See [`Limits::expanded_fields`]. A fragment that nobody spreads counts as if it were an operation.
    pub expanded_fields: u64,
    /// See [`Limits::aliases`].
    pub aliases: usize,
    /// See [`Limits::directives`].
    pub directives: usize,
}

/// Why a document does not get to the parser.
///
/// Counting stops at the first number that is too high, so `found` means "at least".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Refusal {
    /// The text is too long to be looked at.
    #[error("the document has {found} bytes, the limit is {limit}")]
    TooManyBytes {
        /// Length of the text.
        found: usize,
        /// [`Limits::bytes`].
        limit: usize,
    },
    /// More tokens than [`Limits::tokens`].
    #[error("the document has more than {limit} tokens")]
    TooManyTokens {
        /// Tokens read so far.
        found: usize,
        /// [`Limits::tokens`].
        limit: usize,
    },
    /// Brackets nest deeper than [`Limits::depth`], or than a JSON body may.
    #[error("brackets are nested {found} deep or more, the limit is {limit}")]
    TooDeep {
        /// Depth reached so far.
        found: usize,
        /// The highest depth that passes.
        limit: usize,
    },
    /// More selections than [`Limits::expanded_fields`].
    #[error("with its fragments expanded the document selects more than {limit} fields")]
    TooManyFieldsAfterExpansion {
        /// [`Limits::expanded_fields`].
        limit: u64,
    },
    /// A fragment that reaches itself has no expansion.
    #[error("fragment {fragment} spreads itself, directly or through other fragments")]
    FragmentCycle {
        /// One fragment of the circle; a very long name is cut.
        fragment: String,
    },
    /// More aliases than [`Limits::aliases`].
    #[error("the document has more than {limit} aliases")]
    TooManyAliases {
        /// Aliases read so far.
        found: usize,
        /// [`Limits::aliases`].
        limit: usize,
    },
    /// More directives than [`Limits::directives`].
    #[error("the document uses more than {limit} directives")]
    TooManyDirectives {
        /// Directives read so far.
        found: usize,
        /// [`Limits::directives`].
        limit: usize,
    },
    /// A string without its closing quotes: what follows could be read in two ways.
    #[error("the string that starts at line {line}, column {column} does not end")]
    UnterminatedString {
        /// Line of the opening quote, from 1.
        line: usize,
        /// Column of the opening quote in characters, from 1.
        column: usize,
    },
    /// A bracket that is never closed, never opened, or closed by one of another kind.
    #[error("the bracket at line {line}, column {column} has no counterpart")]
    UnbalancedBrackets {
        /// Line of the bracket, from 1.
        line: usize,
        /// Column of the bracket in characters, from 1.
        column: usize,
    },
}

impl Refusal {
    /// The code of the closed list of errors: `TOO_COMPLEX` for what is too much, `BAD_REQUEST` for what is wrong.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::TooManyBytes { .. }
            | Self::TooManyTokens { .. }
            | Self::TooDeep { .. }
            | Self::TooManyFieldsAfterExpansion { .. }
            | Self::TooManyAliases { .. }
            | Self::TooManyDirectives { .. } => "TOO_COMPLEX",
            Self::FragmentCycle { .. }
            | Self::UnterminatedString { .. }
            | Self::UnbalancedBrackets { .. } => "BAD_REQUEST",
        }
    }

    /// What the caller can do about it, in Dutch and in English.
    pub(super) fn hint(&self) -> (&'static str, &'static str) {
        match self {
            Self::TooManyBytes { .. } => (
                "Verdeel de vraag over meer verzoeken en zet lange waarden in de variabelen.",
                "Split the query over more requests and put long values in the variables.",
            ),
            Self::TooManyTokens { .. } => (
                "Verdeel de vraag over meer verzoeken, of herhaal minder met fragmenten.",
                "Split the query over more requests, or repeat less by using fragments.",
            ),
            Self::TooDeep { .. } => (
                "Nest minder diep; fragmenten tellen mee waar ze gebruikt worden.",
                "Nest less deeply; fragments count where they are used.",
            ),
            Self::TooManyFieldsAfterExpansion { .. } => (
                "Gebruik fragmenten minder vaak binnen elkaar, of vraag minder velden tegelijk.",
                "Use fragments inside one another less often, or ask for fewer fields at once.",
            ),
            Self::FragmentCycle { .. } => (
                "Haal de verwijzing van het fragment naar zichzelf weg.",
                "Remove the reference of the fragment to itself.",
            ),
            Self::TooManyAliases { .. } => (
                "Vraag een lijst op in plaats van hetzelfde veld onder vele namen.",
                "Ask for a list instead of the same field under many names.",
            ),
            Self::TooManyDirectives { .. } => (
                "Zet een directive op een groep velden in plaats van op elk veld.",
                "Put a directive on a group of fields instead of on every field.",
            ),
            Self::UnterminatedString { .. } => (
                "Sluit de tekst met dezelfde aanhalingstekens als waarmee zij begint.",
                "Close the string with the same quotes as it starts with.",
            ),
            Self::UnbalancedBrackets { .. } => (
                "Geef elk haakje een tegenhanger van dezelfde soort.",
                "Give every bracket a counterpart of the same kind.",
            ),
        }
    }

    /// The number that was too high, as far as it was counted; none where nothing was counted.
    pub(super) fn cost(&self) -> Option<u64> {
        self.numbers().map(|(found, _)| found)
    }

    /// The highest number that would have passed; none where nothing was counted.
    pub(super) fn limit(&self) -> Option<u64> {
        self.numbers().map(|(_, limit)| limit)
    }

    fn numbers(&self) -> Option<(u64, u64)> {
        match self {
            Self::TooManyBytes { found, limit }
            | Self::TooManyTokens { found, limit }
            | Self::TooDeep { found, limit }
            | Self::TooManyAliases { found, limit }
            | Self::TooManyDirectives { found, limit } => Some((*found as u64, *limit as u64)),
            Self::TooManyFieldsAfterExpansion { limit } => Some((limit.saturating_add(1), *limit)),
            Self::FragmentCycle { .. }
            | Self::UnterminatedString { .. }
            | Self::UnbalancedBrackets { .. } => None,
        }
    }
}

/// Measures a document, or says why the parser must not see it.
///
/// The work is linear in the length of the text, which is looked at only when it is within [`Limits::bytes`].
pub(super) fn inspect(document: &str, limits: &Limits) -> Result<Shape, Refusal> {
    if document.len() > limits.bytes {
        return Err(Refusal::TooManyBytes {
            found: document.len(),
            limit: limits.bytes,
        });
    }
    let mut lexer = Lexer::new(document);
    let mut outline = Outline::new(document, limits);
    while let Some(token) = lexer.next()? {
        outline.take(token)?;
    }
    let counted = outline.finish()?;
    let expanded = expand(&counted.definitions, &counted.fragments, limits)?;
    Ok(Shape {
        tokens: counted.tokens,
        depth: expanded.depth,
        expanded_fields: expanded.fields,
        aliases: counted.aliases,
        directives: counted.directives,
    })
}

/// Refuses a JSON body with more than `max` arrays and objects inside one another, before a recursive reader sees it.
///
/// Brackets inside strings do not count. Whether it is JSON at all is left to that reader.
pub(super) fn inspect_json_depth(bytes: &[u8], max: usize) -> Result<(), Refusal> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > max {
                    return Err(Refusal::TooDeep {
                        found: depth,
                        limit: max,
                    });
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// What the gate needs to know of a token; the rest is `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    Name(&'a str),
    Ellipsis,
    Open(u8),
    Close(u8),
    Colon,
    At,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'a> {
    kind: Kind<'a>,
    /// Offsets in bytes, end exclusive.
    start: usize,
    end: usize,
}

struct Lexer<'a> {
    document: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn new(document: &'a str) -> Self {
        Self { document, at: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        tick();
        self.document.as_bytes().get(self.at + ahead).copied()
    }

    fn sees(&self, text: &str) -> bool {
        tick();
        self.document.as_bytes()[self.at..].starts_with(text.as_bytes())
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&belongs) {
            self.at += 1;
        }
    }

    fn next(&mut self) -> Result<Option<Token<'a>>, Refusal> {
        self.skip_ignored();
        let start = self.at;
        let Some(first) = self.peek(0) else {
            return Ok(None);
        };
        self.at += 1;
        let kind = match first {
            _ if starts_name(first) => {
                self.skip_while(continues_name);
                Kind::Name(&self.document[start..self.at])
            }
            b'0'..=b'9' | b'-' => {
                self.skip_number();
                Kind::Other
            }
            b'"' => {
                self.at = start;
                self.skip_string()?;
                Kind::Other
            }
            b'.' if self.sees("..") => {
                self.at += 2;
                Kind::Ellipsis
            }
            b'(' | b'[' | b'{' => Kind::Open(first),
            b')' | b']' | b'}' => Kind::Close(first),
            b':' => Kind::Colon,
            b'@' => Kind::At,
            // Punctuators without a meaning here, and bytes that are not GraphQL: the parser stops at those.
            _ => Kind::Other,
        };
        Ok(Some(Token {
            kind,
            start,
            end: self.at,
        }))
    }

    fn skip_ignored(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => self.at += 1,
                b'#' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                0xEF if self.sees("\u{feff}") => self.at += 3,
                _ => break,
            }
        }
    }

    /// The first digit or the sign is already taken. Names that stick to a number are left to the parser.
    fn skip_number(&mut self) {
        self.skip_while(|byte| byte.is_ascii_digit());
        if self.peek(0) == Some(b'.') && self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_digit());
        }
        if matches!(self.peek(0), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(0), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.skip_while(|byte| byte.is_ascii_digit());
        }
    }

    fn skip_string(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        if self.sees(r#"""""#) {
            self.at += 3;
            while self.at < self.document.len() {
                if self.sees(r#"\""""#) {
                    self.at += 4;
                } else if self.sees(r#"""""#) {
                    self.at += 3;
                    return Ok(());
                } else {
                    self.at += 1;
                }
            }
        } else {
            self.at += 1;
            while let Some(byte) = self.peek(0) {
                self.at += 1;
                match byte {
                    b'"' => return Ok(()),
                    b'\n' | b'\r' => break,
                    // The byte after it is no quote any more; which escapes exist is for the parser.
                    b'\\' if !matches!(self.peek(0), None | Some(b'\n' | b'\r')) => self.at += 1,
                    _ => {}
                }
            }
        }
        let (line, column) = position(self.document, start);
        Err(Refusal::UnterminatedString { line, column })
    }
}

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn continues_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Line and column, both from 1, of the ASCII character at this offset.
fn position(document: &str, offset: usize) -> (usize, usize) {
    let before = &document[..offset];
    let line = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[line_start..].chars().count() + 1)
}

/// One operation or fragment, before expansion.
#[derive(Debug, Default)]
struct Definition<'a> {
    fields: u64,
    depth: usize,
    spreads: Vec<Spread<'a>>,
    /// None for an operation.
    fragment: Option<&'a str>,
}

#[derive(Debug)]
struct Spread<'a> {
    fragment: &'a str,
    /// Brackets open around it.
    depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Selection,
    Object,
    List,
    Arguments,
}

/// The token before this one, as far as it decides what a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Fragment,
    Ellipsis,
    TypeCondition,
    At,
    Colon,
    Other,
}

/// Builds the list of definitions out of tokens and counts what is counted as written.
struct Outline<'a> {
    document: &'a str,
    limits: &'a Limits,
    definitions: Vec<Definition<'a>>,
    /// Index in `definitions`. Two fragments of one name are added up: the parser refuses them, later.
    fragments: HashMap<&'a str, usize>,
    current: Option<usize>,
    open: Vec<(Bracket, usize)>,
    before: Before,
    tokens: usize,
    aliases: usize,
    directives: usize,
}

impl<'a> Outline<'a> {
    fn new(document: &'a str, limits: &'a Limits) -> Self {
        Self {
            document,
            limits,
            definitions: Vec::new(),
            fragments: HashMap::new(),
            current: None,
            open: Vec::new(),
            before: Before::Other,
            tokens: 0,
            aliases: 0,
            directives: 0,
        }
    }

    fn take(&mut self, token: Token<'a>) -> Result<(), Refusal> {
        self.tokens += 1;
        if self.tokens > self.limits.tokens {
            return Err(Refusal::TooManyTokens {
                found: self.tokens,
                limit: self.limits.tokens,
            });
        }
        let before = std::mem::replace(&mut self.before, Before::Other);
        let Some(current) = self.current else {
            return self.begin(token, before);
        };
        self.inside(token, before, current)
    }

    /// Between two definitions: the first token says which kind comes.
    fn begin(&mut self, token: Token<'a>, before: Before) -> Result<(), Refusal> {
        if let Kind::Name(name) = token.kind {
            if before == Before::Fragment {
                self.begin_fragment(name);
                return Ok(());
            }
            match name.strip_prefix("fragment") {
                Some("") => {
                    self.before = Before::Fragment;
                    return Ok(());
                }
                // No token of the specification, but async-graphql reads `fragmentX on T` as fragment X.
                Some(glued) if glued.bytes().next().is_some_and(starts_name) => {
                    self.begin_fragment(glued);
                    return Ok(());
                }
                _ => {}
            }
        }
        self.definitions.push(Definition::default());
        let current = self.definitions.len() - 1;
        self.current = Some(current);
        self.inside(token, before, current)
    }

    fn begin_fragment(&mut self, name: &'a str) {
        let index = *self.fragments.entry(name).or_insert_with(|| {
            self.definitions.push(Definition {
                fragment: Some(name),
                ..Definition::default()
            });
            self.definitions.len() - 1
        });
        self.current = Some(index);
    }

    fn inside(&mut self, token: Token<'a>, before: Before, current: usize) -> Result<(), Refusal> {
        match token.kind {
            Kind::Open(bracket) => self.open(bracket, token.start, current)?,
            Kind::Close(bracket) => self.close(bracket, token.start)?,
            Kind::At => {
                self.before = Before::At;
                self.directives += 1;
                if self.directives > self.limits.directives {
                    return Err(Refusal::TooManyDirectives {
                        found: self.directives,
                        limit: self.limits.directives,
                    });
                }
            }
            Kind::Ellipsis if self.in_selection() => {
                self.before = Before::Ellipsis;
                self.definitions[current].fields += 1;
            }
            Kind::Colon if self.in_selection() => {
                self.before = Before::Colon;
                self.aliases += 1;
                if self.aliases > self.limits.aliases {
                    return Err(Refusal::TooManyAliases {
                        found: self.aliases,
                        limit: self.limits.aliases,
                    });
                }
            }
            Kind::Name(name) if self.in_selection() => match before {
                Before::Ellipsis if name == "on" && self.names_type(token.end) => {
                    self.before = Before::TypeCondition;
                }
                Before::Ellipsis => self.definitions[current].spreads.push(Spread {
                    fragment: name,
                    depth: self.open.len(),
                }),
                // The alias was counted as the field.
                Before::At | Before::Colon | Before::TypeCondition => {}
                Before::Fragment | Before::Other => self.definitions[current].fields += 1,
            },
            Kind::Name(_) | Kind::Ellipsis | Kind::Colon | Kind::Other => {}
        }
        Ok(())
    }

    fn in_selection(&self) -> bool {
        matches!(self.open.last(), Some((Bracket::Selection, _)))
    }

    /// Whether `on`, which ends at this offset, starts a type condition. For async-graphql it does so only with nothing
    /// but white space before the type; after a comment it is a spread of a fragment named `on`.
    fn names_type(&self, end: usize) -> bool {
        let rest = &self.document[end..];
        let type_name = rest.trim_start_matches(|character| {
            tick();
            matches!(character, ' ' | '\t' | '\n' | '\r' | ',' | '\u{feff}')
        });
        type_name.len() < rest.len() && type_name.bytes().next().is_some_and(starts_name)
    }

    fn open(&mut self, bracket: u8, start: usize, current: usize) -> Result<(), Refusal> {
        let bracket = match (bracket, self.open.last()) {
            (b'(', _) => Bracket::Arguments,
            (b'[', _) => Bracket::List,
            (_, None | Some((Bracket::Selection, _))) => Bracket::Selection,
            (_, Some(_)) => Bracket::Object,
        };
        self.open.push((bracket, start));
        let depth = self.open.len();
        if depth > self.limits.depth {
            return Err(Refusal::TooDeep {
                found: depth,
                limit: self.limits.depth,
            });
        }
        let definition = &mut self.definitions[current];
        definition.depth = definition.depth.max(depth);
        Ok(())
    }

    fn close(&mut self, bracket: u8, start: usize) -> Result<(), Refusal> {
        let opened = self.open.pop();
        match (bracket, opened) {
            (b')', Some((Bracket::Arguments, _)))
            | (b']', Some((Bracket::List, _)))
            | (b'}', Some((Bracket::Object, _))) => Ok(()),
            (b'}', Some((Bracket::Selection, _))) => {
                if self.open.is_empty() {
                    self.current = None;
                }
                Ok(())
            }
            _ => Err(self.unbalanced(start)),
        }
    }

    fn finish(self) -> Result<Self, Refusal> {
        match self.open.last() {
            Some((_, start)) => Err(self.unbalanced(*start)),
            None => Ok(self),
        }
    }

    fn unbalanced(&self, offset: usize) -> Refusal {
        let (line, column) = position(self.document, offset);
        Refusal::UnbalancedBrackets { line, column }
    }
}

/// What a definition comes to with its fragments laid open.
#[derive(Debug, Clone, Copy, Default)]
struct Expanded {
    fields: u64,
    depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum Progress {
    Untouched,
    Walking,
    Done(Expanded),
}

/// Adds up every definition once, those it spreads first. The walk keeps its own stack, because a chain of fragments may
/// be as long as the document allows.
fn expand(
    definitions: &[Definition<'_>],
    fragments: &HashMap<&str, usize>,
    limits: &Limits,
) -> Result<Expanded, Refusal> {
    let mut progress = vec![Progress::Untouched; definitions.len()];
    let mut spread = vec![false; definitions.len()];
    // A definition, what it came to so far, and the number of its spreads that are in there.
    let mut walk: Vec<(usize, Expanded, usize)> = Vec::new();

    for start in 0..definitions.len() {
        if matches!(progress[start], Progress::Untouched) {
            progress[start] = Progress::Walking;
            walk.push((start, own(&definitions[start]), 0));
        }
        while let Some((index, sum, added)) = walk.last_mut() {
            tick();
            let Some(next) = definitions[*index].spreads.get(*added) else {
                progress[*index] = Progress::Done(*sum);
                walk.pop();
                continue;
            };
            // A fragment that does not exist is the validator's business; the spread itself is counted already.
            let Some(&target) = fragments.get(next.fragment) else {
                *added += 1;
                continue;
            };
            spread[target] = true;
            match progress[target] {
                Progress::Untouched => {
                    progress[target] = Progress::Walking;
                    walk.push((target, own(&definitions[target]), 0));
                }
                Progress::Walking => return Err(cycle(&definitions[target])),
                Progress::Done(inner) => {
                    sum.fields = sum.fields.saturating_add(inner.fields);
                    sum.depth = sum.depth.max(next.depth.saturating_add(inner.depth));
                    *added += 1;
                    within(*sum, limits)?;
                }
            }
        }
    }

    let mut total = Expanded::default();
    for (progress, spread) in progress.iter().zip(&spread) {
        if let (Progress::Done(sum), false) = (progress, spread) {
            total.fields = total.fields.saturating_add(sum.fields);
            total.depth = total.depth.max(sum.depth);
        }
    }
    within(total, limits)?;
    Ok(total)
}

fn own(definition: &Definition<'_>) -> Expanded {
    Expanded {
        fields: definition.fields,
        depth: definition.depth,
    }
}

fn within(sum: Expanded, limits: &Limits) -> Result<(), Refusal> {
    if sum.depth > limits.depth {
        return Err(Refusal::TooDeep {
            found: sum.depth,
            limit: limits.depth,
        });
    }
    if sum.fields > limits.expanded_fields {
        return Err(Refusal::TooManyFieldsAfterExpansion {
            limit: limits.expanded_fields,
        });
    }
    Ok(())
}

fn cycle(definition: &Definition<'_>) -> Refusal {
    let name = definition.fragment.unwrap_or_default();
    Refusal::FragmentCycle {
        fragment: name.chars().take(NAME_SHOWN).collect(),
    }
}

/// One step of work; counted in tests only, to show that the work is linear without looking at a clock.
fn tick() {
    #[cfg(test)]
    tests::STEPS.with(|steps| steps.set(steps.get() + 1));
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    thread_local! {
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    /// The standard introspection query of graphql-js 16.
    const INTROSPECTION: &str = "query IntrospectionQuery { __schema { queryType { name kind } mutationType { name kind }
      subscriptionType { name kind } types { ...FullType }
      directives { name description locations args { ...InputValue } } } }
    fragment FullType on __Type { kind name description
      fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef }
        isDeprecated deprecationReason }
      inputFields { ...InputValue } interfaces { ...TypeRef }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { ...TypeRef } }
    fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
    fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
      ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";

    fn shape(document: &str) -> Shape {
        inspect(document, &Limits::default()).unwrap()
    }

    fn refusal(document: &str) -> Refusal {
        inspect(document, &Limits::default()).unwrap_err()
    }

    fn unlimited() -> Limits {
        Limits {
            bytes: usize::MAX,
            tokens: usize::MAX,
            depth: usize::MAX,
            expanded_fields: u64::MAX,
            aliases: usize::MAX,
            directives: usize::MAX,
        }
    }

    fn too_deep(found: usize, limit: usize) -> Refusal {
        Refusal::TooDeep { found, limit }
    }

    fn too_many_fields() -> Refusal {
        Refusal::TooManyFieldsAfterExpansion { limit: 20_000 }
    }

    fn cycle_of(fragment: &str) -> Refusal {
        Refusal::FragmentCycle {
            fragment: fragment.to_owned(),
        }
    }

    /// Fragments that each spread the next one twice: 2^`doublings` fields out of a few lines.
    fn doubling(doublings: usize) -> String {
        let chain: String = (0..doublings)
            .map(|n| format!("fragment f{n} on Query{{...f{m} ...f{m}}}", m = n + 1))
            .collect();
        format!("{{...f0}}{chain}fragment f{doublings} on Query{{a}}")
    }

    #[test]
    fn a_query_is_measured_in_every_unit() {
        let document = r#"query Q($a: [Int!] = [1, -2.5e3]) @cached {
            a: first(x: {y: "}", z: [$a]}) @include(if: true) { b ...Part ... on T { c } ... @skip(if: false) { d } }
        } fragment Part on T { e f: g }"#;
        assert_eq!(
            shape(document),
            Shape {
                tokens: 77,
                depth: 4,
                // a, b, ...Part, e, f, ... on T, c, ... @skip, d
                expanded_fields: 9,
                aliases: 2,
                directives: 3,
            }
        );
    }

    #[test]
    fn the_standard_introspection_query_passes_the_defaults() {
        assert_eq!(
            shape(INTROSPECTION),
            Shape {
                tokens: 163,
                depth: 18,
                expanded_fields: 230,
                aliases: 0,
                directives: 0,
            }
        );
    }

    #[test]
    fn an_empty_document_is_left_to_the_parser() {
        let nothing = Shape {
            tokens: 0,
            depth: 0,
            expanded_fields: 0,
            aliases: 0,
            directives: 0,
        };
        assert_eq!(shape(""), nothing);
        assert_eq!(shape("\u{feff} ,\t\r\n# {[(\r,"), nothing);
    }

    #[test]
    fn bytes_are_limited() {
        let passes = format!("{{a}}{}", " ".repeat(65_533));
        assert_eq!(shape(&passes).tokens, 3);
        assert_eq!(
            refusal(&format!("{passes} ")),
            Refusal::TooManyBytes {
                found: 65_537,
                limit: 65_536
            }
        );
    }

    #[test]
    fn tokens_are_limited() {
        assert_eq!(shape(&format!("{{{}}}", "a ".repeat(7_998))).tokens, 8_000);
        assert_eq!(
            refusal(&format!("{{{}}}", "a ".repeat(7_999))),
            Refusal::TooManyTokens {
                found: 8_001,
                limit: 8_000
            }
        );
    }

    #[test]
    fn depth_is_limited_over_all_brackets_together() {
        let nested =
            |lists: usize| format!("{{a(x:{}{}){{b}}}}", "[".repeat(lists), "]".repeat(lists));
        assert_eq!(shape(&nested(30)).depth, 32);
        assert_eq!(refusal(&nested(31)), too_deep(33, 32));
    }

    #[test]
    fn depth_is_limited_after_expansion() {
        let spread_at = |depth: usize| {
            format!(
                "{}...F{} fragment F on T {}b{}",
                "{a".repeat(depth),
                "}".repeat(depth),
                "{a".repeat(16),
                "}".repeat(16)
            )
        };
        assert_eq!(shape(&spread_at(16)).depth, 32);
        assert_eq!(refusal(&spread_at(17)), too_deep(33, 32));
    }

    #[test]
    fn expanded_fields_are_limited() {
        // 100 spreads of 199 fields each, and the spreads themselves; then one field more.
        let spreads = |more: &str| {
            format!(
                "{{{}{more}}} fragment F on T {{{}}}",
                "...F ".repeat(100),
                "a ".repeat(199)
            )
        };
        assert_eq!(shape(&spreads("")).expanded_fields, 20_000);
        assert_eq!(refusal(&spreads("a")), too_many_fields());
    }

    #[test]
    fn aliases_are_limited() {
        assert_eq!(shape(&format!("{{{}}}", "a:b ".repeat(200))).aliases, 200);
        assert_eq!(
            refusal(&format!("{{{}}}", "a:b ".repeat(201))),
            Refusal::TooManyAliases {
                found: 201,
                limit: 200
            }
        );
    }

    #[test]
    fn directives_are_limited() {
        assert_eq!(shape(&format!("{{a{}}}", "@d".repeat(100))).directives, 100);
        assert_eq!(
            refusal(&format!("{{a{}}}", "@d".repeat(101))),
            Refusal::TooManyDirectives {
                found: 101,
                limit: 100
            }
        );
    }

    #[test]
    fn arguments_and_object_fields_are_neither_fields_nor_aliases() {
        let found = shape("query($v: In = {k: {l: m}}) {a(x: {y: z, w: [{u: v}]}, b: c)}");
        assert_eq!((found.expanded_fields, found.aliases), (1, 0));
    }

    #[test]
    fn killers_by_depth_are_refused() {
        let refused = too_deep(33, 32);
        let lists = format!(
            "{{__typename @include(if:{}{})}}",
            "[".repeat(5_000),
            "]".repeat(5_000)
        );
        assert_eq!(refusal(&lists), refused);
        assert_eq!(refusal(&format!("{{a(x:{}", "[".repeat(5_000))), refused);
        assert_eq!(refusal(&format!("{{a(x:{}", "{y:".repeat(2_000))), refused);
        assert_eq!(refusal(&"{a:".repeat(5_000)), refused);
        assert_eq!(refusal(&"{a".repeat(5_000)), refused);
        assert_eq!(refusal(&format!("query($a:{}", "[".repeat(5_000))), refused);
        assert_eq!(refusal(&format!("{{...{}", "{...".repeat(5_000))), refused);
    }

    #[test]
    fn doubling_fragments_are_refused() {
        assert_eq!(shape(&doubling(12)).expanded_fields, 12_287);
        assert_eq!(refusal(&doubling(13)), too_many_fields());
        assert_eq!(refusal(&doubling(22)), too_many_fields());
        assert_eq!(refusal(&doubling(60)), too_many_fields());
        let sum = inspect(&doubling(100), &unlimited())
            .unwrap()
            .expanded_fields;
        assert_eq!(sum, u64::MAX, "the sum saturates");
    }

    #[test]
    fn doubling_fragments_that_nobody_spreads_are_refused() {
        let unused = doubling(22).replacen("{...f0}", "{a}", 1);
        assert_eq!(refusal(&unused), too_many_fields());
    }

    #[test]
    fn every_operation_counts() {
        let part = "fragment F on T {a b c}";
        assert_eq!(
            shape(&format!("query A{{...F}} query B{{...F}} {part}")).expanded_fields,
            8
        );
    }

    #[test]
    fn a_chain_of_ten_thousand_fragments_is_walked_without_recursion() {
        let chain: String = (0..10_000)
            .map(|n| format!("fragment f{n} on T{{...f{}}}", n + 1))
            .collect();
        let document = format!("{{...f0}}{chain}fragment f10000 on T{{a}}");
        let found = inspect(&document, &unlimited()).unwrap();
        assert_eq!((found.expanded_fields, found.depth), (10_002, 10_002));
        let shallow = Limits {
            depth: 32,
            ..unlimited()
        };
        assert_eq!(inspect(&document, &shallow), Err(too_deep(33, 32)));
    }

    #[test]
    fn cycles_are_refused_also_where_no_operation_reaches_them() {
        assert_eq!(refusal("{...A} fragment A on T {...A}"), cycle_of("A"));
        assert_eq!(
            refusal("{...A} fragment A on T {b{...B}} fragment B on T {...A}"),
            cycle_of("A")
        );
        assert_eq!(
            refusal("{a} fragment A on T {...B} fragment B on T {...A}"),
            cycle_of("A")
        );
        let long = "x".repeat(1_000);
        assert_eq!(
            refusal(&format!("fragment {long} on T {{...{long}}}")),
            cycle_of(&long[..64])
        );
    }

    #[test]
    fn an_unknown_fragment_is_left_to_the_validator() {
        assert_eq!(shape("{...Missing}").expanded_fields, 1);
    }

    #[test]
    fn two_fragments_of_one_name_are_added_up() {
        assert_eq!(
            shape("{...F} fragment F on T {a} fragment F on T {b}").expanded_fields,
            3
        );
        assert_eq!(
            refusal("{...F} fragment F on T {a} fragment F on T {...F}").code(),
            "BAD_REQUEST"
        );
    }

    #[test]
    fn where_async_graphql_is_laxer_than_the_specification_the_gate_follows_it() {
        assert_eq!(refusal("{...X} fragmentX on T {...X}"), cycle_of("X"));
        for spread in ["...on", "...on #\n T{a}", "...on#\nT{a}", "...on@d"] {
            assert_eq!(
                refusal(&format!("fragment on on T {{{spread}}}")),
                cycle_of("on"),
                "{spread}"
            );
        }
        assert_eq!(
            shape("fragment on on T {... # x\n on,\u{feff}T{a}}").expanded_fields,
            2
        );
        assert_eq!(shape("{...onX} fragment onX on T {a}").expanded_fields, 2);
        assert_eq!(
            shape("{...fragment} fragment fragment on T {a}").expanded_fields,
            2
        );
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let many = "([{".repeat(100);
        for document in [
            format!(r#"{{a(x:"{many}\"{many}\\")}}"#),
            format!(
                r#"{{a(x:"""{many}"\"""{many}
                {many}\""")}}"#
            )
            .replace(r#"\""")}"#, r#"\\""" """)}"#),
            format!("{{a #{many}\"\n(x:1)}}"),
            format!("{{a #{many}\"\"\"\r(x:1)}}"),
        ] {
            assert_eq!(shape(&document).depth, 2, "{document}");
        }
    }

    #[test]
    fn quotes_end_a_string_where_the_parser_says_so() {
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        for before in [
            r#""""#,
            r#""\\""#,
            r#""""""""#,
            r##""""\"""#""""##,
            r#"""" \\""" """"#,
            "\"#\"",
        ] {
            assert_eq!(
                refusal(&format!("{{a(x:[{before} {deep}])}}")),
                too_deep(33, 32),
                "{before}"
            );
        }
    }

    #[test]
    fn unterminated_strings_are_refused_with_their_place() {
        let at = |line, column| Refusal::UnterminatedString { line, column };
        assert_eq!(refusal(r#"{a(x:"b)}"#), at(1, 6));
        assert_eq!(refusal("{\n é(x:\"b\n\")}"), at(2, 6));
        assert_eq!(refusal(r#"{a(x:"b\"#), at(1, 6));
        assert_eq!(refusal("{a(x:\"b\\\n\")}"), at(1, 6));
        assert_eq!(refusal(r#"{a(x:"""b")}"#), at(1, 6));
        assert_eq!(refusal(r#"{a(x:"""b\""")}"#), at(1, 6));
        assert_eq!(refusal(r#"{a(x:"""""["#), at(1, 6));
    }

    #[test]
    fn unbalanced_brackets_are_refused_with_their_place() {
        let at = |line, column| Refusal::UnbalancedBrackets { line, column };
        assert_eq!(refusal("{a"), at(1, 1));
        assert_eq!(refusal("{a(b:[1)}"), at(1, 8));
        assert_eq!(refusal("{a}}"), at(1, 4));
        assert_eq!(refusal("{a\n (x: {y: 1]"), at(2, 11));
        assert_eq!(refusal("]"), at(1, 1));
    }

    #[test]
    fn refusals_carry_code_numbers_and_hints() {
        let deep = refusal(&"{a".repeat(40));
        assert_eq!(deep.code(), "TOO_COMPLEX");
        assert_eq!((deep.cost(), deep.limit()), (Some(33), Some(32)));
        assert_eq!(
            deep.to_string(),
            "brackets are nested 33 deep or more, the limit is 32"
        );
        let expansion = refusal(&doubling(22));
        assert_eq!(
            (expansion.cost(), expansion.limit()),
            (Some(20_001), Some(20_000))
        );
        let open = refusal("{a");
        assert_eq!(open.code(), "BAD_REQUEST");
        assert_eq!((open.cost(), open.limit()), (None, None));
        assert_eq!(
            open.hint(),
            (
                "Geef elk haakje een tegenhanger van dezelfde soort.",
                "Give every bracket a counterpart of the same kind.",
            )
        );
    }

    #[test]
    fn json_depth_is_limited_and_strings_are_skipped() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(inspect_json_depth(nested(64).as_bytes(), 64), Ok(()));
        assert_eq!(
            inspect_json_depth(nested(65).as_bytes(), 64),
            Err(too_deep(65, 64))
        );
        assert_eq!(
            inspect_json_depth(br#"{"a":"[[[\"[[[\\","b":["]]"]}"#, 2),
            Ok(())
        );
        assert_eq!(inspect_json_depth(br#"["\\",[{"#, 2), Err(too_deep(3, 2)));
        assert_eq!(inspect_json_depth(b"[],{},]]]][[", 2), Ok(()));
        assert_eq!(inspect_json_depth(b"\xff\"\\", 0), Ok(()));
    }

    /// Pieces that matter to the lexer, whole and broken.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "{", "}", "(", ")", "[", "]", "...", ".", "..", ":", "@", "$", "!", "=", "|", "&", ",", " ", "\n", "\r", "#",
        "\"", "\"\"\"", "\\", "\\\"\"\"", "\u{feff}", "é", "a", "on", "on ", "on T", "fragment", "fragment ",
        "fragment a on T{", "...a", "query ", "-1.5e3", "0", "1.", "e", "a:b", "@d(x:1)", "{a}", "\"s\"",
    ];

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            let _ = inspect(&text, &Limits::default());
            let _ = inspect(&text, &unlimited());
            let _ = inspect_json_depth(&bytes, 32);
        }

        #[test]
        fn mixtures_of_tokens_never_panic_and_take_linear_work(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..400),
            repeats in 1_usize..20,
        ) {
            let document = pieces.concat().repeat(repeats);
            STEPS.with(|steps| steps.set(0));
            let found = inspect(&document, &unlimited());
            let steps = STEPS.with(Cell::get);
            prop_assert!(steps <= 8 * document.len() + 8, "{steps} steps for {} bytes", document.len());
            if let Ok(shape) = found {
                prop_assert!(shape.tokens <= document.len());
                prop_assert_eq!(inspect(&document, &Limits {
                    tokens: shape.tokens,
                    depth: shape.depth,
                    expanded_fields: shape.expanded_fields,
                    aliases: shape.aliases,
                    directives: shape.directives,
                    bytes: document.len(),
                }), Ok(shape), "a document passes limits equal to its own shape");
            }
        }
    }
}
