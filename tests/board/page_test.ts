/// <reference lib="dom" />
/**
 * The board's page in a browser; where there is none, the test is ignored.
 */
import { assert, assertEquals } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { loadCheck } from "../../course/checking.ts";
import { testInBrowser } from "../pages/browser.ts";
import { Hall, known, report } from "./hall.ts";

const LESSON = "05_sticky_packets";

testInBrowser(
  "the board's page shows the room without names, who is stuck by a sign, and names by a key",
  async (t, browser) => {
    await using hall = await Hall.open();
    const ann = await hall.learner("ann <b>");
    const bob = await hall.learner("bob");
    const { ideas } = await known();
    const says = "takes one read for one line";
    const misunderstanding = ideas.find((idea) => idea.says.endsWith(says))
      ?.says;
    assert(misunderstanding !== undefined);
    const lesson = lessons.find(({ name }) => name === LESSON);
    assert(lesson);
    const failed = (await loadCheck(lesson)).cases[0]?.name ?? "";
    const page = await browser.newPage({
      viewport: { width: 1280, height: 720 },
    });
    try {
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.setDefaultTimeout(10_000);
      const text = (selector: string) => page.locator(selector).innerText();

      await t.step("what is reported shows without a reload", async () => {
        await page.goto(hall.board.link);
        const begun = Date.now() - 10 * 60_000;
        for (const minute of [0, 4, 9]) {
          const at = begun + minute * 60_000;
          await ann.tell(report({ at, failed, misunderstanding }));
        }
        await bob.tell(report({ at: Date.now(), isWhole: true, passed: 36 }));
        await page.locator("#stuck b").waitFor();
        assertEquals(await text("#stuck b"), "#1");
        assert((await text("#ideas")).includes(`1 of 2 ${says}`));
        assertEquals(
          await text("#everybody tbody tr:nth-child(2) .passed"),
          "✓",
        );
        assertEquals(
          await text("#everybody tbody tr:nth-child(1) .stuck"),
          "! ·",
        );
        assert((await text("#helpers")).includes("05 #2"));
        assert(!(await text("body")).includes("ann"));
        await page.locator("#time path").waitFor({ state: "attached" });
      });

      await t.step(
        "a key shows names, as text; another hides them",
        async () => {
          await page.keyboard.press("n");
          await page.getByText("ann <b>").first().waitFor();
          assertEquals(await text("#stuck b"), "ann <b>");
          await page.keyboard.press("n");
          const first = page.locator("#stuck b");
          await first.filter({ hasText: /^#1$/ }).waitFor();
        },
      );

      await t.step(
        "a hand goes up, shows what is shared, and comes down",
        async () => {
          const share = { failed: "a case", steps: ["<i>"], wire: "│ hi │" };
          await ann.raise({ lesson: LESSON, text: "why?", share });
          await page.keyboard.press("n");
          await page.locator("#hands summary").click();
          assert((await text("#hands")).includes("why?"));
          assertEquals(await text("#hands pre"), "│ hi │");
          await page.getByRole("button", { name: "Done" }).click();
          await page.locator("#hands .none").waitFor();
        },
      );

      await t.step("the projector's page has no names to show", async () => {
        const { origin } = hall.board;
        await page.goto(`${origin}/room?code=${hall.store.code}`);
        await page.locator("#stuck b").waitFor();
        await page.keyboard.press("n");
        assertEquals(await text("#stuck b"), "#1");
        assertEquals(await page.locator("#names").isVisible(), false);
      });

      await t.step(
        "nothing goes over the edge at 1280 and at 400 pixels",
        async () => {
          for (const width of [1280, 400]) {
            await page.setViewportSize({ width, height: 720 });
            const wide = await page.evaluate(() =>
              document.documentElement.scrollWidth
            );
            assert(wide <= width, `${wide} at ${width}`);
          }
        },
      );
      assertEquals(complaints, []);
    } finally {
      await page.close(); // it listens to the board
    }
  },
);
