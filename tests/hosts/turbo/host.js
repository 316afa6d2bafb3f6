import '@hotwired/turbo';

// The document outlives every visit, so loads are counted here and shown in the current body.
let loads = 0;

function show() {
  document.querySelector('#loads').textContent = loads;
}

addEventListener('digest-load', () => {
  loads += 1;
  show();
});
addEventListener('turbo:load', show);
