// What every page does: tells what the server refused, goes on where its token has changed, keeps a form from being sent
// twice, and lets Escape close the notice.

import { CODE, STALE, renew, tokens } from "./session.js";

const notice = document.getElementById("notice");
let hiding;

/** Words for the person at the foot of the page; screen readers say them. They go after `seconds`, 0: they stay. */
export function tell(words, { wrong = false, seconds = wrong ? 0 : 6 } = {}) {
  clearTimeout(hiding);
  notice.textContent = words;
  notice.classList.toggle("wrong", wrong);
  if (seconds) hiding = setTimeout(() => { notice.textContent = ""; }, seconds * 1000);
}

/** That the session has ended, with the way to the login in a window of its own: what is typed here stays. */
function tellEnded(words, { focus = false } = {}) {
  if (notice.contains(document.activeElement)) return; // said already, and a key is about to open it
  tell(words, { wrong: true });
  const link = Object.assign(document.createElement("a"), { href: notice.dataset.enter, target: "_blank", rel: "noopener" });
  link.textContent = notice.dataset.enterWords;
  notice.append(" ", link);
  if (!focus) return;
  const box = document.activeElement; // a key opens the login, and the next one is for the box again
  link.focus();
  for (const kind of ["click", "keydown"]) {
    link.addEventListener(kind, (event) => {
      if (kind === "click" || event.key === "Escape") box.focus();
    });
  }
}

/** What an error of ours says, at the foot of the page. */
export function tellError(error, how) {
  if (error.ended) tellEnded(error.message, how);
  else tell(error.message, { wrong: true });
}

/** Asks the server as a page may: with the token, its answer as text. Throws an Error with words for the person. */
export async function ask(url, { method = "GET", body, headers = {} } = {}) {
  const send = () => fetch(url, { method, body, headers: { ...tokens(), ...headers } }).catch(() => {
    throw new Error(document.body.dataset.noAnswer);
  });
  let answer = await send();
  if (answer.headers.get(CODE) === STALE && await renew()) answer = await send();
  if (!answer.ok) throw Object.assign(new Error(await answer.text()), { ended: answer.status === 401 });
  return answer;
}

document.addEventListener("htmx:responseError", async (event) => {
  const { xhr, requestConfig: { elt, verb, triggeringEvent } } = event.detail;
  const how = { focus: verb === "post" };
  try {
    if (xhr.getResponseHeader(CODE) === STALE && await renew()) elt.requestSubmit(triggeringEvent?.submitter);
    else throw Object.assign(new Error(xhr.responseText), { ended: xhr.status === 401 });
  } catch (error) {
    tellError(error, how);
  }
});
document.addEventListener("htmx:sendError", () => tell(document.body.dataset.noAnswer, { wrong: true }));

// A form that leaves the page is sent once it is known that its token counts, and only once: a second press of a slow
// button would do the work twice.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent === "checked") {
    form.dataset.sent = "file" in form.dataset ? "" : "yes"; // one that is answered with a file stays, and may be sent again
    return;
  }
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "asking";
  try {
    await renew();
    form.dataset.sent = "checked";
    form.requestSubmit(submitter);
  } catch (error) {
    delete form.dataset.sent;
    tellError(error, { focus: true });
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Who presses Escape wants the words out of the way.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && notice.textContent) tell("");
});
