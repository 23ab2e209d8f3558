// a time-out of twice the longest of the last eight round trips
import { runAnyClient } from "./any_client.ts";
import { Line } from "./line.ts";
import { NodeSocket } from "./node_socket.ts";

class OtherLine extends Line {
  readonly #trips: number[] = [];

  override learn(ms: number): void {
    this.#trips.push(ms);
    const longest = Math.max(...this.#trips.slice(-8));
    this.wait = Math.min(5000, Math.max(50, 2 * longest));
  }
}

await runAnyClient(() => new NodeSocket(), OtherLine);
