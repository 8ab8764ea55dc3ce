// What only signing and asking for the identity need: a bundle of its own, loaded with the first request.
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
export { ProfileCredentials } from './profileCredentials.ts';
