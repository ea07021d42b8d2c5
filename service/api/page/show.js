// Makes elements of answers. Words from outside become text, never markup.

import { count, day, LOOKS, REASONS, RULES, sentence, STATUSES, VERDICTS } from "./words.js";

/** `el("p.hint", { id: "x" }, "words", node)`: an element with its class, properties and content. */
export function el(name, properties = {}, ...content) {
  const [tag, ...classes] = name.split(".");
  const element = Object.assign(document.createElement(tag), properties);
  element.classList.add(...classes);
  element.append(...content.flat().filter(Boolean));
  return element;
}

/** What went wrong. */
export function failed(failure, again) {
  const slug = failure.type?.split("/").pop();
  return el("div.card.failure", { role: "alert" },
    el("h2", {}, failure.title),
    el("p", {}, failure.detail),
    el("div.row", {},
      again && el("button", { type: "button", onclick: again }, "Try again"),
      slug && el("a", { href: `docs/problems#${slug}` }, "What this means")));
}

/** The answer to a claim. */
export function claimAnswer(check, link) {
  return [
    el(`div.verdict.${check.verdict}`, {},
      el("p.claim", {}, `“${check.claim}”`),
      el("h2", {}, chip(check.verdict, VERDICTS[check.verdict]), certainty(check.confidence)),
      el("p.sentence", {}, sentence(check)),
      check.notices.map((notice) => el("p.notice", {}, notice.text)),
      el("div.share", {}, copyButton("Copy link to this check", link))),
    side("Quotes that conflict", check.conflicting),
    side("Quotes that support", check.supporting),
    mentions(check.mentions),
    check.coverage && el("p.hint", {}, coverageLine(check.coverage, check.provenance.as_of)),
  ].flat().filter(Boolean);
}

/** What the archive holds: `15 articles from 5 outlets, 17 October 2024 to 4 September 2025`. */
export function coverageLine(coverage, asOf) {
  if (!coverage.articles) return "No article in the archive could answer.";
  const dates = coverage.oldest ? `, ${day(coverage.oldest)} to ${day(coverage.newest)}` : "";
  const until = asOf ? `, as it stood on ${day(asOf)}` : "";
  return `Looked in ${count(coverage.articles, "article")} from ${count(coverage.publishers, "outlet")}${dates}${until}.`;
}

/** One quote of `GET /v1/quotes`. */
export const foundQuote = (quote) => card(quote);

/** A draft under check: `shown` is its place on the page, `add` takes a finding in. */
export function draftAnswer(text) {
  const words = el("div.words", {}, text);
  const grave = el("ol.findings", {});
  const folds = new Map(["note", "supported", "unchecked"].map((kind) => [kind, folded(LOOKS[kind])]));
  const findings = [];
  const add = (finding) => {
    finding.name = `finding-${findings.push(finding)}`;
    const item = findingCard(finding, text);
    const fold = folds.get(look(finding));
    if (fold) fold.add(item);
    else grave.append(item);
    underline(words, text, findings);
  };
  const shown = el("div.draft", {},
    el("section", {}, el("h2", {}, "The draft"), words),
    el("section", {}, el("h2", {}, "What was found"), grave, [...folds.values()].map((fold) => fold.shown)));
  return { shown, add, findings };
}

/** How a finding is shown: by its severity, but green where the archive bears the sentence out. */
function look({ rule, severity, check }) {
  if (rule && rule !== "single-origin") return severity;
  return check.verdict === "supported" ? "supported" : "unchecked";
}

/** What was found, in one line: `3 places to look at, 7 not confirmed, 2 supported`. */
export function tally(findings) {
  const looks = findings.map(look).map((kind) => (kind in LOOKS ? kind : "grave"));
  return Object.entries(LOOKS)
    .filter(([kind]) => looks.includes(kind))
    .map(([kind, words]) => words(looks.filter((other) => other === kind).length))
    .join(", ");
}

function folded(words) {
  const summary = el("summary", {});
  const list = el("ol.findings", {});
  const shown = el("details", { hidden: true }, summary, list);
  const add = (item) => {
    list.append(item);
    summary.textContent = words(list.children.length);
    shown.hidden = false;
  };
  return { shown, add };
}

function findingCard(finding, text) {
  const { check, quotation } = finding;
  const kind = look(finding);
  const about = text.slice(...finding.utf16).replace(/\s+/g, " ");
  const quotes = quotation ? [quotation.source].filter(Boolean) : [...check.conflicting, ...check.supporting, ...check.mentions];
  const shown = cards(quotes);
  return el(`li.card.${kind}`, { id: finding.name, tabIndex: -1 },
    el("h3", {}, chip(kind, named(finding))),
    el("p", {}, finding.rule ? remark(finding) : sentence(check)),
    el("a.about", { href: `#in-${finding.name}`, onclick: (event) => jump(event, finding.name) }, about),
    finding.suggestion && el("p", {}, "The newer figure: ", el("strong", {}, finding.suggestion.text)),
    shown.length > 0 && el("details", {}, el("summary", {}, count(shown.length, "quote")), shown));
}

const named = ({ rule, check }) => (rule ? RULES[rule] : VERDICTS[check.verdict]);

/** The message without the rule's name, which stands above it. */
function remark({ rule, message }) {
  const words = message.startsWith(`${RULES[rule]}: `) ? message.slice(RULES[rule].length + 2) : message;
  return words[0].toUpperCase() + words.slice(1);
}

/**
 * The text with each finding's words as a link to it; where two overlap, the shorter is shown, and
 * no quotation mark alone is left to the longer.
 */
function underline(words, text, findings) {
  const focused = words.contains(document.activeElement) && document.activeElement.id;
  const edges = [...new Set([0, text.length, ...findings.flatMap((finding) => finding.utf16)])].sort((a, b) => a - b);
  const length = ({ utf16: [start, end] }) => end - start;
  const seen = new Set();
  words.replaceChildren(...edges.slice(1).map((end, index) => {
    const start = edges[index];
    const piece = text.slice(start, end);
    const around = findings.filter((f) => f.utf16[0] <= start && end <= f.utf16[1]).sort((a, b) => length(a) - length(b));
    const [over] = around;
    if (!over || !/[\p{L}\p{N}]/u.test(piece)) return piece;
    const link = el(`a.mark.${look(over)}`, { href: `#${over.name}`, onclick: jump }, piece);
    link.dataset.of = around.map(({ name }) => name).join(" ");
    if (seen.has(over)) return link;
    seen.add(over);
    link.id = `in-${over.name}`;
    link.append(el("span.aside", {}, ` (${named(over)})`));
    return link;
  }));
  if (focused) document.getElementById(focused)?.focus();
}

/** Goes to what a link names, or to words around which `within` is, without a change of address. */
function jump(event, within) {
  event.preventDefault();
  const target = document.querySelector(event.currentTarget.getAttribute("href")) ?? document.querySelector(`[data-of~=${within}]`);
  const fold = target.closest("details");
  if (fold) fold.open = true;
  target.focus();
  target.scrollIntoView({ block: "center" });
}

function side(title, quotes) {
  const shown = cards(quotes);
  return shown.length > 0 && el("section", {}, el("h2", {}, `${title} (${shown.length})`), shown);
}

function mentions(quotes) {
  const shown = cards(quotes);
  return shown.length > 0 && el("details", {}, el("summary", {}, `${count(shown.length, "related quote")} that decide${shown.length === 1 ? "s" : ""} nothing`), shown);
}

/** A card for each report: copies of one, and further quotes of one article, stay together. */
function cards(quotes) {
  const groups = new Map();
  for (const quote of quotes) {
    const name = quote.origin ? `${quote.stance} ${quote.origin}` : groups.size;
    groups.set(name, [...(groups.get(name) ?? []), quote]);
  }
  return [...groups.values()].map((copies) => card(...copies));
}

function card(quote, ...copies) {
  const { stance, article, line, reasons = [], status, superseded_by: newer } = quote;
  return el(`article.card.quote.${stance ?? "said"}`, {},
    el("blockquote", {}, line),
    reasons.map((reason) => el("p.reason", {}, difference(reason))),
    STATUSES[status] && el("p.reason", {}, `Told as ${STATUSES[status]}.`),
    newer && el("p.reason", {}, newer.ends ? "No longer so: " : "A newer report has another figure: ", `“${newer.quote}” (${where(newer.article)})`),
    el("p.where", {}, source(quote)),
    copies.length > 0 && el("details", {},
      el("summary", {}, `Also in ${[...new Set(copies.map((copy) => (copy.article.id === article.id ? "the same article" : copy.article.publisher || "another article")))].join(", ")}`),
      copies.map((copy) => el("p.where", {}, copy.line, el("br"), source(copy)))),
    copyButton("Copy line", `${line} (${where(article)})`));
}

function difference({ code, claim, source: found }) {
  if (code === "MEANING_DIFFERS") return REASONS[code] + ".";
  return [el("strong", {}, REASONS[code]), `: “${claim.text}” in your text, “${found.text}” in the source`];
}

function source({ article, link }) {
  const title = article.title || article.url || "the article";
  const href = link ?? article.url;
  const named = href ? el("a", { href, rel: "noreferrer", target: "_blank" }, title) : title;
  return [el("strong", {}, article.publisher || "Outlet unknown"), `, ${when(article)} · `, named];
}

const where = (article) => [article.publisher, when(article)].filter(Boolean).join(", ");
const when = (article) => (article.published_at ? `${article.published_at_guessed ? "perhaps " : ""}${day(article.published_at)}` : "undated");
const chip = (kind, words) => el(`span.chip.${kind}`, {}, words);
const certainty = (confidence) => confidence !== null && el("span.hint", {}, `${Math.round(confidence * 100)} % certain`);

function copyButton(label, text) {
  const button = el("button.quiet", { type: "button" }, label);
  button.onclick = async () => {
    button.textContent = (await copied(text)) ? "Copied" : "Could not copy";
    setTimeout(() => { button.textContent = label; }, 2000);
  };
  return button;
}

async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const field = el("textarea.aside", { value: text }); // over plain HTTP browsers give no clipboard
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
