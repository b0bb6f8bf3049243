//! What the terminal can show: its width, whether it has colour, and text that fits.

use std::io::IsTerminal;

/// Columns, at most 100; 80 where nobody knows.
pub fn width() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns)).clamp(40, 100)
}

/// Whether standard output shows colours, and the reader wants them.
pub fn colour() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdout().is_terminal() && !unwanted && !dumb
}

fn styled(code: &str, text: &str) -> String {
    if colour() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
}

/// For headings.
pub fn bold(text: &str) -> String {
    styled("1", text)
}

/// For what is less important.
pub fn dim(text: &str) -> String {
    styled("2", text)
}

/// For what is right.
pub fn green(text: &str) -> String {
    styled("32", text)
}

/// For what is wrong.
pub fn red(text: &str) -> String {
    styled("31", text)
}

/// `✓` or `✗`.
pub fn mark(good: bool) -> String {
    if good { green("✓") } else { red("✗") }
}

/// `text` in lines of at most `width` characters, each after the first begun with `indent` spaces. Lines that are
/// indented by four spaces or more (code) are left as they are.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut paragraph = false;
    for source in text.lines() {
        if source.trim().is_empty() || source.starts_with("    ") {
            lines.push(source.trim_end().to_string());
            paragraph = false;
            continue;
        }
        let item = source.starts_with("- ");
        for (index, word) in source.split_whitespace().enumerate() {
            let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= width;
            match lines.last_mut() {
                Some(line) if (paragraph && !item || index > 0) && fits(line) => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ if paragraph && !item || index > 0 => lines.push(format!("{:indent$}{word}", "")),
                _ => lines.push(word.to_string()),
            }
        }
        paragraph = true;
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn text_is_wrapped_by_characters_and_code_is_left_alone() {
        let text = "ééé ééé ééé\nééé\n\n    a very long line of code that must stay whole\n- one item\n- two";
        let expected =
            "ééé ééé\nééé ééé\n\n    a very long line of code that must stay whole\n- one\nitem\n- two";
        assert_eq!(wrap(text, 8, 0), expected);
        assert_eq!(wrap("aa bb cc", 5, 2), "aa bb\n  cc");
    }
}
