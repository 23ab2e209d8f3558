/**
 * A scripted UDP peer in a script: each of its acts is a step.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import { quote } from "./bytes.ts";
import type { DatagramFault } from "./datagram_plan.ts";
import type { Script } from "./script.ts";
import { UdpPeer, type UdpPeerOptions } from "./udp_peer.ts";

/** A socket that talks with the program under test, as its client or as its server. */
export class UdpActor {
  /** An act of this peer becomes a step of this script. */
  private constructor(readonly script: Script, readonly peer: UdpPeer) {
    script.udpPeers.push(this);
  }

  /** Opens a socket for a script, which closes it. */
  static async open(
    script: Script,
    options: Omit<UdpPeerOptions, "ended" | "patience">,
  ): Promise<UdpActor> {
    return await script.step(`${options.us} opens a socket`, (add) => {
      const program = () =>
        script.programs.find(({ label }) => label === options.label);
      const ended = () => program()?.exited;
      const { patience } = script;
      const peer = new UdpPeer({ ...options, ended, patience });
      const actor = new UdpActor(script, peer);
      script.onEnd(() => actor.peer.close());
      add(` at ${formatAddress(actor.address)}`);
      return actor;
    });
  }

  /** Where its socket is. */
  get address(): Address {
    return this.peer.address;
  }

  /** It sends a datagram, or several in one go, with faults. */
  async sends(
    data: string | Uint8Array | readonly (string | Uint8Array)[],
    ...faults: DatagramFault[]
  ): Promise<void> {
    const isOne = typeof data === "string" || data instanceof Uint8Array;
    const datagrams = isOne ? [data] : data;
    const what = datagrams.map(quote).join(", then ");
    const how = faults.map((fault) => fault.says).join(", ");
    await this.script.step(
      `${this.peer.us} sends ${what}${how && `, ${how}`}`,
      () => this.peer.send(datagrams, ...faults),
    );
  }

  /**
   * The program under test sends this datagram next.
   *
   * @returns When it was read, by `performance.now()`: never before it was sent.
   */
  async gets(data: string | Uint8Array): Promise<number> {
    return await this.script.step(
      `${this.peer.us} gets ${quote(data)}`,
      () => this.peer.expect(data),
    );
  }

  /** The program under test has sent nothing else so far. */
  async hasGotNoMore(): Promise<void> {
    await this.script.step(
      `${this.peer.us} has got nothing more`,
      () => this.peer.expectNoMore(),
    );
  }

  /** It closes its socket. Nobody is told: UDP has no goodbye. */
  async leaves(): Promise<void> {
    await this.script.step(
      `${this.peer.us} closes its socket`,
      () => this.peer.close(),
    );
  }
}
