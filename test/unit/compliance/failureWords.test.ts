import { ComplianceError, type FailureFacts, type FailureKind } from '../../../src/compliance/errors.ts';
import { failureAdvice, failureTitle } from '../../../src/compliance/failureWords.ts';
import { assertGolden } from '../golden.ts';

const region = 'eu-south-2';
const requestId = '5c0b9f6e-0000-4000-8000-000000000000';

/** Every kind, with the facts that change what is said of it. */
const cases: Readonly<Record<FailureKind, readonly FailureFacts[]>> = {
  signedOut: [{}],
  expired: [{}],
  switched: [{}],
  denied: [
    {},
    { permission: 'config:DescribeConformancePackStatus' },
    { permission: 'config:DescribeConformancePackStatus', denial: 'an explicit deny in a service control policy' },
  ],
  noRegion: [{}],
  keysRefused: [{ region }],
  regionOff: [{ region }, { region, account: '318604927715' }],
  notSetUp: [{}],
  noAggregator: [{}],
  noPack: [{}],
  staleCursor: [{}],
  throttled: [{}],
  network: [
    {},
    { obstacle: 'proxy' },
    { obstacle: 'proxy', proxy: 'office.example:3128' },
    { obstacle: 'certificate' },
    { obstacle: 'host' },
    { obstacle: 'silence' },
  ],
  cancelled: [{}],
  unknown: [{}, { requestId }],
};

describe('what a person reads of a failure', () => {
  it('is a title and an advice for each kind', () => {
    const blocks = Object.entries(cases).flatMap(([kind, all]) =>
      all.map((facts) => {
        const error = new ComplianceError(kind as FailureKind, 'words', facts);
        const known = Object.entries(facts).map(([name, value]) => ` · ${name} ${value}`);
        return `${kind}${known.join('')}\n  ${failureTitle(error)}\n  ${failureAdvice(error)}\n`;
      }),
    );
    assertGolden(import.meta.url, 'failures.txt', blocks.join('\n'));
  });
});
