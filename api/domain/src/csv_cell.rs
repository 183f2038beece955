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
}
