// Sends chosen or dragged files in parts (tus 1.0.0): progress of each, on again where a line broke, also after a reload.
"use strict";

const form = document.querySelector("form[data-uploads]");
const drop = document.querySelector(".drop");
const input = form?.querySelector('input[type="file"]');
const PART = 8 * 1024 * 1024;
const PAUSES = [500, 2000, 5000, 15000];
const TUS = { "Tus-Resumable": "1.0.0", "X-CSRF-Token": form?.elements.csrf?.value ?? "" };

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const coded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const number = (size) => `${Math.floor(size).toLocaleString("nl-NL")}%`;

class Refused extends Error {}

// The sentence that the server gave; what may succeed later (the line, 423, 5xx) is tried again instead.
const refusal = (text) => {
  try {
    return new Refused(JSON.parse(text).detail);
  } catch {
    return new Refused("De balie gaf geen leesbaar antwoord.");
  }
};

const send = (method, path, headers, body, moved) =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries({ ...TUS, ...headers })) {
      if (value) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => moved?.(event.loaded);
    request.onerror = () => failed(new Error("line"));
    request.onload = () => {
      if (request.status < 300) done(request);
      else if (request.status === 423 || request.status === 409 || request.status >= 500) failed(new Error(request.responseText));
      else failed(refusal(request.responseText));
    };
    request.send(body ?? null);
  });

const key = (file) => `upload ${form.dataset.publicatie} ${file.name} ${file.size} ${file.lastModified}`;

async function place(file) {
  const kept = localStorage.getItem(key(file));
  if (kept) {
    try {
      await send("HEAD", kept);
      return kept;
    } catch {
      localStorage.removeItem(key(file));
    }
  }
  const about = `filename ${coded(file.name)},publicatie ${coded(form.dataset.publicatie)}`;
  const made = await send("POST", form.dataset.uploads, { "Upload-Length": String(file.size), "Upload-Metadata": about });
  const path = new URL(made.getResponseHeader("Location"), location.href).pathname;
  localStorage.setItem(key(file), path);
  return path;
}

async function stand(path) {
  const request = await send("GET", path);
  return JSON.parse(request.responseText);
}

async function upload(file, moved) {
  if (file.size === 0) throw new Refused("Het bestand is leeg.");
  if (file.size > Number(form.dataset.most)) throw new Refused("Het bestand is te groot.");
  for (let failures = 0; ; ) {
    let at = null;
    try {
      const path = await place(file);
      const told = await stand(path);
      at = told.ontvangen;
      if (told.fout || told.documentId) localStorage.removeItem(key(file));
      if (told.fout) throw new Refused(told.fout);
      if (told.documentId) return;
      const part = file.slice(at, at + PART);
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(at) };
      await send("PATCH", path, headers, part, (sent) => moved(at + sent));
      failures = 0;
      moved(at + part.size);
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (failures >= PAUSES.length) throw new Refused("De verbinding met de balie is weg. Voeg het bestand later opnieuw toe: het gaat dan verder waar het was.");
      await wait(PAUSES[failures]);
      failures += 1;
    }
  }
}

function row(list, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  name.className = "wrap-anywhere";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const told = document.createElement("span");
  told.className = "upload-state";
  told.textContent = "wacht";
  item.append(name, bar, told);
  list.append(item);
  return { item, bar, told };
}

async function all(files) {
  const list = document.createElement("ul");
  list.className = "uploads";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  form.after(status, list);
  form.hidden = true;
  const rows = files.map((file) => row(list, file));
  let added = 0;
  for (const [at, file] of files.entries()) {
    const { item, bar, told } = rows[at];
    status.textContent = `Bestand ${at + 1} van ${files.length} wordt verstuurd.`;
    try {
      await upload(file, (sent) => {
        bar.value = (100 * sent) / file.size;
        told.textContent = number(bar.value);
      });
      bar.value = 100;
      told.textContent = "toegevoegd";
      added += 1;
    } catch (error) {
      item.className = "refused";
      bar.remove();
      told.textContent = error.message;
    }
  }
  status.textContent = `${added} van ${files.length} bestanden ${added === 1 ? "is" : "zijn"} toegevoegd.`;
  const back = document.createElement("a");
  back.className = "button";
  back.href = `/publicaties/${encodeURIComponent(form.dataset.publicatie)}`;
  back.textContent = "Naar de publicatie";
  list.after(back);
  if (added === files.length) location.assign(back.href);
  else back.focus();
}

if (input) {
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    all([...input.files]);
  });
}
