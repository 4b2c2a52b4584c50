// A file that takes its time: the page says that it is being made, and then it comes. Without this script it comes too.

import { tell, tellError } from "./base.js";
import { tokens } from "./session.js";

const SLOW = 2000; // milliseconds after which a person wonders whether the button was pressed

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-make]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  make(link, link.href);
});

// After the page's own listener, which has looked whether the token of the form still counts.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !("file" in form.dataset)) return;
  event.preventDefault();
  make(submitter, form.action, { method: "POST", body: new FormData(form) });
});

async function make(button, url, options = {}) {
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true"; // it keeps the focus
  const making = document.getElementById("making");
  let slow = false;
  const timer = setTimeout(() => { slow = true; say(making, making.dataset.making, true); }, SLOW);
  try {
    const answer = await fetch(url, { ...options, headers: tokens() }).catch(() => {
      throw new Error(document.body.dataset.noAnswer);
    });
    const kind = answer.headers.get("content-type") ?? "";
    if (answer.headers.get("content-disposition")?.startsWith("attachment")) {
      save(await answer.blob(), nameOf(answer));
      say(making, slow ? making.dataset.made : "");
    } else if (kind.startsWith("text/html")) {
      show(await answer.text());
    } else {
      throw Object.assign(new Error(await answer.text()), { ended: answer.status === 401 });
    }
  } catch (error) {
    say(making, "");
    tellError(error, { focus: true });
  } finally {
    clearTimeout(timer);
    button.ariaDisabled = null;
  }
}

function say(making, words, busy = false) {
  making.querySelector("span").textContent = words;
  making.querySelector("progress").hidden = !busy;
}

/** The name that the server gave: ``filename*=UTF-8''…``. */
function nameOf(answer) {
  const found = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition"));
  return found ? decodeURIComponent(found[1]) : "";
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may ask where to, and takes it then
}

/** What there is to say first, in place of what the page shows. */
function show(page) {
  tell("");
  const main = new DOMParser().parseFromString(page, "text/html").getElementById("main");
  document.getElementById("main").replaceChildren(...main.childNodes);
  const said = document.querySelector("#main [role=alert]");
  (said?.querySelector("a") ?? said ?? document.getElementById("main")).focus();
}
