import type { Scope } from './model.ts';

/** So many of something, such as `1 pack` or `3 packs`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** An account and a region as people read them, such as `111122223333 · us-east-1`. */
export const placeOf = ({ account, region }: Pick<Scope, 'account' | 'region'>): string => `${account} · ${region}`;
