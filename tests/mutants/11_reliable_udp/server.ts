/**
 * Mutants of lesson 11's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "receive_blocks.ts",
    replace: "let wait = 2 * this.#transfer.longTimeout;",
    with: "let wait = this.#transfer.timeout;",
    breaks: [4],
    says: "waits for a block by its own short round trips",
    told: "by its own short round trips",
  },
  {
    of: "receive_blocks.ts",
    replace: "      if (count === tries) throw this.#transfer.givesUp();\n",
    with: "",
    breaks: [4],
    says: "waits for ever for the rest of a file",
  },
  {
    of: "server.ts",
    replace:
      "if (answer.size > 0) {\n    const first = await transfer.exchange(",
    with:
      "if (answer.size > 0 && !options.has('tsize')) {\n    const first = await transfer.exchange(",
    breaks: [17],
    says: "answers no write that has a size",
  },
  {
    of: "server.ts",
    replace: "if (!isFile) throw",
    with: "if (!isFile && name !== 'sub') throw",
    breaks: [10],
    says: "opens a folder",
  },
  {
    of: "server.ts",
    replace: "console.log(`${who}: ${reason}`);",
    with: "console.log(reason);",
    breaks: [4],
    says: "does not say with whom it gave up",
  },
  {
    of: "options.ts",
    replace: 'name === "tsize" && size !== 0',
    with: 'name === "size" && size !== 0',
    breaks: [17],
    says: "knows no tsize",
  },
  {
    of: "server.ts",
    replace:
      "const transfer = new Transfer(address.hostname, from, true, patience);",
    with:
      "const transfer = new Transfer(address.hostname, from, true, patience);\n    Object.assign(transfer, { send: (said: Packet) => mailbox.send(said, from) });",
    breaks: [1],
    says: "answers from the port on which it listens",
    told: "answers from the port",
  },
  {
    of: "server.ts",
    replace: "const path = `${folder}/${name}`;",
    with: "const path = `${folder}/../${name}`;",
    breaks: [1],
    says: "looks elsewhere",
  },
  {
    of: "server.ts",
    replace: "serve(transfer, packet, folder, who, () => busy.delete(who));",
    with:
      "serve(transfer, packet, folder, who, () => busy.delete(who)).catch(() => {});\n    await new Promise(() => {});",
    breaks: [5],
    says: "serves its first request only",
  },
  {
    of: "server.ts",
    replace: "    serve(transfer, packet",
    with: "    await serve(transfer, packet",
    breaks: [5],
    says: "serves one after the other",
  },
  {
    of: "send_blocks.ts",
    replace: "let first = 1;",
    with: "let first = 0;",
    breaks: [2],
    says: "numbers from 0",
  },
  {
    of: "send_blocks.ts",
    replace: "isAll = block.length < blksize; // also where it is empty",
    with:
      "isAll = block.length < blksize;\n      if (block.length === 0) window.pop();",
    breaks: [2],
    says: "sends no empty last block",
  },
  {
    of: "send_blocks.ts",
    replace: "return isInWindow ? block : undefined;",
    with:
      "return isInWindow ? block : block === first - 1 ? block : undefined;",
    breaks: [3],
    says: "plays the apprentice",
    told: "Apprentice",
  },
  {
    of: "send_blocks.ts",
    replace: "return isInWindow ? block : undefined;",
    with:
      "return block >= first ? Math.min(block, first + window.length - 1) : undefined;",
    breaks: [3],
    says: "takes an acknowledgement of what it has not sent",
  },
  {
    of: "transfer.ts",
    replace: "      this.#roundTrip.backOff();\n    }\n    throw",
    with: "    }\n    throw",
    breaks: [4],
    says: "waits the same time again and again",
    told: "after the same time",
  },
  {
    of: "transfer.ts",
    replace: "count <= this.#tries; count++",
    with: "count <= this.#tries + 1; count++",
    breaks: [4],
    says: "tries once too often",
  },
  {
    of: "transfer.ts",
    replace: "count <= this.#tries; count++",
    with: "count <= Infinity; count++",
    breaks: [4],
    says: "never gives up",
  },
  {
    of: "server.ts",
    replace:
      '      await transfer.exchange(\n        () => transfer.send({ kind: "options", options: answer }),',
    with:
      '      let times = 0;\n      await transfer.exchange(\n        async () => {\n          if (times++ === 0) await transfer.send({ kind: "options", options: answer });\n        },',
    breaks: [4],
    says: "answers with options once only",
  },
  {
    of: "send_blocks.ts",
    replace: "    const acknowledged = await",
    with:
      '    if (isAll) {\n      for (const [i, bytes] of window.entries()) {\n        await transfer.send({ kind: "data", block: first + i, bytes });\n      }\n      return size;\n    }\n    const acknowledged = await',
    breaks: [4],
    says: "leaves when it has sent its last window",
  },
  {
    of: "receive_blocks.ts",
    replace: "    } else if (block === this.#acknowledged) {",
    with: "    } else if (block === -1) {",
    breaks: [7, 8],
    says: "says nothing to a block that comes again",
  },
  {
    of: "receive_blocks.ts",
    replace: "if (block === this.#last + 1) {",
    with: "if (block === this.#last + 1 || block === this.#last) {",
    breaks: [7],
    says: "writes a block twice",
  },
  {
    of: "server.ts",
    replace: "  await blocks.linger(LINGER);\n",
    with: "",
    breaks: [8],
    says: "leaves with its last acknowledgement",
  },
  {
    of: "transfer.ts",
    replace: "if (!this.#isPeer(from)) await this.#turnAway(letter);",
    with: "if (!this.#isPeer(from)) continue;",
    breaks: [9],
    says: "says nothing to strangers",
  },
  {
    of: "transfer.ts",
    replace: "? formatAddress(from) === formatAddress(this.#peer)",
    with: "? from.hostname === this.#peer.hostname",
    breaks: [9],
    says: "takes anybody",
    told: "takes a packet from anybody",
  },
  {
    of: "transfer.ts",
    replace: '    if (packet?.kind === "error") return;\n',
    with: "",
    breaks: [9],
    says: "answers a stranger's error",
  },
  {
    of: "server.ts",
    replace: "throw new TftpError(1,",
    with: "throw new TftpError(0,",
    breaks: [10],
    says: "has no number for a missing file",
  },
  {
    of: "server.ts",
    replace:
      'if (mode !== "octet") throw new TftpError(4, "the mode is octet here");\n',
    with: "",
    breaks: [10],
    says: "takes any mode",
  },
  {
    of: "transfer.ts",
    replace: "if (error instanceof FileNameError) return 2;",
    with: "if (error instanceof FileNameError) return 0;",
    breaks: [10],
    says: "has no number for a bad name",
  },
  {
    of: "server.ts",
    replace: '|| packet?.kind === "error") continue;',
    with: ") continue;",
    breaks: [11],
    says: "answers an error",
  },
  {
    of: "server.ts",
    replace: "    if (error instanceof OverError) return;\n",
    with: "",
    breaks: [11],
    says: "answers the error that ends a transfer",
  },
  {
    of: "server.ts",
    replace: "await receiveFile(blocks, folder, { name });",
    with:
      "await (async () => {\n    using file = await Deno.create(`${folder}/${name}`);\n    const buffer = new Uint8Array(65536);\n    let bytes = 0;\n    for (let count; (count = await blocks.read(buffer)) !== null;) {\n      await file.write(buffer.subarray(0, count));\n      bytes += count;\n    }\n    return { bytes };\n  })();",
    breaks: [12, 15],
    says: "writes in place",
    told: "half a file",
  },
  {
    of: "server.ts",
    replace: "folder, { name });",
    with: "folder, { name: `${name}.part` });",
    breaks: [15],
    says: "keeps it under another name",
  },
  {
    of: "server.ts",
    replace: "await blocks.finish();\n  onWhole",
    with: "onWhole",
    breaks: [15],
    says: "never acknowledges the last block",
  },
  {
    of: "receive_blocks.ts",
    replace: "      this.#isEnd = this.#rest.length < this.#blksize;",
    with:
      "this.#isEnd = this.#rest.length < this.#blksize;\n        if (this.#isEnd) await this.#acknowledge();",
    breaks: [15],
    says: "acknowledges the last block before it is kept",
  },
  {
    of: "server.ts",
    replace: "say.listening(mailbox.socket);",
    with: 'say.listening({ addr: { ...address, transport: "udp" } });',
    breaks: [13],
    says: "says another port",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(removeUnfinished);",
    with: "onCtrlC(() => Deno.exit(1));",
    breaks: [13],
    says: "ends with exit code 1 on Ctrl-C",
  },
  {
    of: "server.ts",
    replace: "  } else await blocks.begin();",
    with:
      '  } else await blocks.begin().then(() => blocks.begin()).then(() => transfer.send({ kind: "ack", block: 1 }));',
    breaks: [14],
    says: "acknowledges block 1 before it comes",
  },
  {
    of: "server.ts",
    replace: "  } else await blocks.begin();",
    with: "  }",
    breaks: [14],
    says: "does not acknowledge a write request",
  },
  {
    of: "options.ts",
    replace: "answer.set(name, text);",
    with: "",
    breaks: [17],
    says: "does not answer blksize",
  },
  {
    of: "options.ts",
    replace: "BLOCKS)) {",
    with: "{ least: 1, most: 70000 })) {",
    breaks: [17],
    says: "takes any blksize",
  },
  {
    of: "options.ts",
    replace: "Math.min(value, WINDOWS.most)",
    with: "value",
    breaks: [17],
    says: "takes any window",
  },
  {
    of: "send_blocks.ts",
    replace: "window.length < windowsize && !isAll",
    with: "window.length < windowsize + 1 && !isAll",
    breaks: [3, 19],
    says: "sends one more than a window",
  },
  {
    of: "send_blocks.ts",
    replace: "window.length < windowsize && !isAll",
    with: "window.length < 1 && !isAll",
    breaks: [19],
    says: "sends one at a time",
  },
  {
    of: "receive_blocks.ts",
    replace: "this.#last - this.#acknowledged === this.#windowsize",
    with: "this.#last > this.#acknowledged",
    breaks: [20],
    says: "acknowledges each block",
  },
  {
    of: "receive_blocks.ts",
    replace: "this.#last - this.#acknowledged === this.#windowsize",
    with: "this.#last - this.#acknowledged === this.#windowsize + 1",
    breaks: [7, 20],
    says: "acknowledges one too late",
  },
  {
    of: "receive_blocks.ts",
    replace: "block > this.#last && !this.#isGapTold",
    with: "block > Infinity",
    breaks: [21],
    says: "says nothing about a gap",
  },
  {
    of: "receive_blocks.ts",
    replace: "await this.#acknowledge(); // one is missing: go on from here",
    with: "this.#last = block;\n      await this.#acknowledge();",
    breaks: [21],
    says: "acknowledges beyond a gap",
  },
  {
    of: "send_blocks.ts",
    replace: "block >= first && block < first + window.length",
    with: "block === first + window.length - 1",
    breaks: [22],
    says: "hears only whole windows",
  },
  {
    of: "send_blocks.ts",
    replace:
      "window.splice(0, acknowledged + 1 - first);\n    first = acknowledged + 1;",
    with: "first += window.length;\n    window.length = 0;",
    breaks: [22],
    says: "goes on behind the window whatever is acknowledged",
  },
  {
    of: "transfer.ts",
    replace: "return place + (ahead < 0x8000 ? ahead : ahead - 0x10000);",
    with: "return block;",
    breaks: [23],
    says: "loses count after 65535",
    told: "16 bits",
  },
  {
    of: "transfer.ts",
    replace: "const ahead = (block - place) & 0xffff;",
    with: "const ahead = ((block || 1) - place) & 0xffff;",
    breaks: [23],
    says: "begins again with 1",
    told: "16 bits",
  },
  {
    of: "round_trip.ts",
    replace:
      "    this.#timeout = clamp(\n      this.#smoothed + Math.max(SHORTEST, 4 * this.#variation),\n    );",
    with: "    this.#timeout = SHORTEST;",
    breaks: [24],
    says: "learns nothing",
  },
  {
    of: "round_trip.ts",
    replace: "clamp(2 * this.#timeout)",
    with: "clamp(this.#timeout)",
    breaks: [4, 24],
    says: "never waits longer",
    told: "after the same time",
  },
  {
    of: "transfer.ts",
    replace: "      this.#roundTrip.backOff();\n    }\n    throw",
    with:
      "      this.#roundTrip.backOff();\n      this.#tries--;\n      count--;\n    }\n    throw",
    breaks: [4],
    says: "counts its tries over the whole transfer",
  },
  {
    of: "transfer.ts",
    replace: "      await send();\n      const sentAt",
    with:
      "      await send();\n      if (count === this.#tries) break;\n      const sentAt",
    breaks: [4],
    says: "gives up right after its last try",
  },
  {
    of: "transfer.ts",
    replace: "if (!this.#isPeer(from)) await this.#turnAway(letter);",
    with:
      "if (!this.#isPeer(from)) {\n        await this.#turnAway(letter);\n        until += this.timeout;\n      }",
    breaks: [9],
    says: "is put off by a stranger",
  },
  {
    of: "transfer.ts",
    replace: '    if (packet?.kind === "error") return;\n    const message',
    with:
      '    if (packet?.kind !== "data" && packet?.kind !== "ack") return;\n    const message',
    breaks: [9],
    says: "says nothing to a stranger's bytes that are no packet",
  },
  {
    of: "server.ts",
    replace: "await Deno.lstat(path)",
    with: "await Deno.stat(path)",
    breaks: [10],
    says: "follows a link out of the folder",
  },
  {
    of: "server.ts",
    replace: "    serve(transfer, packet",
    with:
      '    if (packet?.kind === "write") await serve(transfer, packet, folder, who, () => busy.delete(who));\n    else serve(transfer, packet',
    breaks: [5],
    says: "takes one file after the other",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(removeUnfinished);",
    with: "",
    breaks: [12],
    says: "leaves a part of a file on Ctrl-C",
    told: "half a file",
  },
  {
    of: "options.ts",
    replace:
      "agreement.windowsize = Math.min(value, WINDOWS.most);\n      answer.set(name, String(agreement.windowsize));",
    with:
      "agreement.windowsize = value;\n      answer.set(name, String(Math.min(value, WINDOWS.most)));",
    breaks: [17, 19],
    says: "answers with 64 and sends as many as were asked for",
  },
  {
    of: "send_blocks.ts",
    replace: "return isInWindow ? block : undefined;",
    with:
      "return isInWindow || block === 0 && first === 1 ? block : undefined;",
    breaks: [3],
    says: "sends its first window for each acknowledgement of block 0",
    told: "Apprentice",
  },
  {
    of: "transfer.ts",
    replace: "if (count === 1) this.#roundTrip",
    with: "this.#roundTrip",
    breaks: [24],
    says: "measures what was sent twice",
  },
  {
    of: "round_trip.ts",
    replace: "  measure(ms: number): void {\n",
    with: "  measure(ms: number): void {\n    if (ms >= 0) return;\n",
    breaks: [4, 24],
    says: "measures nothing",
  },
  {
    of: "receive_blocks.ts",
    replace:
      "      await this.#acknowledge(); // one is missing: go on from here",
    with: '      await this.#transfer.send({ kind: "ack", block });',
    breaks: [21],
    says: "acknowledges the block behind a gap",
  },
];
