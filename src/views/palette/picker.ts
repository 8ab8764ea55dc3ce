import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import type { ReadFailure } from '../../compliance/queries/lookup.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import type { PickerQuery } from './line.ts';
import { type Item, itemOf, type PackButton, type Remedies } from './quickPickItems.ts';

/** Shows a question at once and its lines as they come; resolves with the pack that the person picks. */
export const pickPack = (
  question: PickerQuery,
  estate: Estate,
  deeds: readonly PackButton[],
): Promise<PackRef | undefined> => new Promise((resolve) => new Picker(question, estate, deeds, resolve).open());

class Picker {
  readonly #question: PickerQuery;
  readonly #deeds: readonly PackButton[];
  readonly #answer: (target: PackRef | undefined) => void;
  readonly #picker = vscode.window.createQuickPick<Item>();
  readonly #closed = new AbortController();
  readonly #stopListening: () => void;
  readonly #remedies: Remedies = { signIn, retry: () => this.#read() };
  #reads = 0;
  /** What the items say, to leave them alone while they say the same. */
  #said = '';

  constructor(
    question: PickerQuery,
    estate: Estate,
    deeds: readonly PackButton[],
    answer: (target: PackRef | undefined) => void,
  ) {
    this.#question = question;
    this.#deeds = deeds;
    this.#answer = answer;
    this.#stopListening = estate.onDidChange(() => this.#show());
  }

  open(): void {
    const picker = this.#picker;
    picker.placeholder = this.#question.placeholder;
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.keepScrollPosition = true;
    picker.onDidAccept(() => this.#accept(picker.selectedItems[0]));
    picker.onDidTriggerItemButton(({ item, button }) => item.buttons.find((each) => each === button)?.run());
    picker.onDidHide(() => this.#close());
    void this.#read();
    picker.show();
  }

  async #read(): Promise<void> {
    this.#reads += 1;
    this.#show();
    await this.#question.read(this.#closed.signal);
    this.#reads -= 1;
    this.#show();
  }

  /** New lines come below the person's hands: what is active stays so. */
  #show(): void {
    if (this.#closed.signal.aborted) return;
    const picker = this.#picker;
    const lines = this.#question.lines(this.#reads > 0, Date.now());
    picker.busy = this.#reads > 0;
    picker.title = this.#question.title;
    const said = JSON.stringify(lines.map(({ pick, ...words }) => words));
    if (said === this.#said) return;
    this.#said = said;
    const active = picker.activeItems[0]?.line.key;
    picker.items = lines.map((line) => itemOf(line, this.#deeds, this.#remedies));
    const same = picker.items.find(({ line }) => line.key === active);
    if (same) picker.activeItems = [same];
  }

  #accept(item: Item | undefined): void {
    const pick = item?.line.pick;
    if (!pick || pick.kind === 'note') return;
    if (pick.kind === 'pack') {
      this.#answer(pick.pack);
      this.#picker.hide();
    } else if (pick.kind === 'problem' && isSignedOut(pick.failure.error)) {
      signIn(pick.failure);
    } else {
      this.#question.continueFrom?.(pick);
      if (pick.kind === 'aggregator') this.#picker.value = '';
      void this.#read();
    }
  }

  /** Calls off what only this was waiting for. */
  #close(): void {
    this.#closed.abort();
    this.#stopListening();
    this.#answer(undefined);
    this.#picker.dispose();
  }
}

function signIn({ connection }: ReadFailure): void {
  void vscode.commands.executeCommand(commandIds.signIn, connection);
}
