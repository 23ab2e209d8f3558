/**
 * The story: what happened between programs, step by step.
 *
 * @module
 */
import type { CallError, Recording, Side } from "./recording.ts";
import type { Piece } from "./frames.ts";

/** A part of a read: bytes of one write. */
export interface Segment {
  /** The write's number; absent where it was not recorded. */
  readonly mark?: number;
  /** Where in the write it begins. */
  readonly from: number;
  /** Where in the write it ends, exclusive. */
  readonly to: number;
  /** How many bytes the write had; absent where it was not recorded. */
  readonly of?: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** The lengths and payloads in it, where the bytes are frames. */
  readonly pieces?: readonly Piece[];
}

/** What became of written bytes: unknown where the other side has no recording. */
export type Fate = "arrived" | "partly" | "never" | "unknown";

/** What every step has. */
export interface AnyStep {
  /** Which rail it stands at. */
  readonly side: Side;
  /** The program: its place in {@linkcode Story.programs}. */
  readonly program: number;
  /** When, in milliseconds since 1970, by that program's clock. */
  readonly at: number;
  /** The connection's number, from 1, where the call is about one. */
  readonly connection?: number;
  /** What the call threw. */
  readonly error?: CallError;
}

/** A program listens, or binds a datagram socket. */
export interface ListenStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "listen" | "bind";
  /** The address that it got, or wanted. */
  readonly address: string;
}

/** A client connects. */
export interface ConnectStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "connect";
  /** To which address. */
  readonly address: string;
  /** Whether it has returned. */
  readonly isDone: boolean;
  /** Whether the server took it; unknown where that is not recorded. */
  readonly fate: Fate;
}

/** A server accepts. */
export interface AcceptStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "accept";
  /** The client's address. */
  readonly address: string;
}

/** Bytes go out: on a connection, or as a datagram. */
export interface WriteStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "write" | "send";
  /** Its number among the writes and datagrams of the story, from 1. */
  readonly mark: number;
  /** How many bytes were offered. */
  readonly size: number;
  /** How many the system took; absent where it never said. */
  readonly count?: number;
  /** How many of them were read at the other end. */
  readonly read: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** The lengths and payloads in it, where the bytes are frames. */
  readonly pieces?: readonly Piece[];
  /** To whom, for a datagram. */
  readonly address?: string;
  /** What became of it. */
  readonly fate: Fate;
  /** Whether the network doubled it. */
  readonly isDoubled?: boolean;
}

/** Bytes come in, or the end of the stream. */
export interface ReadStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "read" | "receive";
  /** How many bytes; `null` at the end of the stream. */
  readonly count: number | null;
  /** Which writes they come from. */
  readonly segments: readonly Segment[];
  /** From whom, for a datagram. */
  readonly address?: string;
  /** Whether the network had doubled it, and it came before. */
  readonly isCopy?: boolean;
  /** The number of the datagram that was sent behind it, and came before. */
  readonly overtakenBy?: number;
}

/** A half-close, or the close of a connection, a listener or a datagram socket. */
export interface CloseStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "closeWrite" | "close";
  /** What is closed. */
  readonly what: "connection" | "listener" | "socket";
}

/** A line that a program printed. */
export interface PrintStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "print";
  /** Where. */
  readonly stream: "stdout" | "stderr";
  /** The line. */
  readonly text: string;
}

/** A line that somebody typed to a program. */
export interface TypedStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "typed";
  /** The line. */
  readonly text: string;
}

/** A program's end, or the end of what is known of it. */
export interface EndStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "end";
  /** Its exit code, where it is known. */
  readonly code?: number;
  /** The signal that ended it. */
  readonly signal?: string;
  /** The calls that had not returned by then. */
  readonly waiting: readonly string[];
}

/** One step of the story. */
export type Step =
  | ListenStep
  | ConnectStep
  | AcceptStep
  | WriteStep
  | ReadStep
  | CloseStep
  | PrintStep
  | TypedStep
  | EndStep;

/** What happened between the programs. */
export interface Story {
  /** The programs, as they were given. */
  readonly programs: readonly Pick<
    Recording,
    "side" | "name" | "frames" | "isRelayed" | "skipped"
  >[];
  /** How many connections there were. */
  readonly connections: number;
  /** What happened, in order. */
  readonly steps: readonly Step[];
  /** What decided where cause leaves the order open. */
  readonly order: Order;
}

/** How a story is ordered where cause leaves it open. */
export type Order =
  /** By the programs' clocks. */
  | "clock"
  /** By rule, the server first: the same for every run in which the same calls were made. */
  | "cause";

/** When a story begins, in milliseconds since 1970. */
export function startOf({ steps }: Story): number {
  return steps.reduce((first, { at }) => Math.min(first, at), Infinity);
}
