import type { ErrorKindTexts } from './errorKind.ts';

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
  hostNotFound: {
    getTitle: () => 'Could not reach AWS: host name not found',
    getCauses: ({ details: { region } }) => [
      { text: 'Check the network, the proxy and AWS_ENDPOINT_URL, then retry.' },
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
  intermediary: {
    getTitle: ({ details: { status } }) =>
      `Something between you and AWS answered${status === undefined ? '' : ` (HTTP ${status})`}`,
    getCauses: () => [
      { text: 'If the network has a sign-on page, such as that of a hotel, open a web page and follow it.' },
      {
        text: 'Otherwise a web filter, a proxy or AWS_ENDPOINT_URL leads elsewhere: the log shows what answered.',
        action: { kind: 'showLog' },
      },
    ],
  },
} satisfies Record<string, ErrorKindTexts>;
