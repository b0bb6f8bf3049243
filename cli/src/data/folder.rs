//! Where data is kept.

use anyhow::Context;
use std::path::PathBuf;

/// Where `data get` puts things: `$GRADUS_DATA`, or else the user's cache folder.
pub fn folder() -> anyhow::Result<PathBuf> {
    folders().into_iter().next().context(
        "there is no cache folder for this user: set GRADUS_DATA to a folder for the data",
    )
}

/// Where things may lie. What was fetched before `$GRADUS_DATA` was set is still found.
pub fn folders() -> Vec<PathBuf> {
    let set = std::env::var_os("GRADUS_DATA").filter(|value| !value.is_empty());
    let cache = dirs::cache_dir().map(|cache| cache.join("gradus"));
    set.map(PathBuf::from).into_iter().chain(cache).collect()
}
