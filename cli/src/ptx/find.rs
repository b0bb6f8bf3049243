//! Where NVRTC may be.

use super::nvrtc::Nvrtc;
use crate::data;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

/// Its name on the systems that have it.
const LIBRARY: &str = if cfg!(windows) { "nvrtc64_120_0.dll" } else { "libnvrtc.so.12" };

/// Loads NVRTC: the one that is named, the one of `$GRADUS_NVRTC`, the one that `data get
/// nvrtc` has fetched, the system's; the first of these that there is.
pub fn nvrtc(named: Option<&Path>) -> anyhow::Result<Nvrtc> {
    if let Some(path) = named {
        return load(path, "--nvrtc");
    }
    if let Some(path) = std::env::var_os("GRADUS_NVRTC").filter(|path| !path.is_empty()) {
        return load(Path::new(&path), "GRADUS_NVRTC");
    }
    unnamed(data::first_file("nvrtc"), LIBRARY)
}

/// The one that was fetched, or the system's. `fetched` is an error where none can be.
fn unnamed(
    fetched: anyhow::Result<Option<PathBuf>>,
    system: &str,
) -> anyhow::Result<Nvrtc> {
    if let Ok(Some(path)) = &fetched {
        return load(path, "`data get nvrtc`");
    }
    match (Nvrtc::load(Path::new(system)), fetched) {
        (Ok(nvrtc), _) => Ok(nvrtc),
        (Err(_), Err(why)) => Err(why),
        (Err(_), Ok(_)) => bail!(
            "NVRTC, which compiles CUDA C, is not here. `cargo gradus data get nvrtc` \
             fetches it (25 MB; it needs no GPU); or name one that you have, \
             PATH/{LIBRARY}, in the environment variable GRADUS_NVRTC"
        ),
    }
}

fn load(path: &Path, by: &str) -> anyhow::Result<Nvrtc> {
    Nvrtc::load(path).with_context(|| {
        let path = path.display();
        format!(
            "{by} names {path}, which cannot be loaded: name the library {LIBRARY} itself"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_none_the_way_to_it_is_told() {
        let told = |fetched| unnamed(fetched, "no-such-nvrtc").err().unwrap().to_string();
        assert!(told(Ok(None)).contains("`cargo gradus data get nvrtc` fetches it"));
        let mac = || anyhow::anyhow!("there is no nvrtc for macos-aarch64: do without");
        assert_eq!(told(Err(mac())), mac().to_string());
    }

    #[test]
    fn a_library_that_is_none_is_no_panic() {
        let told =
            format!("{:#}", load(Path::new("/no/such.so"), "--nvrtc").err().unwrap());
        assert!(
            told.contains("--nvrtc names /no/such.so, which cannot be loaded"),
            "{told}"
        );
    }
}
