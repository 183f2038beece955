//! The depth of JSON, before a recursive reader sees it.

use super::Refusal;

/// Refuses a JSON body with more than `max` arrays and objects inside one another, before a
/// recursive reader sees it.
///
/// Brackets inside strings do not count. Whether it is JSON at all is left to that reader.
pub(crate) fn inspect_json_depth(bytes: &[u8], max: usize) -> Result<(), Refusal> {
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
