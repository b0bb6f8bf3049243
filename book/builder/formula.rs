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
    /// What KaTeX finds wrong with it.
    pub fn render(&self, tex: &str, display: bool) -> Result<String, String> {
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
        for tex in [r"\frac{1}", r"\nosuchcommand", "{", "a_b_c"] {
            assert!(Formulas::default().render(tex, false).is_err(), "{tex}");
        }
    }
}
