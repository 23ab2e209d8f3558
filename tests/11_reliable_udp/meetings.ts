/**
 * How the programs under test are met: a server that has files, a client that
 * has asked for something.
 *
 * @module
 */
import type { ClientActor, ServerActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf, type CaseOptions } from "../../kit/cases.ts";
import type { Script, ServerOptions } from "../../kit/script.ts";
import { type Contents, files } from "../07_md5_file_transfer/files.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import { ack, blocksOf, data, request } from "./packets.ts";
import { TftpPeer } from "./tftp_peer.ts";

/** A file of three blocks. */
export const FILE = random(1200);

/** A file of ten blocks: time enough to learn how long round trips take. */
export const LONG = random(512 * 9 + 100);

/** For cases in which the machine may be slow and nobody should give up. */
export const PATIENT = ["--tries", "20"];

/** A server with files, and a way to come to it. */
export interface MetServer {
  readonly script: Script;
  readonly server: ServerActor;
  readonly client: TftpPeer;
}

/** A server that has files is met by a client. */
export function storeCase(
  what: string,
  options: CaseOptions & { readonly there?: Contents },
  act: (met: MetServer) => Promise<void>,
): Case {
  return caseOf("server", what, options, async (script) => {
    const { there = { "store/file": FILE } } = options;
    await files(script, there);
    const server = await script.startServer(
      { args: PATIENT, ...options.server },
    );
    await act({ script, server, client: TftpPeer.client(script, server) });
  });
}

/** A whole file is read, block by block. */
export async function reads(client: TftpPeer, name: string, file: Uint8Array) {
  let next = request("read", name);
  for (const block of blocksOf(file)) {
    await client.asks([next], block);
    if (block.kind === "data") next = ack(block.block);
  }
  await client.sends(next);
}

/** Blocks that make 16 KiB, a disk that has no room for more. */
export async function fillsTheDisk(peer: TftpPeer): Promise<void> {
  const last = 32;
  await peer.script.step(
    `${peer.start.us} sends ${last} blocks of 512 bytes, and gets each acknowledged`,
    async () => {
      for (let block = 1; block <= last; block++) {
        await peer.hears(data(block, 512), [ack(block)]);
      }
    },
  );
  await peer.sends(data(last + 1, 100)); // who acknowledges it has kept the file
  await peer.getsError(3);
}

/** A client that has asked for something. */
export interface MetClient {
  readonly script: Script;
  readonly client: ClientActor;
  /** The port at which the server is known. */
  readonly door: TftpPeer;
  /** The port of this transfer. */
  readonly server: TftpPeer;
  /** The options that the client asked for. */
  readonly asked: ReadonlyMap<string, string>;
}

/** A client that gets or puts a file. @param call What it is told: `get file here/file`. */
export function askingCase(
  what: string,
  call: string,
  options: CaseOptions & {
    readonly there?: Contents;
    readonly through?: ServerOptions["through"];
  },
  act: (met: MetClient) => Promise<void>,
): Case {
  return caseOf("client", what, options, async (script) => {
    const { there = { "here/file": FILE } } = options;
    await files(script, there);
    const { args, through } = options;
    await act(await asks(script, call, args, through));
  });
}

/** A client is started and asks. @param call What it is told: `put here/file other`. */
export async function asks(
  script: Script,
  call: string,
  args: readonly string[] = PATIENT,
  through?: ServerOptions["through"],
): Promise<MetClient> {
  const door = TftpPeer.server(script);
  const [op = "", name = "", as] = call.split(" ");
  const client = await script.startClient(
    door,
    [...call.split(" "), ...args],
    "your",
    through,
  );
  const [kind, remote] = op === "get"
    ? ["read", name] as const
    : ["write", as ?? name.split("/").at(-1) ?? ""] as const;
  const asked = await door.getsRequest(kind, remote);
  const server = TftpPeer.server(script, "the server's port for this transfer");
  await server.follows(door);
  return { script, client, door, server, asked };
}
