//! A page of `learn` that fits the screen, however long its parts are: where the reader is
//! and which keys there are always stand; what came of the answer comes before the task,
//! which the reader's own file holds too.

use crate::screen::dim;

/// A page, from top to bottom. An empty part takes no room.
#[derive(Default)]
pub struct Page {
    /// Which exercise this is, and where to edit it.
    pub head: String,
    /// The task.
    pub task: String,
    /// Where else the whole task stands.
    pub file: String,
    /// What came of the answer, or a hint.
    pub body: String,
    /// The command that shows the whole of it.
    pub command: String,
    /// What goes on, and the keys.
    pub foot: String,
}

impl Page {
    /// The page in at most `rows` lines of a screen that has `columns`.
    pub fn fit(&self, columns: usize, rows: usize) -> String {
        let height = |text: &str| height(text, columns);
        // A part, and the empty line before it.
        let part = |text: &str| if text.is_empty() { 0 } else { 1 + height(text) };
        let room = rows.saturating_sub(height(&self.head) + part(&self.foot));
        let (mut task, mut body) = (self.task.clone(), self.body.clone());
        if part(&task) + part(&body) > room {
            let note = format!("… the whole task stands at the head of {}", self.file);
            let least = if task.is_empty() { 0 } else { part(&note) };
            let rest = format!("… for the rest: {}", self.command);
            body = cut(&body, columns, room.saturating_sub(least + 1), &rest);
            let left = room.saturating_sub(part(&body) + 1);
            task = cut(&task, columns, left, &note);
        }
        let parts = [&self.head, &task, &body, &self.foot].map(String::as_str);
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        last(&parts.join("\n\n"), columns, rows)
    }
}

/// The lines of `text` that fit into `rows`, and a note if that is not all of them.
fn cut(text: &str, columns: usize, rows: usize, note: &str) -> String {
    if height(text, columns) <= rows {
        return text.to_string();
    }
    let mut left = rows.saturating_sub(height(note, columns));
    let mut kept = Vec::new();
    for line in text.lines() {
        let Some(rest) = left.checked_sub(rows_of(line, columns)) else { break };
        kept.push(line);
        left = rest;
    }
    while kept.last().is_some_and(|line| line.trim().is_empty()) {
        kept.pop();
    }
    let note = dim(note);
    kept.into_iter().chain([note.as_str()]).collect::<Vec<_>>().join("\n")
}

/// The end of `text`, for a screen that is too small even for head and foot.
fn last(text: &str, columns: usize, rows: usize) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    while lines.len() > 1 && height(&lines.join("\n"), columns) > rows {
        lines.remove(0);
    }
    lines.join("\n")
}

/// How many rows of the screen `text` takes: a long line takes several.
fn height(text: &str, columns: usize) -> usize {
    text.lines().map(|line| rows_of(line, columns)).sum()
}

fn rows_of(line: &str, columns: usize) -> usize {
    visible(line).div_ceil(columns.max(1)).max(1)
}

/// The characters of a line that take room: a change of colour takes none.
fn visible(line: &str) -> usize {
    let mut parts = line.split("\x1b[");
    let first = parts.next().unwrap_or_default().chars().count();
    let after =
        |part: &str| part.split_once('m').map_or(0, |(_, text)| text.chars().count());
    first + parts.map(after).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(name: &str, count: usize) -> String {
        (1..=count).map(|n| format!("{name} {n}")).collect::<Vec<_>>().join("\n")
    }

    fn page(task: usize, body: usize) -> Page {
        Page {
            head: "title\nedit  a.rs".into(),
            task: lines("task", task),
            file: "a.rs".into(),
            body: lines("body", body).replace("body 3", ""),
            command: "show all".into(),
            foot: "q quit".into(),
        }
    }

    #[test]
    fn what_fits_is_shown_whole() {
        let text = page(3, 2).fit(80, 11);
        assert_eq!(
            text,
            "title\nedit  a.rs\n\ntask 1\ntask 2\ntask 3\n\nbody 1\nbody 2\n\nq quit"
        );
        assert_eq!(page(0, 0).fit(80, 24), "title\nedit  a.rs\n\nq quit");
    }

    #[test]
    fn head_keys_and_verdict_stay_whatever_the_task_is() {
        for (task, body, rows) in [(60, 0, 24), (60, 5, 24), (12, 12, 24), (9, 40, 24)] {
            let text = page(task, body).fit(80, rows);
            assert!(text.lines().count() <= rows, "{text}");
            assert!(
                text.starts_with("title\n") && text.ends_with("\n\nq quit"),
                "{text}"
            );
            assert!(text.contains("stands at the head of a.rs"), "{text}");
            assert!(body == 0 || text.contains("body 5"), "{text}");
            assert_eq!(text.contains("for the rest: show all"), body == 40, "{text}");
        }
        let text = page(60, 0).fit(80, 24);
        assert_eq!(text.lines().count(), 24, "no row is wasted: {text}");
    }

    #[test]
    fn a_line_that_is_wrapped_counts_as_often_as_it_is_broken() {
        let wide = "x".repeat(161);
        assert_eq!(height(&format!("{wide}\n\ny"), 80), 5);
        assert_eq!(height(&format!("\x1b[1m{}\x1b[0m", "x".repeat(80)), 80), 1);
        let text = Page { body: vec![wide; 20].join("\n"), ..page(3, 0) }.fit(80, 24);
        assert!(height(&text, 80) <= 24 && text.ends_with("q quit"), "{text}");
    }

    #[test]
    fn on_the_smallest_screen_the_keys_are_left() {
        for rows in 1..6 {
            let text = page(9, 9).fit(20, rows);
            assert!(height(&text, 20) <= rows && text.ends_with("q quit"), "{text}");
        }
    }
}
