// The clean page: lights words up with the CSS Custom Highlight API, and says which words are selected.

import { charactersIn, unitsIn } from './evidence.js';

const LIGHTS = ['text', 'lead', 'coordinating', 'due', 'cadence', 'deliverable', 'report_to', 'quantity', 'now'];
const PAINTED = typeof Highlight === 'function' && Boolean(CSS.highlights);

/** The name of the light of a field: a day and the words that say it are one. */
const lightOf = (field) => (field === 'due_text' ? 'due' : field);

export class TextPane {
  constructor(element) {
    this.element = element;
    this.lines = [...element.querySelectorAll('[data-start]')];
    this.starts = this.lines.map((line) => Number(line.dataset.start));
    this.marked = [];
  }

  /** The line that holds an offset, the last one that begins before it. */
  lineAt(offset) {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The ranges of a stretch of the text, one a line. */
  ranges({ start, end }) {
    const found = [];
    for (let at = Math.max(this.lineAt(start), 0); at < this.lines.length && this.starts[at] < end; at += 1) {
      const node = this.lines[at].firstChild;
      const first = Math.max(start, this.starts[at]) - this.starts[at];
      const last = Math.min(end, Number(this.lines[at].dataset.end)) - this.starts[at];
      if (node && last > first) {
        const range = new Range();
        range.setStart(node, unitsIn(node.data, first));
        range.setEnd(node, unitsIn(node.data, last));
        found.push(range);
      }
    }
    return found;
  }

  /** Lights the words of values up; those of the value `now` shine over the others. Returns their words. */
  light(values, now = null) {
    this.dark();
    const lit = new Map(LIGHTS.map((name) => [name, []]));
    const known = new Set(); // a day and the words that say it are the same words
    for (const { field, spans } of values) {
      const name = lightOf(field);
      const fresh = spans.filter(({ start, end }) => !known.has(`${name} ${start} ${end}`));
      for (const { start, end } of fresh) known.add(`${name} ${start} ${end}`);
      lit.get(name)?.push(...fresh.flatMap((span) => this.ranges(span)));
    }
    if (now) lit.get('now').push(...now.spans.flatMap((span) => this.ranges(span)));
    const first = lit.get('now')[0] ?? lit.get('text')[0] ?? [...lit.values()].flat()[0];
    if (PAINTED) {
      for (const [at, [name, ranges]] of [...lit].entries()) {
        const light = new Highlight(...ranges);
        light.priority = at;
        CSS.highlights.set(`evidence-${name}`, light);
      }
    } else {
      this.marked = [...new Set([...lit.values()].flat().map((range) => range.startContainer.parentElement))];
      for (const line of this.marked) line.classList.add('lit');
    }
    if (first) this.show(first);
    return now ? lit.get('now').map(String).join(' … ') : '';
  }

  /** Puts all lights out. */
  dark() {
    if (PAINTED) for (const name of LIGHTS) CSS.highlights.delete(`evidence-${name}`);
    for (const line of this.marked) line.classList.remove('lit');
    this.marked = [];
  }

  /** Brings a range into sight, unless it is. */
  show(range) {
    const line = range.startContainer.parentElement;
    const seen = this.element.getBoundingClientRect();
    const place = line.getBoundingClientRect();
    if (place.top < seen.top || place.bottom > seen.bottom) line.scrollIntoView({ block: 'center' });
  }

  /** The offset of the letter under a pointer, or null. */
  offsetAt({ target, clientX, clientY }) {
    const line = target.closest('[data-start]');
    const caret = document.caretPositionFromPoint?.(clientX, clientY);
    const range = caret ? null : document.caretRangeFromPoint?.(clientX, clientY);
    const node = caret?.offsetNode ?? range?.startContainer;
    if (!line || !node || node !== line.firstChild) return null;
    const at = offsetIn(line, node, caret?.offset ?? range.startOffset, 0);
    return Math.min(at, Number(line.dataset.end) - 1);
  }

  /** The stretch of the text that is selected here: { start, end, quote }, or null. */
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!this.element.contains(range.commonAncestorContainer)) return null;
    const lines = this.lines.filter((line) => range.intersectsNode(line));
    if (!lines.length) return null;
    const start = offsetIn(lines[0], range.startContainer, range.startOffset, 0);
    const end = offsetIn(lines.at(-1), range.endContainer, range.endOffset, Infinity);
    return end > start ? { start, end, quote: selection.toString() } : null;
  }
}

/** The offset of a point in a line; `outside` where the point lies in no text of it: 0 for its begin, else its end. */
function offsetIn(line, node, units, outside) {
  const start = Number(line.dataset.start);
  if (node === line.firstChild) return start + charactersIn(node.data, units);
  if (node === line) return units === 0 ? start : Number(line.dataset.end); // a triple click ends where the next line begins
  return outside === 0 ? start : Number(line.dataset.end);
}
