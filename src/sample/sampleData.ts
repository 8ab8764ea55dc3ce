import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { Aggregator, UnhealthySource } from '../compliance/model.ts';
import type { AccountRollout, OrganizationPack, OrganizationPackStatus } from '../compliance/organizationModel.ts';

/** The sample organization, as the build stores it. All times are epoch milliseconds, and their ages are right at `createdAt`. */
export interface SampleData {
  readonly createdAt: number;
  readonly home: { readonly account: string; readonly region: string };
  /** What the results of a rule have in common, with its name in templates. */
  readonly rules: readonly SampleRule[];
  readonly packs: readonly SamplePack[];
  readonly aggregators: readonly SampleAggregator[];
  readonly organizationPacks: readonly SampleOrganizationPack[];
  /** Templates that name packs, by file name. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface SampleRule {
  readonly name: string;
  readonly resourceType: string;
  readonly controls: readonly string[];
  /** Why a resource fails. */
  readonly annotation: string;
}

/** A pack in one account and region. Only packs of the home account and region have a score and a deployment. */
export interface SamplePack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** `conformance-pack-<9 characters>`. */
  readonly id: string;
  /** A deployment state; `DELETED` for a pack that only aggregators still contain. */
  readonly state: string;
  readonly reason?: string;
  readonly requestedAt: number;
  readonly completedAt?: number;
  readonly scoredAt: number;
  /** 0–100. */
  readonly score?: number;
  /** Whether aggregators have the pack's configuration item. */
  readonly isRecorded: boolean;
  /** Ordered by name; empty for a pack that was not created. */
  readonly rules: readonly SampleResults[];
}

/** The results of a rule in one pack: the rule's index, then the IDs of its non-compliant and its compliant resources. */
export type SampleResults = readonly [rule: number, failing: readonly string[], passing: readonly string[]];

export interface SampleAggregator extends Aggregator {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly unhealthySources: readonly UnhealthySource[];
}

export interface SampleOrganizationPack {
  readonly pack: OrganizationPack;
  readonly status: OrganizationPackStatus;
  readonly rollout: readonly AccountRollout[];
}

/** Reads the file that the build wrote. Rejects if it is missing or damaged. */
export async function readSampleData(path: string): Promise<SampleData> {
  const text = await promisify(brotliDecompress)(await readFile(path));
  return JSON.parse(text.toString());
}
