//! What the terminal can show: its width, whether it has colour, and text that fits.

use std::io::IsTerminal;

/// Columns, at most 100; 80 where nobody knows.
pub fn width() -> usize {
    crossterm::terminal::size()
        .map_or(80, |(columns, _)| usize::from(columns))
        .clamp(40, 100)
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

/// `✓` or `✗`; `ok` or `no` where the terminal's letters are said to be few.
pub fn mark(good: bool) -> String {
    let (yes, no) = if unicode() { ("✓", "✗") } else { ("ok", "no") };
    if good { green(yes) } else { red(no) }
}

/// The mark of an exercise in a list; one that is still open is not wrong.
pub fn progress_mark(solved: bool) -> String {
    match (solved, unicode()) {
        (true, _) => mark(true),
        (false, true) => "·".into(),
        (false, false) => "..".into(),
    }
}

/// Whether more than ASCII can be shown: unless the locale names another character set.
pub fn unicode() -> bool {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
    set.into_iter()
        .find(|value| !value.is_empty())
        .is_none_or(|locale| is_unicode(&locale))
}

fn is_unicode(locale: &str) -> bool {
    let set = locale.split_once('.').map(|(_, set)| set.to_ascii_lowercase());
    set.is_none_or(|set| set.starts_with("utf-8") || set.starts_with("utf8"))
}

/// `text` in lines of at most `width` characters, each after the first begun with
/// `indent` spaces. Lines that are indented by four spaces or more (code) are left as
/// they are.
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
            let fits =
                |line: &String| line.chars().count() + 1 + word.chars().count() <= width;
            match lines.last_mut() {
                Some(line) if (paragraph && !item || index > 0) && fits(line) => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ if paragraph && !item || index > 0 => {
                    lines.push(format!("{:indent$}{word}", ""))
                }
                _ => lines.push(word.to_string()),
            }
        }
        paragraph = true;
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{is_unicode, wrap};

    #[test]
    fn only_a_locale_that_names_another_character_set_is_kept_to_ascii() {
        for locale in ["C", "en_GB.UTF-8", "C.utf8", "de_DE.UTF-8@euro", "POSIX"] {
            assert!(is_unicode(locale), "{locale}");
        }
        assert!(!is_unicode("de_DE.ISO-8859-1") && !is_unicode("ja_JP.eucJP"));
    }

    #[test]
    fn text_is_wrapped_by_characters_and_code_is_left_alone() {
        let text = "ééé ééé ééé\nééé\n\n    a very long line of code that must stay whole\n- one item\n- two";
        let expected = "ééé ééé\nééé ééé\n\n    a very long line of code that must stay whole\n- one\nitem\n- two";
        assert_eq!(wrap(text, 8, 0), expected);
        assert_eq!(wrap("aa bb cc", 5, 2), "aa bb\n  cc");
    }
}
