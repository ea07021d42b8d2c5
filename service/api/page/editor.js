// The editor's page: reads its forms, asks the service, shows what it answers. A draft's words stay
// in the field and in the request; no store of the browser and no address ever has them.

import { Failure, failure, get, post, postForFile, postForLines, signedIn, signIn, signOut } from "./ask.js";
import { claimAnswer, coverageLine, draftAnswer, el, failed, foundQuote, tally } from "./show.js";
import { count } from "./words.js";

const MAX_CLAIM_CHARS = 2000;
const TITLES = "Mr|Mrs|Ms|Dr|Prof|Gen|Gov|Sen|Rep|Col|Capt|Lt|Sgt|St|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec";
const NEXT_SENTENCE = new RegExp(`(?<!\\b(?:${TITLES}|\\p{Lu}))[.!?][”"’)]*\\s+[“"‘(]?\\p{Lu}|\\S\\s*\\n\\s*\\S`, "gu");

const byId = (id) => document.getElementById(id);
const [checkForm, quotesForm, text, answer, status, progress, stop] =
  ["check", "quotes", "text", "answer", "status", "progress", "stop"].map(byId);
const tabs = [...document.querySelectorAll("[role=tab]")];

let asking = null; // what stops the question under way
let askedText = null; // the text that the answer is about
let asClaim = false; // whether the editor wants several sentences taken as one claim

// ---- Asking

async function ask(question) {
  asking?.abort();
  const mine = asking = new AbortController();
  answer.replaceChildren();
  status.textContent = "Looking …";
  stop.hidden = false;
  try {
    await question(mine.signal);
  } catch (error) {
    if (mine !== asking) return; // another question has begun
    status.textContent = error.name === "AbortError" ? "Stopped." : "";
    if (error.name === "AbortError") return;
    if (!(error instanceof Failure)) throw error;
    answer.append(failed(error, () => ask(question)));
    if (error.status === 401 && await wantKey(error.detail)) await ask(question);
  } finally {
    if (mine === asking) stop.hidden = progress.hidden = true;
  }
}

async function checkClaim(claim, signal) {
  const options = scope(checkForm);
  const check = await post("v1/checks", { claim, ...options }, signal);
  status.textContent = "";
  answer.replaceChildren(...claimAnswer(check, location.href));
  answer.focus({ preventScroll: true });
}

async function checkDraft(draft, signal) {
  const { shown, add, findings } = draftAnswer(draft);
  const asked = { text: draft, format: checkForm.elements.format.value || formatOf(draft), ...scope(checkForm) };
  for await (const event of postForLines("v1/drafts", asked, signal)) {
    if (event.finding) add(event.finding);
    if (event.progress) showProgress(event.progress);
    if (event.problem) throw failure(event.problem);
    if (!shown.isConnected) answer.replaceChildren(shown);
    if (event.summary) {
      answer.append(el("p.hint", {}, coverageLine(event.summary.coverage, event.summary.provenance.as_of)), saveButton(asked));
    }
  }
  status.textContent = findings.length
    ? `Done: ${tally(findings)}.`
    : "There is no sentence here that an archive could check.";
}

/** Gives the report as one file, which can be passed on where the draft may be. */
function saveButton(asked) {
  const button = el("button", { type: "button" }, "Save as a page to pass on");
  button.onclick = async () => {
    button.disabled = true;
    try {
      const file = URL.createObjectURL(await postForFile("v1/drafts", asked, "text/html"));
      el("a", { href: file, download: "checked-draft.html" }).click();
      setTimeout(() => URL.revokeObjectURL(file), 60_000);
    } catch (error) {
      button.after(failed(error));
    } finally {
      button.disabled = false;
    }
  };
  return button;
}

function showProgress({ checked, statements }) {
  progress.hidden = !statements;
  progress.max = statements || 1;
  progress.value = checked;
  const words = `Checking ${count(statements, "sentence")} …`;
  if (status.textContent !== words) status.textContent = words; // a screen reader says it once
}

async function findQuotes(parameters, signal) {
  const page = await get("v1/quotes", parameters, signal);
  const more = page.cursor && el("button", { type: "button" }, "More");
  const first = !parameters.has("cursor");
  if (first) answer.replaceChildren();
  status.textContent = first && !page.quotes.length ? "Nobody is on record with that." : "";
  answer.append(...page.quotes.map(foundQuote), ...(more ? [more] : []));
  if (!more) return;
  more.onclick = async () => {
    const next = new URLSearchParams(parameters);
    next.set("cursor", page.cursor);
    more.disabled = true;
    try {
      await findQuotes(next);
      more.remove();
    } catch (error) {
      more.disabled = false;
      more.after(failed(error));
    }
  };
}

// ---- Forms

const chosen = (form) => [...form.querySelectorAll(".outlets input:checked")].map((box) => box.value);

/** Days of a form as the service takes them: up to a day means to its end. */
function days(form) {
  const { as_of: asOf, published_after: after } = form.elements;
  return {
    ...(asOf.value && { as_of: `${asOf.value}T23:59:59Z` }),
    ...(after.value && { published_after: `${after.value}T23:59:59Z` }),
  };
}

function scope(form) {
  const include = chosen(form);
  const certainty = form.elements.min_confidence.value;
  return {
    ...days(form),
    ...(include.length && { publishers: { include } }),
    ...(certainty && { min_confidence: Number(certainty) }),
  };
}

function formatOf(words) {
  if (/^\s*<(!doctype|html|article|p|h\d|div)\b/i.test(words)) return "html";
  return /^(#{1,6} |---$|> )|\]\(https?:/m.test(words) ? "markdown" : "text";
}

const sentences = (words) => 1 + [...words.matchAll(NEXT_SENTENCE)].length;

/** Two sentences may be one claim if the editor says so; one verdict on more would hide what is wrong. */
const isDraft = (words) => words.length > MAX_CLAIM_CHARS || sentences(words) > (asClaim ? 2 : 1);

function tellKind() {
  const words = text.value.trim();
  const either = sentences(words) === 2 && words.length <= MAX_CLAIM_CHARS;
  const other = el("button.quiet", { type: "button" }, asClaim ? "Take it as a draft" : "Take it as one claim");
  other.onclick = () => { asClaim = !asClaim; tellKind(); };
  const told = isDraft(words) ? "A draft: each sentence is checked. It is not stored." : "One claim. Ctrl + Enter checks it.";
  byId("kind").replaceChildren(...(words ? [told, ...(either ? [" ", other] : [])] : []));
}

/** Marks the answer where the text is no longer the one that was asked. */
function tellStale() {
  byId("stale").hidden = askedText === null || text.value.trim() === askedText;
}

function submitCheck(event) {
  event?.preventDefault();
  const words = text.value.trim();
  if (!words) {
    text.value = ""; // blanks alone: the browser then asks for words
    checkForm.reportValidity();
    return;
  }
  askedText = words;
  tellStale();
  if (isDraft(words)) {
    checkForm.classList.add("checked");
    text.scrollTop = 0;
    remember(new URLSearchParams()); // never a draft in an address
    ask((signal) => checkDraft(text.value, signal));
  } else {
    checkForm.classList.remove("checked");
    remember(addressOf(checkForm, { claim: words }));
    ask((signal) => checkClaim(words, signal));
  }
}

function submitQuotes(event) {
  event?.preventDefault();
  askedText = null;
  tellStale();
  remember(addressOf(quotesForm, { tab: "quotes" }));
  const parameters = new URLSearchParams(days(quotesForm));
  for (const name of ["speaker", "organisation", "q"]) {
    const words = quotesForm.elements[name].value.trim();
    if (words) parameters.set(name, words);
  }
  for (const outlet of chosen(quotesForm)) parameters.append("publisher", outlet);
  parameters.set("limit", "20");
  ask((signal) => findQuotes(parameters, signal));
}

// ---- Addresses that can be shared

const SHARED = ["speaker", "organisation", "q", "as_of", "published_after", "min_confidence"];

function addressOf(form, given) {
  const parameters = new URLSearchParams(given);
  for (const name of SHARED) {
    const value = form.elements[name]?.value;
    if (value) parameters.set(name, value);
  }
  for (const outlet of chosen(form)) parameters.append("outlet", outlet);
  return parameters;
}

function remember(parameters) {
  const query = String(parameters);
  const address = location.pathname + (query && `?${query}`);
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
}

/** Fills the forms from the address, and asks what it asks. */
function open() {
  const parameters = new URLSearchParams(location.search);
  const form = parameters.get("tab") === "quotes" ? quotesForm : checkForm;
  select(byId(`tab-${form.id}`));
  form.reset();
  for (const name of SHARED) if (form.elements[name]) form.elements[name].value = parameters.get(name) ?? "";
  showOutlets(form, [...new Set([...outlets, ...parameters.getAll("outlet")])], parameters.getAll("outlet"));
  const narrowed = ["as_of", "published_after", "min_confidence", "outlet"].some((name) => parameters.has(name));
  form.querySelector("details").open = narrowed;
  if (form === checkForm) {
    text.value = parameters.get("claim") ?? "";
    asClaim = sentences(text.value) === 2;
    tellKind();
    if (isDraft(text.value.trim())) history.replaceState(null, "", location.pathname); // back leads away
    if (text.value) return submitCheck();
  } else if (SHARED.some((name) => parameters.get(name)) || narrowed) return submitQuotes();
  leaveAnswer();
}

// ---- Tabs, outlets, signing in

function select(tab) {
  for (const one of tabs) {
    const on = one === tab;
    one.setAttribute("aria-selected", String(on));
    one.tabIndex = on ? 0 : -1;
    byId(one.getAttribute("aria-controls")).hidden = !on;
  }
}

function choose(tab) {
  if (tab.getAttribute("aria-selected") === "true") return;
  leaveAnswer();
  select(tab);
}

/** Takes away the answer and the question that is under way. */
function leaveAnswer() {
  asking?.abort();
  asking = askedText = null;
  stop.hidden = progress.hidden = true;
  tellStale();
  answer.replaceChildren();
  status.textContent = "";
}

for (const tab of tabs) {
  tab.onclick = () => choose(tab);
  tab.onkeydown = ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    choose(next);
    next.focus();
  };
}

let outlets = [];

function showOutlets(form, names, checked) {
  form.querySelector(".outlets").replaceChildren(...names.map((name) =>
    el("label", {}, el("input", { type: "checkbox", value: name, checked: checked.includes(name) }), ` ${name}`)));
}

async function describeArchive() {
  byId("sign-out").hidden = !signedIn();
  try {
    const held = await get("v1/index");
    byId("archive").textContent = held.articles
      ? coverageLine(held).replace("Looked in ", "Holds ")
      : "The archive is empty: whoever runs the service adds articles with “onrecord index”.";
    outlets = (await get("v1/index/publishers")).publishers;
    for (const form of [checkForm, quotesForm]) showOutlets(form, outlets, chosen(form));
  } catch (error) {
    byId("archive").textContent = `${error.title}.`;
    if (error.status === 401) await wantKey(error.detail);
  }
}

let signingIn = null;

/** Asks for a key, once however many questions wait for it; whether one was given. */
function wantKey(why) {
  signingIn ??= askKey(why).finally(() => { signingIn = null; });
  return signingIn;
}

async function askKey(why) {
  const dialog = byId("sign-in");
  byId("sign-in-why").textContent = signedIn() ? why : "";
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  const field = dialog.querySelector("input");
  const given = dialog.returnValue === "use" && field.value.trim();
  if (given) signIn(given);
  field.value = "";
  if (given) setTimeout(describeArchive);
  return Boolean(given);
}

checkForm.onsubmit = submitCheck;
quotesForm.onsubmit = submitQuotes;
stop.onclick = () => asking?.abort();
text.oninput = () => { checkForm.classList.remove("checked"); if (!text.value.trim()) asClaim = false; tellKind(); tellStale(); };
text.onkeydown = (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) checkForm.requestSubmit();
};
byId("sign-out").onclick = () => { signOut(); location.reload(); };
window.onpopstate = open;
open();
describeArchive();
