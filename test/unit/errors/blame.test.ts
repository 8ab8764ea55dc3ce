import { kindsByName } from '../../../src/aws/transport/errorClassification.ts';
import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../../src/compliance/errors.ts';
import { errorKinds } from '../../../src/compliance/text/errorKinds/errorTable.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';
import { assertGolden } from '../../support/golden.ts';
import { examples } from './examples.ts';

/** Words that blame the region, the sign-in, the credentials or the permissions. */
const blame =
  /\bregions?\b|sign(ed)? in|session|credentials?\b|access key|secret|permi(t|ssion)|denied|allows this|enabled?\b/i;

/** The sentences of an error that blame something, each with the details without which it would not be there. */
function findBlame(kind: ErrorKind, details: ErrorDetails): string[] {
  const getSentences = (evidence: ErrorDetails): readonly string[] => {
    const { title, causes } = describeError(new ComplianceError(kind, examples[kind].message, evidence));
    return [title, ...causes];
  };
  return getSentences(details)
    .filter((sentence) => blame.test(sentence))
    .map((sentence) => {
      const needed = Object.keys(details).filter((name) => {
        const { [name as keyof ErrorDetails]: _, ...others } = details;
        return !getSentences(others).includes(sentence);
      });
      return `  ${sentence}\n    needs: ${[`the kind ${kind}`, ...needed.map((name) => `${name} ${JSON.stringify(details[name as keyof ErrorDetails])}`)].join(', ')}`;
    });
}

describe('messages that blame the region, the sign-in or the permissions', () => {
  it('are these, with the evidence that they need', () => {
    const blocks = errorKinds.flatMap((kind) => {
      const sentences = new Set(examples[kind].details.flatMap((details) => findBlame(kind, details)));
      const names = [...kindsByName].flatMap(([name, each]) => (each === kind ? name : []));
      const decidedBy = names.length === 0 ? '' : ` (error names: ${names.join(', ')})`;
      return sentences.size === 0 ? [] : `${kind}${decidedBy}\n${[...sentences].join('\n')}\n`;
    });
    assertGolden(import.meta.url, 'blame.txt', blocks.join('\n'));
  });
});
