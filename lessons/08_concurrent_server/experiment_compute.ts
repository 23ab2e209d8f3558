/**
 * Lesson 08, experiment: something that keeps a processor busy. As a worker it
 * does so in a thread of its own, and says when it is done.
 */
declare const self: { postMessage?(message: string): void };

/** Counts, for about half a second, and awaits nothing. */
export function compute(): void {
  const end = performance.now() + 500;
  while (performance.now() < end);
}

if (self.postMessage) {
  compute();
  self.postMessage("done");
}
