import type { Faults, Refusal } from './faults.ts';
import { operationNames } from './model.ts';
import type { AnswerName } from './wire/answers.ts';

const scores = 'ListConformancePackComplianceScores';
const status = 'DescribeConformancePackStatus';
const aggregate = 'DescribeAggregateComplianceByConformancePacks';
const unavailable = { name: 'ServiceUnavailable', message: 'Please try again soon.' };
const internal = { name: 'InternalFailure', message: 'An internal error has occurred' };

const signedCalls = [...operationNames, 'GetCallerIdentity'] as const;

/** Answers every signed call in the same way, as something on the way to AWS does. */
const answerAll = (answer: AnswerName): Faults => ({
  answer: Object.fromEntries(signedCalls.map((call) => [call, answer])),
});

const refuseAll = (refusal: Refusal): NonNullable<Faults['refuse']> =>
  Object.fromEntries(signedCalls.map((call) => [call, refusal]));

/** Faults of public bug reports, by what goes wrong. Each is a value for `ConfigService.faults`. */
export const faultSamples = {
  deletedKey: {
    refuse: refuseAll({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    }),
  },
  disabledRegion: { regionsOff: ['eu-south-2'] },
  deniedWithoutMessage: { answer: { [scores]: 'deniedWithoutMessage' } },
  organizationDenied: {
    refuse: {
      GetOrganizationConformancePackDetailedStatus: {
        name: 'OrganizationAccessDeniedException',
        message: 'You must be the management account or a delegated administrator.',
      },
    },
  },
  suspendedAccount: {
    refuse: refuseAll({ name: 'AccessDeniedException', message: 'Your account is currently suspended' }),
  },
  unfinishedAccount: { refuse: refuseAll({ name: 'OptInRequired', message: 'The access key needs a subscription' }) },
  endpointOfOtherRegion: {
    refuse: refuseAll({
      name: 'InvalidSignatureException',
      message: 'Credential should be scoped to a valid region.',
    }),
  },
  missingSignature: {
    refuse: refuseAll({ name: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' }),
  },
  clockAhead: { clock: { minutes: 20, isDateHidden: true } },
  clockBehind: { clock: { minutes: -20, isDateHidden: true } },
  /** The SDK corrects its clock and repeats the request. */
  correctableClock: { clock: { minutes: 20 } },
  throttled: { refuse: { [scores]: { name: 'ThrottlingException', message: 'Rate exceeded' } } },
  throttledWithoutBody: answerAll('throttledWithoutBody'),
  throttledPortal: { refuse: { GetRoleCredentials: { name: 'TooManyRequestsException', message: 'HTTP 429' } } },
  throttledSts: { refuse: { AssumeRole: { name: 'ThrottlingException', message: 'Rate exceeded' } } },
  failedPortal: { refuse: { GetRoleCredentials: internal } },
  unavailablePortal: { refuse: { GetRoleCredentials: unavailable } },
  failedOidc: { refuse: { CreateToken: { name: 'InternalServerException', message: '' } } },
  unavailableOidc: { refuse: { CreateToken: unavailable } },
  failedSts: { refuse: { GetCallerIdentity: internal, AssumeRole: internal, AssumeRoleWithWebIdentity: internal } },
  unavailableSts: {
    refuse: { GetCallerIdentity: unavailable, AssumeRole: unavailable, AssumeRoleWithWebIdentity: unavailable },
  },
  rejectedIdentityToken: {
    refuse: { AssumeRoleWithWebIdentity: { name: 'InvalidIdentityToken', message: 'Not a valid JWT', status: 400 } },
  },
  failedConfig: { refuse: { [scores]: internal, [status]: internal } },
  failedWithoutBody: answerAll('failedWithoutBody'),
  captivePortal: answerAll('captivePortal'),
  webFilter: answerAll('webFilter'),
  jsonFilter: answerAll('jsonFilter'),
  foreignJson: answerAll('foreignJson'),
  badGateway: answerAll('badGateway'),
  emptyBody: answerAll('emptyBody'),
  cutBody: answerAll('cutBody'),
  wrongType: answerAll('wrongType'),
  missingLists: { withoutList: operationNames },
  /** A server that lacks two operations. */
  missingOperations: {
    refuse: {
      [scores]: { name: 'UnknownOperationException', message: '' },
      [aggregate]: { name: 'UnknownOperationException', message: '' },
    },
  },
  unknownCompliance: {
    rows: {
      [aggregate]: { path: ['Compliance'], set: { ComplianceType: 'NOT_APPLICABLE' } },
      DescribeConformancePackCompliance: { set: { ComplianceType: 'NOT_APPLICABLE' }, row: 0 },
    },
  },
  unknownDeployment: { rows: { [status]: { set: { ConformancePackState: 'UPDATE_PAUSED' }, row: 0 } } },
  scoreTooHigh: { rows: { [scores]: { set: { Score: '110' }, row: 0 } } },
  scoreNoNumber: { rows: { [scores]: { set: { Score: 'high' }, row: 0 } } },
  nullRow: { rows: { [scores]: { replaceBy: null, row: 3 }, [status]: { replaceBy: null, row: 3 } } },
  textRow: { rows: { [scores]: { replaceBy: 'row', row: 3 }, [status]: { replaceBy: 'row', row: 3 } } },
  emptyRow: { rows: { [scores]: { replaceBy: {}, row: 3 }, [status]: { replaceBy: {}, row: 3 } } },
} satisfies Record<string, Faults>;

export type FaultSample = keyof typeof faultSamples;
