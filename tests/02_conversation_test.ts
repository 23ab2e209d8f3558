/**
 * The check of lesson 02, "two-way chat".
 *
 * One read may be taken for one message here. So each step waits for what the
 * step before it brought about, and no two messages ever travel together.
 *
 * @module
 */
import type { ProgramActor } from "../kit/actors.ts";
import { type Case, type Check, type Misunderstanding } from "../kit/case.ts";
import {
  caseOf,
  type CaseOptions,
  meetClient,
  meetServer,
} from "../kit/cases.ts";
import { end } from "../kit/expectations/end.ts";
import { words } from "../kit/expectations/line.ts";
import { more } from "../kit/expectations/more.ts";
import { untilTheEnd } from "../kit/common.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { hasPrinted } from "../kit/log.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { hearsLast } from "../kit/last_line.ts";
import type { Script, Side } from "../kit/script.ts";
import type { TcpPeer } from "../kit/tcp_peer.ts";

const turns: Misunderstanding = {
  says:
    "this is what a program does that takes turns: it waits for one side while the other speaks",
  read: "Exercise",
  shows: ({ silent, step }) => silent && / (gets|prints) /.test(step),
  // It goes on when the side that it waits for speaks.
  async proof({ yours, peer }, { expected }) {
    if (expected !== "") {
      await peer.asks("go on", more());
    } else {
      await yours.answers("go on", words("peer> "));
    }
  },
};

const emptyLines: Misunderstanding = {
  says:
    "this is what a program does that sends the end of a line too, so that an empty line becomes a message",
  read: "The idea",
  shows: ({ received, expected }) =>
    received.startsWith("\n") || received === `${expected}\n`,
};

const nullIsMessage: Misunderstanding = {
  says:
    "this is what a program does that takes the null of a closed connection for a message, again and again",
  read: "Read the code",
  shows: ({ stdout }) => stdout.includes("peer> \npeer> \n"),
};

const resetIsFatal: Misunderstanding = {
  says: "this is what a program does that lets a reset end it as an error",
  read: "When it goes wrong",
  shows: ({ stderr }) => /reset/i.test(stderr),
};

const keyboard: Misunderstanding = {
  says:
    "this is what a program does that goes on waiting for the keyboard when its peer has left",
  read: "Exercise",
  shows: ({ silent, step }) =>
    silent && step.includes(" ends with exit code 0"),
  async proof({ yours }) {
    await yours.hearsNoMore();
    await yours.ends();
  },
};

const bothEnds: Misunderstanding = {
  says:
    "this is what a program does that waits until both sides have said goodbye, though one is enough",
  read: "Exercise",
  shows: ({ silent }) => silent,
  async proof({ peer }) {
    await peer.does(halfClose());
    await peer.gets(end());
  },
};

/** It is silent at one goodbye, and ends at the other one. */
function knowsOnly(other: string): Misunderstanding {
  const isSmall = other === "q";
  return {
    says: `this is what a program does that knows the ${
      isSmall ? "small q" : "capital Q"
    } only`,
    read: "Exercise",
    shows: ({ silent }) => silent,
    async proof({ yours, peer }, { step }) {
      if (step.includes(" sees the stream end")) await yours.hears(other);
      else await peer.sends(other);
      await yours.ends();
    },
  };
}

/** The program under test meets a scripted peer at the other end of its connection. */
async function meet(
  script: Script,
  side: Side,
  options: CaseOptions,
): Promise<{ program: ProgramActor; peer: TcpPeer }> {
  if (side === "client") {
    const { client, conn } = await meetClient(script, options);
    return { program: client, peer: conn };
  }
  const { server, client } = await meetServer(script, options);
  await server.connected(client);
  return { program: server, peer: client };
}

const LONG = "long ".repeat(200); // 1000 bytes

/** It ends with exit code 0, and this is all that it has printed. */
async function endsWith(
  program: ProgramActor,
  messages: readonly string[],
  stderr = "",
): Promise<void> {
  await program.endsWell(stderr);
  await hasPrinted(program, "", ...messages.map((text) => `peer> ${text}`));
}

/** The same cases for either side: once connected, both do the same. */
function casesOf(side: Side): Case[] {
  const aCase = (
    name: string,
    options: CaseOptions,
    talk: (program: ProgramActor, peer: TcpPeer) => Promise<void>,
  ): Case =>
    caseOf(side, name, options, async (script) => {
      const { program, peer } = await meet(script, side, options);
      await talk(program, peer);
    });
  const first = side === "server" ? [1] : [];
  return [
    aCase("sends what is typed first, then prints the answer", {
      guards: [...first, 2, 5],
      known: [emptyLines, untilTheEnd],
    }, async (program, peer) => {
      await program.hears("hello");
      await peer.gets("hello");
      await peer.sends("hi");
      await program.prints("peer> hi");
    }),
    aCase("prints what the peer says first, then sends the answer", {
      guards: [...first, 2, 5],
      known: [turns, untilTheEnd],
    }, async (program, peer) => {
      await peer.sends("who is there?");
      await program.prints("peer> who is there?");
      await program.hears("me");
      await peer.gets("me");
    }),
    aCase("sends three lines in a row", {
      guards: [2, 8],
      known: [turns, emptyLines],
    }, async (program, peer) => {
      for (const line of ["one", "quit", " q"]) {
        await program.hears(line);
        await peer.gets(line);
      }
    }),
    aCase("prints three messages in a row", {
      guards: [5, 8],
      known: [turns, untilTheEnd],
    }, async (program, peer) => {
      for (const text of ["one", "quit", " q"]) {
        await peer.sends(text);
        await program.prints(`peer> ${text}`);
      }
    }),
    aCase("sends nothing for an empty line, and a blank one as it is", {
      guards: [2, 3],
      known: [emptyLines],
    }, async (program, peer) => {
      await program.hears("");
      await program.hears("   ");
      await peer.gets("   ");
      await program.hearsMany(["after", "", "all"]);
      await peer.gets("afterall");
    }),
    aCase("takes characters of several bytes and a line of 1000 bytes", {
      guards: [2, 5],
      known: [emptyLines],
    }, async (program, peer) => {
      await program.hears("你好, Zoë");
      await peer.gets("你好, Zoë");
      await peer.sends("早上好");
      await program.prints("peer> 早上好");
      await program.hears(LONG);
      await peer.gets(LONG);
      await peer.sends(LONG);
      await program.prints(`peer> ${LONG}`);
      await peer.sends("  a\0b ");
      await program.prints("peer>   a\0b ");
    }),
    ...[["q", "Q"], ["Q", "q"]].map(([goodbye = "", other = ""]) =>
      aCase(`sends a typed ${goodbye} and ends`, {
        guards: [6, 12],
        known: [emptyLines, knowsOnly(other), bothEnds],
      }, async (program, peer) => {
        await program.hears(goodbye);
        await peer.gets(goodbye);
        await peer.gets(end());
        await endsWith(program, []);
      })
    ),
    ...[["q", "Q"], ["Q", "q"]].map(([goodbye = "", other = ""]) =>
      aCase(`ends when the peer says ${goodbye}`, {
        guards: [7, 12],
        known: [knowsOnly(other), keyboard],
      }, async (program, peer) => {
        await peer.sends("bye");
        await program.prints("peer> bye");
        await peer.sends(goodbye);
        await endsWith(program, ["bye"]);
      })
    ),
    aCase("sends a last line without a line end, and ends with its input", {
      guards: [4, 9, 12],
    }, async (program, peer) => {
      await hearsLast(program, "bye");
      await peer.gets("bye");
      await peer.gets(end());
      await endsWith(program, []);
    }),
    aCase("says so when the peer closes, and ends", {
      guards: [10, 12],
      known: [nullIsMessage, keyboard],
    }, async (program, peer) => {
      await peer.sends("bye");
      await program.prints("peer> bye");
      await peer.does(hangUp());
      await endsWith(program, ["bye"], "peer left");
    }),
    aCase("says so when the peer resets, and ends", {
      guards: [11, 12],
      known: [resetIsFatal, keyboard],
      canReset: true,
    }, async (program, peer) => {
      await peer.sends("oh");
      await program.prints("peer> oh");
      await peer.does(reset());
      await endsWith(program, ["oh"], "peer left");
    }),
  ];
}

/** The lesson's pair, and the solution, with classic Python programs. */
const python: Case[] = [
  {
    name: "classic Python looped client talks to the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await server.connectedFrom();
      await client.answers("hello", "HELLO");
      await client.answers("你好 baby", "你好 BABY");
      await client.hears("q");
      await client.exits(0);
      await server.exits(0);
    },
  },
  {
    name: "lesson's client talks to the classic Python looped server",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, []);
      await client.answers("hello", "HELLO");
      await client.hears("");
      await client.answers("baby", "BABY");
      await client.hears("q");
      await client.endsWell();
      await server.exits(0);
    },
  },
  {
    name:
      "solution's client talks to a classic Python server that greets first",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer("greeting_server");
      const client = await script.startClient(server, [], "our");
      await client.prints("peer> welcome");
      await client.answers("hello", "peer> HELLO");
      await client.hears("q");
      await client.endsWell();
      await server.exits(0);
    },
  },
  {
    name:
      "classic Python client that waits for a greeting talks to the solution's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer({ whose: "our" });
      const client = await script.startPythonClient(server, "greeted_client");
      await server.connectedFrom();
      await server.hears("welcome");
      await client.prints("welcome");
      await server.prints("peer> hello");
      await server.hears("good day");
      await client.prints("good day");
      await client.exits(0);
      await server.endsWell("peer left");
    },
  },
];

/** The check of lesson 02. */
export const check: Check = {
  lesson: "02_conversation",
  cases: [
    ...casesOf("server"),
    ...casesOf("client"),
    ...pairMatrix("talk both ways", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, [], whose.client);
      await server.connectedFrom();
      await server.hears("welcome");
      await client.prints("peer> welcome");
      await client.hears("thanks");
      await server.prints("peer> thanks");
      await client.hears("q");
      await client.endsWell();
      await server.endsWell();
    }),
  ],
  own: [],
  python,
};

register(check, import.meta.url);
