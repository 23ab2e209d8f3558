/**
 * Lesson 11, server: give out files by TFTP, block by block, each one acknowledged before the next.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=lessons/11_reliable_udp/files lessons/11_reliable_udp/server.ts
 */
import { formatAddress, runServer } from "@lessons/program.ts";
import { checkFileName } from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  TransferError,
  whyFailed,
} from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { type Letter, Mailbox } from "./mailbox.ts";

/** How many bytes a block has. A shorter one is the last. */
const BLOCK = 512;

/** How long an acknowledgement is waited for, in milliseconds, and how often a block is sent. */
const [TIMEOUT, TRIES] = [500, 5];

await runServer({ port: 8011, flags: { dir: "FOLDER" } }, async (context) => {
  const { address, flag, say } = context;
  const folder = flag("dir") ?? "lessons/11_reliable_udp/files";
  using mailbox = new Mailbox(address);
  say.listening(mailbox.socket);

  while (true) {
    const letter = await mailbox.receive();
    if (letter) serve(letter, address.hostname, folder); // not awaited: several at a time
  }
});

/** Answers a request, from a port of its own: that is how both sides know a transfer from all others. */
async function serve(
  { packet, from: client }: Letter,
  hostname: string,
  folder: string,
): Promise<void> {
  const who = formatAddress(client);
  using mailbox = new Mailbox({ hostname });
  const refuse = (code: number, message: string) =>
    mailbox.send({ kind: "error", code, message }, client);
  try {
    if (packet?.kind === "error") return; // an error is never answered
    if (packet?.kind !== "read" || packet.mode !== "octet") {
      return await refuse(4, "only octet files can be read here");
    }
    using file = await open(folder, packet.name);
    if (!file) return await refuse(1, "there is no such file");
    const size = await sendFile(mailbox, file, client);
    console.log(`sent ${packet.name} to ${who}: ${size} bytes`);
  } catch (error) {
    const reason = whyFailed(error, who);
    if (reason === undefined) throw error;
    console.log(`${who}: ${reason}`);
    if (error instanceof TransferError) return; // the client ended it, or is gone: it is told nothing
    await refuse(2, "this file cannot be read").catch(() => {});
  }
}

/** Opens a plain file of the folder; `undefined` where there is none. */
async function open(
  folder: string,
  name: string,
): Promise<Deno.FsFile | undefined> {
  const path = `${folder}/${checkFileName(name)}`;
  try {
    if ((await Deno.lstat(path)).isFile) return await Deno.open(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return undefined;
}

/** Sends a file. @returns How many bytes it has. */
async function sendFile(
  mailbox: Mailbox,
  file: Deno.FsFile,
  client: Deno.NetAddr,
): Promise<number> {
  for (let block = 1, size = 0;; block++) {
    const buffer = new Uint8Array(BLOCK);
    const count = await file.read(buffer) ?? 0; // a file gives all that fits, but at its end
    size += count;

    await sendBlock(mailbox, block, buffer.subarray(0, count), client);
    if (count < BLOCK) return size;
  }
}

/** Sends a block, and again until its acknowledgement comes. */
async function sendBlock(
  mailbox: Mailbox,
  block: number,
  bytes: Uint8Array,
  client: Deno.NetAddr,
): Promise<void> {
  for (let count = 1; count <= TRIES; count++) {
    await mailbox.send({ kind: "data", block, bytes }, client);

    const until = performance.now() + TIMEOUT;
    while (true) {
      const letter = await mailbox.receive(until);
      if (!letter) break; // time is up: the block was lost, or its acknowledgement
      const { packet, from } = letter;
      if (formatAddress(from) !== formatAddress(client)) {
        const message = "this port belongs to another transfer";
        await mailbox.send({ kind: "error", code: 5, message }, from);
      } else if (packet?.kind === "error") {
        throw new TransferError(`the client broke off: ${packet.message}`);
      } else if (packet?.kind === "ack" && packet.block === (block & 0xffff)) {
        return; // any other acknowledgement is an old one: it changes nothing
      }
    }
  }
  throw new TransferError(
    `no acknowledgement of block ${block} after ${TRIES} tries`,
  );
}
