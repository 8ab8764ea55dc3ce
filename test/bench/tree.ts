import { runChild } from './child/runChild.ts';
import { formatMilliseconds, type Measurement } from './measurement.ts';
import { startService } from './serviceProcess.ts';

/** The result of a process that loads every row of an aggregator into a visible tree, sorts and filters it. */
export interface TreeRun {
  readonly rows: number;
  /** The time of Load All. */
  readonly milliseconds: number;
  /** The longest time in which the event loop was blocked, in milliseconds, and that of each step. */
  readonly longestBlock: number;
  readonly longest: Readonly<Record<string, number>>;
  readonly shownNodes: number;
  /** The largest size of the process. */
  readonly processBytes: number;
}

const maxBlock = 100;
const maxProcessBytes = 700e6;
const estate = ['--estate', 'generated', '--accounts', '1032', '--regions', '10', '--packs', '100', '--rules', '5'];

/** Measures a million rows in the tree: how long the event loop is blocked, and the memory of the process. */
export async function measureTree(): Promise<Measurement[]> {
  await using service = await startService(...estate);
  const { rows, milliseconds, longestBlock, longest, shownNodes, processBytes } = await runChild<TreeRun>(
    'tree.ts',
    [],
    service.env,
  );
  if (rows < 1_000_000) throw new Error(`Only ${rows} rows were loaded`);
  const steps = Object.entries(longest).map(([step, block]) => `${step} ${formatMilliseconds(block)}`);
  return [
    {
      name: `${rows} rows in the tree, longest block`,
      figures: { longestBlock, milliseconds, shownNodes },
      value: formatMilliseconds(longestBlock),
      comparison: `${steps.join(', ')}; ${shownNodes} nodes shown, ${Math.round(milliseconds / 1000)} s`,
      bound: `≤ ${formatMilliseconds(maxBlock)}`,
      holds: longestBlock <= maxBlock,
    },
    {
      name: `${rows} rows in the tree, process`,
      figures: { processBytes },
      value: `${Math.round(processBytes / 1e6)} MB`,
      bound: `≤ ${Math.round(maxProcessBytes / 1e6)} MB`,
      holds: processBytes <= maxProcessBytes,
    },
  ];
}
