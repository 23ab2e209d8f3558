/**
 * Runs a lesson's pair as the catalogue's demo does it.
 *
 * @module
 */
import type { Demo, Lesson, Permissions, Which } from "@lessons/catalogue.ts";
import { type Command, type Pair, SIDES } from "@lessons/places.ts";
import type { Place } from "@lessons/program.ts";
import { Failure } from "../kit/failure.ts";
import { guard, Hang, within } from "../kit/guard.ts";
import { flagsForPath, wholePath } from "../kit/path_flags.ts";
import { denoRun, Program } from "../kit/program.ts";
import { startReaper } from "../kit/reaper.ts";
import type { Side } from "../kit/script.ts";
import { WorkingFolder } from "../kit/working_folder.ts";
import {
  forward,
  mustWait,
  nameIn,
  type Part,
  Player,
  readPath,
  readPort,
  settled,
} from "./players.ts";
import { UserError } from "./user/error.ts";
import type { Network } from "./wire/network.ts";
import { Recorder } from "./wire/recorder.ts";
import { Notes, Relay } from "./wire/relay.ts";
import type { Cue, PrintedCue, Recording } from "./wire/recording.ts";
import { changeTexts } from "./wire/texts.ts";
import { addTyped, completeRecording } from "./wire/witness.ts";

/** How long a client may take, in milliseconds. */
const CLIENT_MS = 10_000;

/** How long a server may take to end by itself, or to have done, once its client has gone, in milliseconds. */
const SERVER_MS = 1_000;

/** How often a recording is looked at while the pair runs, in milliseconds. */
const WATCH_MS = 50;

/** How a pair is run. */
export interface PairOptions {
  /** Which pair it is; the lesson's own unless told otherwise. */
  readonly which?: Which;
  /** What is said and typed to the programs, where it is not what the catalogue says. */
  readonly demo?: Demo;
  /** The client's words instead of the demo's. */
  readonly words?: readonly string[];
  /** What somebody types to the client instead of the demo's lines; the client may then take as long as it likes. */
  readonly keyboard?: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether it is recorded. */
  readonly isRecorded: boolean;
  /**
   * Whether a picture is made of it, the same each time: then causes are
   * recorded too, and no Ctrl-C comes only because time is up.
   */
  readonly isForPicture?: boolean;
  /** What the programs' datagrams meet, where that is a bad network; only where they are recorded by the tap. */
  readonly network?: Network | undefined;
  /** Adds to Deno's flags. */
  readonly addFlags?: AddFlags;
  /** Is asked now and then, while the pair runs, whether it wants to read what is recorded so far. */
  readonly onRecorded?: (read: () => Recording[]) => void;
  /** Hears each line that the programs print, as it comes. */
  readonly onLine?: (side: Side, line: string) => void;
}

/** Gives the flags of Deno with which a side's program runs, those of the tap among them. */
export type AddFlags = (
  side: Side,
  tap: readonly string[],
) => readonly string[];

/** What came of a run. */
export interface Run {
  /** The recordings, client and server; empty where nothing was recorded. */
  readonly recordings: readonly Recording[];
  /** Whether both programs ended with exit code 0. */
  readonly isGood: boolean;
  /** What went wrong with the run itself. */
  readonly problem?: UserError;
}

/** Runs a pair: the server on a free port, then the client with what is typed to it. */
export async function runPair(
  lesson: Lesson,
  pair: Pair,
  options: PairOptions,
): Promise<Run> {
  startReaper(); // before the folders, which it removes if this process is killed
  using place = lesson.files && WorkingFolder.make(lesson.files);
  using recorder = new Recorder({
    frames: lesson[options.which ?? "own"].frames,
    hasCauses: options.isForPicture,
    network: options.network,
  });
  using running = new RunningPair(
    lesson,
    pair,
    options,
    recorder,
    place?.path,
  );
  let isGood = false;
  let problem: UserError | undefined;
  const { onRecorded } = options;
  const watch = onRecorded && setInterval(() => {
    onRecorded(() =>
      recorder.read().flatMap(({ recording }, i) =>
        recording
          ? [running.plainly(addTyped(recording, running.players[i]?.typed))]
          : []
      )
    );
  }, WATCH_MS);
  try {
    isGood = await running.play();
  } catch (error) {
    if (error instanceof Failure) problem = new UserError(error.message, 1);
    else if (error instanceof UserError) problem = error;
    else throw error;
  } finally {
    clearInterval(watch);
    // At once, the client first: what one does about the other's end is no part of the run.
    const programs = running.players.map(({ program }) => program);
    await Promise.all(programs.toReversed().map((program) => program.end()));
  }
  const recordings = recorder.read().flatMap((recorded, i) => {
    const player = running.players[i];
    if (!player) return recorded.recording ?? [];
    const { program: { stdout, stderr, exit }, typed } = player;
    return running.plainly(
      completeRecording(recorded, { stdout, stderr, exit, typed }),
    );
  });
  return { recordings, isGood, ...(problem ? { problem } : {}) };
}

/** A pair while it runs. */
class RunningPair implements Disposable {
  readonly players: Player[] = [];
  readonly permissions: Permissions;
  readonly demo: Demo;
  readonly #clients: readonly Part[];
  /** How many lines the server has printed on stdout, and how many of them say that a client is connected. */
  readonly #server = { lines: 0, connected: 0, done: 0 };
  /** By what the last of the other clients has said that they are all here. */
  #allAreHere: PrintedCue | undefined;
  readonly #serverIsDone = Promise.withResolvers<void>();
  readonly #lesson: Lesson;
  /** What is noted of the server, where it has no tap. */
  #serverNotes: Notes | undefined;
  /** What stands between the programs, where one of them has no tap. */
  #relay: Relay | undefined;
  #news = Promise.withResolvers<void>();

  constructor(
    lesson: Lesson,
    readonly pair: Pair,
    readonly options: PairOptions,
    readonly recorder: Recorder,
    /** The folder in which the programs run, where they need one of their own. */
    readonly place: string | undefined,
  ) {
    const programs = lesson[options.which ?? "own"];
    this.#lesson = lesson;
    this.permissions = programs.permissions;
    this.demo = options.demo ?? programs.demo;
    this.#clients = [this.demo, ...this.demo.others ?? []].map((demo, i) => ({
      demo,
      untyped: options.keyboard && i === 0 ? [] : [...demo.typed ?? []],
      lines: 0,
      isHere: false,
    }));
  }

  /** Plays it to its end. @returns Whether all programs ended well. */
  async play(): Promise<boolean> {
    const { demo, options: { words, keyboard } } = this;
    const { wordsGoTo = "client" } = demo;
    const shared = wordsGoTo === "client" ? undefined : words;
    const server = this.#startServer([...shared ?? demo.server]);
    const where = this.#relayTo(await this.#readPlace(server.program));
    const players: Player[] = [];
    for (const [i, part] of this.#clients.entries()) {
      if (i > 0) await this.#connected(i, server);
      const own = i === 0 && wordsGoTo !== "server" ? words : undefined;
      const player = this.#startClient(part, where, own ?? part.demo.client);
      players.push(player);
      if (keyboard && i === 0) forward(keyboard, player);
      else if (!part.demo.typedOn) this.#typeNext(part, "begun");
    }
    const codes = await Promise.all(
      players.map(({ program }, i) =>
        keyboard && i === 0
          ? program.exited.then(({ code }) => code)
          : settled(CLIENT_MS, program)
      ),
    );
    if (codes.includes(undefined)) {
      throw new UserError(
        `the client was still running after ${
          CLIENT_MS / 1000
        } s and was stopped`,
        1,
      );
    }
    for (const line of demo.typedAfter ?? []) {
      // The server waits for it, and has printed all that it prints before.
      const cue: Cue = { side: "server", line: this.#server.lines };
      await server.type(line, { isAfterOthers: true, cue });
    }
    return codes.every((code) => code === 0) &&
      await this.#endServer(server) === 0;
  }

  /** Ends what stood between the programs. */
  [Symbol.dispose](): void {
    this.#relay?.[Symbol.dispose]();
  }

  /** A recording with the addresses that its program would have printed without a relay, and with paths as they stand in its folder. */
  plainly(recording: Recording): Recording {
    const relay = this.#relay;
    const { address } = this.#lesson;
    if ("path" in address) {
      const hidden = relay && nameIn(relay.address);
      const [changed = recording] = changeTexts([recording], (text) => {
        const short = text.replaceAll(`${this.place}/`, "");
        return hidden ? short.replaceAll(hidden, address.path) : short;
      });
      return changed;
    }
    if (!relay) return recording;
    const moments = recording.moments.map((moment) =>
      moment.type === "print"
        ? { ...moment, text: relay.plainly(moment.text) }
        : moment
    );
    return { ...recording, moments };
  }

  /** Waits for the server's ready line. @returns Where it listens. */
  async #readPlace(server: Program): Promise<Place> {
    const { address } = this.#lesson;
    if (!("path" in address)) return await readPort(server);
    await readPath(server, address.path);
    const path = wholePath(this.place ?? "", address.path);
    return { transport: "unix", path };
  }

  /** Puts a relay before the server where one of the programs cannot be recorded otherwise. @returns Where it is for clients. */
  #relayTo(target: Place): Place {
    const { pair, options } = this;
    const isAnyForeign = SIDES.some((side) => !(pair[side] instanceof URL));
    if (!options.isRecorded || !isAnyForeign) return target;
    this.#relay = Relay.open(this.#lesson.transport, target);
    if (this.#serverNotes) this.#relay.server = this.#serverNotes;
    return this.#relay.address;
  }

  #startServer(words: readonly string[]): Player {
    const { serverIsDone } = this.demo;
    const { address } = this.#lesson;
    const where = "path" in address
      ? ["--path", address.path]
      : ["--port", "0"];
    return this.#start("server", where, words, (line, stream) => {
      if (stream === "stderr") return;
      this.#server.lines++;
      if (line.startsWith("connected ")) this.#server.connected++;
      if (serverIsDone instanceof RegExp && serverIsDone.test(line)) {
        this.#server.done++;
      }
      if (this.#server.done === this.#clients.length) {
        this.#serverIsDone.resolve();
      }
      const cue: Cue = { side: "server", line: this.#server.lines };
      for (const part of this.#clients) {
        if (part.demo.answers === "server") this.#hear(part, line, cue);
      }
      this.#news.resolve();
      this.#news = Promise.withResolvers();
    });
  }

  #startClient(
    part: Part,
    place: Place,
    words: readonly string[],
  ): Player {
    const number = this.#clients.indexOf(part) + 1;
    // In its own folder: where nothing stands between, it is called as the server is.
    const where = "path" in place
      ? ["--path", nameIn(place)]
      : ["--port", String(place.port)];
    const player = this.#start("client", where, words, (line, stream) => {
      if (stream === "stderr") return this.#isHere(part, number);
      part.lines++;
      const cue: Cue = { side: "client", number, line: part.lines };
      if (part.demo.answers !== "server") this.#hear(part, line, cue);
    });
    part.player = player;
    return player;
  }

  #start(
    side: Side,
    where: readonly string[],
    words: readonly string[],
    onPrinted: (line: string, stream: "stdout" | "stderr") => void,
  ): Player {
    const { pair, options, recorder } = this;
    const source = pair[side];
    const isForeign = !(source instanceof URL);
    const name = [isForeign ? source.name : `${side}.ts`, ...words].join(" ");
    const notes = isForeign && options.isRecorded
      ? new Notes(recorder.place(side, name))
      : undefined;
    if (side === "server") this.#serverNotes = notes;
    else if (this.#relay && notes) this.#relay.client = notes;
    const start = (): Command => {
      if (isForeign) return [...source.command, ...where, ...words];
      const tap = options.isRecorded ? recorder.flags(side, name) : [];
      const flags = options.addFlags?.(side, tap) ?? tap;
      const all = [...this.#permissionsOf(side, where), ...flags];
      return denoRun(source, all, [...where, ...words]);
    };
    const program = Program.start({
      label: `the ${side}`,
      folder: this.place,
      command: start(),
      isForeign,
      onLine: (line, stream) => {
        notes?.print(stream, line);
        options.onLine?.(side, line);
        onPrinted(line, stream);
      },
    });
    const player = new Player(program);
    this.players.push(player);
    return player;
  }

  /** A side's permissions. @param where The flag that says its address, and the value of that. */
  #permissionsOf(side: Side, [, path = ""]: readonly string[]) {
    const { permissions, place = "" } = this;
    const { address } = this.#lesson;
    if (!("path" in address)) return permissions[side];
    const there = { folder: place, own: address.path, path };
    return flagsForPath(permissions[side], there);
  }

  /** Waits until the server has so many clients, or has ended. */
  async #connected(count: number, { program }: Player): Promise<void> {
    const connect = async () => {
      while (this.#server.connected < count && !program.exit) {
        await Promise.race([this.#news.promise, program.exited]);
      }
    };
    await guard(within(CLIENT_MS, program.patience), connect());
  }

  /** A line is an answer to a client, unless the server only says that it is there. */
  #hear(part: Part, line: string, cue: Cue): void {
    const isAnswer = part.demo.typedOn?.test(line) ??
      !/^(listening on|connected) /.test(line);
    if (isAnswer) this.#typeNext(part, cue);
  }

  /** A client has said that it is connected. */
  #isHere(part: Part, number: number): void {
    const [first, ...others] = this.#clients;
    if (part === first || part.isHere) return;
    part.isHere = true;
    if (!others.every(({ isHere }) => isHere)) return;
    this.#allAreHere = { side: "client", number, line: 1, stream: "stderr" };
    if (first?.waiting) this.#typeNext(first, first.waiting);
  }

  /** Types the next line to a client, and ends its input after the last. */
  #typeNext(part: Part, cue: Cue): void {
    const { demo, untyped, player } = part;
    if (demo === this.demo && mustWait(this.demo, untyped)) {
      part.waiting = cue;
      if (!this.#allAreHere) return;
      if (typeof cue === "object") cue = { ...cue, and: this.#allAreHere };
    }
    const line = untyped.shift();
    if (line === undefined) return;
    player?.type(line, { cue });
    if (untyped.length === 0) player?.program.endInput();
  }

  /** Waits until the server ends, or until it has done and gets a Ctrl-C. @returns Its exit code, where it ends in time. */
  async #endServer(server: Player): Promise<number | undefined> {
    const { program } = server;
    const { demo, options: { isForPicture } } = this;
    if (demo.serverIsDone === "with its client") {
      if (isForPicture) {
        throw new UserError(
          "a picture needs a line that the server prints when it has done with its client",
          1,
        );
      }
      this.#serverIsDone.resolve();
    }
    const ends = program.exited.then(() => {});
    const isDone = demo.serverIsDone
      ? Promise.race([this.#serverIsDone.promise, ends])
      : ends;
    try {
      const limit = isForPicture ? CLIENT_MS : SERVER_MS;
      await guard(within(limit, program.patience), isDone);
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      if (isForPicture) {
        throw new UserError(
          `the server had not done after ${CLIENT_MS / 1000} s`,
          1,
        );
      } // otherwise the Ctrl-C comes all the same
    }
    if (program.exit) return program.exit.code;
    server.pressCtrlC();
    return await settled(SERVER_MS, program);
  }
}
