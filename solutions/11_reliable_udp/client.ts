/**
 * Lesson 11, solution, client: get a file by TFTP, or put one.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. --allow-write=. solutions/11_reliable_udp/client.ts get poem.txt
 */
import { numberOf, runClient, UsageError } from "@lessons/program.ts";
import {
  baseName,
  checkFileName,
} from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  fromStart,
  openToRead,
} from "@lessons/07_md5_file_transfer/open_to_read.ts";
import {
  receiveFile,
  removeLeftovers,
} from "@lessons/07_md5_file_transfer/receive_file.ts";
import { withoutPath } from "@lessons/07_md5_file_transfer/transfer_error.ts";
import type { Options, Packet } from "@lessons/11_reliable_udp/packet.ts";
import {
  type Agreement,
  BLOCKS,
  PLAIN,
  readAnswer,
  WINDOWS,
} from "./options.ts";
import { BlockReader } from "./receive_blocks.ts";
import { sendBlocks } from "./send_blocks.ts";
import { codeOf, OverError, Transfer } from "./transfer.ts";

const options = {
  port: 8011,
  flags: { blksize: "N", windowsize: "N", timeout: "MS", tries: "N" },
  words: "get NAME [AS] | put FILE [AS]",
} as const;

await runClient(options, async ({ address, flag, words }) => {
  const [op, name, as, ...more] = words;
  if (
    op !== "get" && op !== "put" || name === undefined || more.length > 0
  ) throw new UsageError("say get NAME or put FILE");
  if (!/^[\d.]+$/.test(address.hostname)) {
    throw new UsageError("--host needs an address in numbers here"); // the server is known by where it answers from
  }
  const blksize = numberOf("blksize", flag("blksize") ?? "1428", BLOCKS);
  const windowsize = numberOf(
    "windowsize",
    flag("windowsize") ?? "16",
    WINDOWS,
  );
  const patience = {
    timeout: numberOf("timeout", flag("timeout") ?? "1000", {
      least: 50,
      most: 5000,
    }),
    tries: numberOf("tries", flag("tries") ?? "5", { least: 1, most: 100 }),
  };

  using transfer = new Transfer(
    address.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0",
    { ...address, transport: "udp" },
    false, // the server answers from a port of its own
    patience,
  );
  const asked = new Map([
    ["blksize", String(blksize)],
    ["tsize", "0"],
    ["windowsize", String(windowsize)],
  ]);
  if (op === "get") await get(transfer, name, as ?? baseName(name), asked);
  else await put(transfer, name, as ?? baseName(name), asked);
});

/** Fetches a file. @param as The path that it gets here. */
async function get(
  transfer: Transfer,
  name: string,
  as: string,
  asked: Options,
): Promise<void> {
  const local = checkFileName(baseName(as));
  const folder = as.slice(0, as.length - local.length) || ".";
  await removeLeftovers(folder);

  const request: Packet = {
    ...{ kind: "read", name, mode: "octet", options: asked },
  };
  const first = await transfer.exchange(
    () => transfer.send(request),
    (packet) =>
      packet.kind === "options" || packet.kind === "data" && packet.block === 1
        ? packet
        : undefined,
  );
  const blocks = await orTold(transfer, async () => {
    const agreement = agreementOf(first, asked);
    const blocks = new BlockReader(transfer, agreement);
    if (first.kind === "options") await blocks.begin();
    else transfer.putBack(first);
    const { bytes } = await receiveFile(blocks, folder, { name: local });
    console.log(`${bytes} ${local}`);
    return blocks;
  });
  await blocks.finish();
  await blocks.linger(2 * transfer.timeout);
}

/** Sends a file. @param as Its name there. */
async function put(
  transfer: Transfer,
  path: string,
  as: string,
  asked: Options,
): Promise<void> {
  const { handle, size } = await openToRead(path);
  try {
    const offered = new Map([...asked, ["tsize", String(size)]]);
    const request: Packet = {
      ...{ kind: "write", name: as, mode: "octet", options: offered },
    };
    const first = await transfer.exchange(
      () => transfer.send(request),
      (packet) =>
        packet.kind === "options" || packet.kind === "ack" && packet.block === 0
          ? packet
          : undefined,
    );
    await orTold(transfer, async () => {
      const agreement = agreementOf(first, offered);
      const bytes = await sendBlocks(transfer, fromStart(handle), agreement);
      console.log(`${bytes} ${as}`);
    });
  } finally {
    await handle.close();
  }
}

/** What holds by the server's first answer. */
function agreementOf(first: Packet, asked: Options): Agreement {
  return first.kind === "options" ? readAnswer(first.options, asked) : PLAIN;
}

/** Does something, and tells the server where it fails. */
async function orTold<T>(
  transfer: Transfer,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof OverError || !(error instanceof Error)) throw error;
    const why = withoutPath(error.message);
    await transfer.refuse(codeOf(error), why).catch(() => {});
    throw error;
  }
}
