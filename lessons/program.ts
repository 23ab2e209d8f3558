/**
 * What every program of the course shares: the flags `--host` and `--port`,
 * the ready line, one-line errors and Ctrl-C.
 *
 * No socket is opened, read, written or closed here: each lesson does that
 * itself, where you can see it.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";

/** Where a server listens and a client connects: what `Deno.listen` and `Deno.connect` take. */
export interface Address {
  /** An IP address or a host name; `127.0.0.1`, this machine alone, unless `--host` says otherwise. */
  hostname: string;
  /** A port, 0 to 65535; 0 asks the system for a free one (servers only). */
  port: number;
}

/** What a program declares about itself. */
export interface ProgramOptions {
  /** The port that stands for `--port` where that flag is not given. */
  port: number;
  /** What the words on the command line are, for the usage line: `"MESSAGE..."`. Without it the program takes none. */
  words?: string;
}

/** The two lines that every server of the course prints alike, on stdout. */
export interface ServerSay {
  /** Prints the ready line, `listening on 127.0.0.1:8001`. */
  listening(socket: { readonly addr: Deno.Addr }): void;
  /** Prints `connected 127.0.0.1:54321`, the address of the client. */
  connected(conn: { readonly remoteAddr: Deno.Addr }): void;
}

/** What {@linkcode runServer} hands to a server. */
export interface ServerContext {
  /** Where to listen. */
  address: Address;
  /** The words on the command line, in order. */
  words: string[];
  /** What to print when. */
  say: ServerSay;
}

/** What {@linkcode runClient} hands to a client. */
export interface ClientContext {
  /** Where to connect. */
  address: Address;
  /** The words on the command line, in order. */
  words: string[];
}

/** A program was called the wrong way: thrown by a lesson, it ends the program with its message, the usage line and exit code 2. */
export class UsageError extends Error {
  /** `UsageError`. */
  override name = "UsageError";
}

/**
 * Runs a server: reads the flags, calls `main`, and exits 0 on Ctrl-C, which
 * closes every socket that the program holds.
 *
 * An error that the world outside can cause ends the program with one line on
 * stderr and exit code 1, a wrong command line with exit code 2. An error in
 * the program itself (a `TypeError`, say) keeps its stack trace.
 */
export async function runServer(
  options: ProgramOptions,
  main: (context: ServerContext) => Promise<void>,
): Promise<void> {
  let about = ""; // whom an error is about: the address that the latest line named
  const say: ServerSay = {
    listening(socket) {
      about = formatAddress(socket.addr);
      console.log(`listening on ${about}`);
    },
    connected(conn) {
      about = formatAddress(conn.remoteAddr);
      console.log(`connected ${about}`);
    },
  };
  Deno.addSignalListener("SIGINT", () => Deno.exit(0));
  await endWithOneLine(options, () => about, async () => {
    const { address, words } = readCommandLine(options, 0);
    about = formatAddress(address);
    await main({ address, words, say });
  });
}

/**
 * Runs a client: reads the flags and calls `main`.
 *
 * Errors end it as they end a server (see {@linkcode runServer}); `--port 0`
 * is one, because nobody can listen there.
 */
export async function runClient(
  options: ProgramOptions,
  main: (context: ClientContext) => Promise<void>,
): Promise<void> {
  let about = "";
  await endWithOneLine(options, () => about, async () => {
    const { address, words } = readCommandLine(options, 1);
    about = formatAddress(address);
    await main({ address, words });
  });
}

/** Writes an address as people read it: `127.0.0.1:8001`, `[::1]:8001`, or the path of a Unix socket. */
export function formatAddress(address: Deno.Addr | Address): string {
  if ("path" in address) return address.path;
  if ("cid" in address) return `vsock:${address.cid}:${address.port}`;
  const { hostname, port } = address;
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}

/**
 * Says in plain words what an error from outside means.
 *
 * @param error What was thrown.
 * @param about The address that it is about, such as `127.0.0.1:8001`.
 * @returns One line, or `undefined` for an error of the program itself.
 */
export function explain(error: unknown, about: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errors } = Deno;
  if (error instanceof errors.ConnectionRefused) {
    return `nothing is listening on ${about} (connection refused)`;
  }
  if (error instanceof errors.AddrInUse) {
    return `${about} is taken: another program listens there (address in use)`;
  }
  if (error instanceof errors.AddrNotAvailable) {
    return `${about} is not an address of this machine`;
  }
  if (error instanceof errors.ConnectionReset) {
    return `${about} broke the connection off (connection reset)`;
  }
  if (error instanceof errors.BrokenPipe) {
    return `${about} has closed the connection (broken pipe)`;
  }
  if (error instanceof errors.NotConnected) {
    return "a client was gone before it was accepted (not connected)";
  }
  if (error instanceof errors.PermissionDenied) {
    return `the system does not let this program use ${about} (permission denied); ports below 1024 are kept for its own services`;
  }
  if (error instanceof errors.NotCapable) {
    const [, flag, resource] = error.message.match(
      /Requires (\w+) access to "(.*?)"/,
    ) ?? [, "net", about];
    return `Deno was not allowed to use ${resource}: run it again with --allow-${flag}=${
      flag === "net" ? resource?.replace(/:\d+$/, "") : resource
    }`;
  }
  if (error.message.includes("failed to lookup address information")) {
    return `no such host: ${about}`;
  }
  const isPlain = error.constructor === Error || "code" in error;
  return isPlain ? error.message.replaceAll("\n", " ") : undefined;
}

function readCommandLine(options: ProgramOptions, lowestPort: number) {
  const unknown: string[] = [];
  const flags = parseArgs(Deno.args, {
    string: ["host", "port", "_"],
    unknown: (arg, key) => key === undefined || (unknown.push(arg), false),
  });
  if (unknown[0] !== undefined) {
    throw new UsageError(`unknown flag ${unknown[0]}`);
  }

  const hostname = flags.host ?? "127.0.0.1";
  if (hostname === "") throw new UsageError("--host needs an address");

  const port = Number(flags.port ?? options.port);
  const isDigits = /^\d+$/.test(flags.port ?? "0");
  if (!isDigits || port < lowestPort || port > 65535) {
    throw new UsageError(
      `--port needs a whole number from ${lowestPort} to 65535, not "${flags.port}"`,
    );
  }

  const words = flags._.map(String);
  if (words[0] !== undefined && options.words === undefined) {
    throw new UsageError(`"${words[0]}" is one word too many`);
  }
  return { address: { hostname, port }, words };
}

async function endWithOneLine(
  options: ProgramOptions,
  about: () => string,
  main: () => Promise<void>,
): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof UsageError) {
      const file = Deno.mainModule.split("/").at(-1);
      const words = options.words === undefined ? "" : ` ${options.words}`;
      console.error(
        `error: ${error.message}; usage: ${file} [--host ADDRESS] [--port N]${words}`,
      );
      Deno.exit(2);
    }
    const line = explain(error, about());
    if (line === undefined) throw error;
    console.error(`error: ${line}`);
    Deno.exit(1);
  }
}
