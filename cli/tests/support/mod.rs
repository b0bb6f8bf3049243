//! A course of one exercise with a short statement and one with a long. A script stands in
//! for cargo, so that a build takes no time and an answer does what its text says.

use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

const LIST: &str = "[[part]]\ntitle = 'P'\n[[part.chapter]]\nstem = 'a'\ntitle = 'First'\n\
question = '?'\nmodules = ['a']\nexercises = ['double', 'half']\n";
const CHECK: &str = "pub struct Answer { pub double: fn(f64) -> f64 }\n";
const SOLUTION: &str = "pub fn double(x: f64) -> f64 {\n    // gradus: solution\n    2.0 * x\n    \
// gradus: skeleton\n    // todo!()\n    // gradus: end\n}\n";

/// In place of cargo: the answer's first word says what the built answer does.
const CARGO: &str = r##"#!/bin/sh
source=$(sed -n 's/.*path = "\(.*\)".*/\1/p' "$GRADUS_TABLE")
mkdir -p target/learn/debug
case $(head -n 1 "$source") in
*SLOW*) exec sleep 30 ;;
*LOOP*) does='touch runs; exec sleep 60' ;;
*RIGHT*) does='say "{\"event\":\"passed\"}"' ;;
*LONG*) does='say "{\"event\":\"passed\"}"; seq 1000' ;;
*) does='say "{\"event\":\"failed\",\"panicked\":false,\"what\":\"the result\",\"given\":\"double(1.0)\",
\"expected\":\"2\",\"got\":\"1\",\"suggests\":null}"' ;;
esac
does=$(printf '%s' "$does" | tr '\n' ' ')
cat > target/learn/debug/leaf.new <<END
#!/bin/sh
say() {
    echo '{"event":"started","case":"one number"}' > "\$GRADUS_EVENTS"
    echo "\$1" >> "\$GRADUS_EVENTS"
    echo '{"event":"finished"}' >> "\$GRADUS_EVENTS"
}
$does
END
chmod +x target/learn/debug/leaf.new
mv target/learn/debug/leaf.new target/learn/debug/leaf
"##;

fn statement(lines: usize) -> String {
    let lines: Vec<_> = (1..=lines).map(|n| format!("- demand number {n}")).collect();
    let hints = "## Hint\n\nAdd it to itself.\n\n## Hint\n\nTwo.";
    format!("# Twice\n\n{}\n\n{hints}\n\n## Explanation\n\nBecause.\n", lines.join("\n"))
}

/// Two exercises, and `cargo` in the root.
pub fn course() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("book/chapters.toml", LIST);
    for (name, lines) in [("double", 2), ("half", 60)] {
        let file = |file: &str| format!("exercises/01-a/{name}/{file}");
        write(&file("exercise.md"), &statement(lines));
        write(&file("solution.rs"), SOLUTION);
        write(&file("check.rs"), CHECK);
    }
    write("cargo", CARGO);
    let script = root.path().join("cargo");
    std::fs::set_permissions(script, PermissionsExt::from_mode(0o755)).unwrap();
    root
}
