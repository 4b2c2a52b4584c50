// The matrix of a family: tasks down, plans across. What is shown of it is a list of rows and a list of columns.

const numberOf = (row) => row + 1;

/** What a cell says aloud: task, plan, coverage and every finding. */
function spoken(family, row, column) {
  const { answers, label } = family.columns[column];
  const said = answers[row][2].map(named).join('; ') || STATUSES[answers[row][0]].name;
  return say('cell', { number: numberOf(row), plan: text(label), said });
}

/** What a cell shows: sign and word of its coverage, below it a few words for each other finding. */
function shown([status, , findings]) {
  const { mark, short } = STATUSES[status];
  return [`${mark} ${short}`, ...findings.map(sign).filter(Boolean)].join('\n');
}

function headOf(family, columns, taskWords) {
  const cells = columns.map((column) => {
    const { head, label, coverage } = family.columns[column];
    const share = make('small', {}, coverage === null ? '–' : `${coverage}%`);
    return quote('th', { scope: 'col', title: text(label) }, make('span', { className: 'name' }, text(head)), share);
  });
  return make('thead', {}, make('tr', {}, make('th', { scope: 'col', className: 'corner' }, taskWords), ...cells));
}

/** How many of the plans shown have each coverage: “✓ 8 ½ 2 ✕ 2”. */
function countsOf(family, row, columns) {
  const counts = STATUSES.map(() => 0);
  for (const column of columns) counts[family.columns[column].answers[row][0]]++;
  return STATUSES.map(({ mark }, i) => (counts[i] ? `${mark} ${counts[i]}` : '')).filter(Boolean).join('  ');
}

function rowOf(family, row, columns, passes) {
  const task = taskAt(family.tasks[row]);
  const counts = make('small', { title: say('counts', { counts: '' }) }, countsOf(family, row, columns));
  const words = quote('span', { className: 'task', title: task.words }, task.words);
  const line = make('tr', {}, make('th', { scope: 'row' }, make('b', {}, `${numberOf(row)}. `), words, counts));
  for (const column of columns) {
    const answer = family.columns[column].answers[row];
    const name = `${STATUSES[answer[0]].code}${passes(family, column, row) ? '' : ' faded'}`;
    line.append(make('td', { className: name, tabIndex: -1, 'aria-label': spoken(family, row, column) }, shown(answer)));
  }
  return line;
}

/** Lines below the matrix: how many tasks each plan has of each coverage, and how many it adds. */
function footOf(family, columns) {
  const line = (name, count) => make('tr', {}, make('th', { scope: 'row' }, say('count-row', { status: name })),
    ...columns.map((column) => make('td', {}, String(count(family.columns[column])))));
  const lines = STATUSES.map(({ mark, name }, status) => line(`${mark} ${name}`,
    ({ answers }) => answers.filter((answer) => answer[0] === status).length));
  return make('tfoot', {}, ...lines, line(`+ ${KINDS[DATA.added].name}`, ({ added }) => added.length));
}

/** A matrix as a table of these rows and columns; `passes` says of a cell whether it is what the filters ask for. */
function matrix(family, rows, columns, passes) {
  const table = make('table', { className: 'matrix', role: 'grid', 'aria-readonly': 'true', 'aria-label': text(family.name) });
  table.style.setProperty('--plans', columns.length); // its width is known, so that no cell need be measured for it
  const body = make('tbody', {}, ...rows.map((row) => rowOf(family, row, columns, passes)));
  table.append(headOf(family, columns, WORDS[family.union ? 'task-union' : 'task']), body, footOf(family, columns));
  return table;
}

const ACROSS = 12; // plans on a sheet of A4 across, where a cell still holds its words

/** The matrix cut into tables that are as wide as a sheet, each headed with what it is a part of. */
function sheets(family, rows, columns, passes) {
  const parts = [];
  for (let first = 0; first < columns.length; first += ACROSS) {
    const part = columns.slice(first, first + ACROSS);
    const values = { family: text(family.name), first: first + 1, last: first + part.length, all: columns.length };
    const table = matrix(family, rows, part, passes);
    table.prepend(make('caption', {}, say('print-part', values)));
    if (first) table.classList.add('further');
    parts.push(table);
  }
  return parts;
}
