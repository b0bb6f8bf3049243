//! `catalogue.toml`: what can be had by name, where it comes from, and how to know that it
//! is the right thing.

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use std::path::{Component, Path};

/// Everything that can be had by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The sets, in the order in which they are listed.
    #[serde(rename = "set")]
    pub sets: Vec<Set>,
}

/// Some files that go together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// What a reader types.
    pub name: String,
    /// What it is, in one line.
    pub what: String,
    /// Under which terms its makers give it.
    pub licence: String,
    /// Whose it is.
    pub upstream: String,
    /// Its files, each fetched by itself.
    #[serde(default, rename = "file")]
    pub files: Vec<Piece>,
    /// Or its files inside an archive, one archive to a platform.
    #[serde(default, rename = "wheel")]
    pub wheels: Vec<Wheel>,
    /// What to do on a platform that no wheel is for.
    pub elsewhere: Option<String>,
}

/// A file as it lies in the data folder.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Below the data folder.
    pub path: String,
    /// Its address; in a wheel, its name inside.
    pub from: String,
    /// Its size.
    pub bytes: u64,
    /// What it must hash to.
    pub sha256: String,
}

/// A Python wheel, which is a zip file, of which some members are wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wheel {
    /// `linux-x86_64`: the system and processor of Rust's own names.
    pub platform: String,
    /// Where it is fetched.
    pub from: String,
    /// Its size.
    pub bytes: u64,
    /// What it must hash to.
    pub sha256: String,
    /// The members that are wanted; all others stay inside.
    #[serde(rename = "file")]
    pub files: Vec<Piece>,
}

/// What must be fetched for a set on some platform.
pub enum Source<'a> {
    /// Each file by itself.
    Files(&'a [Piece]),
    /// One archive.
    Wheel(&'a Wheel),
}

impl Catalogue {
    /// The one that is built into the program.
    pub fn own() -> anyhow::Result<Catalogue> {
        Catalogue::read(include_str!("../../catalogue.toml"))
    }

    /// Reads a catalogue and checks that it leads nowhere but below the data folder.
    pub fn read(text: &str) -> anyhow::Result<Catalogue> {
        let catalogue: Catalogue =
            toml::from_str(text).context("the catalogue is not as it must be")?;
        for set in &catalogue.sets {
            let inside = set.wheels.iter().flat_map(|wheel| &wheel.files);
            for piece in set.files.iter().chain(inside) {
                let inside = |part| matches!(part, Component::Normal(_));
                ensure!(
                    Path::new(&piece.path).components().all(inside)
                        && !piece.path.contains('\\'),
                    "the catalogue's path `{}` leads out of the data folder",
                    piece.path
                );
            }
        }
        Ok(catalogue)
    }

    /// The set of this name.
    pub fn set(&self, name: &str) -> anyhow::Result<&Set> {
        self.sets.iter().find(|set| set.name == name).with_context(|| {
            let names: Vec<_> = self.sets.iter().map(|set| set.name.as_str()).collect();
            format!(
                "there is no data set `{name}`; these are known: {}",
                names.join(", ")
            )
        })
    }
}

impl Set {
    /// What to fetch on `platform`.
    pub fn source(&self, platform: &str) -> anyhow::Result<Source<'_>> {
        if self.wheels.is_empty() {
            return Ok(Source::Files(&self.files));
        }
        match self.wheels.iter().find(|wheel| wheel.platform == platform) {
            Some(wheel) => Ok(Source::Wheel(wheel)),
            None => bail!(
                "there is no {} for {platform}{}",
                self.name,
                self.elsewhere.iter().map(|what| format!(": {what}")).collect::<String>()
            ),
        }
    }
}

impl Source<'_> {
    /// The files that will lie in the data folder.
    pub fn pieces(&self) -> &[Piece] {
        match self {
            Source::Files(files) => files,
            Source::Wheel(wheel) => &wheel.files,
        }
    }
}

/// This machine's, as wheels are listed: `linux-x86_64`.
pub fn platform() -> String {
    format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
}

/// The last part of an address, or of a path: the name under which a browser keeps it.
pub fn file_name(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_entry_says_where_it_comes_from_and_what_it_hashes_to() {
        let catalogue = Catalogue::own().unwrap();
        let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
        for set in &catalogue.sets {
            assert!(names.insert(&set.name), "{} is there twice", set.name);
            for text in [&set.what, &set.licence, &set.upstream] {
                assert!(!text.trim().is_empty(), "{}", set.name);
            }
            assert_ne!(set.files.is_empty(), set.wheels.is_empty(), "{}", set.name);
            assert!(set.wheels.is_empty() || set.elsewhere.is_some(), "{}", set.name);
            let fetched = set.files.iter().map(|f| (&f.from, f.bytes, &f.sha256));
            let wheels = set.wheels.iter().map(|w| (&w.from, w.bytes, &w.sha256));
            for (from, bytes, sha256) in fetched.chain(wheels) {
                assert!(
                    from.starts_with("https://") || from.starts_with("pip:"),
                    "{from}"
                );
                sound(bytes, sha256);
            }
            for file in &set.files {
                assert!(paths.insert(&file.path), "{} is there twice", file.path);
            }
            for file in set.wheels.iter().flat_map(|wheel| &wheel.files) {
                assert!(!file.from.starts_with("https://"), "{}", file.from);
                sound(file.bytes, &file.sha256);
            }
        }
    }

    #[track_caller]
    fn sound(bytes: u64, sha256: &str) {
        let letter = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        assert!(
            bytes > 0 && sha256.len() == 64 && sha256.chars().all(letter),
            "{sha256}"
        );
    }

    #[test]
    fn nvrtc_is_there_for_three_platforms_and_a_mac_is_told_what_to_do() {
        let catalogue = Catalogue::own().unwrap();
        let nvrtc = catalogue.set("nvrtc").unwrap();
        for platform in ["linux-x86_64", "linux-aarch64", "windows-x86_64"] {
            assert!(nvrtc.source(platform).is_ok());
        }
        let told = nvrtc.source("macos-aarch64").err().unwrap().to_string();
        assert!(told.contains("NVIDIA makes none for macOS"), "{told}");
        assert!(told.contains("the PTX that is committed"), "{told}");
    }

    #[test]
    fn no_path_leads_out_of_the_data_folder() {
        for path in ["../x", "/etc/x", "a/../../x", "a\\\\..\\\\x"] {
            let text = format!(
                "[[set]]\nname='s'\nwhat='w'\nlicence='l'\nupstream='u'\n[[set.file]]\n\
                 path=\"{path}\"\nfrom='https://a/b'\nbytes=1\nsha256='0'\n"
            );
            let told = Catalogue::read(&text).unwrap_err().to_string();
            assert!(told.contains("leads out of the data folder"), "{told}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let told = Catalogue::own().unwrap().set("nvtrc").unwrap_err().to_string();
        assert!(
            told.contains("no data set `nvtrc`") && told.contains("digits,"),
            "{told}"
        );
    }
}
