/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The files of an answer in an editor: one tab each.
 *
 * What is on the disk is the truth. Somebody else's change shows at once where
 * nothing is unsaved; where something is, both versions stand side by side, and
 * neither is written over unasked.
 *
 * @module
 */
import { setDiagnostics } from "@codemirror/lint";
import { MergeView } from "@codemirror/merge";
import { EditorState, Text, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { AnswerFile, Written } from "../answer_files.ts";
import { button, make } from "./dom.ts";
import { Drafts } from "./drafts.ts";
import { setUp } from "./editor_setup.ts";
import { newFileForm } from "./new_file.ts";
import { marksIn, onlyFileOf, type Remark } from "./remarks.ts";
import { changeBetween } from "./text_change.ts";

/** What the editor needs from its page. */
export interface EditorPage {
  /** Where it stands. */
  readonly host: HTMLElement;
  /** The folder of the files, as a reader knows it: `answers/01_single_shot`. */
  readonly folder: string;
  /** What its styles are known by. */
  readonly nonce: string;
  /** Stands behind "saved": what comes of it. */
  readonly outcome: HTMLElement;
  /** Writes a file. @throws {Error} Where the course is not there, or refuses. */
  readonly write: (
    name: string,
    text: string,
    seen: string,
  ) => Promise<Written>;
}

/** A file that is being edited. */
interface Buffer {
  readonly name: string;
  /** What the editor's text goes back to. */
  base: AnswerFile;
  baseDoc: Text;
  state: EditorState;
  /** What is being written just now. */
  saving?: string;
  /** What is on the disk, where it is neither the base nor what is here. */
  other?: AnswerFile;
  /** What stands where a text is to be chosen. */
  merge?: MergeView;
  remarks: readonly Remark[];
  readonly tab: HTMLButtonElement;
}

/** The editor. */
export class Editor {
  readonly #page: EditorPage;
  readonly #drafts: Drafts;
  readonly #buffers = new Map<string, Buffer>();
  readonly #tabs = make("div", "tabs");
  readonly #place = make("div", "place");
  readonly #state = make("p", "saved");
  readonly #save = button("Save", () => this.save());
  readonly #view: EditorView;
  #shown = "";
  #wanted: string | undefined;
  /** Whether somebody works in it: then the file that is shown stays. */
  #isTouched = false;

  /** An editor without files. */
  constructor(page: EditorPage) {
    this.#page = page;
    this.#drafts = new Drafts(page.folder);
    this.#tabs.role = "tablist";
    this.#tabs.ariaLabel = "Files";
    this.#place.id = "editor";
    this.#place.role = "tabpanel";
    this.#state.role = "status";
    this.#save.title = "Ctrl-S";
    this.#say("Ctrl-S saves and has it checked; Esc, then Tab leaves the text");
    this.#view = new EditorView({
      parent: this.#place,
      extensions: EditorView.cspNonce.of(page.nonce),
    });
    const add = button("New file…", () => this.#askName(), "quiet");
    const folder = make("code", "", `${page.folder}/`);
    page.host.append(
      make(
        "p",
        "dim",
        "Your files, in ",
        folder,
        ": an editor of your own works, too.",
      ),
      make("div", "files", this.#tabs, add),
      make("div", "tools", this.#save, this.#state, page.outcome),
      this.#place,
    );
    for (const type of ["pointerdown", "keydown", "focusin"]) {
      page.host.addEventListener(type, () => this.#isTouched = true);
    }
    this.#tabs.addEventListener("keydown", (event) => this.#moveTab(event));
    document.addEventListener("visibilitychange", () => this.#keepDrafts());
    addEventListener("pagehide", () => this.#keepDrafts());
  }

  /** Whether something is not saved. */
  get isDirty(): boolean {
    return [...this.#buffers.values()].some((one) => this.#isChanged(one));
  }

  /** Takes in what is on the disk now. */
  setFiles(files: readonly AnswerFile[]): void {
    for (const file of files) {
      const buffer = this.#buffers.get(file.name);
      if (buffer) this.#update(buffer, file);
      else this.#open(file);
    }
    const names = files.map(({ name }) => name);
    for (const [name, buffer] of this.#buffers) {
      if (names.includes(name)) continue;
      // A file that has gone: what was unsaved in it stays.
      if (this.#isChanged(buffer)) this.#rebase(buffer, noFile(name));
      else this.#buffers.delete(name);
    }
    if (this.#wanted !== undefined && this.#buffers.has(this.#wanted)) {
      this.show(this.#wanted, 1);
      this.#wanted = undefined;
    }
    if (!this.#buffers.has(this.#shown)) {
      const [first] = this.#buffers.keys();
      if (first !== undefined) this.show(first);
    }
    this.#showTabs();
  }

  /** Marks what is wrong, in the margin and in the text. */
  setRemarks(remarks: readonly Remark[]): void {
    for (const buffer of this.#buffers.values()) {
      buffer.remarks = remarks.filter(({ file }) => file === buffer.name);
    }
    const wrong = onlyFileOf(remarks);
    const isElsewhere = wrong !== undefined && wrong !== this.#shown;
    if (isElsewhere && !this.#isTouched) this.show(wrong);
    this.#showRemarks();
    this.#showTabs();
  }

  /** Turns to a file. @param line The line to go to. */
  show(name: string, line?: number): void {
    const buffer = this.#buffers.get(name);
    if (!buffer) return;
    const before = this.#buffers.get(this.#shown);
    if (before && !before.merge) before.state = this.#view.state;
    this.#shown = name;
    this.#place.ariaLabel = `${this.#page.folder}/${name}`;
    this.#place.replaceChildren(
      buffer.merge ? this.#choice(buffer, buffer.merge) : this.#view.dom,
    );
    if (!buffer.merge) this.#view.setState(buffer.state);
    this.#showRemarks();
    this.#showTabs();
    if (line === undefined || buffer.merge) return;
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(line, doc.lines)).from;
    this.#view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    this.#view.focus();
  }

  /** Saves the file that is shown, and all others that have changed. */
  async save(): Promise<void> {
    const shown = this.#buffers.get(this.#shown);
    const all = [...this.#buffers.values()].filter((one) =>
      one !== shown && this.#isChanged(one) && !one.other
    );
    for (const buffer of all) await this.#write(buffer);
    if (shown && !shown.other) await this.#write(shown);
  }

  async #write(buffer: Buffer): Promise<void> {
    const text = this.#textOf(buffer);
    const { name, base: { version } } = buffer;
    buffer.saving = text;
    this.#say("saving…");
    try {
      const written = await this.#page.write(name, text, version);
      if (written.isWritten) {
        this.#rebase(buffer, { name, text, version: written.version });
        this.#drafts.forget(name);
        this.#say("saved");
      } else this.#update(buffer, written.now);
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error), true);
    } finally {
      delete buffer.saving;
      this.#showTabs();
    }
  }

  #say(text: string, isAlarm = false): void {
    this.#state.textContent = text;
    this.#state.classList.toggle("alarm", isAlarm);
  }

  #open(file: AnswerFile): void {
    const { name } = file;
    const draft = this.#drafts.read(name);
    const buffer: Buffer = {
      name,
      base: file,
      baseDoc: docOf(file.text),
      state: this.#stateOf(file, draft?.text ?? file.text),
      remarks: [],
      tab: this.#tabFor(name),
    };
    this.#buffers.set(name, buffer);
    if (draft === undefined || draft.text === file.text) return;
    if (draft.seen === file.version) this.#say("unsaved, from before");
    else this.#conflict(buffer, file); // both have gone on
  }

  #stateOf({ name, text }: AnswerFile, doc: string): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        setUp(name, {
          label: `${this.#page.folder}/${name}`,
          nonce: this.#page.nonce,
          hasCrLf: text.includes("\r\n"),
          onSave: () => this.save(),
        }),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) this.#changed(name);
        }),
      ],
    });
  }

  #changed(name: string): void {
    const buffer = this.#buffers.get(name);
    if (!buffer) return;
    this.#drafts.keepSoon(() => this.#keepDrafts());
    this.#showTabs();
  }

  #keepDrafts(): void {
    for (const buffer of this.#buffers.values()) {
      const { name, base } = buffer;
      const text = this.#textOf(buffer);
      if (!this.#isChanged(buffer)) this.#drafts.forget(name);
      else this.#drafts.keep(name, { text, seen: base.version });
    }
  }

  /** A file is this now. */
  #update(buffer: Buffer, file: AnswerFile): void {
    if (file.version === buffer.base.version && !buffer.other) return;
    const text = this.#textOf(buffer);
    const isOurs = file.text === text || file.text === buffer.saving;
    if (isOurs && !buffer.other) return this.#rebase(buffer, file);
    if (file.version === buffer.other?.version) return;
    if (this.#isChanged(buffer)) return this.#conflict(buffer, file);
    this.#rebase(buffer, file);
    this.#replace(buffer, file.text);
    this.#say(`${file.name} has changed on the disk`);
  }

  #rebase(buffer: Buffer, file: AnswerFile): void {
    buffer.base = file;
    buffer.baseDoc = docOf(file.text);
  }

  /** Puts a text in place of the one that is there: only what differs, so that the cursor stays where it is. */
  #replace(buffer: Buffer, text: string): void {
    const now = this.#stateNow(buffer);
    const change = {
      changes: changeBetween(now.doc.toString(), docOf(text).toString()),
      annotations: Transaction.addToHistory.of(false),
    };
    if (this.#isShown(buffer)) this.#view.dispatch(change);
    else buffer.state = buffer.state.update(change).state;
  }

  /** Shows two versions side by side. */
  #conflict(buffer: Buffer, file: AnswerFile): void {
    const mine = this.#textOf(buffer);
    buffer.merge?.destroy();
    buffer.other = file;
    const { nonce, folder } = this.#page;
    const side = (label: string, isMine: boolean) =>
      setUp(buffer.name, {
        label,
        nonce,
        hasCrLf: file.text.includes("\r\n"),
        ...(isMine ? { onSave: () => {} } : { isReadOnly: true }),
      });
    buffer.merge = new MergeView({
      a: {
        doc: file.text,
        extensions: side(`${folder}/${buffer.name}, the file`, false),
      },
      b: { doc: mine, extensions: side("your version", true) },
      revertControls: "a-to-b",
      gutter: true,
    });
    if (this.#shown === buffer.name) this.show(buffer.name);
    this.#say(`${buffer.name} has two versions: choose`, true);
  }

  #choice(buffer: Buffer, merge: MergeView): HTMLElement {
    const settle = (isMine: boolean) => {
      const { other } = buffer;
      if (!other) return;
      const text = isMine ? merge.b.state.sliceDoc() : merge.a.state.sliceDoc();
      merge.destroy();
      delete buffer.merge;
      delete buffer.other;
      this.#rebase(buffer, other);
      this.show(buffer.name);
      // One's own version, where it is given up, can be had again with Ctrl-Z.
      const { doc } = this.#view.state;
      this.#view.dispatch({
        changes: { from: 0, to: doc.length, insert: docOf(text) },
      });
      if (isMine) this.save();
      else this.#say(`${buffer.name} is as on the disk; Ctrl-Z goes back`);
      this.#view.focus();
    };
    return make(
      "div",
      "choice",
      make(
        "p",
        "",
        "The file has changed on the disk, and you have changed it here. Left is the file, right is your version: take over what you want with the arrows, or write.",
      ),
      make(
        "p",
        "marks",
        button("Keep the right one", () => settle(true)),
        button("Take the file", () => settle(false)),
      ),
      merge.dom,
    );
  }

  #isShown(buffer: Buffer): boolean {
    return this.#shown === buffer.name && !buffer.merge;
  }

  #stateNow(buffer: Buffer): EditorState {
    if (buffer.merge) return buffer.merge.b.state;
    return this.#isShown(buffer) ? this.#view.state : buffer.state;
  }

  #textOf(buffer: Buffer): string {
    return this.#stateNow(buffer).sliceDoc();
  }

  #isChanged(buffer: Buffer): boolean {
    return !this.#stateNow(buffer).doc.eq(buffer.baseDoc);
  }

  #showRemarks(): void {
    const buffer = this.#buffers.get(this.#shown);
    if (!buffer || buffer.merge) return;
    const { state } = this.#view;
    const marks = marksIn(state.doc, buffer.remarks);
    this.#view.dispatch(setDiagnostics(state, marks));
  }

  /** Shows each file's tab as it is now. A tab stays the element that it is: one may be under somebody's finger. */
  #showTabs(): void {
    const buffers = [...this.#buffers.values()];
    for (const buffer of buffers) {
      const { name, tab, remarks } = buffer;
      const isShown = name === this.#shown;
      const isChanged = this.#isChanged(buffer);
      tab.replaceChildren(
        name,
        ...(isChanged ? [" ●", make("span", "unseen", ", not saved")] : []),
        ...(remarks.length > 0
          ? [" ", make("span", "alarm", `✗${remarks.length}`)]
          : []),
      );
      tab.ariaSelected = String(isShown);
      tab.tabIndex = isShown ? 0 : -1;
    }
    const tabs = buffers.map(({ tab }) => tab);
    const isSame = tabs.length === this.#tabs.children.length &&
      tabs.every((tab, i) => tab === this.#tabs.children[i]);
    if (!isSame) this.#tabs.replaceChildren(...tabs);
    this.#save.disabled = !this.isDirty;
  }

  #tabFor(name: string): HTMLButtonElement {
    const tab = button(name, () => this.show(name));
    tab.role = "tab";
    tab.setAttribute("aria-controls", "editor");
    return tab;
  }

  #moveTab({ key }: KeyboardEvent): void {
    const names = [...this.#buffers.keys()];
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (by === undefined) return;
    const at = names.indexOf(this.#shown) + by + names.length;
    const name = names[at % names.length];
    if (name !== undefined) this.show(name);
    this.#tabs.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }

  #askName(): void {
    const form = newFileForm(
      (name) => this.#buffers.has(name),
      async (name) => {
        await this.#page.write(name, "\n", noFile(name).version);
        this.#wanted = name; // it is shown when it comes
      },
      (problem) => this.#say(problem, true),
    );
    this.#tabs.after(form);
    form.querySelector("input")?.focus();
  }
}

function docOf(text: string): Text {
  return Text.of(text.split(/\r\n|\r|\n/));
}

function noFile(name: string): AnswerFile {
  return { name, text: "", version: "" };
}
