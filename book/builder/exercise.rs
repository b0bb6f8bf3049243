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
    format!(
        "<section class=\"exercise\" id=\"exercise-{id}\" aria-label=\"Exercise: {title}\">\n\
         <p class=\"exercise-title\"><span>Exercise</span> {title}</p>\n\n{}\n\n\
         ```{language}\n{}\n```\n\n```console\ncargo gradus check {name}\n```\n\n</section>\n",
        statement.trim(),
        signatures.join("\n\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
