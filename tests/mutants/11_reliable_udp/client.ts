/**
 * Mutants of lesson 11's client.
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
    of: "send_blocks.ts",
    replace: "      window.push(block);",
    with: "      if (block.length > 0 || size === 0) window.push(block);",
    breaks: [2, 14],
    says: "sends no empty block at the end",
  },
  {
    of: "send_blocks.ts",
    replace: "      window.push(block);",
    with: "      if (block.length > 0 || size > 0) window.push(block);",
    breaks: [2, 14],
    says: "sends nothing of an empty file",
  },
  {
    of: "client.ts",
    replace: 'const offered = new Map([...asked, ["tsize", String(size)]]);',
    with: 'const offered = new Map([...asked, ["tsize", String(size + 1)]]);',
    breaks: [16],
    says: "tells a wrong size",
  },
  {
    of: "client.ts",
    replace: "await put(transfer, name, as ?? baseName(name), asked);",
    with: "await put(transfer, name, baseName(name), asked);",
    breaks: [14],
    says: "puts under its own name",
  },
  {
    of: "client.ts",
    replace: "await get(transfer, name, as ?? baseName(name), asked)",
    with: "await get(transfer, name, baseName(name), asked)",
    breaks: [6],
    says: "does not know AS",
  },
  {
    of: "client.ts",
    replace: "console.log(`${bytes} ${local}`);",
    with: "console.log(`${local} ${bytes}`);",
    breaks: [6],
    says: "prints the name first",
  },
  {
    of: "client.ts",
    replace: "  await blocks.linger(2 * transfer.timeout);\n",
    with: "",
    breaks: [8],
    says: "leaves with its last acknowledgement",
    told: "leaves and has not answered",
  },
  {
    of: "receive_blocks.ts",
    replace: "    } else if (block === this.#acknowledged) {",
    with: "    } else if (block === -1) {",
    breaks: [7, 8],
    says: "says nothing to a block that comes again",
    told: "says nothing to a block",
  },
  {
    of: "receive_blocks.ts",
    replace: "if (block === this.#last + 1) {",
    with: "if (block === this.#last + 1 || block === this.#last) {",
    breaks: [7],
    says: "writes a block twice",
    told: "says nothing to a block",
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
    replace: "throw new OverError(`${packet.message} (error ${packet.code})`);",
    with: "continue;",
    breaks: [11],
    says: "does not hear an error",
  },
  {
    of: "transfer.ts",
    replace: "`${packet.message} (error ${packet.code})`",
    with: '"an error"',
    breaks: [11],
    says: "does not say which error",
  },
  {
    of: "transfer.ts",
    replace: "return new OverError(`no answer after ${this.#tries} tries`);",
    with: "Deno.exit(0);",
    breaks: [4, 11],
    says: "gives up without a word",
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
    replace: "      this.#roundTrip.backOff();\n    }\n    throw",
    with: "    }\n    throw",
    breaks: [4],
    says: "waits the same time again and again",
    told: "after the same time",
  },
  {
    of: "client.ts",
    replace: "await receiveFile(blocks, folder, { name: local });",
    with:
      "await (async () => {\n      using file = await Deno.create(as);\n      const buffer = new Uint8Array(65536);\n      let bytes = 0;\n      for (let count; (count = await blocks.read(buffer)) !== null;) {\n        await file.write(buffer.subarray(0, count));\n        bytes += count;\n      }\n      return { bytes };\n    })();",
    breaks: [12],
    says: "writes in place",
    told: "half a file",
  },
  {
    of: "client.ts",
    replace: "const local = checkFileName(baseName(as));",
    with:
      "const local = checkFileName(baseName(as));\n  await Deno.remove(as).catch(() => {});",
    breaks: [12],
    says: "removes the old file first",
  },
  {
    of: "client.ts",
    replace: "name === undefined || more.length > 0",
    with: "name === undefined",
    breaks: [13],
    says: "takes a word too many",
  },
  {
    of: "client.ts",
    replace: 'op !== "get" && op !== "put" ||',
    with: "",
    breaks: [13],
    says: "takes any word for put",
  },
  {
    of: "client.ts",
    replace: 'name: as, mode: "octet"',
    with: 'name: path, mode: "octet"',
    breaks: [14],
    says: "sends its whole path as the name",
  },
  {
    of: "client.ts",
    replace: "console.log(`${bytes} ${as}`);",
    with: "console.log(`sent ${bytes} ${as}`);",
    breaks: [14],
    says: "prints something else after a put",
  },
  {
    of: "client.ts",
    replace: '"1428"',
    with: '"1024"',
    breaks: [16],
    says: "asks for other blocks",
  },
  {
    of: "client.ts",
    replace: '["windowsize", String(windowsize)],',
    with: '["windowsize", "16"],',
    breaks: [16],
    says: "has no --windowsize",
  },
  {
    of: "client.ts",
    replace: '["tsize", String(size)]',
    with: '["tsize", "0"]',
    breaks: [16],
    says: "does not tell the size of what it puts",
  },
  {
    of: "client.ts",
    replace:
      'if (first.kind === "options") await blocks.begin();\n    else transfer',
    with: 'if (first.kind !== "options") transfer',
    breaks: [18],
    says: "does not acknowledge the options",
  },
  {
    of: "options.ts",
    replace: "if (value > most) throw refuse();\n",
    with: "",
    breaks: [18],
    says: "takes more than it asked for",
  },
  {
    of: "options.ts",
    replace: "if (value === undefined || most === undefined) throw refuse();",
    with:
      "if (value === undefined) throw refuse();\n    if (most === undefined) continue;",
    breaks: [18],
    says: "takes what it did not ask for",
  },
  {
    of: "client.ts",
    replace:
      'return first.kind === "options" ? readAnswer(first.options, asked) : PLAIN;',
    with:
      'readAnswer(first.kind === "options" ? first.options : new Map(), asked);\n  return first.kind === "options"\n    ? { blksize: Number(asked.get("blksize")), windowsize: Number(asked.get("windowsize")) }\n    : PLAIN;',
    breaks: [18],
    says: "goes by what it asked for",
  },
  {
    of: "send_blocks.ts",
    replace: "window.length < windowsize && !isAll",
    with: "window.length < windowsize + 1 && !isAll",
    breaks: [3, 19],
    says: "sends one more than a window",
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
    replace: "block > this.#last && !this.#isGapTold",
    with: "block > Infinity",
    breaks: [21],
    says: "says nothing about a gap",
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
    replace: "return isInWindow ? block : undefined;",
    with:
      "return isInWindow ? block : block === first - 1 ? block : undefined;",
    breaks: [3],
    says: "plays the apprentice",
    told: "Apprentice",
  },
  {
    of: "send_blocks.ts",
    replace: "isAll = block.length < blksize; // also where it is empty",
    with:
      "isAll = block.length < blksize;\n      if (isAll) isAll = block.length < 0;",
    breaks: [2],
    says: "never comes to an end",
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
    breaks: [4],
    says: "never waits longer",
    told: "after the same time",
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
    of: "transfer.ts",
    replace: "          continue;\n        }\n        if (count === 1)",
    with:
      "          if (!this.#isKnown && this.#from) {\n            [this.#peer, this.#isKnown] = [this.#from, true];\n          }\n          continue;\n        }\n        if (count === 1)",
    breaks: [9],
    says: "takes the first port that it hears of for the transfer's",
  },
  {
    of: "client.ts",
    replace:
      "if (error instanceof OverError || !(error instanceof Error)) throw error;",
    with: "if (!(error instanceof Error)) throw error;",
    breaks: [11],
    says: "answers an error in the middle of a file",
  },
  {
    of: "client.ts",
    replace: "await transfer.refuse(codeOf(error), why)",
    with: "await transfer.refuse(codeOf(error) === 3 ? 0 : codeOf(error), why)",
    breaks: [10],
    says: "has no number for a full disk",
  },
  {
    of: "options.ts",
    replace: "export const WINDOWS = { least: 1, most: 64 };",
    with: "export const WINDOWS = { least: 1, most: 65535 };",
    breaks: [16],
    says: "asks for any window",
  },
  {
    of: "options.ts",
    replace: "      agreement.windowsize = value;\n    } else throw",
    with: "      agreement.windowsize = most;\n    } else throw",
    breaks: [18],
    says: "goes by the window that it asked for",
  },
  {
    of: "round_trip.ts",
    replace:
      "      this.#smoothed + Math.max(SHORTEST, 4 * this.#variation),\n    );",
    with:
      "      this.#smoothed + Math.max(SHORTEST, 4 * this.#variation),\n    );\n    this.#timeout = Math.min(this.#timeout, 4 * this.#first);",
    breaks: [24],
    says: "has a time-out of four times the first at most",
  },
  {
    of: "client.ts",
    replace: "await blocks.linger(2 * transfer.timeout);",
    with: "await blocks.linger(60);",
    breaks: [8],
    says: "stays for 60 ms, however late answers are",
  },
];
