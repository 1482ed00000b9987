// Asking the server: JSON there and back, with the page's token; a refusal becomes an error that says how to go on.

const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Something the server did not do; `failure` has its status, what is wrong, the remedy and findings. */
export class NotDone extends Error {
  constructor(failure) {
    super(failure.what);
    this.failure = failure;
  }
}

/** Return the JSON at an address. */
export async function get(address, { signal } = {}) {
  return answered(await fetch(address, { headers: { accept: "application/json" }, signal }));
}

/** Send JSON to an address and return what it answers. */
export async function post(address, content, { signal } = {}) {
  const headers = { accept: "application/json", "content-type": "application/json", "x-csrf-token": token };
  return answered(await fetch(address, { method: "POST", headers, body: JSON.stringify(content), signal }));
}

async function answered(response) {
  const content = await response.json().catch(() => null);
  if (!response.ok) throw new NotDone(content?.error ?? { status: response.status, what: "The server did not answer", remedy: "Reload the page.", findings: [] });
  return content;
}

/** Send JSON to an address and yield each line of JSON of the answer as it comes. */
export async function* stream(address, content, { signal } = {}) {
  const headers = { accept: "application/x-ndjson", "content-type": "application/json", "x-csrf-token": token };
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(content), signal });
  if (!response.ok) await answered(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}
