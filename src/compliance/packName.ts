/** The parts of a deployed pack's name. */
export interface PackName {
  /** The name of the organization's pack, or else the whole name. */
  readonly baseName: string;
  /** Whether an organization deployed the pack, as `OrgConformsPack-<name>-<8 characters>`. */
  readonly isOrganization: boolean;
}

export function splitPackName(name: string): PackName {
  const baseName = /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/.exec(name)?.[1];
  return { baseName: baseName ?? name, isOrganization: baseName !== undefined };
}
