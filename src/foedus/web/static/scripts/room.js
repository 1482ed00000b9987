// The page of a seat as things happen: a clock that runs, news as they come, parts of the page written anew.
// Without it the page is the same after a reload.

import { listen } from "./listening.js";

const bar = document.getElementById("bar");
const seat = bar.dataset.seat;
const latest = document.getElementById("latest");

// The server is the only clock: each page brings the time and its rate, in between the browser counts on.
let shown = readClock();
function readClock() {
  const clock = document.getElementById("clock");
  return { start: Date.parse(clock.dataset.now), rate: Number(clock.dataset.rate), since: performance.now() };
}
// As the server writes times: Sat 25 Sep 2027, 03:40.
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: document.getElementById("clock").dataset.zone,
  weekday: "short", day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
function written(moment) {
  const part = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${months[part.month - 1]} ${part.year}, ${part.hour}:${part.minute}`;
}
setInterval(() => {
  if (!shown.rate) return;
  const now = new Date(shown.start + (performance.now() - shown.since) * shown.rate);
  const text = written(now);
  const clock = document.getElementById("clock");
  if (clock.textContent !== text) clock.textContent = text;
}, 250);

// What happens stands in the record at once; the rest of the page follows.
function note(entry) {
  const list = document.getElementById("entries");
  latest.textContent = entry.words;
  if (entry.is_message || !list || document.getElementById(`entry-${entry.number}`)) return;
  list.querySelector(".none")?.remove();
  const item = document.createElement("li");
  item.id = `entry-${entry.number}`;
  item.className = entry.is_refused ? "refused fresh" : "fresh";
  const when = document.createElement("time");
  when.textContent = entry.at;
  const words = document.createElement("span");
  words.textContent = ` ${entry.words}`;
  item.append(when, words);
  list.prepend(item);
}

let waiting = 0;
function renew() {
  clearTimeout(waiting);
  waiting = setTimeout(fetchAnew, 120 + Math.random() * 180);
}

async function fetchAnew() {
  const answer = await fetch(`/room/${seat}`, { headers: { accept: "text/html" } }).catch(() => null);
  // A server may end in the midst of its answer; the stream says when it is back.
  const page = answer?.ok ? await answer.text().catch(() => null) : null;
  if (page === null) return;
  const fresh = new DOMParser().parseFromString(page, "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (!other) { if (!isInUse(part)) part.remove(); continue; }
    if (other.innerHTML !== part.innerHTML && !isInUse(part)) replaceKeeping(part, other);
  }
  insertNew(fresh);
  shown = readClock();
}

// A part in which somebody writes is left alone.
function isInUse(part) {
  const active = document.activeElement;
  if (part.contains(active) && active.matches("input, select, textarea")) return true;
  const isWritten = [...part.querySelectorAll("input[type=text], textarea")].some((field) => field.value !== field.defaultValue);
  return isWritten || [...part.querySelectorAll("select")].some((field) => field.selectedIndex !== firstChoice(field));
}

function firstChoice(field) {
  return Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}

function replaceKeeping(part, other) {
  const open = new Set([...part.querySelectorAll("details[open] > summary")].map((each) => each.textContent));
  const focused = part.contains(document.activeElement) ? document.activeElement.textContent : null;
  part.replaceWith(document.adoptNode(other));
  for (const each of other.querySelectorAll("details > summary")) if (open.has(each.textContent)) each.parentElement.open = true;
  if (focused) [...other.querySelectorAll("button, a, summary")].find((each) => each.textContent === focused)?.focus();
}

// A new incident stands where the fresh page has it.
function insertNew(fresh) {
  for (const other of [...fresh.querySelectorAll(".main_column > [data-live]")]) {
    if (document.getElementById(other.id)) continue;
    const next = [...other.parentElement.children].slice([...other.parentElement.children].indexOf(other) + 1).find((each) => each.id && document.getElementById(each.id));
    const column = document.querySelector(".main_column");
    column.insertBefore(document.adoptNode(other), next ? document.getElementById(next.id) : null);
  }
}

listen(`/room/${seat}/events?after=${Number(bar.dataset.size) - 1}`, {
  entry: (entry) => { note(entry); renew(); },
  end: () => location.assign("/room"),
});
