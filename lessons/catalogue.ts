/**
 * The course as data: what the tool, the checks and the pages know about each lesson.
 *
 * @module
 */

import type { Announced, Lesson, Permissions } from "./lesson.ts";

export type * from "./lesson.ts";

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
