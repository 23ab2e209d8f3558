/** Cuts text at `\n` and `\r\n`; a last line without one is given too. */
export class TextLineStream extends TransformStream<string, string> {
  /** A stream of lines without their ends. */
  constructor(options?: { readonly allowCR?: boolean });
}
