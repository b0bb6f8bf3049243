//! What the tests of several modules share.

use std::cell::RefCell;
use std::panic::{self, Location};
use std::sync::Once;

thread_local! {
    /// While a panic is expected in this thread: the file it was said of.
    static FILE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The message with which `f` panics. The panic must lie in the caller's file: who is told
/// a line of the library has to look for his own.
#[track_caller]
pub fn refusal(f: fn()) -> String {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            FILE.with_borrow_mut(|expected| match expected {
                Some(file) => *file = info.location().map_or("", Location::file).into(),
                None => print(info),
            });
        }));
    });
    FILE.set(Some(String::new()));
    let panic = panic::catch_unwind(f);
    let file = FILE.take().expect("it was set");
    let panic = panic.expect_err("it must be refused");
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let message = text.unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap_or(&""));
    let own = Location::caller().file();
    assert!(file == own, "{message:?} is said of {file}, and the mistake is in {own}");
    message.to_string()
}
