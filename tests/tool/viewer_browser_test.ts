/// <reference lib="dom" />
/**
 * The viewer in a browser: the Chromium or Chrome that is installed; where
 * there is none, the test is ignored.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type { Page } from "playwright-core";
import { LiveViewer } from "../../course/wire/viewer_server.ts";
import { draw } from "../../course/wire/view.ts";
import { testInBrowser } from "../pages/browser.ts";
import { Log, recordingsOf } from "./handwritten.ts";
import { listen, litOf, open, row, rowsOf } from "./viewer_in_browser.ts";
import { HOSTILE, long, paint, sticky } from "./viewer_pages.ts";

/** How long the browser is waited for in each step, in milliseconds. */
const PATIENCE_MS = 5000;

/** One tab of one browser for all of them: each takes longer to start than to show a page. */
const inBrowser: Record<string, (page: Page) => Promise<void>> = {
  "steps forward and back when keys or buttons say so": async (page) => {
    await using _ = await open(page, await paint(...sticky()));
    const rows = await rowsOf(page);
    assertEquals(rows.slice(0, 4), [
      "listen 127.0.0.1:8001",
      "connect 127.0.0.1:8001",
      "write 3:①one",
      "accept 127.0.0.1:54321",
    ]);
    const current = () =>
      page.locator("[aria-current=step]").getAttribute("data-index");
    await page.keyboard.press("ArrowDown");
    assertEquals(await current(), "0");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assertEquals(await current(), "1");
    assert(await page.evaluate(() => document.activeElement?.matches("li")));
    await page.keyboard.press("End");
    assertEquals(await current(), String(rows.length - 1));
    await page.getByRole("button", { name: "First" }).click();
    await page.getByRole("button", { name: "Next" }).click();
    assertEquals(await current(), "1");
    assertMatch(
      await page.locator("#said").textContent() ?? "",
      /^client .* connect/,
    );

    await page.getByLabel("Hide what comes later").check();
    assertEquals(await page.locator("#rows li:visible").count(), 2);
    await page.keyboard.press("ArrowDown");
    assertEquals(await page.locator("#rows li:visible").count(), 3);
  },

  "lights up a write and the reads that hold its bytes when one is pointed at":
    async (page) => {
      await using _ = await open(page, await paint(...sticky()));
      await row(page, "write 5").hover();
      assertEquals(await litOf(page), ["③three", "③th", "③ree"]);
      await row(page, "read 8").locator(".part").nth(1).hover();
      assertEquals(await litOf(page), ["②two", "②two"]);
      await row(page, "read 8").hover({ position: { x: 20, y: 10 } });
      assertEquals(await litOf(page), [
        ...["①one", "②two", "③three"],
        ...["①one", "②two", "③th", "③ree"],
      ]);
      await page.locator("h1").hover();
      assertEquals(await litOf(page), []);
    },

  "shows the bytes of the chosen step, and goes to the others that hold them":
    async (page) => {
      await using _ = await open(page, await paint(...sticky()));
      await row(page, "read 3").click();
      const detail = page.getByRole("complementary", {
        name: "The chosen step",
      });
      assertStringIncludes(
        await detail.innerText(),
        "③ 3 bytes, bytes 2 to 4 of 5",
      );
      assertStringIncludes(await detail.innerText(), "72 65 65");
      assertEquals(await litOf(page), ["③three", "③th", "③ree"]);
      await detail.getByRole("button", { name: /^write by client.ts/ }).click();
      assertStringIncludes(await detail.innerText(), "write 5:");
      assertEquals(
        await page.locator("li:focus").getAttribute("data-index"),
        "5",
      );
      await page.keyboard.press("Escape");
      assertStringIncludes(await detail.innerText(), "Click or tap one");
    },

  "shows after each step what is written and not yet read, and moves through time":
    async (page) => {
      await using _ = await open(page, await paint(...sticky()));
      const lanes = await page.locator("#rows .system").allTextContents();
      assertEquals(lanes.slice(1, 8), [
        "",
        "→①one",
        "→①one",
        "→①one②two",
        "→①one②two③three",
        "→③ree",
        "",
      ]);
      const slider = page.getByRole("slider", { name: "Step" });
      await slider.fill("6");
      const detail = page.locator("#detail");
      assertStringIncludes(
        await detail.innerText(),
        "client to server: 3 bytes\n③ree",
      );
      assertMatch(
        await slider.getAttribute("aria-valuetext") ?? "",
        new RegExp(`^step 7 of ${lanes.length}, at [\\d.]+ ms$`),
      );
      await slider.press("ArrowRight");
      assertStringIncludes(
        await detail.innerText(),
        "client to server: nothing",
      );
      await page.locator("#kinds").selectOption("prints");
      assertEquals(await slider.getAttribute("max"), "0");
    },

  "plays a run, as fast as it was, and stops when somebody steps": async (
    page,
  ) => {
    await using _ = await open(page, await paint(...sticky()));
    await page.locator("#speed").selectOption("1");
    await page.getByRole("button", { name: "Play" }).click();
    await page.locator("#rows li:last-child[aria-current]").waitFor();
    await page.getByRole("button", { name: "Play" }).waitFor();
    assert(await page.getByLabel("Hide what comes later").isChecked());
    // From here on time stands still but for what is asked for: a busy machine would let seconds pass, and play steps.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.locator("#speed").selectOption("step");
    await page.keyboard.press("p");
    assertEquals(await page.locator("#rows li:visible").count(), 1);
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.clock.runFor(1000);
    assertEquals(await page.locator("#rows li:visible").count(), 2);
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Play" }).waitFor();
    await page.clock.runFor(5000);
    assertEquals(await page.locator("#rows li:visible").count(), 3);
  },

  "shows where time has passed, and breaks no mark of a few bytes": async (
    page,
  ) => {
    const client = new Log("client").connect().wait(1500)
      .write(`${"x".repeat(70)}\0\0\0`, 1).write("at once", 1);
    await using _ = await open(page, await paint(client), { width: 400 });
    const gaps = await page.locator("#rows li").evaluateAll((items) =>
      items.map((item) => item instanceof HTMLElement && item.dataset.gap)
    );
    assertEquals(gaps, [undefined, "1.5 s", undefined, undefined]);
    const mark = page.locator(".lane .whole");
    assertEquals(await mark.textContent(), "‹00 00 00›");
    const lines = await mark.evaluate((mark) => mark.getClientRects().length);
    assertEquals(lines, 1);
  },

  "says so when nothing passes the filter, nothing went wrong, or nothing is there":
    async (page) => {
      {
        await using _ = await open(page, await paint(...sticky()));
        const none = page.locator("#none");
        assert(await none.isHidden());
        await page.locator("#kinds").selectOption("alarms");
        assertStringIncludes(
          await none.innerText(),
          "There was no trouble in this run.",
        );
        await page.locator("#words").fill("nowhere");
        assertStringIncludes(await none.innerText(), "passes the filter");
        await page.getByRole("button", { name: "Show all steps" }).click();
        assert(await none.isHidden());
      }
      const nothing = await draw(recordingsOf(new Log("client")), "a test")
        .viewer();
      await using _ = await open(page, nothing);
      assertEquals(
        (await page.locator("#none").innerText()).trim(),
        "Nothing was recorded.",
      );
    },

  "keeps the lanes' width when a step is chosen, and its buttons in reach of a thumb":
    async (page) => {
      const html = await paint(...long(60));
      const lane = page.locator("#rows .lane").first();
      const widthOf = async () => (await lane.boundingBox())?.width;
      for (const width of [1280, 900, 400]) {
        await using _ = await open(page, html, { width });
        const before = await widthOf();
        const next = page.locator("#next");
        for (const id of ["#last", "#previous", "#previous", "#next"]) {
          await page.locator(id).click();
        }
        assertEquals(await widthOf(), before);
        for (const part of [next, page.locator("[aria-current=step]")]) {
          const { x, y, width: w, height: h } = await part.boundingBox() ??
            { x: -1, y: -1, width: 0, height: 0 };
          const isSeen = x >= 0 && y >= 0 && x + w <= width && y + h <= 800;
          assert(isSeen, `${width}: ${x}, ${y}`);
          // What stands over it would take the finger.
          const isOnTop = await part.evaluate((part) => {
            const { x, y, width, height } = part.getBoundingClientRect();
            return part.contains(
              document.elementFromPoint(x + width / 2, y + height / 2),
            );
          });
          assert(
            isOnTop,
            `${width}: something covers ${await part.innerText()}`,
          );
        }
      }
    },

  "labels lines when the recording says that bytes are some": async (page) => {
    const client = new Log("client", 0, "lines").connect()
      .write("one\ntw", 1).write("o\n", 1);
    await using _ = await open(page, await paint(client));
    const labels = page.locator(".piece b");
    await row(page, "write 6").click();
    assertEquals(await labels.allTextContents(), [
      "line, 4 bytes",
      "line…, 2 bytes",
    ]);
    await row(page, "write 2").last().click();
    assertEquals(await labels.allTextContents(), ["…line, 2 bytes"]);
  },

  "labels frames when the recording says that bytes are some": async (page) => {
    const frames = "\x05\0\0\0hello\x02\0\0\0ab";
    const client = new Log("client", 0, "<i").connect().write(
      frames,
      1,
    );
    await using _ = await open(page, await paint(client));
    await row(page, "write 15").click();
    assertEquals(await page.locator(".piece b").allTextContents(), [
      "[length 5], 4 bytes",
      "payload, 5 bytes",
      "[length 2], 4 bytes",
      "payload, 2 bytes",
    ]);
  },

  "tells connections and datagrams apart, and filters by them": async (
    page,
  ) => {
    const to = "127.0.0.1:8004";
    const client = new Log("client").connect().write("first", 1)
      .start("connect", { transport: "tcp", address: "127.0.0.1:8001" })
      .end({ socket: 2, local: "127.0.0.1:54322", remote: "127.0.0.1:8001" })
      .write("second", 2);
    const udp = new Log("client").bind("127.0.0.1:5000").send(
      "ping",
      to,
    )
      .send("lost", to);
    const server = new Log("server").bind(to).receive(
      "ping",
      "127.0.0.1:5000",
    )
      .line("exit", { code: 0, signal: null });
    await using _ = await open(page, await paint(client, udp, server));
    assertEquals(await row(page, "#2").count(), 2);
    assertEquals(await page.locator(".arrow.datagram").count(), 2);
    await page.locator("#about").selectOption("2");
    assertEquals(await page.locator("#rows li").count(), 2);
    await page.locator("#about").selectOption("datagrams");
    assertEquals(await page.locator("#rows li").count(), 5);
    await page.locator("#kinds").selectOption("alarms");
    assertEquals(await rowsOf(page), [
      "[2]send 4 to 127.0.0.1:8004:③lost✗ lost",
    ]);
  },

  "filters a run of 10 000 steps, and steps through what is left": async (
    page,
  ) => {
    await using _ = await open(page, await paint(...long(5000)));
    assertEquals(await page.locator("#count").textContent(), "10005 steps");
    assertEquals(await page.locator("#rows li").count(), 10_000);
    await page.locator("#later").click();
    await page.locator("#rows li").nth(5).waitFor({ state: "detached" });
    assertEquals(await page.locator("#rows li").count(), 5);
    await page.keyboard.press("/");
    assert(await page.locator("#words:focus").isVisible());
    await page.locator("#words").fill(String.raw`read 4321\n`);
    assertEquals(
      await page.locator("#count").textContent(),
      "1 of 10005 steps",
    );
    await page.locator("#next").click();
    assertStringIncludes(
      await page.locator("#detail").innerText(),
      "message 4321",
    );
    await page.locator("#detail li button").click();
    assertStringIncludes(
      await page.locator("#count").innerText(),
      "10005 steps",
    );
    assert(await page.locator("li:focus").isVisible());
    await page.emulateMedia({ media: "print" });
    const printed = await page.locator("#rows ol").evaluateAll((lists) =>
      lists.filter((list) => getComputedStyle(list).display !== "none").length
    );
    assertEquals(printed, 40, "lists of 50");
    assertMatch(await page.locator("#print-note").innerText(), /first 2000 of/);
    assert(await page.locator(".tools").isHidden());
  },

  "shows hostile bytes, prints and names as text": async (page) => {
    const client = new Log("client").connect();
    for (const text of HOSTILE) {
      client.write(text, 1).line("print", { stream: "stderr", text });
    }
    const text = client.text.replace('"client.ts"', JSON.stringify(HOSTILE[0]));
    await using _ = await open(
      page,
      await draw(recordingsOf(text), HOSTILE[1] ?? "").viewer(),
    );
    for (const item of await page.locator("#rows li").all()) await item.click();
    assertEquals(await page.locator("img").count(), 0);
    assertEquals(await page.evaluate("globalThis.hit"), undefined);
    assertEquals(await page.locator("h1").textContent(), HOSTILE[1]);
    assertEquals(await page.locator("#client").textContent(), HOSTILE[0]);
  },

  "fits a narrow window, and is dark when the reader wants it": async (
    page,
  ) => {
    const wide = new Log("client").connect().write("x".repeat(500), 1)
      .line("print", { stream: "stdout", text: "好".repeat(300) });
    const html = await paint(wide);
    const backs = new Set<string>();
    for (const colorScheme of ["light", "dark"] as const) {
      await using _ = await open(page, html, { width: 400, colorScheme });
      await row(page, "write 500").click();
      const [width, back] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        getComputedStyle(document.body).backgroundColor,
      ]);
      assertEquals(width, 400);
      backs.add(String(back));
    }
    assertEquals(backs.size, 2);
  },

  "shows a live run as it grows, and runs it again when asked": async (
    page,
  ) => {
    const [client, server] = sticky();
    const parts = [client.lines.slice(0, 5), client.lines].map((lines) =>
      recordingsOf([...lines, ...server.lines].join("\n"))
    );
    const [half = [], whole = []] = parts;
    let runs = 0;
    let finish = Promise.withResolvers<void>();
    const live = new LiveViewer("a live test", async (onRecorded) => {
      runs++;
      finish = Promise.withResolvers();
      onRecorded(() => half);
      await finish.promise;
      return { recordings: whole };
    });
    const troubles = listen(page);
    try {
      await page.goto(live.address);
      await row(page, "write 3").first().waitFor();
      assertEquals(await page.locator("#state").textContent(), "running");
      assertEquals(await row(page, "prints: sent").count(), 0);
      await page.keyboard.press("ArrowDown");
      finish.resolve();
      await page.getByText("the run is over").waitFor();
      assertEquals(await row(page, "prints: sent").count(), 1);
      assertEquals(
        await page.locator("li:focus").getAttribute("data-index"),
        "0",
      );
      await page.getByRole("button", { name: "Run again" }).click();
      await page.getByText("running").waitFor();
      finish.resolve();
      await page.getByText("the run is over").waitFor();
      assertEquals(runs, 2);
      assertEquals(troubles, []);
    } finally {
      finish.resolve();
      page.removeAllListeners();
      await page.goto("about:blank"); // it would complain that the course has gone
      await live.close();
    }
  },
};

testInBrowser("the viewer's page", async (t, browser) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  for (const [name, fn] of Object.entries(inBrowser)) {
    // The browser outlives a step; that nothing outlives all of them is checked where it is started.
    const isLoose = { sanitizeOps: false, sanitizeResources: false };
    await t.step({ name, fn: () => fn(page), ...isLoose });
  }
  await page.close();
});
