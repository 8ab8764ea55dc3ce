import type { ComplianceError } from '../../compliance/errors.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { getFamily } from '../../compliance/text/errorKinds/errorTable.ts';

/**
 * Whether an error may be resolved outside of VS Code, such as by a sign-in in a terminal or a new token file. A process
 * that never ends is left to a manual retry: it may wait for a browser window, which takes the focus each time.
 */
export const isResolvedElsewhere = (error: ComplianceError): boolean =>
  error.kind === 'expired' || (getFamily(error.kind).family === 'configuration' && error.kind !== 'processTimedOut');

export const hasErrorResolvedElsewhere = (store: ConnectionStore): boolean =>
  [...store.lists()].some(({ errors }) => errors.some(isResolvedElsewhere));
