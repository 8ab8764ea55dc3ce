import { complianceTypes } from './model.ts';

/** A value that users enter or that command arguments, links and snapshots contain. */
export type Field = 'compliance' | 'scoreBelow' | 'name' | 'nameContains' | 'account' | 'region';

/** What is valid for a field, with the phrase that asks for it. */
interface Format {
  readonly isValid: (value: unknown) => boolean;
  readonly expected: string;
}

const formats: Readonly<Record<Field, Format>> = {
  compliance: {
    isValid: (value) => complianceTypes.some((type) => type === value),
    expected: `one of ${complianceTypes.join(', ')}`,
  },
  scoreBelow: {
    isValid: (value) => typeof value === 'number' && value >= 0 && value <= 100,
    expected: 'a number from 0 to 100',
  },
  name: {
    isValid: matches(/^[a-zA-Z][-a-zA-Z0-9]{0,255}$/),
    expected: 'a pack name: a letter, then letters, digits and hyphens',
  },
  nameContains: { isValid: matches(/^(?=.*\S).{1,256}$/s), expected: 'a part of a pack name' },
  account: { isValid: matches(/^\d{12}$/), expected: 'a 12-digit account ID' },
  region: { isValid: matches(/^[a-z][-a-z0-9]{0,63}$/), expected: 'a region, such as eu-central-1' },
};

export const isField = (name: string): name is Field => Object.hasOwn(formats, name);

/** Returns why a value is invalid, as a sentence; undefined if it is valid. */
export function validate(field: Field, value: unknown): string | undefined {
  const { isValid, expected } = formats[field];
  return isValid(value) ? undefined : `Enter ${expected}.`;
}

/** Returns why a value is not the name of a deployed rule (`ConfigRuleName`), as a sentence; undefined if it is. */
export const validateRuleName = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 128 && value.trim() !== ''
    ? undefined
    : 'Enter the name of a rule, as it is deployed.';

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}
