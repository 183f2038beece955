//! A cell of CSV, for every table that leaves the service: in quotes where RFC 4180 wants them, and
//! a text that a spreadsheet would run as a formula with an apostrophe in front. Pure.

/// Whether a spreadsheet would run a text. Of a number nobody asks it: a negative one stays as it
/// is.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Appends a text as a cell of a table whose cells are parted by one of these.
pub fn push(out: &mut String, text: &str, separators: &[char]) {
    let mark = if is_formula(text) { "'" } else { "" };
    if text.contains(['"', '\n', '\r']) || text.contains(separators) {
        out.push('"');
        out.push_str(mark);
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(mark);
        out.push_str(text);
    }
}

/// A quote that begins a cell and never ends, or ends within it: the rows after it would be read as
/// part of that cell, and nobody would know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LooseQuote {
    /// The line on which the cell begins, the header being line 1.
    pub line: u64,
    /// The place of the cell in its row, from 1.
    pub column: usize,
}

/// The first loose quote in a table whose cells are parted by this sign.
pub fn loose_quote(text: &str, separator: char) -> Option<LooseQuote> {
    let mut place = LooseQuote { line: 1, column: 1 };
    let mut line = 1;
    let mut signs = text.chars().peekable();
    while signs.peek().is_some() {
        place.line = line;
        if signs.next_if_eq(&'"').is_some() {
            loop {
                match signs.next() {
                    None => return Some(place),
                    Some('\n') => line += 1,
                    Some('"') if signs.next_if_eq(&'"').is_none() => break,
                    Some(_) => {}
                }
            }
            if signs
                .peek()
                .is_some_and(|&next| next != separator && next != '\n' && next != '\r')
            {
                return Some(place);
            }
        }
        let is_end = |c: char| c == separator || c == '\n';
        match signs.by_ref().find(|&c| is_end(c)) {
            Some('\n') => {
                line += 1;
                place.column = 1;
            }
            Some(_) => place.column += 1,
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_and_formulas_are_harmless() {
        let written = |text| {
            let mut out = String::new();
            push(&mut out, text, &[',']);
            out
        };
        assert_eq!(written("Hilversum"), "Hilversum");
        assert_eq!(written("a,b"), "\"a,b\"");
        assert_eq!(written("a;b"), "a;b");
        assert_eq!(written("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(written("=1+1"), "'=1+1");
        assert_eq!(written("@SUM(A1,A2)"), "\"'@SUM(A1,A2)\"");
        assert_eq!(written("'s-Gravenhage"), "'s-Gravenhage");
    }

    #[test]
    fn a_quote_that_does_not_end_its_cell_is_found_at_its_place() {
        for right in [
            "",
            "a,b\n1,2",
            "a,b\r\n\"1\",\"x\r\ny \"\"z\"\"\"\r\n",
            "a\n5\" pijp\n",
            "\"\"",
            "a,\n,\"\"\n",
        ] {
            assert_eq!(loose_quote(right, ','), None, "{right:?}");
        }
        for (wrong, line, column) in [
            ("a,b\n1,\"2\n3,4\n5,6\n", 2, 2),
            ("a,b\n\"1\n2\",3\n4,\"5", 4, 2),
            ("a,b\n\"x\"y,2\n", 2, 1),
            ("\"", 1, 1),
            ("a\n\"\"\"\n", 2, 1),
        ] {
            let expected = Some(LooseQuote { line, column });
            assert_eq!(loose_quote(wrong, ','), expected, "{wrong:?}");
        }
        let semicolon = Some(LooseQuote { line: 1, column: 2 });
        assert_eq!(loose_quote("a;\"b", ';'), semicolon);
    }
}
