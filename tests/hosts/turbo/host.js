import '@hotwired/turbo';

// The document outlives every visit, so what was heard is counted here and shown in whatever body there is.
let loads = 0;

function show() {
  document.querySelector('#loads').textContent = loads;
}

addEventListener('digest-load', () => {
  loads += 1;
  show();
});
addEventListener('turbo:load', show);
