/**
 * Mutants that nobody can see from outside: each with the reason why no check
 * can catch it, and none has to.
 *
 * @module
 */
import type { Rule } from "../mutants/rules.ts";

/** A text, or what it looks like. */
export type Like = string | RegExp;

/** Changes that nobody can see. */
export interface Unseen {
  /** The file, in `solutions/`. */
  readonly of: Like;
  /** The line in which the change begins, without indentation and comment. */
  readonly line: Like;
  /** What becomes of that line, where it is not all that the rules make of it. */
  readonly becomes?: Like;
  /** The rules. */
  readonly rules: readonly Rule[];
  /** Why nobody can see it. */
  readonly why: string;
}

/** The programs. */
const PROGRAMS = /\/(server|client)\.ts$/;

const END = "the program ends there, and its end closes what it holds";
const WORDS = "the exercise leaves the words to the program";
const LOG = "what a server logs besides is its own affair";
const OWN_MISTAKE =
  "nothing outside can lead there: only a mistake of the program itself";
const NO_LIMIT = "the exercise names no such limit";
const SAME = "it comes to the same for every value that can be there";

/** All that are known. */
export const unseen: readonly Unseen[] = [
  {
    of: PROGRAMS,
    line: /\bport: 80\d\d\b/,
    rules: ["number changed"],
    why:
      "no exercise speaks of a program without --port, and no check can rely on a fixed port",
  },
  {
    of: PROGRAMS,
    line: /\bport: 80\d\d\b/,
    becomes: /^(await run\w+\()?\{ (?!port)/,
    rules: ["argument dropped"],
    why: "as above",
  },
  {
    of: PROGRAMS,
    line: /\bport: 80\d\d, (flags|words):/,
    rules: ["text changed"],
    why:
      "it stands in the usage line alone, and that is the program's own affair",
  },
  {
    of: PROGRAMS,
    line: /^await run(Server|Client)\(/,
    rules: ["await dropped"],
    why:
      "the module does nothing after it, and an error ends it in the same way",
  },
  {
    of: PROGRAMS,
    line: /^using (listener|conn) = (Deno\.listen|await (Deno\.)?connect)\(/,
    rules: ["using dropped"],
    why: END,
  },
  {
    of: /^(?!01_single_shot\/server\.ts)/,
    line: /^const buffer = new Uint8Array\(/,
    rules: ["number changed"],
    why: "how much one read may give at most shows nowhere",
  },
  {
    of: /./,
    line: /^typedLines|typedLines\(""\)/,
    becomes: /typedLines\(("~")?\)/,
    rules: ["text changed", "argument dropped"],
    why: "a prompt is printed on a terminal alone, and a check has pipes",
  },

  // 01
  {
    of: "01_single_shot/server.ts",
    line: "using conn = await listener.accept();",
    rules: ["using dropped"],
    why: END,
  },
  {
    of: "01_single_shot/server.ts",
    line: "const buffer = new Uint8Array(1024);",
    becomes: "const buffer = new Uint8Array(1025);",
    rules: ["number changed"],
    why: "a message has at most 1024 bytes",
  },
  {
    of: "01_single_shot/server.ts",
    line: "await conn.write(new TextEncoder().encode(answer));",
    rules: ["await dropped"],
    why:
      "the system takes so few bytes at once, and nobody can be sure to break the connection between the read and this",
  },
  {
    of: "01_single_shot/client.ts",
    line: /new UsageError\("there is no message to send"\)/,
    becomes: /UsageError\((".*~.*")?\)/,
    rules: ["text changed", "argument dropped"],
    why: WORDS,
  },
  {
    of: "01_single_shot/client.ts",
    line: "await conn.write(new TextEncoder().encode(message));",
    rules: ["await dropped"],
    why:
      "the system takes so few bytes at once, and the next read tells of a connection that is broken",
  },
  {
    of: "01_single_shot/client.ts",
    line: "total += count;",
    rules: ["arithmetic turned"],
    why: "only whether it is 0 counts",
  },

  // 02
  {
    of: "02_conversation/server.ts",
    line: "using conn = await listener.accept();",
    rules: ["using dropped"],
    why: END,
  },
  {
    of: "02_conversation/chat.ts",
    line: "if (!isGone(error)) throw error;",
    becomes: /^if \((false\) throw error|!isGone\(error\)\) );$/,
    rules: ["condition fixed", "jump removed"],
    why: OWN_MISTAKE,
  },
  {
    of: "02_conversation/chat.ts",
    line: 'if (line === "") continue;',
    becomes: /^if \((false|line === "~"|line === ""\) ;)/,
    rules: ["condition fixed", "text changed", "jump removed"],
    why: "an empty line is no goodbye, and a write of no bytes sends nothing",
  },

  // 03
  {
    of: "03_connection_loop/server.ts",
    line: /^const tcpBacklog = numberOf\("backlog"/,
    becomes: /^const tcpBacklog = numberOf\("back~log"/,
    rules: ["text changed"],
    why: "the usage line behind it names the flag, too",
  },
  {
    of: "03_connection_loop/server.ts",
    line: "} catch (error) {",
    rules: ["handler emptied"],
    why: OWN_MISTAKE,
  },
  {
    of: "03_connection_loop/server.ts",
    line: "if (explain(error, formatAddress(conn.remoteAddr)) === undefined) {",
    becomes: /^if \((false|explain\(error, \) === undefined)\) \{$/,
    rules: ["condition fixed", "argument dropped"],
    why: OWN_MISTAKE,
  },
  {
    of: "03_connection_loop/server.ts",
    line: "throw error;",
    rules: ["jump removed"],
    why: OWN_MISTAKE,
  },
  {
    of: "03_connection_loop/server.ts",
    line: "await conn.write(new TextEncoder().encode(greeting));",
    rules: ["await dropped"],
    why:
      "the system takes so few bytes at once, and nobody can be sure to break the connection between the accept and this",
  },
  {
    of: "03_connection_loop/client.ts",
    line: /^const (FIRST|LONGEST)_PAUSE_MS = /,
    rules: ["number changed"],
    why: "how long the client pauses cannot be told from a busy machine",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "await new Promise((resolve) =>",
    rules: ["statement removed", "await dropped"],
    why: "the exercise says it: that the client pauses cannot be seen",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "setTimeout(resolve, Math.min(pause, left))",
    becomes: /^setTimeout\(resolve, (Math\.min\(pause, \))?\)$/,
    rules: ["argument dropped"],
    why: "as above",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "pause = Math.min(pause * 2, LONGEST_PAUSE_MS);",
    becomes: /^pause = Math\.min\((LON|pause \/ 2|pause \* (3|2, \)))/,
    rules: ["argument dropped", "arithmetic turned", "number changed"],
    why: "as above",
  },
  {
    of: "03_connection_loop/client.ts",
    line: /^const seconds = numberOf\("wait"/,
    becomes: /^const seconds = numberOf\("wa~it"/,
    rules: ["text changed"],
    why: "the usage line behind it names the flag, too",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "least: 0,",
    becomes: "least: (-1),",
    rules: ["number changed"],
    why: "numberOf takes no sign",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "most: 86400,",
    rules: ["number changed"],
    why: NO_LIMIT,
  },
  {
    of: "03_connection_loop/client.ts",
    line: "using conn = await connect(address, seconds * 1000);",
    becomes: /seconds \* (1001|999)\)/,
    rules: ["number changed"],
    why: "a thousandth more or less cannot be told from a busy machine",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "await conn.write(new TextEncoder().encode(line));",
    rules: ["await dropped"],
    why:
      "the system takes so few bytes at once, and the next read tells of a connection that is broken",
  },
  {
    of: "03_connection_loop/client.ts",
    line: "if (!isRefused || left <= 0) throw error;",
    becomes: /left (< 0|<= 1)\)/,
    rules: ["comparison turned", "number changed"],
    why: "a millisecond more or less cannot be told",
  },
  {
    of: "03_connection_loop/client.ts",
    line: /^throw new Error\(`\$\{formatAddress\(conn\.remoteAddr\)\} closed/,
    becomes: /~/,
    rules: ["text changed"],
    why: WORDS,
  },

  // 04
  {
    of: "04_udp_echo/server.ts",
    line: "const counts = new Counts(10_000);",
    becomes: /Counts\((10001|9999)?\)/,
    rules: ["argument dropped", "number changed"],
    why: "the exercise says nothing of clients for which there is no room",
  },
  {
    of: "04_udp_echo/counts.ts",
    line:
      /^(this\.#counts\.delete\((client|silent)\);|if \(this\.#counts\.size > this\.most\) \{)$/,
    becomes:
      /^(;|this\.#counts\.delete\(\);|if \((false|this\.#counts\.size >= this\.most)\) \{)$/,
    rules: [
      "statement removed",
      "argument dropped",
      "condition fixed",
      "comparison turned",
    ],
    why: "as above",
  },
  {
    of: "04_udp_echo/counts.ts",
    line: "return this.#counts.size;",
    rules: ["jump removed"],
    why: "no program asks for it: it is there for the test beside it",
  },
  {
    of: "04_udp_echo/server.ts",
    line: /^\/\^\(\\d\+\) \(\.\*\)\$\/s\.exec/,
    becomes: /^\/\^\(\\d\+\) \(\.\*\)\/s\.exec/,
    rules: ["pattern changed"],
    why: SAME,
  },
  {
    of: "04_udp_echo/server.ts",
    line: "if (id === undefined || text === undefined) continue;",
    rules: ["logic turned"],
    why: "a pattern that fits gives both, another none",
  },
  {
    of: "04_udp_echo/server.ts",
    line: "} catch (error) {",
    rules: ["handler emptied"],
    why: LOG,
  },
  {
    of: "04_udp_echo/server.ts",
    line: "const cause = explain(error, client);",
    becomes: "const cause = explain(error, );",
    rules: ["argument dropped"],
    why: LOG,
  },
  {
    of: "04_udp_echo/server.ts",
    line: "if (cause === undefined) throw error;",
    becomes: /^if \((false\) throw error|cause === undefined\) );$/,
    rules: ["condition fixed", "jump removed"],
    why: OWN_MISTAKE,
  },
  {
    of: "04_udp_echo/server.ts",
    line: "console.log(`cannot answer ${client}: ${cause}`);",
    rules: ["statement removed", "argument dropped", "text changed"],
    why: LOG,
  },
  {
    of: "04_udp_echo/datagrams.ts",
    line: "yield await socket.receive();",
    rules: ["await dropped"],
    why: "an asynchronous generator awaits what it yields",
  },
  {
    of: "04_udp_echo/datagrams.ts",
    line: /^if \(error instanceof (ConnectionReset|BadResource)|^throw error;$/,
    becomes:
      /^(if \((false|true)\) \w+;|if \(error instanceof ConnectionReset\) ;|;)$/,
    rules: ["condition fixed", "jump removed"],
    why: "a receive fails only on Windows, or when the socket is closed",
  },
  {
    of: "04_udp_echo/client.ts",
    line: "const range = { least: 1, most: 60_000 };",
    becomes: /least: 0|most: 60001|most: 59999/,
    rules: ["number changed"],
    why: NO_LIMIT,
  },
  {
    of: "04_udp_echo/client.ts",
    line: /^const (timeout|tries) = numberOf\(/,
    becomes: /numberOf\("(time~out|tri~es)"/,
    rules: ["text changed"],
    why: "the usage line behind it names the flag, too",
  },
  {
    of: "04_udp_echo/client.ts",
    line:
      /^(if \(!\/\^\[\\d\.\]\+\$\/\.test\(address\.hostname\)\)|throw new UsageError\("--host)/,
    becomes: /^(?!if \((true|\/))/,
    rules: [
      "condition fixed",
      "pattern changed",
      "jump removed",
      "argument dropped",
      "text changed",
    ],
    why: "the exercise does not speak of --host",
  },
  {
    of: "04_udp_echo/client.ts",
    line: 'const server: Deno.NetAddr = { ...address, transport: "udp" };',
    rules: ["text changed"],
    why: "nobody reads it: the socket has its transport",
  },
  {
    of: "04_udp_echo/client.ts",
    line:
      'hostname: address.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0",',
    becomes: /^hostname: (true|.*"0\.0\.~0\.0",$)/,
    rules: ["condition fixed", "text changed"],
    why: "a check stays on 127.0.0.1",
  },
  {
    of: "04_udp_echo/client.ts",
    line: "port: 0,",
    rules: ["argument dropped"],
    why: "0 is the port of a socket that is told none",
  },
  {
    of: "04_udp_echo/client.ts",
    line: "port: 0,",
    rules: ["number changed"],
    why: "only who may not use port 1 sees it",
  },
  {
    of: "04_udp_echo/client.ts",
    line: /^\/\^\(\\d\+\) \\d\+ \(\.\*\)\$\/s\.exec/,
    becomes:
      /^\/\^\((\\d\*\) \\d\+ \(\.\*\)\$|\\d\+\) \\d\+ \(\.\*\))\/s\.exec/,
    rules: ["pattern changed"],
    why: "an empty id is nobody's, and the text goes to the end anyway",
  },
  {
    of: "04_udp_echo/client.ts",
    line: "const cause = explain(error, where);",
    becomes: "const cause = explain(error, );",
    rules: ["argument dropped"],
    why: WORDS,
  },
  {
    of: "04_udp_echo/client.ts",
    line: "if (cause === undefined) throw error;",
    becomes: /^if \((false\) throw error|cause === undefined\) );$/,
    rules: ["condition fixed", "jump removed"],
    why: OWN_MISTAKE,
  },
  {
    of: "04_udp_echo/client.ts",
    line: "await listening;",
    rules: ["statement removed", "await dropped"],
    why: END,
  },
  {
    of: "04_udp_echo/client.ts",
    line: "const timer = setTimeout(() => resolve(undefined), ms);",
    becomes: "const timer = setTimeout(() => resolve(), ms);",
    rules: ["argument dropped"],
    why: SAME,
  },
  {
    of: "04_udp_echo/client.ts",
    line: /^(\} finally \{|clearTimeout\(timer\);)$/,
    rules: ["handler emptied", "statement removed", "argument dropped"],
    why: "what a timer does that nobody waits for any more shows nowhere",
  },
];
