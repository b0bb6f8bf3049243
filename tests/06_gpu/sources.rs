//! The kernels of the experiment are those whose PTX is committed.

use gradus_course::files;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

fn hash(path: &Path) -> String {
    let text = files::read(path).unwrap().replace("\r\n", "\n");
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn with(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .collect();
    paths.sort();
    paths
}

#[test]
fn committed_ptx_comes_from_the_sources_of_the_experiment() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("examples/06_gpu");
    let header = hash(&root.join("kernels/common.cuh"));
    let sources = with(&folder, "cu");
    assert_eq!(sources.len(), 3, "{sources:?}");
    assert_eq!(with(&folder.join("ptx"), "ptx").len(), 3);
    for source in sources {
        let name = source.file_stem().unwrap().to_str().unwrap();
        let ptx = files::read(&folder.join(format!("ptx/{name}.ptx"))).unwrap();
        let head: Vec<&str> = ptx.lines().skip(1).take(3).collect();
        let wanted = [
            format!("// SHA-256 of {name}.cu: {}", hash(&source)),
            format!("// SHA-256 of common.cuh: {header}"),
            "// NVRTC: 12.4".to_string(),
        ];
        assert_eq!(
            head, wanted,
            "run `cargo ptx examples/06_gpu/{name}.cu`, and copy target/ptx/{name}.ptx to \
             examples/06_gpu/ptx/"
        );
    }
}
