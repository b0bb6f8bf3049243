//! The box that states an exercise and says how to begin.

use crate::slots::escape;
use gradus_course::exercise::Text;

/// The box as Markdown with the statement (expanded already) inside, and the signatures of
/// what the reader is to write, in `language`.
pub fn markdown(
    name: &str,
    text: &Text,
    statement: &str,
    signatures: &[String],
    language: &str,
) -> String {
    let (id, title) = (escape(name), escape(&text.title));
    // Rust comes folded by rustfmt.
    let signatures: Vec<String> = match language {
        "cpp" => signatures.iter().map(|one| folded(one)).collect(),
        _ => signatures.to_vec(),
    };
    format!(
        "<section class=\"exercise\" id=\"exercise-{id}\" aria-label=\"Exercise: {title}\">\n\
         <p class=\"exercise-title\"><span>Exercise</span> {title}</p>\n\n{}\n\n\
         ```{language}\n{}\n```\n\n```console\ncargo gradus check {name}\n```\n\n</section>\n",
        statement.trim(),
        signatures.join("\n\n")
    )
}

/// How long a line of the box may be.
const WIDTH: usize = 72;

/// A kernel's signature with a line longer than the box: its parameters stand below its name.
/// One with comments stays as it is, since they end where their line does.
fn folded(signature: &str) -> String {
    let long = signature.lines().any(|line| line.chars().count() > WIDTH);
    let words: Vec<&str> = signature.split_whitespace().collect();
    let joined = words.join(" ");
    let Some((name, parameters)) = joined.split_once('(') else { return joined };
    if !long || signature.contains("//") {
        return signature.to_string();
    }
    let mut lines = vec![format!("{name}("), "   ".to_string()];
    for parameter in parameters.split_inclusive(", ").map(str::trim_end) {
        let line = lines.last_mut().expect("there is one");
        if line.chars().count() + 1 + parameter.chars().count() > WIDTH {
            lines.push(format!("    {parameter}"));
        } else {
            *line += &format!(" {parameter}");
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_wider_than_the_box_is_folded() {
        let wide = "extern \"C\" __global__ void add(const float *a, const float *b, float *out,\n\
                    \x20                              Count count, unsigned of_many, unsigned more)";
        let want = "extern \"C\" __global__ void add(\n    \
                    const float *a, const float *b, float *out, Count count,\n    \
                    unsigned of_many, unsigned more)";
        assert_eq!(folded(wide), want);
        assert!(want.lines().all(|line| line.len() <= WIDTH));
        let narrow = "extern \"C\" __global__ void add(const float *a,\n    Count count)";
        assert_eq!(folded(narrow), narrow);
        let commented = format!("{wide} // a comment");
        assert_eq!(folded(&commented), commented);
    }

    #[test]
    fn a_signature_is_set_in_its_own_language() {
        let text = Text {
            title: "Add".into(),
            statement: "S.".into(),
            hints: vec![],
            explanation: String::new(),
        };
        let kernel = ["extern \"C\" __global__ void add(float *x)".to_string()];
        let stated = markdown("add", &text, &text.statement, &kernel, "cpp");
        assert!(stated.contains(&format!("```cpp\n{}\n```", kernel[0])), "{stated}");
    }
}
