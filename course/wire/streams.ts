/**
 * The streams of a connection, by way of its `read` and `write`.
 *
 * Deno's own read and write below those. These do what Deno's do (its
 * ext/web/06_streams.js), but so that whoever stands in front of `read` and
 * `write` hears of it.
 *
 * @module
 */

/** A connection's streams, each made when it is first asked for. */
export interface Streams {
  /** What comes in. */
  readonly readable: () => ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What goes out. */
  readonly writable: () => WritableStream<Uint8Array<ArrayBufferLike>>;
}

/** The streams of a connection. */
export function streamsOf(conn: Deno.Conn): Streams {
  let readable: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  let writable: WritableStream<Uint8Array<ArrayBufferLike>> | undefined;
  return {
    readable: () => readable ??= readableOf(conn),
    writable: () => writable ??= writableOf(conn),
  };
}

function readableOf(
  conn: Deno.Conn,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const tryClose = () => conn[Symbol.dispose]();
  return new ReadableStream({
    type: "bytes",
    autoAllocateChunkSize: 64 * 1024,
    async pull(controller) {
      const request = controller.byobRequest;
      const view = request?.view;
      if (!request || !(view instanceof Uint8Array)) return; // there always is one
      try {
        const count = await conn.read(view);
        if (count === null) {
          tryClose();
          controller.close();
        }
        request.respond(count ?? 0);
      } catch (error) {
        controller.error(error);
        tryClose();
      }
    },
    cancel: tryClose,
  });
}

function writableOf(
  conn: Deno.Conn,
): WritableStream<Uint8Array<ArrayBufferLike>> {
  const tryClose = () => conn[Symbol.dispose]();
  return new WritableStream({
    async write(chunk, controller) {
      let rest = viewOf(chunk);
      try {
        while (rest.length > 0) {
          rest = rest.subarray(await conn.write(rest));
        }
      } catch (error) {
        controller.error(error);
        tryClose();
      }
    },
    close: tryClose,
    abort: tryClose,
  });
}

function viewOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  throw new TypeError(
    "Expected ArrayBuffer or ArrayBufferView for write chunk",
  );
}
