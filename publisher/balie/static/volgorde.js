// Puts documents in order by dragging or with the buttons, and saves the whole order at once.
"use strict";

const list = document.querySelector("[data-volgorde]");
if (list) {
  const form = document.getElementById(list.dataset.volgorde);
  const save = document.querySelector(`button[form="${form.id}"]`);
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  list.after(told);
  let dragged = null;

  const changed = (item) => {
    const rows = [...list.children];
    form.querySelectorAll('input[name="ids"]').forEach((input, at) => {
      input.value = rows[at].dataset.id;
    });
    form.dataset.changed = "yes";
    save.hidden = false;
    told.textContent = `Plaats ${rows.indexOf(item) + 1} van ${rows.length}. Nog niet bewaard.`;
  };

  for (const item of list.children) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    dragged?.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    over[event.clientY > top + height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    if (dragged) changed(dragged);
    dragged = null;
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-stap]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const other = button.dataset.stap === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (!other) return;
    other[button.dataset.stap === "1" ? "after" : "before"](item);
    button.focus();
    changed(item);
  });
}
