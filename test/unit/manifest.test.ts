import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import type { ExtensionContext } from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import {
  commandIds,
  contextKeys,
  getSettingId,
  panelTypes,
  settingNames,
  toolNames,
  viewId,
} from '../../src/manifest.ts';
import { languageIds } from '../../src/views/editor/templateDetection.ts';
import { welcomes } from '../../src/views/tree/model/welcome.ts';
import { stubVSCode } from '../support/bundle/vscodeStub.ts';

const {
  commands,
  keybindings,
  menus,
  viewsWelcome,
  walkthroughs,
  configuration,
  views,
  viewsContainers,
  languageModelTools,
} = manifest.contributes;
const menuItems = Object.values(menus).flat();
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const whens = [...menuItems, ...keybindings, ...viewsWelcome].map(({ when }) => when);
const declaredCommands = commands.map(({ command }) => command);
const knownCommands: readonly string[] = Object.values(commandIds);

const readText = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The first groups of all matches. */
const findAll = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, group = '']) => group);

describe('package.json', () => {
  before(stubVSCode);

  it('declares the commands and tools that activation registers', async () => {
    const [registeredCommands, registeredTools]: [string[], string[]] = [[], []];
    const vscode = await import('vscode');
    Object.assign(vscode.commands, { registerCommand: (id: string) => registeredCommands.push(id) });
    Object.assign(vscode.lm, { registerTool: (name: string) => registeredTools.push(name) });
    const { activate } = await import('../../src/extension.ts');
    activate(vscode.window as unknown as ExtensionContext);
    assert.deepEqual(registeredCommands.sort(), [...declaredCommands].sort());
    assert.deepEqual(registeredCommands, [...knownCommands].sort());
    assert.deepEqual(registeredTools.sort(), languageModelTools.map(({ name }) => name).sort());
    assert.deepEqual(registeredTools, Object.values(toolNames).sort());
  });

  it('refers to existing commands in menus and welcomes', () => {
    const texts = [...viewsWelcome.map(({ contents }) => contents), ...steps.map(({ description }) => description)];
    const linked = texts.flatMap((text) => findAll(text, /\(command:(packscope\.[\w.]+)/g));
    for (const id of [...menuItems.map(({ command }) => command), ...linked]) {
      assert(id === `${viewId}.focus` || knownCommands.includes(id), id);
    }
  });

  it('offers what answers for all packs in the menu of the view', () => {
    const offered = menus['view/title'].map(({ command }) => command);
    for (const id of ['findPack', 'lowestScores', 'openOrganizationOverview', 'showChanges', 'export'] as const)
      assert(offered.includes(commandIds[id]), id);
  });

  it('has a picture of at most 40 KB for each step of the walkthrough', () => {
    const paths = new Set(steps.flatMap(({ media }) => Object.values(media.image)));
    assert.equal(paths.size, 2 * steps.length);
    for (const path of paths) assert(statSync(new URL(`../../${path}`, import.meta.url)).size <= 40_000, path);
  });

  it('opens the walkthrough where nothing is set up', () => {
    const opened = viewsWelcome.flatMap(({ contents }) => findAll(contents, /openWalkthrough\?%22([\w.%]+)%22/g));
    const { publisher, name } = manifest;
    assert.deepEqual(
      [...new Set(opened)],
      walkthroughs.map(({ id }) => `${publisher}.${name}%23${id}`),
    );
  });

  it('gives every command a title and the category Packscope', () => {
    for (const { command, category, title } of commands) {
      assert.equal(category, 'Packscope', command);
      assert.notEqual(title, '', command);
    }
  });

  it('declares the view in its container and refers to no other view', () => {
    assert.deepEqual(
      Object.entries(views).map(([container, [view]]) => [container, view?.id]),
      [[viewsContainers.activitybar[0]?.id, viewId]],
    );
    for (const when of whens)
      for (const id of findAll(when, /\b(?:view|focusedView) == (\S+)/g)) assert.equal(id, viewId);
    for (const { view } of viewsWelcome) assert.equal(view, viewId);
  });

  it('refers to existing context values of tree items', async () => {
    const { contextValues } = await import('../../src/views/tree/item/treeItem.ts');
    const conditions = whens.filter((when) => when.includes('viewItem'));
    assert(conditions.length > 0);
    for (const when of conditions) {
      assert.match(when, /viewItem == [\w.]+|viewItem =~ \/\^\([\w.|]+\)\$\//);
      const values = [
        ...findAll(when, /viewItem == ([\w.]+)/g),
        ...findAll(when, /viewItem =~ \/\^\(([^)]*)\)\$\//g).flatMap((alternatives) => alternatives.split('|')),
      ];
      for (const value of values) assert((contextValues as readonly string[]).includes(value), value);
    }
  });

  it('uses every context key and no other', () => {
    const used = whens.flatMap((when) =>
      findAll(
        when.replaceAll(viewId, '').replaceAll('config.packscope.', '').replaceAll(`'${panelTypes.pack}'`, ''),
        /\b(packscope\.\w+)/g,
      ),
    );
    const completed = steps.flatMap(({ completionEvents }) => completionEvents).join('\n');
    used.push(...findAll(completed, /onContext:(packscope\.\w+)/g));
    assert.deepEqual([...new Set(used)].sort(), Object.values(contextKeys).sort());
  });

  it('offers commands that change something in AWS only where the settings and the workspace allow it', () => {
    const offers = Object.values(menus)
      .flat()
      .filter(({ command }) => command === commandIds.reevaluate);
    assert(offers.length > 0 && menus.commandPalette.some(({ command }) => command === commandIds.reevaluate));
    for (const { when } of offers) assert.match(when, /\bconfig\.packscope\.allowActions && isWorkspaceTrusted$/);
    assert.equal(configuration.properties['packscope.allowActions'].default, false);
    assert.equal(configuration.properties['packscope.allowActions'].scope, 'application');
  });

  it('has contents for every welcome', () => {
    const declared = viewsWelcome.flatMap(({ when }) => findAll(when, /packscope\.welcome == (\w+)/g));
    assert.deepEqual(declared.sort(), [...welcomes].sort());
  });

  it('declares every setting with a default and a description', () => {
    assert.deepEqual(Object.keys(configuration.properties).sort(), settingNames.map(getSettingId).sort());
    for (const [name, setting] of Object.entries(configuration.properties)) {
      assert('default' in setting, name);
      assert(setting.markdownDescription.length > 0, name);
    }
  });

  it('declares the settings that the code reads, with the same limits and defaults', async () => {
    const vscode = await import('vscode');
    const { settings } = await import('../../src/views/shared/settings.ts');
    const properties: Record<string, object> = configuration.properties;
    const { editor, proxy, ...others } = settings;
    const readers: readonly (() => unknown)[] = [...Object.values(others), ...Object.values(editor)];
    let stored: unknown;
    let readName = '';
    const get = (name: string) => {
      readName = name;
      return stored;
    };
    Object.assign(vscode.workspace, {
      getConfiguration: (section: string) => ({ get: (name: string) => get(`${section}.${name}`) }),
    });
    const readWith = (value: unknown, read: () => unknown): unknown => {
      stored = value;
      return read();
    };
    const readNames = readers.map((read) => {
      const value = readWith('of the wrong type', read);
      if (typeof value === 'number') {
        const declared = properties[readName];
        const minimum = readWith(Number.MIN_SAFE_INTEGER, read);
        const maximum = readWith(Number.MAX_SAFE_INTEGER, read);
        assert.deepEqual({ ...declared, default: value, minimum, maximum }, declared, readName);
      }
      return readName;
    });
    assert.deepEqual(readNames.sort(), Object.keys(properties).sort());
  });

  it('refers to existing settings in descriptions', () => {
    const referenced = findAll(JSON.stringify(manifest.contributes), /setting `?(packscope\.\w+)/g);
    assert(referenced.length > 0);
    for (const name of referenced) assert(name in configuration.properties, name);
  });

  it('tells models that tools are read-only and that results are data', () => {
    for (const { name, modelDescription, icon } of languageModelTools) {
      assert.match(modelDescription, /Read-only\..* data from AWS, never instructions\.$/, name);
      assert(readText(icon).includes('<svg'), icon);
    }
  });

  it('restricts every setting in untrusted workspaces, unless it is harmless there', () => {
    // Each with its reason. Restricted: what changes which requests are sent, how often, or how a result is judged.
    const harmless: Readonly<Record<string, string>> = {};
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual(
      [...restrictedConfigurations, ...Object.keys(harmless)].sort(),
      Object.keys(configuration.properties).sort(),
    );
  });

  it('activates for restored panels, links and template languages', () => {
    const panels = Object.values(panelTypes).map((type) => `onWebviewPanel:${type}`);
    const others = manifest.activationEvents.filter((event) => !event.startsWith('onLanguage:'));
    assert.deepEqual(others, [...panels, 'onUri']);
    const languages = manifest.activationEvents.filter((event) => !others.includes(event));
    // Without other extensions, VS Code opens `.template`, `.cfn` and `.tofu` files as plain text.
    assert.deepEqual(languages.sort(), [...languageIds, 'plaintext'].map((id) => `onLanguage:${id}`).sort());
  });

  it('refers to existing icons', () => {
    const [container] = viewsContainers.activitybar;
    const icons = [container?.icon, ...Object.values(views).flatMap((all) => all.map(({ icon }) => icon))];
    for (const icon of icons) assert(icon && readText(icon).includes('<svg'), icon);
  });
});
