/// <reference lib="dom" />
/**
 * The viewer's page as a browser shows it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Locator, Page } from "playwright-core";

/** The texts of the rows that are in the page, without what only screen readers get. */
export function rowsOf(page: Page): Promise<string[]> {
  return page.locator("#rows li").evaluateAll((items) =>
    items.map((item) => {
      const copy = item.querySelector(".lane")?.cloneNode(true);
      if (!(copy instanceof Element)) return "";
      for (const unseen of copy.querySelectorAll(".unseen")) unseen.remove();
      return copy.textContent;
    })
  );
}

/** The chunks that are lit up, in order. */
export function litOf(page: Page): Promise<string[]> {
  return page.locator(".part.lit").evaluateAll((parts) =>
    parts.map((part) => part.textContent.replace(/(of )?number \d+: /, ""))
  );
}

/** The row with this text. */
export function row(page: Page, text: string): Locator {
  return page.locator("#rows li").filter({ hasText: text });
}

/**
 * Opens a page from a file.
 *
 * @returns Says, when it is disposed of, whether the page complained or asked for anything else.
 */
export async function open(
  page: Page,
  html: string,
  options: { width?: number; colorScheme?: "light" | "dark" } = {},
): Promise<AsyncDisposable> {
  const file = await Deno.makeTempFile({ suffix: ".html" });
  await Deno.writeTextFile(file, html);
  const { width = 1280, colorScheme = "light" } = options;
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ media: "screen", colorScheme });
  const troubles = listen(page);
  await page.goto(`file://${file}`);
  return {
    async [Symbol.asyncDispose]() {
      page.removeAllListeners();
      await Deno.remove(file);
      assertEquals(troubles, []);
    },
  };
}

/** What a page complains of, and what it asks for but itself. */
export function listen(page: Page): string[] {
  const troubles: string[] = [];
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOwn = ["file:", "data:"].includes(protocol) ||
      hostname === "127.0.0.1";
    if (!isOwn) troubles.push(`asked for ${request.url()}`);
  });
  return troubles;
}
