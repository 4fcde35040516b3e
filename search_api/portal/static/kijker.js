// The viewer made nicer: from hit to hit and larger or smaller without loading the page again, by keys as well, and copying a
// citation. It only uses what the page says; every link works without it.
(() => {
  "use strict";
  const all = (query) => [...document.querySelectorAll(query)];
  const viewer = document.getElementById("kijker");
  const remember = (address) => history.replaceState(null, "", address);

  // copying
  for (const box of all(".copy")) {
    const field = box.querySelector("textarea");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = box.dataset.kopieer;
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    told.className = "small soft";
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = box.dataset.gekopieerd;
      } catch {
        field.focus();
        told.textContent = box.dataset.zelf;
      }
    });
    box.append(button, told);
  }
  if (!viewer) return;

  // from hit to hit
  const step = { vorige: document.querySelector("[data-stap=vorige]"), volgende: document.querySelector("[data-stap=volgende]") };
  const marked = Number(viewer.dataset.marked);
  const status = document.getElementById("stand");
  let hit = Number(viewer.dataset.treffer);

  const addressOf = (number) => {
    const address = new URL(location.href);
    if (number > 1) address.searchParams.set("treffer", number);
    else address.searchParams.delete("treffer");
    address.hash = `treffer-${number}`;
    return address.href;
  };
  const lead = (link, number, otherPage) => {
    if (!link) return;
    link.hidden = !number && !otherPage;
    link.href = number ? addressOf(number) : otherPage || "";
  };
  const leadAll = () => {
    lead(step.vorige, hit > 1 ? hit - 1 : 0, viewer.dataset.vorige);
    lead(step.volgende, hit < marked ? hit + 1 : 0, viewer.dataset.volgende);
  };
  const show = (number, focus) => {
    const mark = document.getElementById(`treffer-${number}`);
    if (!mark) return;
    hit = number;
    for (const old of all("mark.current, .marks .current")) old.classList.remove("current");
    const places = all(`.marks [data-treffer="${number}"]`);
    for (const place of [mark, ...places]) place.classList.add("current");
    remember(addressOf(number));
    leadAll();
    const first = Number(viewer.dataset.eerste);
    const [n, total] = first ? [first + number - 1, viewer.dataset.totaal] : [number, marked];
    const words = first ? status.dataset.document : status.dataset.pagina;
    const written = (value) => Number(value).toLocaleString(document.documentElement.lang);
    status.textContent = words.replace("{n}", written(n)).replace("{totaal}", written(total));
    if (focus) {
      mark.tabIndex = -1;
      mark.focus({ preventScroll: true });
    }
    bring(mark, places[0]);
  };
  // Scrolls so that text and picture are both in sight where they can be; else the text.
  const bring = (mark, place) => {
    const middle = (element) => (element.getBoundingClientRect().top + element.getBoundingClientRect().bottom) / 2;
    const text = middle(mark);
    const picture = place ? middle(place) : text;
    const goal = Math.abs(text - picture) < innerHeight * 0.8 ? (text + picture) / 2 : text;
    scrollBy({ top: goal - innerHeight / 2 });
    const frame = place && place.closest(".sheet-frame");
    if (frame) frame.scrollLeft += place.getBoundingClientRect().left - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  };
  const within = { vorige: () => hit - 1, volgende: () => hit + 1 };
  const stepTo = (way, focus) => {
    const number = within[way]();
    if (number >= 1 && number <= marked) show(number, focus);
    else if (step[way] && !step[way].hidden) location.assign(step[way].href);
  };
  for (const way of ["vorige", "volgende"]) {
    step[way]?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      stepTo(way, false);
    });
  }

  // larger and smaller
  const zooms = all("[data-zoom]");
  const frame = document.querySelector(".sheet-frame");
  const zoomTo = (link) => {
    for (const one of zooms) {
      one.removeAttribute("aria-current");
      viewer.classList.remove(`zoom-${one.dataset.zoom}`);
    }
    link.setAttribute("aria-current", "true");
    viewer.classList.add(`zoom-${link.dataset.zoom}`);
    frame.querySelector("img").sizes = link.dataset.sizes;
    const usual = link === zooms[0];
    if (usual) frame.removeAttribute("tabindex");
    else frame.tabIndex = 0;
    const zoomed = (href) => {
      const address = new URL(href, location.href);
      if (usual) address.searchParams.delete("zoom");
      else address.searchParams.set("zoom", link.dataset.zoom);
      return address.href;
    };
    remember(zoomed(location.href));
    for (const other of all(".reading a, .page-steps a")) {
      const here = other.pathname === location.pathname && other.search;
      if (here && !other.hasAttribute("data-zoom")) other.href = zoomed(other.href);
    }
    for (const name of ["vorige", "volgende"]) {
      if (viewer.dataset[name]) viewer.dataset[name] = zoomed(viewer.dataset[name]);
    }
    const form = document.querySelector(".page-steps form");
    form?.querySelector("[name=zoom]")?.remove();
    if (form && !usual) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "zoom", value: link.dataset.zoom });
      form.append(field);
    }
  };
  for (const link of zooms) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      zoomTo(link);
    });
  }
  const zoomBy = (places) => {
    const next = zooms[zooms.findIndex((link) => link.hasAttribute("aria-current")) + places];
    if (next) zoomTo(next);
  };

  // keys: not where one types, not with others held down, and to be turned off (WCAG 2.1.4)
  const follow = (query) => {
    const link = document.querySelector(query);
    if (link) location.assign(link.href);
  };
  const keys = {
    n: () => stepTo("volgende", true),
    p: () => stepTo("vorige", true),
    ArrowRight: () => follow("[data-blad=volgende]"),
    ArrowLeft: () => follow("[data-blad=vorige]"),
    "+": () => zoomBy(1),
    "-": () => zoomBy(-1),
    d: () => follow("[data-draai]"),
  };
  const note = document.getElementById("toetsen");
  const wanted = document.getElementById("toetsen-aan");
  const stored = { // a browser may refuse to keep anything
    get off() { try { return localStorage.getItem("kijker-toetsen") === "uit"; } catch { return false; } },
    set off(value) { try { localStorage.setItem("kijker-toetsen", value ? "uit" : "aan"); } catch { /* then until the next page */ } },
  };
  if (note) {
    note.hidden = false;
    wanted.checked = !stored.off;
    wanted.addEventListener("change", () => { stored.off = !wanted.checked; });
  }
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || !wanted?.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key.startsWith("Arrow") && event.target.closest(".sheet-frame[tabindex], .scroll")) return;
    event.preventDefault();
    act();
  });

  // a small picture that could not be made at once is asked for once more
  for (const picture of all(".strip img")) {
    picture.addEventListener("error", () => setTimeout(() => { picture.src = picture.src; }, 3000), { once: true });
  }
  const mark = document.getElementById(`treffer-${hit}`);
  if (mark && location.hash === `#treffer-${hit}`) bring(mark, document.querySelector(`.marks [data-treffer="${hit}"]`));
})();
