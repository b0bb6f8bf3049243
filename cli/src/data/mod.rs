//! `gradus data`: real data sets, models and NVRTC, by name.
//!
//! | module | what it does |
//! |---|---|
//! | [`catalogue`] | what can be had, from where, and what it hashes to |
//! | [`folder`] | where it is kept |
//! | [`fetch`] | downloads that go on where they stopped |
//! | [`pip`] | Python packages, by pip |
//! | [`place`] | puts files into the folder, once their hash is right |

pub mod catalogue;
mod fetch;
mod folder;
mod pip;
mod place;
#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;

use crate::screen::{bold, dim, mark};
use catalogue::{Catalogue, platform};
use clap::Subcommand;
use indicatif::DecimalBytes;
use place::Places;
use std::path::PathBuf;

/// What to do with the data.
#[derive(Subcommand)]
pub enum Action {
    /// Show what can be had, and what is there
    List,
    /// Fetch data by name
    Get {
        /// What to fetch
        #[arg(required = true)]
        name: Vec<String>,
        /// Take the files from this folder, where they are already
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
}

/// `gradus data ACTION`.
pub fn data(action: Action) -> anyhow::Result<bool> {
    let catalogue = Catalogue::own()?;
    match action {
        Action::List => list(&catalogue)?,
        Action::Get { name, from } => {
            let sets = name.iter().map(|name| catalogue.set(name));
            let sets = sets.collect::<anyhow::Result<Vec<_>>>()?;
            let (into, agent) = (folder::folder()?, fetch::agent());
            let places = Places { into: &into, from: from.as_deref(), agent: &agent };
            for set in sets {
                println!("{}: {}", bold(&set.name), set.what);
                println!("{}", dim(&format!("  licence  {}", set.licence)));
                println!("{}", dim(&format!("  from     {}", set.upstream)));
                let new = places.get(set, &platform())?;
                for piece in set.source(&platform())?.pieces() {
                    println!("  {} {}", mark(true), into.join(&piece.path).display());
                }
                if new == 0 {
                    println!("  it was there already");
                }
            }
        }
    }
    Ok(true)
}

/// A file that is in the data folder, if `data get` has put it there: the first of the set
/// `name` for this machine.
pub fn first_file(name: &str) -> anyhow::Result<Option<PathBuf>> {
    let catalogue = Catalogue::own()?;
    let source = catalogue.set(name)?.source(&platform())?;
    Ok(source.pieces().first().and_then(|piece| place::find(piece, &folder::folders())))
}

fn list(catalogue: &Catalogue) -> anyhow::Result<()> {
    let folders = folder::folders();
    for set in &catalogue.sets {
        let (mut here, mut size) = (" ".to_string(), format!("not for {}", platform()));
        if let Ok(source) = set.source(&platform()) {
            let pieces = source.pieces();
            let bytes = pieces.iter().map(|piece| piece.bytes).sum();
            size = DecimalBytes(bytes).to_string();
            if pieces.iter().all(|piece| place::find(piece, &folders).is_some()) {
                here = mark(true);
            }
        }
        println!("{here} {:<16} {size:>10}  {}", set.name, set.licence);
        println!("  {}", dim(&set.what));
    }
    println!("\n{} is there, in {}", mark(true), folder::folder()?.display());
    println!("to have one: cargo gradus data get NAME");
    Ok(())
}
