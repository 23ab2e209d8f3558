/**
 * Mutants of lesson 03's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "server.ts",
    replace: "      say.connected(conn);\n",
    with: "",
    breaks: [1],
    says: "prints no connected lines",
  },
  {
    of: "server.ts",
    replace: "say.connected(conn);",
    with: "if (totals.clients === 0) say.connected(conn);",
    breaks: [1],
    says: "prints the first connected line only",
  },
  {
    of: "server.ts",
    replace: "totals.clients++;\n",
    with: "if (++totals.clients === 2) break;\n",
    breaks: [2, 5, 6],
    says: "ends after its second client",
  },
  {
    of: "server.ts",
    replace: "      using conn = await acceptNext(listener);\n",
    with:
      "      using conn = await acceptNext(listener);\n      if (totals.clients > 0) (await acceptNext(listener)).close();\n",
    breaks: [2],
    says: "drops each second client",
  },
  {
    of: "server.ts",
    replace: "`you are ${name}`",
    with: "`you are client #${totals.clients - 1}`",
    breaks: [3],
    says: "counts its clients from 0",
  },
  {
    of: "server.ts",
    replace: "`you are ${name}`",
    with: "`you are ${name}\\n`",
    breaks: [3],
    says: "greets with a line feed",
  },
  {
    of: "server.ts",
    replace: "`you are ${name}`",
    with: "`you are client #1`",
    breaks: [3],
    says: "takes each client for the first",
  },
  {
    of: "server.ts",
    replace: "encode(text.toUpperCase())",
    with: "encode(text)",
    breaks: [4],
    says: "answers without capitals",
  },
  {
    of: "server.ts",
    replace: "encode(text.toUpperCase())",
    with: "encode(text.trim().toUpperCase())",
    breaks: [4],
    says: "trims what it answers",
  },
  {
    of: "server.ts",
    replace: "encode(text.toUpperCase())",
    with: "encode(text.replace(/[a-z]/g, (a) => a.toUpperCase()))",
    breaks: [4],
    says: "knows the capitals of 26 letters only",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(text.toUpperCase()));",
    with:
      "for (const _ of [1, 2]) await conn.write(new TextEncoder().encode(text.toUpperCase()));",
    breaks: [4],
    says: "answers twice",
  },
  {
    of: "server.ts",
    replace: "`${name} left after ${totals.messages - before} messages`",
    with: "`${name} left after ${totals.messages} messages`",
    breaks: [5],
    says: "tells the messages of all clients",
  },
  {
    of: "server.ts",
    replace: "`${name} left after ${totals.messages - before} messages`",
    with: "`${name} left`",
    breaks: [5],
    says: "does not tell how many messages",
  },
  {
    of: "server.ts",
    replace: "} catch (error) {",
    with: "} catch (error) {\n        throw error;",
    breaks: [6],
    says: "dies of a reset",
    told: "lets one client's crash end the service",
  },
  {
    of: "server.ts",
    replace: "} catch (error) {",
    with: "} catch (error) {\n        continue;",
    breaks: [6],
    says: "says nothing of a client that reset its connection",
  },
  {
    of: "server.ts",
    replace: "await acceptNext(listener)",
    with: "await listener.accept()",
    breaks: [6],
    says: "does not mind what accept() throws",
    told: "lets one client's crash end the service",
  },
  {
    of: "server.ts",
    replace: "} catch (error) {",
    with:
      "} catch (error) {\n        if (error instanceof Deno.errors.BrokenPipe) throw error;",
    breaks: [6],
    says: "dies of a client that left while it was answered",
    told: "lets one client's crash end the service",
  },
  {
    of: "server.ts",
    replace: "if (count === null) return;",
    with:
      "if (count === null) await new Promise(() => setInterval(() => {}, 1e6));",
    breaks: [6],
    says: "waits for ever at a half-close",
  },
  {
    of: "server.ts",
    replace: 'text === "stats"',
    with: 'text.trim() === "stats"',
    breaks: [12],
    says: "takes stats with blanks for stats",
  },
  {
    of: "server.ts",
    replace: 'text === "stats"',
    with: 'text.toLowerCase() === "stats"',
    breaks: [12],
    says: "takes STATS for stats",
  },
  {
    of: "server.ts",
    replace: 'text === "stats"',
    with: 'text.startsWith("stats")',
    breaks: [12],
    says: "takes statistics for stats",
  },
  {
    of: "server.ts",
    replace: "`clients=${clients} messages=${messages} bytes=${bytes}`",
    with: "`clients=${clients}, messages=${messages}, bytes=${bytes}`",
    breaks: [12],
    says: "puts commas into the totals",
  },
  {
    of: "server.ts",
    replace: "`clients=${clients} messages=${messages} bytes=${bytes}`",
    with: "`clients=${clients - 1} messages=${messages} bytes=${bytes}`",
    breaks: [13],
    says: "does not count the client that asks",
  },
  {
    of: "server.ts",
    replace: "      totals.clients++;\n",
    with: "      totals.clients = 1;\n",
    breaks: [13, 3],
    says: "counts the clients that are here",
  },
  {
    of: "server.ts",
    replace: "totals.bytes += count;",
    with: "totals.bytes += text.length;",
    breaks: [14],
    says: "counts characters",
    told: "counts characters",
  },
  {
    of: "server.ts",
    replace: "totals.bytes += count;",
    with:
      "totals.bytes += new TextEncoder().encode(text.toUpperCase()).length;",
    breaks: [14],
    says: "counts the bytes that it sends",
  },
  {
    of: "server.ts",
    replace: "const before = totals.messages;",
    with: "const before = totals.messages = 0;",
    breaks: [14],
    says: "forgets the messages of the clients before",
  },
  {
    of: "server.ts",
    replace: "const before = totals.messages;",
    with: "totals.bytes = 0;\n      const before = totals.messages;",
    breaks: [14],
    says: "forgets the bytes of the clients before",
  },
  {
    of: "server.ts",
    replace: 'if (text === "stats") {\n',
    with: 'if (text === "stats") {\n      totals.bytes += count;\n',
    breaks: [15],
    says: "counts the bytes of stats",
  },
  {
    of: "server.ts",
    replace: 'if (text === "stats") {\n',
    with: 'if (text === "stats") {\n      totals.messages++;\n',
    breaks: [15],
    says: "counts stats as a message",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(() => console.log(showTotals()));",
    with: "",
    breaks: [16],
    says: "prints no totals",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(() => console.log(showTotals()));",
    with:
      "onCtrlC(() => console.log(showTotals()));\n    onCtrlC(() => console.log(showTotals()));",
    breaks: [16],
    says: "prints the totals twice",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(() => console.log(showTotals()));",
    with: "onCtrlC(() => console.error(showTotals()));",
    breaks: [16],
    says: "prints the totals on stderr",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(() => console.log(showTotals()));",
    with:
      "onCtrlC(() => {\n      console.log(showTotals());\n      Deno.exit(130);\n    });",
    breaks: [16],
    says: "ends with exit code 130 on Ctrl-C",
  },
  {
    of: "server.ts",
    replace: "{ ...address, tcpBacklog }",
    with: "{ ...address }",
    breaks: [18],
    says: "ignores its backlog",
  },
  {
    of: "server.ts",
    replace: "most: 65535,",
    with: "most: 65536,",
    breaks: [18, 23],
    says: "takes a backlog of 65536",
  },
  {
    of: "server.ts",
    replace: "least: 1,",
    with: "least: 0,",
    breaks: [18, 23],
    says: "takes a backlog of 0",
  },
  {
    of: "server.ts",
    replace: 'numberOf("backlog", flag("backlog") ?? "511", {',
    with:
      '((_1: string, text: string, _2: unknown) => Number(text) || 511)("backlog", flag("backlog") ?? "511", {',
    breaks: [23],
    says: "takes what is no number for the usual backlog",
  },
  {
    of: "server.ts",
    replace: 'numberOf("backlog", flag("backlog") ?? "511", {',
    with:
      '((_1: string, text: string, _2: unknown) => parseInt(text))("backlog", flag("backlog") ?? "511", {',
    breaks: [23],
    says: "takes 3x for 3",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(showTotals()));",
    with: "conn.write(new TextEncoder().encode(showTotals()));",
    breaks: [6],
    says: "does not await the answer to stats",
    told: "lets one client's crash end the service",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(text.toUpperCase()));",
    with: "conn.write(new TextEncoder().encode(text.toUpperCase()));",
    breaks: [6],
    says: "does not await its answer",
    told: "lets one client's crash end the service",
  },
  {
    of: "server.ts",
    replace: "const count = await conn.read(buffer);",
    with: `let count = 0;
    for (let n; (n = await conn.read(buffer.subarray(count))) !== null;) count += n;`,
    breaks: [4],
    says: "reads to the end before it answers",
    told: "reads until the other side closes before it does anything",
  },
  {
    of: "server.ts",
    replace: "using listener = Deno.listen({ ...address, tcpBacklog });",
    with:
      'if (address.port !== 0) throw new Error("any port but a free one");\n    using listener = Deno.listen({ ...address, tcpBacklog });',
    breaks: [17],
    says: "cannot be started on a port that is told",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(() => console.log(showTotals()));",
    with:
      'onCtrlC(() => {\n      console.log(showTotals());\n      throw new Error("stopped");\n    });',
    breaks: [17, 16],
    says: "throws on Ctrl-C",
  },
  {
    of: "server.ts",
    replace: "using listener = Deno.listen({ ...address, tcpBacklog });",
    with:
      "const listen = (port: number) => Deno.listen({ ...address, port, tcpBacklog });\n    let made: Deno.TcpListener;\n    try {\n      made = listen(address.port);\n    } catch {\n      made = listen(0);\n    }\n    using listener = made;",
    breaks: [19],
    says: "takes another port where its own is taken",
  },
  {
    of: "server.ts",
    replace: "using listener = Deno.listen({ ...address, tcpBacklog });",
    with:
      'let made: Deno.TcpListener;\n    try {\n      made = Deno.listen({ ...address, tcpBacklog });\n    } catch {\n      console.error("error: the port is taken");\n      Deno.exit(1);\n    }\n    using listener = made;',
    breaks: [19],
    says: "does not say which port is taken",
  },
];
