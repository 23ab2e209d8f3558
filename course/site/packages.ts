/**
 * The packages of the editor, as texts: the browser links them by an import
 * map, as they are.
 *
 * Only what shows an exercise imports this.
 *
 * @module
 */
import autocomplete from "@codemirror/autocomplete" with { type: "text" };
import commands from "@codemirror/commands" with { type: "text" };
import langJavascript from "@codemirror/lang-javascript" with { type: "text" };
import langPython from "@codemirror/lang-python" with { type: "text" };
import language from "@codemirror/language" with { type: "text" };
import lint from "@codemirror/lint" with { type: "text" };
import merge from "@codemirror/merge" with { type: "text" };
import search from "@codemirror/search" with { type: "text" };
import state from "@codemirror/state" with { type: "text" };
import streamparser from "@codemirror/streamparser" with { type: "text" };
import view from "@codemirror/view" with { type: "text" };
import lezerCommon from "@lezer/common" with { type: "text" };
import lezerHighlight from "@lezer/highlight" with { type: "text" };
import lezerJavascript from "@lezer/javascript" with { type: "text" };
import lezerLr from "@lezer/lr" with { type: "text" };
import lezerPython from "@lezer/python" with { type: "text" };
import findClusterBreak from "@marijn/find-cluster-break" with { type: "text" };
import crelt from "crelt" with { type: "text" };
import styleMod from "style-mod" with { type: "text" };
import w3cKeyname from "w3c-keyname" with { type: "text" };

/** The text of each package's module, by the package's name. */
export const PACKAGES: Readonly<Record<string, string>> = {
  "@codemirror/autocomplete": autocomplete,
  "@codemirror/commands": commands,
  "@codemirror/lang-javascript": langJavascript,
  "@codemirror/lang-python": langPython,
  "@codemirror/language": language,
  "@codemirror/lint": lint,
  "@codemirror/merge": merge,
  "@codemirror/search": search,
  "@codemirror/state": state,
  "@codemirror/streamparser": streamparser,
  "@codemirror/view": view,
  "@lezer/common": lezerCommon,
  "@lezer/highlight": lezerHighlight,
  "@lezer/javascript": lezerJavascript,
  "@lezer/lr": lezerLr,
  "@lezer/python": lezerPython,
  "@marijn/find-cluster-break": findClusterBreak,
  "crelt": crelt,
  "style-mod": styleMod,
  "w3c-keyname": w3cKeyname,
};
