/**
 * Who is in the room, and who hears what.
 *
 * Nothing here waits: each of these calls is done before any other task runs.
 * So a name is free when it is taken, and everybody gets the lines in one order.
 *
 * @module
 */

/** One who may be in the room. */
export interface Guest {
  /** How the others call them. */
  readonly name: string;
  /** Takes a line, and does not wait. @returns Whether there was room for it. */
  hear(line: Uint8Array): boolean;
  /** Ends the connection at once. */
  letGo(): void;
}

/** The people in the room, by their names in small letters, in the order in which they came. */
export class Room {
  readonly #guests = new Map<string, Guest>();

  /** Whether somebody has this name, in whatever case. */
  has(name: string): boolean {
    return this.#guests.has(name.toLowerCase());
  }

  /** Lets somebody in whose name is free. They get the list, the others hear of it. */
  enter(guest: Guest): void {
    const names = [...this.#guests.values()].map(({ name }) => name);
    guest.hear(lineOf(`* in the room: ${names.join(", ")}`));
    this.tell(`* ${guest.name} has come`);
    this.#guests.set(guest.name.toLowerCase(), guest);
  }

  /** Tells a line to everybody, but not to the one who said it. */
  tell(line: string, from?: Guest): void {
    const bytes = lineOf(line);
    const slow = [...this.#guests.values()].filter((guest) =>
      guest !== from && !guest.hear(bytes)
    );
    // Only now, when all have the line: otherwise some would hear of the leaving first.
    for (const guest of slow) {
      this.leave(guest, " (too slow)");
      guest.letGo();
    }
  }

  /** Somebody has left; the others hear of it. Who is not in the room cannot leave it. */
  leave(guest: Guest, why = ""): void {
    const key = guest.name.toLowerCase();
    if (this.#guests.get(key) !== guest) return;
    this.#guests.delete(key);
    this.tell(`* ${guest.name} has left${why}`);
  }
}

/** A line as it goes over the wire: encoded once, for however many. */
export function lineOf(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\n`);
}
