// For pages that show digests in frames: gives each frame the height of its digest.
//
// A frame may resize only itself: the message must come from the frame's own window and from the
// origin in its address, and the address must be that of a frame.html. The block keeps the
// constants out of the page's global scope, even if the script is not a module.
{
  const findFrames = () =>
    [...document.querySelectorAll('iframe')].filter(
      ({ src }) => URL.canParse(src) && new URL(src).pathname.endsWith('/frame.html'),
    );

  const greet = (frame) => frame.contentWindow?.postMessage({ type: 'digest-parent' }, '*');

  addEventListener('message', ({ data, origin, source }) => {
    if (data?.type !== 'digest-height' || !Number.isFinite(data.height)) return;
    const frame = findFrames().find((frame) => frame.contentWindow === source);
    if (!frame || new URL(frame.src).origin !== origin) return;
    frame.style.height = `${data.height}px`;
    greet(frame);
  });

  // Frames that loaded before this script have already sent their height: they send it again.
  findFrames().forEach(greet);
}
