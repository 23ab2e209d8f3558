/**
 * Lesson 11, solution, server: give out files by TFTP, and take them in, window by window.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=store --allow-write=store solutions/11_reliable_udp/server.ts
 */
import { formatAddress, numberOf, runServer } from "@lessons/program.ts";
import { checkFileName } from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  fromStart,
  openToRead,
} from "@lessons/07_md5_file_transfer/open_to_read.ts";
import {
  prepareFolder,
  receiveFile,
  removeUnfinished,
} from "@lessons/07_md5_file_transfer/receive_file.ts";
import {
  whyFailed,
  withoutPath,
} from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";
import type { Options, Packet } from "@lessons/11_reliable_udp/packet.ts";
import { takeOptions } from "./options.ts";
import { BlockReader } from "./receive_blocks.ts";
import { sendBlocks } from "./send_blocks.ts";
import {
  codeOf,
  OverError,
  type Patience,
  TftpError,
  Transfer,
} from "./transfer.ts";

/** How long the server stays when it has acknowledged a last block, in milliseconds: longer than any time-out. */
const LINGER = 6_000;

const options = {
  port: 8011,
  flags: { dir: "FOLDER", timeout: "MS", tries: "N" },
} as const;

await runServer(options, async ({ address, flag, onCtrlC, say }) => {
  const folder = flag("dir") ?? "store";
  const patience: Patience = {
    timeout: numberOf("timeout", flag("timeout") ?? "1000", {
      least: 50,
      most: 5000,
    }),
    tries: numberOf("tries", flag("tries") ?? "5", { least: 1, most: 100 }),
  };
  await prepareFolder(folder);
  onCtrlC(removeUnfinished);

  using mailbox = new Mailbox(address);
  say.listening(mailbox.socket);

  const busy = new Set<string>(); // the clients whose transfers go on
  while (true) {
    const letter = await mailbox.receive();
    if (!letter) continue;
    const { packet, from } = letter;
    const who = formatAddress(from);
    if (busy.has(who) || packet?.kind === "error") continue; // a request that comes again starts no second transfer
    busy.add(who);
    const transfer = new Transfer(address.hostname, from, true, patience);
    // Not awaited: the next request need not wait.
    serve(transfer, packet, folder, who, () => busy.delete(who));
  }
});

/** Serves one request. @param done Is called when the transfer is over, though its socket may stay a little. */
async function serve(
  open: Transfer,
  request: Packet | undefined,
  folder: string,
  who: string,
  done: () => void,
): Promise<void> {
  using transfer = open;
  try {
    if (request?.kind !== "read" && request?.kind !== "write") {
      throw new TftpError(4, "a transfer begins with a request");
    }
    const { kind, mode, name, options } = request;
    if (mode !== "octet") throw new TftpError(4, "the mode is octet here");
    checkFileName(name);
    if (kind === "read") {
      const size = await give(transfer, folder, name, options);
      console.log(`sent ${name} to ${who}: ${size} bytes`);
    } else {
      await take(transfer, folder, name, options, (size) => {
        console.log(`received ${name} from ${who}: ${size} bytes`);
        done();
      });
    }
  } catch (error) {
    const reason = whyFailed(error, who);
    if (reason === undefined) throw error;
    console.log(`${who}: ${reason}`);
    if (error instanceof OverError) return;
    await transfer.refuse(codeOf(error), withoutPath(reason)).catch(() => {});
  } finally {
    done();
  }
}

/** Gives a file out. @returns Its size. */
async function give(
  transfer: Transfer,
  folder: string,
  name: string,
  options: Options,
): Promise<number> {
  const path = `${folder}/${name}`;
  const { isFile } = await Deno.lstat(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new TftpError(1, `there is no file "${name}"`);
  });
  if (!isFile) throw new TftpError(2, `"${name}" is no plain file`);
  const { handle, size } = await openToRead(path);
  try {
    const { answer, agreement } = takeOptions(options, size);
    if (answer.size > 0) {
      await transfer.exchange(
        () => transfer.send({ kind: "options", options: answer }),
        (packet) => packet.kind === "ack" && packet.block === 0 || undefined,
      );
    }
    return await sendBlocks(transfer, fromStart(handle), agreement);
  } finally {
    await handle.close();
  }
}

/** Takes a file in. @param onWhole Is called when it has its name and the last block is acknowledged. */
async function take(
  transfer: Transfer,
  folder: string,
  name: string,
  options: Options,
  onWhole: (size: number) => void,
): Promise<void> {
  const { answer, agreement } = takeOptions(options);
  const blocks = new BlockReader(transfer, agreement);
  if (answer.size > 0) {
    const first = await transfer.exchange(
      () => transfer.send({ kind: "options", options: answer }),
      (packet) => packet.kind === "data" ? packet : undefined,
    );
    transfer.putBack(first);
  } else await blocks.begin();
  const { bytes } = await receiveFile(blocks, folder, { name });
  await blocks.finish();
  onWhole(bytes);
  await blocks.linger(LINGER);
}
