/**
 * The course as data: what the tool, the checks and the pages know about each lesson.
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

/** Whether a lesson's programs can run on this system. */
export function runsHere({ only }: Lesson): boolean {
  return only?.includes(Deno.build.os) ?? true;
}

const loopback = ["--allow-net=127.0.0.1"];

/** What the programs of lesson 10 may do at their path. `$PWD` is the folder in which they run: a shell puts it in, and so does the tool. */
const atThePath = (
  "--allow-read=echo.sock --allow-write=echo.sock --allow-net=unix:$PWD/echo.sock"
).split(" ");

/** What the servers of lesson 12 may do: the database makes its other files beside it by itself. */
const withItsFile = (
  "--allow-net=127.0.0.1 --allow-read=school.db --allow-write=school.db"
).split(" ");

const onLoopback: Permissions = { server: loopback, client: loopback };

/** The lessons that are here, in order. */
export const lessons: readonly Lesson[] = [
  {
    number: 1,
    name: "01_single_shot",
    title: "Single shot",
    transport: "TCP",
    address: { port: 8001 },
    about: "one client, one message, one answer",
    own: {
      permissions: onLoopback,
      demo: { server: [], client: ["hello", "baby"] },
    },
    exercise: {
      permissions: onLoopback,
      demo: { server: [], client: ["hello", "baby"] },
    },
  },
  {
    number: 2,
    name: "02_conversation",
    title: "Conversation",
    transport: "TCP",
    address: { port: 8002 },
    about: "message and answer in a loop, and who may speak",
    own: {
      permissions: onLoopback,
      demo: { server: [], client: [], typed: ["hello", "baby", "q"] },
    },
    exercise: {
      permissions: onLoopback,
      demo: {
        server: [],
        client: [],
        typed: ["hello", "baby", "q"],
        answers: "server",
      },
    },
  },
  {
    number: 3,
    name: "03_connection_loop",
    title: "Connection loop",
    transport: "TCP",
    address: { port: 8003 },
    about: "client after client, and a server that stays up",
    own: {
      permissions: onLoopback,
      demo: {
        server: [],
        client: [],
        typed: ["hello", "baby", "q"],
        serverIsDone: /^client left$/,
      },
    },
    exercise: {
      permissions: onLoopback,
      demo: {
        server: [],
        client: [],
        typed: ["hello", "stats", "q"],
        serverIsDone: /^client #1 left /,
      },
    },
  },
  {
    number: 4,
    name: "04_udp_echo",
    title: "UDP echo",
    transport: "UDP",
    address: { port: 8004 },
    about: "datagrams, and asking again when one is lost",
    own: {
      permissions: onLoopback,
      demo: {
        server: [],
        client: [],
        typed: ["hello", "", "exit"],
        serverIsDone: /^4 bytes from /,
      },
    },
    exercise: {
      permissions: onLoopback,
      demo: {
        server: [],
        client: [],
        typed: ["hello", "", "baby"],
        serverIsDone: "with its client",
      },
    },
  },
  {
    number: 5,
    name: "05_sticky_packets",
    title: "Sticky packets",
    transport: "TCP",
    address: { port: 8005 },
    about: "three writes, one read: TCP keeps no boundaries",
    own: {
      permissions: onLoopback,
      demo: { server: [], client: [], typedAfter: [""], wordsGoTo: "both" },
    },
    exercise: {
      permissions: onLoopback,
      frames: "lines",
      demo: {
        server: [],
        client: [],
        typed: ["hello", "", "你好 baby"],
        serverIsDone: "with its client",
      },
    },
  },
  {
    number: 6,
    name: "06_struct_framing",
    title: "Struct framing",
    transport: "TCP",
    address: { port: 8006 },
    about: "a length before each message",
    own: {
      permissions: onLoopback,
      frames: "<i",
      demo: {
        server: [],
        client: [],
        typed: ["hello", "", "你好 baby"],
        serverIsDone: /^client left$/,
      },
    },
    exercise: {
      permissions: onLoopback,
      frames: "<i",
      demo: {
        server: [],
        client: ["upper", "hello"],
        serverIsDone: "with its client",
      },
    },
  },
  {
    number: 7,
    name: "07_md5_file_transfer",
    title: "MD5 file transfer",
    transport: "TCP",
    address: { port: 8007 },
    about: "a file with its name, size and checksum",
    files: ["lessons/07_md5_file_transfer/poem.txt"],
    own: {
      frames: "files",
      permissions: {
        server: [
          ...loopback,
          "--allow-read=received",
          "--allow-write=received",
        ],
        client: [...loopback, "--allow-read=."],
      },
      demo: {
        server: [],
        client: ["lessons/07_md5_file_transfer/poem.txt"],
        serverIsDone: /^client left$/,
      },
    },
    exercise: {
      frames: "files",
      permissions: {
        server: [...loopback, "--allow-read=store", "--allow-write=store"],
        client: [...loopback, "--allow-read=.", "--allow-write=."],
      },
      demo: {
        server: [],
        client: ["put", "lessons/07_md5_file_transfer/poem.txt"],
        serverIsDone: /^client left$/,
      },
    },
  },
  {
    number: 8,
    name: "08_concurrent_server",
    title: "Concurrent server",
    transport: "TCP",
    address: { port: 8008 },
    about: "a task per connection, and a chat room",
    own: {
      permissions: onLoopback,
      frames: "lines",
      demo: {
        server: [],
        client: ["anna"],
        typed: ["hello", "bye"],
        lastWhenAllAreHere: true,
        others: [{ client: ["bob"], typed: ["hi"] }],
        serverIsDone: /^left /,
        wordsGoTo: "server",
      },
    },
    exercise: {
      permissions: onLoopback,
      frames: "lines",
      demo: {
        server: [],
        client: ["anna"],
        typed: ["hello bob", "good night"],
        typedOn: /^\* (bob has come|in the room: bob)|^\[bob\] /,
        others: [{
          client: ["bob"],
          typed: ["hello anna", "good night"],
          typedOn: /^\[anna\] hello|^\* anna has left/,
        }],
        serverIsDone: "with its client",
      },
    },
  },
  {
    number: 9,
    name: "09_timeouts_and_buffers",
    title: "Time-outs and buffers",
    transport: "TCP",
    address: { port: 8009 },
    about: "deadlines, slow readers, back-pressure",
    own: {
      permissions: onLoopback,
      frames: "lines",
      demo: {
        server: ["--think", "100"],
        client: [],
        typed: ["hello", "baby"],
        serverIsDone: /^left /,
      },
    },
    exercise: {
      permissions: onLoopback,
      frames: "lines",
      demo: {
        server: [],
        client: [],
        typed: ["20 hello", "10 你好 baby"],
        serverIsDone: "with its client",
      },
    },
  },
  {
    number: 10,
    name: "10_unix_sockets",
    title: "Unix sockets",
    transport: "Unix",
    address: { path: "echo.sock" },
    about: "the same echo over a path",
    files: [],
    only: ["linux", "darwin"],
    own: {
      permissions: { server: atThePath, client: atThePath },
      demo: {
        server: [],
        client: [],
        typed: ["hello", "baby", "q"],
        serverIsDone: /^client left$/,
      },
    },
    exercise: {
      permissions: {
        server: [
          "--allow-read=echo.sock,echo.sock.lock",
          "--allow-write=echo.sock,echo.sock.lock",
          "--allow-net=unix:$PWD/echo.sock",
          "--allow-sys",
        ],
        client: atThePath,
      },
      frames: "lines",
      demo: {
        server: [],
        client: ["set", "colour", "green"],
        serverIsDone: "with its client",
      },
    },
  },
  {
    number: 11,
    name: "11_reliable_udp",
    title: "Reliable UDP",
    transport: "UDP",
    address: { port: 8011 },
    about: "a file over a link that loses a fifth",
    files: ["lessons/11_reliable_udp/files/poem.txt"],
    own: {
      frames: "tftp",
      permissions: {
        server: [...loopback, "--allow-read=lessons/11_reliable_udp/files"],
        client: loopback,
      },
      demo: {
        server: [],
        client: ["poem.txt"],
        serverIsDone: /^sent /,
      },
    },
    exercise: {
      frames: "tftp",
      permissions: {
        server: [...loopback, "--allow-read=store", "--allow-write=store"],
        client: [...loopback, "--allow-read=.", "--allow-write=."],
      },
      demo: {
        server: [],
        client: ["put", "lessons/11_reliable_udp/files/poem.txt"],
        serverIsDone: /^received /,
      },
    },
  },
  {
    number: 12,
    name: "12_capstone",
    title: "Capstone",
    transport: "TCP",
    address: { port: 8012 },
    about: "a course-selection system",
    files: [],
    own: {
      frames: "<i",
      permissions: { server: withItsFile, client: loopback },
      demo: {
        server: [],
        client: ["courses"],
        serverIsDone: /^left /,
      },
    },
    exercise: {
      frames: "<i",
      permissions: { server: withItsFile, client: loopback },
      demo: {
        server: [],
        client: ["courses"],
        serverIsDone: /^left /,
      },
    },
  },
];

/** The port of a lesson's programs; 0 where they have none. */
export function portOf({ address }: Announced): number {
  return address && "port" in address ? address.port : 0;
}

/** What is read before the first lesson: there is no pair, and no exercise. */
export const orientation: Announced = {
  number: 0,
  name: "00_orientation",
  title: "Orientation",
  transport: "reading",
  about: "addresses, ports, layers, sockets",
};

/** The lessons to come, in order. */
export const announced: readonly Announced[] = [];
