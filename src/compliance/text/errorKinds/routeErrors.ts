import type { ErrorDetails } from '../../errorDetails.ts';
import type { Cause, ErrorKindTexts } from './errorKind.ts';

/** Not every region and service has these endpoints. */
const variants: Readonly<Record<NonNullable<ErrorDetails['endpointVariant']>, Cause>> = {
  FIPS: {
    text: 'If the network works, there is no FIPS endpoint: turn off AWS_USE_FIPS_ENDPOINT or use_fips_endpoint.',
  },
  'dual-stack': {
    text: 'If the network works, there is no dual-stack endpoint: turn off AWS_USE_DUALSTACK_ENDPOINT or use_dualstack_endpoint.',
  },
};

const signOnPage: Cause = {
  text: 'If the network has a sign-on page, such as that of a hotel, open a web page and follow it.',
};

/** The way to AWS: no answer of AWS arrived. */
export const routeErrors = {
  proxyFailed: {
    getTitle: ({ details: { proxy } }) =>
      `The request failed at ${proxy === undefined ? 'a proxy' : `the proxy ${proxy}`}`,
    getCauses: () => [
      {
        text: 'Check the proxy and its login: http.proxy and http.noProxy in the settings, HTTPS_PROXY and NO_PROXY in the environment. Then retry.',
        action: { kind: 'openSetting', setting: 'http.proxy' },
      },
    ],
  },
  certificateRejected: {
    getTitle: () => 'The TLS certificate is not trusted',
    getCauses: () => [
      {
        text: 'If a proxy uses its own CA, set AWS_CA_BUNDLE or the profile’s ca_bundle to its certificate file, then retry.',
        action: { kind: 'showLog' },
      },
    ],
  },
  certificateExpired: {
    getTitle: () => 'The TLS certificate has expired or is not valid yet',
    getCauses: () => [
      { text: 'Check the date and the time of this computer, then retry.' },
      {
        text: 'Otherwise the certificate has to be renewed: that of the endpoint, or of a proxy that opens TLS connections.',
        action: { kind: 'showLog' },
      },
    ],
  },
  certificateForOtherHost: {
    getTitle: () => 'The TLS certificate belongs to another host',
    getCauses: () => [
      signOnPage,
      {
        text: 'Otherwise a web filter, a proxy or AWS_ENDPOINT_URL leads elsewhere: the log shows the names of the certificate.',
        action: { kind: 'showLog' },
      },
    ],
  },
  tlsFailed: {
    getTitle: () => 'A TLS connection could not be set up',
    getCauses: () => [
      {
        text: 'If AWS_ENDPOINT_URL or endpoint_url leads to a server without TLS, begin it with http://. Otherwise check the proxy, then retry.',
        action: { kind: 'showLog' },
      },
    ],
  },
  hostNotFound: {
    getTitle: () => 'Could not reach AWS: host name not found',
    getCauses: ({ details: { region, endpointVariant } }) => [
      { text: 'Check the network, the proxy and AWS_ENDPOINT_URL, then retry.' },
      ...(endpointVariant === undefined ? [] : [variants[endpointVariant]]),
      ...(region === undefined
        ? []
        : [
            {
              text: `If the network works, check that AWS has the region ${region}.`,
              action: { kind: 'openSetting', setting: 'packscope.connections' } as const,
            },
          ]),
    ],
  },
  timedOut: {
    getTitle: () => 'Could not reach AWS: no answer in time',
    getCauses: () => [{ text: 'Check the network and the proxy, then retry.' }],
  },
  connectionFailed: {
    getTitle: () => 'Could not reach AWS',
    getCauses: () => [{ text: 'Check the network, the proxy and AWS_ENDPOINT_URL, then retry.' }],
  },
  connectionLost: {
    getTitle: () => 'The connection to AWS broke off',
    getCauses: () => [{ text: 'The network, a VPN or a proxy closed it. Retry, and check these if it happens again.' }],
  },
  intermediary: {
    getTitle: ({ details: { status } }) =>
      `Something between you and AWS answered${status === undefined ? '' : ` (HTTP ${status})`}`,
    getCauses: () => [
      signOnPage,
      {
        text: 'Otherwise a web filter, a proxy or AWS_ENDPOINT_URL leads elsewhere: the log shows what answered.',
        action: { kind: 'showLog' },
      },
    ],
  },
} satisfies Record<string, ErrorKindTexts>;
