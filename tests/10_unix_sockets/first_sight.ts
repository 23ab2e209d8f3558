/**
 * Sees a path at the first moment at which it is there.
 *
 * A server that listens first and narrows the rights afterwards has a path with
 * wider rights for some microseconds. No event comes that soon: so a thread of
 * its own looks again and again, and does nothing else meanwhile.
 *
 * @module
 */

/** Looks for a path. Start it before the program that makes it. */
export class FirstSight implements Disposable {
  readonly #worker = new Worker(
    new URL("./first_sight_worker.ts", import.meta.url),
    { type: "module" },
  );
  /** Settles when it looks. */
  readonly ready: Promise<void>;
  /** The path's mode when it was seen first. */
  readonly mode: Promise<number>;

  /** Begins to look. @param path A whole one, at which nothing stands. */
  constructor(path: string) {
    const ready = Promise.withResolvers<void>();
    const mode = Promise.withResolvers<number>();
    this.ready = ready.promise;
    this.mode = mode.promise;
    this.#worker.onmessage = ({ data }: MessageEvent<number | null>) => {
      if (data === null) ready.resolve();
      else mode.resolve(data);
    };
    this.#worker.postMessage(path);
  }

  /** Looks no more. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
