//! Numbers, tables and JSON as text.

/// A number with so many digits after the point; what rounds to zero has no sign.
pub(super) fn fixed(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    match text.strip_prefix('-') {
        Some(positive) if positive.chars().all(|c| c == '0' || c == '.') => {
            positive.to_string()
        }
        _ => text,
    }
}

/// A number of one digit and a power of ten: `3 · 10⁻⁷`.
pub fn scientific(value: f64) -> String {
    let text = format!("{value:.0e}");
    let (digit, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{digit} · {}", power_of_ten(exponent))
}

/// `(2.9 ± 0.4) · 10¹²`.
pub(super) fn scientific_with_spread(mean: f64, spread: f64) -> String {
    let text = format!("{mean:.1e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let unit = 10f64.powi(exponent.parse().unwrap_or(0));
    format!("({digits} ± {:.1}) · {}", spread / unit, power_of_ten(exponent))
}

fn power_of_ten(exponent: &str) -> String {
    let raised = exponent.chars().map(|c| match c.to_digit(10) {
        Some(digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize).expect("ten digits"),
        None => '⁻',
    });
    format!("10{}", raised.collect::<String>())
}

/// Columns padded to equal width; the first is aligned left, the others right.
pub(crate) fn aligned(columns: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |column: usize| rows.iter().map(move |row| row[column].as_str());
    let width = |column: usize| {
        cells(column).chain([columns[column]]).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns.len()).filter_map(width).collect();
    let line = |row: &[&str]| {
        let padded = row.iter().zip(&widths).enumerate().map(
            |(column, (cell, width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            },
        );
        padded.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    let rule =
        widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("  ");
    let rows =
        rows.iter().map(|row| line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
    [line(columns), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// Pretty-printed JSON puts every coordinate on a line of its own; here a point takes one
/// line.
pub(super) fn compact(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut result, mut index) = (String::with_capacity(text.len()), 0);
    while index < lines.len() {
        let point = lines[index].trim() == "["
            && lines.get(index + 3).is_some_and(|line| line.trim().starts_with(']'));
        if point && !lines[index + 1].trim().starts_with('[') {
            let indent = &lines[index][..lines[index].len() - 1];
            let (x, y, end) = (
                lines[index + 1].trim(),
                lines[index + 2].trim(),
                lines[index + 3].trim(),
            );
            result += &format!("{indent}[{x} {y}{end}\n");
            index += 4;
        } else {
            result += lines[index];
            result.push('\n');
            index += 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_written_as_in_the_book() {
        assert_eq!(scientific(4.6e-12), "5 · 10⁻¹²");
        assert_eq!(scientific(9.6e3), "1 · 10⁴");
        assert_eq!(scientific(0.0), "0 · 10⁰");
        assert_eq!(scientific_with_spread(2.94e12, 4.1e11), "(2.9 ± 0.4) · 10¹²");
        assert_eq!(scientific_with_spread(9.96e-3, 2e-4), "(1.0 ± 0.0) · 10⁻²");
    }

    #[test]
    fn tables_are_aligned_by_characters_not_bytes() {
        let rows = [
            vec!["a".to_string(), "1.0 ± 0.1".into()],
            vec!["long".into(), "10.0 ± 0.1".into()],
        ];
        let lines: Vec<_> = aligned(&["m", "error"], &rows)
            .lines()
            .map(|line| line.chars().count())
            .collect();
        assert_eq!(lines, [16, 16, 16, 16]);
    }
}
