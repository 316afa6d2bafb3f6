// For pages that show digests in frames: gives each frame the height of its digest.
//
// A frame may resize only itself: the message must come from the frame's own window, and from a page that
// `isDigest` accepts. The block keeps the constants out of the page's global scope, even if the script is
// not a module.
{
  const parse = (address) => (URL.canParse(address) ? new URL(address) : undefined);

  /** The origins that this script was loaded from: frames of the same origin are digests, also where the
      address of the frame redirects to it. */
  const trusted = [...document.scripts]
    .map(({ src }) => parse(src))
    .filter((url) => url?.pathname.endsWith('/digest-frame-parent.js'))
    .map(({ origin }) => origin);

  /** Finds the frames in the page and in its shadow roots. Closed ones cannot be searched. */
  const findFrames = (root) => [
    ...root.querySelectorAll('iframe'),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? findFrames(shadowRoot) : [])),
  ];

  const isDigest = ({ src, sandbox }, origin) => {
    if (trusted.includes(origin)) return true;
    const url = parse(src);
    if (!url?.pathname.endsWith('/frame.html')) return false;
    const isSandboxed = sandbox.length > 0 && !sandbox.contains('allow-same-origin');
    return origin === (isSandboxed ? 'null' : url.origin);
  };

  const greet = (frame) => frame.contentWindow?.postMessage({ type: 'digest-parent' }, '*');

  // A digest does not notice a new width while its frame is hidden or below the fold, so it is asked. The
  // width reaches another process a moment later, so it is asked twice.
  const known = new WeakSet();
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      greet(target);
      setTimeout(greet, 250, target);
    }
  });

  addEventListener('message', ({ data, origin, source }) => {
    if (data?.type !== 'digest-height' && data?.type !== 'digest-hidden') return;
    const frame = findFrames(document).find((frame) => frame.contentWindow === source);
    if (!frame || !isDigest(frame, origin)) return;
    // A million pixels is more than any issue, and the rest of the page can still be reached.
    if (Number.isFinite(data.height)) frame.style.height = `${Math.min(data.height, 1e6)}px`;
    if (known.has(frame)) return;
    known.add(frame);
    observer.observe(frame);
  });

  // Frames that loaded before this script have already sent their height: they send it again.
  findFrames(document).forEach(greet);
}
