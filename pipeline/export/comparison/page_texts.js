// The data of the page, and the two ways in which anything gets onto it: as an element, and as text.

const DATA = JSON.parse(document.getElementById('data').textContent);
const { words: WORDS, kinds: KINDS, statuses: STATUSES, families: FAMILIES, fields: FIELDS } = DATA;

const text = (place) => DATA.strings[place];

/** A task by its place: text, where it stands, and its values by field. */
function taskAt(place) {
  const [words, where, ...values] = DATA.tasks[place];
  return { words: text(words), where: text(where), values: values.map(text) };
}

/** One of the page's own texts, with values in place of {names}. */
function say(key, values = {}) {
  return WORDS[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** An element. Children that are strings become text nodes, so that no word of a document is ever read as a tag. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role' || name === 'scope') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

/** An element that holds words of a document: they are Vietnamese whatever the language of the page. */
function quote(tag, properties, ...children) {
  return make(tag, DATA.lang === 'vi' ? properties : { ...properties, lang: 'vi' }, ...children);
}

/** The words without diacritics and capitals: “Đôn đốc” and “don doc” are one. */
function fold(words) {
  return words.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** The measure of a finding in words: days of a deadline, the share of what is copied or taken over in part. */
const measure = ([, , , , much]) => text(much);

/** A finding in a few words, as a cell has it: “hạn +15”. */
const sign = ([kind, , , , , days]) => KINDS[kind].sign.replace('{days}', String(Math.abs(days)));

/** A finding in words, as a list has it: “Hạn muộn hơn (+15 ngày)”. */
function named(finding) {
  const much = measure(finding);
  return much ? `${KINDS[finding[0]].name} (${much})` : KINDS[finding[0]].name;
}
