// Chooses the zone of this machine's clock, where none was chosen yet; without it the list is the same.

const list = document.getElementById("zone");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (list.value === "UTC" && here !== "UTC" && [...list.options].some((option) => option.value === here)) {
  list.value = here;
  const told = document.getElementById("from_here");
  told.querySelector("b").textContent = here;
  told.hidden = false;
}
