// A correction that has lost its row: a person takes it up, chooses a row, or words of the document, and puts it there.

import { tell } from './base.js';
import { onKey } from './keys.js';
import { mount } from './panes.js';

const page = document.querySelector('[data-review]');
const panes = mount(page.querySelector('[data-panes]'));
const template = page.querySelector('template[data-placing]');
const { addHow, chooseRow, putNone } = page.dataset;
let taken = null; // what was taken up, as its button says it: { put: the kind, lost: its number, of: its rows, how, here }

const buttons = () => [...page.querySelectorAll('[data-put]')];
const buttonOf = ({ lost, of }) => buttons().find((one) => one.dataset.lost === lost && one.dataset.of === of);
const form = () => page.querySelector('form.placing');

/** Shows where what was taken up may be put: at the current row; words are put from where it was taken up. */
function show() {
  const button = taken && buttonOf(taken);
  for (const one of buttons()) one.setAttribute('aria-pressed', String(one === button));
  const row = panes.rows.current;
  const bar = form();
  if (bar && button && (taken.put === 'add' || row?.contains(bar))) return;
  bar?.remove();
  if (!button || (taken.put !== 'add' && !row)) return;
  const made = template.content.querySelector('form').cloneNode(true);
  const { kind, tasks, lost, of } = made.elements;
  [kind.value, tasks.value, lost.value, of.value] = [taken.put, taken.put === 'add' ? '' : row.dataset.row, taken.lost, taken.of];
  made.dataset.kind = taken.put; // of “add” a press on its button leaves the selection alone
  made.querySelector('[data-put-here]').textContent = taken.here;
  if (taken.put === 'add') button.closest('div, li').append(made);
  else row.querySelector('.row-head').after(made);
  htmx.process(made);
}

function takeUp(button) {
  taken = { ...button.dataset };
  tell(taken.how, { seconds: 10 });
  form()?.remove();
  button.closest('li').scrollIntoView({ block: 'nearest' });
  if (taken.put !== 'add') panes.go(panes.rows.current ?? panes.rows.shown[0]);
  show();
}

/** Leaves the correction where it was. */
function leave() {
  const button = buttonOf(taken);
  taken = null;
  tell('');
  show();
  button?.focus();
}

function put() {
  const bar = form();
  if (!bar) return tell(chooseRow);
  if (taken.put === 'split') return split();
  if (taken.put === 'add') {
    const chosen = panes.document.selected();
    if (!chosen) return tell(addHow, { wrong: true });
    [bar.elements.start.value, bar.elements.end.value] = [chosen.start, chosen.end];
  }
  return bar.requestSubmit();
}

/** Where to split is said in a box of the row. */
function split() {
  const { lost } = taken;
  const row = panes.rows.current;
  taken = null;
  tell('');
  show();
  return page.dispatchEvent(new CustomEvent('review:split', { detail: { row, lost } }));
}

page.addEventListener('panes:row', show);
page.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-put]');
  if (button && button.getAttribute('aria-pressed') === 'true') leave();
  else if (button) takeUp(button);
  else if (target.closest('[data-put-here]')) put();
  else if (target.closest('[data-put-away]')) leave();
});

// The list of what is lost comes anew with each answer: what was put is not in it any more.
document.body.addEventListener('review:done', () => {
  if (taken && !buttonOf(taken)) taken = null;
  show();
});
document.body.addEventListener('htmx:beforeSwap', ({ detail: { xhr, requestConfig } }) => {
  if (xhr.status !== 409 || !requestConfig.elt.matches('.placing')) return;
  taken = null; // what stands in its way is told in its place
  queueMicrotask(show);
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !taken || event.target.closest?.('form.edit')) return;
  event.preventDefault();
  leave();
}, true);
if (template) {
  onKey('g', () => {
    const first = buttons()[0];
    if (first) takeUp(first);
    else tell(putNone);
  });
  onKey('Enter', ({ target }) => {
    if (!taken || target.closest?.('button, a, summary')) return false;
    put();
    return true;
  });
}
