// What people come to do, without script unless said.

import guide from "./guide.mjs";
import language from "./language.mjs";
import pagination from "./pagination.mjs";
import phone from "./phone.mjs";
import report from "./report.mjs";
import search from "./search.mjs";
import selection from "./selection.mjs";
import sideBySide from "./side-by-side.mjs";
import signIn from "./sign-in.mjs";

export const JOURNEYS = [search, language, pagination, phone, sideBySide, ...report, ...selection, ...guide, ...signIn];
