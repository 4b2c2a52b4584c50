// Which words of two texts differ. Found when a pair is opened: 18,000 pairs beforehand would be the size of the page again.

const LARGEST = 4_000_000; // cells of the table of common words: 2,000 words a side, which no task of a plan has

const bare = (word) => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, '');

/** For each word of both texts whether it has its like in the other: a longest common row of words. */
function matches(left, right) {
  const [a, b] = [left.map(bare), right.map(bare)];
  if (a.length * b.length > LARGEST) { // then by the words alone, in whatever order
    const [inA, inB] = [new Set(a), new Set(b)];
    return [a.map((word) => inB.has(word)), b.map((word) => inA.has(word))];
  }
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return walk(a, b, lengths);
}

function walk(a, b, lengths) {
  const [inA, inB] = [a.map((word) => !word), b.map((word) => !word)]; // a bare sign is no difference
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { inA[i++] = true; inB[j++] = true; }
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return [inA, inB];
}

/** The words as nodes, runs of those without their like marked. */
function marked(list, same, name) {
  const nodes = [];
  for (let i = 0; i < list.length;) {
    let end = i;
    while (end < list.length && same[end] === same[i]) end++;
    const run = list.slice(i, end).join(' ');
    nodes.push(same[i] ? run : make('mark', { className: name }, run));
    if (end < list.length) nodes.push(' ');
    i = end;
  }
  return nodes;
}

const split = (words) => words.split(/\s+/).filter(Boolean);

/** The parent's words and those of each row as marked nodes; a word of the parent has its like if any row has it. */
function differences(parent, rows) {
  const left = split(parent);
  const found = left.map(() => false);
  const right = rows.map((row) => {
    const list = split(row);
    const [inLeft, inRight] = matches(left, list);
    inLeft.forEach((same, i) => { found[i] ||= same; });
    return marked(list, inRight, 'only-right');
  });
  return { left: rows.length ? marked(left, found, 'only-left') : [parent], right };
}
