/**
 * Lesson 07, solution, client: put a file into a store, get one, or list them.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. --allow-write=. solutions/07_md5_file_transfer/client.ts list
 */
import { type Address, runClient, UsageError } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  baseName,
  checkFileName,
} from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  encodeMessage,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";
import { Progress } from "@lessons/07_md5_file_transfer/progress.ts";
import {
  checkIncoming,
  type Received,
  receiveFile,
  removeLeftovers,
} from "@lessons/07_md5_file_transfer/receive_file.ts";
import {
  checkReceipt,
  openFile,
  refusal,
  sendFile,
} from "@lessons/07_md5_file_transfer/send_file.ts";
import { TransferError } from "@lessons/07_md5_file_transfer/transfer_error.ts";

/** The longest list, in bytes. */
const LONGEST_LIST = 64 * 1024 * 1024;

await runClient(
  { port: 8007, words: "list | get NAME [AS] | put FILE [AS]" },
  async ({ address, words: [op, name, as, ...more] }) => {
    const isOne = name !== undefined && more.length === 0;
    if (op === "list" && name === undefined) await list(address);
    else if (op === "get" && isOne) print(await get(address, name, as ?? name));
    else if (op === "put" && isOne) {
      print(await put(address, name, as ?? baseName(name)));
    } else throw new UsageError("say list, get NAME or put FILE");
  },
);

function print({ bytes, md5, name }: Received): void {
  console.log(`${bytes} ${md5} ${name}`);
}

async function list(address: Address): Promise<void> {
  using conn = await Deno.connect(address);
  await writeAll(conn, encodeMessage({ op: "list" }));
  const reader = new FrameReader(conn, { maxLength: LONGEST_LIST });
  const answer = await readMessage(reader) ?? {};
  if (answer.ok !== true) throw refusal(answer);
  if (!Array.isArray(answer.files)) throw new TransferError("no list came");
  for (const file of answer.files) {
    const { name, size } = checkIncoming({ ...file, md5: undefined }); // a name could do things to a terminal
    console.log(`${size} ${name}`);
  }
}

/** Sends a file. @param as Its name in the store. */
async function put(
  address: Address,
  path: string,
  as: string,
): Promise<Received> {
  using outgoing = await openFile(path);
  const { size, md5 } = outgoing;
  using conn = await Deno.connect(address);

  // A server that refuses says so at once, so we listen while we send.
  const answer = readMessage(new FrameReader(conn));
  {
    using progress = new Progress(size);
    await sendFile(
      conn,
      encodeMessage({ op: "put", name: as, size, md5 }),
      outgoing,
      {
        onBytes: (count) => progress.add(count),
        enough: answer,
      },
    );
  }
  const receipt = checkReceipt(await answer, outgoing);
  if (receipt.name === as) return receipt;
  throw new TransferError("the receipt is for another name");
}

/** Fetches a file. @param as The path that it gets here. */
async function get(
  address: Address,
  name: string,
  as: string,
): Promise<Received> {
  checkFileName(baseName(as));
  const folder = as.slice(0, as.length - baseName(as).length) || ".";
  await removeLeftovers(folder);

  using conn = await Deno.connect(address);
  await writeAll(conn, encodeMessage({ op: "get", name }));
  const reader = new FrameReader(conn);
  const answer = await readMessage(reader) ?? {};
  if (answer.ok !== true) throw refusal(answer);

  const { size, md5 } = answer;
  const incoming = checkIncoming({
    name: baseName(as),
    size,
    md5: md5 ?? null,
  });
  using progress = new Progress(incoming.size);
  return await receiveFile(
    reader,
    folder,
    incoming,
    (count) => progress.add(count),
  );
}
