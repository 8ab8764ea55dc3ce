import type { ErrorKind } from '../../compliance/errors.ts';
import type { NamedSection } from './awsFiles.ts';

/** Where a value comes from. Files are searched only after a problem was found. */
export type ConfigLocation =
  | { readonly setting: string }
  | { readonly variable: string }
  /** A section or one of its keys. If the section lacks the key, its header. `profile` is the one that names the section. */
  | {
      readonly section: 'profile' | NamedSection;
      readonly name: string;
      readonly key?: string;
      readonly profile: string;
    };

/** Why a configuration cannot be used. Nothing has been sent. */
export interface ConfigurationProblem {
  readonly kind: ErrorKind;
  /** A sentence without a full stop. */
  readonly message: string;
  readonly location: ConfigLocation;
  /** The wrong value. */
  readonly value?: string;
  /** A section that the SDK did not find: the files may contain it in a form that it cannot read. */
  readonly missing?: { readonly section: 'profile' | NamedSection; readonly name: string };
}

/** A value that is used, and where it comes from. */
export interface LocatedValue {
  readonly value: string;
  readonly location: ConfigLocation;
}

export const connectionsSetting = 'packscope.connections';

/** A key of a profile. */
export const createKeyLocation = (profile: string, key: string): ConfigLocation => ({
  section: 'profile',
  name: profile,
  key,
  profile,
});

/** Formats where a value comes from in a sentence. */
export function formatLocation(location: ConfigLocation): string {
  if ('setting' in location) return location.setting;
  return 'variable' in location ? location.variable : (location.key ?? location.name);
}
