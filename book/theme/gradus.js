"use strict";

// What scrolls must be reachable by keyboard: tables, formulas and code that are wider than the page.
document.querySelectorAll(".table-wrapper, .katex-display, pre > code").forEach((element) => {
    const update = () => {
        if (element.scrollWidth > element.clientWidth) {
            element.tabIndex = 0;
        } else {
            element.removeAttribute("tabindex");
        }
    };
    new ResizeObserver(update).observe(element);
});

// mdBook's switch of the table of contents is a label, which neither the keyboard nor a screen reader finds.
const toggle = document.getElementById("mdbook-sidebar-toggle");
toggle.setAttribute("role", "button");
toggle.tabIndex = 0;
toggle.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        toggle.click();
    }
});
