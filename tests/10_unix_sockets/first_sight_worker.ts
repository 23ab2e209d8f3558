/**
 * The thread of `first_sight.ts`.
 *
 * @module
 */
/// <reference lib="deno.worker" />

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  self.postMessage(null);
  while (true) {
    try {
      self.postMessage((Deno.lstatSync(path).mode ?? 0) & 0o777);
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
};
