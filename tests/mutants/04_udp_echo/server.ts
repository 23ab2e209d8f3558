/**
 * Mutants of lesson 04's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "server.ts",
    replace: "say.listening(socket);",
    with: 'console.log("listening");',
    breaks: [1],
    says: "does not say where it listens",
  },
  {
    of: "server.ts",
    replace: "say.listening(socket);",
    with: 'console.log("listening on 127.0.0.1:8004");',
    breaks: [1],
    says: "says the port that it was not told",
  },
  {
    of: "server.ts",
    replace: "say.listening(socket);",
    with: "console.error(`listening on ${formatAddress(socket.addr)}`);",
    breaks: [1],
    says: "says on stderr that it listens",
  },
  {
    of: "server.ts",
    replace:
      'const socket = Deno.listenDatagram({ ...address, transport: "udp" });',
    with:
      'const socket = Deno.listenDatagram({ ...address, port: 0, transport: "udp" });',
    breaks: [8],
    says: "ignores its port",
  },
  {
    of: "server.ts",
    replace: "const client = formatAddress(sender);",
    with:
      'if (!("port" in sender)) continue;\n    Object.assign(sender, (globalThis as { first?: object }).first ??= { ...sender });\n    const client = formatAddress(sender);',
    breaks: [2, 5],
    says: "answers whoever came first",
  },
  {
    of: "server.ts",
    replace: "await socket.send(new TextEncoder().encode(answer), sender);",
    with:
      "await socket.send(new TextEncoder().encode(answer), sender);\n      await socket.send(new TextEncoder().encode(answer), sender);",
    breaks: [2],
    says: "answers twice",
  },
  {
    of: "server.ts",
    replace: "await socket.send(new TextEncoder().encode(answer), sender);",
    with:
      'await Deno.listenDatagram({ ...address, port: 0, transport: "udp" }).send(new TextEncoder().encode(answer), sender);',
    breaks: [2],
    says: "answers from another socket",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${Number(id)} ${n} ${text.toUpperCase()}`;",
    breaks: [2],
    says: "takes the id for a number",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${n} ${n} ${text.toUpperCase()}`;",
    breaks: [2],
    says: "puts the count for the id",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${id} ${n} ${text.toUpperCase()}\\n`;",
    breaks: [3],
    says: "ends its answer with a line feed",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${id} ${n} ${text.trim().toUpperCase()}`;",
    breaks: [3],
    says: "trims the text",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: 'const answer = `${id} ${n} ${text.split(" ")[0]?.toUpperCase()}`;',
    breaks: [3],
    says: "answers with the first word",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${id} ${n} ${text}`;",
    breaks: [3],
    says: "forgets the capitals",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with:
      "const answer = `${id} ${n} ${text.replace(/[a-z]/g, (c) => c.toUpperCase())}`;",
    breaks: [3],
    says: "knows the letters a to z only",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${id} ${n} ${await text.toUpperCase}`;",
    breaks: [3],
    says: "forgets to call toUpperCase",
  },
  {
    of: "server.ts",
    replace: "const answer = `${id} ${n} ${text.toUpperCase()}`;",
    with: "const answer = `${id} ${text.toUpperCase()}`;",
    breaks: [4],
    says: "leaves the count out",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\d+) (.*)$/",
    breaks: [3],
    says: "takes no text of several lines",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\d+) (.+)$/s",
    breaks: [2],
    says: "takes no empty text",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\d+)\\s+(.*)$/s",
    breaks: [3, 6],
    says: "takes any white space behind the id",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\d) (.*)$/s",
    breaks: [2],
    says: "takes ids of one digit",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/(\\d+) (.*)$/s",
    breaks: [6],
    says: "finds an id behind other things",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\d+) (.*)$/ms",
    breaks: [6],
    says: "finds an id on a later line",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\S+) (.*)$/s",
    breaks: [6],
    says: "takes any word for an id",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^([-+]?\\d+) (.*)$/s",
    breaks: [6],
    says: "takes a sign",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s",
    with: "/^(\\p{Nd}+) (.*)$/su",
    breaks: [6],
    says: "takes the digits of every script",
  },
  {
    of: "server.ts",
    replace: "/^(\\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];",
    with:
      '((text) => Number.isNaN(parseInt(text)) ? [] : [text, parseInt(text), text.slice(text.indexOf(" ") + 1)])(new TextDecoder().decode(request));',
    breaks: [6],
    says: "takes the id with parseInt",
  },
  {
    of: "server.ts",
    replace: "if (id === undefined || text === undefined) continue;",
    with:
      'if (id === undefined || text === undefined) {\n      await socket.send(new TextEncoder().encode("error: no request"), sender);\n      continue;\n    }',
    breaks: [6],
    says: "answers what is no request with an error",
  },
  {
    of: "server.ts",
    replace: "if (id === undefined || text === undefined) continue;",
    with:
      'if (id === undefined || text === undefined) throw new Error("no request");',
    breaks: [6, 7],
    says: "ends at what is no request",
  },
  {
    of: "server.ts",
    replace: "if (id === undefined || text === undefined) continue;",
    with: "if (id === undefined || text === undefined) break;",
    breaks: [6, 7],
    says: "takes what is no request for a goodbye",
  },
  {
    of: "server.ts",
    replace: "const n = counts.next(client);",
    with: 'const n = counts.next("all");',
    breaks: [5],
    says: "has one counter for all",
    told: "counts two clients as one",
  },
  {
    of: "server.ts",
    replace: "const client = formatAddress(sender);",
    with: 'const client = "hostname" in sender ? sender.hostname : "";',
    breaks: [5],
    says: "knows a client by its host",
    told: "counts two clients as one",
  },
  {
    of: "server.ts",
    replace: "const n = counts.next(client);",
    with: "const n = new Counts(10_000).next(client);",
    breaks: [4],
    says: "makes its counts in the loop",
    told: "has forgotten the client",
  },
  {
    of: "server.ts",
    replace: "const client = formatAddress(sender);",
    with: "const client = sender as unknown as string;",
    breaks: [4],
    says: "knows a client by the address object",
    told: "has forgotten the client",
  },
  {
    of: "server.ts",
    replace: "const counts = new Counts(10_000);",
    with: "const counts = new Counts(1);",
    breaks: [4, 5],
    says: "remembers the last client only",
  },
  {
    of: "server.ts",
    replace: "const n = counts.next(client);",
    with: "const n = counts.next(client) - 1;",
    breaks: [4],
    says: "counts from 0",
  },
  {
    of: "server.ts",
    replace: "const n = counts.next(client);",
    with: "const n = counts.next(client) + 1;",
    breaks: [4],
    says: "counts from 2",
  },
  {
    of: "server.ts",
    replace:
      "const n = counts.next(client); // each datagram counts, whatever is in it\n\n    const [, id, text] =\n      /^(\\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];\n    if (id === undefined || text === undefined) continue; // no request: whom would an answer help?",
    with:
      "const [, id, text] =\n      /^(\\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];\n    if (id === undefined || text === undefined) continue;\n    const n = counts.next(client);",
    breaks: [4],
    says: "counts requests only",
  },
  {
    of: "server.ts",
    replace: "const n = counts.next(client);",
    with:
      "if (request.length === 0) continue;\n    const n = counts.next(client);",
    breaks: [4],
    says: "does not count empty datagrams",
  },
  {
    of: "server.ts",
    replace: "if (id === undefined || text === undefined) continue;",
    with:
      "if (id === undefined || text === undefined) continue;\n    if (counts.next(`${client} ${id}`) > 1) continue;",
    breaks: [2, 4],
    says: "answers each id once",
  },
  {
    of: "server.ts",
    replace: "await socket.send(new TextEncoder().encode(answer), sender);",
    with: "socket.send(new TextEncoder().encode(answer), sender);",
    breaks: [7],
    says: "does not await its answer",
  },
  {
    of: "server.ts",
    replace: "if (cause === undefined) throw error;",
    with: "throw error;",
    breaks: [7],
    says: "dies of an answer that cannot be sent",
  },
  {
    of: "server.ts",
    replace: "if (cause === undefined) throw error;",
    with: "if (cause === undefined) throw error;\n      break;",
    breaks: [7],
    says: "ends well when an answer cannot be sent",
  },
  {
    of: "datagrams.ts",
    replace: "await socket.receive()",
    with: "await socket.receive(new Uint8Array(1024))",
    breaks: [3],
    says: "has a buffer of 1024 bytes",
  },
  {
    of: "datagrams.ts",
    replace: "await socket.receive()",
    with: "await socket.receive(new Uint8Array(65_000))",
    breaks: [7],
    says: "has a buffer of 65000 bytes",
  },
  {
    of: "server.ts",
    replace: "await runServer({ port: 8004 }, async ({ address, say }) => {",
    with:
      "await runServer({ port: 8004 }, async ({ address, say, onCtrlC }) => {\n  onCtrlC(() => Deno.exit(130));",
    breaks: [8],
    says: "ends with exit code 130 on Ctrl-C",
  },
  {
    of: "server.ts",
    replace:
      'const socket = Deno.listenDatagram({ ...address, transport: "udp" });',
    with:
      'let socket: Deno.DatagramConn;\n  try {\n    socket = Deno.listenDatagram({ ...address, transport: "udp" });\n  } catch {\n    console.error("error: the port is taken");\n    Deno.exit(1);\n  }',
    breaks: [8],
    says: "does not name the address that is taken",
  },
  {
    of: "server.ts",
    replace:
      'const socket = Deno.listenDatagram({ ...address, transport: "udp" });',
    with:
      'let socket: Deno.DatagramConn;\n  try {\n    socket = Deno.listenDatagram({ ...address, transport: "udp" });\n  } catch {\n    socket = Deno.listenDatagram({ ...address, port: 0, transport: "udp" });\n  }',
    breaks: [8],
    says: "takes another port where its own is taken",
  },
];
