/**
 * Passwords and tokens: what is kept of them is of no use to a thief.
 *
 * @module
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

/** How dear a guess is: scrypt's N, a power of two. 16384 takes 16 MiB and some 60 ms. */
export const COST = 16_384;

const KEY_BYTES = 32;

/** How many wrong passwords in a row are answered at once. */
const FREE_GUESSES = 9;

/** Of how many names the guesses are counted: who guesses at names, too, must not fill the memory. */
const MOST_NAMES = 10_000;

/** How long a further guess waits, in milliseconds. */
const GUESS_MS = 2_000;

/** What is kept of a password: the cost, a salt, and the hash of both, in hex. */
export async function hashPassword(
  password: string,
  cost: number = COST,
): Promise<string> {
  const salt = randomBytes(16).toString("hex");
  const key = await derive(password, salt, cost);
  return `${cost}:${salt}:${key.toString("hex")}`;
}

/** Whether this is the password of which that is kept. It takes the same time, however much of it is right. */
export async function isPassword(
  password: string,
  kept: string,
): Promise<boolean> {
  const [cost = "", salt = "", key = ""] = kept.split(":");
  const found = await derive(password, salt, Number(cost));
  return timingSafeEqual(found, Buffer.from(key, "hex"));
}

/** A token that nobody can guess. */
export function makeToken(): string {
  return randomBytes(24).toString("base64url");
}

/** What is kept of a token. It is random already, so one quick hash does. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function derive(password: string, salt: string, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, { N: cost }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** Slows down who guesses: from the tenth wrong password in a row on, a name has to wait before the next is looked at. */
export class Guesses {
  readonly #wrong = new Map<string, number>();
  readonly #wait: (ms: number) => Promise<void>;

  /** Nobody has guessed yet. @param wait Waits so many milliseconds. */
  constructor(wait: (ms: number) => Promise<void> = delay) {
    this.#wait = wait;
  }

  /**
   * Tries a password for a name.
   *
   * @param isRight Looks whether it is right.
   */
  async try(name: string, isRight: () => Promise<boolean>): Promise<boolean> {
    const wrong = (this.#wrong.get(name) ?? 0) + 1;
    this.#wrong.delete(name);
    this.#wrong.set(name, wrong); // counted before it is known: many at once are many guesses
    const [oldest = name] = this.#wrong.keys();
    if (this.#wrong.size > MOST_NAMES) this.#wrong.delete(oldest);
    if (wrong > FREE_GUESSES) await this.#wait(GUESS_MS);
    if (!await isRight()) return false;
    this.#wrong.delete(name);
    return true;
  }
}

async function delay(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
