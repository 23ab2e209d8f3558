/**
 * The viewer: what it holds, and who gets to the one that is served.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { root } from "@lessons/places.ts";
import { draw } from "../../course/wire/view.ts";
import { LiveViewer } from "../../course/wire/viewer_server.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { startReaper } from "../../kit/reaper.ts";
import { Log, recordingsOf } from "./handwritten.ts";
import { HOSTILE, paint, sticky } from "./viewer_pages.ts";

startReaper();

Deno.test("a page is one small file that asks for nothing when it is empty of data", async () => {
  const page = await paint(new Log("client").connect());
  assert(page.length < 100_000, `${page.length} characters`);
  assert(!/https?:/.test(page), "it names another place");
  assert(
    !/ (src|style|on\w+)=/.test(page.replace(/<script[^]*?<\/script>/g, "")),
  );
  const [, policy = ""] = /Policy" content="(.*?)"/.exec(page) ?? [];
  assertStringIncludes(policy, "default-src 'none'; script-src 'sha256-");
  assert(!policy.includes("unsafe") && !policy.includes("connect-src"), policy);
});

Deno.test("a page holds no markup of a recording, whatever stands in it", async () => {
  const client = new Log("client");
  const [name = ""] = HOSTILE;
  const begin = client.text.replace('"client.ts"', JSON.stringify(name));
  for (const text of HOSTILE) {
    client.line("print", { stream: "stdout", text }).line("typed", { text });
    client.start("connect", { transport: "tcp", address: text })
      .fail(text, text);
  }
  const text = begin + client.text.slice(client.text.indexOf("\n") + 1);
  const page = await draw(recordingsOf(text), name).viewer();
  const [, json = ""] = /id="data">(.*?)<\/script>/s.exec(page) ?? [];
  assert(!json.includes("<"), "a tag can begin in the data");
  assertEquals(JSON.parse(json).heads.client, name);
  assertEquals(page.match(/<\/?script/g)?.length, 4);
  assert(!page.includes("<img"));
});

Deno.test("a page is painted when the recording is cut off in the middle of a line", async () => {
  const [client, server] = sticky();
  for (const cut of [0.3, 0.6, 0.9]) {
    const text = client.text + server.text;
    const page = await paint(text.slice(0, text.length * cut));
    assertMatch(page, /^<!doctype html>[^]*<\/html>\n$/);
  }
});

Deno.test("a live page answers nobody but its own when others ask", async () => {
  const live = new LiveViewer("a test", () => {
    throw new Error("nobody may start a run");
  });
  try {
    const { origin, port, pathname } = new URL(live.address);
    const asks: [string, RequestInit, number][] = [
      [pathname, {}, 200],
      ["/", {}, 403],
      [pathname.slice(0, -1), {}, 403],
      [`${pathname.slice(0, -2)}/`, {}, 403],
      ["/news", {}, 403],
      [`${pathname}other`, {}, 404],
      [`${pathname}again`, {}, 404],
      [`${pathname}again`, { method: "POST" }, 404],
      ...["http://evil.example", "null", `http://localhost:${port}`].map((
        origin,
      ): [string, RequestInit, number] => [
        `${pathname}again`,
        { method: "POST", headers: { origin } },
        403,
      ]),
      [`${pathname}news`, { headers: { origin: "http://evil.example" } }, 403],
    ];
    for (const [path, options, status] of asks) {
      const answer = await fetch(`${origin}${path}`, options);
      await answer.body?.cancel();
      assertEquals(answer.status, status, `${path} ${JSON.stringify(options)}`);
    }
    // A name that somebody points at this machine.
    const byName = await fetchAs("evil.example", Number(port), pathname);
    assertStringIncludes(byName, "HTTP/1.1 403");
    assertStringIncludes(
      await fetchAs(`127.0.0.1:${port}`, Number(port), pathname),
      "HTTP/1.1 200",
    );
  } finally {
    await live.close();
  }
});

/** Asks for a page by hand, under any name. @returns The answer's beginning. */
async function fetchAs(
  host: string,
  port: number,
  path: string,
): Promise<string> {
  using conn = await Deno.connect({ port });
  const request =
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  await conn.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, count));
}

Deno.test("lesson --page serves until Ctrl-C, and asks nothing", async () => {
  const command = denoRun(new URL("course/commands/lesson.ts", root), [
    "-q",
    "-P",
  ], [
    "1",
    "--page",
  ]);
  await using program = Program.start({ label: "lesson --page", command });
  let line = "";
  while (!line.startsWith("live page: ")) {
    line = await program.line("its address");
  }
  const address = line.slice("live page: ".length);
  const page = await (await fetch(address)).text();
  assertStringIncludes(page, "<h1>lesson 01, single shot, on the wire</h1>");
  const [, news = ""] = /"news":"(.*?)"/.exec(page) ?? [];
  let told = "";
  const answer = await fetch(new URL(news, address));
  assert(answer.body);
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    told += text;
    if (told.includes('"isRunning":false')) break;
  }
  assertStringIncludes(told, '"text":"HELLO BABY"');
  program.signal("SIGINT");
  assertEquals((await program.exited).code, 0);
});
