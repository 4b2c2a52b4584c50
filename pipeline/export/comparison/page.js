// What is shown (filters), where one is (cell, step), and what the keys do.

const PAUSE = 150; // milliseconds after a key in a field before the page is drawn anew
const PAGE_ROWS = 10;

const byId = (id) => document.getElementById(id);
const filters = { query: [], communes: [], kind: -1, statuses: STATUSES.map(() => true), plain: false };
const views = FAMILIES.map(() => ({ rows: [], columns: [], findings: [], added: [] }));
let steps = []; // every finding that passes the filters, family by family and plan by plan
let here = null; // the spot that is open
let opener = null; // what had the focus before

// ── what passes the filters ──

const folded = new Map();

/** Whether the words of a task, or the values of its fields, hold every word that is looked for. */
function holds(place) {
  if (!folded.has(place)) folded.set(place, fold(DATA.tasks[place].map(text).join(' ')));
  return filters.query.every((word) => folded.get(place).includes(word));
}

function cellPasses(family, column, row) {
  const [status, links, findings] = family.columns[column].answers[row];
  return filters.statuses[status] && (filters.kind < 0 || findings.some(([kind]) => kind === filters.kind))
    && (!filters.query.length || holds(family.tasks[row]) || links.some(([place]) => holds(place)));
}

function findingPasses([kind]) {
  return filters.kind < 0 ? filters.plain || !KINDS[kind].plain : kind === filters.kind;
}

function addedPasses([kind, rows]) {
  return filters.statuses.every(Boolean) && (filters.kind < 0 || kind === filters.kind) && rows.some(holds);
}

function communePasses({ head, label }) {
  const name = fold(`${text(head)} ${text(label)}`);
  return !filters.communes.length || filters.communes.some((part) => name.includes(part));
}

/** What is shown of a family: the rows and columns that have a cell which passes, their findings, what is added. */
function view(index) {
  const family = FAMILIES[index];
  const asked = family.columns.map((_, column) => column).filter((column) => communePasses(family.columns[column]));
  const all = family.tasks.map((_, row) => row);
  const passing = new Map(asked.map((column) => [column, all.filter((row) => cellPasses(family, column, row))]));
  const rows = new Set([...passing.values()].flat());
  const narrow = filters.query.length || filters.kind >= 0 || !filters.statuses.every(Boolean);
  const findings = asked.flatMap((column) => passing.get(column).flatMap((row) => family.columns[column].answers[row][2]
    .filter(findingPasses).map((finding) => ({ family: index, column, row, finding }))));
  const added = asked.flatMap((column) => family.columns[column].added.filter(addedPasses)
    .map((finding) => ({ family: index, column, row: null, finding })));
  return {
    rows: narrow ? all.filter((row) => rows.has(row)) : all,
    columns: narrow ? asked.filter((column) => passing.get(column).length) : asked,
    cells: [...passing.values()].reduce((sum, each) => sum + each.length, 0), findings, added,
  };
}

// ── drawing ──

const place = (kind, index) => document.querySelector(`[data-${kind}="${index}"]`);

function draw() {
  FAMILIES.forEach((family, index) => {
    views[index] = view(index);
    const { rows, columns, findings, added } = views[index];
    const empty = family.tasks.length && family.columns.length ? [make('p', { className: 'notice' }, WORDS['nothing-left'])] : [];
    place('matrix', index).replaceChildren(...(rows.length && columns.length ? [matrix(family, rows, columns, cellPasses)] : empty));
    const first = place('matrix', index).querySelector('td');
    if (first) first.tabIndex = 0; // one cell is in the order of the Tab key, the arrows lead to the others
    drawFindings(place('findings', index), index, findings, open);
    drawAdded(place('added', index), added, open);
  });
  steps = views.flatMap(({ findings, added }) => [...findings, ...added]).sort(compare);
  const sum = (count) => views.reduce((total, each, index) => total + count(each, FAMILIES[index]), 0);
  byId('state').textContent = say('state', {
    tasks: sum(({ rows }) => rows.length), all_tasks: sum((_, family) => family.tasks.length),
    plans: sum(({ columns }) => columns.length), all_plans: sum((_, family) => family.columns.length),
    cells: sum(({ cells }) => cells), findings: sum(({ findings }) => findings.length), added: sum(({ added }) => added.length),
  });
  keepOpen();
}

/** The order of spots: by family, plan and task, what a plan adds behind its tasks. */
function compare(a, b) {
  return a.family - b.family || a.column - b.column || (a.row ?? Infinity) - (b.row ?? Infinity) || 0;
}

// ── opening and stepping ──

function cellAt({ family, row, column }) {
  const { rows, columns } = views[family];
  const body = place('matrix', family).querySelector('tbody');
  return body?.rows[rows.indexOf(row)]?.cells[columns.indexOf(column) + 1] ?? null;
}

/** Makes a cell the one that the Tab key finds. */
function choose(cell) {
  for (const other of cell.closest('table').querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
}

/** Which step a spot is; nothing of a cell that was opened as a whole. */
function noteOf(spot) {
  const at = steps.indexOf(spot);
  return at < 0 ? '' : say('step', { at: at + 1, all: steps.length });
}

/** Frames the cell of the spot that is open. */
function frame() {
  document.querySelectorAll('.chosen').forEach((cell) => cell.classList.remove('chosen'));
  const cell = cellAt(here);
  if (!cell) return;
  choose(cell);
  cell.classList.add('chosen');
  cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function open(spot, note = noteOf(spot)) {
  if (!here) opener = document.activeElement;
  here = spot;
  showPair(spot, note, { previous: () => step(-1), next: () => step(1), close });
  frame();
  byId('pair-head').focus({ preventScroll: true });
}

/** After the filters have changed the pair stays, at its place among the steps that there are now. */
function keepOpen() {
  if (!here) return;
  here = steps.find(({ finding }) => finding === here.finding) ?? here;
  panel.querySelector('[role=status]').textContent = noteOf(here);
  frame();
}

function close() {
  if (!here) return;
  const cell = cellAt(here);
  hidePair();
  here = null;
  (opener?.isConnected && opener !== document.body ? opener : cell)?.focus();
}

/** Opens the next finding (`way` 1) or the previous one (-1), from the cell that is open or has the focus. */
function step(way) {
  const from = here ?? spotOf(document.activeElement);
  const known = from ? steps.indexOf(from) : -1;
  let next = steps[known + way];
  if (known < 0 && from) next = way > 0 ? steps.find((spot) => compare(spot, from) > 0) : steps.findLast((spot) => compare(spot, from) < 0);
  else if (known < 0) next = way > 0 ? steps[0] : steps.at(-1);
  if (next) {
    if (here) opener = null; // who has gone on comes back to the cell where he is
    open(next);
  } else if (here) open(here, WORDS.last);
}

// ── keys ──

/** The spot of a cell of a matrix on the page, null for anything else. */
function spotOf(element) {
  const frame = element?.closest?.('td') && element.closest('[data-matrix]');
  if (!frame) return null;
  const family = Number(frame.dataset.matrix);
  const row = views[family].rows[element.parentElement.sectionRowIndex];
  return element.closest('tbody') ? { family, row, column: views[family].columns[element.cellIndex - 1], finding: null } : null;
}

const MOVES = {
  ArrowLeft: () => [0, -1], ArrowRight: () => [0, 1], ArrowUp: () => [-1, 0], ArrowDown: () => [1, 0],
  PageUp: () => [-PAGE_ROWS, 0], PageDown: () => [PAGE_ROWS, 0],
  Home: (all) => [all ? -Infinity : 0, -Infinity], End: (all) => [all ? Infinity : 0, Infinity],
};

function move(cell, [down, across]) {
  const lines = cell.closest('tbody').rows;
  const within = (value, last) => Math.min(Math.max(value, 0), last);
  const line = lines[within(cell.parentElement.sectionRowIndex + down, lines.length - 1)];
  const target = line.cells[1 + within(cell.cellIndex - 1 + across, line.cells.length - 2)];
  choose(target);
  target.focus();
}

function onKey(event) {
  const typing = event.target.closest('input, select');
  if (event.altKey || event.metaKey || (typing && !(here && event.key === 'Escape'))) return;
  const spot = spotOf(event.target);
  if (event.key === 'Escape') close();
  else if (event.key === 'n' && !event.ctrlKey) step(1);
  else if (event.key === 'p' && !event.ctrlKey) step(-1);
  else if (spot && (event.key === 'Enter' || event.key === ' ')) open(spot);
  else if (spot && MOVES[event.key]) move(event.target, MOVES[event.key](event.ctrlKey));
  else return;
  event.preventDefault();
}

// ── the filters ──

let waiting = 0;

/** Reads the filters and draws, a moment after the last key. */
function filter() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    filters.query = fold(byId('search').value).split(/\s+/).filter(Boolean);
    filters.communes = fold(byId('communes').value).split(',').map((part) => part.trim()).filter(Boolean);
    filters.kind = Number(byId('kind').value);
    filters.statuses = [...document.querySelectorAll('#statuses input')].map((box) => box.checked);
    filters.plain = byId('plain').checked;
    draw();
  }, PAUSE);
}

/** How often each kind of finding, and each coverage, is there. */
function counted() {
  const kinds = KINDS.map(() => 0);
  const statuses = STATUSES.map(() => 0);
  for (const column of FAMILIES.flatMap(({ columns }) => columns)) {
    for (const [status, , findings] of column.answers) {
      statuses[status]++;
      for (const [kind] of findings) kinds[kind]++;
    }
    kinds[DATA.added] += column.added.length;
  }
  return { kinds, statuses };
}

function makeFilters() {
  const counts = counted();
  byId('kind').append(make('option', { value: '-1' }, WORDS['any-kind']), ...KINDS.map(({ name }, kind) =>
    make('option', { value: String(kind), disabled: !counts.kinds[kind] }, `${name} (${counts.kinds[kind]})`)));
  byId('statuses').append(...STATUSES.map(({ code, mark, name }, status) => make('label', { className: `tick ${code}` },
    make('input', { type: 'checkbox', checked: true }), ` ${mark} ${name} (${counts.statuses[status]})`)));
  byId('plain-words').textContent = say('plain', { kinds: KINDS.filter(({ plain }) => plain).map(({ name }) => name).join(', ') });
  const names = new Set(FAMILIES.flatMap(({ columns }) => columns.map(({ head }) => text(head))));
  byId('names').append(...[...names].map((value) => make('option', { value })));
  byId('filters').addEventListener('input', filter);
  byId('clear').addEventListener('click', () => {
    for (const field of [byId('search'), byId('communes')]) field.value = '';
    byId('kind').value = '-1';
    for (const box of document.querySelectorAll('#statuses input')) box.checked = true;
    byId('plain').checked = false;
    filter();
  });
}

// ── on paper ──

function toPaper() {
  FAMILIES.forEach((family, index) => {
    const { rows, columns } = views[index];
    place('paper', index).replaceChildren(...(rows.length ? sheets(family, rows, columns, cellPasses) : []));
  });
}

function fromPaper() {
  FAMILIES.forEach((_, index) => place('paper', index).replaceChildren());
}

if (FAMILIES.length) {
  makeFilters();
  draw();
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', (event) => {
    const cell = event.target.closest?.('[data-matrix] tbody td');
    if (cell) open(spotOf(cell));
  });
  window.addEventListener('beforeprint', toPaper);
  window.addEventListener('afterprint', fromPaper);
}
