//! The outline of a document: its operations and fragments, what each selects and spreads, and what
//! is counted as written.

use std::collections::HashMap;

use super::{
    Limits, Refusal,
    lexer::{Kind, Token, position, starts_name},
    tick,
};

/// One operation or fragment, before expansion.
#[derive(Debug, Default)]
pub(super) struct Definition<'a> {
    pub(super) fields: u64,
    pub(super) tokens: u64,
    pub(super) depth: usize,
    pub(super) spreads: Vec<Spread<'a>>,
    /// None for an operation.
    pub(super) fragment: Option<&'a str>,
}

#[derive(Debug)]
pub(super) struct Spread<'a> {
    pub(super) fragment: &'a str,
    /// Brackets open around it.
    pub(super) depth: usize,
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
pub(super) struct Outline<'a> {
    document: &'a str,
    limits: &'a Limits,
    pub(super) definitions: Vec<Definition<'a>>,
    /// Index in `definitions`. Two fragments of one name are added up: the parser refuses them,
    /// later.
    pub(super) fragments: HashMap<&'a str, usize>,
    current: Option<usize>,
    open: Vec<(Bracket, usize)>,
    before: Before,
    pub(super) tokens: usize,
    pub(super) aliases: usize,
    pub(super) directives: usize,
}

impl<'a> Outline<'a> {
    pub(super) fn new(document: &'a str, limits: &'a Limits) -> Self {
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

    pub(super) fn take(&mut self, token: Token<'a>) -> Result<(), Refusal> {
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
                // No token of the specification, but async-graphql reads `fragmentX on T` as
                // fragment X.
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
        self.definitions[current].tokens += 1;
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

    /// Whether `on`, which ends at this offset, starts a type condition. For async-graphql it does
    /// so only with nothing but white space before the type; after a comment it is a spread of a
    /// fragment named `on`.
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

    pub(super) fn finish(self) -> Result<Self, Refusal> {
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
