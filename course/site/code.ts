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

/** What tells a module's text from all others that it may have had; it stands behind the `?` of its address, so that a browser may keep it. */
export function versionOf({ hash }: Module): string {
  return hash.replaceAll(/\W/g, "");
}

/** The modules, read once. */
export class Code {
  readonly #own = new Map<string, Promise<Module>>();
  readonly #graphs = new Map<string, Promise<readonly Module[]>>();
  #packages: Promise<ReadonlyMap<string, Module>> | undefined;
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

  /** A package's module; `undefined` where there is no such package. */
  async package(name: string): Promise<Module | undefined> {
    this.#packages ??= readPackages(); // some are large: read where they are wanted
    return (await this.#packages).get(name);
  }

  /** A page's module and all that it imports, itself first. */
  modulesOf(name: string): Promise<readonly Module[]> {
    const graph = this.#graphs.get(name) ?? this.#follow(name);
    this.#graphs.set(name, graph);
    return graph;
  }

  async #follow(name: string): Promise<Module[]> {
    const found = new Map<string, Module>();
    const add = async (specifier: string) => {
      if (found.has(specifier)) return;
      const own = /^\.\/(\w+)\.js$/.exec(specifier)?.[1];
      const module = own === undefined
        ? await this.package(specifier)
        : await this.own(own);
      if (!module) throw new Error(`Cannot serve ${specifier}: there is none`);
      found.set(specifier, module);
      for (const [, other = ""] of module.text.matchAll(IMPORT)) {
        await add(other);
      }
    };
    await add(`./${name}.js`);
    return [...found.values()];
  }
}

/** Where a module imports another one, when its types are off. */
const IMPORT = /^(?:import\b|export\b|\}).*? from ["']([^"'\n]+)["'];?$/gm;

async function readPackages(): Promise<Map<string, Module>> {
  const { PACKAGES } = await import("./packages.ts");
  const modules = Object.entries(PACKAGES).map(
    async ([name, text]): Promise<[string, Module]> => {
      const path = `packages/${name.replace("@", "")}.js`;
      return [name, { name, path, hash: await hashOf(text), text }];
    },
  );
  return new Map(await Promise.all(modules));
}

async function readOwn(name: string): Promise<Module> {
  const source = await Deno.readTextFile(new URL(`${name}.ts`, CLIENT));
  const text = stripTypeScriptTypes(source)
    .replaceAll(/\bfrom "\.\/(\w+)\.ts";/g, 'from "./$1.js";');
  return { path: `code/${name}.js`, hash: await hashOf(text), text };
}
