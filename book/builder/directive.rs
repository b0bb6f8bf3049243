//! Finding `{{…}}` in a page.

use std::ops::Range;

/// A directive and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// From the first brace to the last.
    pub range: Range<usize>,
    /// `result`, `figure`, …: the first word.
    pub name: String,
    /// The rest, trimmed.
    pub argument: String,
}

/// All directives of `text` that do not begin inside one of the `opaque` ranges (code,
/// formulas). One directive may stand inside another (a number in a caption): only the
/// outer one is returned.
///
/// # Errors
/// The offset of a `{{` that is never closed.
pub fn find(text: &str, opaque: &[Range<usize>]) -> Result<Vec<Directive>, usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next(text, "{{", at, opaque) {
        let end = end_of(text, start, opaque).ok_or(start)?;
        let inner = text[start + 2..end - 2].trim();
        let (name, argument) =
            inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        found.push(Directive {
            range: start..end,
            name: name.into(),
            argument: argument.trim().into(),
        });
        at = end;
    }
    Ok(found)
}

/// The first `brace` at or after `at` that is not in an opaque range.
fn next(
    text: &str,
    brace: &str,
    mut at: usize,
    opaque: &[Range<usize>],
) -> Option<usize> {
    loop {
        let position = at + text.get(at..)?.find(brace)?;
        match opaque.iter().find(|range| range.contains(&position)) {
            Some(range) => at = range.end,
            None => return Some(position),
        }
    }
}

/// The end of the directive that begins at `start`, over any that stand inside it.
fn end_of(text: &str, start: usize, opaque: &[Range<usize>]) -> Option<usize> {
    let mut depth = 1;
    let mut at = start + 2;
    while depth > 0 {
        let close = next(text, "}}", at, opaque)?;
        match next(text, "{{", at, opaque) {
            Some(open) if open < close => (depth, at) = (depth + 1, open + 2),
            _ => (depth, at) = (depth - 1, close + 2),
        }
    }
    Some(at)
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one opaque range is meant")]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_stand_in_a_caption() {
        let text = "a {{figure r.f | from {{result r.k}} on}} b {{exercise e}}";
        let found = find(text, &[]).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            &text[found[0].range.clone()],
            "{{figure r.f | from {{result r.k}} on}}"
        );
        assert_eq!(
            (found[0].name.as_str(), found[0].argument.as_str()),
            ("figure", "r.f | from {{result r.k}} on")
        );
        assert_eq!(found[1].argument, "e");
    }

    #[test]
    fn braces_in_code_and_formulas_are_not_directives() {
        let text = "`{{x}}` $a_{{b}}$ {{figure r.f | $c_{d_{e}}$ }}";
        let opaque = [0..7, 8..17, 33..45];
        assert_eq!(&text[opaque[2].clone()], "$c_{d_{e}}$ ");
        let found = find(text, &opaque).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].argument, "r.f | $c_{d_{e}}$");
    }

    #[test]
    fn an_open_directive_is_reported_where_it_begins() {
        assert_eq!(find("ab {{result x", &[]), Err(3));
        assert_eq!(find("{{a {{b}}", &[]), Err(0));
        assert_eq!(find("{{a}", &[0..4]), Ok(vec![]));
    }
}
