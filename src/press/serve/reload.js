// Added to the pages of the preview only. Reloads the page after each build, or shows the errors above it.
{
  const { build } = document.currentScript.dataset;
  const notice = document.createElement('pre');
  notice.id = 'press-problem';
  notice.setAttribute('role', 'alert');
  Object.assign(notice.style, {
    background: '#fff', borderTop: '4px solid #b00020', bottom: 0, boxSizing: 'border-box', color: '#222',
    font: '14px/1.5 ui-monospace, monospace', left: 0, margin: 0, maxHeight: '70vh', overflow: 'auto',
    padding: '1em', position: 'fixed', right: 0, whiteSpace: 'pre-wrap', zIndex: 2147483647,
  });

  new EventSource('/.press/state').onmessage = ({ data }) => {
    const state = JSON.parse(data);
    if (state.build !== build) {
      location.reload();
    } else if (state.problem) {
      notice.textContent = state.problem;
      document.body.append(notice);
    } else {
      notice.remove();
    }
  };
}
