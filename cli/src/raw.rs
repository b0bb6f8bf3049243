//! The terminal while `learn` runs: keys come one by one, pages replace each other, and
//! the terminal is given back as it was, whatever ends the program.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use crossterm::{cursor, execute, terminal};
use std::io::{Write, stdout};

/// Raw mode, for as long as this value lives.
pub struct Raw;

impl Raw {
    /// Enters raw mode.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn enter() -> std::io::Result<Raw> {
        terminal::enable_raw_mode()?;
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let _ = terminal::disable_raw_mode();
            before(info);
        }));
        Ok(Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = terminal::disable_raw_mode();
        let _ = execute!(stdout(), cursor::Show);
        println!();
    }
}

/// Clears and prints a page that fits; raw mode wants the carriage to return by hand.
/// The last line is not ended, so that a full screen does not scroll.
///
/// # Errors
/// When the terminal is gone.
pub fn show(page: &str) -> std::io::Result<()> {
    let mut out = stdout();
    execute!(out, terminal::Clear(terminal::ClearType::All), cursor::MoveTo(0, 0))?;
    write!(out, "{}", page.replace('\n', "\r\n"))?;
    out.flush()
}

/// Ctrl-C and Ctrl-D, which a terminal in raw mode sends as keys.
pub fn is_interrupt(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL)
        && matches!(key.code, KeyCode::Char('c' | 'd'))
}
