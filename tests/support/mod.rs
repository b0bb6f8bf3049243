//! What the tests of several modules share.

/// Something that must be refused, and what the message must hold.
pub type Refused = (fn(), &'static [&'static str]);

/// Panics unless every one of these panics, with a message that holds all its parts.
#[track_caller]
pub fn assert_refused(cases: &[Refused]) {
    for (f, parts) in cases {
        let panic = std::panic::catch_unwind(f).expect_err("it must be refused");
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let message = text.unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap_or(&""));
        for part in *parts {
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}
