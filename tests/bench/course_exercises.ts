/// <reference lib="dom" />
/**
 * Does each lesson's exercise from the browser alone, with nothing but its
 * page: our solution is put in through the editor, module by module, and the
 * verdict is waited for. It works in a copy of the course.
 *
 *   deno run -P=test tests/bench/course_exercises.ts [N...]
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { startReaper } from "../../kit/reaper.ts";
import { findBrowser, pasteInto, startBrowser } from "../pages/browser.ts";
import { Copy } from "../tool/copy.ts";
import { Served } from "../tool/served.ts";

/** How long an exercise may take, in milliseconds. */
const PATIENCE_MS = 120_000;

startReaper();
const path = findBrowser();
if (path === undefined) {
  console.error("no Chromium or Chrome is on the PATH");
  Deno.exit(1);
}
await using copy = await Copy.make();
await using course = await Served.start(copy);
const browser = await startBrowser(path);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(PATIENCE_MS);
let isGood = true;
try {
  for (const { number, name } of lessons) {
    const isWanted = Deno.args.length === 0 ||
      Deno.args.includes(String(number));
    if (!isWanted) continue;
    const begun = performance.now();
    const verdict = await solve(name);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${name.padEnd(26)}${seconds.padStart(6)} s  ${verdict}`);
    isGood &&= verdict.startsWith("Passed");
  }
} finally {
  await browser.close();
}
Deno.exitCode = isGood ? 0 : 1;

/** Does one. @returns The verdict. */
async function solve(name: string): Promise<string> {
  await page.goto(`${course.address}${name}.exercise.html`);
  const summary = page.locator("#summary");
  await page.locator("#summary[data-state=failed]").waitFor();
  const first = await page.locator(".failure[open] .message").innerText();
  console.log(`  the starter: ${first}`);
  for (const file of filesOf(copy.path(`solutions/${name}`))) {
    const text = await Deno.readTextFile(
      copy.path(`solutions/${name}/${file}`),
    );
    const tab = page.getByRole("tab", { name: file });
    if (await tab.count() === 0) {
      await page.getByRole("button", { name: "New file…" }).click();
      await page.getByLabel("Name of the new file").fill(file);
      await page.keyboard.press("Enter");
      await page.locator(`[role=tab][aria-selected=true]`, { hasText: file })
        .waitFor();
    } else await tab.click();
    await pasteInto(page, text);
  }
  await page.keyboard.press("Control+s");
  await page.locator(".saved", { hasText: "saved" }).waitFor();
  await page.locator("#summary[data-state=waits]").waitFor();
  await page.locator("#summary:not([data-state=waits])").waitFor();
  return await summary.innerText();
}

/** Our programs and modules, the pair last: then what they import is there. */
function filesOf(folder: string): string[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => /(?<!_test)\.ts$/.test(name)).sort();
  const isPair = (name: string) => ["server.ts", "client.ts"].includes(name);
  return [
    ...names.filter((name) => !isPair(name)),
    ...names.filter(isPair),
  ];
}
