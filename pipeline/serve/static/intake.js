// Sends files one by one, with progress: chosen, or dropped with the folders that hold them.

import { tell } from "./base.js";
import { CODE, STALE, renew, tokens } from "./session.js";
import { show } from "./intake-live.js";

const form = document.getElementById("send");
if (form) begin();

function begin() {
  const folder = document.getElementById("folder");
  folder.parentElement.hidden = false; // without this script the server would be sent nothing of it
  form.querySelector("button").hidden = true; // what is chosen is sent at once
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take([...document.getElementById("files").files]);
  });
  for (const input of [folder, document.getElementById("files")]) {
    input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  }
  for (const name of ["dragenter", "dragover"]) form.addEventListener(name, hover);
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    take(await dropped(event.dataTransfer));
  });
  window.addEventListener("beforeunload", (event) => { if (queue.length || sending) event.preventDefault(); });
}

function hover(event) {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.add("over");
}

/** The files of what was dropped, those in folders with them. Entries are gone once the event is over. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((done, failed) => entry.file(done, failed)));
    return;
  }
  const reader = entry.createReader();
  for (;;) { // a browser gives a hundred at a time
    const part = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!part.length) return;
    for (const one of part) await walk(one, found);
  }
}

// ── what is sent ──

const queue = [];
let sending = false, done = 0, all = 0;

function take(files) {
  const kinds = form.dataset.kinds.split(" ");
  const documents = files.filter((file) => kinds.includes(ending(file)) && !/^(\.|~\$)/.test(file.name) || files.length === 1);
  const others = files.filter((file) => !documents.includes(file));
  if (others.length) {
    const names = others.slice(0, 5).map((file) => file.name).join(", ") + (others.length > 5 ? ", …" : "");
    note(null, filled(form.dataset.passedOver, { count: others.length, names }));
  }
  queue.push(...documents);
  all += documents.length;
  if (!sending && queue.length) send();
}

function ending(file) {
  return file.name.includes(".") ? file.name.slice(file.name.lastIndexOf(".")).toLowerCase() : "";
}

async function send() {
  sending = true;
  const going = document.getElementById("going"), bar = going.querySelector("progress"), words = going.querySelector("p");
  going.hidden = false;
  while (queue.length) {
    const file = queue.shift();
    words.textContent = `${filled(form.dataset.soFar, { done, all })} – ${file.name}`;
    await one(file, (share) => { bar.value = (done + share) / all; });
    done += 1;
    bar.value = done / all;
  }
  words.textContent = filled(form.dataset.sentAll, { all });
  sending = false;
  done = all = 0;
}

async function one(file, progress) {
  if (file.size > form.dataset.most * 2 ** 20) {
    note(file.name, filled(form.dataset.tooLarge, { most: form.dataset.most }), form.dataset.refused);
    return;
  }
  let outcome;
  try {
    [outcome] = await post(file, progress);
  } catch (error) {
    note(file.name, error.message, form.dataset.refused);
    return;
  }
  if (outcome.message) note(outcome.name, outcome.message, form.dataset.refused);
  else if (outcome.upload) show(outcome.upload);
  else note(outcome.name, "", form.dataset.known, outcome.documents);
}

/** XMLHttpRequest and not fetch: it alone tells how much has been sent. */
function post(file, progress) {
  const body = new FormData();
  body.append("files", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  for (const [name, value] of Object.entries({ ...tokens(), Accept: "application/json" })) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", (event) => progress(event.loaded / (event.total || 1)));
  return new Promise((taken, refused) => {
    request.addEventListener("load", async () => {
      try {
        if (request.status === 200) taken(JSON.parse(request.responseText));
        else if (request.getResponseHeader(CODE) === STALE && await renew()) taken(post(file, progress));
        else throw new Error(request.responseText);
      } catch (error) {
        refused(error);
      }
    });
    request.addEventListener("error", () => refused(new Error(document.body.dataset.noAnswer)));
    request.send(body);
  });
}

/** A line of what became of a file: its name, a word that sums it up, the reason, links to its documents. */
function note(name, words, said, documents = []) {
  const line = document.createElement("li");
  if (name) line.append(Object.assign(document.createElement("b"), { textContent: name }), ": ");
  if (said) {
    const mark = document.createElement("span");
    mark.className = `said ${documents.length ? "good" : "wrong"}`;
    mark.textContent = said;
    line.append(mark, " ");
  }
  line.append(words);
  for (const document_ of documents) {
    const link = Object.assign(document.createElement("a"), { textContent: form.dataset.open });
    link.href = `/van-ban/${encodeURIComponent(document_)}`;
    line.append(" ", link);
  }
  document.getElementById("outcome").prepend(line);
  if (said && !documents.length) tell(`${name}: ${words}`, { wrong: true });
}

function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}
