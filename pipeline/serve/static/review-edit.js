// A box that is open in a row: Enter saves, Escape leaves, and nothing that was typed goes unsaid.

import './review-complete.js';

/** Puts the cursor into the first box; `at` is how many units of its words stand before it. */
export function focusFirst(slot, at = null) {
  const box = slot.querySelector('[aria-invalid]') ?? slot.querySelector('[data-first]') ?? slot.querySelector('textarea, button');
  if (!box) return;
  box.focus();
  if (!box.setSelectionRange) return;
  if (at === null && box.name !== 'parts') box.select();
  else box.setSelectionRange(at ?? 0, at ?? 0);
}

/** Whether a form holds what nobody has saved. */
export function isDirty(form) {
  return Boolean(form) && [...form.elements].some((box) => box.matches('textarea, input:not([type=hidden])') && box.value !== box.defaultValue);
}

document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('form.edit');
  if (!form || event.isComposing || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    form.querySelector('[data-theirs]')?.click();
    if (form.isConnected) form.dispatchEvent(new CustomEvent('review:leave', { bubbles: true }));
  }
  const isBox = event.target.matches('textarea, input, select');
  const isSplit = event.target.name === 'parts';
  if (event.key === 'Enter' && isBox && !event.shiftKey && (!isSplit || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('button.main'));
  }
}, true);
