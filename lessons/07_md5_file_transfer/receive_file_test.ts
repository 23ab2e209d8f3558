import { setImmediate } from "node:timers";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { FileNameError, temporaryName } from "./file_name.ts";
import { WORTH_A_THREAD } from "./md5_beside.ts";
import { PIECE } from "./read_ahead.ts";
import {
  checkIncoming,
  prepareFolder,
  receiveFile,
  removeLeftovers,
  removeUnfinished,
} from "./receive_file.ts";
import { TransferError } from "./transfer_error.ts";

const ABC = new TextEncoder().encode("abc");
const ABC_MD5 = "900150983cd24fb0d6963f7d28e17f72"; // RFC 1321

/** A source that gives these chunks, then throws or ends. */
function source(chunks: Uint8Array[], error?: Error) {
  const rest = [...chunks];
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      const chunk = rest.shift();
      if (chunk === undefined) {
        return error ? Promise.reject(error) : Promise.resolve(null);
      }
      const part = chunk.subarray(0, buffer.length);
      if (part.length < chunk.length) rest.unshift(chunk.subarray(part.length));
      buffer.set(part);
      return Promise.resolve(part.length);
    },
  };
}

function names(folder: WorkingFolder): string[] {
  return [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
}

Deno.test("receiveFile() keeps exactly as many bytes as were announced", async () => {
  using folder = WorkingFolder.make();
  const counts: number[] = [];
  const received = await receiveFile(
    source([ABC.subarray(0, 1), ABC.subarray(1), ABC]),
    folder.path,
    { name: "中文", size: 3, md5: ABC_MD5 },
    (count) => counts.push(count),
  );
  assertEquals(received, { name: "中文", md5: ABC_MD5, bytes: 3 });
  assertEquals(counts, [1, 2]);
  assertEquals(await Deno.readTextFile(`${folder.path}/中文`), "abc");
  assertEquals(names(folder), ["中文"]);
});

Deno.test("receiveFile() keeps an empty file, and one without an MD5", async () => {
  using folder = WorkingFolder.make();
  const { md5 } = await receiveFile(source([]), folder.path, {
    name: "a",
    size: 0,
  });
  assertEquals(md5, "d41d8cd98f00b204e9800998ecf8427e"); // RFC 1321
  assertEquals(names(folder), ["a"]);
});

Deno.test("receiveFile() keeps all that comes where no size is known", async () => {
  using folder = WorkingFolder.make();
  for (const chunks of [[], [ABC], [ABC, ABC]]) {
    const { bytes } = await receiveFile(source(chunks), folder.path, {
      name: "a",
    });
    assertEquals(bytes, 3 * chunks.length);
    const { size } = await Deno.stat(`${folder.path}/a`);
    assertEquals(size, bytes);
  }
  assertEquals(names(folder), ["a"]);
});

Deno.test("receiveFile() leaves all as it was when anything goes wrong", async () => {
  using folder = WorkingFolder.make();
  await Deno.writeTextFile(`${folder.path}/a`, "old");
  const broken = new Deno.errors.ConnectionReset("broken");
  const tries = [
    { from: source([ABC]), size: 4 },
    { from: source([ABC]), size: 3, md5: "0".repeat(32) },
    { from: source([ABC], broken), size: 1e15 },
  ];
  for (const { from, ...rest } of tries) {
    await assertRejects(() =>
      receiveFile(from, folder.path, { name: "a", ...rest })
    );
    assertEquals(names(folder), ["a"]);
    assertEquals(await Deno.readTextFile(`${folder.path}/a`), "old");
  }
});

Deno.test("receiveFile() leaves all as it was when the thread for the MD5 fails", async () => {
  using folder = WorkingFolder.make();
  await Deno.writeTextFile(`${folder.path}/a`, "old");
  const text =
    "onmessage = ({ ports: [port] }) => port.postMessage({ error: 'no room' })";
  const right = globalThis.Worker;
  globalThis.Worker = class extends right {
    constructor() {
      super(`data:text/javascript,${text}`, { type: "module" });
    }
  };
  try {
    const piece = new Uint8Array(PIECE);
    const error = await assertRejects(
      () =>
        receiveFile(
          source(Array.from({ length: 9 }, () => piece)),
          folder.path,
          { name: "a", size: WORTH_A_THREAD },
        ),
      TransferError,
    );
    assertEquals(error.message, "cannot compute the MD5: no room");
  } finally {
    globalThis.Worker = right;
  }
  assertEquals(names(folder), ["a"]);
  assertEquals(await Deno.readTextFile(`${folder.path}/a`), "old");
});

Deno.test("receiveFile() refuses names that are taken by something else than a file, or none", async () => {
  using folder = WorkingFolder.make();
  await Deno.mkdir(`${folder.path}/folder`);
  const put = (name: string) =>
    receiveFile(source([ABC]), folder.path, { name, size: 3 });
  await assertRejects(() => put("folder"), TransferError);
  await assertRejects(() => put("../a"), FileNameError);
  if (Deno.build.os !== "windows") {
    await Deno.symlink("nowhere", `${folder.path}/link`);
    await assertRejects(() => put("link"), TransferError);
  }
});

Deno.test("removeLeftovers() removes what a killed program left, and nothing else", async () => {
  using folder = WorkingFolder.make();
  const path = (name: string) => `${folder.path}/${name}`;
  const left = temporaryName();
  const mine = ["a.part", ".receiving-1.part", ".hidden"];
  const inUse = temporaryName();
  for (const name of [left, inUse, ...mine]) {
    await Deno.writeTextFile(path(name), "x");
  }
  await Deno.mkdir(path(temporaryName()));
  {
    using file = await Deno.open(path(inUse), { write: true });
    await file.lock(true);
    assertEquals(await removeLeftovers(folder.path), 1);
    assert(names(folder).includes(inUse));
  }
  // Another test of this process may be starting a program just now: until that runs, it holds what was open here.
  let count = 0;
  while (count === 0) count = await removeLeftovers(folder.path);
  assertEquals(count, 1);
  assertEquals(names(folder).length, mine.length + 1); // and the folder
});

Deno.test("removeLeftovers() and receiveFile() do not get into each other's way", async () => {
  using folder = WorkingFolder.make();
  const receive = async (i: number) => {
    for (let round = 0; round < 20; round++) {
      const name = `${i}`;
      await receiveFile(source([ABC]), folder.path, { name, size: 3 });
    }
  };
  let isOver = false;
  const tidy = async () => {
    let removed = 0;
    while (!isOver) removed += await removeLeftovers(folder.path);
    return removed;
  };
  const tidying = [tidy(), tidy()];
  try {
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(receive));
  } finally {
    isOver = true;
  }
  await Promise.all(tidying);
  assertEquals(names(folder), ["0", "1", "2", "3", "4", "5", "6", "7"]);
});

Deno.test("removeUnfinished() removes the files that are being received", async () => {
  using folder = WorkingFolder.make();
  const { promise, resolve } = Promise.withResolvers<number | null>();
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => isAsked = resolve);
  const slow = {
    read() {
      isAsked();
      return promise;
    },
  };
  const receiving = receiveFile(slow, folder.path, { name: "a", size: 3 });
  await asked;
  assertEquals(names(folder).length, 1);
  removeUnfinished();
  assertEquals(names(folder), []);
  resolve(null);
  await assertRejects(() => receiving, TransferError);
});

Deno.test("prepareFolder() makes a folder, and refuses a file in its place", async () => {
  using folder = WorkingFolder.make();
  await prepareFolder(`${folder.path}/a/b`);
  await prepareFolder(`${folder.path}/a/b`);
  await Deno.writeTextFile(`${folder.path}/file`, "");
  await assertRejects(
    () => prepareFolder(`${folder.path}/file`),
    Error,
    "is not a folder",
  );
});

Deno.test("checkIncoming() refuses sizes and MD5s that cannot be", () => {
  const good = checkIncoming({
    name: "a",
    size: 3,
    md5: ABC_MD5.toUpperCase(),
  });
  assertEquals(good, { name: "a", size: 3, md5: ABC_MD5 });
  assertEquals(checkIncoming({ name: "a", size: 0, md5: undefined }).size, 0);
  for (const size of [-1, 0.5, NaN, 2 ** 53, 1e300, "3", null, undefined]) {
    assertThrows(
      () => checkIncoming({ name: "a", size, md5: ABC_MD5 }),
      TransferError,
    );
  }
  for (const md5 of ["", "abc", 5, null, "g".repeat(32), "0".repeat(33)]) {
    assertThrows(
      () => checkIncoming({ name: "a", size: 3, md5 }),
      TransferError,
    );
  }
});

Deno.test("removeUnfinished() knows of each file from the moment in which it is there", async () => {
  using folder = WorkingFolder.make();
  for (let turns = 0; turns < 30; turns++) {
    const { promise: end, resolve } = Promise.withResolvers<null>();
    const source = { read: () => end };
    const receiving = receiveFile(source, folder.path, { name: "a", size: 9 });
    const failed = receiving.catch(() => {});
    for (let i = 0; i < turns; i++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Nothing else of this program runs meanwhile, but the system may be at work for it.
    const soon = performance.now() + 5;
    while (performance.now() < soon && names(folder).length === 0);
    removeUnfinished();
    assertEquals(names(folder), []);
    resolve(null);
    await failed;
  }
});
