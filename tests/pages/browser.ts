/// <reference lib="dom" />
/**
 * A browser without a window, for tests of pages: the Chromium or Chrome that
 * is installed, driven by playwright-core, which brings none of its own.
 *
 * @module
 */

/** A browser as playwright-core drives it. */
export type Browser = Awaited<
  ReturnType<(typeof import("playwright-core"))["chromium"]["launch"]>
>;

/** A page of it. */
export type Page = Awaited<ReturnType<Browser["newPage"]>>;

/**
 * The package's name, kept out of the import itself: Deno fetches what an
 * import names before the tests begin, and this is large and not wanted where
 * no browser is.
 */
const PACKAGE: string = "playwright-core";

/** A module that takes axe-core: Deno fetches a package for a text only where a module asks for it before it runs. */
const AXE = new URL("axe.ts", import.meta.url).href;

/** What the browser may be called on the PATH. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/**
 * Finds a browser: the one that the environment variable CHROME names, or the
 * first on the PATH.
 *
 * @returns Its path, or `undefined` where there is none: a test that needs it is then ignored.
 */
export function findBrowser(): string | undefined {
  const named = Deno.env.get("CHROME");
  if (named !== undefined && named !== "") return named;
  const isWindows = Deno.build.os === "windows";
  const folders = (Deno.env.get("PATH") ?? "").split(isWindows ? ";" : ":");
  for (const folder of folders) {
    for (const name of NAMES) {
      const path = `${folder}/${name}${isWindows ? ".exe" : ""}`;
      if (isFile(path)) return path;
    }
  }
  return undefined;
}

/**
 * Starts a browser; `close()` ends it.
 *
 * @param executablePath What {@linkcode findBrowser} gave.
 */
export async function startBrowser(executablePath: string): Promise<Browser> {
  // Loading playwright-core looks for WSL in /proc/sys, which Deno allows only
  // to a process that may do everything. With this variable it does not look.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium }: typeof import("playwright-core") = await import(PACKAGE);
  Deno.env.delete("__IS_WSL_TEST__");
  const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0;
  return await chromium.launch({
    executablePath,
    args: [
      ...(isRoot ? ["--no-sandbox"] : []), // Chromium refuses its sandbox to root
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A test in a browser. */
interface BrowserTest {
  readonly name: string;
  readonly fn: (t: Deno.TestContext, browser: Browser) => Promise<void>;
}

/** The tests of all modules that share this world. */
const tests: BrowserTest[] = [];

/**
 * Registers a test in a browser; where there is none, it is ignored.
 *
 * All that are registered in one world are steps of one test with one browser:
 * it takes as long to start as to show ten pages.
 */
export function testInBrowser(name: string, fn: BrowserTest["fn"]): void {
  if (tests.push({ name, fn }) > 1) return;
  const path = findBrowser();
  Deno.test({
    name: "in a browser (ignored where no Chromium or Chrome is found)",
    ignore: path === undefined,
    async fn(t) {
      const browser = await startBrowser(path ?? "");
      try {
        for (const { name, fn } of tests) {
          // The browser outlives a step; that nothing outlives all of them is checked above.
          const isLoose = { sanitizeOps: false, sanitizeResources: false };
          await t.step({ name, fn: (t) => fn(t, browser), ...isLoose });
        }
      } finally {
        await browser.close();
      }
    },
  });
}

/** What is used of axe-core, where it has been loaded into a page. */
interface Axe {
  run(options: {
    iframes: boolean;
    resultTypes: string[];
  }): Promise<{
    violations: {
      id: string;
      help: string;
      nodes: { html: string; failureSummary?: string }[];
    }[];
  }>;
}

/** Looks with axe-core for what keeps people from using a page, in each of its frames. @returns One text for each thing. */
export async function findBarriers(page: Page): Promise<string[]> {
  const { default: source }: { default: string } = await import(AXE);
  const found: string[] = [];
  for (const frame of page.frames()) {
    if (!/^(https?|file):/.test(frame.url())) continue; // it has not been looked at, and is not loaded
    await frame.evaluate(source);
    const { violations } = await frame.evaluate(() => {
      const { axe }: { axe?: Axe } = globalThis as { axe?: Axe };
      if (!axe) throw new Error("Cannot look: axe-core did not load");
      // Each frame is looked at by itself, and only what is wrong is told.
      return axe.run({ iframes: false, resultTypes: ["violations"] });
    });
    for (const { id, help, nodes } of violations) {
      const [node] = nodes;
      found.push(
        `${
          frame.url().replace(/.*\//, "")
        }: ${id}: ${help}: ${nodes.length} × ${node?.html} ${node?.failureSummary}`,
      );
    }
  }
  return found;
}

/** Pastes a text into a page's editor, in place of all that is there. */
export async function pasteInto(page: Page, text: string): Promise<void> {
  const content = page.locator(".cm-content").first();
  await content.click();
  await page.keyboard.press("Control+a");
  await content.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, cancelable: true }),
    );
  }, text);
}

/** Looks whether a page is wider than its window. It is sent to the browser as text. @returns One text where it is, with what stands out. */
export function findWide(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isHeld = (element: Element | null): boolean =>
    element !== null &&
    (getComputedStyle(element).overflowX !== "visible" ||
      isHeld(element.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > clientWidth + 1 &&
    !isHeld(element.parentElement)
  ).map(({ tagName, className, textContent }) =>
    `${tagName}.${className} ${textContent.slice(0, 30)}`
  );
  return [
    `${location.pathname} is ${scrollWidth} px wide, not ${clientWidth}: ${
      out.at(-1)
    }`,
  ];
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
