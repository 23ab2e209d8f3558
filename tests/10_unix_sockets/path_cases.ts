/**
 * One of a kind: what the server does at a path at which something stands
 * already, or where others start with it. Stage 3.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { like, line, type WantedLine } from "../../kit/expectations/line.ts";
import { quote } from "../../kit/bytes.ts";
import { Failure } from "../../kit/failure.ts";
import { type MoreTime, withMoreTime } from "../../kit/more_time.ts";
import type { Script } from "../../kit/script.ts";
import { WAS_WIDE } from "./was_wide.ts";
import { FirstSight } from "./first_sight.ts";
import {
  cleansUp,
  closesAfterwards,
  leavesPath,
  leftIsTaken,
  looksThenListens,
  removesAnything,
  removesFirst,
  ROBBED,
  ROBBED_OTHER,
  ROBBED_SILENT,
  slowIsDead,
  WIDE_FIRST,
} from "./misunderstandings.ts";
import { pidOf } from "./pid.ts";
import {
  givesUp,
  isGone,
  isLeftInPeace,
  isRefused,
  leaveDead,
  leavesOnly,
  type Manner,
  occupy,
  OTHER_PID,
  P,
  standsAt,
} from "./places.ts";

/** How often the first moment is looked for: it can be missed. */
const LOOKS = 3;

/** The same on a busy machine, where the looks may come too late. */
const MOST_LOOKS = 10;

/** How much time a machine that keeps up may lose meanwhile, in milliseconds. */
const CALM_MS = 20;

/** Whether the machine has been too busy for a look to mean much. */
async function isBusy({ patience }: Script): Promise<boolean> {
  await patience.look();
  return patience.lost >= CALM_MS;
}

/** So many start at once, and so often: on what the last winner left, and then on a free path. */
const RACERS = 5;
const RACES = 4;
const LEFT_RACES = 2;

/** Loaded before servers that Deno runs, so that they come between each other surely; the others do so by chance. */
const SLOW = new URL("./slow_machine.ts", import.meta.url);
const SLOW_TO_LISTEN = new URL("?listen", SLOW);

/** Loaded before a server that Deno runs: it tells how wide a path was that is made narrow. */
const WITNESS = new URL("./chmod_witness.ts", import.meta.url);

/** What a server writes where somebody listens at the path who does not say who it is. */
const TAKEN = like(
  `"error: ${P} is taken…", with no process in it`,
  new RegExp(`^error: ${P} is taken(?!.*process \\d)`),
);

/** What it writes where it has no time to hear who it is. It has not run into the other one when it listened. */
const TAKEN_IN_HASTE = like(
  `"error: ${P} is taken…", by its look and not by its listen`,
  new RegExp(`^error: ${P} is taken(?!.*(in use|AddrInUse|EADDRINUSE))`, "i"),
);

/** What it writes where something else stands there. */
const WITH_PATH = like(
  `"error: …" with ${P} in it`,
  new RegExp(`^error: .*${P}`),
);

/** What it writes where that one says which process it is. */
function takenBy(pid: number): WantedLine {
  return line(`error: ${P} is taken: process ${pid} answers there`);
}

/** A server waits a second for who is there; on a busy machine that may be too short, and then it cannot name it. */
const IN_TIME: MoreTime = { times: [1000, 1000, 1000], isPassSure: true };

/** So much time the programs that start at once may lose together, in milliseconds, and each still has time to hear who is there. */
const HASTE_MS = 500;

/** A server does not run at the path, and who is there does not notice. */
async function staysOut(
  script: Script,
  wanted: WantedLine,
  found: string,
): Promise<void> {
  const second = await script.launchServer(0);
  await isRefused(script, second, wanted, found);
}

/** What may stand at a path that is no socket. */
const OTHERS: readonly {
  readonly what: string;
  readonly make: (path: string, script: Script) => void | Promise<void>;
}[] = [
  { what: "a file", make: (path) => Deno.writeTextFileSync(path, "mine\n") },
  { what: "an empty file", make: (path) => Deno.writeTextFileSync(path, "") },
  { what: "a folder", make: (path) => Deno.mkdirSync(path) },
  {
    what: "a link to nothing",
    make: (path) => Deno.symlinkSync(`${path}.none`, path),
  },
  {
    what: "a link to what a dead server left",
    make(path) {
      const dead = Deno.listen({ transport: "unix", path: `${path}.0` });
      Deno.renameSync(`${path}.0`, `${path}.dead`);
      dead.close();
      Deno.symlinkSync(`${path}.dead`, path);
    },
  },
  {
    what: "a link to the path of a live server",
    make(path, script) {
      const live = `${path}.live`;
      const listener = Deno.listen({ transport: "unix", path: live });
      script.onEnd(() => listener.close());
      Deno.symlinkSync(live, path);
    },
  },
  {
    what: "a named pipe",
    async make(path) {
      await new Deno.Command("mkfifo", { args: [path] }).output();
    },
  },
];

/** How somebody who listens may treat who asks; none of them is dead. */
const MANNERS: readonly {
  readonly manner: Manner;
  readonly found?: string;
  readonly only?: Case["only"];
}[] = [
  { manner: "is stopped", found: ROBBED_SILENT },
  { manner: "has no room", only: ["linux"] }, // elsewhere a full queue refuses
  { manner: "hangs up" },
  { manner: "says something" },
  { manner: "answers with an error" },
  { manner: "leaves in its answer" },
  { manner: "says too much" },
  { manner: "says a byte at a time" },
];

/** The cases of stage 3. */
export const pathCases: readonly Case[] = [
  caseOf("server", "makes a path for its owner alone, from its first moment", {
    guards: [14],
    known: [closesAfterwards],
  }, async (script) => {
    const path = script.whole(P);
    let looks = LOOKS;
    for (let i = 0; i < looks; i++) {
      using sight = new FirstSight(path);
      await sight.ready;
      const server = await script.startServer({ preload: WITNESS });
      await script.step(`${P} has the mode 0600`, () => isNarrow(path));
      await script.step(
        `${P} had no more rights than 0600 when it was seen first`,
        async () => {
          isNarrowFirst(widestOf(server));
          isNarrowFirst(await sight.mode);
        },
      );
      if (await isBusy(script)) looks = MOST_LOOKS;
      server.program.kill();
      await server.ends();
      Deno.removeSync(path);
    }
  }),
  caseOf("server", "leaves a path alone at which a server answers", {
    guards: [15, 17],
    known: [removesFirst, cleansUp],
  }, async (script) => {
    await withMoreTime(script, IN_TIME, async () => {
      await occupy(script, "answers");
      await staysOut(script, takenBy(OTHER_PID), ROBBED);
      await leavesOnly(script, P);
    });
  }),
  caseOf("server", "leaves a path alone at which it runs already", {
    guards: [15, 17],
    known: [removesFirst, cleansUp],
  }, async (script) => {
    await withMoreTime(script, IN_TIME, async () => {
      const server = await script.startServer();
      const client = await script.connect(server);
      const pid = await pidOf(server, client);
      await client.asks("set a 1\n", "ok\n");
      for (let i = 0; i < 2; i++) {
        await staysOut(script, takenBy(pid), ROBBED);
      }
      const other = await script.connect(server, { us: "another client" });
      await other.asks("get a\n", "ok 1\n");
      await client.asks("get a\n", "ok 1\n");
    });
  }),
  ...MANNERS.map(({ manner, found = "", only }) =>
    caseOf("server", `leaves a path alone whose server ${manner}`, {
      guards: [16, 17],
      known: [slowIsDead, cleansUp],
      waits: true,
      ...(only ? { only } : {}),
    }, async (script) => {
      const heard = await occupy(script, manner);
      await staysOut(script, TAKEN, found);
      await isLeftInPeace(script, heard);
    })
  ),
  caseOf("server", "takes over a path that a dead server has left", {
    guards: [13, 14, 18],
    known: [leftIsTaken, leavesPath, closesAfterwards],
  }, async (script) => {
    await leaveDead(script);
    const first = await script.startServer({ preload: WITNESS });
    const client = await script.connect(first);
    await client.asks("set a 1\n", "ok\n");
    await script.step(`${P} has the mode 0600, and never had more`, () => {
      isNarrow(script.whole(P));
      isNarrowFirst(widestOf(first));
    });
    client.mayGetMore = true;
    await client.sends("get "); // it is killed in the middle of a request
    await script.step("your server is killed", () => first.program.kill());
    await first.ends();
    const second = await script.startServer();
    const other = await script.connect(second, { us: "another client" });
    await other.asks("list\n", "ok\n");
    await other.asks("stop\n", "ok\n");
    await second.exits(0);
    await isGone(script);
    await leavesOnly(script);
  }),
  caseOf("server", "never removes what is no socket", {
    guards: [13, 19],
    known: [removesAnything, cleansUp],
  }, async (script) => {
    const path = script.whole(P);
    for (const { what, make } of OTHERS) {
      const before = [...Deno.readDirSync(script.whole("."))].map(({ name }) =>
        name
      );
      await script.step(`${what} stands at ${P}`, () => make(path, script));
      await staysOut(script, WITH_PATH, ROBBED_OTHER);
      const names = [...Deno.readDirSync(script.whole("."))]
        .map(({ name }) => name).filter((name) =>
          /\.(dead|live|sock)$/.test(name)
        );
      await leavesOnly(script, ...before, ...names);
      Deno.removeSync(path);
    }
  }),
  caseOf("server", "is the only one of those that start at once", {
    guards: [13, 20],
    known: [looksThenListens],
  }, async (script) => {
    await leaveDead(script);
    for (let race = 1; race <= RACES; race++) {
      const isFree = race > LEFT_RACES;
      if (isFree) {
        await script.step(`${P} is removed`, () => {
          Deno.removeSync(script.whole(P));
        });
      }
      const winner = await raceForIt(
        script,
        isFree ? SLOW_TO_LISTEN : SLOW,
      );
      const client = await script.connect(winner);
      await client.asks("set a 1\n", "ok\n");
      await script.step("it is killed", () => winner.program.kill());
      await winner.ends();
      client.mayGetMore = true;
    }
    await leavesOnly(script, P);
  }),
  caseOf("server", "says when there can be no such path", {
    guards: [13, 21],
  }, async (script) => {
    await script.step("a file is made: file", () => {
      Deno.writeTextFileSync(script.whole("file"), "");
    });
    const tooLong = `${"x".repeat(200)}.sock`;
    for (const path of [`nowhere/${P}`, `file/${P}`, tooLong]) {
      const server = await script.launchServer(0, { path });
      await server.gives(1, path.slice(0, 100));
    }
    await leavesOnly(script, "file", `${tooLong}.lock`);
  }),
  caseOf("server", "takes a path in another folder, and a whole one", {
    guards: [1, 13, 14],
  }, async (script) => {
    const relative = `sub/${P}`;
    const whole = script.whole(relative);
    await script.step("a folder is made: sub", () => {
      Deno.mkdirSync(script.whole("sub"));
    });
    for (const path of [relative, whole]) {
      const server = await script.startServer({ path });
      await saysWhere(server, path, whole);
      const client = await script.connect(server);
      await client.asks("set a 1\n", "ok\n");
      await script.step(`${relative} has the mode 0600`, () => isNarrow(whole));
      await client.asks("stop\n", "ok\n");
      await server.exits(0);
      await isGone(script, relative);
    }
    await leavesOnly(script, "sub");
  }),
];

/** The ready line has all of the path in it. */
async function saysWhere(
  { label, program, scene }: ServerActor,
  ...paths: readonly string[]
): Promise<void> {
  const says = [...new Set(paths)].map((path) => `"listening on ${path}"`)
    .join(" or ");
  await scene.step(`${label} has printed ${says}`, () => {
    const lines = program.stdout.split(/\r?\n/);
    if (paths.some((path) => lines.includes(`listening on ${path}`))) return;
    throw new Failure(
      `${label} printed ${
        quote(program.stdout)
      }; it was expected to print ${says}`,
    );
  });
}

/** The widest mode that the path had before it was made narrow, by the word of {@linkcode WITNESS}; 0 where it was not. */
function widestOf({ program: { stdout } }: ServerActor): number {
  const modes = stdout.split("\n").filter((line) => line.startsWith(WAS_WIDE))
    .map((line) => parseInt(line.slice(WAS_WIDE.length), 8));
  return Math.max(0, ...modes);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function isNarrow(path: string): void {
  const info = standsAt(path);
  if (info === undefined) {
    throw new Failure(
      "nothing stands at the path of your server; it was expected to listen there",
    );
  }
  const mode = (info.mode ?? 0) & 0o777;
  if (mode === 0o600) return;
  throw new Failure(
    `the path has the mode ${octal(mode)}; it was expected to have 0600`,
  );
}

/** It is narrow now, so what was seen before it was made narrow shows how it was made. */
function isNarrowFirst(mode: number): void {
  if ((mode & ~0o600) === 0) return;
  throw new Failure(
    `the path had the mode ${octal(mode)} at first, and 0600 only afterwards`,
    { found: WIDE_FIRST },
  );
}

/** Several are started at once; one listens and the others say that it does. @param preload What makes them slow. @returns The one. */
async function raceForIt(script: Script, preload: URL): Promise<ServerActor> {
  const racers: ServerActor[] = [];
  const { patience } = script;
  await patience.look();
  const { lost } = patience;
  await script.step(
    `${RACERS} start at once, where it takes 50 ms to say that nobody is there${
      preload === SLOW ? "" : ", and to listen"
    }`,
    () => {},
  );
  for (let i = 0; i < RACERS; i++) {
    racers.push(await script.launchServer(0, { preload }));
  }
  const listening: ServerActor[] = [];
  await script.step(`one of the ${RACERS} listens`, async () => {
    await Promise.all(racers.map(async (racer) => {
      try {
        await racer.listens();
        listening.push(racer);
      } catch (error) {
        if (!racer.program.exit) throw error;
      }
    }));
    if (listening.length === 1) return;
    throw new Failure(
      `${listening.length} of your ${RACERS} servers listen at one path; one was expected to`,
      listening.length > 1
        ? { found: `${listening.length} of ${RACERS} listen` }
        : {},
    );
  });
  const [winner] = listening;
  if (!winner) throw new Error("Cannot go on: nobody listens");
  const client = await script.connect(winner);
  const pid = await pidOf(winner, client);
  const losers = racers.filter((racer) => racer !== winner);
  for (const loser of losers) await loser.ends();
  // Where the machine is busy, the second in which it would have been told may be over.
  await patience.look();
  const isInHaste = patience.lost - lost >= HASTE_MS;
  const wanted = isInHaste ? TAKEN_IN_HASTE : takenBy(pid);
  for (const loser of losers) await givesUp(script, loser, wanted);
  return winner;
}
