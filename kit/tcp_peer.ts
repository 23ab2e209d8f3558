/**
 * A scripted peer on TCP: it sends by a plan and compares what comes, byte by
 * byte, with what should come.
 *
 * @module
 */
import {
  countBytes,
  firstDifference,
  hex,
  join,
  lengthOf,
  PREFIX,
  quote,
  toBytes,
} from "./bytes.ts";
import { Failure } from "./failure.ts";
import { frame, parseJson, type WantedJson } from "./frames.ts";
import { guard, Hang, type Patience, within } from "./guard.ts";
import { type Fault, plan, play } from "./plan.ts";
import type { Wire } from "./wire.ts";

/** How long a peer listens on after a wrong byte, to show all that came, in milliseconds. */
const QUIET_MS = 200;

/** How many wrong bytes are worth showing. */
const MOST_WRONG = 64 * 1024;

/** The longest payload of a frame that is waited for, in bytes. */
const MOST_PAYLOAD = 16 * 1024 * 1024;

/** One end of a connection whose other end is the program under test. */
export class TcpPeer {
  /** Bytes that have come and that no expectation has taken yet. */
  #pending: Uint8Array = new Uint8Array();
  #received = 0;
  #frames = 0; // how many have come and were right
  #sent: Uint8Array[] = [];
  #pump: Promise<void> | undefined;
  #hasEnded = false;
  #error: unknown;

  /**
   * A peer that holds one end of a connection.
   *
   * @param label What a verdict calls the program at the other end: `your server`.
   * @param us What it calls this end: `the client`.
   * @param patience How long it waits for the other end in each step.
   */
  constructor(
    readonly wire: Wire,
    readonly label: string,
    readonly us: string,
    readonly patience: Patience,
  ) {}

  /** The address of this end. */
  get address(): string {
    return this.wire.address;
  }

  /**
   * Sends bytes, with faults.
   *
   * @throws {Failure} Where the other side does not take them.
   */
  async send(data: string | Uint8Array, ...faults: Fault[]): Promise<void> {
    const bytes = toBytes(data);
    this.#sent.push(bytes);
    try {
      await play(
        this.wire,
        plan(bytes, ...faults),
        this.patience,
        (count) => this.#await(count),
      );
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw error instanceof Hang
        ? Failure.ofSilence(
          error,
          `${this.label} took no more bytes for ${error.time}; ${this.us} was sending ${
            quote(bytes)
          }`,
        )
        : new Failure(
          `${this.label} had closed the connection when ${this.us} was sending ${
            quote(bytes)
          }`,
        );
    }
  }

  /**
   * Sends bytes, with faults, to a program that may have left before all are sent.
   *
   * @returns Whether it took them all.
   */
  async offer(data: string | Uint8Array, ...faults: Fault[]): Promise<boolean> {
    try {
      await this.send(data, ...faults);
      return true;
    } catch (error) {
      if (error instanceof Failure && !error.seen.silent) return false;
      throw error;
    }
  }

  /**
   * Reads exactly these bytes.
   *
   * @throws {Failure} Where others come, fewer, or none.
   */
  async expect(data: string | Uint8Array): Promise<void> {
    const expected = toBytes(data);
    let matched = 0; // so many of the expected bytes have come; what has matched is not looked at again
    const takeMatching = () => {
      const wanted = expected.subarray(matched);
      const different = firstDifference(this.#pending, wanted);
      const count = different === -1
        ? Math.min(this.#pending.length, wanted.length)
        : different;
      matched += count;
      this.#pending = this.#pending.subarray(count);
    };
    const putBack = () => {
      this.#pending = join([expected.subarray(0, matched), this.#pending]);
    };
    try {
      takeMatching();
      while (
        matched < expected.length && this.#pending.length === 0 &&
        !this.#hasEnded
      ) {
        await guard(this.patience, this.#more());
        takeMatching();
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      putBack();
      throw this.#silence(error, quote(expected), expected);
    }
    if (matched === expected.length) return;
    const isWrong = this.#pending.length > 0;
    putBack();
    if (isWrong) {
      await this.#listenOn();
      throw this.#fail(
        `${this.label} sent ${quote(this.#pending)}; it was expected to send ${
          quote(expected)
        }`,
        expected,
      );
    }
    throw this.#fail(
      `${this.label} ${this.#howItEnded()} after ${
        countBytes(this.#pending.length)
      } of ${expected.length}; it was expected to send ${quote(expected)}`,
      expected,
    );
  }

  /**
   * Reads at least one byte more than has come so far.
   *
   * @throws {Failure} Where none comes.
   */
  async expectMore(): Promise<void> {
    const what = "anything more";
    await this.#hold(this.#pending.length + 1, new Uint8Array(), what);
  }

  /**
   * Sends bytes, with faults, and reads exactly these others at the same time.
   *
   * @throws {Failure} As {@linkcode send} and {@linkcode expect}; where both fail, what came tells more.
   */
  async exchange(
    data: string | Uint8Array,
    answer: string | Uint8Array,
    ...faults: Fault[]
  ): Promise<void> {
    const sending = this.send(data, ...faults);
    sending.catch(() => {}); // looked at below, when the answer is in
    await this.expect(answer);
    await sending;
  }

  /**
   * Reads frames of JSON, and compares them as values.
   *
   * @throws {Failure} Where others come, fewer, or none.
   */
  async expectFrames(wanted: readonly WantedJson[]): Promise<void> {
    for (const [i, { example, isRight, answers }] of wanted.entries()) {
      const expected = frame(example);
      const what = describe(example, answers, i + 1, wanted.length);
      await this.#hold(PREFIX, expected, what);
      const length = lengthOf(this.#pending);
      if (length < 0 || length > MOST_PAYLOAD) {
        await this.#listenOn();
        throw this.#fail(
          `${this.label} announced a frame of ${length} bytes (it sent ${
            hex(this.#pending.subarray(0, PREFIX))
          }); it was expected to send ${what}`,
          expected,
        );
      }
      const end = PREFIX + length;
      await this.#hold(end, expected, what);
      const payload = this.#pending.subarray(PREFIX, end);
      if (!isRight(parseJson(payload))) {
        await this.#listenOn();
        throw this.#fail(
          `${this.label} sent a frame of ${
            quote(payload)
          }; it was expected to send ${what}`,
          expected,
        );
      }
      this.#pending = this.#pending.subarray(end);
      this.#frames++;
    }
  }

  /**
   * Sends bytes, with faults, and reads these frames at the same time.
   *
   * @throws {Failure} As {@linkcode exchange}.
   */
  async exchangeFrames(
    data: string | Uint8Array,
    wanted: readonly WantedJson[],
    ...faults: Fault[]
  ): Promise<void> {
    const sending = this.send(data, ...faults);
    sending.catch(() => {}); // looked at below, when the frames are in
    await this.expectFrames(wanted);
    await sending;
  }

  /**
   * Answers what comes, chunk by chunk, until the other side ends its
   * direction. While an answer is not taken, nothing more is read.
   *
   * @param answer Makes the answer to a chunk.
   * @param isLast Whether a chunk is the last one to be answered for now.
   * @throws {Failure} Where the other side neither sends nor takes bytes for a step's time, or resets.
   */
  async answer(
    answer: (chunk: Uint8Array) => Uint8Array,
    isLast: (chunk: Uint8Array) => boolean = () => false,
  ): Promise<void> {
    try {
      while (true) {
        const chunk = await guard(this.patience, this.wire.read());
        if (chunk === null) return;
        this.#received += chunk.length;
        await guard(this.patience, this.wire.write(answer(chunk)));
        if (isLast(chunk)) return;
      }
    } catch (error) {
      const after = `after ${countBytes(this.#received)} from it`;
      throw error instanceof Hang
        ? Failure.ofSilence(
          error,
          `${this.label} neither sent nor took bytes for ${error.time}, ${after}`,
        )
        : new Failure(`${this.label} broke the connection off, ${after}`);
    }
  }

  /**
   * Waits for the end of the stream.
   *
   * @param instead What the program was expected to do, where bytes come.
   * @throws {Failure} Where bytes come first, a reset, or nothing.
   */
  async expectEnd(instead = "close the connection"): Promise<void> {
    const nothing = new Uint8Array();
    try {
      while (!this.#hasEnded && this.#pending.length === 0) {
        await guard(this.patience, this.#more());
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${this.label} kept the connection open for ${error.time}; it was expected to close it`,
        { expected: nothing, received: this.#pending },
      );
    }
    if (this.#pending.length > 0) {
      await this.#listenOn();
      throw this.#fail(
        `${this.label} sent ${
          quote(this.#pending)
        } when it was expected to ${instead}`,
        nothing,
      );
    }
    if (this.#error !== undefined) {
      throw this.#fail(
        `${this.label} ${this.#howItEnded()}; it was expected to close it in good order`,
        nothing,
      );
    }
  }

  /** Closes this end. */
  close(): void {
    this.wire.close();
  }

  /** What was waited for did not come. @param what It in words. */
  #silence(hang: Hang, what: string, expected: Uint8Array): Failure {
    const sent = this.#sent.length === 0
      ? `${this.us} had sent nothing`
      : `${this.us} had sent ${quote(join(this.#sent))}`;
    const so = this.#pending.length === 0
      ? "sent nothing"
      : `sent ${quote(this.#pending)} and then nothing`;
    return Failure.ofSilence(
      hang,
      `${this.label} ${so} for ${hang.time}; it was expected to send ${what}; ${sent}`,
      { expected, received: this.#pending },
    );
  }

  #howItEnded(): string {
    return this.#error === undefined
      ? "closed the connection"
      : "broke the connection off (a reset)";
  }

  #fail(message: string, expected: Uint8Array): Failure {
    return new Failure(message, { expected, received: this.#pending });
  }

  /** Waits until so many bytes of a frame are here. */
  async #hold(
    count: number,
    expected: Uint8Array,
    what: string,
  ): Promise<void> {
    try {
      while (this.#pending.length < count && !this.#hasEnded) {
        await guard(this.patience, this.#more());
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw this.#silence(error, what, expected);
    }
    if (this.#pending.length >= count) return;
    throw this.#fail(
      `${this.label} ${this.#howItEnded()} after ${this.#howMuchCame()}; it was expected to send ${what}`,
      expected,
    );
  }

  #howMuchCame(): string {
    const bytes = countBytes(this.#pending.length);
    if (this.#frames === 0) return bytes;
    const frames = this.#frames === 1 ? "1 frame" : `${this.#frames} frames`;
    return this.#pending.length === 0
      ? frames
      : `${frames} and ${bytes} of the next`;
  }

  async #await(count: number): Promise<void> {
    try {
      while (this.#received < count && !this.#hasEnded) {
        await guard(this.patience, this.#more());
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      const more = `${countBytes(count - this.#received)} more`;
      throw this.#silence(error, more, new Uint8Array());
    }
  }

  /** After a wrong byte: what else comes, until the end, silence, or enough. */
  async #listenOn(): Promise<void> {
    try {
      while (!this.#hasEnded && this.#pending.length < MOST_WRONG) {
        await guard(within(QUIET_MS, this.patience), this.#more());
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
    }
  }

  /** One more read; one at a time, so that none eats the bytes of the next. */
  #more(): Promise<void> {
    this.#pump ??= (async () => {
      try {
        const chunk = await this.wire.read();
        if (chunk === null) this.#hasEnded = true;
        else {
          this.#received += chunk.length;
          this.#pending = join([this.#pending, chunk]);
        }
      } catch (error) {
        this.#hasEnded = true;
        this.#error = error;
      } finally {
        this.#pump = undefined;
      }
    })();
    return this.#pump;
  }
}

/** A frame as a verdict names it: what it should hold, which of several it is, and to which request. */
function describe(
  example: string,
  answers: Uint8Array | undefined,
  number: number,
  count: number,
): string {
  const what = `a frame of ${quote(example)}`;
  const which = count === 1 ? "" : ` ${number} of ${count}`;
  if (answers === undefined) return which ? `${what}, frame${which}` : what;
  return `${what}, ${which ? `reply${which}` : "the reply"}, to ${
    quote(answers)
  }`;
}
