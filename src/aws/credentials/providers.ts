// Entry of a separate bundle with what only signing and STS need, loaded with the first request.
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
export { ProfileCredentials } from './profileCredentials.ts';
