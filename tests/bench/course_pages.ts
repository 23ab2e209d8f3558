/// <reference lib="dom" />
/**
 * Measures the course in a browser, against what must hold:
 *
 * - a page is painted within 300 ms of its request, and whole within 100 ms;
 * - from a save to the verdict it takes at most 50 ms more than on the terminal;
 * - while a check runs, no key is late by more than 16 ms;
 * - no request leaves the machine;
 * - axe-core finds nothing on any page, in light and in dark;
 * - no page is wider than a phone, or than a projector.
 *
 * It works in a copy of the course, with the Chromium or Chrome that is
 * installed.
 *
 *   deno run -P=test tests/bench/course_pages.ts [paint | verdict | keys | barriers]
 *
 * @module
 */
import { lessons, orientation } from "@lessons/catalogue.ts";
import type { Page } from "playwright-core";
import {
  findBarriers,
  findBrowser,
  findWide,
  startBrowser,
} from "../pages/browser.ts";
import { startReaper } from "../../kit/reaper.ts";
import { Copy, copyFolder, taskArgs } from "../tool/copy.ts";
import { Screen } from "../tool/screen.ts";
import { Served } from "../tool/served.ts";

/** How often a time is taken. */
const TIMES = 15;

/** How many keys are pressed while a check runs, and how long between two, in milliseconds. */
const KEYS = 120;
const KEY_MS = 25;

const LESSON = "01_single_shot";

startReaper();
const path = findBrowser();
if (path === undefined) {
  console.error("no Chromium or Chrome is on the PATH");
  Deno.exit(1);
}
await using copy = await Copy.make();
await using course = await Served.start(copy);
const browser = await startBrowser(path);
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
  });
  const outside: string[] = [];
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    const isHere = hostname === "127.0.0.1" || protocol === "data:";
    if (!isHere) outside.push(request.url());
  });
  copyFolder(
    copy.path(`solutions/${LESSON}`),
    copy.path(`answers/${LESSON}`),
  );
  const wanted = Deno.args[0] ?? "all";
  const isWanted = (name: string) => wanted === "all" || wanted === name;
  if (isWanted("paint")) await measurePaints(page);
  if (isWanted("verdict")) await measureVerdicts(page);
  if (isWanted("keys")) await measureKeys(page);
  if (isWanted("barriers")) await lookAtAll(page);
  console.log(`requests that left the machine: ${outside.length}`);
} finally {
  await browser.close();
}

/** First paint, and the whole page, from the request on. */
async function measurePaints(page: Page): Promise<void> {
  for (const place of ["index", LESSON, `${LESSON}.exercise`]) {
    const paints: number[] = [];
    const wholes: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      await page.goto(`${course.address}${place}.html`);
      const [paint, whole] = await page.evaluate(async () => {
        const painted = () =>
          performance.getEntriesByName("first-contentful-paint")[0];
        while (!painted()) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        const [entry] = performance.getEntriesByType("navigation");
        const isNavigation = entry instanceof PerformanceNavigationTiming;
        return [
          painted()?.startTime ?? NaN,
          isNavigation ? entry.responseEnd : NaN,
        ];
      });
      paints.push(paint ?? NaN);
      wholes.push(whole ?? NaN);
    }
    say(`${place}: first paint`, paints);
    say(`${place}: page has come`, wholes);
  }
}

/** From a save to the verdict: on the terminal and in the browser, in turn, each in a copy of its own. */
async function measureVerdicts(page: Page): Promise<void> {
  await using other = await Copy.make("other");
  const solution = copy.path(`solutions/${LESSON}`);
  copyFolder(solution, other.path(`answers/${LESSON}`));
  const save = async (where: Copy, i: number) => {
    const file = where.path(`answers/${LESSON}/server.ts`);
    const text = await Deno.readTextFile(file);
    const start = performance.now();
    await Deno.writeTextFile(file, `${text}// ${i}\n`);
    return start;
  };
  const rest = () => new Promise((resolve) => setTimeout(resolve, 2500)); // the types are checked
  await using screen = new Screen(Deno.execPath(), {
    args: taskArgs("check", "1", "--watch"),
    cwd: other.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("passed: ");
  await page.goto(`${course.address}${LESSON}.exercise.html`);
  await page.locator("#summary", { hasText: "Passed" }).waitFor();
  const onTerminal: number[] = [];
  const inBrowser: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    await rest();
    const start = await save(other, i);
    await screen.shows("passed: ");
    onTerminal.push(performance.now() - start);
    await rest();
    // When the page shows it, by the clock that both share.
    const shown = page.evaluate(() =>
      new Promise<number>((resolve) => {
        const summary = document.getElementById("summary");
        let hasBegun = false;
        const watcher = new MutationObserver(() => {
          const text = summary?.textContent ?? "";
          hasBegun ||= text.startsWith("checking");
          if (!hasBegun || !text.startsWith("Passed")) return;
          watcher.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        if (summary) watcher.observe(summary, { childList: true });
      })
    );
    await page.evaluate(() => 0); // by now it looks
    const saved = performance.timeOrigin + await save(copy, i);
    inBrowser.push(await shown - saved);
  }
  say("save to verdict: terminal", onTerminal);
  say("save to verdict: browser", inBrowser);
}

/** How late a key is while a check runs: from the key to the end of the frame that has it, less a frame's own time. */
async function measureKeys(page: Page): Promise<void> {
  await page.goto(`${course.address}${LESSON}.exercise.html`);
  await page.locator("#summary", { hasText: "Passed" }).waitFor();
  await page.evaluate(() => {
    const late: number[] = [];
    Object.assign(globalThis, { late });
    document.addEventListener("keydown", ({ timeStamp }) => {
      late.push(performance.now() - timeStamp); // how long it waited for the script
    }, { capture: true });
  });
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  for (const [name, act] of [["at rest", false], ["a check runs", true]]) {
    await page.evaluate("late.length = 0");
    if (act) await page.keyboard.press("Control+s");
    for (let i = 0; i < KEYS; i++) {
      await page.keyboard.type(i % 20 === 0 ? "\n" : "a");
      await new Promise((resolve) => setTimeout(resolve, KEY_MS));
      if (act && i % 40 === 0) await page.keyboard.press("Control+s");
    }
    say(`key waits, ${name}`, await page.evaluate<number[]>("late"));
  }
}

/** What keeps somebody out, on each page there is a kind of. */
async function lookAtAll(page: Page): Promise<void> {
  const names = [orientation, ...lessons].map(({ name }) => name);
  const places = [
    ...["index", "words", "about", "languages", "source/lessons/index"],
    ...names,
    ...lessons.map(({ name }) => `${name}.exercise`),
    ...[`${LESSON}.hints`, `${LESSON}.solution`, `${LESSON}.compare`],
    `${LESSON}.projector`,
  ];
  const barriers: string[] = [];
  for (const place of places) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${course.address}${place}.html`);
      if (place.endsWith(".exercise")) {
        await page.locator("#summary:not([data-state=waits])").waitFor();
      }
      await page.waitForLoadState("load");
      barriers.push(...await findBarriers(page));
    }
    for (const width of [400, 800, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      barriers.push(...await page.evaluate(findWide));
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  console.log(`${places.length} pages, barriers: ${barriers.length}`);
  for (const barrier of barriers) console.log(barrier);
}

function say(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.ceil(sorted.length * part) - 1] ?? NaN).toFixed(1);
  console.log(
    `${what.padEnd(40)} median ${at(0.5).padStart(7)} ms, 95% ${
      at(0.95).padStart(7)
    } ms, most ${at(1).padStart(7)} ms`,
  );
}
