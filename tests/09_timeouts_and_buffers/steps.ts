/**
 * Steps of lesson 09's cases: times that must have gone by, and what comes over
 * one connection or the next.
 *
 * @module
 */
import type { ClientActor, ServerActor } from "../../kit/actors.ts";
import { quote, toBytes } from "../../kit/bytes.ts";
import type { MetClient } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { begin, guard, Hang, within } from "../../kit/guard.ts";
import type { Script } from "../../kit/script.ts";
import type { ServerPeer } from "../../kit/server_peer.ts";
import { TcpPeer } from "../../kit/tcp_peer.ts";
import { DenoWire, type Wire } from "../../kit/wire.ts";

/** How much too early a timer may ring by its clock's grain, in milliseconds. */
export const GRAIN_MS = 1;

/** A server that takes nothing for so long, and rests, stands still, in milliseconds. Its own timers may let it rest for a moment before. */
const STILL_MS = 300;

/** One that does not rest, and takes nothing for so long, stands still as well. Who reads byte by byte is seen to take some only now and then. */
const LONG_STILL_MS = 6000;

/** Longer than the pause before a sixth try, in milliseconds. */
const LONG_PAUSE_MS = 4000;

/** How often somebody knocks at a door that should be closed, in milliseconds. */
const KNOCK_MS = 10;

/**
 * Something has happened that may not happen sooner.
 *
 * @param what What, for a verdict: `"1 X" came`.
 * @param at When; just now unless told otherwise.
 */
export async function notBefore(
  script: Script,
  ms: number,
  since: number,
  what: string,
  at = performance.now(),
): Promise<void> {
  const elapsed = at - since;
  await script.step(`no sooner than after ${ms} ms`, () => {
    if (elapsed >= ms - GRAIN_MS) return;
    throw new Failure(
      `${what} after ${
        elapsed.toFixed(0)
      } ms; it was expected no sooner than after ${ms} ms`,
      { found: `${what} after ${elapsed.toFixed(0)} ms` },
    );
  });
}

/** A client under test connects. Its own timers may already run, so this is when it is known to have. */
export async function connects(
  { client, server }: Pick<MetClient, "client" | "server">,
): Promise<{ conn: TcpPeer; at: number }> {
  const conn = await client.connects(server);
  return { conn, at: performance.now() };
}

/** Calls that somebody has waited for, and has not taken. */
const kept = new WeakMap<ServerPeer, Promise<Wire>>();

/** The next client that calls a server. It stays the next one until it is taken. */
function nextCall(server: ServerPeer): Promise<Wire> {
  let call = kept.get(server);
  if (!call) {
    call = server.accept();
    call.catch(() => {}); // nobody may call
    kept.set(server, call);
  }
  return call;
}

/** The client asks its next question: over the connection that it has, or over a new one. */
export async function asksNext(
  script: Script,
  { client, conn, server }: MetClient,
  request: string,
): Promise<TcpPeer> {
  const { inbox } = conn;
  const next = await script.step(
    `${client.label} sends ${
      quote(request)
    }, over this connection or a new one`,
    async () => {
      const coming = nextCall(server);
      const isOld = async () => {
        while (inbox.bytes.length === 0 && !inbox.hasEnded) await inbox.more();
        return inbox.bytes.length > 0 ? undefined : await coming;
      };
      try {
        const wire = await guard(
          script.patience,
          Promise.race([isOld(), coming]),
        );
        if (wire === undefined) return conn;
        kept.delete(server);
        script.onEnd(() => wire.close());
        return new TcpPeer(script, wire, client.label, "the server");
      } catch (error) {
        throw inbox.silence(error, quote(request), toBytes(request));
      }
    },
  );
  await next.gets(request);
  return next;
}

/** The client has sent nothing more, over this connection or another, though it has had the time for it. */
export async function asksNothingYet(
  script: Script,
  { client, conn: { inbox }, server }: MetClient,
  until: string,
): Promise<void> {
  await script.step(`${client.label} sends nothing more ${until}`, async () => {
    await client.program.settles();
    // What it has done is here by now, and is seen before another program tells of itself.
    const coming = nextCall(server).then(() => "called");
    coming.catch(() => {}); // nobody may call
    const found = await Promise.race([
      inbox.more(),
      coming,
      client.program.settles(),
    ]);
    if (found === "called") {
      throw new Failure(
        `${client.label} connected once more; it was expected to wait ${until}`,
      );
    }
    if (inbox.bytes.length === 0) return;
    await inbox.listenOn();
    throw inbox.failure(
      `sent ${quote(inbox.bytes)}; it was expected to send nothing ${until}`,
      new Uint8Array(),
    );
  });
}

/** The client writes this line on stderr, and does not connect once more before. */
export async function givesUp(
  script: Script,
  client: ClientActor,
  server: ServerPeer,
  line: string,
): Promise<void> {
  await script.step(`${client.label} writes "${line}" on stderr`, async () => {
    const givenUp = client.program.errorLine(line);
    const first = await Promise.race([givenUp, nextCall(server)]);
    if (first === undefined) return; // the next call is for another line
    kept.delete(server);
    first.close();
    // Now it has failed. Whether it ever ends may show only after a pause that is longer than a step.
    const next = server.accept().then((wire) => {
      wire.close();
      return "again and again";
    });
    const last = givenUp.then(() => "once more", () => next);
    const patience = within(LONG_PAUSE_MS, script.patience);
    const found = await guard(patience, Promise.race([next, last]))
      .catch(() => "once more");
    throw new Failure(
      `${client.label} connected ${found}; it was expected to give up, and to write "${line}" on stderr`,
      { found },
    );
  });
}

/** The server takes no new connections any more. */
export async function isClosed(
  script: Script,
  { address, label }: ServerActor,
): Promise<void> {
  await script.step(`${label} takes no new connections`, async () => {
    const since = begin(script.patience);
    const refused = async () => {
      while (true) {
        try {
          (await Deno.connect(address)).close();
        } catch (error) {
          if (isRefusal(error)) return;
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, KNOCK_MS));
        await script.patience.look();
        const lost = script.patience.lost - since.lost;
        if (performance.now() - since.at - lost < script.patience.ms) continue;
        throw new Failure(
          `${label} took new connections for ${
            script.patience.ms / 1000
          } s after the Ctrl-C; it was expected to refuse them`,
          { found: "still open" },
        );
      }
    };
    await refused();
  });
}

function isRefusal(error: unknown): boolean {
  const { ConnectionRefused, ConnectionReset, NotConnected } = Deno.errors;
  return error instanceof ConnectionRefused ||
    error instanceof ConnectionReset || // it closed while we knocked
    error instanceof NotConnected; // and had done so before we could look at our own address
}

/** How much a server took of what it was sent. */
export interface Poured {
  /** How many bytes, so far. */
  readonly taken: number;
  /** Whether that is all that there was. */
  readonly isAll: boolean;
}

/** Somebody sends without end, as fast as it is taken. @param most How much, in bytes. */
export async function pours(
  script: Script,
  peer: TcpPeer,
  line: string,
  most: number,
): Promise<Poured> {
  return await script.step(
    `${peer.us} sends ${quote(line)} again and again, and reads nothing`,
    () => pour(peer.wire, line, most),
  );
}

function pour(wire: Wire, line: string, most: number): Poured {
  const block = toBytes(line.repeat(Math.ceil(65_536 / line.length)));
  const poured = { taken: 0, isAll: false };
  const pouring = async () => {
    while (poured.taken < most) {
      await wire.write(block);
      poured.taken += block.length;
    }
    poured.isAll = true;
  };
  pouring().catch(() => {}); // it was cut off
  return poured;
}

/** A connection of which nobody reads anything, filled: what the system holds without any program's help. */
export async function poursUnread(
  script: Script,
  most: number,
): Promise<Poured> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  script.onEnd(() => listener.close());
  const { port } = listener.addr;
  const writer = await Deno.connect({ hostname: "127.0.0.1", port });
  script.onEnd(() => writer.close());
  const reader = await listener.accept();
  script.onEnd(() => reader.close());
  return pour(new DenoWire(writer), "x".repeat(65_536), most);
}

/**
 * The server stands still, and has not taken all that it was sent, nor more
 * than it may. However slowly it reads, only the amount counts.
 *
 * @param all What it is sent, over one connection or several.
 * @param most How much it may take of each: as much as another one, and so many bytes more.
 * @param found Finds out what a server does that has taken more.
 */
export async function takesNoMore(
  script: Script,
  { label, program }: ServerActor,
  all: readonly Poured[],
  found: () => string | Promise<string> = () => "",
  most?: { readonly than: Poured; readonly by: number },
): Promise<void> {
  const sum = () =>
    all.reduce((sum, { taken }) => sum + taken, most?.than.taken ?? 0);
  const tooMuch = () =>
    all.find(({ taken, isAll }) =>
      isAll || most && taken > most.than.taken + most.by
    );
  await script.step(`${label} reads no more of it`, async () => {
    let before = -1;
    let lately = performance.now();
    let rests = true;
    const still = () => performance.now() - lately;
    while (still() < (rests ? STILL_MS : LONG_STILL_MS)) {
      if (all.some(({ isAll }) => isAll)) break;
      rests = await comesToRest(program);
      if (sum() !== before) lately = performance.now();
      before = sum();
    }
    const wrong = tooMuch();
    if (!wrong) return;
    throw new Failure(
      `${label} read ${wrong.isAll ? "all of " : ""}${
        (wrong.taken / 1024 / 1024).toFixed(0)
      } MiB; it was expected to leave the most of it with the system`,
      { found: await found() },
    );
  });
}

/** Whether a program has come to rest, and not worked on for a step's time. */
async function comesToRest(program: ServerActor["program"]): Promise<boolean> {
  try {
    await program.settles();
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** A client that has taken nothing for a while takes so much that the server can go on. @returns Whether it has, and has not cut the client off before. */
export async function readsSome(
  script: Script,
  { us, label, inbox }: TcpPeer,
  poured: Poured,
): Promise<boolean> {
  return await script.step(`${us} reads until ${label} reads on`, async () => {
    const before = poured.taken;
    try {
      while (poured.taken === before && !inbox.hasEnded) {
        await inbox.more();
        inbox.take(Infinity);
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${label} sent nothing more for ${error.time}, and read no more; ${us} had begun to take its answers`,
      );
    }
    return poured.taken > before;
  });
}
