import type { ErrorDetails } from '../../errorDetails.ts';
import { denials } from './denials.ts';
import type { ErrorKindTexts } from './errorKind.ts';
import { rejections } from './rejections.ts';
import { quoteAnswer } from './valueOrigin.ts';

/** The answer of AWS. */
export const serviceErrors = {
  ...rejections,
  ...denials,
  throttled: {
    getTitle: ({ details }) => `${isConfig(details) ? 'AWS' : signInService} is throttling requests`,
    getCauses: ({ details }) =>
      isConfig(details)
        ? [
            {
              text: 'Retry in a minute, or lower the setting packscope.maxRequestsPerSecond.',
              action: { kind: 'openSetting', setting: 'packscope.maxRequestsPerSecond' },
            },
          ]
        : [{ text: 'Your session may be fine. Retry in a minute.' }],
  },
  serviceFailed: {
    getTitle: ({ details }) => `AWS Config failed${formatStatus(details)}`,
    getCauses: ({ details }) => [
      {
        text:
          details.requestId === undefined
            ? 'The service or something on the way to it has a fault. Retry in a minute.'
            : 'The fault is on the side of AWS. Retry in a minute.',
        action: { kind: 'showLog' },
      },
    ],
  },
  signInServiceFailed: {
    hidesSubject: true,
    getTitle: ({ details }) => `${signInService} failed${formatStatus(details)}`,
    getCauses: () => [{ text: 'Your session may be fine. Retry in a minute.', action: { kind: 'showLog' } }],
  },
  signInRejected: {
    hidesSubject: true,
    getTitle: ({ details: { errorName } }) =>
      `${signInService} rejected the request${errorName === undefined ? '' : `: ${errorName}`}`,
    getCauses: ({ message, profile }) => [
      {
        text: `${quoteAnswer(message)} Check the account, role, session name and duration ${profile === undefined ? 'that the AWS files or the environment name' : `in profile “${profile}”`}, then retry.`,
        action: { kind: 'showLog' },
      },
    ],
  },
  unreadable: {
    getTitle: () => 'The answer could not be understood',
    getCauses: ({ details }) => [
      {
        text: `It was cut off, or it comes from an endpoint that is not ${isConfig(details) ? 'AWS Config' : 'the sign-in service of AWS'} (AWS_ENDPOINT_URL). Retry, or see the log.`,
        action: { kind: 'showLog' },
      },
    ],
  },
  operationNotOffered: {
    getTitle: ({ details: { operation } }) => `Not offered by this endpoint: ${operation ?? 'this operation'}`,
    getCauses: () => [
      {
        text: 'If AWS_ENDPOINT_URL or endpoint_url leads to another service, that service lacks it. Otherwise AWS Config lacks it in this region.',
        action: { kind: 'showLog' },
      },
    ],
  },
  notSetUp: {
    hidesSubject: true,
    getTitle: () => 'AWS Config is not set up here',
    getCauses: () => [{ text: 'Set up AWS Config in this region, then retry.' }],
  },
  aggregatorNotFound: {
    hidesSubject: true,
    getTitle: () => 'No such aggregator',
    getCauses: () => [
      {
        text: 'Check the names in the setting packscope.aggregators and the region.',
        action: { kind: 'openSetting', setting: 'packscope.aggregators' },
      },
    ],
  },
  packNotFound: {
    hidesSubject: true,
    getTitle: () => 'No such conformance pack',
    getCauses: () => [{ text: 'It may have been deleted. Refresh the list of packs.' }],
  },
  ruleNotFound: {
    hidesSubject: true,
    getTitle: () => 'No such rule',
    getCauses: () => [{ text: 'It may have been deleted. Refresh the pack.' }],
  },
  evaluationRunning: {
    hidesSubject: true,
    getTitle: () => 'AWS Config is already evaluating these rules',
    getCauses: () => [
      { text: 'An evaluation is in progress, or a rule is being changed. Wait until it has ended, then retry.' },
    ],
  },
  evaluationLimited: {
    hidesSubject: true,
    getTitle: () => 'AWS Config accepts no further evaluation yet',
    getCauses: () => [
      { text: 'It limits how often evaluations can be started, and how many run at once. Retry in a minute or two.' },
    ],
  },
  staleCursor: {
    getTitle: () => 'The list changed while loading',
    getCauses: () => [{ text: 'Retry to load it from the beginning.' }],
  },
  unknown: {
    getTitle: ({ details: { errorName } }) => `AWS returned an error${errorName === undefined ? '' : `: ${errorName}`}`,
    getCauses: ({ details: { requestId } }) => [
      {
        text:
          requestId === undefined
            ? 'Retry, or see the log for details.'
            : `Retry, or see the log for details of request ${requestId}.`,
        action: { kind: 'showLog' },
      },
    ],
  },
} satisfies Record<string, ErrorKindTexts>;

const signInService = 'The sign-in service of AWS';

const isConfig = ({ service = 'config' }: ErrorDetails): boolean => service === 'config';

const formatStatus = ({ status }: ErrorDetails): string => (status === undefined ? '' : ` (HTTP ${status})`);
