// The token of the page. Another one counts once the server was started anew, or once this session has ended and the
// person has logged in again elsewhere: what is typed in the page stays, and goes on under the token that counts now.

export const STALE = "stale-page"; // what the server says of a request with a token that counts no more
export const CODE = "x-dondoc-code";

export const tokens = () => JSON.parse(document.body.getAttribute("hx-headers"));

/** Takes the token that counts now: whether a request may go on. Throws an Error with words for the person where not. */
export async function renew() {
  const { person, session, noAnswer, ended, other } = document.body.dataset;
  const answer = await fetch(session, { headers: tokens() }).catch(() => null);
  if (!answer?.ok) throw new Error(noAnswer);
  const now = await answer.json();
  if (person && !now.person) throw Object.assign(new Error(ended), { ended: true });
  if (person !== now.person) throw new Error(other); // nothing is written under another name
  const before = tokens()["X-CSRF-Token"];
  document.body.setAttribute("hx-headers", JSON.stringify({ ...tokens(), "X-CSRF-Token": now.csrf }));
  for (const field of document.querySelectorAll("input[name=csrf]")) field.value = now.csrf;
  return before !== now.csrf;
}
