import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const src = new URL('../../src/', import.meta.url);

/**
 * What of VS Code's API shows text, and the only files that use it. Each of them prepares texts with the functions of
 * `compliance/text/plainText.ts` that fit the surface, so that no other file has to.
 */
const surfaces: Readonly<Record<string, readonly string[]>> = {
  'show(Information|Warning|Error)Message|showInputBox': ['views/shared/messages.ts'],
  'createInputBox|createWebviewView\\b': [],
  setStatusBarMessage: ['views/shared/messages.ts'],
  'showQuickPick\\b|window\\.createQuickPick\\b': ['views/shared/quickPicks.ts'],
  // An error of a command becomes a notification.
  'commands\\.register\\w*Command': ['views/shared/registerCommand.ts'],
  // The view's own progress has no text.
  withProgress: ['views/shared/messages.ts', 'views/tree/packsTree.ts'],
  MarkdownString: ['views/editor/hoverProvider.ts', 'views/status/statusBar.ts', 'views/tree/item/tooltipMarkdown.ts'],
  'appendText|supportThemeIcons|supportHtml|isTrusted =(?! \\{ enabledCommands)': [],
  createStatusBarItem: ['views/status/statusBar.ts'],
  'new vscode\\.TreeItem\\b': ['views/tree/item/treeItem.ts'],
  'new vscode\\.FileDecoration\\b': ['views/tree/item/scoreBadges.ts'],
  'new vscode\\.Diagnostic\\b': ['views/editor/diagnostics.ts'],
  'new vscode\\.CodeLens\\b': ['views/editor/codeLensProvider.ts'],
  'new vscode\\.CodeAction\\b': ['views/editor/codeActionProvider.ts'],
  'new vscode\\.CompletionItem\\b': ['views/editor/completionProvider.ts'],
  createTerminal: ['views/connections/startSignIn.ts'],
  createWebviewPanel: ['views/organization/overviewPanels.ts', 'views/panel/packPanels.ts'],
  'webview\\.html|innerHTML|unsafeHTML': ['views/organization/overviewPanels.ts', 'views/panel/packPanels.ts'],
  LanguageModelTextPart: ['views/tools/invokeTool.ts'],
  'createOutputChannel\\b': ['extension.ts'],
  // Lines of the log.
  '\\blog(\\.(trace|debug|info|warn|error|append\\w*|replace)\\b|\\[)': ['views/shared/log.ts'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: withoutComments(readFileSync(new URL(path, src), 'utf8')) }));

function withoutComments(text: string): string {
  return text.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
}

describe('surfaces that show text', () => {
  for (const [api, allowed] of Object.entries(surfaces)) {
    it(`${api} is used in ${allowed.length === 0 ? 'no file' : allowed.join(', ')}`, () => {
      const pattern = new RegExp(api);
      const using = files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
      assert.deepEqual(using.sort(), [...allowed].sort());
    });
  }

  it('use functions of plainText.ts where they get texts', () => {
    const withTexts = Object.values(surfaces)
      .flat()
      .filter((path) => path.startsWith('views/'));
    // These get texts from others that are prepared, or from none: a number, actions, names that are valid.
    const others = [
      'views/editor/hoverProvider.ts',
      'views/editor/codeActionProvider.ts',
      'views/editor/completionProvider.ts',
      'views/shared/registerCommand.ts',
      'views/tools/invokeTool.ts',
      'views/tree/item/scoreBadges.ts',
      'views/tree/packsTree.ts',
    ];
    const preparing = files.filter(({ text }) => text.includes('compliance/text/plainText.ts')).map(({ path }) => path);
    assert.deepEqual([...new Set(withTexts)].filter((path) => !preparing.includes(path)).sort(), others.sort());
  });
});
