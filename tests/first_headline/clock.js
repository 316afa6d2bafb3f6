// Measures when the reader sees the first headline, in milliseconds since the navigation began.
//
// An animation frame is the last script before a paint. If the headline's text has a box then, the paint that follows
// shows it, and the message that the frame posts arrives after that paint. The clock sees nothing earlier than a screen
// would show it, and at most one frame later. It is the same in every page, and searches open shadow roots too.
{
  const findHeadline = (root) => {
    const headline = root.querySelector('[part=headline]');
    if (headline) return headline;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const found = shadowRoot && findHeadline(shadowRoot);
      if (found) return found;
    }
  };
  const isLaidOut = (headline) => {
    const text = document.createRange();
    text.selectNodeContents(headline);
    const { width, height } = text.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  window.firstHeadline = new Promise((resolve) => {
    const look = () => {
      const headline = findHeadline(document);
      if (!headline || !isLaidOut(headline)) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}
