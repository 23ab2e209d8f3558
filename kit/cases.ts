/**
 * Cases that begin with their subject: a program under test that has met its
 * scripted peer.
 *
 * @module
 */
import type { ClientActor, ServerActor } from "./actors.ts";
import type { Case } from "./case.ts";
import type { Script, ServerOptions } from "./script.ts";
import type { ServerPeer } from "./server_peer.ts";
import type { TcpPeer } from "./tcp_peer.ts";
import type { UdpPeer } from "./udp_peer.ts";

/** What else may be said of a case. */
export interface CaseOptions
  extends Pick<Case, "guards" | "known" | "only" | "waits"> {
  /** How a server is started. */
  readonly server?: ServerOptions;
  /** A client's arguments, after `--port`. */
  readonly args?: readonly string[];
  /** Whether the peer may reset the connection. */
  readonly canReset?: boolean;
  /** How much the program may print, in bytes; 1 MiB unless told otherwise. */
  readonly mostOutput?: number;
}

/** A server under test and its client, connected. */
export interface MetServer {
  /** The case's script, for more than these two. */
  readonly script: Script;
  /** The server under test. */
  readonly server: ServerActor;
  /** The scripted client. */
  readonly client: TcpPeer;
}

/** A client under test and its server, connected. */
export interface MetClient {
  /** The case's script, for more than these two. */
  readonly script: Script;
  /** The client under test. */
  readonly client: ClientActor;
  /** The scripted server's end of the connection. */
  readonly conn: TcpPeer;
  /** The scripted server's listener. */
  readonly server: ServerPeer;
}

/** Starts the server under test and connects a scripted client. */
export async function meetServer(
  script: Script,
  options: CaseOptions = {},
): Promise<MetServer> {
  const server = await script.startServer(options.server);
  const client = await script.connect(server, options);
  return { script, server, client };
}

/** Starts the client under test, which connects to a scripted server. */
export async function meetClient(
  script: Script,
  options: CaseOptions = {},
): Promise<MetClient> {
  const server = await script.listen(options);
  const client = await script.startClient(server, options.args ?? []);
  return { script, client, conn: await client.connects(server), server };
}

/** A case of a server on TCP. @param what What it does, after "server". */
export function serverCase(
  what: string,
  options: CaseOptions,
  act: (met: MetServer) => Promise<void>,
): Case {
  return caseOf("server", what, options, async (script) => {
    await act(await meetServer(script, options));
  });
}

/** A case of a client on TCP. @param what What it does, after "client". */
export function clientCase(
  what: string,
  options: CaseOptions,
  act: (met: MetClient) => Promise<void>,
): Case {
  return caseOf("client", what, options, async (script) => {
    await act(await meetClient(script, options));
  });
}

/** A case of a server on UDP and a scripted client. @param what What it does, after "server". */
export function udpServerCase(
  what: string,
  options: CaseOptions,
  act: (
    met: { script: Script; server: ServerActor; client: UdpPeer },
  ) => Promise<void>,
): Case {
  return caseOf("server", what, options, async (script) => {
    const server = await script.startServer(options.server);
    await act({ script, server, client: await script.openUdp(server) });
  });
}

/** A case of a client on UDP and a scripted server. @param what What it does, after "client". */
export function udpClientCase(
  what: string,
  options: CaseOptions,
  act: (
    met: { script: Script; client: ClientActor; server: UdpPeer },
  ) => Promise<void>,
): Case {
  return caseOf("client", what, options, async (script) => {
    const server = await script.bindUdp();
    await act({
      script,
      server,
      client: await script.startClient(server, options.args ?? []),
    });
  });
}

/** A case of a program that meets its peer in its own way. @param what What it does, after the role. */
export function caseOf(
  role: "server" | "client",
  what: string,
  { guards = [], known = [], only, waits, mostOutput }: CaseOptions,
  act: (script: Script) => Promise<void>,
): Case {
  return {
    name: `${role} ${what}`,
    role,
    guards,
    known,
    ...(only ? { only } : {}),
    ...(waits ? { waits } : {}),
    async script(script) {
      if (mostOutput !== undefined) script.mostOutput = mostOutput;
      await act(script);
    },
  };
}
