// What people come to do, without script unless said.

import account from "./account.mjs";
import dialogue from "./dialogue.mjs";
import guide from "./guide.mjs";
import importFile from "./import.mjs";
import inbox from "./inbox.mjs";
import language from "./language.mjs";
import pagination from "./pagination.mjs";
import phone from "./phone.mjs";
import proposal from "./proposal.mjs";
import report from "./report.mjs";
import search from "./search.mjs";
import selection from "./selection.mjs";
import people from "./people.mjs";
import sideBySide from "./side-by-side.mjs";
import signIn from "./sign-in.mjs";
import stepUp from "./step-up.mjs";

export const JOURNEYS = [
  search,
  language,
  pagination,
  phone,
  sideBySide,
  ...report,
  ...selection,
  ...guide,
  ...account,
  ...signIn,
  ...inbox,
  ...importFile,
  ...people,
  ...stepUp,
  ...proposal,
  ...dialogue,
];
