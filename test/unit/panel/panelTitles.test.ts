import assert from 'node:assert/strict';
import type { PanelTarget } from '../../../src/views/panel/panelState.ts';
import { formatPanelTitles } from '../../../src/views/panel/panelTitles.ts';

const pack = 'operational-best-practices-for-pci-dss';

const createOwn = (region: string): PanelTarget => ({
  connection: { region },
  scope: { account: '111122223333', partition: 'aws', region },
  name: pack,
});

const createAggregated = (account: string, region = 'us-east-1', name = pack): PanelTarget => ({
  connection: {},
  location: { aggregator: 'organization', account, region, pack: name },
  initial: undefined,
});

describe('titles of panels', () => {
  it('name the account of another account’s pack, after its short name', () =>
    assert.deepEqual(
      formatPanelTitles([
        createOwn('us-east-1'),
        createAggregated('444455556666'),
        createAggregated('777788889999'),
        createAggregated('444455556666', 'us-east-1', 'OrgConformsPack-data-protection-7hd2m0pz'),
        createAggregated('444455556666', 'us-east-1', 'security-baseline'),
      ]),
      [
        pack,
        '…pci-dss · 444455556666',
        '…pci-dss · 777788889999',
        'data-protection (org) · 444455556666',
        'security-baseline · 444455556666',
      ],
    ));

  it('name the region as well if the pack is open in several regions of an account', () =>
    assert.deepEqual(
      formatPanelTitles([
        createAggregated('444455556666'),
        createAggregated('444455556666', 'eu-central-1'),
        createOwn('us-east-1'),
        createOwn('eu-central-1'),
      ]),
      [
        '…pci-dss · 444455556666 · us-east-1',
        '…pci-dss · 444455556666 · eu-central-1',
        `${pack} · 111122223333 · us-east-1`,
        `${pack} · 111122223333 · eu-central-1`,
      ],
    ));
});
