//! Lines and columns of a document.

use apollo_compiler::parser::SourceSpan;
use async_graphql::Pos;

/// Where the lines of a document begin.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// Offsets of bytes that continue a character: they are no column of their own.
    continued: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            // `\r\n` is one end of a line.
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(at + 1);
            }
        }
        let continued = bytes.iter().enumerate();
        let continued = continued.filter(|(_, byte)| **byte & 0xC0 == 0x80);
        Self {
            starts,
            continued: continued.map(|(at, _)| at).collect(),
        }
    }

    /// Line and column in characters, both from 1.
    pub(crate) fn position(&self, offset: usize) -> Pos {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = |offset: usize| self.continued.partition_point(|at| *at < offset);
        Pos {
            line,
            column: offset - start - (before(offset) - before(start)) + 1,
        }
    }

    pub(crate) fn of_span(&self, span: Option<SourceSpan>) -> Option<Pos> {
        span.map(|span| self.position(span.offset()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_lines_end_three_ways() {
        let text = "ab\r\né€c\rd\n\ne";
        let lines = Lines::of(text);
        let at = |part: &str| {
            let Pos { line, column } = lines.position(text.find(part).unwrap());
            (line, column)
        };
        assert_eq!(at("b"), (1, 2));
        assert_eq!(at("é"), (2, 1));
        assert_eq!(at("c"), (2, 3));
        assert_eq!(at("d"), (3, 1));
        assert_eq!(at("e"), (5, 1));
    }
}
