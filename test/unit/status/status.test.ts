import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { type ConnectionSummary, summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { badgeOf, statusText, statusTooltip } from '../../../src/views/status/statusText.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withOpenTree, withTree } from '../tree/openTree.ts';

const target = 90;

const standingsOf = ({ estate }: OpenTree, { connections = [{}] }: TreeOptions): ConnectionSummary[] =>
  connections.map((connection) => summarize(estate.store(connection), target));

/** The status bar, its tooltip and the badge as text. */
function render(summaries: readonly ConnectionSummary[]): string {
  const badge = badgeOf(summaries);
  const marks = { title: '', line: '  ', item: '  - ' };
  const tooltip = statusTooltip(summaries, target, noon.getTime()).map(({ kind, text }) => marks[kind] + text);
  return [
    statusText(summaries) ?? '(no item)',
    badge ? `(${badge.value}) ${badge.tooltip}` : '(no badge)',
    ...tooltip,
    '',
  ].join('\n');
}

const golden = (name: string, options: TreeOptions, prepare = (_: OpenTree): void | Promise<void> => {}) =>
  withTree({ attempts: 1, ...options }, async (open) => {
    await prepare(open);
    open.shown.open();
    await open.shown.quiet();
    for (const node of open.shown.all('scope')) open.shown.expand(node);
    await open.shown.quiet();
    assertGolden(import.meta.url, `${name}.txt`, render(standingsOf(open, options)));
  });

/** What is known of a connection before anything is. */
const nobody: ConnectionSummary = {
  connection: {},
  scope: undefined,
  packs: [],
  below: [],
  knowsAllBelow: false,
  readAt: undefined,
  loading: false,
  error: undefined,
};

const regions = [{ region: 'us-east-1' }, { region: 'eu-central-1' }, { region: 'ap-southeast-2' }];

describe('what a person reads in the status bar', () => {
  it('is nothing before something is known', () =>
    withTree({}, async (open) => {
      const summaries = standingsOf(open, {});
      assert.deepEqual([statusText(summaries), badgeOf(summaries)], [undefined, undefined]);
      assert.deepEqual(open.service.requests.length, 0);
    }));

  it('of one account and region', () => golden('one', {}));

  it('of three regions', () => golden('three-regions', { connections: regions }));

  it('of three regions, of which one has been read', () =>
    withOpenTree({ connections: regions }, async (open) => {
      const [first] = open.shown.all('scope');
      assert(first);
      assert.equal(statusText(standingsOf(open, { connections: regions })), undefined);
      open.shown.expand(first);
      await open.shown.quiet();
      assertGolden(import.meta.url, 'one-of-three.txt', render(standingsOf(open, { connections: regions })));
    }));

  it('of a list that goes on', () => golden('goes-on', { pageSize: 2 }));

  it('of an account without packs', () =>
    golden('no-packs', {}, ({ service }) => {
      const { account, region } = service.estate.home;
      for (const name of service.estate.packNames(service.estate.home))
        service.estate.deletePack(account, region, name);
    }));

  it('of more packs below the target than a tooltip holds', () =>
    golden('many', {}, ({ service }) => {
      const { account, region } = service.estate.home;
      for (const number of [1, 2, 3]) {
        const name = `baseline-${number}`;
        service.estate.addPack(account, region, name, [{ rule: 'restricted-ssh', resources: 4, failing: number }]);
      }
    }));

  it('signed out', () => golden('signed-out', { signedOut: true }));

  it('signed out of two of three', () =>
    withOpenTree({}, async (open) => {
      const error = new ComplianceError('signedOut', 'for a test');
      const signedOut = ['prod', 'dev'].map(
        (profile): ConnectionSummary => ({ ...nobody, connection: { profile }, error }),
      );
      const summaries = [...standingsOf(open, {}), ...signedOut];
      assertGolden(import.meta.url, 'signed-out-of-two.txt', render(summaries));
    }));

  it('with scores denied', () =>
    golden('denied', {}, ({ service }) => {
      service.faults = { refuse: { ListConformancePackComplianceScores: { name: 'AccessDeniedException' } } };
    }));

  it('expired since it was read', () =>
    withOpenTree({ attempts: 1 }, async (open) => {
      open.service.faults = { expiredCredentials: true };
      open.shown.refresh();
      await open.shown.quiet();
      assertGolden(import.meta.url, 'expired.txt', render(standingsOf(open, {})));
    }));

  it('of nobody at the moment of a switch', () =>
    withOpenTree({}, async (open) => {
      open.estate.reset();
      assert.equal(statusText(standingsOf(open, {})), undefined);
      assert.equal(badgeOf(standingsOf(open, {})), undefined);
    }));

  it('of two profiles, and of many connections', () => {
    const summaries = Array.from(
      { length: 12 },
      (_, index): ConnectionSummary => ({
        ...nobody,
        connection: { profile: index % 2 ? 'prod' : 'dev', region: `us-nowhere-${index}` },
        scope: { account: '111122223333', partition: 'aws', region: `us-nowhere-${index}` },
        knowsAllBelow: true,
      }),
    );
    assertGolden(import.meta.url, 'two-profiles.txt', render(summaries));
  });
});
