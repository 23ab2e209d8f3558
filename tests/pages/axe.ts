/**
 * axe-core, as the text that goes into a page.
 *
 * @module
 */
import source from "axe-core" with { type: "text" };

/** Its program. */
export default source;
