/**
 * Stand-in for `@std/assert`: real types over the npm build.
 *
 * @module
 */
// @ts-types="./mod.d.ts"
export * from "npm:deno-std@1.4.0/assert/mod.js";
