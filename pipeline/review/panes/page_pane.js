// Pictures of pages: words lie over them as transparent text that can be selected, evidence as boxes. Places are in
// points and are set in percent of the page, through style properties: a policy without inline style allows these.

const NEAR = '600px'; // how far below the edge a page gets its words before it is seen

export class PagePane {
  constructor(element) {
    this.element = element;
    this.sheets = new Map([...element.querySelectorAll('[data-page]')].map((sheet) => [Number(sheet.dataset.page), sheet]));
    this.places = new Map(); // page → a promise of its words
    this.asked = 0;
    const watcher = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) this.load(Number(target.dataset.page));
    }, { root: element, rootMargin: NEAR });
    for (const sheet of this.sheets.values()) {
      const { width, height } = sheet.dataset;
      if (Number(width) && Number(height)) sheet.style.aspectRatio = `${width} / ${height}`; // before its picture is there
      watcher.observe(sheet);
    }
  }

  /** The words of a page, laid over it once: [[start, end, left, top, right, bottom, word]]. */
  load(page) {
    const sheet = this.sheets.get(page);
    if (!sheet) return Promise.resolve([]);
    if (!this.places.has(page)) {
      this.places.set(page, fetch(sheet.dataset.places).then((answer) => (answer.ok ? answer.json() : []))
        .catch(() => []).then((words) => lay(sheet, words)));
    }
    return this.places.get(page);
  }

  /** Lights the words of values up and shows the first. Resolves to the words of the value `now`. */
  async light(values, now = null) {
    this.dark();
    const turn = this.asked;
    const others = values.filter((value) => value.element !== now?.element); // colours over each other hide the words
    const wanted = [...others.map((value) => ({ ...value, strong: false })), ...(now ? [{ ...now, strong: true }] : [])];
    let first = null;
    const said = [];
    for (const { field, spans, strong } of wanted) {
      for (const span of spans) {
        for (const page of [span.page, span.page + 1]) {
          const words = (await this.load(page)).filter(([start, end]) => start < span.end && end > span.start);
          if (turn !== this.asked) return ''; // another row has been chosen meanwhile
          const boxes = linesOf(words).map((box) => this.frame(page, box, field, strong));
          if (strong) said.push(...words.map((word) => word[6]));
          if (boxes.length && (strong || !first)) first = strong && first?.strong ? first : { box: boxes[0], strong };
          if (words.length && words.at(-1)[1] >= span.end) break;
        }
      }
    }
    if (first) this.show(first.box);
    return said.join(' ');
  }

  frame(page, [left, top, right, bottom], field, strong) {
    const sheet = this.sheets.get(page);
    const box = document.createElement('i');
    box.dataset.field = field;
    box.className = strong ? 'strong' : '';
    put(box, sheet, left - 1.5, top - 1, right + 1.5, bottom + 1);
    sheet.querySelector('.places').append(box);
    return box;
  }

  dark() {
    this.asked += 1;
    for (const box of this.element.querySelectorAll('.places i')) box.remove();
  }

  show(box) {
    const seen = this.element.getBoundingClientRect();
    const place = box.getBoundingClientRect();
    if (place.top < seen.top || place.bottom > seen.bottom) box.scrollIntoView({ block: 'center' });
  }

  /** The offset of the word under a pointer, or null. */
  offsetAt(event) {
    const word = event.target.closest('.places span');
    return word ? Number(word.dataset.start) : null;
  }

  /** The stretch of the text that is selected here: { start, end, quote }, or null. */
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!this.element.contains(range.commonAncestorContainer)) return null;
    const words = [...this.element.querySelectorAll('.places span')].filter((word) => range.intersectsNode(word));
    if (!words.length) return null;
    const start = Number(words[0].dataset.start);
    const end = Number(words.at(-1).dataset.end);
    return { start, end, quote: words.map((word) => word.textContent.trim()).join(' ') };
  }
}

/** Places an element over a page by its edges in points. */
function put(element, sheet, left, top, right, bottom) {
  const { width, height } = sheet.dataset;
  element.style.left = `${(left / width) * 100}%`;
  element.style.top = `${(top / height) * 100}%`;
  element.style.width = `${((right - left) / width) * 100}%`;
  element.style.height = `${((bottom - top) / height) * 100}%`;
}

function lay(sheet, words) {
  const layer = sheet.querySelector('.places');
  const laid = document.createDocumentFragment();
  for (const [start, end, left, top, right, bottom, word] of words) {
    const span = document.createElement('span');
    span.dataset.start = start;
    span.dataset.end = end;
    span.textContent = `${word} `;
    put(span, sheet, left, top, right, bottom);
    laid.append(span);
  }
  layer.prepend(laid);
  return words;
}

/** Boxes around words, one a line: a word that stands beside the one before goes into its box. */
function linesOf(words) {
  const found = [];
  for (const [, , left, top, right, bottom] of words) {
    const last = found.at(-1);
    if (last && top < last[3] && bottom > last[1] && left >= last[0]) {
      last[1] = Math.min(last[1], top);
      last[2] = Math.max(last[2], right);
      last[3] = Math.max(last[3], bottom);
    } else found.push([left, top, right, bottom]);
  }
  return found;
}
