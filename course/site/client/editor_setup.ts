/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * How CodeMirror is set up for a file.
 *
 * @module
 */
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
} from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

export type { Extension };

/** How a file is edited. */
export interface Setup {
  /** What a screen reader calls it. */
  readonly label: string;
  /** What its styles are known by. */
  readonly nonce: string;
  /** Whether its lines end as on Windows. */
  readonly hasCrLf: boolean;
  /** Whether it can only be read. */
  readonly isReadOnly?: boolean;
  /** Is called when somebody saves. */
  readonly onSave?: () => void;
}

/** The page's own colours, which follow the reader's light or dark. */
const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--dim)" },
  { tag: [tags.keyword, tags.bool, tags.null], color: "var(--keyword)" },
  { tag: [tags.string, tags.regexp], color: "var(--string)" },
  { tag: tags.number, color: "var(--number)" },
  {
    tag: [tags.typeName, tags.function(tags.variableName), tags.className],
    color: "var(--name)",
  },
]);

const LOOK = EditorView.theme({
  "&": {
    backgroundColor: "var(--back)",
    color: "var(--ink)",
    fontSize: "0.875rem",
    border: "1px solid var(--edge)",
    borderRadius: "8px",
  },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": {
    backgroundColor: "var(--raised)",
    color: "var(--dim)",
    borderRight: "1px solid var(--edge)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--chosen) 55%, transparent)",
  },
  ".cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "color-mix(in srgb, var(--focus) 30%, transparent)" },
  ".cm-panels, .cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    borderColor: "var(--rail)",
  },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
});

/** The extensions for a file. @param name Its name: the ending tells its language. */
export function setUp(name: string, setup: Setup): Extension {
  const { label, nonce, hasCrLf, isReadOnly = false, onSave } = setup;
  return [
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    hasCrLf ? EditorState.lineSeparator.of("\r\n") : [],
    isReadOnly ? EditorState.readOnly.of(true) : [],
    EditorView.lineWrapping, // what is asked stands in long comments
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    bracketMatching(),
    indentOnInput(),
    highlightSelectionMatches(),
    lintGutter(),
    languageOf(name),
    syntaxHighlighting(COLOURS),
    LOOK,
    keymap.of([
      {
        key: "Mod-s",
        preventDefault: true,
        run: () => {
          onSave?.();
          return true;
        },
      },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      indentWithTab,
    ]),
  ];
}

function languageOf(name: string): Extension {
  if (/\.[cm]?[jt]s$/.test(name)) {
    return javascript({ typescript: !name.endsWith("js") });
  }
  return name.endsWith(".py") ? python() : [];
}
