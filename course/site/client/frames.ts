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

/** Fits a frame to what is in it, whenever that has been loaded. */
export function fitFrame(frame: HTMLIFrameElement): void {
  frame.addEventListener("load", () => {
    const wanted = frame.contentDocument?.documentElement.scrollHeight ?? 0;
    const most = Math.max(LEAST_HEIGHT, innerHeight * MOST_OF_WINDOW);
    const height = Math.min(most, Math.max(LEAST_HEIGHT, wanted));
    frame.style.height = `${height}px`;
  });
}
