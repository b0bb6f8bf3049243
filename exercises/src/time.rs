//! The time an answer may take. Whoever started this process ends it when its time is up;
//! should they have been killed themselves, it ends on its own a little later.

use gradus_course::supervise::TIME;
use std::time::Duration;

/// So long after its time is up, nobody can be watching any more.
const GRACE: Duration = Duration::from_secs(2);

/// The exit code that `timeout` uses too.
const TIMED_OUT: i32 = 124;

/// From here on, no longer than the environment allows.
pub(crate) fn limit() {
    let limit = std::env::var(TIME).ok().and_then(|text| text.parse().ok());
    if let Some(limit) = limit.map(Duration::from_millis) {
        std::thread::spawn(move || {
            std::thread::sleep(limit.saturating_add(GRACE));
            std::process::exit(TIMED_OUT);
        });
    }
}
