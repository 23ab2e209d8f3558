/**
 * The MD5 of a file that is coming, computed on another thread: while it works
 * there, this one reads the next bytes and writes the last ones.
 *
 * Buffers go there full and come back empty. There are four of them, so a
 * thread that does not keep up holds the reader up, and memory stays small.
 * Most files are small, and are done here: to start a thread takes as long as
 * the MD5 of some megabytes.
 *
 * @module
 */
import type { createHash } from "node:crypto";
import { crypto } from "@std/crypto";
import { PIECE, pieceOf } from "./read_ahead.ts";
import { TransferError } from "./transfer_error.ts";

/** How many buffers there are: one is being read into, one written to the disk, and two are with the thread, so that it never waits. */
const BUFFERS = 4;

/** How large a file must be for a thread to be worth its start, in bytes. */
export const WORTH_A_THREAD = 128 * 1024 * 1024;

/** How many threads there may be: more than there are processors help nobody. */
const MOST_THREADS = navigator.hardwareConcurrency;

let threads = 0;

/** A buffer with bytes in it. */
interface Piece {
  readonly buffer: Uint8Array<ArrayBuffer>;
  /** How many. */
  readonly count: number;
}

/** What a thread says: it has done with a buffer, has found the MD5, or cannot. */
type Answer =
  | { readonly buffer: Uint8Array<ArrayBuffer> }
  | { readonly md5: string }
  | { readonly error: string };

/** What the thread does. Nothing else of this module is there: a thread has a world of its own. */
function work(hashWith: typeof createHash): void {
  const hash = hashWith("md5");
  addEventListener("message", (event) => {
    if (!(event instanceof MessageEvent)) return;
    const [port] = event.ports;
    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<Piece | null>) => {
      try {
        if (data === null) port.postMessage({ md5: hash.digest("hex") });
        else {
          hash.update(data.buffer.subarray(0, data.count));
          port.postMessage({ buffer: data.buffer }, [data.buffer.buffer]);
        }
      } catch (error) {
        port.postMessage({ error: String(error) });
      }
    };
  });
}

/** The thread's program. It stands in its own address, for to load a file takes a right to read it. */
const PROGRAM = `data:text/javascript,${
  encodeURIComponent(
    `import { createHash } from "node:crypto";\n(${work})(createHash);`,
  )
}`;

/** Bytes as hexadecimal digits. */
export function hex(bytes: ArrayBuffer): string {
  return new Uint8Array(bytes).toHex();
}

/** The MD5 of bytes that come one after the other. */
export class Md5Beside implements Disposable {
  readonly #size: number;
  readonly #program: string;
  /** Those that nothing has been done with yet. */
  readonly #full: Piece[] = [];
  readonly #empty: Uint8Array<ArrayBuffer>[] = [];
  #made = 0;
  #isAll = false;
  #thread: { readonly worker: Worker; readonly port: MessagePort } | undefined;
  /** The MD5, where this thread computes it. */
  #here: Promise<ArrayBuffer> | undefined;
  /** The MD5, where the other one has found it. */
  #found: string | undefined;
  #failure: TransferError | undefined;
  #news = Promise.withResolvers<void>();

  /**
   * The MD5 of nothing yet.
   *
   * @param size How many bytes are said to come; 0 where nobody knows. No thread is started before the first million is there.
   * @param program The address of what the thread does.
   */
  constructor(size: number = 0, program: string = PROGRAM) {
    this.#size = size;
    this.#program = program;
  }

  /** An empty buffer to read into, as soon as there is one. @throws {TransferError} Where the thread has failed. */
  async empty(): Promise<Uint8Array<ArrayBuffer>> {
    while (true) {
      if (this.#failure) throw this.#failure;
      const buffer = this.#empty.pop();
      if (buffer) return buffer;
      if (this.#made < BUFFERS) {
        this.#made++;
        return new Uint8Array(this.#size === 0 ? PIECE : pieceOf(this.#size));
      }
      if (this.#thread || this.#here) await this.#hearsNews();
      else if (this.#size >= WORTH_A_THREAD && threads < MOST_THREADS) {
        this.#start();
      } else {
        this.#here = this.#digestHere();
        this.#here.catch(() => {}); // looked at by digest(), if it comes to that
      }
    }
  }

  /** Adds the first bytes of such a buffer, and takes the buffer back. */
  add(buffer: Uint8Array<ArrayBuffer>, count: number): void {
    this.#full.push({ buffer, count });
    if (this.#thread) this.#send();
    this.#tell();
  }

  /** The MD5 of all that was added, 32 hexadecimal digits. @throws {TransferError} Where the thread has failed. */
  async digest(): Promise<string> {
    this.#isAll = true;
    this.#tell();
    if (!this.#thread) return hex(await (this.#here ?? this.#digestHere()));
    this.#thread.port.postMessage(null);
    while (this.#found === undefined) await this.#hearsNews();
    return this.#found;
  }

  /** Ends the thread, if there is one. */
  [Symbol.dispose](): void {
    this.#isAll = true;
    this.#fail("nobody wants it any more");
    if (!this.#thread) return;
    const { port, worker } = this.#thread;
    this.#thread = undefined;
    threads--;
    port.close();
    worker.terminate();
  }

  #start(): void {
    const { port1: port, port2 } = new MessageChannel();
    const worker = new Worker(this.#program, { type: "module" });
    this.#thread = { worker, port };
    threads++;
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message);
    };
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("buffer" in data) this.#empty.push(data.buffer);
      else if ("md5" in data) this.#found = data.md5;
      else this.#fail(data.error);
      this.#tell();
    };
    worker.postMessage(port2, [port2]);
    this.#send();
  }

  #send(): void {
    for (let piece; (piece = this.#full.shift());) {
      this.#thread?.port.postMessage(piece, [piece.buffer.buffer]);
    }
  }

  async #digestHere(): Promise<ArrayBuffer> {
    return await crypto.subtle.digest("MD5", this.#pieces());
  }

  async *#pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    while (true) {
      const piece = this.#full.shift();
      if (piece) {
        yield piece.buffer.subarray(0, piece.count);
        this.#empty.push(piece.buffer);
        this.#tell();
      } else if (this.#isAll) return;
      else await this.#hearsNews();
    }
  }

  #fail(reason: string): void {
    const [line = ""] = reason.split("\n");
    this.#failure ??= new TransferError(`cannot compute the MD5: ${line}`);
    this.#tell();
  }

  /** Waits for news. @throws {TransferError} Where the thread has failed. */
  async #hearsNews(): Promise<void> {
    if (!this.#failure) await this.#news.promise;
    if (this.#failure) throw this.#failure;
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}
