/**
 * A scripted peer on TCP: it sends by a plan, and what comes should be what is
 * expected. Each of its acts is a step.
 *
 * @module
 */
import { countBytes, type Data, quote, toBytes } from "./bytes.ts";
import { bytes } from "./expectations/bytes.ts";
import type { Expectation } from "./expectations/expectation.ts";
import { Failure } from "./failure.ts";
import { guard, Hang } from "./guard.ts";
import { Inbox } from "./inbox.ts";
import { type Fault, plan, play } from "./plan.ts";
import type { Scene } from "./scene.ts";
import type { Wire } from "./wire.ts";

/** One end of a connection whose other end is the program under test. */
export class TcpPeer {
  /** What has come and no expectation has taken. */
  readonly inbox: Inbox;
  /** Whether it does not mind what else is in its inbox at the end: a peer that reads no more, say. */
  mayGetMore = false;

  /**
   * A peer that holds one end of a connection.
   *
   * @param label What a verdict calls the program at the other end: `your server`.
   * @param us What it calls this end: `the client`.
   */
  constructor(
    readonly scene: Scene,
    readonly wire: Wire,
    readonly label: string,
    readonly us: string,
  ) {
    this.inbox = new Inbox(wire, label, us, scene.patience);
    scene.actors.push(this);
  }

  /** The address of its own end. */
  get address(): string {
    return this.wire.address;
  }

  /** It sends bytes, with faults. */
  async sends(data: Data, ...faults: Fault[]): Promise<void> {
    await this.#step(
      `sends ${told(data, faults)}`,
      () => this.#send(data, faults),
    );
  }

  /** It sends bytes, with faults; a program that leaves before all are sent is judged by the steps that follow. */
  async offers(data: Data, ...faults: Fault[]): Promise<void> {
    await this.#step(`sends ${told(data, faults)}`, async (add) => {
      try {
        await this.#send(data, faults);
      } catch (error) {
        if (!(error instanceof Failure) || error.seen.silent) throw error;
        add(`; ${this.label} left before it was all sent`);
      }
    });
  }

  /** It gets this from the program under test: exactly these bytes, or what meets this expectation. */
  async gets(wanted: Data | Expectation): Promise<void> {
    const { says, take } = expectationOf(wanted);
    await this.#step(says, () => take(this.inbox));
  }

  /** It sends bytes, with faults, and then gets this. */
  async asks(
    data: Data,
    wanted: Data | Expectation,
    ...faults: Fault[]
  ): Promise<void> {
    await this.sends(data, ...faults);
    await this.gets(wanted);
  }

  /** It sends bytes, with faults, and gets this at the same time. Where both fail, what came tells more. */
  async exchanges(
    data: Data,
    wanted: Data | Expectation,
    ...faults: Fault[]
  ): Promise<void> {
    const { says, take } = expectationOf(wanted);
    await this.#step(
      `sends ${told(data, faults)} and meanwhile ${says}`,
      async () => {
        const sending = this.#send(data, faults);
        sending.catch(() => {}); // looked at below, when the answer is in
        await take(this.inbox);
        await sending;
      },
    );
  }

  /**
   * It answers what comes, chunk by chunk, until the program under test ends
   * its direction. While an answer is not taken, nothing more is read.
   *
   * @param says What it does, for a verdict.
   * @param answer Makes the answer to a chunk.
   * @param isLast Whether a chunk is the last one to be answered for now.
   */
  async answers(
    says: string,
    answer: (chunk: Uint8Array) => Uint8Array,
    isLast: (chunk: Uint8Array) => boolean = () => false,
  ): Promise<void> {
    await this.#step(says, async () => {
      const { inbox, wire, scene: { patience } } = this;
      try {
        while (!inbox.hasEnded) {
          await inbox.more();
          const chunk = inbox.take(Infinity);
          if (chunk.length === 0) continue;
          await guard(patience, wire.write(answer(chunk)));
          if (isLast(chunk)) return;
        }
      } catch (error) {
        if (error instanceof Hang) {
          throw Failure.ofSilence(
            error,
            `${this.label} neither sent nor took bytes for ${error.time}, ${this.#after}`,
          );
        }
        throw this.#brokeOff();
      }
      if (inbox.isReset) throw this.#brokeOff();
    });
  }

  /** It plays faults alone, without bytes: `does(halfClose())`. */
  async does(...faults: Fault[]): Promise<void> {
    const what = faults.map(({ says }) => says).join(", ");
    await this.#step(what, () => this.#send("", faults));
  }

  async #step(
    does: string,
    act: (add: (more: string) => void) => Promise<void>,
  ): Promise<void> {
    await this.scene.step(`${this.us} ${does}`, act);
  }

  get #after(): string {
    return `after ${countBytes(this.inbox.received)} from it`;
  }

  #brokeOff(): Failure {
    return new Failure(
      `${this.label} broke the connection off, ${this.#after}`,
    );
  }

  async #send(data: Data, faults: readonly Fault[]): Promise<void> {
    const all = toBytes(data);
    this.inbox.sent.push(all);
    try {
      await play(this.wire, plan(all, ...faults), this.scene.patience);
    } catch (error) {
      const was = `when ${this.us} was sending ${quote(all)}`;
      throw error instanceof Hang
        ? Failure.ofSilence(
          error,
          `${this.label} took no more bytes for ${error.time}; ${this.us} was sending ${
            quote(all)
          }`,
        )
        : new Failure(`${this.label} had closed the connection ${was}`);
    }
  }
}

function expectationOf(wanted: Data | Expectation): Expectation {
  return typeof wanted === "string" || wanted instanceof Uint8Array
    ? bytes(wanted)
    : wanted;
}

/** What is sent, and how, for a verdict. */
function told(data: Data, faults: readonly Fault[]): string {
  const how = faults.map(({ says }) => says).join(", ");
  if (data.length === 0 && how) return `nothing, ${how}`;
  return `${quote(data)}${how && ` ${how}`}`;
}
