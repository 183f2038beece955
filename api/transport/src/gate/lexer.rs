//! Tokens of a document, as far as the gate needs to know them.

use super::{Refusal, tick};

/// What the gate needs to know of a token; the rest is `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Name(&'a str),
    Ellipsis,
    Open(u8),
    Close(u8),
    Colon,
    At,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    /// Offsets in bytes, end exclusive.
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) struct Lexer<'a> {
    document: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(document: &'a str) -> Self {
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

    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, Refusal> {
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
            // Punctuators without a meaning here, and bytes that are not GraphQL: the parser stops
            // at those.
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

    /// The first digit or the sign is already taken. Names that stick to a number are left to the
    /// parser.
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
                    // The byte after it is no quote any more; which escapes exist is for the
                    // parser.
                    b'\\' if !matches!(self.peek(0), None | Some(b'\n' | b'\r')) => self.at += 1,
                    _ => {}
                }
            }
        }
        let (line, column) = position(self.document, start);
        Err(Refusal::UnterminatedString { line, column })
    }
}

pub(super) fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn continues_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Line and column, both from 1, of the ASCII character at this offset.
pub(super) fn position(document: &str, offset: usize) -> (usize, usize) {
    let before = &document[..offset];
    let line = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[line_start..].chars().count() + 1)
}
