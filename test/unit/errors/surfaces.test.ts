import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { errorKinds, getFamily } from '../../../src/compliance/text/errorKinds/errorTable.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';
import { errorContextValues, getErrorContextValue } from '../../../src/views/tree/item/errorItem.ts';
import { assertGolden } from '../../support/golden.ts';
import { createErrors } from './examples.ts';
import { openTree, showEverywhere } from './surfaces.ts';

const allErrors = errorKinds.flatMap(createErrors);
/** Those that lists keep. */
const keptErrors = allErrors.filter(({ kind }) => kind !== 'accountChanged');

describe('errors in every surface', () => {
  for (const kind of errorKinds) {
    it(`show ${kind}`, async () => {
      const texts = await Promise.all(createErrors(kind).map(showEverywhere));
      assertGolden(import.meta.url, `${kind}.txt`, texts.join('\n'));
    });
  }

  it('show one row for two lists with the same cause', async () => {
    for (const error of keptErrors) {
      const fail = () => Promise.reject(error);
      const { shown } = await openTree({ listScores: fail, listDeployments: fail });
      const rows = shown.nodesOfKind('error').filter(({ isTopLevel }) => !isTopLevel).length;
      assert(rows === 1 || (rows === 0 && shown.model.getWelcome() !== undefined), error.kind);
    }
  });

  it('never show a welcome that speaks of emptiness', async () => {
    for (const error of keptErrors) {
      const fail = () => Promise.reject(error);
      for (const methods of [{ listScores: fail }, { listDeployments: fail }, { listAggregators: fail }]) {
        const { shown } = await openTree(methods);
        assert.notEqual(shown.model.getWelcome(), 'noPacks', error.kind);
      }
    }
  });
});

describe('descriptions of errors', () => {
  it('have a title without a full stop, and causes as sentences', () => {
    for (const error of allErrors) {
      const { title, causes, text, advice } = describeError(error);
      assert.match(title, /\S$/);
      assert(!title.endsWith('.'), title);
      for (const cause of causes) assert.match(cause, /\.$/);
      assert.equal(text, `${title}. ${advice}`);
    }
  });

  it('can be retried, offer no action twice, and end with the log', () => {
    for (const error of allErrors) {
      const kinds = describeError(error).actions.map(({ kind }) => kind);
      assert(kinds.includes('retry'), error.kind);
      assert.equal(new Set(kinds).size, kinds.length, error.kind);
      assert(!kinds.slice(0, -1).includes('showLog'), error.kind);
    }
  });

  it('have a menu in the tree with all of their actions', () => {
    const parts = { signIn: 'signedOut', openFile: 'openFile', openSetting: 'openSetting', copyPolicy: 'copyPolicy' };
    for (const error of allErrors) {
      const value = getErrorContextValue(error);
      assert(errorContextValues.includes(value));
      for (const { kind } of describeError(error).actions)
        if (kind in parts)
          assert(value.split('.').includes(parts[kind as keyof typeof parts]), `${error.kind} ${kind}`);
    }
  });

  it('have different titles in each family', () => {
    const byTitle = Map.groupBy(allErrors, (error) => describeError(error).title);
    for (const [title, errors] of byTitle) {
      assert.equal(new Set(errors.map(({ kind }) => getFamily(kind).family)).size, 1, title);
    }
  });

  it('quote words of a denial that are not those of IAM', () => {
    const { advice } = describeError(new ComplianceError('denied', 'Not in this organization.', { permission: 'a:B' }));
    assert.equal(advice, 'AWS says: “Not in this organization”. Ask for the permission a:B, then retry.');
  });

  it('lead to the program that has the credentials of a process', () => {
    const message = 'Profile dev credential_process returned expired credentials.';
    const { advice } = describeError(new ComplianceError('expired', message));
    assert.equal(advice, `${message} Renew them with the program that it runs, then retry.`);
  });

  it('format how far the clock is off in the largest unit', () => {
    for (const [minutes, text] of [
      [119, '119 minutes ahead'],
      [120, '2 hours ahead'],
      [-600, '10 hours behind'],
      [-4320, '3 days behind'],
    ] as const) {
      const { title } = describeError(new ComplianceError('clockWrong', '', { clockSkewMinutes: minutes }));
      assert.equal(title, `This computer’s clock is about ${text}`);
    }
  });

  it('name the profile of a connection', () => {
    const getTitle = (kind: 'expired' | 'signedOut') => {
      const [error] = createErrors(kind);
      assert(error);
      return describeError(error, { profile: 'audit' }).title;
    };
    assert.equal(getTitle('expired'), 'Your session for profile “audit” has expired');
    assert.equal(getTitle('signedOut'), 'Not signed in with profile “audit”');
  });
});
