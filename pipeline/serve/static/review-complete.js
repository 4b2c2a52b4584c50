// Names of bodies under a box: what was begun with or without diacritics is completed. Keys as in any list box.

import { ask } from './base.js';

const PAUSE = 150; // milliseconds after a key before the names are asked for
const page = document.querySelector('[data-review]');
let waiting = 0;
let turn = 0;

const listOf = (box) => box.parentElement.querySelector('.completions');
const choiceIn = (list) => list?.querySelector('[aria-selected=true]');

function close(box) {
  listOf(box)?.remove();
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

function show(box, names) {
  close(box);
  if (!names.length) return;
  const list = document.createElement('ul');
  list.className = 'completions';
  list.id = `${box.id}-names`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', page.dataset.completions);
  names.forEach((name, at) => {
    const option = document.createElement('li');
    option.id = `${list.id}-${at}`;
    option.setAttribute('role', 'option');
    option.lang = 'vi';
    option.textContent = name;
    list.append(option);
  });
  box.after(list);
  list.scrollIntoView({ block: 'nearest' });
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', list.id);
  box.setAttribute('aria-expanded', 'true');
}

async function complete(box) {
  turn += 1;
  const mine = turn;
  if (!box.value.split(';').at(-1).trim()) return close(box);
  const answer = await ask(`${page.dataset.url}/don-vi?q=${encodeURIComponent(box.value.slice(-400))}`).catch(() => null);
  if (answer && mine === turn && document.activeElement === box) show(box, await answer.json());
  return undefined;
}

/** Puts a name in place of what was begun; what stands before the last semicolon stays. */
function take(box, name) {
  const before = box.value.includes(';') ? `${box.value.slice(0, box.value.lastIndexOf(';'))}; ` : '';
  box.value = before + name;
  close(box);
  turn += 1;
  clearTimeout(waiting);
  htmx.trigger(box, 'input');
  clearTimeout(waiting);
}

function step(box, list, way) {
  const options = [...list.children];
  const here = options.indexOf(choiceIn(list));
  const next = options[(here + way + options.length) % options.length] ?? options[0];
  choiceIn(list)?.setAttribute('aria-selected', 'false');
  next.setAttribute('aria-selected', 'true');
  next.scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', next.id);
}

document.addEventListener('input', (event) => {
  const box = event.target;
  if (!box.matches?.('[data-completes]')) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => complete(box), PAUSE);
});
document.addEventListener('keydown', (event) => {
  const box = event.target;
  const list = box.matches?.('[data-completes]') ? listOf(box) : null;
  if (!list || event.isComposing) return;
  const choice = choiceIn(list);
  if (event.key === 'ArrowDown') step(box, list, 1);
  else if (event.key === 'ArrowUp') step(box, list, choice ? -1 : 0);
  else if (event.key === 'Escape') close(box);
  else if (event.key === 'Enter' && choice) take(box, choice.textContent);
  else return;
  event.preventDefault();
}, true);
document.addEventListener('mousedown', (event) => {
  const option = event.target.closest?.('.completions li');
  if (!option) return;
  event.preventDefault();
  take(option.closest('.box').querySelector('[data-completes]'), option.textContent);
});
document.addEventListener('focusout', (event) => {
  if (event.target.matches?.('[data-completes]')) close(event.target);
});
