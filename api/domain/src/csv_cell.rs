//! A cell of CSV, for every table that leaves the service. Pure.
//!
//! A spreadsheet opens a file by the separator of its own language, whatever the file has; and a
//! quote within a cell protects nothing there. So a text is in quotes wherever some spreadsheet would
//! part it, and it gets an apostrophe in front wherever one would run what follows: at its beginning,
//! and behind each comma, semicolon, tab and end of a line in it. [`plain`] takes these apostrophes
//! away again, and no others: who wrote one there himself is given one more.

/// What parts cells in some spreadsheet, and lines.
const PARTS: [char; 5] = [',', ';', '\t', '\n', '\r'];

/// Whether a spreadsheet would run a text. Of a number nobody asks it: a negative one stays as it
/// is.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Whether what begins here is given an apostrophe. Quotes and apostrophes before a formula do not
/// count: behind a separator the first are eaten, and the second would be taken for ours.
fn is_marked(rest: &str, is_first: bool) -> bool {
    let rest = rest.trim_start_matches(['"', '\'']);
    if is_first {
        return is_formula(rest);
    }
    // A sign alone is no formula: `€ 5,-`.
    let mut signs = rest.chars();
    signs
        .next()
        .is_some_and(|sign| matches!(sign, '=' | '+' | '-' | '@'))
        && signs.next().is_some_and(|next| !PARTS.contains(&next))
}

/// The places at which a cell begins in some spreadsheet, each with what begins there.
fn beginnings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = text.match_indices(PARTS).map(|(at, sign)| at + sign.len());
    std::iter::once(0).chain(inner).map(|at| (at, &text[at..]))
}

/// Appends a text as a cell.
pub fn push(out: &mut String, text: &str) {
    let mut harmless = String::with_capacity(text.len());
    let mut written = 0;
    for (at, _) in beginnings(text).filter(|(at, rest)| is_marked(rest, *at == 0)) {
        harmless.push_str(&text[written..at]);
        harmless.push('\'');
        written = at;
    }
    harmless.push_str(&text[written..]);
    if harmless.contains('"') || harmless.contains(PARTS) {
        out.push('"');
        out.push_str(&harmless.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&harmless);
    }
}

/// The text of a cell that [`push`] wrote, without quotes: the apostrophes before formulas are gone.
#[must_use]
pub fn plain(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut read = 0;
    for (at, rest) in beginnings(cell) {
        if rest
            .strip_prefix('\'')
            .is_some_and(|rest| is_marked(rest, at == 0))
        {
            text.push_str(&cell[read..at]);
            read = at + 1;
        }
    }
    text.push_str(&cell[read..]);
    text
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

    fn written(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out
    }

    #[test]
    fn texts_are_quoted_and_formulas_are_harmless() {
        for (text, cell) in [
            ("Hilversum", "Hilversum"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("a;b", "\"a;b\""),
            ("a\tb", "\"a\tb\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("=1+1", "'=1+1"),
            ("-", "'-"),
            ("@SUM(A1,A2)", "\"'@SUM(A1,A2)\""),
            ("'s-Gravenhage", "'s-Gravenhage"),
            ("'=1+1", "''=1+1"),
            ("\"=1+1\"", "\"'\"\"=1+1\"\"\""),
            ("x;=cmd|' /C calc'!A0", "\"x;'=cmd|' /C calc'!A0\""),
            ("x,=1", "\"x,'=1\""),
            ("x\t=1", "\"x\t'=1\""),
            ("x;\"=1\"", "\"x;'\"\"=1\"\"\""),
            ("x\r\n- een\r\n\r\n- twee", "\"x\r\n'- een\r\n\r\n'- twee\""),
            ("€ 5,- samen", "\"€ 5,'- samen\""),
            ("€ 5,-", "\"€ 5,-\""),
            ("a; -b, =c", "\"a; -b, =c\""),
        ] {
            assert_eq!(written(text), cell, "{text:?}");
        }
    }

    #[test]
    fn every_text_comes_back_as_it_was() {
        // All texts of these signs up to a length.
        let signs = ['=', '-', '\'', '"', ';', ',', '\t', '\r', '\n', 'a'];
        let mut texts = vec![String::new()];
        let mut begin = 0;
        for _ in 0..4 {
            let end = texts.len();
            for at in begin..end {
                for sign in signs {
                    texts.push(format!("{}{sign}", texts[at]));
                }
            }
            begin = end;
        }
        assert_eq!(texts.len(), 11_111);
        for text in texts {
            let cell = written(&text);
            let unquoted = match cell.strip_prefix('"') {
                Some(quoted) => quoted[..quoted.len() - 1].replace("\"\"", "\""),
                None => cell.clone(),
            };
            assert_eq!(plain(&unquoted), text, "{cell:?}");
        }
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
