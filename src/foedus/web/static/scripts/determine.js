// Reports as they are typed, and what they carry.

import { NotDone, post } from "./asking.js";
import { Editor } from "./editor.js";

const editor = new Editor(document.getElementById("text"), document.getElementById("gutter"));
const lines = document.getElementById("lines");
const accounts = document.getElementById("accounts");
const notice = document.getElementById("notice");
let timer = 0;
let asking = null;

editor.area.addEventListener("input", () => {
  editor.number();
  clearTimeout(timer);
  timer = setTimeout(determine, 350);
});

// A report that is added stands in the text as one that was typed, after those before it.
document.getElementById("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const [about, says] = document.getElementById("says").value.split(":");
  const origin = document.getElementById("origin").value.trim();
  const grade = document.getElementById("grade").value;
  editor.text = withReport(editor.text, { about, says, grade, origin });
  editor.go(editor.text.trimEnd().split("\n").length);
  determine();
});

function withReport(text, report) {
  const indent = /^( *)- id:/m.exec(text)?.[1] ?? "  ";
  let number = 1;
  while (text.includes(`id: added_${number}\n`)) number += 1;
  const lines = [`${indent}- id: added_${number}`, ...Object.entries(report).map(([key, said]) => `${indent}  ${key}: ${said}`)];
  const begun = /^reports:/m.test(text) ? text.replace(/^reports: *\[\] *$/m, "reports:") : `${text.trimEnd()}\nreports:\n`;
  const after = /^reports:[^\n]*\n(?:[ #-][^\n]*\n|\n)*/m.exec(`${begun.trimEnd()}\n`);
  const end = after.index + after[0].trimEnd().length;
  const whole = `${begun.trimEnd()}\n`;
  return `${whole.slice(0, end)}\n${lines.join("\n")}\n${whole.slice(end).replace(/^\n/, "")}`;
}

async function determine() {
  asking?.abort();
  asking = new AbortController();
  const under = document.getElementById("under").value;
  try {
    const told = await post("/api/determine", { under, reports: editor.text }, { signal: asking.signal });
    lines.textContent = told.lines.join("\n");
    accounts.innerHTML = told.accounts_html;
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
