// Keys of a page that has panes. A letter typed into a field is no command.

const commands = new Map();

/** Says what a key does, by its name as in `KeyboardEvent.key`. A command that returns false leaves the key alone. */
export function onKey(key, command) {
  commands.set(key, command);
}

function isTyping(target) {
  return target instanceof Element && Boolean(target.closest('input, select, textarea, [contenteditable]'));
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const command = commands.get(event.key);
  if (!command || (isTyping(event.target) && event.key !== 'Escape')) return;
  if (command(event) !== false) event.preventDefault();
});
