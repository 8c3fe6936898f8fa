// All checks, in the order they are run on a page: those that only look come first.

import axe from "./axe.mjs";
import browser from "./browser.mjs";
import contrast from "./contrast.mjs";
import diff from "./diff.mjs";
import headers from "./headers.mjs";
import headings from "./headings.mjs";
import html from "./html.mjs";
import keyboard from "./keyboard.mjs";
import language from "./language.mjs";
import links from "./links.mjs";
import noCss from "./no-css.mjs";
import placeholders from "./placeholders.mjs";
import print from "./print.mjs";
import reflow from "./reflow.mjs";
import skipLink from "./skip-link.mjs";
import spacing from "./spacing.mjs";
import tables from "./tables.mjs";
import titles from "./titles.mjs";
import weight from "./weight.mjs";

export const CHECKS = [axe, headers, browser, weight, html, titles, language, headings, tables, links, placeholders, diff, reflow, contrast, print, keyboard, skipLink, spacing, noCss];
