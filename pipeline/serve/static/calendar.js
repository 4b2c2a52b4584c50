// The keys of the month: arrows from day to day, PageUp and PageDown to another month, Home to today.

const days = [...document.querySelectorAll(".month td[tabindex]")];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const LINKS = { PageUp: "[rel=prev]", PageDown: "[rel=next]", Home: "#now" };

function focus(day) {
  for (const other of days) other.tabIndex = other === day ? 0 : -1;
  day.focus();
}

/**
 * Another month, where the keys go on: `#keys` tells its page that they were used. Nothing there has that name, for a
 * browser that goes to an element takes the focus away.
 */
function go(link) {
  if (link) location.assign(`${link.href}#keys`);
}

if (location.hash === "#keys") days.find((day) => day.tabIndex === 0)?.focus();

document.querySelector(".month")?.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const at = days.indexOf(event.target.closest("td"));
  const link = LINKS[event.key] && document.querySelector(LINKS[event.key]);
  if (link) go(link);
  else if (event.key in STEPS && at >= 0) {
    const day = days[at + STEPS[event.key]];
    if (day) focus(day);
    else go(document.querySelector(STEPS[event.key] < 0 ? "[rel=prev]" : "[rel=next]"));
  } else if (event.key === "Enter" && event.target.matches("td")) event.target.querySelector("a")?.focus();
  else return;
  event.preventDefault();
});
