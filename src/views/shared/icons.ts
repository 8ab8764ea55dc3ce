import { type ComplianceError, isDenial } from '../../compliance/errors.ts';
import { isFailedState, type Pack } from '../../compliance/model.ts';

/** A codicon and the theme color of its state, if it has one. The shapes alone distinguish the states. */
export interface Icon {
  readonly codicon: string;
  readonly color?: string;
}

const failedIcon: Icon = { codicon: 'error', color: 'problemsErrorIcon.foreground' };
const passedIcon: Icon = { codicon: 'pass', color: 'testing.iconPassed' };
const fullyPassedIcon: Icon = { codicon: 'pass-filled', color: 'testing.iconPassed' };
const unknownIcon: Icon = { codicon: 'circle-slash', color: 'descriptionForeground' };
export const warningIcon: Icon = { codicon: 'warning', color: 'problemsWarningIcon.foreground' };
export const busyIcon: Icon = { codicon: 'loading~spin' };

/** The icon of a pack: its deployment state takes precedence, then its score compared with `scoreTarget` (0–100). */
export function packIcon({ score, deployment }: Pack, scoreTarget: number): Icon {
  if (isFailedState(deployment?.state)) return failedIcon;
  if (deployment?.state.endsWith('_IN_PROGRESS')) return { codicon: 'sync', color: 'descriptionForeground' };
  if (score?.percent === undefined) return unknownIcon;
  if (score.percent >= 100) return fullyPassedIcon;
  return score.percent >= scoreTarget ? passedIcon : warningIcon;
}

export const errorIcon = (error: ComplianceError): Icon =>
  isDenial(error) ? { codicon: 'lock', color: 'problemsWarningIcon.foreground' } : failedIcon;

/** The icon of a pack's or rule's compliance state. */
export function complianceIcon(compliance: string | undefined): Icon {
  if (compliance === 'COMPLIANT') return fullyPassedIcon;
  return compliance === 'NON_COMPLIANT' ? warningIcon : unknownIcon;
}
