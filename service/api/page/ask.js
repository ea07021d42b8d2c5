// Asks the service. Addresses are relative, so that the page also works behind a proxy's prefix.

const KEY = "onrecord-key"; // in this tab alone, and gone with it

export const signedIn = () => sessionStorage.getItem(KEY) !== null;
export const signIn = (key) => sessionStorage.setItem(KEY, key.trim());
export const signOut = () => sessionStorage.removeItem(KEY);

/** What went wrong, in words: `title`, `detail`, and the `status`, 0 where nothing answered. */
export class Failure extends Error {
  constructor(status, title, detail, type = "") {
    super(detail);
    Object.assign(this, { status, title, detail, type });
  }
}

/** The JSON at a path. Throws Failure, and AbortError where `signal` was used. */
export async function get(path, parameters = new URLSearchParams(), signal) {
  const query = String(parameters);
  return (await ask(query ? `${path}?${query}` : path, { signal })).json();
}

/** The answer to a body of JSON. Throws as `get` does. */
export async function post(path, body, signal) {
  return (await send(path, body, "application/json", signal)).json();
}

/** Each line of the answer to a body of JSON, as it comes. Throws as `get` does. */
export async function* postForLines(path, body, signal) {
  const response = await send(path, body, "application/x-ndjson", signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read().catch((error) => { throw unreachable(error); });
    const lines = (held + (value ?? "")).split("\n");
    held = lines.pop();
    for (const line of lines) if (line) yield JSON.parse(line);
    if (done) return;
  }
}

function send(path, body, accept, signal) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

async function ask(path, { headers = {}, ...options }) {
  const key = sessionStorage.getItem(KEY);
  const all = key ? { ...headers, Authorization: `Bearer ${key}` } : headers;
  const response = await fetch(path, { ...options, headers: all, cache: "no-store" })
    .catch((error) => { throw unreachable(error); });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw failure({ status: response.status, ...problem }, response.headers.get("Retry-After"));
}

/** A problem of the service (RFC 9457) as a Failure. */
export function failure(problem, retryAfter = null) {
  const fields = (problem.errors ?? []).map((error) => `${error.pointer.slice(1)}: ${error.detail}`);
  const wait = retryAfter ? `Try again in ${retryAfter} s.` : "";
  const detail = [problem.detail, ...fields, wait].filter(Boolean).join(" ");
  return new Failure(problem.status, problem.title ?? "The service failed", detail, problem.type);
}

function unreachable(error) {
  if (error.name === "AbortError") return error;
  return new Failure(0, "The service does not answer", "Is it running, and are you online? What you wrote is still here: try again.");
}
