// The two panes of a document put together: a row lights its words up, selected words light up their rows.
//
// A pointer over words of the document marks the rows that were read from them, and a click goes to the first.
//
// Tells the rest of the page by events on the panes: `panes:row` with { row } when another row is current, and
// `panes:selection` with { start, end, quote }, or null, when words of the document are selected.

import { rowsReadFrom, valuesOf } from './evidence.js';
import { onKey } from './keys.js';
import { PagePane } from './page_pane.js';
import { RowsPane } from './rows_pane.js';
import { TextPane } from './text_pane.js';

/** The panes that are shown; of several documents in one file only one is. */
let shown = null;

class Panes {
  constructor(element) {
    this.element = element;
    this.words = JSON.parse(element.dataset.words);
    this.rows = new RowsPane(element.querySelector('[data-rows]'), this.words);
    this.text = new TextPane(element.querySelector('[data-text]'));
    const pages = element.querySelector('[data-pages]');
    this.pages = pages ? new PagePane(pages) : null;
    this.document = this.pages ?? this.text;
    this.listen();
    const asked = this.rows.all.find((row) => `#${row.id}` === decodeURIComponent(location.hash));
    if (asked) this.go(asked);
  }

  listen() {
    const { list, element } = this.rows;
    element.addEventListener('mouseover', (event) => this.hover(event.target.closest('.value[data-spans]')));
    list.addEventListener('mouseleave', () => this.hover(null));
    element.addEventListener('focusin', (event) => this.focused(event.target));
    element.addEventListener('click', (event) => {
      const row = event.target.closest('[data-row]');
      if (row && !event.target.closest('button, a, input, select, textarea, summary, label')) this.pick(row, event.target.closest('.value'));
    });
    element.querySelector('[data-next-doubt]').addEventListener('click', () => this.stepDoubt(1));
    for (const button of this.element.querySelectorAll('[data-show]')) {
      button.addEventListener('click', () => this.show(button.dataset.show));
    }
    document.addEventListener('selectionchange', () => this.selected());
    const paper = this.element.querySelector('[data-document]');
    paper.addEventListener('mousemove', (event) => this.point(event));
    paper.addEventListener('mouseleave', () => this.point(null));
    paper.addEventListener('click', (event) => this.follow(event));
  }

  /** The rows that were read from the word under a pointer. */
  readFrom(event) {
    const at = event && !this.chosen ? this.document.offsetAt(event) : null;
    return at === null ? [] : rowsReadFrom(this.rows.all, at, at + 1);
  }

  point(event) {
    if (this.chosen) return;
    const rows = this.readFrom(event);
    this.document.element.classList.toggle('leads', rows.length > 0);
    this.rows.answer(rows, { show: false });
  }

  follow(event) {
    if (event.detail > 1) return; // words are being selected
    const rows = this.readFrom(event).filter((row) => !row.hidden);
    if (!rows.includes(this.rows.current)) this.go(rows[0]);
  }

  /** The value under the pointer shines while it is there; then the current one again. */
  hover(value) {
    const mine = value ?? this.now ?? null;
    if (mine === this.lit) return;
    this.lit = mine;
    const row = mine?.closest('[data-row]') ?? (mine ? null : this.rows.current);
    this.light(row, mine);
  }

  focused(target) {
    const row = target.closest('[data-row]');
    if (!row && !target.matches('.value')) return;
    this.pick(row, target.closest('.value'));
  }

  /** Makes a row current, and one of its values where one is given. */
  pick(row, value = null) {
    if (row === this.rows.current && value === this.now) return;
    this.now = value;
    this.lit = value;
    for (const other of this.element.querySelectorAll('.value.now')) other.classList.remove('now');
    value?.classList.add('now');
    if (row && row !== this.rows.current) {
      this.rows.choose(row);
      this.element.dispatchEvent(new CustomEvent('panes:row', { bubbles: true, detail: { row } }));
    }
    this.light(row, value);
  }

  /** Lights up what a row was read from, and says it in words. */
  async light(row, element = null) {
    const values = row ? valuesOf(row) : [];
    const own = element ? { field: element.dataset.field, name: element.dataset.name, spans: [] } : null;
    const found = element ? [...values, ...(row ? [] : valuesOf(element.parentElement))].find((value) => value.element === element) : null;
    const words = await this.document.light(values, found ?? null);
    if (element !== this.lit) return;
    if (found) this.rows.say(this.say('read-from', { name: found.name, words }));
    else if (own) this.rows.say(this.say('no-words', own));
    else if (row) this.rows.say(this.say('row-read-from', { number: row.dataset.number, names: [...new Set(values.map(({ name }) => name))].join(', ') }));
    else this.rows.say('');
  }

  say(key, values) {
    return this.words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  go(row) {
    if (!row) return false;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    this.pick(row);
    return true;
  }

  step(way) { return this.go(this.rows.step(this.rows.shown, way)); }

  stepDoubt(way) {
    if (!this.go(this.rows.step(this.rows.doubtful, way))) this.rows.say(this.words['no-more-doubts']);
  }

  /** The value `way` steps from the one that has the focus. */
  stepValue(way) {
    const row = this.rows.current;
    if (!row || !row.contains(document.activeElement)) return false;
    const values = [...row.querySelectorAll('.value')];
    const next = values[values.indexOf(document.activeElement) + way];
    (next ?? row).focus();
    return true;
  }

  away() {
    if (!this.rows.current && !this.lit) return false;
    document.getSelection().removeAllRanges();
    this.rows.answer([]);
    this.pick(this.rows.current, null);
    this.document.dark();
    this.rows.say('');
    return true;
  }

  /** Shows the pictures of the pages or the clean page. */
  show(which) {
    const pages = which === 'pages';
    this.document.dark();
    this.document = pages ? this.pages : this.text;
    this.pages.element.hidden = !pages;
    this.text.element.hidden = pages;
    for (const button of this.element.querySelectorAll('[data-show]')) {
      button.setAttribute('aria-pressed', String(button.dataset.show === which));
    }
    this.light(this.rows.current, this.now ?? null);
  }

  selected() {
    if (shown !== this) return;
    const found = this.document.selected();
    if (!found && !this.chosen) return;
    this.chosen = found;
    const rows = found ? rowsReadFrom(this.rows.all, found.start, found.end) : [];
    this.rows.answer(rows);
    this.rows.say(found ? this.say('selected', { rows: rows.length }) : '');
    this.element.dispatchEvent(new CustomEvent('panes:selection', { bubbles: true, detail: found }));
  }
}

const mounted = new WeakMap();

/** Wakes the panes in an element, once, and gives them the keys. */
export function mount(element) {
  if (!mounted.has(element)) mounted.set(element, new Panes(element));
  shown = mounted.get(element);
  return shown;
}

const STEPS = { j: (panes) => panes.step(1), k: (panes) => panes.step(-1), n: (panes) => panes.stepDoubt(1), p: (panes) => panes.stepDoubt(-1),
  ArrowRight: (panes) => panes.stepValue(1), ArrowLeft: (panes) => panes.stepValue(-1), Escape: (panes) => panes.away(),
  '/': (panes) => panes.rows.search.focus() };
for (const [key, command] of Object.entries(STEPS)) onKey(key, () => (shown ? command(shown) : false));

const first = document.querySelector('[data-panes]');
if (first && !first.closest('[hidden]')) mount(first);
