/**
 * A server and a client of the plain kind, RFC 1350, with a place for one mistake.
 *
 * @module
 */
import { formatAddress, runClient, runServer } from "@lessons/program.ts";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";
import type { Packet } from "@lessons/11_reliable_udp/packet.ts";

const hostname = "127.0.0.1";

/** What a server does wrong. */
export interface Mistakes {
  /** Whether an old acknowledgement has its next block sent again. */
  readonly answersOld?: boolean;
  /** Whether anybody may speak in a transfer. */
  readonly takesAnybody?: boolean;
  /** Whether it answers from the port at which it listens. */
  readonly hasOnePort?: boolean;
  /** Whether each time-out is as long as the first. */
  readonly neverBacksOff?: boolean;
  /** Whether it compares numbers as they are on the wire. */
  readonly losesCount?: boolean;
  /** Whether it writes a file under its own name from the beginning. */
  readonly writesInPlace?: boolean;
}

/** Runs a server that gives files, and takes some. */
export async function serve(mistakes: Mistakes): Promise<void> {
  const flags = { dir: "FOLDER", timeout: "MS", tries: "N" } as const;
  await runServer({ port: 8011, flags }, async ({ address, flag, say }) => {
    using door = new Mailbox(address);
    say.listening(door.socket);
    while (true) {
      const letter = await door.receive();
      if (!letter) continue;
      const { packet, from } = letter;
      const own = mistakes.hasOnePort ? door : new Mailbox({ hostname });
      const path = `${flag("dir") ?? "store"}/`;
      const timeout = Number(flag("timeout") ?? "1000");
      const act = packet?.kind === "read"
        ? give(own, from, path + packet.name, packet.options, timeout, mistakes)
        : packet?.kind === "write"
        ? take(own, from, path + packet.name)
        : undefined;
      if (mistakes.hasOnePort) await act;
    }
  });
}

async function give(
  own: Mailbox,
  client: Deno.NetAddr,
  path: string,
  options: ReadonlyMap<string, string>,
  first: number,
  mistakes: Mistakes,
): Promise<void> {
  const file = await Deno.readFile(path);
  const blksize = Number(options.get("blksize") ?? "512");
  const windowsize = Number(options.get("windowsize") ?? "1");
  const count = Math.floor(file.length / blksize) + 1;
  let done = 0;
  let timeout = first;
  const sendFrom = async (from: number) => {
    if (from === 0) return await own.send({ kind: "options", options }, client);
    for (
      let block = from;
      block < from + windowsize && block <= count;
      block++
    ) {
      const bytes = file.subarray((block - 1) * blksize, block * blksize);
      await own.send({ kind: "data", block, bytes }, client);
    }
  };
  let next = options.size > 0 ? 0 : 1;
  await sendFrom(next);
  let until = performance.now() + timeout;
  while (done < count) {
    const letter = await own.receive(until);
    if (!letter) {
      if (!mistakes.neverBacksOff) timeout *= 2;
      await sendFrom(next);
      until = performance.now() + timeout;
      continue;
    }
    const { packet, from } = letter;
    if (packet?.kind === "error") return;
    const isClient = formatAddress(from) === formatAddress(client);
    if (!isClient && !mistakes.takesAnybody) {
      await own.send({ kind: "error", code: 5, message: "no" }, from);
      continue;
    }
    if (packet?.kind !== "ack") continue;
    const ahead = mistakes.losesCount
      ? packet.block - done
      : (packet.block - done) << 16 >> 16;
    const isNew = next === 0
      ? packet.block === 0
      : ahead > 0 && ahead <= windowsize;
    if (isNew) {
      done += next === 0 ? 0 : ahead;
      next = done + 1;
      timeout = first;
    } else if (!mistakes.answersOld) continue;
    await sendFrom(next);
    until = performance.now() + timeout;
  }
}

/** Takes a file, and writes it in its own place: the one mistake that it can make. */
async function take(
  own: Mailbox,
  client: Deno.NetAddr,
  path: string,
): Promise<void> {
  using file = await Deno.create(path);
  for (let last = 0;;) {
    await own.send({ kind: "ack", block: last }, client);
    const packet = (await own.receive())?.packet;
    if (packet?.kind === "error") return;
    if (packet?.kind !== "data" || packet.block !== last + 1) continue;
    await file.write(packet.bytes);
    last = packet.block;
    if (packet.bytes.length < 512) {
      return await own.send({ kind: "ack", block: last }, client);
    }
  }
}

/** What a client does wrong. */
export interface ClientMistakes {
  /** Whether it says nothing to a block that it has already. */
  readonly isSilent?: boolean;
  /** Whether it ends with its last acknowledgement. */
  readonly leavesAtOnce?: boolean;
}

/** Runs a client that gets a file. */
export async function fetchFile(mistakes: ClientMistakes): Promise<void> {
  const flags = {
    blksize: "N",
    windowsize: "N",
    timeout: "MS",
    tries: "N",
  } as const;
  const words = "get NAME [AS] | put FILE [AS]";
  await runClient({ port: 8011, flags, words }, async ({ address, words }) => {
    const [, name = "", as = name] = words;
    using own = new Mailbox({ hostname });
    let server: Deno.NetAddr = { ...address, transport: "udp" };
    const say = (packet: Packet) => own.send(packet, server);
    await say({ kind: "read", name, mode: "octet", options: new Map() });
    const parts: Uint8Array[] = [];
    let until = Infinity;
    while (true) {
      const letter = await own.receive(until);
      if (!letter) break;
      if (letter.packet?.kind !== "data") continue;
      server = letter.from;
      const { block, bytes } = letter.packet;
      if (block === parts.length + 1) {
        parts.push(bytes);
        if (bytes.length < 512) {
          await Deno.writeFile(
            as,
            new Uint8Array(
              await new Blob(parts.map((part) => new Uint8Array(part)))
                .arrayBuffer(),
            ),
          );
          const size = parts.reduce((sum, { length }) => sum + length, 0);
          console.log(`${size} ${as.split("/").at(-1)}`);
          until = performance.now() + 300;
        }
      } else if (mistakes.isSilent) continue;
      await say({ kind: "ack", block });
      if (bytes.length < 512 && mistakes.leavesAtOnce) break;
    }
  });
}
