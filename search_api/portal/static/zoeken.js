// Suggestions while typing, as a combobox with a list (ARIA APG). Without this script the search form works as well.
"use strict";

(() => {
  const PAUSE = 180; // milliseconds without a key before the site is asked
  const FEWEST = 2, LONGEST = 200;

  const input = document.querySelector("input[data-suggesties]");
  if (!input || !window.fetch || !window.AbortController) return;
  const form = input.form;
  const texts = JSON.parse(input.dataset.suggesties); // in the language of the page
  const prefix = form.getAttribute("action").replace(/\/$/, ""); // and so are the pages that a suggestion leads to
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [], active = -1, timer = 0, asked = null;

  list.id = `${input.id}-suggesties`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", texts.naam);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.parentElement.append(list);
  input.parentElement.after(status);

  function close() {
    window.clearTimeout(timer);
    if (asked) asked.abort();
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(index) {
    active = index;
    options.forEach((option, at) => option.element.setAttribute("aria-selected", String(at === index)));
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", options[index].element.id);
    options[index].element.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    activate(-1);
    options = found.map((one, at) => {
      const element = document.createElement("li");
      const text = document.createElement("span");
      const kind = document.createElement("span");
      element.id = `${list.id}-${at}`;
      element.setAttribute("role", "option");
      element.setAttribute("aria-selected", "false");
      text.className = "suggestion-text";
      text.textContent = one.tekst;
      kind.className = "suggestion-kind";
      kind.textContent = (texts.soorten[one.soort] || "") + (one.aantal ? ` (${one.aantal.toLocaleString(document.documentElement.lang)})` : "");
      element.append(text, " ", kind);
      element.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      element.addEventListener("click", () => choose(at));
      return { ...one, element };
    });
    list.replaceChildren(...options.map((option) => option.element));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length === 1 ? texts.een : options.length ? texts.meer.replace("%s", options.length) : "";
  }

  function choose(at) {
    const chosen = options[at];
    close();
    if (chosen.zoek !== null) {
      input.value = chosen.zoek;
      form.requestSubmit();
      return;
    }
    const url = new URL(chosen.url); // the site may be reached by another address than its own
    window.location.assign(prefix + url.pathname + url.search);
  }

  async function ask() {
    const text = input.value;
    if (asked) asked.abort();
    if (text.trim().length < FEWEST || text.length > LONGEST) {
      show([]);
      return;
    }
    const mine = (asked = new AbortController());
    try {
      const answer = await fetch(`/v1/suggesties?zoek=${encodeURIComponent(text)}`, { signal: mine.signal });
      const found = answer.ok ? (await answer.json()).suggesties : [];
      if (!mine.signal.aborted && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no suggestions is no reason to stop somebody from searching
    }
  }

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    activate(-1);
    timer = window.setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (event.key === "ArrowDown") ask();
        return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1; // one of them is the field itself
      activate(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
      activate(-1);
    }
  });
  form.addEventListener("submit", close);
})();
