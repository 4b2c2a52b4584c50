// Several documents in one file: one is shown at a time.

const chooser = document.getElementById('documents');

function choose() {
  for (const section of document.querySelectorAll('[data-of]')) section.hidden = section.dataset.of !== chooser.value;
  mount(document.querySelector('[data-of]:not([hidden]) [data-panes]'));
}

chooser?.addEventListener('change', choose);
