/**
 * Lesson 11, experiment: what a round trip for each window makes of a fast line.
 *
 *   deno run lessons/11_reliable_udp/experiment_arithmetic.ts
 */
const ROUND_TRIP = 40; // milliseconds, a server one country away

for (const [size, window] of [[512, 1], [1428, 1], [1428, 16], [1428, 64]]) {
  if (!size || !window) break;
  const perSecond = (window * size * 1000) / ROUND_TRIP;
  const minutes = 40_000_000 / perSecond / 60;
  console.log(
    `${String(size).padStart(4)} bytes, window ${
      String(window).padStart(2)
    }: ` +
      `${(perSecond / 1000).toFixed(1).padStart(6)} KB/s, ` +
      `40 MB in ${minutes.toFixed(1).padStart(4)} minutes`,
  );
}
