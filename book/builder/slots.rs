//! Finished HTML waits in a slot while Markdown is rendered.
//!
//! Formulas and figures are HTML already when mdBook reads a page. Left in the Markdown,
//! their text would be parsed for emphasis, tables and typographic quotes, and their
//! every symbol would enter the search index. So the Markdown carries an empty element,
//! and the rendered page gets the HTML in its place.

/// The HTML that was set aside.
#[derive(Debug, Default)]
pub struct Slots {
    held: Vec<String>,
}

const OPEN: &str = "<x-slot n=\"";
const CLOSE: &str = "\"></x-slot>";

impl Slots {
    /// Sets `html` aside. What is returned stands for it, in a paragraph, a table cell or
    /// an HTML block.
    pub fn hold(&mut self, html: String) -> String {
        self.held.push(html);
        format!("{OPEN}{}{CLOSE}", self.held.len() - 1)
    }

    /// Puts everything back that stands in `page`. What was held may itself hold slots.
    pub fn fill(&self, page: &str) -> String {
        let mut filled = String::with_capacity(page.len());
        let mut rest = page;
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (number, after) =
                after.split_once(CLOSE).expect("mdBook keeps the slot's tags together");
            filled.push_str(before);
            let number: usize = number.parse().expect("only `hold` makes slots");
            filled.push_str(&self.fill(&self.held[number]));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// Escapes text for HTML, in an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_comes_back_in_its_own_place() {
        let mut slots = Slots::default();
        let a = slots.hold("<b>A</b>".into());
        let b = slots.hold(format!("[{a}]"));
        assert_eq!(slots.fill(&format!("1 {b} 2 {a} 3")), "1 [<b>A</b>] 2 <b>A</b> 3");
    }
}
