/**
 * Mutants of lesson 04's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** From what comes to the client's socket to what its waiting gives. */
const WAITING = `
      if (formatAddress(sender) !== where) continue; // a stranger
      const [, itsId, text] =
        /^(\\d+) \\d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
      if (itsId === String(id) && text !== undefined) answered.resolve(text);
    }
  };
  const listening = listen();

  const ask = async (request: Uint8Array) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const text = await within(timeout, answered.promise);
`;

/**
 * The same, but what comes is heard of.
 *
 * @param stranger What is done about a datagram of somebody else.
 * @param other What is done about any other.
 * @param wait How an answer is waited for: `once()` gives `null` where something was heard of.
 */
function hears(stranger: string, other: string, wait: string): string {
  return `
      if (formatAddress(sender) !== where) {
        ${stranger}
        continue;
      }
      const [, itsId, text] =
        /^(\\d+) \\d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
      if (itsId === String(id) && text !== undefined) answered.resolve(text);
      else {
        ${other}
      }
    }
  };
  let heard = Promise.withResolvers<null>();
  const listening = listen();

  const ask = async (request: Uint8Array) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const once = () => {
        heard = Promise.withResolvers();
        return within(timeout, Promise.race([answered.promise, heard.promise]));
      };
      let text = await once();
      ${wait}
`;
}

const HEARD = "heard.resolve(null);";
const WAIT_ANEW = "while (text === null) text = await once();";
const ASK_AGAIN = "if (text === null) continue;";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: "let id = 0;",
    with: "let id = -1;",
    breaks: [9],
    says: "begins with the id 0",
  },
  {
    of: "client.ts",
    replace: "encode(`${id} ${line}`)",
    with: "encode(`${id} ${line.trim()}`)",
    breaks: [9],
    says: "trims its lines",
  },
  {
    of: "client.ts",
    replace: "encode(`${id} ${line}`)",
    with: "encode(`${id} ${line}\\n`)",
    breaks: [9],
    says: "sends the line feed",
  },
  {
    of: "client.ts",
    replace: "encode(`${id} ${line}`)",
    with: "encode(line)",
    breaks: [9],
    says: "sends no id",
  },
  {
    of: "client.ts",
    replace: "for await (const line of typedLines()) {\n    id++;",
    with:
      'for await (const line of typedLines()) {\n    if (line === "") continue;\n    id++;',
    breaks: [9],
    says: "leaves empty lines out",
  },
  {
    of: "client.ts",
    replace: "for await (const line of typedLines()) {\n    id++;",
    with:
      'for await (const line of typedLines()) {\n    if (line === "q") break;\n    id++;',
    breaks: [9],
    says: "ends at a q",
  },
  {
    of: "client.ts",
    replace: "for await (const line of typedLines()) {\n    id++;",
    with:
      'for await (const line of typedLines()) {\n    if (line === "exit") break;\n    id++;',
    breaks: [9],
    says: "ends at exit",
  },
  {
    of: "client.ts",
    replace: "hasFailed = true; // the next line may do better",
    with: "hasFailed = true;\n      id--;",
    breaks: [9],
    says: "gives the id of a line that failed to the next one",
  },
  {
    of: "client.ts",
    replace: "for await (const line of typedLines()) {",
    with:
      'for (const line of (await new Response(Deno.stdin.readable).text()).split("\\n").slice(0, -1)) {',
    breaks: [9],
    says: "takes lines only when its input has ended",
  },
  {
    of: "client.ts",
    replace:
      "console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));",
    with:
      "ask(new TextEncoder().encode(`${id} ${line}`)).then(console.log, () => hasFailed = true);",
    breaks: [9, 12],
    says: "does not wait for the answer",
  },
  {
    of: "client.ts",
    replace:
      "console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));",
    with: "console.log(ask(new TextEncoder().encode(`${id} ${line}`)));",
    breaks: [10],
    says: "forgets the await",
  },
  {
    of: "client.ts",
    replace:
      "console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));",
    with:
      "console.log(`${id}: ${await ask(new TextEncoder().encode(`${id} ${line}`))}`);",
    breaks: [10],
    says: "prints the id, too",
  },
  {
    of: "client.ts",
    replace:
      "console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));",
    with:
      "console.log((await ask(new TextEncoder().encode(`${id} ${line}`))).trim());",
    breaks: [10],
    says: "trims the answer",
  },
  {
    of: "client.ts",
    replace:
      "console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));",
    with:
      "await ask(new TextEncoder().encode(`${id} ${line}`));\n      console.log(line.toUpperCase());",
    breaks: [10],
    says: "prints its own capitals",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with: 'await socket.send(request, server);\n      console.log("asking");',
    breaks: [10],
    says: "prints that it asks",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with:
      'await socket.send(request, server);\n      if (count > 1) console.log("asking again");',
    breaks: [10],
    says: "prints that it asks again",
  },
  {
    of: "client.ts",
    replace: "const text = await within(timeout, answered.promise);",
    with:
      "const text = await within(timeout, answered.promise);\n      if (text !== undefined) console.log(text);",
    breaks: [10],
    says: "prints each answer twice",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with:
      'const fresh = Deno.listenDatagram({ hostname: "127.0.0.1", port: 0, transport: "udp" });\n      fresh.receive().then(([bytes]) => answered.resolve(new TextDecoder().decode(bytes).replace(/^\\d+ \\d+ /, "")));\n      await fresh.send(request, server);',
    breaks: [11],
    says: "opens a socket for each try",
    told: "opens a fresh socket",
  },
  {
    of: "client.ts",
    replace: "socket.close();\n  await listening;",
    with: "await listening;",
    breaks: [12],
    says: "never ends",
  },
  {
    of: "client.ts",
    replace: "if (hasFailed) Deno.exit(1);",
    with: "Deno.exit(1);",
    breaks: [12],
    says: "always ends with exit code 1",
  },
  {
    of: "client.ts",
    replace: "if (hasFailed) Deno.exit(1);",
    with: "if (hasFailed || id > 0) Deno.exit(2);",
    breaks: [12],
    says: "always ends with exit code 2",
  },
  {
    of: "client.ts",
    replace:
      'const timeout = numberOf("timeout", flag("timeout") ?? "200", range);',
    with: "const timeout = 200;",
    breaks: [13],
    says: "ignores --timeout",
  },
  {
    of: "client.ts",
    replace: 'flag("timeout") ?? "200"',
    with: 'flag("timeout") ?? "100"',
    breaks: [13],
    says: "waits 100 ms unless told otherwise",
  },
  {
    of: "client.ts",
    replace: "setTimeout(() => resolve(undefined), ms)",
    with: "setTimeout(() => resolve(undefined), ms * 1000)",
    breaks: [13],
    says: "takes its time for seconds",
    told: "goes on waiting",
  },
  {
    of: "client.ts",
    replace: "setTimeout(() => resolve(undefined), ms)",
    with: "setTimeout(() => resolve(undefined), ms / 2)",
    breaks: [13],
    says: "waits half of its time",
  },
  {
    of: "client.ts",
    replace: "const text = await within(timeout, answered.promise);",
    with: "const text = await within(timeout * count, answered.promise);",
    breaks: [13],
    says: "waits longer with each try",
  },
  {
    of: "client.ts",
    replace: "const text = await within(timeout, answered.promise);",
    with: "const text = await answered.promise;",
    breaks: [13],
    says: "waits for ever",
    told: "goes on waiting",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with:
      "await socket.send(new TextEncoder().encode(new TextDecoder().decode(request).replace(/^\\d+/, (id) => `${Number(id) + count - 1}`)), server);",
    breaks: [13],
    says: "asks again with a new id",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with:
      "await socket.send(count === 1 ? request : request.subarray(0, 1), server);",
    breaks: [13],
    says: "asks again with the id alone",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with:
      "await socket.send(request, server);\n      await socket.send(request, server);",
    breaks: [9, 14],
    says: "sends each try twice",
  },
  {
    of: "client.ts",
    replace: 'const tries = numberOf("tries", flag("tries") ?? "3", range);',
    with: "const tries = 3;",
    breaks: [14],
    says: "ignores --tries",
  },
  {
    of: "client.ts",
    replace: 'flag("tries") ?? "3"',
    with: 'flag("tries") ?? "4"',
    breaks: [14],
    says: "tries four times unless told otherwise",
  },
  {
    of: "client.ts",
    replace: "for (let count = 1; count <= tries; count++) {",
    with: "for (let count = 0; count <= tries; count++) {",
    breaks: [14],
    says: "tries once too often",
  },
  {
    of: "client.ts",
    replace: "for (let count = 1; count <= tries; count++) {",
    with: "for (let count = 1; count < tries; count++) {",
    breaks: [14],
    says: "tries once too seldom",
  },
  {
    of: "client.ts",
    replace: "const text = await within(timeout, answered.promise);",
    with:
      "if (count === tries) break;\n      const text = await within(timeout, answered.promise);",
    breaks: [14],
    says: "does not wait after the last try",
  },
  {
    of: "client.ts",
    replace: "throw new Error(`no answer from ${where} after ${tries} tries`);",
    with: "throw new Error(`no answer from ${where} after 3 tries`);",
    breaks: [15],
    says: "always says 3 tries",
  },
  {
    of: "client.ts",
    replace: "throw new Error(`no answer from ${where} after ${tries} tries`);",
    with: 'throw new Error("no answer");',
    breaks: [15],
    says: "does not say from whom",
  },
  {
    of: "client.ts",
    replace: "console.error(`error: ${cause}`);",
    with: "console.log(`error: ${cause}`);",
    breaks: [15],
    says: "reports an error on stdout",
  },
  {
    of: "client.ts",
    replace: "console.error(`error: ${cause}`);",
    with: "console.error(`error: ${cause}`);\n      break;",
    breaks: [15],
    says: "ends at the first error",
  },
  {
    of: "client.ts",
    replace: "console.error(`error: ${cause}`);",
    with: "console.error(error);",
    breaks: [15, 16],
    says: "shows a stack trace",
  },
  {
    of: "client.ts",
    replace: "console.error(`error: ${cause}`);",
    with: "",
    breaks: [15, 16],
    says: "says nothing of an error",
  },
  {
    of: "client.ts",
    replace: "if (cause === undefined) throw error;",
    with:
      'if (cause === undefined || !cause.startsWith("no answer")) throw error;',
    breaks: [16],
    says: "ends at a line that is too long",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with: "await socket.send(request.subarray(0, 65_507), server);",
    breaks: [16],
    says: "cuts a line that is too long",
  },
  {
    of: "client.ts",
    replace: "encode(`${id} ${line}`)",
    with: "encode(`${id} ${line}`).subarray(0, 1024)",
    breaks: [9],
    says: "cuts a line after 1024 bytes",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with: "socket.send(request, server);",
    breaks: [16],
    says: "does not await its sending",
  },
  {
    of: "client.ts",
    replace: "if (hasFailed) Deno.exit(1);",
    with: "",
    breaks: [17],
    says: "always ends with exit code 0",
  },
  {
    of: "client.ts",
    replace: "answered = Promise.withResolvers();",
    with: "answered = Promise.withResolvers();\n    hasFailed = false;",
    breaks: [17],
    says: "forgets that a line has failed",
  },
  {
    of: "client.ts",
    replace:
      "if (itsId === String(id) && text !== undefined) answered.resolve(text);",
    with:
      "if (itsId !== undefined && text !== undefined) answered.resolve(text);",
    breaks: [18],
    says: "takes the answer to any request",
    told: "takes whatever comes next",
  },
  {
    of: "client.ts",
    replace:
      "if (itsId === String(id) && text !== undefined) answered.resolve(text);",
    with:
      "if (Number(itsId) <= id && text !== undefined) answered.resolve(text);",
    breaks: [18],
    says: "takes the answers to the requests before, too",
    told: "takes whatever comes next",
  },
  {
    of: "client.ts",
    replace:
      "if (itsId === String(id) && text !== undefined) answered.resolve(text);",
    with:
      "if (itsId?.startsWith(String(id)) && text !== undefined) answered.resolve(text);",
    breaks: [18],
    says: "takes an id that only begins like its own",
  },
  {
    of: "client.ts",
    replace:
      "if (itsId === String(id) && text !== undefined) answered.resolve(text);",
    with:
      "if (itsId?.endsWith(String(id)) && text !== undefined) answered.resolve(text);",
    breaks: [18],
    says: "takes an id that only ends like its own",
  },
  {
    of: "client.ts",
    replace:
      "if (itsId === String(id) && text !== undefined) answered.resolve(text);",
    with:
      "if ((itsId as unknown) === id && text !== undefined) answered.resolve(text);",
    breaks: [10, 18],
    says: "compares a text with a number",
    told: "turns every answer away",
  },
  {
    of: "client.ts",
    replace: "answered = Promise.withResolvers();",
    with: "",
    breaks: [10, 18],
    says: "keeps its first answer for ever",
  },
  {
    of: "client.ts",
    replace: "if (formatAddress(sender) !== where) continue;",
    with: "",
    breaks: [19],
    says: "does not look who answers",
    told: "takes an answer from anybody",
  },
  {
    of: "client.ts",
    replace: "if (formatAddress(sender) !== where) continue;",
    with:
      'if ("hostname" in sender && sender.hostname !== server.hostname) continue;',
    breaks: [19],
    says: "looks at the host of who answers only",
    told: "takes an answer from anybody",
  },
  {
    of: "client.ts",
    replace: "if (formatAddress(sender) !== where) continue;",
    with: "if ((sender as unknown) !== server) continue;",
    breaks: [10, 12],
    says: "compares two objects",
    told: "turns every answer away",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/(\\d+) \\d+ (.*)$/s",
    breaks: [20],
    says: "takes other things before the id",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) \\d* (.*)$/s",
    breaks: [20],
    says: "takes an answer without a count",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) (?:\\d+ )?(.*)$/s",
    breaks: [20],
    says: "takes an answer that has no count at all",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) \\S+ (.*)$/s",
    breaks: [20],
    says: "takes any word for the count",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+)\\s\\d+\\s(.*)$/s",
    breaks: [20],
    says: "takes any white space",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) \\d+ (.*)$/ms",
    breaks: [20],
    says: "finds an answer on a later line",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) \\d (.*)$/s",
    breaks: [10],
    says: "takes counts of one digit",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) \\d+ (.+)$/s",
    breaks: [10],
    says: "takes no empty text",
  },
  {
    of: "client.ts",
    replace: "/^(\\d+) \\d+ (.*)$/s",
    with: "/^(\\d+) \\d+ (.*)$/",
    breaks: [10],
    says: "takes no text of several lines",
  },
  {
    of: "client.ts",
    replace:
      "/^(\\d+) \\d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];",
    with:
      '((text) => [text, text.split(" ")[0], text.split(" ").slice(2).join(" ")])(new TextDecoder().decode(bytes));',
    breaks: [20],
    says: "splits whatever comes at its blanks",
  },
  {
    of: "client.ts",
    replace: "if (formatAddress(sender) !== where) continue;",
    with:
      'if (formatAddress(sender) !== where) throw new Error("who are you?");',
    breaks: [21],
    says: "ends at a stranger",
  },
  {
    of: "client.ts",
    replace:
      "if (itsId === String(id) && text !== undefined) answered.resolve(text);",
    with:
      "if (itsId !== String(id) || text === undefined) await socket.send(new TextEncoder().encode(`${id}`), server);\n      else answered.resolve(text);",
    breaks: [21],
    says: "answers what is no answer",
  },
  {
    of: "client.ts",
    replace: WAITING,
    with: hears(HEARD, HEARD, WAIT_ANEW),
    breaks: [13, 21],
    says: "waits its time anew with each datagram",
    told: "waits its whole time anew",
  },
  {
    of: "client.ts",
    replace: WAITING,
    with: hears(HEARD, "", WAIT_ANEW),
    breaks: [13, 21],
    says: "waits its time anew with each datagram of a stranger",
    told: "waits its whole time anew",
  },
  {
    of: "client.ts",
    replace: WAITING,
    with: hears("", HEARD, WAIT_ANEW),
    breaks: [13, 21],
    says: "waits its time anew with each datagram of its server",
    told: "waits its whole time anew",
  },
  {
    of: "client.ts",
    replace: WAITING,
    with: hears(HEARD, "", ASK_AGAIN),
    breaks: [21],
    says: "asks again at once when a stranger sends something",
  },
  {
    of: "client.ts",
    replace: WAITING,
    with: hears("", HEARD, ASK_AGAIN),
    breaks: [21],
    says: "asks again at once when what comes is no answer",
  },
  {
    of: "client.ts",
    replace: "await socket.send(request, server);",
    with:
      'const other = () => Deno.listenDatagram({ hostname: "127.0.0.1", port: 0, transport: "udp" });\n      await (count > 1 ? other() : socket).send(request, server);',
    breaks: [11],
    says: "asks again from another socket",
    told: "opens a fresh socket",
  },
];
