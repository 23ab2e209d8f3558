/**
 * What has come over a connection and nobody has taken yet.
 *
 * @module
 */
import { countBytes, join, quote } from "./bytes.ts";
import { Failure } from "./failure.ts";
import { guard, Hang, type Patience, within } from "./guard.ts";
import type { Wire } from "./wire.ts";

/** How long a peer listens on after a wrong byte, to show all that came, in milliseconds. */
const QUIET_MS = 100;

/** The same where the program has come to rest: only a timer of its own could have it send more. */
const REST_MS = 20;

/** How many wrong bytes are worth showing. */
const MOST_WRONG = 64 * 1024;

/** The bytes that a scripted peer has got, and the words for what is wrong with them. */
export class Inbox {
  #bytes: Uint8Array = new Uint8Array();
  #received = 0;
  #pump: Promise<void> | undefined;
  #hasEnded = false;
  #error: unknown;
  /** What this end has sent, for a verdict. */
  readonly sent: Uint8Array[] = [];
  /** How many whole frames were taken, where it is frames that come. */
  frames = 0;

  /**
   * An inbox into which nothing has come.
   *
   * @param label What a verdict calls the program at the other end: `your server`.
   * @param us What it calls this end: `the client`.
   * @param patience How long a read may take.
   */
  constructor(
    readonly wire: Wire,
    readonly label: string,
    readonly us: string,
    readonly patience: Patience,
  ) {}

  /** The bytes that have come and that nobody has taken. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** How many bytes have come, all told. */
  get received(): number {
    return this.#received;
  }

  /** Whether nothing more can come. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether the other side broke the connection off. */
  get isReset(): boolean {
    return this.#error !== undefined;
  }

  /** Takes so many bytes, or as many as there are. */
  take(count: number): Uint8Array {
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  /** Puts bytes back in front. */
  putBack(bytes: Uint8Array): void {
    this.#bytes = join([bytes, this.#bytes]);
  }

  /**
   * Waits for one more read, or the end.
   *
   * @throws {Hang} Where neither comes in time.
   */
  async more(patience: Patience = this.patience): Promise<void> {
    if (!this.#hasEnded) await guard(patience, this.#read());
  }

  /**
   * Waits until so many bytes are here.
   *
   * @param expected What they should be, as far as that is known.
   * @param what The same in words.
   * @param isExample Whether other bytes would do as well.
   * @throws {Failure} Where fewer come.
   */
  async hold(
    count: number,
    expected: Uint8Array,
    what: string,
    isExample = false,
  ): Promise<void> {
    try {
      while (this.#bytes.length < count && !this.#hasEnded) await this.more();
    } catch (error) {
      throw this.silence(error, what, expected, isExample);
    }
    if (this.#bytes.length >= count) return;
    throw this.failure(
      `${this.howItEnded} after ${this.#howMuchCame()}; it was expected to send ${what}`,
      expected,
      isExample,
    );
  }

  /**
   * After a wrong byte: waits for what else comes, until the end, silence, or
   * enough.
   *
   * @param wanted How many bytes should have come: that many are enough.
   */
  async listenOn(wanted = 0): Promise<void> {
    const enough = Math.max(wanted, MOST_WRONG);
    let quiet = 0;
    while (
      !this.#hasEnded && this.#bytes.length < enough && quiet < QUIET_MS
    ) {
      const before = this.#received;
      const rests = await this.patience.rests?.();
      const ms = rests === undefined ? QUIET_MS : REST_MS;
      try {
        await this.more(within(ms, this.patience));
      } catch (error) {
        if (!(error instanceof Hang)) throw error;
      }
      if (this.#received > before) quiet = 0;
      else quiet += rests ? QUIET_MS : ms;
    }
  }

  /** The other side did something else. @param did What, after its name. */
  failure(did: string, expected: Uint8Array, isExample = false): Failure {
    const message = `${this.label} ${did}`;
    return new Failure(message, {
      expected,
      received: this.#bytes,
      isExample,
    });
  }

  /**
   * What was waited for did not come.
   *
   * @param error The hang; another error is thrown on.
   * @param what What should have come, in words.
   */
  silence(
    error: unknown,
    what: string,
    expected: Uint8Array,
    isExample = false,
  ): Failure {
    if (!(error instanceof Hang)) throw error;
    const sent = this.sent.length === 0
      ? `${this.us} had sent nothing`
      : `${this.us} had sent ${quote(join(this.sent))}`;
    const so = this.#bytes.length === 0
      ? "sent nothing"
      : `sent ${quote(this.#bytes)} and then nothing`;
    return Failure.ofSilence(
      error,
      `${this.label} ${so} for ${error.time}; it was expected to send ${what}; ${sent}`,
      { expected, received: this.#bytes, isExample },
    );
  }

  /** How the other side ended the stream, in words. */
  get howItEnded(): string {
    return this.isReset
      ? "broke the connection off (a reset)"
      : "closed the connection";
  }

  #howMuchCame(): string {
    const bytes = countBytes(this.#bytes.length);
    if (this.frames === 0) return bytes;
    const frames = this.frames === 1 ? "1 frame" : `${this.frames} frames`;
    return this.#bytes.length === 0
      ? frames
      : `${frames} and ${bytes} of the next`;
  }

  /** One more read; one at a time, so that none eats the bytes of the next. */
  #read(): Promise<void> {
    this.#pump ??= (async () => {
      try {
        const chunk = await this.wire.read();
        if (chunk === null) this.#hasEnded = true;
        else {
          this.#received += chunk.length;
          this.#bytes = join([this.#bytes, chunk]);
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
