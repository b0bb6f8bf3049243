//! `data get` against a server that misbehaves, folders that hold the wrong thing, and
//! archives that would like to write elsewhere.

use super::catalogue::{Catalogue, Set};
use super::place::Places;
use super::server::{Mood, Server};
use crate::hash;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

const NAME: &str = "some/set.bin";

fn contents() -> Vec<u8> {
    (0..300_000u32).flat_map(u32::to_le_bytes).collect()
}

fn sha256(bytes: &[u8]) -> String {
    hash::copy(bytes, std::io::sink()).unwrap()
}

/// A catalogue of one set, whose text after its head is `rest`.
fn set(rest: &str) -> Set {
    let head = "[[set]]\nname='some'\nwhat='w'\nlicence='l'\nupstream='u'\n";
    Catalogue::read(&format!("{head}{rest}")).unwrap().sets.remove(0)
}

fn entry(path: &str, from: &str, bytes: usize, sha256: &str) -> String {
    format!("path='{path}'\nfrom='{from}'\nbytes={bytes}\nsha256='{sha256}'\n")
}

fn file(from: &str) -> Set {
    let bytes = contents();
    set(&format!("[[set.file]]\n{}", entry(NAME, from, bytes.len(), &sha256(&bytes))))
}

fn get(set: &Set, into: &Path, from: Option<&Path>) -> Result<usize, String> {
    let agent = ureq::Agent::config_builder().proxy(None).http_status_as_error(false);
    let agent = agent.build().into();
    let places = Places { into, from, agent: &agent };
    places.get(set, "here").map_err(|error| format!("{error:#}"))
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The paths of all files below, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path.file_name().unwrap().to_string_lossy().into_owned()),
        }
    }
    found.sort();
    found
}

#[track_caller]
fn told(result: Result<usize, String>, parts: &[&str]) {
    let text = result.unwrap_err();
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
}

#[test]
fn a_file_arrives_and_is_not_fetched_twice() {
    let (server, into) = (Server::start(contents()), folder());
    let set = file(&server.address);
    assert_eq!(get(&set, into.path(), None), Ok(1));
    assert_eq!(std::fs::read(into.path().join(NAME)).unwrap(), contents());
    assert_eq!(get(&set, into.path(), None), Ok(0));
    assert_eq!(files(into.path()), ["set.bin"]);
    assert_eq!(server.asked(), [""]);
}

#[test]
fn an_interrupted_download_goes_on_where_it_stopped() {
    let (server, into) = (Server::start(contents()), folder());
    let set = file(&server.address);
    server.be(Mood::Cut(500_000));
    told(
        get(&set, into.path(), None),
        &["after 500000 of 1200000 bytes", "goes on where this stopped", "--from FOLDER"],
    );
    assert_eq!(files(into.path()), ["set.bin.part"], "nothing has its name yet");
    server.be(Mood::Fine);
    assert_eq!(get(&set, into.path(), None), Ok(1));
    assert_eq!(std::fs::read(into.path().join(NAME)).unwrap(), contents());
    assert_eq!(server.asked(), ["", "bytes=500000-"]);
    assert_eq!(files(into.path()), ["set.bin"]);
}

#[test]
fn a_server_that_cannot_go_on_is_asked_for_everything() {
    let (server, into) = (Server::start(contents()), folder());
    let set = file(&server.address);
    server.be(Mood::Cut(1000));
    assert!(get(&set, into.path(), None).is_err());
    server.be(Mood::Forgetful);
    assert_eq!(get(&set, into.path(), None), Ok(1));
    assert_eq!(std::fs::read(into.path().join(NAME)).unwrap(), contents());
}

#[test]
fn a_wrong_hash_is_told_with_both_and_nothing_is_kept() {
    let mut other = contents();
    other[77] ^= 1;
    let (server, into) = (Server::start(other.clone()), folder());
    let hashes = [sha256(&contents()), sha256(&other)];
    let set = file(&server.address);
    told(
        get(&set, into.path(), None),
        &[&hashes[0], &hashes[1], "Nothing of it was kept"],
    );
    assert_eq!(files(into.path()), Vec::<String>::new());
    // What is there already is not lost to it.
    let path = into.path().join(NAME);
    std::fs::write(&path, "mine").unwrap();
    assert!(get(&set, into.path(), None).is_err());
    assert_eq!(std::fs::read(path).unwrap(), b"mine");
}

#[test]
fn a_damaged_file_is_fetched_again() {
    let (server, into) = (Server::start(contents()), folder());
    let set = file(&server.address);
    let path = into.path().join(NAME);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, vec![0; contents().len()]).unwrap();
    assert_eq!(get(&set, into.path(), None), Ok(1));
    assert_eq!(std::fs::read(path).unwrap(), contents());
}

#[test]
fn a_server_that_sends_too_much_or_nothing_is_told_of() {
    let (server, into) = (Server::start(contents()), folder());
    let set = file(&server.address);
    server.be(Mood::Endless);
    told(get(&set, into.path(), None), &["more than the 1200000 bytes"]);
    server.be(Mood::Missing);
    told(get(&set, into.path(), None), &["404", &server.address, "data get some --from"]);
    assert!(!into.path().join(NAME).exists());
}

#[test]
fn without_a_network_the_address_and_the_way_by_hand_are_told() {
    // Nobody listens on port 1.
    let set = file("http://127.0.0.1:1/upstream.bin");
    told(
        get(&set, folder().path(), None),
        &[
            "cannot fetch http://127.0.0.1:1/upstream.bin",
            "by hand",
            "cargo gradus data get some --from FOLDER",
        ],
    );
}

#[test]
fn files_are_taken_from_a_folder_under_any_of_their_names() {
    let set = file("https://example.org/upstream.bin");
    for name in [NAME, "set.bin", "upstream.bin"] {
        let (into, from) = (folder(), folder());
        told(get(&set, into.path(), Some(from.path())), &["no file set.bin in"]);
        let path = from.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "another").unwrap();
        told(get(&set, into.path(), Some(from.path())), &[&sha256(b"another")]);
        assert_eq!(files(into.path()), Vec::<String>::new());
        std::fs::write(&path, contents()).unwrap();
        assert_eq!(get(&set, into.path(), Some(from.path())), Ok(1));
        assert_eq!(files(into.path()), ["set.bin"]);
        assert!(path.exists(), "it is copied, not moved");
    }
}

/// A wheel with these members, and the set that wants `lib/x.so` from it.
fn wheel(members: &[(&str, &[u8])], from: &str) -> (Vec<u8>, Set) {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let member = entry("lib/1/x.so", "lib/x.so", 4, &sha256(b"code"));
    let head =
        format!("from='{from}'\nbytes={}\nsha256='{}'\n", bytes.len(), sha256(&bytes));
    let text =
        format!("[[set.wheel]]\nplatform='here'\n{head}[[set.wheel.file]]\n{member}");
    (bytes, set(&text))
}

#[test]
fn only_the_named_members_leave_a_wheel_and_none_leaves_the_folder() {
    let members: [(&str, &[u8]); 4] =
        [("lib/x.so", b"code"), ("../evil", b"e"), ("/tmp/evil", b"e"), ("lib/y", b"y")];
    let (bytes, _) = wheel(&members, "");
    let (server, outer) = (Server::start(bytes), folder());
    let (_, set) = wheel(&members, &server.address);
    let into = outer.path().join("data");
    assert_eq!(get(&set, &into, None), Ok(1));
    assert_eq!(files(outer.path()), ["x.so"], "neither the wheel nor anything else");
    assert_eq!(std::fs::read(into.join("lib/1/x.so")).unwrap(), b"code");
}

#[test]
fn a_member_that_is_missing_or_wrong_is_told() {
    for (members, part) in [
        (("lib/z.so", "code"), "holds no lib/x.so"),
        (("lib/x.so", "c0de"), "is not the file"),
        (("lib/x.so", "code and more"), "is not the file"),
    ] {
        let (bytes, set) = wheel(&[(members.0, members.1.as_bytes())], "x/a.whl");
        let (into, from) = (folder(), folder());
        std::fs::write(from.path().join("a.whl"), bytes).unwrap();
        told(get(&set, into.path(), Some(from.path())), &[part]);
        assert_eq!(files(into.path()), Vec::<String>::new());
    }
}

#[test]
fn a_wheel_may_lie_in_the_folder_or_the_bare_library() {
    let (bytes, set) = wheel(&[("lib/x.so", b"code")], "https://example.org/a.whl");
    let (into, from) = (folder(), folder());
    told(get(&set, into.path(), Some(from.path())), &["the wheel a.whl", "no file x.so"]);
    std::fs::write(from.path().join("a.whl"), b"no wheel").unwrap();
    told(get(&set, into.path(), Some(from.path())), &[&sha256(&bytes), "a.whl"]);
    std::fs::write(from.path().join("a.whl"), &bytes).unwrap();
    assert_eq!(get(&set, into.path(), Some(from.path())), Ok(1));
    let (into, from) = (folder(), folder());
    std::fs::write(from.path().join("x.so"), b"code").unwrap();
    assert_eq!(get(&set, into.path(), Some(from.path())), Ok(1));
    assert_eq!(std::fs::read(into.path().join("lib/1/x.so")).unwrap(), b"code");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_with_the_way_out() {
    let (server, outer) = (Server::start(contents()), folder());
    let into = outer.path().join("a-file");
    std::fs::write(&into, "").unwrap();
    told(get(&file(&server.address), &into, None), &["cannot write", "GRADUS_DATA"]);
}
