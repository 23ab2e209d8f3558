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
  /** The port that its programs use unless told otherwise. */
  readonly port?: number;
  /** What it is about, in a few words. */
  readonly about: string;
}

/** How a pair shows itself. */
export interface Demo {
  /** The server's arguments, after `--port`. */
  readonly server: readonly string[];
  /** The client's arguments, after `--port`. */
  readonly client: readonly string[];
  /** The lines that are typed to the client, each when the one before it is answered: when somebody has printed something. */
  readonly typed?: readonly string[];
  /** Who prints the answers to what is typed; the client unless told otherwise. */
  readonly answers?: "client" | "server";
  /** The lines that are typed to the server when the client has left. */
  readonly typedAfter?: readonly string[];
  /**
   * A line by which a server that goes on shows that it has done with the
   * client; it is then ended with Ctrl-C. Without one the server is given a
   * second to end by itself.
   */
  readonly serverIsDone?: RegExp;
  /** Whether words on the command line of `lesson` go to the server too. */
  readonly sharesWords?: boolean;
}

/** Deno's permission flags for each side. */
export interface Permissions {
  /** The server's. */
  readonly server: readonly string[];
  /** The client's. */
  readonly client: readonly string[];
}

/** A lesson that can be run and checked. */
export interface Lesson extends Announced {
  /** The port that its programs use unless told otherwise. */
  readonly port: number;
  /** The permissions that its programs run with. */
  readonly permissions: Permissions;
  /** What its bytes are, where they are frames (a length as Python's `struct` packs `<i`, then so many bytes) or lines. */
  readonly frames?: "<i" | "lines";
  /** What the exercise's bytes are, where they are others. */
  readonly exerciseFrames?: "<i" | "lines";
  /** The permissions that the exercise's programs run with, where they need others. */
  readonly exercisePermissions?: Permissions;
  /**
   * For programs that touch files: the files of the course that they find, by
   * their paths. Checks, demos and pages then run them in a folder of their
   * own, with copies of these under the same paths.
   */
  readonly files?: readonly string[];
  /** What `deno task lesson N` runs. */
  readonly demo: Demo;
  /** What it runs with `--mine` and `--solution`, where the exercise's programs need another demo. */
  readonly exerciseDemo?: Demo;
}

const loopback = ["--allow-net=127.0.0.1"];

/** The lessons that are here, in order. */
export const lessons: readonly Lesson[] = [
  {
    number: 1,
    name: "01_single_shot",
    title: "Single shot",
    transport: "TCP",
    port: 8001,
    about: "one client, one message, one answer",
    permissions: { server: loopback, client: loopback },
    demo: { server: [], client: ["hello", "baby"] },
  },
  {
    number: 2,
    name: "02_conversation",
    title: "Conversation",
    transport: "TCP",
    port: 8002,
    about: "message and answer in a loop, and who may speak",
    permissions: { server: loopback, client: loopback },
    demo: { server: [], client: [], typed: ["hello", "baby", "q"] },
    exerciseDemo: {
      server: [],
      client: [],
      typed: ["hello", "baby", "q"],
      answers: "server",
    },
  },
  {
    number: 3,
    name: "03_connection_loop",
    title: "Connection loop",
    transport: "TCP",
    port: 8003,
    about: "client after client, and a server that stays up",
    permissions: { server: loopback, client: loopback },
    demo: {
      server: [],
      client: [],
      typed: ["hello", "baby", "q"],
      serverIsDone: /^client left$/,
    },
    exerciseDemo: {
      server: [],
      client: [],
      typed: ["hello", "stats", "q"],
      serverIsDone: /^client #1 left /,
    },
  },
  {
    number: 4,
    name: "04_udp_echo",
    title: "UDP echo",
    transport: "UDP",
    port: 8004,
    about: "datagrams, and asking again when one is lost",
    permissions: { server: loopback, client: loopback },
    demo: {
      server: [],
      client: [],
      typed: ["hello", "", "exit"],
      serverIsDone: /^4 bytes from /,
    },
    exerciseDemo: {
      server: [],
      client: [],
      typed: ["hello", "", "baby"],
      serverIsDone: /^listening on /, // it prints nothing later, and the client has its answers
    },
  },
  {
    number: 5,
    name: "05_sticky_packets",
    title: "Sticky packets",
    transport: "TCP",
    port: 8005,
    about: "three writes, one read: TCP keeps no boundaries",
    permissions: { server: loopback, client: loopback },
    exerciseFrames: "lines",
    demo: { server: [], client: [], typedAfter: [""], sharesWords: true },
    exerciseDemo: {
      server: [],
      client: [],
      typed: ["hello", "", "你好 baby"],
      serverIsDone: /^listening on /, // it prints nothing later, and the client has its answers
    },
  },
  {
    number: 6,
    name: "06_struct_framing",
    title: "Struct framing",
    transport: "TCP",
    port: 8006,
    about: "a length before each message",
    permissions: { server: loopback, client: loopback },
    frames: "<i",
    demo: {
      server: [],
      client: [],
      typed: ["hello", "", "你好 baby"],
      serverIsDone: /^client left$/,
    },
    exerciseDemo: {
      server: [],
      client: ["upper", "hello"],
      serverIsDone: /^listening on /, // it prints nothing later, and the client has its reply
    },
  },
  {
    number: 7,
    name: "07_md5_file_transfer",
    title: "MD5 file transfer",
    transport: "TCP",
    port: 8007,
    about: "a file with its name, size and checksum",
    permissions: {
      server: [
        ...loopback,
        "--allow-read=received",
        "--allow-write=received",
      ],
      client: [...loopback, "--allow-read=."],
    },
    exercisePermissions: {
      server: [...loopback, "--allow-read=store", "--allow-write=store"],
      client: [...loopback, "--allow-read=.", "--allow-write=."],
    },
    files: ["lessons/07_md5_file_transfer/poem.txt"],
    demo: {
      server: [],
      client: ["lessons/07_md5_file_transfer/poem.txt"],
      serverIsDone: /^client left$/,
    },
    exerciseDemo: {
      server: [],
      client: ["put", "lessons/07_md5_file_transfer/poem.txt"],
      serverIsDone: /^client left$/,
    },
  },
];

/** The permissions of a lesson's own programs, or of its exercise's. */
export function permissionsOf(
  lesson: Lesson,
  whose: "lesson" | "exercise",
): Permissions {
  return whose === "exercise"
    ? lesson.exercisePermissions ?? lesson.permissions
    : lesson.permissions;
}

/** What is read before the first lesson: there is no pair, and no exercise. */
export const orientation: Announced = {
  number: 0,
  name: "00_orientation",
  title: "Orientation",
  transport: "reading",
  about: "addresses, ports, layers, sockets",
};

/** What the bytes of a lesson's own programs are, or of its exercise's. */
export function framesOf(
  lesson: Lesson,
  whose: "lesson" | "exercise",
): Lesson["frames"] {
  return whose === "exercise"
    ? lesson.exerciseFrames ?? lesson.frames
    : lesson.frames;
}

/** The lessons to come, in order. */
export const announced: readonly Announced[] = [
  {
    number: 8,
    name: "08_concurrent_server",
    title: "Concurrent server",
    transport: "TCP",
    port: 8008,
    about: "a task per connection, and a chat room",
  },
  {
    number: 9,
    name: "09_timeouts_and_buffers",
    title: "Time-outs and buffers",
    transport: "TCP",
    port: 8009,
    about: "deadlines, slow readers, back-pressure",
  },
  {
    number: 10,
    name: "10_unix_sockets",
    title: "Unix sockets",
    transport: "Unix",
    about: "the same echo over a path",
  },
  {
    number: 11,
    name: "11_reliable_udp",
    title: "Reliable UDP",
    transport: "UDP",
    port: 8011,
    about: "a file over a link that loses a fifth",
  },
  {
    number: 12,
    name: "12_capstone",
    title: "Capstone",
    transport: "TCP",
    port: 8012,
    about: "a course-selection system",
  },
];
