/**
 * Stand-in for `@std/cli/parse-args`: real types over the npm build.
 *
 * @module
 */
// @ts-types="./parse_args.d.ts"
export * from "npm:deno-std@1.4.0/cli/parse_args.js";
