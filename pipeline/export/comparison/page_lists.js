// The findings, and what the plans add, as tables. A part is shown at first: 300 plans have some ten thousands.

const PART = 200; // lines that are shown at once

function table(name, heads, lines) {
  const made = make('table', { className: 'list' }, make('caption', { className: 'unseen' }, name));
  made.append(make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))), make('tbody', {}, ...lines));
  return make('div', { className: 'frame' }, made);
}

/** Where the words of a finding stand, on both sides. */
function whereOf(family, spot) {
  const side = spot.row === null ? [] : [taskAt(family.tasks[spot.row]).where];
  const rows = spot.finding[1].map((place) => taskAt(place).where);
  return [side.join('; '), rows.join('; ')].filter(Boolean).join(' → ');
}

function findingLine(spot, open) {
  const family = FAMILIES[spot.family];
  const column = family.columns[spot.column];
  const [kind, , left, right] = spot.finding;
  const values = { kind: KINDS[kind].name, number: numberOf(spot.row), plan: text(column.label) };
  const button = make('button', { type: 'button', onclick: () => open(spot), 'aria-label': say('open-finding', values) }, WORDS.open);
  return make('tr', {},
    quote('th', { scope: 'row' }, text(column.head)), make('td', {}, KINDS[kind].name),
    quote('td', {}, make('b', {}, `${numberOf(spot.row)}. `), make('span', { className: 'task' }, taskAt(family.tasks[spot.row]).words)),
    quote('td', {}, make('span', { className: 'task' }, text(left))), quote('td', {}, make('span', { className: 'task' }, text(right))),
    make('td', { className: 'figure' }, measure(spot.finding)), make('td', {}, whereOf(family, spot)), make('td', { className: 'button' }, button));
}

function addedLine(spot, open) {
  const column = FAMILIES[spot.family].columns[spot.column];
  const tasks = spot.finding[1].map(taskAt);
  const each = (pick) => tasks.map(pick).filter(Boolean).join('; ');
  const button = make('button', { type: 'button', onclick: () => open(spot), 'aria-label': titleOf(spot) }, WORDS.open);
  const value = (field) => quote('td', {}, each((task) => task.values[FIELDS.findIndex(([name]) => name === field)]));
  return make('tr', {}, quote('th', { scope: 'row' }, text(column.head)), quote('td', {}, each((task) => task.words)),
    value('lead'), value('due'), value('product'), make('td', {}, each((task) => task.where)), make('td', { className: 'button' }, button));
}

/** A list with a button for the next part. `again` draws it anew with so many lines. */
function list(name, heads, spots, line, open, limit, again) {
  if (!spots.length) return [make('p', { className: 'notice' }, WORDS.none)];
  const made = [table(name, heads, spots.slice(0, limit).map((spot) => line(spot, open)))];
  if (spots.length > limit) {
    const count = Math.min(PART, spots.length - limit);
    made.push(make('p', { className: 'notice' }, say('shown', { shown: limit, all: spots.length })),
      make('button', { type: 'button', className: 'more', onclick: () => again(limit + PART) }, say('more', { count })));
  }
  return made;
}

/** Puts the findings of a family into their place. */
function drawFindings(place, index, spots, open, limit = PART) {
  const says = WORDS[FAMILIES[index].union ? 'union-says' : 'parent-says'];
  const heads = [WORDS.plan, WORDS.kind, WORDS.task, says, WORDS['plan-says'], WORDS.measure, WORDS.where, WORDS.open];
  place.replaceChildren(...list(WORDS.findings, heads, spots, findingLine, open, limit, (more) => drawFindings(place, index, spots, open, more)));
}

/** Puts what the plans of a family add into its place. */
function drawAdded(place, spots, open, limit = PART) {
  const heads = [WORDS.plan, WORDS.added, WORDS.lead, WORDS.due, WORDS.product, WORDS.where, WORDS.open];
  place.replaceChildren(...list(WORDS.added, heads, spots, addedLine, open, limit, (more) => drawAdded(place, spots, open, more)));
}
