// The workbench: text and levers are two views of one thing; whatever changes it is read, checked and drawn again.

import { NotDone, get, post, stream } from "./asking.js";
import { Editor } from "./editor.js";
import { History } from "./history.js";
import { addressOf, textIn } from "./sharing.js";

const PAUSE = 250;
const KEPT = "foedus.workbench";
const by = (name) => document.getElementById(name);
const bench = document.querySelector(".bench");
const editor = new Editor(by("text"), by("gutter"));
let history = new History(editor.text);
let saved = editor.text;
let from = bench.dataset.from;
// Own ranges as an address carries them; those that are too many for one begin otherwise.
const ranges = bench.dataset.ranges ?? "";
let drawing = null;
let reading = null;
let moving = Promise.resolve();
let timer = 0;

// What changes the text

editor.area.addEventListener("input", () => {
  editor.number();
  clearTimeout(timer);
  timer = setTimeout(() => changed(editor.text, "typed in the text"), PAUSE);
});

// The picture does not wait for the text to be written: the server knows what a moved lever gives.
by("levers").addEventListener("change", ({ target }) => {
  const { path, label } = target.dataset;
  if (!path) return;
  const words = target.selectedOptions ? target.selectedOptions[0].textContent : target.value || "nothing stated";
  const lever = { path, value: target.value };
  moving = moving.then(() => move(lever, `${label}: ${words}`, target.id));
});

async function move(lever, what, focus) {
  const { text } = editor;
  by("levers").setAttribute("aria-busy", "true");
  draw(lever);
  const read = await asked("/api/draft/lever", { text, ...lever });
  if (read) accept(read, what, { focus, isDrawing: true });
  else {
    drawing?.abort();
    by("picture").setAttribute("aria-busy", "false");
    show(await asked("/api/draft/read", { text }));
  }
  by("levers").setAttribute("aria-busy", "false");
}

by("findings").addEventListener("click", async ({ target }) => {
  if (target.matches(".go")) editor.go(Number(target.dataset.line));
  if (!target.matches(".mend")) return;
  const { code, path } = target.dataset;
  target.disabled = true;
  const read = await asked("/api/draft/mend", { text: editor.text, code, path });
  target.disabled = false;
  if (read) accept(read, `mended ${code} at ${path}`);
});

by("undo").addEventListener("click", () => goTo(history.place - 1));
by("redo").addEventListener("click", () => goTo(history.place + 1));
by("history").addEventListener("click", ({ target }) => {
  if (target.dataset.place) goTo(Number(target.dataset.place));
});
by("keep").addEventListener("click", () => {
  saved = editor.text;
  settle("What follows is measured from this version.");
  draw();
});

function goTo(place) {
  editor.text = history.go(place);
  changed(editor.text, "");
}

async function changed(text, what) {
  if (what) history.add(text, what);
  reading?.abort();
  reading = new AbortController();
  const read = await asked("/api/draft/read", { text }, { signal: reading.signal });
  if (read) accept(read, "");
}

function accept(read, what, { focus, isDrawing = false } = {}) {
  if (what) history.add(read.text, what);
  editor.text = read.text;
  show(read);
  if (focus) by(focus)?.focus();
  settle(what);
  if (read.is_readable && !isDrawing) draw();
}

// What is shown of it

function show(read) {
  if (!read) return;
  const open = new Map([...by("levers").querySelectorAll("details")].map((each) => [each.dataset.group, each.open]));
  by("levers").innerHTML = read.levers_html;
  for (const each of by("levers").querySelectorAll("details")) each.open = open.get(each.dataset.group) ?? each.open;
  by("findings").innerHTML = read.findings_html;
  by("promises").innerHTML = read.promises_html;
  if (read.label) by("bench-label").textContent = read.label;
  editor.mark(read.findings);
}

function settle(said) {
  by("undo").disabled = !history.canGoBack;
  by("redo").disabled = !history.canGoForth;
  by("keep").disabled = editor.text === saved;
  by("bench-notice").hidden = true;
  if (said) by("bench-status").textContent = said;
  by("history").replaceChildren(...rows());
  keep();
}

function rows() {
  const steps = history.versions.map(({ what }, place) => {
    const row = document.createElement("li");
    const go = document.createElement("button");
    go.type = "button";
    go.className = "go";
    go.dataset.place = String(place);
    go.textContent = what || "as it was opened";
    if (place === history.place) go.setAttribute("aria-current", "step");
    row.append(go);
    return row;
  });
  return steps;
}

async function draw(lever = {}) {
  drawing?.abort();
  const mine = (drawing = new AbortController());
  by("picture").setAttribute("aria-busy", "true");
  const began = performance.now();
  try {
    for await (const each of stream("/api/draft/picture", { text: editor.text, saved, ranges, ...lever }, { signal: mine.signal })) {
      if (each.stage === "failed") {
        notice(each.error);
        break;
      }
      const folded = by("picture").querySelector("details")?.open;
      by("picture").innerHTML = each.html;
      if (folded) by("picture").querySelector("details").open = true;
      if (each.notice) notice(each.notice);
      performance.measure(`picture-${each.stage}`, { start: began });
      if (each.stage === "full") by("bench-status").textContent = summary(each.picture);
    }
  } catch (error) {
    if (mine.signal.aborted) return;
    notice(error instanceof NotDone ? `${error.failure.what}. ${error.failure.remedy}` : "The server does not answer; is it still running?");
  }
  if (!mine.signal.aborted) by("picture").setAttribute("aria-busy", "false");
}

function summary({ lines }) {
  const [war] = lines;
  return `Renewed major war ${war.said.draft}, before ${war.said.saved}.`;
}

function notice(words) {
  by("bench-notice").textContent = words;
  by("bench-notice").hidden = false;
  by("bench-status").textContent = words;
}

async function asked(address, content, options = {}) {
  try {
    return await post(address, content, options);
  } catch (error) {
    if (error.name === "AbortError") return null;
    notice(error instanceof NotDone ? `${error.failure.what}. ${error.failure.remedy}` : "The server does not answer; is it still running?");
    return null;
  }
}

// Keeping and sharing

by("save").addEventListener("click", () => {
  const name = /^id:\s*([a-z][a-z0-9_]*)/m.exec(editor.text)?.[1] ?? "arrangement";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([editor.text], { type: "application/yaml" }));
  link.download = `${name}.yaml`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

by("share").addEventListener("click", async () => {
  const isCarried = ranges.startsWith("moved:");
  const address = await addressOf(editor.text, { ranges: isCarried ? ranges : "" });
  window.history.replaceState(null, "", address);
  const isCopied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
  notice(`${isCopied ? "The address is copied" : "The address of this page now holds the text"}; whoever opens it with foedus sees this very text${isCarried ? " under these very ranges" : ""}. Nothing was sent anywhere.${ranges && !isCarried ? " The ranges are too many for an address: send their file along." : ""}`);
});

// What is kept for other pages is kept by the server, for this browser alone, until it stops.
for (const [button, page] of [["compare", "/compare?with=ukraine%2Fno_guarantee&with="], ["design", "/futures?text="], ["rehearse", "/rehearse?under="]]) {
  by(button).addEventListener("click", async () => {
    const kept = await asked("/api/draft/keep", { text: editor.text });
    if (kept) location.assign(`${page}${encodeURIComponent(kept.name)}${ranges && button !== "rehearse" ? `&ranges=${encodeURIComponent(ranges)}` : ""}`);
  });
}
by("drafts")?.addEventListener("click", async ({ target }) => {
  if (!target.matches(".forget")) return;
  if (await asked("/api/draft/forget", { name: target.dataset.name })) target.closest("li").remove();
});

by("meaning").addEventListener("click", async () => {
  const name = by("other-text").value;
  const old = name ? (await get(`/api/texts/${name}`)).text : saved;
  const told = await asked("/api/draft/meaning", { old, new: editor.text });
  if (!told) return;
  const lines = told.lines.map((line) => {
    const row = document.createElement("p");
    row.textContent = line;
    return row;
  });
  by("meaning-lines").replaceChildren(...lines);
});

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ from, saved, history }));
  } catch {
    // A full or forbidden store keeps nothing; the page works without it.
  }
}

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return found?.from === from ? found : null;
  } catch {
    return null;
  }
}

async function begin() {
  const shared = await textIn(location.hash);
  const before = shared === null ? kept() : null;
  if (shared !== null) {
    from = "";
    history = new History(shared);
    saved = shared;
    editor.text = shared;
    by("bench-about").textContent = "A text that somebody shared. Change a clause on the left or in the text; the picture on the right follows.";
  } else if (before && before.history.versions.length > 1) {
    history = History.from(before.history);
    saved = before.saved;
    editor.text = history.now;
    notice("This is where you left it. Undo leads back to the text as it was opened.");
  }
  const read = await asked("/api/draft/read", { text: editor.text });
  show(read);
  const left = by("bench-notice").hidden ? "" : by("bench-notice").textContent;
  settle("");
  if (left) notice(left);
  if (read?.is_readable) draw();
}

begin();
