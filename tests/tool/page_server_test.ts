import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  eventOf,
  EventStream,
  page,
  PageServer,
} from "../../course/browser/page_server.ts";

/** Asks by hand, with any line and any headers. @returns All that is answered. */
async function ask(
  { origin }: PageServer,
  line: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const port = Number(new URL(origin).port);
  using conn = await Deno.connect({ port });
  const all = { host: `127.0.0.1:${port}`, connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) =>
    `${name}: ${value}\r\n`
  );
  await conn.write(
    new TextEncoder().encode(`${line} HTTP/1.1\r\n${lines.join("")}\r\n`),
  );
  const chunks: string[] = [];
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  for (let count; (count = await conn.read(buffer)) !== null;) {
    chunks.push(decoder.decode(buffer.subarray(0, count), { stream: true }));
  }
  return chunks.join("");
}

function serve(token?: string): PageServer {
  return new PageServer({
    ...(token === undefined ? {} : { token }),
    answer({ what, isOwnPage }) {
      if (what === "GET /") return page("<p>here</p>", "none");
      if (what === "GET /breaks") throw new Error("it broke");
      if (what === "POST /" && isOwnPage) return new Response("done");
      return undefined;
    },
  });
}

Deno.test("a page server answers those who ask for its own address, with its headers", async () => {
  const server = serve();
  try {
    const answer = await ask(server, "GET /");
    assertMatch(answer, /^HTTP\/1.1 200 /);
    for (
      const header of [
        "cache-control: no-store",
        "content-security-policy: frame-ancestors 'none'",
        "cross-origin-resource-policy: same-origin",
        "referrer-policy: no-referrer",
        "x-content-type-options: nosniff",
      ]
    ) assertStringIncludes(answer, header);
    assertMatch(await ask(server, "GET /nothing"), /^HTTP\/1.1 404 /);
    assertMatch(await ask(server, "DELETE /"), /^HTTP\/1.1 404 /);
    assertMatch(await ask(server, "POST /"), /^HTTP\/1.1 404 /);
    const { origin } = server;
    assertMatch(await ask(server, "POST /", { origin }), /^HTTP\/1.1 200 /);
  } finally {
    await server.close();
  }
});

Deno.test("a page server refuses any other Host and Origin, malformed ones too, in one line", async () => {
  const server = serve();
  const port = new URL(server.origin).port;
  try {
    for (
      const headers of [
        { host: "evil.example" },
        { host: `evil.example:${port}` },
        { host: `localhost:${port}` },
        { host: "[" },
        { host: "a b" },
        { host: "" },
        { host: "127.0.0.1:99999" },
        { origin: "http://evil.example" },
        { origin: "null" },
        { origin: `http://localhost:${port}` },
      ]
    ) {
      const answer = await ask(server, "GET /", headers);
      assertMatch(answer, /^HTTP\/1.1 40[03] /, JSON.stringify(headers));
      assertEquals(answer.includes(" at "), false);
    }
  } finally {
    await server.close();
  }
});

Deno.test("a page server with a token answers nobody who does not know it", async () => {
  const server = serve("secret");
  try {
    assertMatch(await ask(server, "GET /secret/"), /^HTTP\/1.1 200 /);
    assertEquals(server.address, `${server.origin}/secret/`);
    for (const path of ["/", "/secret", "/secre/", "/secret2/", "/x/secret/"]) {
      assertMatch(await ask(server, `GET ${path}`), /^HTTP\/1.1 403 /);
    }
  } finally {
    await server.close();
  }
});

Deno.test("a page that cannot be made is an answer in one line", async () => {
  const server = serve();
  try {
    const answer = await ask(server, "GET /breaks");
    assertMatch(answer, /^HTTP\/1.1 500 [^]*\r\n\r\nit broke\n$/);
  } finally {
    await server.close();
  }
});

Deno.test("an event stream tells each page, from its first word on", async () => {
  const stream = new EventStream();
  const readers = ["a", "b"].map((name) =>
    stream.open(eventOf(name)).body?.pipeThrough(new TextDecoderStream())
      .getReader()
  );
  stream.send(eventOf("news"));
  stream.close();
  const heard = await Promise.all(readers.map(async (reader) => {
    let all = "";
    for (let part; (part = await reader?.read()) && !part.done;) {
      all += part.value;
    }
    return all;
  }));
  assertEquals(heard, [
    "data: a\n\ndata: news\n\n",
    "data: b\n\ndata: news\n\n",
  ]);
});
