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

/**
 * The package's name, kept out of the import itself: Deno fetches what an
 * import names before the tests begin, and this is large and not wanted where
 * no browser is.
 */
const PACKAGE: string = "playwright-core";

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

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
