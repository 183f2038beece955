//! Which functions serve an area, and the sentence on counted and named building blocks.

/// How a function serves an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Serving {
    /// It is of the area itself.
    Own,
    /// It is of an area that this one lies in. A function at a higher level serves the lower ones (requirement 104).
    Higher,
}

/// How a function of one area serves another, with the areas and what each lies in; none when it does not.
pub(super) fn serving<'a>(
    of: &str,
    area: &'a str,
    parent_of: impl Fn(&str) -> Option<&'a str>,
) -> Option<Serving> {
    if of == area {
        return Some(Serving::Own);
    }
    let mut seen = vec![area];
    let mut at = area;
    while let Some(parent) = parent_of(at) {
        if parent == of {
            return Some(Serving::Higher);
        }
        // Areas are data: one that lies in itself must not keep us here.
        if seen.contains(&parent) {
            return None;
        }
        seen.push(parent);
        at = parent;
    }
    None
}

/// What the sources count beside what they name, in Dutch and English.
pub(super) fn blocks_statement(counted: Option<i32>, named: i32) -> (String, String) {
    match counted {
        Some(counted) => (
            format!(
                "De bronnen tellen {counted} vastgestelde bouwstenen en noemen de onderwerpen van {named} daarvan."
            ),
            format!(
                "The sources count {counted} adopted building blocks and name the subjects of {named} of them."
            ),
        ),
        None => (
            format!("De bronnen noemen {named} bouwstenen en geven geen aantal."),
            format!("The sources name {named} building blocks and give no number."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parent(code: &str) -> Option<&'static str> {
        match code {
            "VR14" | "VR09" => Some("PE03"),
            "PE03" => Some("NL"),
            "A" => Some("B"),
            "B" => Some("A"),
            _ => None,
        }
    }

    #[test]
    fn a_higher_level_serves_the_lower_and_not_the_other_way() {
        assert_eq!(serving("VR14", "VR14", parent), Some(Serving::Own));
        assert_eq!(serving("PE03", "VR14", parent), Some(Serving::Higher));
        assert_eq!(serving("NL", "VR14", parent), Some(Serving::Higher));
        assert_eq!(serving("VR14", "PE03", parent), None);
        assert_eq!(serving("VR09", "VR14", parent), None);
        assert_eq!(serving("C", "A", parent), None, "a circle ends");
    }

    #[test]
    fn what_is_counted_and_what_is_named_stand_apart() {
        assert_eq!(
            blocks_statement(Some(8), 4).0,
            "De bronnen tellen 8 vastgestelde bouwstenen en noemen de onderwerpen van 4 daarvan."
        );
        assert_eq!(
            blocks_statement(None, 4).1,
            "The sources name 4 building blocks and give no number."
        );
    }
}
