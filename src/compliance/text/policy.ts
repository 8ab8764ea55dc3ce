/** Formats a minimal IAM policy that allows actions. The read operations of AWS Config accept no narrower resource. */
export const formatPolicy = (permissions: readonly string[]): string =>
  `${JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: [...permissions].sort(), Resource: '*' }],
    },
    undefined,
    2,
  )}\n`;
