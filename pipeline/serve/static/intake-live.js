// Keeps the list as the queue is: hears of each upload, and asks for the rows that have changed, a few times a second at most.

import { ask, tell, tellError } from "./base.js";

const PAUSE = 400; // milliseconds that rows are gathered before they are asked for
const POLL = 10_000; // milliseconds between two looks where the server tells nothing by itself
const waiting = new Set();
const mine = new Set(); // sent from this page: the person wants to hear of those
let asking = false;

const list = () => document.getElementById("arrivals");
const row = (upload) => document.getElementById(`upload-${upload}`);
// What is newer than the page belongs on it, what is older and not shown stands on another one.
const newest = Math.max(0, ...[...document.querySelectorAll("[data-upload]")].map((body) => Number(body.dataset.upload)));

/** An upload of this page was taken: its row is shown. */
export function show(upload) {
  mine.add(upload);
  want(upload);
}

function want(upload) {
  waiting.add(upload);
  if (!asking) {
    asking = true;
    setTimeout(refresh, PAUSE);
  }
}

async function refresh() {
  const ids = [...waiting].slice(0, 100);
  for (const id of ids) waiting.delete(id);
  try {
    const query = new URLSearchParams(new FormData(document.getElementById("filter")));
    for (const id of ids) query.append("id", id);
    const answer = await (await ask(`/van-ban/hang-doi?${query}`)).text();
    const page = new DOMParser().parseFromString(answer, "text/html");
    for (const id of ids) put(id, page.getElementById(`upload-${id}`));
  } catch (error) {
    tellError(error);
  }
  asking = waiting.size > 0;
  if (asking) setTimeout(refresh, PAUSE);
}

/** Puts the rows of an upload where those of before are, or at the top; takes them out where they fit the filter no more. */
function put(upload, fresh) {
  const old = row(upload);
  if (fresh) say(fresh, old);
  if (old && fresh) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (focused) fresh.querySelector("a, button")?.focus();
  } else if (old) {
    old.remove();
    count(-1);
  } else if (fresh && list().dataset.after === "0") {
    list().querySelector("thead").after(fresh);
    list().querySelector(".frame").hidden = false;
    document.getElementById("nothing").hidden = true;
    count(1);
  }
}

function count(more) {
  const shown = document.getElementById("count");
  shown.textContent = Number(shown.textContent) + more;
}

function say(fresh, old) {
  const state = fresh.dataset.state;
  if (!mine.has(Number(fresh.dataset.upload)) || state === old?.dataset.state) return;
  const words = { done: list().dataset.read, failed: list().dataset.notRead }[state];
  if (words) tell(words.replace("{name}", () => fresh.dataset.name), { wrong: state === "failed" });
}

function askForOpen() {
  for (const body of document.querySelectorAll("[data-state=waiting], [data-state=reading]")) want(Number(body.dataset.upload));
}

function heard(news) {
  const body = row(news.id);
  const over = news.state === "done" || news.state === "failed";
  if (!body) {
    if (news.id > newest || !over) want(news.id);
  } else if (body.dataset.state !== news.state) {
    want(news.id);
  } else if (news.pages && news.state === "reading") {
    const bar = body.querySelector("progress"), words = body.querySelector(".pages");
    bar.max = news.pages;
    bar.value = news.pages_done;
    words.hidden = false;
    words.firstElementChild.textContent = `${news.pages_done}/${news.pages}`;
  }
}

const source = new EventSource("/su-kien");
source.addEventListener("upload", (event) => heard(JSON.parse(event.data)));
source.addEventListener("error", () => {
  // Too many listen, or the login is over: the browser does not come back by itself.
  if (source.readyState === EventSource.CLOSED) setInterval(askForOpen, POLL);
});
window.addEventListener("pagehide", () => source.close());
