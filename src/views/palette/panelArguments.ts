import { asRecord } from '../../compliance/unknownValues.ts';

/** The arguments of a command. A panel's context menu passes the pack as `linked`, beside the rule and resource of the row. */
export function getPanelArguments(args: unknown): unknown {
  const { linked, rule, resource } = asRecord(args);
  if (linked === undefined) return args;
  return { ...asRecord(linked), ...(rule !== undefined && { rule }), ...(resource !== undefined && { resource }) };
}
