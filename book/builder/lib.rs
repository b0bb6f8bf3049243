//! The book's builder: mdBook in-process, with checks that mdBook does not make.
//!
//! A page is Markdown with a few directives. The builder expands them, lets mdBook render
//! the pages, and then reads the rendered pages back. Whatever is missing, stale or dead
//! on the way is a fault, and a book with a fault is not published.
//!
//! | module | what it holds |
//! |---|---|
//! | [`book`] | a whole build: pages in, a folder of HTML out, or a list of faults |
//! | [`contents`] | the table of contents, made from `book/chapters.toml` |
//! | [`page`] | one page: its headings, code blocks, formulas and directives are checked and expanded |
//! | [`parse`] | where a page has them |
//! | [`directive`] | finding `{{…}}` in a page |
//! | [`listing`] | source code, included by anchor |
//! | [`results`] | the committed results of the experiments |
//! | [`provenance`] | captions, and what made a figure or a table |
//! | [`chart`], [`axis`], [`curve`], [`pen`], [`ink`] | figures, drawn as SVG in the reader's theme |
//! | [`drawing`] | diagrams, which come as SVG |
//! | [`table`] | tables of results |
//! | [`exercise`] | the box that states an exercise |
//! | [`formula`] | TeX to HTML and MathML |
//! | [`slots`] | keeping finished HTML out of Markdown's hands |
//! | [`links`] | every link, id and loaded file of the rendered pages |
//! | [`report`] | what was checked and what was wrong |
//! | [`serve`] | the book on localhost, rebuilt when a source changes |

pub mod axis;
pub mod book;
pub mod chart;
pub mod contents;
pub mod curve;
pub mod directive;
pub mod drawing;
pub mod exercise;
pub mod formula;
pub mod ink;
pub mod links;
pub mod listing;
pub mod page;
pub mod parse;
pub mod pen;
pub mod provenance;
pub mod report;
pub mod results;
pub mod serve;
pub mod slots;
pub mod table;
