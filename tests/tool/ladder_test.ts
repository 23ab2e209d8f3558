/**
 * What a ladder says of recordings, and how it stands on the screen.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { setColorEnabled, stripAnsiCode } from "@std/fmt/colors";
import { type Side } from "../../course/wire/recording.ts";
import { draw } from "../../course/wire/view.ts";
import { columns, markOf, showBytes } from "../../course/wire/show.ts";
import { content, Log, recordingsOf, rows } from "./handwritten.ts";

Deno.test("a read shows which writes it holds when three end in it", () => {
  const client = new Log("client").connect()
    .write("aaa", 1).write("aaa", 1).write("aaa", 1);
  const server = new Log("server").listen().accept().read("aaaaaaaaa", 2);
  assertEquals(rows([client, server], { order: "cause" }), [
    "listen 127.0.0.1:8001",
    "connect 127.0.0.1:8001 ──▶",
    "accept 127.0.0.1:54321",
    "write 3: ①aaa ──▶",
    "write 3: ②aaa ──▶",
    "write 3: ③aaa ──▶",
    "read 9: ①aaa ②aaa ③aaa",
    "the recording ends here",
    "the recording ends here",
  ]);
});

Deno.test({
  name: "each write of a read has a colour of its own",
  ignore: Deno.noColor, // then there are none, and none can be switched on
  fn() {
    const client = new Log("client").connect().write("a", 1).write("b", 1);
    const server = new Log("server").listen().accept().read("ab", 2);
    setColorEnabled(true);
    try {
      const { text, svg } = draw(recordingsOf(client, server), "colours");
      const read = text.split("\n").find((line) => line.includes("read 2"));
      // deno-lint-ignore no-control-regex
      const colours = read?.match(/\x1b\[3\dm(?= [①②])/g) ?? [];
      assertEquals(new Set(colours).size, 2, read);
      assertMatch(svg, /<tspan class="c0"> ①a<\/tspan><tspan class="c1"> ②b/);
    } finally {
      setColorEnabled(false);
    }
  },
});

Deno.test("a read says so when it begins or ends inside a write", () => {
  const client = new Log("client").connect().write("aaaa", 1).write("bb", 1);
  const server = new Log("server").listen().accept()
    .read("aaa", 2).read("ab", 2).read("b", 2);
  const told = rows([client, server]).filter((row) => row.startsWith("read"));
  assertEquals(told, [
    "read 3: ①aaa  ends inside ①: 3 of 4",
    "read 2: ①a ②b  begins inside ①, ends inside ②: 1 of 2",
    "read 1: ②b  begins inside ②",
  ]);
});

/** A recording whose bytes are frames. */
const framed = (side: Side) => new Log(side, 0, "<i");

Deno.test("frames are shown as length and payload when the recording says that they are some", () => {
  const frames = "\x05\0\0\0hello\0\0\0\0\x02\0\0\0é";
  const client = framed("client").connect().write(frames, 1);
  const server = framed("server").listen().accept().read(frames, 2);
  const shown = rows([client, server]).join("\n");
  assertStringIncludes(
    shown,
    "write 19: ①[length 5] hello [length 0] [length 2] é",
  );
  assertStringIncludes(
    shown,
    "read 19: ①[length 5] hello [length 0] [length 2] é",
  );
  const { text } = draw(recordingsOf(client, server), "a test");
  assertStringIncludes(text, "[length 5] is a frame's length, 4 bytes as <i");
});

Deno.test("a header and the file behind it are told apart, however they are cut", () => {
  const header = `{"size":6}`;
  const bytes = `\x0a\0\0\0${header}poem\n!\x02\0\0\0{}`;
  const client = new Log("client", 0, "files").connect().write(bytes, 1);
  const [, written] = rows([client]);
  assertEquals(
    written,
    `write 26: ①[length 10] ${header} file 6: poem\\n! [length 2] {} ──▶`,
  );
  const server = new Log("server", 0, "files").listen().accept();
  for (const byte of bytes) server.read(byte, 2);
  const told = rows([client, server]).filter((row) => row.includes("read 1:"));
  assertStringIncludes(told[14] ?? "", "file 6: p");
  assertStringIncludes(told[15] ?? "", "…file: o");
  assertStringIncludes(told[19] ?? "", "…file: !");
  assertStringIncludes(told[20] ?? "", "[length…]");
});

Deno.test("a header gives of its room where the file behind it would not be seen", () => {
  const header = `{"name":"${"x".repeat(80)}","size":12}`;
  const length = String.fromCharCode(header.length);
  const client = new Log("client", 0, "files").connect()
    .write(`${length}\0\0\0${header}hello, world`, 1);
  const [, written = ""] = rows([client]);
  assertStringIncludes(written, `{"name":"x`);
  assertStringIncludes(written, "file 12: hello");
});

Deno.test("what stands behind a header is no file when the header names none", () => {
  for (const header of [`{"size":-1}`, `{"size":"6"}`, `[6]`, `nothing`]) {
    const length = String.fromCharCode(header.length);
    const client = new Log("client", 0, "files").connect()
      .write(`${length}\0\0\0${header}\x02\0\0\0ab`, 1);
    const [, written = ""] = rows([client]);
    assertStringIncludes(written, `${header} [length 2] ab`);
  }
});

Deno.test("a ladder is as wide as it is told to be, from 60 to 160 columns", () => {
  const client = new Log("client").connect().write("x".repeat(200), 1);
  for (
    const [wanted, width] of [[20, 60], [61, 61], [100, 100], [
      300,
      160,
    ]] as const
  ) {
    const { text } = draw(recordingsOf(client), "a test", { width: wanted });
    const lines = stripAnsiCode(text).split("\n").slice(0, 3);
    assertEquals(lines.map(columns), [width, width, width]);
  }
});

Deno.test("parts of frames are shown when reads cut them anywhere", () => {
  const client = framed("client").connect()
    .write("\x05\0\0\0hello", 1).write("\x03\0\0\0bye", 1);
  const server = framed("server").listen().accept()
    .read("\x05", 2).read("\0", 2).read("\0\0", 2)
    .read("hel", 2).read("lo\x03\0", 2).read("\0\0bye", 2);
  const shown = rows([client, server]).join("\n");
  assertStringIncludes(shown, "read 1: ①[length…]  ends inside ①: 1 of 9");
  assertStringIncludes(shown, "read 1: ①[…length…]  begins inside ①");
  assertStringIncludes(shown, "read 2: ①[…length 5]  begins inside ①");
  assertStringIncludes(shown, "read 3: ①hel  begins inside ①");
  assertStringIncludes(shown, "read 4: ①lo ②[length…]  begins inside ①");
  assertStringIncludes(shown, "read 5: ②[…length 3] bye  begins inside ②");
});

Deno.test("a length and its payload are shown as one frame when two writes hold them", () => {
  const client = framed("client").connect()
    .write("\x05\0\0\0", 1).write("hello", 1);
  const server = framed("server").listen().accept()
    .read("\x05\0\0\0hello", 2);
  const shown = rows([client, server]).join("\n");
  assertStringIncludes(shown, "write 4: ①[length 5]");
  assertStringIncludes(shown, "write 5: ②hello");
  assertStringIncludes(shown, "read 9: ①[length 5] ②hello");
});

Deno.test("frames go on after a write that took a part of its bytes", () => {
  const { bytes } = content("\x05\0\0\0hello");
  const client = framed("client").connect()
    .start("write", { socket: 1, size: 9, bytes }).end({ count: 6 })
    .write("llo", 1).write("\x01\0\0\0x", 1);
  const shown = rows([client]).join("\n");
  assertStringIncludes(shown, "write 9: ①[length 5] hello");
  assertStringIncludes(shown, "took only 6 of 9");
  assertStringIncludes(shown, "write 3: ②llo");
  assertStringIncludes(shown, "write 5: ③[length 1] x");
});

Deno.test("bytes are shown as they are when their frames are lost", () => {
  const negative = framed("client").connect()
    .write(new Uint8Array([255, 255, 255, 255, 104, 105]), 1)
    .write("\x01\0\0\0x", 1);
  assertStringIncludes(rows([negative]).join("\n"), "write 6: ①[length -1] hi");
  assertStringIncludes(rows([negative]).join("\n"), "write 5: ②‹01 00 00 00›x");

  const unkept = framed("client").connect()
    .start("write", { socket: 1, size: 100_000 }).end({ count: 100_000 })
    .write("\x01\0\0\0x", 1);
  assertStringIncludes(rows([unkept]).join("\n"), "①(100000 bytes)");
  assertStringIncludes(rows([unkept]).join("\n"), "②‹01 00 00 00›x");
});

Deno.test("a payload that was not kept is counted, and the frames go on after it", () => {
  const client = framed("client").connect()
    .write(new Uint8Array([0xa0, 0x86, 1, 0]), 1)
    .start("write", { socket: 1, size: 100_000 }).end({ count: 100_000 })
    .write("\x01\0\0\0x", 1);
  const shown = rows([client]).join("\n");
  assertStringIncludes(shown, "write 4: ①[length 100000]");
  assertStringIncludes(shown, "②(100000 bytes)");
  assertStringIncludes(shown, "write 5: ③[length 1] x");
});

Deno.test("frames are left alone when the recording says nothing of them", () => {
  for (const framing of [undefined, "!i"]) {
    const client = new Log("client", 0, framing).connect()
      .write("\x01\0\0\0x", 1);
    const shown = rows([client]).join("\n");
    assertStringIncludes(shown, "①‹01 00 00 00›x");
    assert(!shown.includes("[length"));
  }
});

Deno.test("steps stand in the order of cause when the clocks disagree", () => {
  const client = new Log("client", 5000).connect().write("ask", 1)
    .read("answer", 1).start("close", { socket: 1 }).end();
  const server = new Log("server", 0).listen().accept().read("ask", 2)
    .write("answer", 2).readEnd(2);
  const told = [
    "listen 127.0.0.1:8001",
    "connect 127.0.0.1:8001 ──▶",
    "accept 127.0.0.1:54321",
    "write 3: ①ask ──▶",
    "read 3: ①ask",
    "◀── write 6: ②answer",
    "read 6: ②answer",
    "close ──▶",
    "read null: the stream has ended",
    "the recording ends here",
    "the recording ends here",
  ];
  assertEquals(rows([client, server]), told);
  assertEquals(rows([server, client]), told);
});

Deno.test("order by cause alone is the same whatever the clocks say", () => {
  const draw = (late: number) =>
    rows([
      new Log("client").connect().wait(late).write("ask", 1).readEnd(1),
      new Log("server").listen().accept().line("print", {
        stream: "stdout",
        text: "connected",
      }).read("ask", 2).wait(50 - late).start("close", { socket: 2 }).end(),
    ], { order: "cause" });
  assertEquals(draw(0), draw(50));
});

Deno.test("half-close, reset, refused and never accepted are said in words", () => {
  const client = new Log("client")
    .start("connect", { transport: "tcp", address: "127.0.0.1:9" })
    .fail("ConnectionRefused", "Connection refused (os error 111)")
    .connect().start("closeWrite", { socket: 1 }).end()
    .start("read", { socket: 1, room: 9 })
    .fail("ConnectionReset", "Connection reset by peer (os error 104)")
    .start("write", { socket: 1, size: 1, bytes: btoa("x") })
    .fail("BrokenPipe", "Broken pipe (os error 32)")
    .line("exit", { code: 1, signal: null });
  const server = new Log("server").listen()
    .start("accept", { socket: 1 })
    .fail("NotConnected", "Transport endpoint is not connected")
    .line("exit", { code: 137, signal: "SIGKILL" });
  assertEquals(rows([client, server], { order: "cause" }), [
    "listen 127.0.0.1:8001",
    "accept  ✗ RESET: the client was gone already (NotConnected)",
    "ended by SIGKILL",
    "connect 127.0.0.1:9 ── ✗ refused",
    "connect 127.0.0.1:8001 ── ✗ never accepted",
    "half-close: sends no more, still reads ──▶",
    "read  ✗ RESET: the connection was broken off (ConnectionReset)",
    "write 1: ①x  ✗ BROKEN PIPE: the other side has closed (BrokenPipe)",
    "ends with exit code 1",
  ]);
});

Deno.test("bytes that nobody read are told from those that were read", () => {
  const client = new Log("client").connect().write("read", 1)
    .write("partly", 1).write("never", 1);
  const server = new Log("server").listen().accept().read("readpa", 2);
  const told = rows([client, server]).filter((row) => row.startsWith("write"));
  assertEquals(told, [
    "write 4: ①read ──▶",
    "write 6: ②partly  ✗ only 2 of 6 were read ──▶",
    "write 5: ③never ── ✗ never read",
  ]);
});

Deno.test("a datagram that nobody received is shown as lost", () => {
  const [from, to] = ["127.0.0.1:54321", "127.0.0.1:8004"];
  const client = new Log("client").bind(from)
    .send("same", to).send("lost", to).send("same", to).send("", to)
    .send("too long", to).send("nobody", "127.0.0.1:9");
  const server = new Log("server").bind("0.0.0.0:8004")
    .receive("same", from).receive("same", from).receive("", from)
    .receive("too", from, 3);
  assertEquals(rows([client, server], { order: "cause" }), [
    "bind 0.0.0.0:8004",
    "bind 127.0.0.1:54321",
    "send 4 to 127.0.0.1:8004: ①same ──▶",
    "receive 4 from 127.0.0.1:54321: ①same",
    "send 4 to 127.0.0.1:8004: ②lost ── ✗ lost",
    "send 4 to 127.0.0.1:8004: ③same ──▶",
    "receive 4 from 127.0.0.1:54321: ③same",
    "send 0 to 127.0.0.1:8004: ④(nothing) ──▶",
    "receive 0 from 127.0.0.1:54321: ④(nothing)",
    "send 8 to 127.0.0.1:8004: ⑤too long ──▶",
    "receive 3 from 127.0.0.1:54321: ⑤too  ✗ cut: 8 were sent",
    "the recording ends here",
    "send 6 to 127.0.0.1:9: ⑥nobody ── ✗ lost",
    "the recording ends here",
  ]);
});

Deno.test("a recording of one side is drawn without claims about the other", () => {
  const server = new Log("server").listen().accept().read("hi", 2)
    .write("HI", 2);
  const { text } = draw(recordingsOf(server), "one side", {
    times: false,
    heads: { client: "the check" },
  });
  assertMatch(stripAnsiCode(text), /^the check +server\.ts\n/);
  assertEquals(rows([server]), [
    "listen 127.0.0.1:8001",
    "accept 127.0.0.1:54321",
    "read 2: hi",
    "◀── write 2: ①HI",
    "the recording ends here",
  ]);
});

Deno.test("connections have numbers when there are several", () => {
  const other = "127.0.0.1:54322";
  const clients = [
    new Log("client").connect().write("one", 1),
    new Log("client").connect(other).write("two", 1),
  ];
  const server = new Log("server").listen().accept(2).accept(3, other)
    .read("two", 3).read("one", 2);
  const told = rows([...clients, server], { order: "cause" });
  for (
    const row of [
      "[1] #1 write 3: ①one ──▶",
      "[2] #2 write 3: ②two ──▶",
      "#2 read 3: ②two",
      "#1 read 3: ①one",
    ]
  ) assert(told.includes(row), `${row} is not in:\n${told.join("\n")}`);
});

Deno.test("each row has its client's name when the clients have names", () => {
  const other = "127.0.0.1:54322";
  const clients = [
    new Log("client", 0, undefined, "client.ts anna").connect().write("one", 1),
    new Log("client", 0, undefined, "client.ts bob").connect(other)
      .write("two", 1),
  ];
  const server = new Log("server").listen().accept(2).accept(3, other)
    .read("two", 3).read("one", 2).start("close", { socket: 1 }).end();
  const told = rows([...clients, server], { order: "cause" });
  for (
    const row of [
      "anna write 3: ①one ──▶",
      "bob write 3: ②two ──▶",
      "anna accept 127.0.0.1:54321",
      "bob accept 127.0.0.1:54322",
      "bob read 3: ②two",
      "anna read 3: ①one",
      "close the listener",
    ]
  ) assert(told.includes(row), `${row} is not in:\n${told.join("\n")}`);
  const { text } = draw(
    recordingsOf(...clients, server),
    "two clients",
    { times: false },
  );
  assertMatch(stripAnsiCode(text), /^client\.ts anna, bob +server\.ts\n/);
});

Deno.test("a long story is summed up in its middle", () => {
  const client = new Log("client").connect();
  const server = new Log("server").listen().accept();
  for (let i = 0; i < 5000; i++) {
    client.write("x", 1);
    server.read("x", 2);
  }
  const told = rows([client, server]);
  assert(told.length <= 205, `${told.length} rows`);
  assert(told.some((row) => /^… 98\d\d steps are left out here:$/.test(row)));
  assert(
    told.some((row) =>
      /^\d+ × write \(\d+ bytes\), \d+ × read \(\d+ bytes\)$/.test(row)
    ),
    told.join("\n"),
  );
  assertEquals(told[0], "listen 127.0.0.1:8001");
  assertEquals(told.at(-1), "the recording ends here");
});

Deno.test("bytes are shown as text where they are text, and harmless", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  assertEquals(showBytes(bytes("hello baby")), "hello baby");
  assertEquals(showBytes(bytes("你好 é\r\n")), "你好 é\\r\\n");
  assertEquals(showBytes(bytes(" two ")), "␣two␣");
  assertEquals(showBytes(new Uint8Array([10, 0, 0, 0, 104])), "‹0a 00 00 00›h");
  assertEquals(showBytes(bytes("你").subarray(0, 2)), "‹e4 bd›");
  assertEquals(showBytes(bytes("\u001b[2J\u202e")), "‹1b›[2J‹e2 80 ae›");
  assertEquals([1, 20, 21, 50, 51].map(markOf).join(" "), "① ⑳ ㉑ ㊿ (51)");
});

Deno.test("what a program complains of is shown whole, at most eight rows of it", () => {
  const told = (text: string) =>
    rows([new Log("client").line("print", { text, stream: "stderr" })])
      .slice(0, -1); // "the recording ends here"
  const text =
    "error: Deno was not allowed to use /tmp/some/file.txt: run it again with --allow-read";
  assertEquals(told(text), [
    "prints on stderr: error: Deno was not allowed to use /tmp/some/file.txt: run",
    "it again with --allow-read",
  ]);
  const path = `error: ${"/abcdefg".repeat(30)}`;
  assertEquals(told(path).join(""), `prints on stderr: ${path}`);
  const long = told("word ".repeat(10_000));
  assertEquals(long.length, 8);
  assert(long.at(-1)?.endsWith("…"));
});

Deno.test("rows stay within 80 columns whatever was written, printed and named", () => {
  const wide = "好".repeat(200);
  const client = new Log("client").connect().write(wide, 1)
    .write("a".repeat(60), 1).write("b".repeat(60), 1)
    .line("print", { stream: "stderr", text: `${wide}\u001b[31m` })
    .start("connect", { transport: "unix", address: `/tmp/${wide}` })
    .fail("Error", wide);
  for (let i = 0; i < 60; i++) client.write(`${i}`, 1);
  const all = `${wide}${"a".repeat(60)}${"b".repeat(60)}` +
    Array.from({ length: 60 }, (_, i) => `${i}`).join("");
  const server = new Log("server").listen().accept().read(all, 2);
  const { text, svg } = draw(recordingsOf(client, server), "wide");
  for (const line of text.split("\n")) assert(columns(line) <= 80, line);
  const told = rows([client, server]);
  assert(
    told.some((row) => /^read 830: ①好+… .* and \d+ more$/.test(row)),
    told.join("\n"),
  );
  // deno-lint-ignore no-control-regex
  assert(!/[\x00-\x08\x0b-\x1f]/.test(svg));
});
