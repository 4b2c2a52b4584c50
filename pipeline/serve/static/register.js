// The ticks of the register: all at once, a stretch with Shift, and how many there are. Escape leaves an open form; a
// wide screen has room for all filters.

if (matchMedia("(min-width: 60rem)").matches) document.getElementById("more").open = true;

const bulk = document.getElementById("bulk");
const all = document.getElementById("all");
const count = document.getElementById("bulk-count");
const boxes = () => [...document.querySelectorAll("tbody input[name=ma]")];
let last = null; // the box that was ticked before

function show() {
  const chosen = boxes().filter((box) => box.checked).length;
  count.textContent = chosen ? bulk.dataset.chosen.replace("{count}", chosen) : "";
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

if (bulk) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  document.querySelector("tbody").addEventListener("click", (event) => {
    const box = event.target.closest("input[name=ma]");
    if (!box) return;
    const list = boxes();
    if (event.shiftKey && last && list.includes(last)) {
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      for (const one of list.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    show();
  });
  document.body.addEventListener("htmx:afterSettle", show);
  show();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.target.closest?.(".state-form")?.querySelector("[data-cancel]")?.click();
});

// What the server answers to a form whose row was changed meanwhile is a form too: it goes where the first one stands.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target = event.detail.requestConfig.elt.closest("td");
  event.detail.swapOverride = "innerHTML";
});
