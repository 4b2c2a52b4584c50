// Evidence: which words of the document a value was read from. Offsets count characters of the document's text, as
// Python counts them; a browser counts letters outside the first plane twice.

/** The spans of a value: [{ start, end, page }]. They stand as `start-end@page` apart by blanks. */
export function spansOf(element) {
  const found = element.dataset.spans?.match(/\d+-\d+@\d+/g) ?? [];
  return found.map((words) => {
    const [start, end, page] = words.split(/[-@]/).map(Number);
    return { start, end, page };
  });
}

/** What is lit of a row: [{ field, name, spans, element }] of each value that stands on words. */
export function valuesOf(row) {
  return [...row.querySelectorAll('.value[data-spans]')]
    .map((element) => ({ field: element.dataset.field, name: element.dataset.name, spans: spansOf(element), element }))
    .filter(({ spans }) => spans.length);
}

const reach = new WeakMap(); // row → its values: a pointer that moves asks all rows again and again

/** The rows that were read from a stretch of the text, those whose own words it is before those with a value from it. */
export function rowsReadFrom(rows, start, end) {
  const found = { own: [], other: [] };
  for (const row of rows) {
    if (!reach.has(row)) reach.set(row, valuesOf(row));
    const met = reach.get(row).filter(({ spans }) => spans.some((span) => span.start < end && span.end > start));
    if (met.length) found[met.some(({ field }) => field === 'text') ? 'own' : 'other'].push(row);
  }
  return [...found.own, ...found.other];
}

/** How many units of a string its first `count` characters take. */
export function unitsIn(words, count) {
  let units = 0;
  for (let left = count; left > 0 && units < words.length; left -= 1) units += words.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}

/** How many characters the first `units` of a string are. */
export function charactersIn(words, units) {
  return [...words.slice(0, units)].length;
}
