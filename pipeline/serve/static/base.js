// What every page does: tells what the server refused, keeps a form from being sent twice, and lets Escape close the notice.

const notice = document.getElementById("notice");
let hiding;

/** Words for the person at the foot of the page; screen readers say them. They go after `seconds`, 0: they stay. */
export function tell(words, { wrong = false, seconds = wrong ? 0 : 6 } = {}) {
  clearTimeout(hiding);
  notice.textContent = words;
  notice.classList.toggle("wrong", wrong);
  if (seconds) hiding = setTimeout(() => { notice.textContent = ""; }, seconds * 1000);
}

/** Asks the server as a page may: with the token, its answer as text. Throws an Error with words for the person. */
export async function ask(url, { method = "GET", body, headers = {} } = {}) {
  const token = JSON.parse(document.body.getAttribute("hx-headers"));
  let answer;
  try {
    answer = await fetch(url, { method, body, headers: { ...token, ...headers } });
  } catch {
    throw new Error(notice.dataset.noAnswer);
  }
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

document.addEventListener("htmx:responseError", (event) => tell(event.detail.xhr.responseText, { wrong: true }));
document.addEventListener("htmx:sendError", () => tell(notice.dataset.noAnswer, { wrong: true }));

// A second press of a slow button would do the work twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Who presses Escape wants the words out of the way.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && notice.textContent) tell("");
});
