import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../../src/compliance/errors.ts';
import { errorAdvice, errorTitle } from '../../../src/compliance/text/errorMessages.ts';
import { assertGolden } from '../../support/golden.ts';

const region = 'eu-south-2';
const requestId = '5c0b9f6e-0000-4000-8000-000000000000';

/** Every kind, with the facts that change what is said of it. */
const cases: Readonly<Record<ErrorKind, readonly ErrorDetails[]>> = {
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
      all.map((details) => {
        const error = new ComplianceError(kind as ErrorKind, 'words', details);
        const known = Object.entries(details).map(([name, value]) => ` · ${name} ${value}`);
        return `${kind}${known.join('')}\n  ${errorTitle(error)}\n  ${errorAdvice(error)}\n`;
      }),
    );
    assertGolden(import.meta.url, 'errors.txt', blocks.join('\n'));
  });
});
