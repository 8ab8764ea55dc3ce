import type * as vscode from 'vscode';
import { asRecord } from '../../compliance/unknownValues.ts';
import type { HostMessage } from '../../webview/pack/protocol.ts';

/** Tells the script of a panel which rule to show. A script that has not started yet learns it when it starts. */
export class RuleMessages {
  readonly #webview: vscode.Webview;
  #isStarted = false;
  #rule: string | undefined;

  constructor(panel: vscode.WebviewPanel) {
    this.#webview = panel.webview;
    panel.webview.onDidReceiveMessage((message) => {
      if (asRecord(message).type !== 'ready') return;
      this.#isStarted = true;
      this.#send();
    });
    // A hidden panel has no script.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#isStarted = false;
    });
  }

  /** Shows the rule with this name. */
  showRule(rule: string): void {
    this.#rule = rule;
    if (this.#isStarted) this.#send();
  }

  #send(): void {
    if (this.#rule === undefined) return;
    const message: HostMessage = { type: 'showRule', rule: this.#rule };
    this.#rule = undefined;
    void this.#webview.postMessage(message);
  }
}
