/**
 * Stand-in for `@std/fmt/colors`: real types over the npm build.
 *
 * @module
 */
// @ts-types="./colors.d.ts"
export * from "npm:deno-std@1.4.0/fmt/colors.js";
