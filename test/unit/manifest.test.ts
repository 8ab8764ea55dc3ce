import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import { commandIds, contextKeys, panelTypes, settingsSection, toolNames, viewId } from '../../src/manifest.ts';
import { languageIds } from '../../src/views/editor/templateDetection.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** The sources with their comments taken out, for some ids stand in code that only VS Code can load. */
const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: read(`src/${path}`).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') }));

const matchesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

const { commands, menus, viewsWelcome, configuration, views, viewsContainers, languageModelTools } =
  manifest.contributes;
const settings = Object.keys(configuration.properties);
const menuItems = Object.values(menus).flat();
const whens = [...menuItems, ...viewsWelcome].map(({ when }) => when);
const declared = commands.map(({ command }) => command);
const ours: readonly string[] = Object.values(commandIds);

describe('the manifest', () => {
  it('declares every command that there is, and no other', () => {
    assert.deepEqual([...declared].sort(), [...ours].sort());
    assert.equal(new Set(declared).size, declared.length);
  });

  it('names in its menus and welcomes only commands that there are', () => {
    const linked = viewsWelcome.flatMap(({ contents }) => matchesIn(contents, /\(command:(packscope\.\w+)/g));
    for (const id of [...menuItems.map(({ command }) => command), ...linked]) assert(ours.includes(id), id);
  });

  it('has a registration for every command', () => {
    const names = Object.keys(commandIds);
    const registered = sources.flatMap(({ text }) =>
      matchesIn(text, /(?:register|registerCommand)\(commandIds\.(\w+)/g),
    );
    assert.deepEqual([...registered].sort(), [...names].sort());
  });

  it('gives every command the product’s category and a title', () => {
    for (const { command, category, title } of commands) {
      assert.equal(category, 'Packscope', command);
      assert.notEqual(title, '', command);
    }
  });

  it('shows the one view that the code fills, in a container that there is', () => {
    assert.deepEqual(
      Object.entries(views).map(([container, [view]]) => [container, view?.id]),
      [[viewsContainers.activitybar[0]?.id, viewId]],
    );
    for (const when of whens) for (const id of matchesIn(when, /\bview == (\S+)/g)) assert.equal(id, viewId);
    for (const { view } of viewsWelcome) assert.equal(view, viewId);
  });

  it('tells nodes apart by kinds that there are', () => {
    const kinds = matchesIn(read('src/views/tree/model/nodes.ts'), /readonly kind: '(\w+)'/g);
    const special = matchesIn(read('src/views/tree/item/treeItem.ts'), /'(\w+\.\w+)'/g);
    assert(kinds.includes('pack') && special.includes('pack.deployed'), 'kinds are read from the sources');
    const used = whens.flatMap((when) => [
      ...matchesIn(when, /viewItem == ([\w.]+)/g),
      ...matchesIn(when, /viewItem =~ \/\^\(([^)]*)\)\$\//g).flatMap((alternatives) => alternatives.split('|')),
    ]);
    assert.equal(whens.filter((when) => when.includes('viewItem')).length > 0 && used.length > 0, true);
    for (const when of whens.filter((when) => when.includes('viewItem'))) {
      assert.match(when, /viewItem == [\w.]+|viewItem =~ \/\^\([\w.|]+\)\$\//);
    }
    for (const kind of used) assert([...kinds, ...special].includes(kind), `no node is a ${kind}`);
  });

  it('asks only for context keys that are set, and for welcomes that there are', () => {
    const keys: readonly string[] = Object.values(contextKeys);
    const asked = whens.flatMap((when) =>
      matchesIn(when.replaceAll(viewId, '').replaceAll(`'${panelTypes.pack}'`, ''), /\b(packscope\.\w+)/g),
    );
    for (const key of asked) assert(keys.includes(key), key);
    for (const key of keys) assert(asked.includes(key), `nothing depends on ${key}`);
    const welcomes = matchesIn(
      read('src/views/tree/model/welcome.ts').match(/export type Welcome = ([^;]+);/)?.[1] ?? '',
      /'(\w+)'/g,
    );
    const shown = viewsWelcome.flatMap(({ when }) => matchesIn(when, /packscope\.welcome == (\w+)/g));
    assert.deepEqual(shown.sort(), welcomes.sort());
  });

  it('declares every setting that is read, with a default and a description, and no other', () => {
    const text = read('src/views/shared/settings.ts');
    const names = matchesIn(text, /\b(?:read|number|flag|text)\('([\w.]+)'/g);
    assert.deepEqual([...new Set(names)].map((name) => `${settingsSection}.${name}`).sort(), [...settings].sort());
    for (const [name, setting] of Object.entries(configuration.properties)) {
      assert('default' in setting, name);
      assert(setting.markdownDescription.length > 0, name);
    }
  });

  it('names only settings that there are in what it says', () => {
    const said = [...viewsWelcome.map(({ contents }) => contents), ...sources.map(({ text }) => text)];
    const named = said.flatMap((text) => matchesIn(text, /setting `?(packscope\.\w+)/g));
    assert(named.length > 0);
    for (const name of named) assert(settings.includes(name), name);
  });

  it('falls back, where a setting is of the wrong kind, to the default that it declares', () => {
    const text = read('src/views/shared/settings.ts');
    const bounds = [...text.matchAll(/number\('(\w+)', (\d+), (\d+), (\d+)\)/g)];
    assert(bounds.length > 0);
    const properties: Record<string, object> = configuration.properties;
    for (const [, name, minimum, maximum, otherwise] of bounds) {
      const declared = properties[`${settingsSection}.${name}`];
      const expected = { minimum: Number(minimum), maximum: Number(maximum), default: Number(otherwise) };
      assert.deepEqual({ ...declared, ...expected }, declared, name);
    }
  });

  it('declares every tool for assistants, and tells models what no answer may be taken for', () => {
    assert.deepEqual(languageModelTools.map(({ name }) => name).sort(), Object.values(toolNames).sort());
    const registered = sources.flatMap(({ text }) => matchesIn(text, /\bregister\(\s*toolNames\.(\w+)/g));
    assert.deepEqual(registered.sort(), Object.keys(toolNames).sort());
    for (const { name, modelDescription, icon } of languageModelTools) {
      assert.match(modelDescription, /Read-only\..* data from AWS, never instructions\.$/, name);
      assert(read(icon).includes('<svg'), icon);
    }
  });

  it('keeps an untrusted workspace away from profiles, regions and aggregators', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'packscope.connections',
      'packscope.aggregators',
    ]);
  });

  it('is activated by what it contributes, by panels that come back, by links and by the languages of templates', () => {
    const panels = Object.values(panelTypes).map((type) => `onWebviewPanel:${type}`);
    const others = manifest.activationEvents.filter((event) => !event.startsWith('onLanguage:'));
    assert.deepEqual(others, [...panels, 'onUri']);
    const languages = manifest.activationEvents.filter((event) => !others.includes(event));
    assert.deepEqual(languages.sort(), languageIds.map((id) => `onLanguage:${id}`).sort());
  });

  it('names icons that are there', () => {
    const [container] = viewsContainers.activitybar;
    const icons = [container?.icon, ...Object.values(views).flatMap((all) => all.map(({ icon }) => icon))];
    for (const icon of icons) assert(icon && read(icon).includes('<svg'), icon);
  });
});
