/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * Asks for the name of a new file.
 *
 * @module
 */
import { make } from "./dom.ts";

/**
 * A form that asks, and goes when the file is made, or with Escape.
 *
 * @param isThere Whether there is such a file.
 * @param create Makes it. @throws {Error} Where it cannot.
 * @param complain Hears why not.
 */
export function newFileForm(
  isThere: (name: string) => boolean,
  create: (name: string) => Promise<void>,
  complain: (problem: string) => void,
): HTMLFormElement {
  const field = make("input");
  field.placeholder = "module.ts";
  field.ariaLabel = "Name of the new file";
  const form = make("form", "new-file", field, make("button", "", "Make it"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (name === "" || isThere(name)) {
      complain(
        name === "" ? "first the file's name" : `there is ${name} already`,
      );
      return field.focus();
    }
    try {
      await create(name);
      form.remove();
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    }
  });
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") form.remove();
  });
  return form;
}
