import assert from 'node:assert/strict';
import { devNull } from 'node:os';
import { commands, type QuickPick, type QuickPickItem, window, workspace } from 'vscode';
import { until } from '../support/polling.ts';
import { getExtension, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

const variables = ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const files = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];

/** A message, or a picker with the buttons of its items. */
interface Shown {
  readonly text: string;
  readonly ways: readonly string[];
}

/** Messages that say that something was done. */
const successes = [/^Diagnostics copied/];
/** Commands that do what they are for with nothing set up as well, and one that is offered only for a preview. */
const silent = ['refresh', 'refreshAll', 'clearFilter', 'retry', 'showLog', 'keepPanel'].map(
  (name) => `packscope.${name}`,
);

describe('with nothing set up', () => {
  const declared: { command: string }[] = getExtension().packageJSON.contributes.commands;
  const environment = Object.fromEntries([...variables, ...files].map((name) => [name, process.env[name]]));
  const { showInformationMessage, showWarningMessage, showErrorMessage, createQuickPick, showQuickPick } = window;
  let packscope: Packscope;
  let shown: Shown[];
  let pickers: QuickPick<QuickPickItem>[];

  beforeEach(async () => {
    packscope = await resetPackscope();
    [shown, pickers] = [[], []];
    for (const name of variables) delete process.env[name];
    for (const name of files) process.env[name] = devNull;
    packscope.estate.reset();
    const show = async (text: string, ...ways: string[]) => void shown.push({ text, ways });
    Object.assign(window, {
      showInformationMessage: show,
      showWarningMessage: show,
      showErrorMessage: show,
      createQuickPick: () => {
        const picker = createQuickPick.call(window);
        pickers.push(picker);
        return picker;
      },
      showQuickPick: async (items: readonly QuickPickItem[] | Promise<readonly QuickPickItem[]>) => {
        shown.push({ text: 'picker', ways: (await items).map(({ label }) => label) });
      },
    });
  });

  afterEach(async () => {
    Object.assign(window, {
      showInformationMessage,
      showWarningMessage,
      showErrorMessage,
      createQuickPick,
      showQuickPick,
    });
    Object.assign(process.env, environment);
    packscope.estate.reset();
    await commands.executeCommand('packscope.leaveSampleData');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Runs a command as a person does, and closes its picker once that has items. */
  async function run(command: string): Promise<void> {
    let hasEnded = false;
    const running = Promise.resolve(commands.executeCommand(command)).finally(() => {
      hasEnded = true;
    });
    await until(`${command} to end`, async () => {
      for (const picker of pickers.filter(({ items, busy }) => items.length > 0 && !busy)) {
        const ways = picker.items.flatMap(({ buttons = [], label }) =>
          buttons.length > 0 ? buttons.map(({ tooltip = '' }) => tooltip) : [label],
        );
        shown.push({ text: 'picker', ways });
        picker.hide();
      }
      return hasEnded;
    });
    await running;
  }

  for (const { command } of declared) {
    it(`offers a way on: ${command}`, async () => {
      await run(command);
      const messages = shown.filter(({ text }) => !successes.some((success) => success.test(text)));
      for (const { text, ways } of messages) assert.notDeepEqual(ways, [], text);
      assert(shown.length > 0 || silent.includes(command), 'Nothing was shown');
    });
  }

  const firstSteps = ['Select Profile and Region', 'Explore Sample Data'];
  for (const command of ['lowestScores', 'export', 'openOrganizationOverview', 'loadAll']) {
    it(`offers a profile and sample data: ${command}`, async () => {
      await run(`packscope.${command}`);
      const ways = shown.flatMap((each) => each.ways);
      assert.deepEqual(
        firstSteps.filter((way) => !ways.includes(way)),
        [],
        JSON.stringify(shown),
      );
    });
  }

  it('says in the view what is missing', async () => {
    await waitUntilLoaded(packscope);
    assert.equal(packscope.tree.model.getWelcome(), 'noRegion');
    process.env.AWS_REGION = 'us-east-1';
    packscope.estate.reset();
    await waitUntilLoaded(packscope);
    assert.equal(packscope.tree.model.getWelcome(), 'noCredentials');
  });

  it('lets a person select a region for the default credentials', async () => {
    let accept = () => {};
    const regions = {
      items: [] as readonly QuickPickItem[],
      selectedItems: [] as readonly QuickPickItem[],
      placeholder: '',
      onDidChangeValue: () => undefined,
      onDidHide: () => undefined,
      onDidAccept: (run: () => void) => {
        accept = run;
      },
      ...{ show: () => undefined, hide: () => undefined },
    };
    Object.assign(window, {
      showQuickPick: async (items: Promise<readonly QuickPickItem[]>) => (await items).filter(({ picked }) => picked),
      createQuickPick: () => regions,
    });
    const selecting = commands.executeCommand('packscope.selectConnections');
    await until('the regions', () => regions.items.length > 0);
    assert.equal(regions.placeholder, 'Select at least one region, or type another: none is set so far');
    regions.selectedItems = regions.items.filter(({ label }) => label === 'eu-central-1');
    accept();
    await selecting;
    assert.deepEqual(workspace.getConfiguration('packscope').get('connections'), [{ regions: ['eu-central-1'] }]);
  });
});
