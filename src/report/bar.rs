//! A progress bar in the terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar, what is done and what is left, and a few words beside it. It is drawn on the error
/// stream, and only if that is a terminal.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// An empty bar.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Bar {
        let template = "{wide_bar} {pos}/{len}  {msg}  {elapsed} (left {eta})";
        let style = ProgressStyle::with_template(template).expect("a valid template");
        Bar { bar: ProgressBar::new(0).with_style(style) }
    }

    /// `done` of `of` are done.
    pub fn set(&self, done: u64, of: u64, words: String) {
        self.bar.set_length(of);
        self.bar.set_position(done);
        self.bar.set_message(words);
    }

    /// Prints a line above the bar.
    pub fn line(&self, line: &str) {
        self.bar.println(line);
    }
}

impl Drop for Bar {
    /// The last state stays on the screen.
    fn drop(&mut self) {
        self.bar.abandon();
    }
}
