/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The script of a page that has nothing to do but its bar.
 *
 * @module
 */
import { setUpBar } from "./bar.ts";
import { readData } from "./dom.ts";

setUpBar(readData().up);
