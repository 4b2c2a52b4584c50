// A cell opened: the task and the rows that answer to it side by side, and their fields with the findings on each.

const panel = document.getElementById('pair');

/** A text with where it stands; `nodes` are its words, marked. */
function passage(title, where, nodes) {
  return make('article', {}, make('h4', {}, title), make('p', { className: 'where' }, where), quote('p', { className: 'text' }, ...nodes));
}

function textsOf(family, column, task, home, rows) {
  const found = differences(task ? task.words : '', rows.map((row) => row.words));
  const left = task ? passage(home, task.where, found.left) : make('p', { className: 'notice' }, WORDS['no-parent-task']);
  const right = rows.map((row, i) => {
    const alike = row.score === null ? '' : ` (${say('alike', { share: `${row.score}%` })})`;
    return passage(`${text(column.source)}${alike}`, row.where, task ? found.right[i] : [row.words]);
  });
  if (!rows.length) right.push(make('p', { className: 'notice' }, WORDS['no-row']));
  return make('div', { className: 'sides' }, make('div', {}, left), make('div', {}, ...right));
}

function legend() {
  const line = make('p', { className: 'where' }, make('mark', { className: 'only-left' }, WORDS['only-left']), ' · ');
  line.append(make('mark', { className: 'only-right' }, WORDS['only-right']));
  return line;
}

/** What a finding says of both sides: “Hạn muộn hơn (+15 ngày): “trước 15/6” → “trước 30/6””. */
function sentence(finding) {
  const line = make('span', {}, named(finding));
  if (finding[2] || finding[3]) {
    const [left, right] = [finding[2], finding[3]].map((place) => (place ? `“${text(place)}”` : WORDS['not-said']));
    line.append(': ', quote('span', {}, `${left} → ${right}`));
  }
  return line;
}

function fieldsOf(task, rows, findings) {
  const heads = [WORDS.field, ...(task ? [WORDS[task.side]] : []),
    ...rows.map((_, i) => (rows.length > 1 ? say('row', { number: i + 1 }) : WORDS.plan)), WORDS.findings];
  const table = make('table', { className: 'fields' });
  table.append(make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))));
  const lines = FIELDS.map(([field, kinds], i) => {
    const sides = [...(task ? [task] : []), ...rows].map(({ values }) => values[i]);
    const said = kinds ? findings.filter((finding) => KINDS[finding[0]].code.startsWith(kinds)) : [];
    const cells = sides.map((value, side) => quote('td', { 'data-head': heads[side + 1] }, value || '–'));
    return make('tr', {}, make('th', { scope: 'row' }, WORDS[field]), ...cells,
      make('td', { 'data-head': WORDS.findings }, said.map(named).join('; ')));
  });
  table.append(make('tbody', {}, ...lines));
  return make('div', { className: 'frame' }, table);
}

function titleOf(spot) {
  const { family, column, row } = spot;
  const plan = text(FAMILIES[family].columns[column].label);
  return row === null ? say('pair-added', { plan }) : say('pair-title', { number: numberOf(row), plan });
}

/** The rows of a spot with their scores: those that are linked, or the one that the plan adds. */
function rowsOf(column, { row, finding }) {
  const links = row === null ? finding[1].map((place) => [place, null]) : column.answers[row][1];
  return links.map(([place, score]) => ({ ...taskAt(place), score }));
}

function buttons(actions) {
  const made = ['previous', 'next', 'close'].map((key) => make('button', { type: 'button', onclick: actions[key] }, WORDS[key]));
  return make('div', { className: 'buttons' }, ...made);
}

/** Shows a spot: a cell of a matrix (`row`), or a task that a plan adds (`row` null); `note` says which step it is. */
function showPair(spot, note, actions) {
  const family = FAMILIES[spot.family];
  const column = family.columns[spot.column];
  const task = spot.row === null ? null : { ...taskAt(family.tasks[spot.row]), side: family.union ? 'union-says' : 'parent-says' };
  const findings = spot.row === null ? [spot.finding] : column.answers[spot.row][2];
  const rows = rowsOf(column, spot);
  const list = make('ul', { className: 'said' }, ...findings.map((finding) =>
    make('li', { className: finding === spot.finding ? 'current' : '' }, sentence(finding))));
  panel.replaceChildren(
    make('div', { className: 'bar' }, make('h2', { id: 'pair-head', tabIndex: -1 }, titleOf(spot)), buttons(actions)),
    make('p', { className: 'where', role: 'status' }, note), list,
    textsOf(family, column, task, spot.row === null ? '' : text(family.homes[spot.row]), rows),
    ...(task && rows.length ? [legend()] : []),
    fieldsOf(task, rows, findings),
  );
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add('opened');
}

function hidePair() {
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove('opened');
}
