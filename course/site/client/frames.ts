/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * Frames with a run in them: as high as it is, within bounds.
 *
 * @module
 */

/** The least height of a run, in pixels, and the most of the window that it takes. */
const LEAST_HEIGHT = 480;
const MOST_OF_WINDOW = 0.85;

/** The frame's own edges, and room for a shadow, in pixels. */
const EDGES = 8;

/** Fits a frame to what is in it, and goes on as that grows. */
export function fitFrame(frame: HTMLIFrameElement): void {
  frame.addEventListener("load", () => {
    const body = frame.contentDocument?.body;
    if (!body) return;
    new ResizeObserver(() => {
      const most = Math.max(LEAST_HEIGHT, innerHeight * MOST_OF_WINDOW);
      const height = Math.max(LEAST_HEIGHT, body.offsetHeight + EDGES);
      frame.style.height = `${Math.min(most, height)}px`;
    }).observe(body);
  });
}
