import { type AggregateRow, type ComplianceType, complianceTypes } from '../model.ts';
import { releaseMemory } from './releaseMemory.ts';
import { StringTable } from './stringTable.ts';

/** The states of a row as numbers, from best to worst. A row without a known state is worse than a compliant one. */
export const stateCodes = { COMPLIANT: 0, unknown: 1, INSUFFICIENT_DATA: 2, NON_COMPLIANT: 3 } as const;
export const stateCount = 4;

/** The state that a code stands for. Undefined if it is unknown. */
export const toCompliance = (code: number): ComplianceType | undefined =>
  complianceTypes.find((type) => stateCodes[type] === code);

const initialCapacity = 1024;
/** More rows than this would be too much memory that may never be used. */
const maxGrowth = 1 << 18;
/** Spreads consecutive numbers over the hash table. */
const hashFactor = 0x9e3779b1;

/**
 * The rows of an aggregator, each once, as columns of numbers: 25 bytes per row and 8 to 16 for the index, up to twice
 * that while there is room to grow. The row of a pack, account and region that has been added before is replaced.
 * Columns are valid up to `length` and until the next `add`.
 */
export class RowColumns {
  readonly packNames = new StringTable();
  readonly accountIds = new StringTable();
  readonly regionNames = new StringTable();
  #length = 0;
  #packs = new Uint32Array(initialCapacity);
  #accounts = new Uint32Array(initialCapacity);
  #regions = new Uint32Array(initialCapacity);
  #states = new Uint8Array(initialCapacity);
  #compliantRules = new Uint32Array(initialCapacity);
  #nonCompliantRules = new Uint32Array(initialCapacity);
  #totalRules = new Uint32Array(initialCapacity);
  /** The few rows with values outside of the API model, as they came. */
  readonly #unusualRows = new Map<number, AggregateRow>();
  /** An open hash table: row numbers + 1, at most half full. */
  #index = new Uint32Array(2 * initialCapacity);
  readonly #isExclusive: boolean;

  /** `isExclusive`: no column is read while rows are added, so that outgrown columns are freed at once. */
  constructor({ isExclusive = false }: { readonly isExclusive?: boolean } = {}) {
    this.#isExclusive = isExclusive;
  }

  /** The number of rows. */
  get length(): number {
    return this.#length;
  }

  /** The numbers of the rows' packs in `packNames`. */
  get packs(): Uint32Array {
    return this.#packs;
  }

  /** The numbers of the rows' accounts in `accountIds`. */
  get accounts(): Uint32Array {
    return this.#accounts;
  }

  /** The numbers of the rows' regions in `regionNames`. */
  get regions(): Uint32Array {
    return this.#regions;
  }

  /** The rows' states, as `stateCodes`. */
  get states(): Uint8Array {
    return this.#states;
  }

  get compliantRules(): Uint32Array {
    return this.#compliantRules;
  }

  get nonCompliantRules(): Uint32Array {
    return this.#nonCompliantRules;
  }

  get totalRules(): Uint32Array {
    return this.#totalRules;
  }

  /** Adds a row, or replaces the one with its pack, account and region. Returns whether it is new. */
  add(added: AggregateRow): boolean {
    const { pack, account, region, compliance, countsText, ...counts } = added;
    const state = complianceTypes.find((type) => type === compliance);
    const packNumber = this.packNames.add(pack);
    const accountNumber = this.accountIds.add(account);
    const regionNumber = this.regionNames.add(region);
    const slot = this.#findSlot(packNumber, accountNumber, regionNumber);
    const isNew = this.#index[slot] === 0;
    const row = isNew ? this.#length : (this.#index[slot] ?? 0) - 1;
    if (isNew) {
      if (this.#length === this.#packs.length) this.#grow();
      this.#index[this.#findSlot(packNumber, accountNumber, regionNumber)] = ++this.#length;
    }
    this.#packs[row] = packNumber;
    this.#accounts[row] = accountNumber;
    this.#regions[row] = regionNumber;
    this.#states[row] = stateCodes[state ?? 'unknown'];
    this.#compliantRules[row] = counts.compliantRules;
    this.#nonCompliantRules[row] = counts.nonCompliantRules;
    this.#totalRules[row] = counts.totalRules;
    if (compliance !== state || countsText !== undefined) this.#unusualRows.set(row, added);
    else this.#unusualRows.delete(row);
    return isNew;
  }

  /** The row with a number from 0 to `length` - 1. */
  getRow(row: number): AggregateRow {
    const unusual = this.#unusualRows.get(row);
    if (unusual) return unusual;
    return {
      pack: this.packNames.get(this.#packs[row]),
      account: this.accountIds.get(this.#accounts[row]),
      region: this.regionNames.get(this.#regions[row]),
      compliance: toCompliance(this.#states[row] ?? stateCodes.unknown),
      compliantRules: this.#compliantRules[row] ?? 0,
      nonCompliantRules: this.#nonCompliantRules[row] ?? 0,
      totalRules: this.#totalRules[row] ?? 0,
    };
  }

  /** The slot of the row with these numbers, or the empty slot where it belongs. */
  #findSlot(pack: number, account: number, region: number): number {
    const mask = this.#index.length - 1;
    let slot = hash(pack, account, region) & mask;
    for (;;) {
      const row = (this.#index[slot] ?? 0) - 1;
      const isFree = row < 0;
      if (isFree || (this.#packs[row] === pack && this.#accounts[row] === account && this.#regions[row] === region))
        return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** Doubles the capacity up to a maximum of new rows. The table stays at most half full. */
  #grow(): void {
    const capacity = this.#packs.length + Math.min(this.#packs.length, maxGrowth);
    this.#packs = this.#extend(this.#packs, new Uint32Array(capacity));
    this.#accounts = this.#extend(this.#accounts, new Uint32Array(capacity));
    this.#regions = this.#extend(this.#regions, new Uint32Array(capacity));
    this.#states = this.#extend(this.#states, new Uint8Array(capacity));
    this.#compliantRules = this.#extend(this.#compliantRules, new Uint32Array(capacity));
    this.#nonCompliantRules = this.#extend(this.#nonCompliantRules, new Uint32Array(capacity));
    this.#totalRules = this.#extend(this.#totalRules, new Uint32Array(capacity));
    if (2 * capacity > this.#index.length) this.#growIndex();
  }

  #extend<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
    to.set(from);
    if (this.#isExclusive) releaseMemory(from);
    return to;
  }

  #growIndex(): void {
    const { length } = this.#index;
    // Only `add` reads the index.
    releaseMemory(this.#index);
    this.#index = new Uint32Array(2 * length);
    for (let row = 0; row < this.#length; row++) {
      const slot = this.#findSlot(this.#packs[row] ?? 0, this.#accounts[row] ?? 0, this.#regions[row] ?? 0);
      this.#index[slot] = row + 1;
    }
  }
}

function hash(pack: number, account: number, region: number): number {
  let value = Math.imul(account, hashFactor) ^ pack;
  value = Math.imul(value ^ (value >>> 15), hashFactor) ^ region;
  value = Math.imul(value ^ (value >>> 13), hashFactor);
  return (value ^ (value >>> 16)) >>> 0;
}
