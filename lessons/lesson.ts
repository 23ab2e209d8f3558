/**
 * What the catalogue says of a lesson.
 *
 * @module
 */

/** A lesson that is announced. */
export interface Announced {
  /** 0 to 99; the folder's two digits. */
  readonly number: number;
  /** The name of its folders, `NN_name`. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** What carries its bytes, or `reading` where there is nothing to run. */
  readonly transport: "reading" | "TCP" | "UDP" | "TCP, UDP" | "Unix";
  /** The address that its programs use unless told otherwise; absent where there is nothing to run. */
  readonly address?: DefaultAddress;
  /** What it is about, in a few words. */
  readonly about: string;
}

/** Where a lesson's programs meet: a port on 127.0.0.1, or the path of a Unix socket in their working folder. */
export type DefaultAddress =
  | { readonly port: number }
  | { readonly path: string };

/** What a client of a demo gets. */
export interface ClientDemo {
  /** Its arguments, after `--port`. */
  readonly client: readonly string[];
  /** The lines that are typed to it, each when the one before it is answered: when somebody has printed something. */
  readonly typed?: readonly string[];
  /** At which printed lines a line is typed, the first one too; without it the first is typed at once, and the others at any line. */
  readonly typedOn?: RegExp;
  /** Who prints the answers to what is typed; the client unless told otherwise. */
  readonly answers?: "client" | "server";
}

/** How a pair shows itself. */
export interface Demo extends ClientDemo {
  /** The server's arguments, after `--port`. */
  readonly server: readonly string[];
  /** Whether the client's last line waits until all others have said on stderr that they are connected: then they are there at the same time. */
  readonly lastWhenAllAreHere?: boolean;
  /** More clients at the same time, each started when the one before it is connected. */
  readonly others?: readonly ClientDemo[];
  /** The lines that are typed to the server when all clients have left. */
  readonly typedAfter?: readonly string[];
  /**
   * When a server that goes on has done with the client, and is ended with a
   * Ctrl-C: at such a line of its own for each client, or with the client,
   * where it prints nothing later. Without it the server is given a second to end by itself.
   */
  readonly serverIsDone?: RegExp | "with its client";
  /** To whom words on the command line of `lesson` go; to the client unless told otherwise. */
  readonly wordsGoTo?: "both" | "server";
}

/** Deno's permission flags for each side. */
export interface Permissions {
  /** The server's. */
  readonly server: readonly string[];
  /** The client's. */
  readonly client: readonly string[];
}

/** How the bytes of connections are cut, or what a datagram is. */
export type Framing =
  /** A length as Python's `struct` packs `<i`, and then so many bytes. */
  | "<i"
  /** The same, and behind a frame of JSON that names a `file_size` or a `size` so many bytes of a file. */
  | "files"
  /** Lines, each with `\n` at its end. */
  | "lines"
  /** Each datagram a packet of TFTP. */
  | "tftp";

/** What is known of a pair of programs: a lesson's own, or those of its exercise. */
export interface Programs {
  /** The permissions that they run with. */
  readonly permissions: Permissions;
  /** How their bytes are cut, where they are frames or lines. */
  readonly frames?: Framing;
  /** How they show themselves. */
  readonly demo: Demo;
}

/** Which pair of a lesson: its own, or that of its exercise. */
export type Which = "own" | "exercise";

/** A lesson that can be run and checked. */
export interface Lesson extends Announced {
  /** The address that its programs use unless told otherwise. */
  readonly address: DefaultAddress;
  /** What `deno task lesson N` runs. */
  readonly own: Programs;
  /** What it runs with `--mine` and `--solution`, and what is checked. */
  readonly exercise: Programs;
  /**
   * For programs that touch files: the files of the course that they find, by
   * their paths. Checks, demos and pages then run them in a folder of their
   * own, with copies of these under the same paths.
   */
  readonly files?: readonly string[];
  /** The systems on which its programs can run; all of them where none is named. */
  readonly only?: readonly (typeof Deno.build.os)[];
}
