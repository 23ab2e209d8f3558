/**
 * The scripts and the style of the site's pages.
 *
 * A script is a module as it stands in `client/`, with its types taken off.
 * Each page knows the modules that it runs by their hashes (an import map's
 * `integrity`) and its policy allows no others: what a page shows is text,
 * whatever it looks like.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";
import { hashOf } from "../browser/script_page.ts";

const CLIENT = new URL("client/", import.meta.url);

/** A module of a page. */
export interface Module {
  /** What others import it by; absent where they name its place. */
  readonly name?: string;
  /** Where it is in the site: `code/lesson.js`. */
  readonly path: string;
  /** Its hash, as a policy and an import map have it. */
  readonly hash: string;
  /** Its text. */
  readonly text: string;
}

/** The modules, read once. */
export class Code {
  readonly #own = new Map<string, Promise<Module>>();
  #style: Promise<string> | undefined;

  /** The style of all pages. */
  style(): Promise<string> {
    return this.#style ??= Deno.readTextFile(new URL("style.css", CLIENT));
  }

  /** A module of ours. @param name Its file's, without an ending. */
  own(name: string): Promise<Module> {
    const module = this.#own.get(name) ?? readOwn(name);
    this.#own.set(name, module);
    return module;
  }

  /** A page's module and all that it imports, itself first. */
  async modulesOf(name: string): Promise<Module[]> {
    const found = new Map<string, Module>();
    const add = async (name: string) => {
      if (found.has(name)) return;
      const module = await this.own(name);
      found.set(name, module);
      for (const [, other = ""] of module.text.matchAll(IMPORT)) {
        await add(other);
      }
    };
    await add(name);
    return [...found.values()];
  }
}

/** Where a module of ours imports another one, when its types are off. */
const IMPORT = /\bfrom "\.\/(\w+)\.js";/g;

async function readOwn(name: string): Promise<Module> {
  const source = await Deno.readTextFile(new URL(`${name}.ts`, CLIENT));
  const text = stripTypeScriptTypes(source)
    .replaceAll(/\bfrom "\.\/(\w+)\.ts";/g, 'from "./$1.js";');
  return { path: `code/${name}.js`, hash: await hashOf(text), text };
}
