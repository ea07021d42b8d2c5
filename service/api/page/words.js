// What the service's codes are called in a newsroom. A test holds each table to the service's own.

export const VERDICTS = {
  supported: "Supported",
  contradicted: "Contradicted",
  disputed: "Disputed",
  insufficient: "Not decided",
  no_evidence: "Not on record",
  not_checkable: "Nothing to check",
};

export const WHYS = {
  question: "This is a question. Write it as a statement.",
  opinion: "This is an opinion, which no archive can confirm or refute.",
  prediction: "This is about the future. Check what was said about it instead.",
  command: "This is a request, not a statement.",
  fragment: "This is no whole sentence. Write who did what.",
  no_subject: "Nothing tells who or what this is about. Name them.",
};

export const REASONS = {
  NUMBER_DIFFERS: "Number differs",
  DATE_DIFFERS: "Date differs",
  ENTITY_DIFFERS: "Name differs",
  NEGATION: "One says that it is so, the other that it is not",
  SCOPE_DIFFERS: "Not about the same extent",
  ATTRIBUTION_DIFFERS: "Said by somebody else",
  MEANING_DIFFERS: "Says something else",
};

export const STATUSES = {
  asserted: "",
  alleged: "an accusation or a rumour",
  planned: "a plan",
  conditional: "only under a condition",
  denied: "a denial",
  questioned: "a question",
  past: "no longer so",
  corrected: "an error that was corrected",
};

export const RULES = {
  "claim-contradicted": "Contradicted",
  "number-differs": "Number differs",
  "date-differs": "Date differs",
  "quote-altered": "Quotation altered",
  "quote-misattributed": "Said by somebody else",
  "claim-disputed": "Disputed",
  "superseded-figure": "Figure superseded",
  "attribution-differs": "Another speaker",
  "single-origin": "Supported by one source",
  "quote-not-found": "Quotation not on record",
  "claim-insufficient": "Not decided",
  "claim-no-evidence": "Not on record",
};

/** How many places of a draft have each look; errors and warnings are `grave`. */
export const LOOKS = {
  grave: (number) => `${count(number, "place")} to look at`,
  note: (number) => `${number} not confirmed`,
  supported: (number) => `${number} supported`,
  unchecked: (number) => `${number} with nothing to check`,
};

/** One sentence about a check, for an editor. */
export function sentence({ verdict, why, origins }) {
  const { supporting, conflicting } = origins;
  switch (verdict) {
    case "supported": return `${sources(supporting)} in the archive ${says(supporting)} the same; none says otherwise.`;
    case "contradicted": return `${sources(conflicting)} in the archive ${says(conflicting)} otherwise; none says the same.`;
    case "disputed": return `Sources in the archive disagree: ${supporting} ${says(supporting)} the same, ${conflicting} ${says(conflicting)} otherwise.`;
    case "insufficient": return "The archive has related reports; none of them confirms or refutes this.";
    case "no_evidence": return "Nothing in the archive is about this.";
    default: return WHYS[why];
  }
}

/** `1 article`, `2,000 articles`. */
export const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

/** `3 February 2025`, in UTC as the archive has it; empty where there is none. */
export function day(time) {
  const style = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return time ? new Date(time).toLocaleDateString("en-GB", style) : "";
}

const sources = (number) => count(number, "independent source");
const says = (number) => (number === 1 ? "says" : "say");
