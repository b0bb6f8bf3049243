//! Mechanical faults in CUDA C, token by token: no parser of C++ is at hand, and none is
//! needed, since the compiler throws out what is no program.

use crate::mutants::Edit;
use std::ops::Range;

/// A token, and where it stands.
struct Token<'a> {
    text: &'a str,
    range: Range<usize>,
}

impl Token<'_> {
    fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// Whether a value can end here, so that what follows is an operator of two.
    fn ends_a_value(&self) -> bool {
        let number = self.text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        let word = self.is_word() && !TYPES.contains(&self.text) && self.text != "return";
        number || word || matches!(self.text, ")" | "]")
    }
}

/// After one of these, `*` makes a pointer.
const TYPES: [&str; 9] =
    ["float", "double", "int", "unsigned", "char", "void", "bool", "const", "Count"];

/// The longest first.
const OPERATORS: [&str; 23] = [
    "<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "<=", ">=", "==", "!=", "&&", "||", "++",
    "--", "<<", ">>", "->", "::", "&=", "|=", "^=", "##",
];

/// Every mechanical fault that can be planted in a source, each alone.
pub fn edits(source: &str) -> Vec<Edit> {
    let tokens = tokens(source);
    let mut edits = Vec::new();
    let mut replace = |range: &Range<usize>, replacement: &str| {
        let edit = Edit { range: range.clone(), replacement: replacement.to_string() };
        edits.push(edit);
    };
    for (index, token) in tokens.iter().enumerate() {
        let binary = index > 0 && tokens[index - 1].ends_a_value();
        let axis = index > 0 && tokens[index - 1].text == ".";
        let fits = axis || !matches!(token.text, "x" | "y");
        for other in confused(token.text, binary).iter().filter(|_| fits) {
            replace(&token.range, other);
        }
        for other in numbers(token.text) {
            replace(&token.range, &other);
        }
        if token.text == "if" {
            let condition = condition(&tokens[index + 1..]);
            condition.iter().for_each(|range| replace(range, "true"));
            condition.iter().for_each(|range| replace(range, "false"));
        }
    }
    statements(&tokens).iter().for_each(|range| replace(range, ";"));
    edits
}

/// What each token is mistaken for; an operator is `binary` after a value.
fn confused(text: &str, binary: bool) -> &'static [&'static str] {
    match text {
        "+" if binary => &["-"],
        "-" if binary => &["+"],
        "-" | "!" => &[""],
        "*" if binary => &["/"],
        "/" => &["*"],
        "%" => &["/"],
        "<" => &["<=", ">"],
        "<=" => &["<", ">"],
        ">" => &[">=", "<"],
        ">=" => &[">", "<"],
        "==" => &["!="],
        "!=" => &["=="],
        "&&" => &["||"],
        "||" => &["&&"],
        "+=" => &["=", "-="],
        "-=" => &["=", "+="],
        "*=" => &["/="],
        "/=" => &["*="],
        "<<" => &[">>"],
        ">>" => &["<<"],
        "min" => &["max"],
        "max" => &["min"],
        "fminf" => &["fmaxf"],
        "fmaxf" => &["fminf"],
        "expf" => &["logf"],
        "Sum" | "Min" => &["Max"],
        "Max" => &["Min"],
        "x" => &["y"],
        "y" => &["x"],
        "threadIdx" => &["blockIdx"],
        "blockIdx" => &["threadIdx"],
        "blockDim" => &["gridDim"],
        "gridDim" => &["blockDim"],
        "thread_in_grid" => &["threads_in_grid"],
        "threads_in_grid" => &["thread_in_grid"],
        _ => &[],
    }
}

/// A number off by one, or another one if it has a fraction. A mask stays: it is no count.
fn numbers(text: &str) -> Vec<String> {
    let digits = text.trim_end_matches(['u', 'U', 'f', 'F', 'l', 'L']);
    let suffix = &text[digits.len()..];
    if let Ok(number) = digits.parse::<u64>() {
        return vec![format!("{}{suffix}", number + 1)];
    }
    match digits.parse::<f64>() {
        Ok(0.0) => vec![format!("1.0{suffix}")],
        Ok(number) if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            vec![format!("0.0{suffix}"), format!("{:?}{suffix}", 2.0 * number)]
        }
        _ => vec![],
    }
}

/// What stands between the brackets with which these tokens begin.
fn condition(tokens: &[Token]) -> Option<Range<usize>> {
    let close = closing(tokens)?;
    (close > 1).then(|| tokens[1].range.start..tokens[close - 1].range.end)
}

/// Where the bracket closes that the first token opens.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token.text {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (token.text == ")").then_some(index);
        }
    }
    None
}

/// The statements that do something: no declaration, no block, no loop as a whole.
fn statements(tokens: &[Token]) -> Vec<Range<usize>> {
    let (mut found, mut start, mut index) = (Vec::new(), 0, 0);
    while index < tokens.len() {
        match tokens[index].text {
            "for" | "if" | "while" | "switch" => {
                index += 1 + closing(&tokens[index + 1..]).unwrap_or(0);
                start = index + 1;
            }
            "{" | "}" | "else" | "do" => start = index + 1,
            ";" => {
                let own = &tokens[start..index];
                // Two words side by side declare something.
                let declares = own.len() > 1
                    && (own[0].is_word() && own[1].is_word()
                        || TYPES.contains(&own[0].text));
                if !own.is_empty() && (!declares || own[0].text == "return") {
                    found.push(own[0].range.start..tokens[index].range.end);
                }
                start = index + 1;
            }
            _ => {}
        }
        index += 1;
    }
    found
}

/// The tokens, without comments, texts, and lines of the preprocessor.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let until =
            |end: &str| rest.find(end).map_or(rest.len(), |found| found + end.len());
        let run =
            |inside: fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let (length, kept) = if rest.starts_with("//") || first == '#' {
            (until("\n"), false)
        } else if rest.starts_with("/*") {
            (until("*/"), false)
        } else if first == '"' || first == '\'' {
            let closing = rest[1..].find(first).map_or(rest.len(), |found| found + 2);
            (closing, false)
        } else if first.is_whitespace() {
            (first.len_utf8(), false)
        } else if first.is_alphanumeric() || first == '_' {
            let number = first.is_ascii_digit();
            let word = |c: char| c.is_alphanumeric() || c == '_';
            let point = |c: char| c.is_alphanumeric() || c == '.';
            (if number { run(point) } else { run(word) }, true)
        } else {
            let operator = OPERATORS.iter().find(|text| rest.starts_with(**text));
            (operator.map_or(first.len_utf8(), |text| text.len()), true)
        };
        if kept {
            tokens.push(Token { text: &rest[..length], range: at..at + length });
        }
        at += length;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
#include \"x < y\"
extern \"C\" __global__ void f(const float *x, unsigned n) {
    float sum = 0.5f; // a + b
    if (threadIdx.x == 0 && n > 3u)
        sum += -x[n - 1] * 2;
    __syncthreads();
    for (int i = 0; i < n; i++)
        g(sum, 0xffu);
}
";

    /// The lines of the source that some edit makes.
    fn lines() -> Vec<String> {
        let line = |(index, edit): (usize, Edit)| edit.apply(SOURCE, index).to;
        edits(SOURCE).into_iter().enumerate().map(line).collect()
    }

    #[test]
    fn every_operator_number_condition_and_statement_is_mistaken_once() {
        let lines = lines();
        for expected in [
            "float sum = 0.0f; // a + b",
            "sum += -x[n - 1] * 3;",
            "float sum = 1.0f; // a + b",
            "if (threadIdx.x != 0 && n > 3u)",
            "if (threadIdx.y == 0 && n > 3u)",
            "if (threadIdx.x == 0 || n > 3u)",
            "if (threadIdx.x == 0 && n >= 3u)",
            "if (threadIdx.x == 0 && n > 4u)",
            "if (true)",
            "if (false)",
            "sum -= -x[n - 1] * 2;",
            "sum = -x[n - 1] * 2;",
            "sum += x[n - 1] * 2;",
            "sum += -x[n + 1] * 2;",
            "sum += -x[n - 1] / 2;",
            "for (int i = 1; i < n; i++)",
            "for (int i = 0; i <= n; i++)",
            ";",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected} in {lines:?}");
        }
        assert_eq!(lines.iter().filter(|line| *line == ";").count(), 3);
    }

    #[test]
    fn comments_texts_masks_pointers_and_declarations_stay() {
        for line in lines() {
            assert!(!line.contains("include"), "{line}");
            assert!(!line.contains("-y["), "only an axis is mistaken: {line}");
            assert!(!line.contains("a - b") && !line.contains("/x"), "{line}");
            assert!(!line.contains("g(") || line.contains("0xffu"), "{line}");
            assert!(line != "// a + b", "the declaration was deleted");
        }
    }
}
