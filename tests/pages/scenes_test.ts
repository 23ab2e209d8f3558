import { assertEquals, assertRejects } from "@std/assert";
import { freePort } from "../../kit/free_port.ts";
import {
  differencesIn,
  isForHere,
  playScene,
  readScenes,
  type Scene,
  type Setting,
} from "../../course/scenes.ts";
import { startReaper } from "../../kit/reaper.ts";

startReaper();

const PAIR = "deno run --allow-net=127.0.0.1 lessons/01_single_shot";

async function runScene(scene: Scene, setting: Setting): Promise<string[]> {
  return differencesIn(await playScene(scene, setting));
}

const fence = (text: string) => `\`\`\`console\n${text}\n\`\`\``;

Deno.test("readScenes() takes the commands and outputs between headings and items", () => {
  const page = [
    "# One",
    fence("$ deno a\nx\ny"),
    "text",
    fence("$ deno b\n$ deno c\nz"),
    "## Two",
    "1. item",
    "   ```console\n   $ deno d\n     deep\n   ```",
    "```sh\n$ deno e\n```",
  ].join("\n");
  const found = readScenes(page).map((scene) =>
    scene.map(({ command, lines }) => [command, ...lines])
  );
  assertEquals(found, [
    [["deno a", "x", "y"], ["deno b"], ["deno c", "z"]],
    [["deno d", "  deep"]],
  ]);
});

Deno.test("isForHere() knows the systems that a page names", () => {
  const isHere = (comment: string) =>
    isForHere(readScenes(`${comment}\n${fence("$ deno a")}`)[0] ?? []);
  assertEquals(isHere("text"), true);
  assertEquals(isHere(`<!-- only: plan9, ${Deno.build.os} -->`), true);
  assertEquals(isHere("<!-- only: plan9 -->"), false);
});

Deno.test("playScene() ends a program that goes on, when it has printed what is shown", async () => {
  const run = (...lines: string[]) => {
    const server = `$ ${PAIR.replace("01_single_shot", "03_connection_loop")}`;
    const page = fence([`${server}/server.ts`, ...lines].join("\n"));
    const [scene = []] = readScenes(`<!-- goes on -->\n\n${page}`);
    return runScene(scene, { port: 8003, freePort });
  };
  assertEquals(await run("listening on 127.0.0.1:8003"), []);
  assertEquals((await run("listening on 127.0.0.1:80030")).length, 1);
});

Deno.test("playScene() does not wait for a line that comes on a terminal only", async () => {
  const [scene = []] = readScenes([
    fence(
      `$ ${PAIR}/server.ts\nlistening on 127.0.0.1:8001\nconnected 127.0.0.1:50000`,
    ),
    "<!-- terminal: on a terminal -->\n",
    fence(`$ ${PAIR}/client.ts hey\non a terminal\nHEY`),
  ].join("\n"));
  assertEquals(await runScene(scene, { port: 8001, freePort }), []);
});

Deno.test("playScene() accepts what is real and rejects what is not", async () => {
  const scene = (answer: string, connected: string) =>
    readScenes(
      fence(`$ ${PAIR}/server.ts\nlistening on 127.0.0.1:8001\n${connected}`) +
        `\n${fence(`$ ${PAIR}/client.ts hey\n${answer}`)}`,
    )[0] ?? [];
  const run = (...texts: [string, string]) =>
    runScene(scene(...texts), { port: 8001, freePort });

  assertEquals(await run("HEY", "connected 127.0.0.1:50000"), []);
  assertEquals((await run("hey", "connected 127.0.0.1:50000")).length, 1);
  assertEquals((await run("HEY", "joined 127.0.0.1:50000")).length, 1);
  assertEquals((await run("HEY", "connected 127.0.0.1:8001")).length, 1);
});

Deno.test("playScene() tells each line as it comes, and ends early when it is told to", async () => {
  const loop = PAIR.replace("01_single_shot", "03_connection_loop");
  const server = `$ ${loop}/server.ts\nlistening on 127.0.0.1:8003`;
  const [scene = []] = readScenes(
    [fence(server), fence(`$ ${loop}/client.ts\n> hello\nHELLO`)].join("\n"),
  );
  const stop = new AbortController();
  const heard: string[] = [];
  const playing = playScene(scene, {
    port: 8003,
    freePort,
    signal: stop.signal,
    onLine({ line }, text, isTyped) {
      heard.push(`${line}${isTyped ? " >" : ""} ${text}`);
      if (text === "HELLO") stop.abort();
    },
  });
  await assertRejects(() => playing, DOMException, "aborted");
  // What the server says of its client comes from another program: before the answer, or behind it.
  const [, typed, answer] = heard.filter((text) =>
    !/connected|client left/.test(text)
  );
  assertEquals([typed, answer], ["6 > > hello", "6 HELLO"]);
});
