import type { ErrorContext, ErrorKindTexts } from './errorKind.ts';
import { correctOrigin, getOriginAction, quote, toSentence } from './valueOrigin.ts';

/** Your configuration: nothing was sent to AWS. */
export const configurationErrors = {
  noRegion: {
    hidesSubject: true,
    getTitle: () => 'No AWS region is set',
    getCauses: () => [
      {
        text: 'Set a region in AWS_REGION, in the profile, or in the setting packscope.connections.',
        action: { kind: 'selectConnections' },
      },
    ],
    furtherActions: [{ kind: 'exploreSampleData' }, { kind: 'openSetting', setting: 'packscope.connections' }],
  },
  invalidRegion: {
    hidesSubject: true,
    getTitle: ({ details }) => quote('Not a valid region', details.value),
    getCauses: ({ details }) => [
      correctOrigin(details, 'Correct it in', 'AWS_REGION, the profile or the setting packscope.connections'),
    ],
  },
  profileNotFound: {
    hidesSubject: true,
    getTitle: (facts) => quote('The AWS files have no profile', getProfile(facts) ?? facts.details.value),
    getCauses: ({ details }) => [
      correctOrigin(
        details,
        'Add it to the AWS files, or correct its name in',
        'AWS_PROFILE or the setting packscope.connections',
      ),
    ],
  },
  profileInvalid: {
    hidesSubject: true,
    getTitle: (facts) => {
      const { origin } = facts.details;
      if (origin?.kind === 'environment') return `The environment variable ${origin.variable} cannot be used`;
      return `${quote('The profile', getProfile(facts))} cannot be used`;
    },
    getCauses: ({ message, details }) => {
      const { text, action } = correctOrigin(details, 'Correct', 'the profile in the AWS files');
      return [{ text: `${toSentence(message)} ${text}`, action }];
    },
  },
  credentialsMalformed: {
    hidesSubject: true,
    getTitle: () => 'The credentials contain a character that is not allowed',
    getCauses: ({ message, details }) => {
      const { text, action } = correctOrigin(details, 'Correct', 'the access key and the session token');
      return [{ text: `${toSentence(message)} ${text}`, action }];
    },
  },
  endpointInvalid: {
    hidesSubject: true,
    getTitle: ({ details }) => quote('Not a valid endpoint', details.value),
    getCauses: ({ details }) => [
      correctOrigin(
        details,
        'An endpoint starts with http:// or https://. Correct',
        'AWS_ENDPOINT_URL or endpoint_url',
      ),
    ],
  },
  endpointConflict: {
    hidesSubject: true,
    getTitle: () => 'FIPS and dual-stack do not work with an own endpoint',
    getCauses: ({ message, details }) => {
      const { text, action } = correctOrigin(
        details,
        'Remove the endpoint or',
        'AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT',
      );
      return [{ text: `${toSentence(message)} ${text}`, action }];
    },
  },
  caBundleUnreadable: {
    hidesSubject: true,
    getTitle: () => 'The CA bundle cannot be read',
    getCauses: ({ message, details }) => {
      const { text, action } = correctOrigin(details, 'Correct', 'AWS_CA_BUNDLE or the profile’s ca_bundle');
      return [{ text: `${toSentence(message)} ${text}`, action }];
    },
  },
  processTimedOut: {
    hidesSubject: true,
    getTitle: (facts) => `${quote('The credential_process of profile', getProfile(facts))} did not end`,
    getCauses: ({ details }) => [
      {
        text: 'It was stopped after 10 seconds. Run it in a terminal to see what it waits for, then retry.',
        action: getOriginAction(details.origin),
      },
    ],
  },
  processFailed: {
    hidesSubject: true,
    getTitle: (facts) => `${quote('The credential_process of profile', getProfile(facts))} failed`,
    getCauses: ({ message, details }) => [
      {
        text: `${toSentence(message)} Run it in a terminal to see what it needs, then retry.`,
        action: getOriginAction(details.origin),
      },
    ],
  },
  signedOut: {
    hidesSubject: true,
    getTitle: ({ profile }) =>
      profile === undefined ? 'Not signed in to AWS' : `Not signed in with profile “${profile}”`,
    getCauses: ({ profile }) => [
      {
        text: `Sign in with the AWS CLI (aws sso login, aws configure)${profile === undefined ? ' or set AWS_PROFILE' : ''}, then retry.`,
        action: { kind: 'signIn' },
      },
    ],
    furtherActions: [{ kind: 'selectConnections' }, { kind: 'exploreSampleData' }],
  },
  notInSample: {
    hidesSubject: true,
    getTitle: () => 'Not part of the sample data',
    getCauses: () => [{ text: 'Leave the sample data to read this of your own packs.' }],
  },
} satisfies Record<string, ErrorKindTexts>;

/** The profile with the wrong value: where the value comes from, else that of the connection. */
const getProfile = ({ details: { origin }, profile }: ErrorContext): string | undefined =>
  (origin?.kind === 'file' ? origin.profile : undefined) ?? profile;
