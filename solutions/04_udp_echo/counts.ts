/**
 * How many datagrams each client has sent, for as many clients as there is room for.
 *
 * @module
 */

/**
 * Counts per client, the last clients only.
 *
 * UDP has no end of a connection, so a server never learns that a client has
 * left. And a sender can put any address on a datagram. Without a limit,
 * anybody could fill the memory.
 */
export class Counts {
  /** In the order in which the clients were heard last: a `Map` keeps the order of its keys. */
  readonly #counts = new Map<string, number>();
  /** How many clients are remembered; of more, the one that has been silent longest is forgotten. */
  readonly most: number;

  /** No client yet. */
  constructor(most: number) {
    this.most = most;
  }

  /** Counts one more datagram. @param client Its address. @returns How many that makes for this client. */
  next(client: string): number {
    const count = (this.#counts.get(client) ?? 0) + 1;
    this.#counts.delete(client); // and in again, as the last one
    this.#counts.set(client, count);
    if (this.#counts.size > this.most) {
      const [silent = client] = this.#counts.keys();
      this.#counts.delete(silent);
    }
    return count;
  }

  /** How many clients are remembered. */
  get size(): number {
    return this.#counts.size;
  }
}
