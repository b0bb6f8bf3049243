//! TeX to HTML and MathML, while the book is built: the page needs no script and no
//! network.

use katex::{KatexContext, Settings};

/// Renders formulas. Making one is dear, using it is cheap.
#[derive(Default)]
pub struct Formulas {
    context: KatexContext,
}

impl Formulas {
    /// Renders `tex`, on a line of its own (`display`) or in the text.
    ///
    /// # Errors
    /// What KaTeX finds wrong with it, and a root without braces.
    pub fn render(&self, tex: &str, display: bool) -> Result<String, String> {
        let open = |rest: &str| !rest.starts_with(['{', '[']);
        if tex.split(r"\sqrt").skip(1).any(open) {
            // Legal TeX, which this renderer draws as a root without an end.
            return Err(r"\sqrt wants braces: \sqrt{v}".to_string());
        }
        let settings = Settings::builder().display_mode(display).build();
        // Line breaks mean nothing in TeX, but a blank line would end the HTML block that
        // holds a caption.
        let html = katex::render_to_string(&self.context, tex, &settings)
            .map_err(|error| error.to_string())?;
        Ok(html.replace('\n', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_html_for_the_eye_and_mathml_for_the_ear() {
        let html = Formulas::default().render(r"\frac{1}{2}", true).unwrap();
        assert!(
            html.contains("katex-display")
                && html.contains("<math")
                && html.contains("<mfrac>"),
            "{html}"
        );
        let inline = Formulas::default().render("x", false).unwrap();
        assert!(!inline.contains("katex-display"), "{inline}");
    }

    #[test]
    fn bad_tex_is_an_error() {
        for tex in [r"\frac{1}", r"\nosuchcommand", "{", "a_b_c", r"\sqrt v"] {
            assert!(Formulas::default().render(tex, false).is_err(), "{tex}");
        }
    }
}
