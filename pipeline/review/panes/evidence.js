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

/** The rows that were read from a stretch of the text. */
export function rowsReadFrom(rows, start, end) {
  return rows.filter((row) => valuesOf(row).some(({ spans }) => spans.some((span) => span.start < end && span.end > start)));
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
