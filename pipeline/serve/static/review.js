// Rà soát: what a person does to rows. Every change is one form that is sent; the answer says what has changed.

import { tell } from './base.js';
import { spansOf } from './evidence.js';
import { onKey } from './keys.js';
import { mount } from './panes.js';
import { focusFirst, isDirty } from './review-edit.js';

const page = document.querySelector('[data-review]');
const panes = mount(page.querySelector('[data-panes]'));
const { url, chooseRow, addHow, noneToConfirm } = page.dataset;
const actions = page.querySelector('template[data-actions]');
const MOST = 1000; // rows that one correction may confirm
let asking = null; // the row whose form was sent
let opening = false; // a box is on its way: what is typed meanwhile is meant for it, and is no command

const rowOf = (element) => element.closest?.('[data-row]') ?? null;
const formIn = (row) => row?.querySelector('form.edit') ?? null;
const part = (kind) => page.querySelector(`.whole [data-kind="${kind}"]`);

/** The place in a row where its boxes open. */
function slotOf(row) {
  const found = row.querySelector('[data-slot]');
  if (found) return found;
  const slot = document.createElement('div');
  slot.dataset.slot = '';
  row.append(slot);
  return slot;
}

/** Gives the current row its buttons, and no other. */
function equip(row) {
  for (const other of page.querySelectorAll('.row-actions')) if (!row.contains(other)) other.remove();
  if (!actions || row.querySelector('.row-actions')) return;
  const bar = actions.content.firstElementChild.cloneNode(true);
  bar.elements.tasks.value = row.dataset.row;
  bar.elements.undoes.value = row.dataset.seen;
  if (row.dataset.seen === '0') bar.querySelector('[value=undo]').remove();
  slotOf(row).before(bar);
  htmx.process(bar);
}

/** Opens boxes in a row; `lost` is a split without a row that this one is split in the place of. */
async function open(what, row = panes.rows.current, lost = 0) {
  if (!row) return tell(chooseRow);
  const cursor = what === 'split' ? cursorIn(row) : null;
  const slot = slotOf(row);
  row.classList.add('editing');
  opening = true;
  try {
    await htmx.ajax('GET', `${url}/o?task=${encodeURIComponent(row.dataset.row)}&o=${what}&lost=${lost}&base=${page.querySelector('#review-state [name=base]').value}`, { source: slot, target: slot, swap: 'innerHTML' });
  } finally {
    opening = false;
  }
  slot.scrollIntoView({ block: 'nearest' });
  focusFirst(slot, cursor);
  return undefined;
}

/** How far into the words of a row the cursor stands, where somebody has clicked into them. */
function cursorIn(row) {
  const { anchorNode, anchorOffset } = document.getSelection();
  const words = row.querySelector('.field-text dd > span');
  return words && anchorNode === words.firstChild ? anchorOffset : null;
}

function close(form) {
  const row = rowOf(form);
  const { value } = form.elements.seen;
  const stale = row?.dataset.stale;
  form.remove();
  row?.classList.remove('editing');
  if (stale) since(value);
  row?.focus();
}

/** Brings the page up to date from what it showed when that correction was the last. */
function since(base) {
  const reading = page.querySelector('#review-state [name=reading]').value;
  return htmx.ajax('GET', `${url}/thay-doi?base=${base}&reading=${encodeURIComponent(reading)}`, { source: page, swap: 'none' });
}

function press(kind) {
  const row = panes.rows.current;
  if (!row) return tell(chooseRow);
  equip(row);
  row.querySelector(`.row-actions [value=${kind}]`)?.click();
  return undefined;
}

/** Rows count themselves: one that was split or added shifts those behind it. */
function number() {
  panes.rows.all.forEach((row, at) => {
    const words = String(at + 1);
    if (row.dataset.number === words) return;
    row.dataset.number = words;
    row.querySelector('.row-head b').textContent = words;
  });
}

// ── what the pane and the buttons say ──

page.addEventListener('panes:row', (event) => equip(event.detail.row));
page.addEventListener('mousedown', (event) => {
  if (event.target.closest('[data-kind=add]')) event.preventDefault(); // the selection stays
});
page.addEventListener('click', (event) => {
  const { target } = event;
  const what = target.closest('[data-open]')?.dataset.open;
  if (what) open(what, rowOf(target));
  if (target.closest('[data-cancel]')) close(target.form);
  if (target.closest('[data-theirs]')) {
    const { value } = page.querySelector('#review-state [name=base]');
    target.form.remove();
    since(value);
  }
  const see = target.closest('[data-see]');
  if (see) look(see.dataset.see);
  const kind = target.closest('.whole button')?.form?.dataset.kind;
  if ((kind === 'add' && !fillAdd()) || (kind === 'confirm-shown' && !fillShown())) event.preventDefault();
});
page.addEventListener('dblclick', (event) => {
  const value = event.target.closest('[data-row] .value');
  const field = value?.dataset.field === 'due_text' ? 'due' : value?.dataset.field;
  if (actions && field) open(field, rowOf(value));
});
page.addEventListener('review:split', ({ detail: { row, lost } }) => open('split', row, lost));
page.addEventListener('review:leave', (event) => close(event.target));

/** The words of a passage that the keys have come to, under the rows: { start, end }. */
function passage() {
  const [first, ...others] = spansOf(document.activeElement.closest?.('.passages .value') ?? document.createElement('i'));
  return first ? { start: first.start, end: (others.at(-1) ?? first).end } : null;
}

function fillAdd() {
  const chosen = panes.document.selected() ?? passage(); // asked now: a quick hand is before the event that tells of a selection
  if (!chosen) tell(addHow, { wrong: true });
  part('add').elements.start.value = chosen?.start ?? '';
  part('add').elements.end.value = chosen?.end ?? '';
  return Boolean(chosen);
}

function fillShown() {
  const waiting = panes.rows.shown.filter((row) => !['confirmed', 'rejected'].includes(row.dataset.state)).slice(0, MOST);
  part('confirm-shown').elements.tasks.value = waiting.map((row) => row.dataset.row).join(' ');
  if (!waiting.length) tell(noneToConfirm);
  return waiting.length > 0;
}

/** On a phone: one of the panes, or both. */
function look(which) {
  page.dataset.seenPane = which;
  for (const button of page.querySelectorAll('[data-see]')) button.setAttribute('aria-pressed', String(button.dataset.see === which));
}

// ── answers ──

document.body.addEventListener('htmx:beforeRequest', (event) => { asking = rowOf(event.target); });

// Another row that somebody is typing into stays as it is until its box is closed.
document.body.addEventListener('htmx:oobBeforeSwap', (event) => {
  const row = event.detail.target;
  if (row === asking || !row.matches?.('[data-row]') || !isDirty(formIn(row))) return;
  event.detail.shouldSwap = false;
  row.dataset.stale = 'yes';
});

// Somebody else was first, or what was typed is no value: the answer is the box again, where it stood.
document.body.addEventListener('htmx:beforeSwap', (event) => {
  const { detail } = event;
  if (![409, 422].includes(detail.xhr.status) || !detail.xhr.getResponseHeader('content-type')?.startsWith('text/html')) return;
  const row = rowOf(detail.requestConfig.elt);
  detail.shouldSwap = true;
  detail.isError = false;
  detail.target = row ? slotOf(row) : page.querySelector('[data-answer]');
  detail.swapOverride = 'innerHTML';
  detail.target.addEventListener('htmx:afterSettle', () => focusFirst(detail.target), { once: true });
});

document.body.addEventListener('review:done', (event) => {
  const { words, row } = event.detail;
  page.querySelector('[data-answer]').replaceChildren();
  number();
  if (words) tell(words);
  const found = row ? document.getElementById(`row-${row}`) : null;
  if (!found) return;
  formIn(found)?.remove();
  found.classList.remove('editing');
  found.hidden = false;
  panes.go(found);
});

window.addEventListener('beforeunload', (event) => {
  if ([...page.querySelectorAll('form.edit')].some(isDirty)) event.preventDefault();
});

// ── keys ──

document.addEventListener('keydown', (event) => {
  if (opening && event.key !== 'Tab') event.preventDefault();
}, true);

const KEYS = { c: () => press('confirm'), x: () => press('reject'), m: () => press('merge'), e: () => open('all'), s: () => open('split'),
  l: () => open('lead'), d: () => open('due'), t: () => open('text'), u: () => part('undo').querySelector('button').click(),
  a: () => part('add').querySelector('button').click() };
if (actions) for (const [key, command] of Object.entries(KEYS)) onKey(key, () => { command(); });
onKey('?', () => {
  const keys = page.querySelector('details.keys');
  keys.open = !keys.open;
  keys.querySelector('summary').focus();
});
if (panes.rows.current) equip(panes.rows.current);
