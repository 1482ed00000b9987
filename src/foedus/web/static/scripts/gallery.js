// The gallery: what the checks make of each arrangement arrives once all of the library is checked.

import { get } from "./asking.js";

const waiting = document.querySelectorAll("[data-checked]");
if (document.querySelector(".waiting")) {
  get("/gallery/checked").then((checked) => {
    for (const place of waiting) place.innerHTML = checked[place.dataset.checked] ?? place.innerHTML;
  }, () => {});
}
