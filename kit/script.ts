/**
 * A script: the numbered steps of a case, and the programs and peers that act in it.
 *
 * Each step says what it does before it does it, so that a verdict can print
 * the story up to the step that failed.
 *
 * @module
 */
import type { DefaultAddress, Permissions } from "@lessons/catalogue.ts";
import {
  formatAddress,
  type PathAddress,
  type Place,
} from "@lessons/program.ts";
import type { Command, Pair, Side } from "@lessons/places.ts";
import { ClientActor, ProgramActor, ServerActor } from "./actors.ts";
import { Failure } from "./failure.ts";
import { guard, Hang, within } from "./guard.ts";
import { fromFileUrl } from "./file_url.ts";
import { flagsForPath, wholePath } from "./path_flags.ts";
import { MEMORY_FLAGS, withMemoryLimit } from "./memory_limit.ts";
import { denoRun, Program } from "./program.ts";
import { ownProgram } from "./python.ts";
import { quiet, type Scene } from "./scene.ts";
import { ServerPeer } from "./server_peer.ts";
import { SharedPatience } from "./strain.ts";
import { TcpPeer } from "./tcp_peer.ts";
import { UdpPeer } from "./udp_peer.ts";
import { DenoWire, NodeWire, type Wire } from "./wire.ts";

export type { Side };

/** Whose program acts: the one under test, or the solution. */
export type Whose = "your" | "our";

/**
 * Gives more of Deno's flags for a program.
 *
 * @param label What a verdict calls the program: `your server`.
 */
export type ProgramFlags = (side: Side, label: string) => readonly string[];

/** What a script acts with. */
export interface Stage {
  /** The programs under test, and the solution's. */
  readonly programs: Readonly<Record<Whose, Pair>>;
  /** What each pair may do. */
  readonly permissions: Readonly<Record<Whose, Permissions>>;
  /** The lesson's own address: a port, or a path in the folder. */
  readonly address: DefaultAddress;
  /** The folder in which the programs run, where they need one of their own. */
  readonly folder?: string | undefined;
  /** The folder of the lesson's classic Python programs. */
  readonly python: URL;
  /** More of Deno's flags for a program: a module to load before it, say. */
  readonly flags?: ProgramFlags;
}

/** How a server is started. */
export interface ServerOptions {
  /** Its arguments, after `--port`. */
  readonly args?: readonly string[];
  /** The path that it is given, where its address is a path; the lesson's own unless told otherwise. */
  readonly path?: string;
  /** `your` unless told otherwise. */
  readonly whose?: Whose;
  /** A module that is loaded before it, where Deno runs it. */
  readonly preload?: URL;
  /** Makes of the command that starts it another one, which starts it with a limit, say. */
  readonly through?: (command: Command) => Command;
}

/** Somebody was asked for who does not act in the script yet. */
export class NobodyError extends Error {
  /** `NobodyError`. */
  override name = "NobodyError";

  /** An error about nobody. */
  constructor() {
    super("Cannot find one: none acts yet");
  }
}

/** The steps of a case, as they happen. */
export class Script implements Scene, AsyncDisposable {
  /** What was done so far; the last one is the one that failed, if one did. */
  readonly steps: string[] = [];
  /** The programs that were started. */
  readonly programs: Program[] = [];
  /** Who acts in it, in the order in which they came. */
  readonly actors: object[] = [];
  /** How long a step may take. */
  readonly patience: SharedPatience = new SharedPatience(() =>
    this.programs.map(({ strain }) => strain)
  );
  /** How much a program may print on each stream, in bytes; for a script that makes one print much. */
  mostOutput = 1024 * 1024;
  readonly #closers: (() => void)[] = [];

  /** A script that has not begun. @param stage What it acts with. */
  constructor(readonly stage: Stage) {}

  /** Does one step. */
  async step<T>(
    says: string,
    act: (add: (more: string) => void) => T | Promise<T>,
  ): Promise<T> {
    const index = this.steps.push(says) - 1;
    return await act((more) => this.steps[index] += more);
  }

  /**
   * Starts a server on a free port, or at its path, and waits for its ready line.
   *
   * @param options How.
   */
  async startServer(options: ServerOptions = {}): Promise<ServerActor> {
    const server = await this.launchServer(0, options);
    await server.listens();
    return server;
  }

  /** Starts a server and waits for nothing: for those that should refuse to run. @param port What `--port` gets, where its address has one. */
  async launchServer(
    port: number | string,
    options: ServerOptions = {},
  ): Promise<ServerActor> {
    const { args = [], whose = "your", preload, through } = options;
    const path = this.#pathOr(options.path);
    const where = path === undefined
      ? ["--port", String(port)]
      : ["--path", path];
    const all = [...where, ...args];
    const program = await this.#start("server", whose, all, {
      ...{ path, preload, through },
    });
    return new ServerActor(this, program, this.#placeOf(path));
  }

  /** The lesson's own path, or another one; `undefined` where its address is no path. */
  #pathOr(path?: string): string | undefined {
    const { address } = this.stage;
    return "path" in address ? path ?? address.path : undefined;
  }

  /** Where something is that has this path, for this process, which runs in another folder. */
  #placeOf(path: string | undefined): PathAddress | undefined {
    return path === undefined
      ? undefined
      : { transport: "unix", path: this.whole(path) };
  }

  /** A path as a whole one, from the folder in which the programs run. */
  whole(path: string): string {
    return wholePath(this.stage.folder ?? "", path);
  }

  /** Starts a client for a server. @param args Go after `--port`. @param through Makes of the command that starts it another one. */
  async startClient(
    { place }: { readonly place: Place },
    args: readonly string[],
    whose: Whose = "your",
    through?: ServerOptions["through"],
  ): Promise<ClientActor> {
    const where = "path" in place
      ? ["--path", place.path]
      : ["--port", String(place.port)];
    const path = "path" in place ? place.path : undefined;
    return await this.launchClient([...where, ...args], whose, path, through);
  }

  /** Starts a client with these arguments and no others. @param path The path that stands among them, where it is not the lesson's own. */
  async launchClient(
    args: readonly string[],
    whose: Whose = "your",
    path = this.#pathOr(),
    through?: ServerOptions["through"],
  ): Promise<ClientActor> {
    const program = await this.#start("client", whose, args, {
      path,
      through,
    });
    return new ClientActor(this, program);
  }

  /** Starts the lesson's classic Python server, on a free port. @param name Its file, without `.py`. */
  async startPythonServer(name = "server"): Promise<ServerActor> {
    const path = this.#pathOr();
    const args = path === undefined ? [] : [path];
    const program = await this.#startPython(name, args);
    const server = new ServerActor(this, program, this.#placeOf(path));
    await server.listens();
    return server;
  }

  /** Starts the lesson's classic Python client. */
  async startPythonClient(
    { place }: { readonly place: Place },
    name = "client",
  ): Promise<ClientActor> {
    const where = "path" in place ? place.path : String(place.port);
    return new ClientActor(this, await this.#startPython(name, [where]));
  }

  /** Starts another program of the course. @param flags Its permissions. */
  async launch(
    label: string,
    file: URL,
    flags: readonly string[],
    args: readonly string[],
  ): Promise<Program> {
    const name = file.pathname.split("/").at(-1) ?? "";
    return await this.#run(label, name, args, denoRun(file, flags, args));
  }

  /** Connects a scripted client to a server. @param options `us`: what a verdict calls it, where there are several. */
  async connect(
    server: ServerActor,
    options: { canReset?: boolean; us?: string } = {},
  ): Promise<TcpPeer> {
    const { us = "the client" } = options;
    return await this.step(
      `${options.us ?? "a client"} connects`,
      async (add) => {
        const wire = await this.#dial(server, options.canReset);
        if (!("path" in server.place)) add(` from ${wire.address}`);
        return new TcpPeer(this, wire, server.label, us);
      },
    );
  }

  /** Connects one of many scripted clients, all of them in one step: what it does is not told. @param us What a verdict calls it. */
  async connectQuietly(server: ServerActor, us: string): Promise<TcpPeer> {
    const wire = await this.#dial(server);
    return new TcpPeer(quiet(this), wire, server.label, us);
  }

  async #dial(server: ServerActor, canReset = false): Promise<Wire> {
    let wire: Wire;
    try {
      wire = await guard(this.patience, dial(server.place, canReset));
    } catch (error) {
      throw error instanceof Hang
        ? Failure.ofSilence(
          error,
          `${server.label} did not take a connection for ${error.time}`,
        )
        : new Failure(
          error instanceof Deno.errors.NotFound
            ? `nothing stood at the path of ${server.label}; it was expected to be there as long as it listens, from its ready line on`
            : `${server.label} refused a connection; does it still hold its listener open?`,
        );
    }
    this.onEnd(() => wire.close());
    return wire;
  }

  /** Opens a scripted server for one client. */
  async listen(
    options: { canReset?: boolean; port?: number } = {},
  ): Promise<ServerPeer> {
    return await this.step("a server listens", async (add) => {
      const server = options.canReset
        ? await ServerPeer.withReset(this)
        : ServerPeer.plain(this, this.#placeOf(this.#pathOr()) ?? options.port);
      add(` on ${formatAddress(server.place)}`);
      return server;
    });
  }

  /** Opens a scripted UDP server for the client under test, which may ask again whenever an answer is late. */
  async bindUdp(port = 0): Promise<UdpPeer> {
    return await UdpPeer.open(this, {
      port,
      label: "your client",
      us: "the server",
      mayAskAgain: true,
      ended: () =>
        this.programs.findLast(({ label }) => label === "your client")?.exited,
    });
  }

  /** Opens a scripted UDP client for a server. @param us What a verdict calls it. */
  async openUdp(server: ServerActor, us = "the client"): Promise<UdpPeer> {
    return await UdpPeer.open(this, {
      label: server.label,
      us,
      other: server.address,
      ended: () => server.program.exited,
    });
  }

  /** The program under test that was started last. @throws {NobodyError} Where there is none. */
  get yours(): ProgramActor {
    return lastOf(
      this.actors.filter((actor) => actor instanceof ProgramActor)
        .filter(({ label }) => label.startsWith("your")),
    );
  }

  /** The server program that was started last. @throws {NobodyError} Where there is none. */
  get server(): ServerActor {
    return lastOf(this.actors.filter((actor) => actor instanceof ServerActor));
  }

  /** The client program that was started last. @throws {NobodyError} Where there is none. */
  get client(): ClientActor {
    return lastOf(this.actors.filter((actor) => actor instanceof ClientActor));
  }

  /** The scripted peer that was connected last. @throws {NobodyError} Where there is none. */
  get peer(): TcpPeer {
    return lastOf(this.actors.filter((actor) => actor instanceof TcpPeer));
  }

  /** The scripted peer whose UDP socket was opened last. @throws {NobodyError} Where there is none. */
  get udpPeer(): UdpPeer {
    return lastOf(this.actors.filter((actor) => actor instanceof UdpPeer));
  }

  /** Has something closed when the script ends, however it ends. */
  onEnd(close: () => void): void {
    this.#closers.push(close);
  }

  /** Waits for programs that are about to say why they end. @param ms How long at most, on a machine that keeps up. */
  async lastWords(ms: number): Promise<void> {
    const patience = within(ms, this.patience);
    for (const program of this.programs) await program.lastWords(patience);
  }

  /** Ends the peers and the programs: what these printed is then complete. */
  async end(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) close();
    for (const program of this.programs) await program.end();
  }

  /** Ends all that acts in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  async #start(
    side: Side,
    whose: Whose,
    args: readonly string[],
    { path, preload, through = (command) => command }: {
      readonly path: string | undefined;
      readonly preload?: URL | undefined;
      readonly through?: ServerOptions["through"];
    },
  ): Promise<Program> {
    const label = `${whose} ${side}`;
    const source = this.stage.programs[whose][side];
    if (!(source instanceof URL)) {
      const command: Command = [...source.command, ...args];
      return await this.#run(label, source.name, args, through(command), true);
    }
    const flags = [
      ...preload ? [`--preload=${preload.href}`] : [],
      ...this.stage.flags?.(side, label) ?? [],
    ];
    const { address, folder = "", permissions } = this.stage;
    const allowed = path === undefined || !("path" in address)
      ? permissions[whose][side]
      : flagsForPath(permissions[whose][side], {
        ...{ folder, own: address.path, path },
      });
    const command = denoRun(
      source,
      [...MEMORY_FLAGS, ...allowed, ...flags],
      args,
    );
    return await this.#run(
      label,
      `${side}.ts`,
      args,
      through(withMemoryLimit(command)),
    );
  }

  async #startPython(name: string, args: readonly string[]): Promise<Program> {
    const file = new URL(`${name}.py`, this.stage.python);
    const [python, ...first] = ownProgram(fromFileUrl(file));
    const label = `the Python ${name}`;
    const command: Command = [python, ...first, ...args];
    return await this.#run(label, `${name}.py`, args, command);
  }

  async #run(
    label: string,
    file: string,
    args: readonly string[],
    command: Command,
    isForeign = false,
  ): Promise<Program> {
    const words = [file, ...args.map(shellWord)].join(" ");
    return await this.step(`${label} starts: ${words}`, () => {
      const { mostOutput, patience, stage: { folder } } = this;
      const program = Program.start({
        label,
        command,
        mostOutput,
        patience,
        folder,
        isForeign,
      });
      this.programs.push(program);
      return program;
    });
  }
}

async function dial(place: Place, canReset = false): Promise<Wire> {
  if ("path" in place) return new DenoWire(await Deno.connect(place));
  if (!canReset) return new DenoWire(await Deno.connect(place));
  const net = await import("node:net");
  return await new Promise((resolve, reject) => {
    const { hostname: host, port } = place;
    const socket = net.connect({ host, port, allowHalfOpen: true });
    socket.once("error", reject);
    socket.once("connect", () => resolve(new NodeWire(socket)));
  });
}

function lastOf<T>(actors: readonly T[]): T {
  const last = actors.at(-1);
  if (last === undefined) throw new NobodyError();
  return last;
}

function shellWord(arg: string): string {
  return /^[\w./:-]+$/.test(arg) ? arg : JSON.stringify(arg);
}
