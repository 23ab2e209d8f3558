/**
 * The recording: what one program did with its sockets, one event a line.
 *
 * A recording is a text of JSON Lines. Its first line names the program. Each
 * call has a line when it starts and a line when it returns, so a call that
 * never returned (the program was killed while it waited) is there too. Several
 * recordings may stand in one file, one after the other: each `program` line
 * begins the next.
 *
 * ```json
 * {"type":"program","version":1,"side":"server","name":"server.ts","origin":1795245644010}
 * {"type":"call","seq":1,"at":9.1,"call":"listen","transport":"tcp","address":"127.0.0.1:0"}
 * {"type":"done","seq":1,"at":9.3,"socket":1,"local":"127.0.0.1:40001"}
 * {"type":"call","seq":2,"at":9.4,"call":"accept","socket":1}
 * {"type":"print","at":9.5,"stream":"stdout","text":"listening on 127.0.0.1:40001"}
 * {"type":"done","seq":2,"at":52.7,"socket":2,"local":"127.0.0.1:40001","remote":"127.0.0.1:54321"}
 * {"type":"call","seq":3,"at":52.9,"call":"read","socket":2,"room":1024}
 * {"type":"done","seq":3,"at":53.1,"count":5,"bytes":"aGVsbG8="}
 * {"type":"call","seq":4,"at":53.2,"call":"write","socket":2,"size":5,"bytes":"SEVMTE8="}
 * {"type":"failed","seq":4,"at":53.3,"error":{"name":"BrokenPipe","message":"Broken pipe (os error 32)","code":"EPIPE"}}
 * {"type":"exit","at":53.9,"code":1,"signal":null}
 * ```
 *
 * - A `program` line may have `"frames":"<i"`: the bytes on the program's
 *   connections are frames, a length of 4 bytes as Python's `struct` packs `<i`
 *   and then so many bytes. With `"frames":"files"` a frame of JSON that names a
 *   `file_size` or a `size` has so many bytes of a file behind it. With
 *   `"frames":"lines"` they are lines, each with `\n` at its end, and with
 *   `"frames":"tftp"` each datagram is a packet of TFTP.
 * - A `program` line with `"isRelayed":true` was not written by the tap: a relay
 *   saw the program's bytes pass, and the calls are only what they may have been.
 * - `at` counts milliseconds from the program's `origin`, itself milliseconds since 1970.
 * - `socket` numbers what `listen`, `bind` (that is `Deno.listenDatagram`), `connect` and `accept` gave, from 1.
 * - `bytes` are base64. They are left out past {@linkcode MOST_CONTENT} in one
 *   call and {@linkcode MOST_TOTAL} in all: then only the sizes are there.
 * - A datagram's `done` line may have `"copies":0`: a network of the tap's own
 *   (`network.ts`) has lost it, or doubled it where there are 2.
 * - A `print` line has `"isOpen":true` where the program has not ended its line yet.
 * - A `typed` line tells what somebody typed to the program, and with
 *   `"isAfterOthers":true` that the other programs had ended by then:
 *   `{"type":"typed","at":20.1,"text":"hello"}`.
 *   Its `"cue"` tells why it was typed then, {@linkcode Cue}.
 * - Where the tap was asked for causes, the lines of calls, returns and prints
 *   have `"id":7,"after":[5,6]`: this is the program's moment 7, and it follows
 *   moments 5 and 6 in every run. A `signal` line has nothing else.
 * - A `skipped` line counts the calls past {@linkcode MOST_CALLS}, which have no lines of their own:
 *   `{"type":"skipped","at":60.2,"calls":4096,"bytes":65536}`. The last such line counts.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";

/** How many calls and printed lines of one program are recorded; the others are counted. */
export const MOST_CALLS = 20_000;

/** How many bytes of one call are kept; of a larger one only the size is. */
export const MOST_CONTENT = 64 * 1024;

/** How many bytes of all calls of a program together are kept. */
export const MOST_TOTAL = 8 * 1024 * 1024;

/** How many characters of one printed line are kept. */
export const MOST_PRINTED = 4096;

/** How many recordings one file may hold. */
export const MOST_PROGRAMS = 64;

/** How large a file of recordings may be to be read, in bytes. */
export const MOST_FILE = 64 * 1024 * 1024;

/** Which rail of the ladder a program stands at. */
export type Side = "client" | "server";

/** What a call threw. */
export interface CallError {
  /** Its class: `ConnectionRefused`. */
  readonly name: string;
  /** Its message. */
  readonly message: string;
  /** The system's name for it, `ECONNREFUSED`, where it has one. */
  readonly code?: string;
}

/** What every call has. */
export interface AnyCall {
  /** Its number in its program, from 1. */
  readonly seq: number;
  /** When it was made, in milliseconds since 1970. */
  readonly start: number;
  /** When it returned or threw; absent where it never did. */
  end?: number;
  /** What it threw. */
  error?: CallError;
}

/** `Deno.listen`, or `bind` for `Deno.listenDatagram`. */
export interface ListenCall extends AnyCall {
  /** Which call it is. */
  readonly call: "listen" | "bind";
  /** `tcp`, `udp`, `unix` or `unixpacket`. */
  readonly transport: string;
  /** The address that was asked for. */
  readonly address: string;
  /** The number of the listener or datagram socket. */
  socket?: number;
  /** The address that it got. */
  local?: string;
}

/** `Deno.connect`. */
export interface ConnectCall extends AnyCall {
  /** Which call it is. */
  readonly call: "connect";
  /** `tcp` or `unix`. */
  readonly transport: string;
  /** The address that was asked for. */
  readonly address: string;
  /** The number of the connection. */
  socket?: number;
  /** The address of this end. */
  local?: string;
  /** The address of the other end. */
  remote?: string;
}

/** A listener's `accept`. */
export interface AcceptCall extends AnyCall {
  /** Which call it is. */
  readonly call: "accept";
  /** The number of the listener. */
  readonly listener: number;
  /** The number of the connection. */
  socket?: number;
  /** The address of this end. */
  local?: string;
  /** The address of the other end. */
  remote?: string;
}

/** A connection's `read`; a read by `readable` too. */
export interface ReadCall extends AnyCall {
  /** Which call it is. */
  readonly call: "read";
  /** The connection. */
  readonly socket: number;
  /** The size of the buffer. */
  readonly room: number;
  /** How many bytes came; `null` at the end of the stream. */
  count?: number | null;
  /** The bytes that came, where they were kept. */
  bytes?: Uint8Array;
}

/** A connection's `write`; a write by `writable` too. */
export interface WriteCall extends AnyCall {
  /** Which call it is. */
  readonly call: "write";
  /** The connection. */
  readonly socket: number;
  /** How many bytes were offered. */
  readonly size: number;
  /** How many were taken. */
  count?: number;
  /** The bytes that were offered, where they were kept. */
  bytes?: Uint8Array;
}

/** `closeWrite`, the half-close, or `close` of any socket; `using` closes too. */
export interface CloseCall extends AnyCall {
  /** Which call it is. */
  readonly call: "closeWrite" | "close";
  /** What is closed. */
  readonly socket: number;
}

/** A datagram socket's `send`. */
export interface SendCall extends AnyCall {
  /** Which call it is. */
  readonly call: "send";
  /** The socket. */
  readonly socket: number;
  /** To whom. */
  readonly address: string;
  /** How many bytes. */
  readonly size: number;
  /** How many were taken. */
  count?: number;
  /** How many of it went out, where a network decided that: none where it was lost. */
  copies?: number;
  /** The bytes, where they were kept. */
  bytes?: Uint8Array;
}

/** A datagram socket's `receive`. */
export interface ReceiveCall extends AnyCall {
  /** Which call it is. */
  readonly call: "receive";
  /** The socket. */
  readonly socket: number;
  /** The size of the buffer. */
  readonly room: number;
  /** From whom it came. */
  from?: string;
  /** How many bytes were received. */
  count?: number;
  /** The bytes, where they were kept. */
  bytes?: Uint8Array;
}

/** One call of a program. */
export type Call =
  | ListenCall
  | ConnectCall
  | AcceptCall
  | ReadCall
  | WriteCall
  | CloseCall
  | SendCall
  | ReceiveCall;

/** What happened at one moment of a program. */
export type Moment = CallMoment | Print | Signal | Typed | Exit;

/** What every moment has. */
export interface AnyMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the tap's moments have. */
export interface TapMoment extends AnyMoment {
  /** Its number in the program, and the numbers of those that it follows by cause, where the tap was asked for causes. */
  readonly cause?: { readonly id: number; readonly after: readonly number[] };
}

/** A call started or returned. */
export interface CallMoment extends TapMoment {
  /** Which of the two. */
  readonly type: "start" | "end";
  /** The call. */
  readonly call: Call;
}

/** The program printed a line. */
export interface Print extends TapMoment {
  /** Always `print`. */
  readonly type: "print";
  /** Where. */
  readonly stream: "stdout" | "stderr";
  /** The line, without its end. */
  readonly text: string;
  /** Whether the line goes on with the next print on this stream. */
  readonly isOpen?: boolean;
}

/** A signal reached the program. */
export interface Signal extends TapMoment {
  /** Always `signal`. */
  readonly type: "signal";
}

/** Somebody typed a line to the program, or pressed Ctrl-C: told by whoever did, not by the tap. */
export interface Typed extends AnyMoment {
  /** Always `typed`. */
  readonly type: "typed";
  /** The line, without its end. */
  readonly text: string;
  /** Whether it was typed when the other programs had ended, and because they had. */
  readonly isAfterOthers: boolean;
  /** Why it was typed then; absent where that is not known. */
  readonly cue?: Cue;
}

/**
 * Why somebody typed a line just then: the program had `begun`, had gone as far
 * as it would by itself (`done`, before Ctrl-C), or had printed something.
 */
export type Cue =
  | "begun"
  | "done"
  | PrintedCue & {
    /** And another one had printed this. */
    readonly and?: PrintedCue;
  };

/** A line that a program had printed. */
export interface PrintedCue {
  /** Which program had printed. */
  readonly side: Side;
  /** Which program of that side, from 1; the first unless told otherwise. */
  readonly number?: number;
  /** Its how manieth line on this stream, from 1. */
  readonly line: number;
  /** Which stream; stdout unless told otherwise. */
  readonly stream?: "stdout" | "stderr";
}

/** The program ended. */
export interface Exit extends AnyMoment {
  /** Always `exit`. */
  readonly type: "exit";
  /** Its exit code. */
  readonly code: number;
  /** The signal that ended it, or `null`. */
  readonly signal: string | null;
}

/** What one program did. */
export interface Recording {
  /** Which rail it stands at. */
  readonly side: Side;
  /** What the view calls it: `server.ts`. */
  readonly name: string;
  /** What its bytes are, where they are frames. */
  readonly frames?: Framing;
  /** Whether a relay saw its bytes pass, and no tap its calls. */
  readonly isRelayed?: boolean;
  /** When it began, in milliseconds since 1970. */
  readonly origin: number;
  /** What happened, in the program's own order. */
  readonly moments: Moment[];
  /** What is counted but not recorded. */
  readonly skipped: { calls: number; bytes: number };
}
