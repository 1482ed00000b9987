// A long job: its progress with the time left; the page is loaded again when it is done.

import { listen } from "./listening.js";

const place = document.querySelector("[data-job]");
const bar = place.querySelector("progress");
const words = place.querySelector("[role=status]");
let told = 0;

function show(job) {
  bar.max = job.total || 1;
  bar.value = job.done;
  // Said aloud now and then, not at every step.
  if (performance.now() - told < 1000) return;
  told = performance.now();
  const left = job.seconds_left === null ? "" : `, about ${inWords(job.seconds_left)} left`;
  const what = job.doing ? `${job.doing}: ` : "";
  words.textContent = job.total ? `${what}${job.done} of ${job.total} done${left}` : `${job.doing || "starting"}`;
}

function inWords(seconds) {
  if (seconds < 1.5) return "a second";
  return seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
}

listen(`/jobs/${place.dataset.job}/events`, {
  progress: show,
  done: () => location.reload(),
  failed: () => location.reload(),
  cancelled: () => location.reload(),
});
