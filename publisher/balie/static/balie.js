// Small kindnesses of the desk's forms; every page works without them.
"use strict";

// What is wrong comes first: to the summary, for who listens and for who looks.
document.getElementById("fouten")?.focus();

// One press sends a form once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.dataset.changed = "";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Leaving a form of `data-bewaak` that was typed in is asked about first.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-bewaak")) form.dataset.changed = "yes";
});
window.addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form.dataset.changed)) event.preventDefault();
});

// A box with `data-kies-alles="naam"` ticks all boxes of that name in its form; it is shown to who can use it.
for (const box of document.querySelectorAll("[data-kies-alles]")) box.closest("[hidden]")?.removeAttribute("hidden");
document.addEventListener("change", (event) => {
  const naam = event.target.dataset?.kiesAlles;
  if (!naam) return;
  for (const box of event.target.form.querySelectorAll(`input[type="checkbox"][name="${naam}"]`)) {
    box.checked = event.target.checked;
  }
});
