/**
 * A scripted UDP peer in a script: each of its acts is a step.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import { quote } from "./bytes.ts";
import type { DatagramFault } from "./datagram_plan.ts";
import type { Scene } from "./scene.ts";
import { UdpPeer, type UdpPeerOptions } from "./udp_peer.ts";

/** A socket that talks with the program under test, as its client or as its server. */
export class UdpActor {
  /** An act of this peer becomes a step of this script. */
  private constructor(readonly scene: Scene, readonly peer: UdpPeer) {
    scene.actors.push(this);
  }

  /** Opens a socket for a script, which closes it. */
  static async open(
    scene: Scene,
    options: Omit<UdpPeerOptions, "patience">,
  ): Promise<UdpActor> {
    return await scene.step(`${options.us} opens a socket`, (add) => {
      const peer = new UdpPeer({ ...options, patience: scene.patience });
      const actor = new UdpActor(scene, peer);
      scene.onEnd(() => actor.peer.close());
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
    await this.scene.step(
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
    return await this.scene.step(
      `${this.peer.us} gets ${quote(data)}`,
      () => this.peer.expect(data),
    );
  }

  /** The program under test has sent nothing else so far. */
  async hasGotNoMore(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} has got nothing more`,
      () => this.peer.expectNoMore(),
    );
  }

  /** It closes its socket. Nobody is told: UDP has no goodbye. */
  async leaves(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} closes its socket`,
      () => this.peer.close(),
    );
  }
}
