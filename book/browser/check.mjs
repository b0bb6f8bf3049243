// Looks at every page of the built book in a real browser, light and dark, on a phone and on a desk:
//
//     npm ci && node check.mjs ../../target/book-html [--shots FOLDER] [--all-themes]
//
// A fault is: a request that leaves the book or fails, an error on the console, a page wider than its window,
// or a serious violation of accessibility (contrast among them). The browser is $CHROMIUM or /usr/bin/chromium.

import axe from "axe-core";
import { createReadStream, mkdirSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";

// What a reader gets who chooses nothing, in the light and in the dark; and the others.
const THEMES = ["light", "navy"];
const ALL_THEMES = [...THEMES, "rust", "coal", "ayu"];
// The height of a picture.
const PART = 8000;
const WIDTHS = [360, 1280];
const TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
};

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { shots: { type: "string" }, "all-themes": { type: "boolean" } },
});
if (positionals.length !== 1) {
    console.error("usage: node check.mjs BOOK-FOLDER [--shots FOLDER] [--all-themes]");
    process.exit(2);
}
const site = resolve(positionals[0]);
const shots = values.shots;
const themes = values["all-themes"] ? ALL_THEMES : THEMES;
const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html") && name !== "toc.html");
if (pages.length === 0) {
    console.error(`no pages in ${site}: run \`cargo book build\` first`);
    process.exit(2);
}
if (shots) {
    mkdirSync(shots, { recursive: true });
}

const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(site, path.endsWith(sep) ? join(path, "index.html") : path);
    if (!file.startsWith(site + sep) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
        response.writeHead(404).end();
        return;
    }
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
});

/** Everything that is wrong with one page in one theme at one width. */
async function look(name, theme, width) {
    const faults = [];
    const page = await browser.newPage();
    page.on("request", (request) => {
        if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
            faults.push(`asks for ${request.url()}`);
        }
    });
    page.on("response", (response) => {
        if (response.status() >= 400) {
            faults.push(`${response.status()} for ${response.url()}`);
        }
    });
    page.on("requestfailed", (request) => faults.push(`no answer from ${request.url()}`));
    page.on("console", (message) => {
        if (["error", "warn"].includes(message.type())) {
            faults.push(`console: ${message.text()}`);
        }
    });
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    await page.evaluateOnNewDocument((theme) => localStorage.setItem("mdbook-theme", theme), theme);
    await page.setViewport({ width, height: 900 });
    await page.goto(`${origin}/${name}`, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    // Folded answers are read too.
    await page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));

    const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        const scrolls = (element) => {
            for (let e = element.parentElement; e && e.id !== "mdbook-content"; e = e.parentElement) {
                if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(e).overflowX)) {
                    return true;
                }
            }
            return false;
        };
        const over = [...document.querySelectorAll("main *")].filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && box.right > room + 1 && !scrolls(element);
        });
        const content = document.getElementById("mdbook-content");
        const names = over.slice(0, 3).map((e) => `<${e.localName} class="${e.getAttribute("class") ?? ""}">`);
        if (document.documentElement.scrollWidth > room || (content && content.scrollWidth > content.clientWidth)) {
            names.push("the page itself");
        }
        return names;
    });
    faults.push(...wide.map((element) => `wider than the window: ${element}`));

    await page.evaluate(axe.source);
    const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of result.violations.filter((one) => ["serious", "critical"].includes(one.impact))) {
        const node = violation.nodes[0];
        const summary = node.failureSummary.replace(/\s+/g, " ");
        faults.push(`${violation.id} (${violation.nodes.length}): ${node.target.join(" ")}: ${summary}`);
    }
    if (shots) {
        const stem = `${name.replaceAll(sep, "-").replace(".html", "")}-${theme}-${width}`;
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        // A browser draws no more than about 16,000 pixels at once: one picture for each part.
        for (let top = 0, part = 1; top < height; top += PART, part++) {
            await page.setViewport({ width, height: Math.min(PART, height - top) });
            await page.evaluate((top) => window.scrollTo(0, top), top);
            await page.screenshot({ path: join(shots, `${stem}-${part}.png`) });
        }
    }
    await page.close();
    return faults;
}

let failed = 0;
let passed = 0;
for (const name of pages) {
    for (const theme of themes) {
        for (const width of WIDTHS) {
            const faults = await look(name, theme, width);
            faults.forEach((fault) => console.error(`${name} ${theme} ${width}: ${fault}`));
            faults.length > 0 ? failed++ : passed++;
        }
    }
}
await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
