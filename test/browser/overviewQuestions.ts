import assert from 'node:assert/strict';
import type { Estate, Pack } from '../config-service/estate/estate.ts';
import { hasResults, isDeployed } from '../config-service/estate/scoring.ts';
import { eventually } from '../support/polling.ts';
import { closeEditor } from '../support/workbench/page.ts';
import { Panel, type RenderedLine } from '../support/workbench/panel.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const aggregator = 'organization';
const maxActions = 3;

/** A pack of an account and region, as an aggregator counts it. */
export interface Row {
  readonly account: string;
  readonly region: string;
  /** The name in the organization, if it deployed the pack. */
  readonly pack: string;
  /** Undefined without a result. */
  readonly isFailing: boolean | undefined;
}

/** The rows of an estate, independent of the extension's code. */
export const getRows = (estate: Estate): Row[] =>
  getPacks(estate).map((pack) => {
    const { account, region } = pack;
    const { compliant, nonCompliant } = estate.ruleCounts(pack);
    const isFailing = compliant + nonCompliant === 0 ? undefined : nonCompliant > 0;
    return { account, region, pack: toOverviewName(pack.name), isFailing };
  });

const getPacks = (estate: Estate): Pack[] =>
  estate.accounts.flatMap((account) =>
    estate.regions.flatMap((region) =>
      estate
        .packNames({ account, region })
        .flatMap((name) => estate.pack({ account, region }, name) ?? [])
        .filter((pack) => hasResults(pack) && estate.ruleCounts(pack).total > 0),
    ),
  );

const toOverviewName = (name: string): string => name.replace(/^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/, '$1 (org)');

/** The accounts or packs with the largest share of failing rows, and of these the ones with most. */
export function findWorst(rows: readonly Row[], by: 'account' | 'pack') {
  const groups = [...Map.groupBy(rows, (row) => row[by])].map(([name, members]) => {
    const results = members.flatMap(({ isFailing }) => isFailing ?? []);
    const failing = results.filter(Boolean).length;
    const share = results.length === 0 ? -1 : failing / results.length;
    return { name, share, failing, text: `${failing.toLocaleString('en')} of ${results.length.toLocaleString('en')}` };
  });
  const share = Math.max(...groups.map((group) => group.share));
  const worst = groups.filter((group) => group.share === share);
  const failing = Math.max(...worst.map((group) => group.failing));
  return worst.filter((group) => group.failing === failing);
}

/** The rules that fail in most accounts, by their names without suffix, and the number of these accounts. */
function findMostFailingRules(estate: Estate) {
  const accounts = new Map<string, Set<string>>();
  for (const pack of getPacks(estate).filter(isDeployed)) {
    for (const { name, failing } of estate.rules(pack)) {
      const rule = name.replace(/-conformance-pack-[a-z0-9]{9}$/, '');
      if (failing > 0) accounts.set(rule, (accounts.get(rule) ?? new Set()).add(pack.account));
    }
  }
  const most = Math.max(...[...accounts.values()].map(({ size }) => size));
  return { most, rules: [...accounts].filter(([, { size }]) => size === most).map(([rule]) => rule) };
}

export interface Questions {
  readonly workbench: () => Workbench;
  /** Opens the overview with one action. */
  readonly open: () => Promise<void>;
  /** How long reading may take, in seconds. */
  readonly seconds: number;
}

/** Tests that the overview answers each question with at most three actions, from a closed editor on. */
export function itAnswersEachQuestion({ workbench, open, seconds }: Questions): void {
  /** A person who acts in the panel. */
  class Visit {
    #actions = 0;
    #panel: Panel | undefined;

    static async start(): Promise<Visit> {
      const { page } = workbench();
      if ((await page.locator('.tab', { hasText: aggregator }).count()) > 0) await closeEditor(page, aggregator);
      const visit = new Visit();
      await visit.#act(open);
      visit.#panel = await Panel.find(page, aggregator);
      return visit;
    }

    async #act(action: () => Promise<void>): Promise<void> {
      this.#actions += 1;
      await action();
    }

    get panel(): Panel {
      assert(this.#panel);
      return this.#panel;
    }

    /** A field with suggestions is a combobox. */
    getField = (label: string) => this.panel.getByRole('textbox', label).or(this.panel.getByRole('combobox', label));
    openTab = (name: string) => this.#act(() => this.panel.getByRole('tab', name).click());
    filter = (label: string, text: string) => this.#act(() => this.getField(label).fill(text));

    /** Waits until the rows fulfil an assertion, and checks how many actions that took. */
    async expect(assertLines: (lines: readonly RenderedLine[]) => void): Promise<void> {
      await this.panel.getByRole('button', 'Cancel').waitFor({ state: 'detached', timeout: seconds * 1000 });
      await eventually(async () => assertLines(await this.panel.getLines()));
      assert(this.#actions <= maxActions, `${this.#actions} actions`);
      console.log(`      ${this.#actions} actions`);
    }
  }

  const getEstateRows = () => getRows(workbench().service.estate);
  const accountCount = () => workbench().service.estate.accounts.length;

  it('answers which account is worst', async () => {
    const worst = findWorst(getEstateRows(), 'account');
    const visit = await Visit.start();
    await visit.expect(([line]) => {
      const [name = '', share] = line?.cells ?? [];
      assert.equal(worst.find((each) => name.endsWith(each.name))?.text, share);
    });
  });

  it('answers which pack is worst across accounts', async () => {
    const worst = findWorst(getEstateRows(), 'pack');
    const visit = await Visit.start();
    await visit.openTab('Packs');
    await visit.expect(([line]) => {
      const [name = '', , share] = line?.cells ?? [];
      assert.equal(worst.find((each) => each.name === name)?.text, share);
    });
  });

  it('answers which rule fails in most accounts', async () => {
    const { most, rules } = findMostFailingRules(workbench().service.estate);
    const visit = await Visit.start();
    await visit.openTab('Rules');
    await visit.panel.frame
      .locator('.line.rule')
      .first()
      .waitFor({ timeout: seconds * 1000 });
    await visit.expect(([line]) => {
      const [name = '', accounts] = line?.cells ?? [];
      assert(rules.includes(name), `${name} is none of ${rules}`);
      assert.equal(accounts, most.toLocaleString('en'));
    });
  });

  it('answers whether a pack is everywhere, and which accounts lack it', async () => {
    const rows = getEstateRows();
    const groups = Map.groupBy(rows, ({ pack }) => pack);
    // The pack that most, but not all accounts have, and that can be typed without meaning another one.
    const [name = '', own = []] =
      [...groups]
        .filter(([pack]) => [...groups.keys()].filter((each) => each.includes(pack)).length === 1)
        .map(([pack, members]) => [pack, members] as const)
        .filter(([, members]) => new Set(members.map(({ account }) => account)).size < accountCount())
        .toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
    const present = new Set(own.map(({ account }) => account));
    const lacking = workbench().service.estate.accounts.filter((account) => !present.has(account));
    assert(lacking.length > 0);
    const visit = await Visit.start();
    await visit.openTab('Packs');
    await visit.filter('Filter packs', name);
    await visit.expect((lines) => {
      const coverage = `in ${present.size.toLocaleString('en')} of ${accountCount().toLocaleString('en')} accounts`;
      assert.equal(lines[0]?.cells[0], name);
      assert(lines[0]?.cells[1]?.startsWith(coverage), `${lines[0]?.cells[1]} is not ${coverage}`);
      const shown = lines.filter(({ kind, cells }) => kind === 'lackingAccount' && cells[1] === 'not deployed');
      assert(shown.length > 0);
      for (const { cells } of shown) assert(lacking.some((account) => cells[0]?.endsWith(account)));
      // Only the rows in view are rendered.
      if (lines.length < 20) assert.equal(shown.length, lacking.length);
    });
  });

  it('answers what fails in an account', async () => {
    const { accounts } = workbench().service.estate;
    const account = accounts.at(-2) ?? '';
    const own = getEstateRows().filter((row) => row.account === account);
    const visit = await Visit.start();
    await visit.filter('Filter accounts', account);
    await visit.expect((lines) => {
      assert(lines[0]?.cells[0]?.endsWith(account));
      const failing = lines.filter(({ kind, cells }) => kind === 'deployedPack' && cells[1] === 'non-compliant');
      assert(failing.length > 0);
      const names = own.filter(({ isFailing }) => isFailing).map(({ pack }) => pack);
      for (const { cells } of failing) assert(names.includes(toOverviewName((cells[0] ?? '').replace(/ Open$/, ''))));
    });
  });
}
