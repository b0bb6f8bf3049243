//! SHA-256, in the letters that `sha256sum` prints.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// The hash of a text.
pub fn text(text: &str) -> String {
    letters(Sha256::new_with_prefix(text))
}

/// The hash of a file, read in pieces: a model may be larger than memory.
pub fn file(path: &Path) -> io::Result<String> {
    copy(File::open(path)?, io::sink())
}

/// Copies everything, and gives the hash of what passed by.
pub fn copy(mut from: impl Read, mut to: impl Write) -> io::Result<String> {
    let (mut digest, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(letters(digest)),
            n => {
                digest.update(&buffer[..n]);
                to.write_all(&buffer[..n])?;
            }
        }
    }
}

fn letters(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_of_sha256sum() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(text("abc"), abc);
        let mut copied = Vec::new();
        assert_eq!(copy(&b"abc"[..], &mut copied).unwrap(), abc);
        assert_eq!(copied, b"abc");
    }
}
