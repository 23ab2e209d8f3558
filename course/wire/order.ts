/**
 * The order in which the moments of several programs are told.
 *
 * Cause comes first: a byte is read after it is written, a connection accepted
 * after it is asked for. What cause leaves open either the clocks decide, which
 * disagree and say something else at each run, or a rule:
 *
 * 1. The server's moments stand before the client's.
 * 2. Of one program's, what it does stands before what comes to it.
 * 3. What follows the latest moment stands first, so that a task goes on before
 *    another one begins.
 *
 * The rule looks at nothing that a delay can change: with it a story is the
 * same for every run in which the programs make the same calls, if the
 * recordings tell which moment follows which (`causes.ts`). Where they do not,
 * a program's moments stand as they were recorded.
 *
 * @module
 */
import type { Call, Cue, Moment, PrintedCue } from "./recording.ts";
import type { Joint } from "./joint.ts";
import type { Order } from "./story.ts";

/** A moment in the order of all of them. */
export interface Node {
  /** The program: its place among the recordings. */
  readonly program: number;
  /** What happened. */
  readonly moment: Moment;
  /** Its place in the program's recording. */
  readonly place: number;
  /** What stands before it. */
  readonly needs: Set<Node>;
  /** Where it stands, once that is known. */
  position?: number;
}

/** Puts all moments of all programs in order, each after what it needs. */
export function putInOrder(joint: Joint, order: Order): Node[] {
  const graph = new Graph(joint, order);
  const followers = graph.followers();
  const left = new Map(graph.nodes.map((node) => [node, node.needs.size]));
  const ready = graph.nodes.filter(({ needs }) => needs.size === 0);
  const ordered: Node[] = [];
  while (ordered.length < graph.nodes.length) {
    // Where a broken recording makes a circle, the clock decides.
    const next = first(ready, (node) => graph.rank(node)) ??
      first(graph.heads(), ({ moment }) => [moment.at]);
    if (!next) break;
    next.position = ordered.length;
    ordered.push(next);
    const at = ready.indexOf(next);
    if (at !== -1) ready.splice(at, 1);
    for (const node of followers.get(next) ?? []) {
      const count = (left.get(node) ?? 0) - 1;
      left.set(node, count);
      if (count === 0 && node.position === undefined) ready.push(node);
    }
  }
  return ordered;
}

/** The moments, and what each needs. */
class Graph {
  readonly #lists: readonly (readonly Node[])[];
  readonly #starts = new Map<Call, Node>();
  readonly #ends = new Map<Call, Node>();
  readonly nodes: readonly Node[];

  constructor(readonly joint: Joint, readonly order: Order) {
    this.#lists = joint.recordings.map(({ moments }, program) =>
      moments.map((moment, place) => ({
        program,
        moment,
        place,
        needs: new Set<Node>(),
      }))
    );
    this.nodes = this.#lists.flat();
    for (const node of this.nodes) {
      const { moment } = node;
      if (moment.type === "start") this.#starts.set(moment.call, node);
      if (moment.type === "end") this.#ends.set(moment.call, node);
    }
    const hasCauses = (list: readonly Node[]) =>
      order === "cause" && list.some(({ moment }) => causeOf(moment));
    for (const list of this.#lists) {
      if (hasCauses(list)) followCauses(list);
      else followRecord(list);
    }
    this.#followOthers();
    for (const list of this.#lists.filter(hasCauses)) this.#followTypist(list);
  }

  /** Which moments need a moment. */
  followers(): Map<Node, Node[]> {
    const followers = new Map<Node, Node[]>();
    for (const node of this.nodes) {
      for (const need of node.needs) {
        const others = followers.get(need);
        if (others) others.push(node);
        else followers.set(need, [node]);
      }
    }
    return followers;
  }

  /** What decides between moments that need nothing more: the least stands first. */
  rank({ program, moment, place, needs }: Node): number[] {
    if (this.order === "clock") return [moment.at, program, place];
    const isServer = this.joint.recordings[program]?.side === "server";
    let latest = -1;
    for (const { position = -1 } of needs) latest = Math.max(latest, position);
    const start = moment.type === "end"
      ? this.#starts.get(moment.call)?.position ?? 0
      : 0;
    return [
      program + (isServer ? 0 : this.joint.recordings.length),
      comesFromOutside(moment) ? 1 : 0,
      -latest,
      start,
      causeOf(moment)?.id ?? place,
    ];
  }

  /** Of each program the first moment that has no place yet. */
  heads(): Node[] {
    return this.#lists.flatMap((list) =>
      list.find(({ position }) => position === undefined) ?? []
    );
  }

  /** What one program does needs what another has done. */
  #followOthers(): void {
    const { joint } = this;
    const exits = new Map(this.#lists.map((list, program) => [
      joint.recordings[program],
      list.find(({ moment }) => moment.type === "exit"),
    ]));
    for (const { moment, program, needs } of this.nodes) {
      if (moment.type !== "typed" || !moment.isAfterOthers) continue;
      for (const [other, exit] of exits) {
        if (exit && other !== joint.recordings[program]) needs.add(exit);
      }
    }
    const need = (
      later: Call,
      earlier: Node | undefined,
      nodes: ReadonlyMap<Call, Node> = this.#ends,
    ) => {
      if (earlier) nodes.get(later)?.needs.add(earlier);
    };
    for (const { opened, peer, reads } of joint.allEnds()) {
      if (opened.call === "connect") {
        const door = joint.doorAt(opened.remote ?? opened.address, "listen");
        if (door) need(opened, this.#ends.get(door.opened), this.#starts);
      } else if (peer) need(opened, this.#starts.get(peer.opened));
      if (!peer) continue;
      for (const read of reads) {
        const isEnd = read.count === null ||
          read.error?.name === "ConnectionReset";
        const close = peer.closes[0];
        if (isEnd) {
          need(
            read,
            close ? this.#starts.get(close) : exits.get(peer.program),
          );
        }
      }
    }
    for (const [read, segments] of joint.segments) {
      const write = segments.at(-1)?.write;
      if (write) need(read, this.#starts.get(write));
    }
  }

  /** What was typed stands behind its cue, and before what the program did then. */
  #followTypist(list: readonly Node[]): void {
    let last: Node | undefined;
    for (const node of list) {
      const { moment, needs } = node;
      if (moment.type !== "typed" || moment.cue === undefined) continue;
      if (last) needs.add(last);
      last = node;
      if (moment.cue === "done") this.#standBehindAll(node, list);
      else this.#standBehindCue(node, moment.cue, list);
    }
  }

  /** Ctrl-C stands behind all that a program did by itself, and before what it did then. */
  #standBehindAll(typed: Node, list: readonly Node[]): void {
    const signals = list.filter(({ moment }) => moment.type === "signal");
    const then = this.#behind(signals);
    for (const node of list) {
      const isThen = then.has(node) || node.moment.type === "exit";
      if (isThen) node.needs.add(typed);
      else if (node !== typed) typed.needs.add(node);
    }
  }

  #standBehindCue(
    typed: Node,
    cue: Exclude<Cue, "done">,
    list: readonly Node[],
  ): void {
    const anchor = cue === "begun"
      ? this.#firstReturn(list) // before it nobody listens
      : this.#printed(cue);
    if (!anchor) return;
    typed.needs.add(anchor);
    const other = cue !== "begun" && cue.and && this.#printed(cue.and);
    if (other) typed.needs.add(other);
    const before = reach([typed], ({ needs }) => needs);
    const behind = this.#behind([anchor]);
    for (const node of list) {
      if (node.moment.type === "typed" || before.has(node)) continue;
      if (behind.has(node)) node.needs.add(typed);
    }
  }

  /** Some moments, and all that need them. */
  #behind(nodes: readonly Node[]): ReadonlySet<Node> {
    const followers = this.followers();
    return reach(nodes, (node) => followers.get(node) ?? []);
  }

  /** The return of the first call that was made and has returned. */
  #firstReturn(list: readonly Node[]): Node | undefined {
    for (const { moment } of list) {
      const end = "call" in moment ? this.#ends.get(moment.call) : undefined;
      if (end) return end;
    }
    return undefined;
  }

  /** A line that a program has printed. */
  #printed(
    { side, number = 1, line, stream = "stdout" }: PrintedCue,
  ): Node | undefined {
    const lists = this.#lists.filter((_, i) =>
      this.joint.recordings[i]?.side === side
    );
    return lists[number - 1]?.filter(({ moment }) =>
      moment.type === "print" && moment.stream === stream
    )[line - 1];
  }
}

/** Each moment stands behind the one that was recorded before it. */
function followRecord(list: readonly Node[]): void {
  for (const { needs, place } of list) {
    const previous = list[place - 1];
    if (previous) needs.add(previous);
  }
}

/** Each moment stands behind those that it follows. */
function followCauses(list: readonly Node[]): void {
  const byId = new Map(list.map((node) => [causeOf(node.moment)?.id, node]));
  const starts = new Map<Call, Node>();
  const latest = new Map<string, Node>();
  const isBehind = ({ needs }: Node, other: Node | undefined) => {
    if (other) needs.add(other);
  };
  for (const node of list) {
    const { moment } = node;
    if (moment.type === "typed" && moment.cue !== undefined) continue;
    const { after = [] } = causeOf(moment) ?? {};
    for (const id of after) isBehind(node, byId.get(id));
    if (after.length === 0) {
      // A timer did it, say, or the program ended: what was recorded is all that is known.
      for (const other of list.slice(0, node.place)) {
        if (other.moment.type !== "typed") isBehind(node, other);
      }
    }
    if (moment.type !== "start" && moment.type !== "end") continue;
    const { type, call } = moment;
    if (type === "start") starts.set(call, node);
    else isBehind(node, starts.get(call));
    // The calls of one kind on one socket take turns.
    const socket = call.call === "accept" ? call.listener : call.socket;
    const turn = `${type} ${call.call} ${socket}`;
    isBehind(node, latest.get(turn));
    latest.set(turn, node);
    const { error } = call;
    if (error?.name === "Interrupted" || error?.name === "BadResource") {
      isBehind(node, latest.get(`start close ${socket}`));
    }
  }
}

/** Some moments, and all that can be reached from them. */
function reach(from: readonly Node[], next: (node: Node) => Iterable<Node>) {
  const found = new Set(from);
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}

/** Whether a moment is one at which something came: a connection or bytes. The return of a write says nothing. */
function comesFromOutside(moment: Moment): boolean {
  return moment.type === "end" &&
    ["accept", "read", "receive"].includes(moment.call.call);
}

function causeOf(moment: Moment) {
  return "cause" in moment ? moment.cause : undefined;
}

/** The node with the least rank. */
function first(
  nodes: readonly Node[],
  rankOf: (node: Node) => readonly number[],
): Node | undefined {
  let best: { node: Node; rank: readonly number[] } | undefined;
  for (const node of nodes) {
    const rank = rankOf(node);
    if (!best || isLess(rank, best.rank)) best = { node, rank };
  }
  return best?.node;
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  for (const [i, number] of one.entries()) {
    const difference = number - (other[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
