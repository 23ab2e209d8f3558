/**
 * What belongs together in the recordings of several programs.
 *
 * TCP delivers every byte once and in order, so byte k that was written is byte
 * k that is read: that tells which writes a read holds. Datagrams are matched
 * by their addresses, content and order.
 *
 * @module
 */
import type {
  AcceptCall,
  CloseCall,
  ConnectCall,
  ListenCall,
  ReadCall,
  ReceiveCall,
  Recording,
  SendCall,
  WriteCall,
} from "./recording.ts";

/** One end of a connection. */
export interface End {
  /** Whose it is. */
  readonly program: Recording;
  /** The call that gave it. */
  readonly opened: ConnectCall | AcceptCall;
  /** Its reads, in order. */
  readonly reads: ReadCall[];
  /** Its writes, in order. */
  readonly writes: WriteCall[];
  /** Its half-close and its close. */
  readonly closes: CloseCall[];
  /** The other end, where that is recorded. */
  peer?: End;
  /** The connection's number, from 1; 0 until it is told of. */
  connection: number;
}

/** A listener or a datagram socket. */
export interface Door {
  /** Whose it is. */
  readonly program: Recording;
  /** The call that gave it. */
  readonly opened: ListenCall;
}

/** A part of a read, whose write has no number yet. */
export interface LooseSegment {
  /** The write; absent where it was not recorded. */
  readonly write?: WriteCall | SendCall;
  /** Where in the write it begins. */
  readonly from: number;
  /** Where in the write it ends, exclusive. */
  readonly to: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
}

/** What belongs to what. */
export class Joint {
  /** Each program's ends of connections, by the numbers of their sockets. */
  readonly ends = new Map<Recording, Map<number, End>>();
  /** Each program's listeners and datagram sockets, by their numbers. */
  readonly doors = new Map<Recording, Map<number, Door>>();
  /** Which parts of which writes a read holds. */
  readonly segments = new Map<ReadCall | ReceiveCall, LooseSegment[]>();
  /** What came again: the network had doubled it. */
  readonly copies = new Set<ReceiveCall>();
  /** What came late, and the datagram that was sent behind it and came before. */
  readonly overtaken = new Map<ReceiveCall, SendCall>();
  /** How many bytes of a write were read. */
  readonly arrived = new Map<WriteCall | SendCall, number>();
  /** How many connections have a number. */
  connections = 0;
  readonly #doorsByAddress = new Map<string, Door>();

  /** Finds out what belongs together. @param recordings Of all programs. */
  constructor(readonly recordings: readonly Recording[]) {
    for (const recording of recordings) this.#sort(recording);
    this.#pair();
    for (const end of this.allEnds()) if (end.peer) this.#joinStream(end);
    this.#joinDatagrams();
  }

  /** The ends of all programs. */
  *allEnds(): Generator<End> {
    for (const ends of this.ends.values()) yield* ends.values();
  }

  /** The listener or datagram socket at an address, where it is recorded. */
  doorAt(address: string, kind: "listen" | "bind"): Door | undefined {
    const port = /:\d+$/.exec(address)?.[0] ?? "";
    return [plain(address), `0.0.0.0${port}`, `[::]${port}`]
      .map((local) => this.#doorsByAddress.get(`${kind} ${local}`))
      .find((door) => door !== undefined);
  }

  #sort(program: Recording): void {
    const ends = new Map<number, End>();
    const doors = new Map<number, Door>();
    this.ends.set(program, ends);
    this.doors.set(program, doors);
    for (const moment of program.moments) {
      if (moment.type === "end") {
        const { call } = moment;
        if (call.error || !("socket" in call)) continue;
        const { socket } = call;
        if (socket === undefined) continue;
        if (call.call === "listen" || call.call === "bind") {
          const door = { program, opened: call };
          doors.set(socket, door);
          const key = `${call.call} ${plain(call.local ?? "")}`;
          this.#doorsByAddress.set(key, door);
        } else if (call.call === "connect" || call.call === "accept") {
          ends.set(socket, {
            program,
            opened: call,
            reads: [],
            writes: [],
            closes: [],
            connection: 0,
          });
        }
      } else if (moment.type === "start") {
        const { call } = moment;
        if (call.call === "read") ends.get(call.socket)?.reads.push(call);
        if (call.call === "write") ends.get(call.socket)?.writes.push(call);
        if (call.call === "close" || call.call === "closeWrite") {
          ends.get(call.socket)?.closes.push(call);
        }
      }
    }
  }

  /** Finds the two ends of each connection: what one calls local the other calls remote. */
  #pair(): void {
    const waiting = new Map<string, End[]>();
    for (const end of this.allEnds()) {
      if (end.opened.call === "connect") {
        const key = this.#keyOf(end);
        waiting.set(key, [...waiting.get(key) ?? [], end]);
      }
    }
    for (const end of this.allEnds()) {
      if (end.opened.call !== "accept") continue;
      const peer = waiting.get(this.#keyOf(end))?.shift();
      if (!peer) continue;
      end.peer = peer;
      peer.peer = end;
    }
  }

  #keyOf({ program, opened }: End): string {
    const isConnect = opened.call === "connect";
    const door = isConnect
      ? undefined
      : this.doors.get(program)?.get(opened.listener);
    const client = plain((isConnect ? opened.local : opened.remote) ?? "");
    const server = plain((isConnect ? opened.remote : opened.local) ?? "");
    // A Unix socket's client has no address: first come, first served.
    if (client === "") return `unix ${door?.opened.local ?? server}`;
    return `${client} ${server}`;
  }

  #joinStream(reader: End): void {
    const writes = reader.peer?.writes ?? [];
    const reads = reader.reads.filter((read) => (read.count ?? 0) > 0);
    let rest = reads.reduce((sum, { count }) => sum + (count ?? 0), 0);
    // A write that failed or never returned may have sent a part: as much as was read.
    const queue = writes.map((write) => {
      const taken = Math.min(write.count ?? write.size, write.size);
      const size = write.count === undefined ? Math.min(taken, rest) : taken;
      rest = Math.max(0, rest - size);
      return { write, size };
    }).filter(({ size }) => size > 0);
    let from = 0;
    for (const read of reads) {
      const segments: LooseSegment[] = [];
      let left = read.count ?? 0;
      while (left > 0) {
        const head = queue[0];
        const start = (read.count ?? 0) - left;
        const size = head ? Math.min(left, head.size - from) : left;
        const bytes = read.bytes?.subarray(start, start + size);
        segments.push({
          ...(head ? { write: head.write } : {}),
          from: head ? from : 0,
          to: (head ? from : 0) + size,
          ...(bytes ? { bytes } : {}),
        });
        left -= size;
        if (!head) continue;
        from += size;
        this.arrived.set(
          head.write,
          (this.arrived.get(head.write) ?? 0) + size,
        );
        if (from < head.size) continue;
        queue.shift();
        from = 0;
      }
      this.segments.set(read, segments);
    }
  }

  #joinDatagrams(): void {
    const sent: Datagram[] = [];
    const received: { call: ReceiveCall; at: string }[] = [];
    for (const program of this.recordings) {
      for (const moment of program.moments) {
        if (moment.type !== "start") continue;
        const { call } = moment;
        if (call.call !== "send" && call.call !== "receive") continue;
        const local = this.doors.get(program)?.get(call.socket)?.opened.local ??
          "";
        if (call.call === "send" && !call.error) {
          const datagram = { call, from: local, place: sent.length };
          for (let i = call.copies ?? 1; i > 0; i--) sent.push(datagram);
        }
        if (call.call === "receive" && call.from !== undefined) {
          received.push({ call, at: local });
        }
      }
    }
    const latest = new Map<string, Datagram>(); // on each way, by its two ends
    for (const { call, at } of received) {
      const way = `${call.from} ${at}`;
      const last = latest.get(way);
      const fitting = sent.filter((datagram) =>
        isSame(datagram.call, call) &&
        isAt(at, datagram.call.address) &&
        isAt(datagram.from, call.from ?? "")
      );
      // Where nobody tells what was lost, what comes is taken for the next one, not for one that was overtaken.
      const datagram = fitting.find(({ call, place }) =>
        call.copies !== undefined || place > (last?.place ?? -1)
      ) ?? fitting[0];
      const write = datagram?.call;
      if (datagram) {
        sent.splice(sent.indexOf(datagram), 1);
      }
      const { count: to = 0, bytes } = call;
      const content = bytes ? { bytes } : {};
      this.segments.set(call, [
        { ...(write ? { write } : {}), from: 0, to, ...content },
      ]);
      if (!datagram || !write) {
        continue;
      }
      if (this.arrived.has(write)) {
        this.copies.add(call);
      } else if (last && datagram.place < last.place) {
        this.overtaken.set(call, last.call);
      }
      if (datagram.place >= (last?.place ?? 0)) {
        latest.set(way, datagram);
      }
      // An empty datagram that arrived is not one that was lost.
      this.arrived.set(write, to);
    }
  }
}

/** A datagram that went out. */
interface Datagram {
  readonly call: SendCall;
  /** The address of its socket. */
  readonly from: string;
  /** Its place among all that were sent; the copies of one have the same. */
  readonly place: number;
}

/** Whether a datagram that was received can be the one that was sent: a small buffer cuts it. */
function isSame(sent: SendCall, received: ReceiveCall): boolean {
  const { count = 0, room } = received;
  if (count !== Math.min(sent.size, room)) return false;
  if (!sent.bytes || !received.bytes) return true;
  return received.bytes.every((byte, i) => byte === sent.bytes?.[i]);
}

/** Whether something that is bound to one address is found at another: all addresses of a machine stand for each. */
function isAt(bound: string, address: string): boolean {
  const [a, b] = [plain(bound), plain(address)];
  if (a === b) return true;
  const everywhere = /^(0\.0\.0\.0|\[::\]):(\d+)$/.exec(a)?.[2];
  return everywhere !== undefined && b.endsWith(`:${everywhere}`);
}

/** An address of IPv4 in IPv6's clothes is the same one. */
function plain(address: string): string {
  return address.replace(/^\[::ffff:(.*)\]/, "$1");
}
