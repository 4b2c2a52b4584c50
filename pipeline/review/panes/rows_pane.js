// The rows: which one is current, which pass the filters. Rows are asked of the page each time: one may be replaced by
// another while it is edited.

const PAUSE = 120; // milliseconds after a key in the search before the rows are looked through

/** The words without diacritics and capitals: “Đôn đốc” and “don doc” are one. */
const fold = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

export class RowsPane {
  constructor(element, words) {
    this.element = element;
    this.words = words;
    this.list = element.querySelector('[data-list]');
    this.search = element.querySelector('[data-search]');
    this.state = element.querySelector('[data-state]');
    this.reason = element.querySelector('[data-reason]');
    this.unit = element.querySelector('[data-unit]');
    this.due = element.querySelector('[data-due]');
    this.folded = new WeakMap();
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.filter(), PAUSE);
    };
    element.querySelector('.pane-bar').addEventListener('input', later);
    new MutationObserver(later).observe(this.list, { childList: true });
    this.filter();
  }

  get all() { return [...this.list.children]; }

  get shown() { return this.all.filter((row) => !row.hidden); }

  get current() { return this.list.querySelector('.current'); }

  get doubtful() { return this.shown.filter(isDoubtful); }

  say(words) { this.element.querySelector('[data-said]').textContent = words; }

  filter() {
    const asked = fold(this.search.value).split(/\s+/).filter(Boolean);
    const state = this.state.value;
    const reason = this.reason?.value ?? '';
    this.nameUnits();
    const unit = this.unit.value;
    const due = this.due.value;
    for (const row of this.all) {
      row.hidden = !(ofState(row, state) && (!unit || unitsOf(row).includes(unit)) && (!due || (due === 'with') === hasDue(row))
        && (!reason || row.dataset.codes.split(' ').includes(reason))
        && asked.every((word) => this.foldedOf(row).includes(word)));
    }
    const { all, shown } = this;
    this.element.querySelector('[data-count]').textContent = this.words.count.replace('{shown}', shown.length)
      .replace('{all}', all.length).replace('{doubts}', all.filter(isDoubtful).length);
    this.element.querySelector('[data-none]')?.toggleAttribute('hidden', all.length > 0);
    this.element.querySelector('[data-nothing]').hidden = shown.length > 0 || !all.length;
    const tabbed = this.current && !this.current.hidden ? this.current : shown[0];
    for (const row of this.list.querySelectorAll(':scope > [tabindex="0"]')) row.tabIndex = -1;
    if (tabbed) tabbed.tabIndex = 0;
  }

  /** The bodies that lead rows, to choose from: anew where a row has got another one. */
  nameUnits() {
    const names = [...new Set(this.all.flatMap(unitsOf))].sort((one, other) => one.localeCompare(other, 'vi'));
    const options = [...this.unit.options].slice(1);
    if (names.length === options.length && names.every((name, at) => name === options[at].value)) return;
    const chosen = this.unit.value;
    for (const option of options) option.remove();
    for (const name of names) this.unit.append(new Option(name, name));
    this.unit.value = names.includes(chosen) ? chosen : '';
  }

  foldedOf(row) {
    if (!this.folded.has(row)) this.folded.set(row, fold(row.textContent));
    return this.folded.get(row);
  }

  /** Makes a row the current one, the one that the Tab key finds. */
  choose(row) {
    for (const other of this.list.querySelectorAll(':scope > .current, :scope > [tabindex="0"]')) {
      other.classList.remove('current');
      other.removeAttribute('aria-current');
      other.tabIndex = -1;
    }
    row.classList.add('current');
    row.setAttribute('aria-current', 'true');
    row.tabIndex = 0;
  }

  /** The row `way` steps from the current one among `rows`; null where there is none. */
  step(rows, way) {
    const here = this.current;
    if (!here) return (way > 0 ? rows[0] : rows.at(-1)) ?? null;
    const side = way > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const found = rows.filter((row) => here.compareDocumentPosition(row) & side);
    return (way > 0 ? found[0] : found.at(-1)) ?? null;
  }

  /** Marks rows that answer words of the document, and brings the first into sight where it is to be shown. */
  answer(rows, { show = true } = {}) {
    for (const row of this.list.querySelectorAll('.answers')) row.classList.remove('answers');
    for (const row of rows) row.classList.add('answers');
    if (show) rows.find((row) => !row.hidden)?.scrollIntoView({ block: 'nearest' });
  }
}

const isDoubtful = (row) => row.dataset.codes !== '' && row.dataset.state !== 'rejected';

const unitsOf = (row) => row.querySelector('.field-lead dd > span')?.textContent.split('; ') ?? [];

const hasDue = (row) => Boolean(row.querySelector('.field-due dd > span, .field-due_text dd > span, .field-cadence dd > span'));

function ofState(row, state) {
  if (state === 'all') return true;
  if (state === 'waiting') return !['confirmed', 'rejected'].includes(row.dataset.state);
  return state === 'doubtful' ? isDoubtful(row) : row.dataset.state === state;
}
