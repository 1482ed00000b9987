// Reports as they are typed, and what they carry.

import { NotDone, post } from "./asking.js";
import { Editor } from "./editor.js";

const editor = new Editor(document.getElementById("text"), document.getElementById("gutter"));
const lines = document.getElementById("lines");
const notice = document.getElementById("notice");
let timer = 0;
let asking = null;

editor.area.addEventListener("input", () => {
  editor.number();
  clearTimeout(timer);
  timer = setTimeout(determine, 350);
});

async function determine() {
  asking?.abort();
  asking = new AbortController();
  const under = document.getElementById("under").value;
  try {
    const told = await post("/api/determine", { under, reports: editor.text }, { signal: asking.signal });
    lines.textContent = told.lines.join("\n");
    editor.mark([]);
    notice.hidden = true;
  } catch (error) {
    if (error.name === "AbortError") return;
    const findings = error instanceof NotDone ? error.failure.findings ?? [] : [];
    editor.mark(findings);
    const [first] = findings;
    const remedy = error instanceof NotDone ? error.failure.remedy : "The server does not answer; is it still running?";
    notice.textContent = first ? `Line ${first.line}: ${first.message}. To mend it: ${first.mend}` : remedy;
    notice.hidden = false;
  }
}
