import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { WorkingFolder } from "../../kit/working_folder.ts";
import type { Message } from "./message.ts";
import { checkReceipt, openFile, refusal, sendFile } from "./send_file.ts";
import { TransferError } from "./transfer_error.ts";

const ABC_MD5 = "900150983cd24fb0d6963f7d28e17f72"; // RFC 1321

/** A folder with the file `abc` in it. */
async function folderWithFile(): Promise<WorkingFolder> {
  const folder = WorkingFolder.make();
  await Deno.writeTextFile(`${folder.path}/abc`, "abc");
  return folder;
}

/** A writer that keeps what it takes, two bytes at most a call. */
function keeper() {
  const taken: number[] = [];
  return {
    taken,
    write(bytes: Uint8Array) {
      const part = bytes.subarray(0, 2);
      taken.push(...part);
      return Promise.resolve(part.length);
    },
  };
}

Deno.test("openFile() tells size and MD5, and refuses what is no file", async () => {
  using folder = await folderWithFile();
  using outgoing = await openFile(`${folder.path}/abc`);
  assertEquals(outgoing.size, 3);
  assertEquals(outgoing.md5, ABC_MD5);
  await assertRejects(() => openFile(folder.path), Error);
  await assertRejects(() => openFile(`${folder.path}/none`), Error, "ENOENT");
});

Deno.test("sendFile() sends the head and then the file, and counts the file's bytes", async () => {
  using folder = await folderWithFile();
  using outgoing = await openFile(`${folder.path}/abc`);
  const conn = keeper();
  let count = 0;
  const onBytes = (bytes: number) => count += bytes;
  assertEquals(
    await sendFile(conn, new Uint8Array([1, 2, 3]), outgoing, { onBytes }),
    true,
  );
  assertEquals(conn.taken, [1, 2, 3, 0x61, 0x62, 0x63]);
  assertEquals(count, 3);
});

Deno.test("sendFile() stops when the other side refuses or has closed", async () => {
  using folder = await folderWithFile();
  using outgoing = await openFile(`${folder.path}/abc`);
  const head = new Uint8Array([1]);
  const full = { write: () => new Promise<number>(() => {}) };
  const refused = { enough: Promise.resolve({ ok: false }) };
  assertEquals(await sendFile(full, head, outgoing, refused), false);
  const failed = { enough: Promise.reject(new Error("no")) };
  assertEquals(await sendFile(full, head, outgoing, failed), false);
  const closed = {
    write: () => Promise.reject(new Deno.errors.BrokenPipe("closed")),
  };
  assertEquals(await sendFile(closed, head, outgoing), false);
});

Deno.test("sendFile() has sent all when the receipt is faster than the last write's return", async () => {
  using folder = await folderWithFile();
  using outgoing = await openFile(`${folder.path}/abc`);
  const receipt = Promise.withResolvers<Message>();
  const conn = {
    async write(bytes: Uint8Array) {
      receipt.resolve({ ok: true });
      await new Promise((resolve) => setTimeout(resolve)); // whoever waits for the receipt goes on
      return bytes.length;
    },
  };
  const { promise: enough } = receipt;
  assertEquals(
    await sendFile(conn, new Uint8Array([1]), outgoing, { enough }),
    true,
  );
});

Deno.test("sendFile() sends no more than it said, and notices when there is less", async () => {
  using folder = await folderWithFile();
  using outgoing = await openFile(`${folder.path}/abc`);
  const conn = keeper();
  await Deno.writeTextFile(`${folder.path}/abc`, "abcdef");
  await sendFile(conn, new Uint8Array([1]), outgoing);
  assertEquals(conn.taken, [1, 0x61, 0x62, 0x63]);
  await Deno.truncate(`${folder.path}/abc`, 1);
  await assertRejects(
    () => sendFile(keeper(), new Uint8Array([1]), outgoing),
    TransferError,
    "shorter",
  );
});

Deno.test("checkReceipt() takes the receipt for this file and no other answer", async () => {
  using folder = await folderWithFile();
  using outgoing = await openFile(`${folder.path}/abc`);
  const good = { ok: true, name: "a", md5: ABC_MD5, bytes: 3 };
  assertEquals(checkReceipt(good, outgoing), {
    name: "a",
    md5: ABC_MD5,
    bytes: 3,
  });
  for (
    const answer of [
      null,
      {},
      { ok: false, error: "no" },
      { ...good, bytes: 4 },
      { ...good, md5: "0".repeat(32) },
      { ...good, name: 5 },
    ]
  ) assertThrows(() => checkReceipt(answer, outgoing), TransferError);
});

Deno.test("refusal() keeps control characters from the terminal", () => {
  assertEquals(refusal({ error: "\x1b[2J\n" }).message, "refused: ?[2J?");
  assertEquals(refusal({ error: 5 }).message, "refused: no");
});
