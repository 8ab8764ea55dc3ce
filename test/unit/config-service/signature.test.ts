import assert from 'node:assert/strict';
import { GetCallerIdentityCommand, type STSServiceException } from '@aws-sdk/client-sts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createStsClient, post, type RawRequest } from './clients.ts';

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

describe('local AWS Config: signatures', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  after(() => service.close());

  const refused: readonly (readonly [string, () => RawRequest, string])[] = [
    ['no signature', () => ({ tamper: { authorization: undefined } }), 'MissingAuthenticationTokenException'],
    [
      'a signature of another kind',
      () => ({ tamper: { authorization: 'Bearer abc' } }),
      'IncompleteSignatureException',
    ],
    ['an unknown access key', () => ({ accessKeyId: 'AKIDSOMEBODYELSE' }), 'UnrecognizedClientException'],
    [
      'an account that is not in the estate',
      () => ({ accessKeyId: 'AKIDPACKSCOPE999999999999' }),
      'UnrecognizedClientException',
    ],
    ['a wrong secret', () => ({ secretAccessKey: 'secret-of-another' }), 'InvalidSignatureException'],
    ['a signature for another service', () => ({ signingName: 's3' }), 'InvalidSignatureException'],
    [
      'a header changed after signing',
      () => ({ tamper: { 'x-amz-target': 'StarlingDoveService.DescribeConformancePackStatus' } }),
      'InvalidSignatureException',
    ],
    ['a clock 16 minutes behind', () => ({ signedAt: minutes(-16) }), 'InvalidSignatureException'],
    ['a clock 16 minutes ahead', () => ({ signedAt: minutes(16) }), 'InvalidSignatureException'],
  ];
  for (const [description, raw, name] of refused) {
    it(`refuses ${description} with ${name}`, async () => {
      const { status, headers, json } = await post(service, raw());
      assert.deepEqual([status, json.__type, headers.get('x-amzn-errortype')], [400, name, name]);
    });
  }

  const accepted: readonly (readonly [string, () => RawRequest])[] = [
    ['a clock 14 minutes behind', () => ({ signedAt: minutes(-14) })],
    ['a clock 14 minutes ahead', () => ({ signedAt: minutes(14) })],
    ['a session token', () => ({ sessionToken: 'any' })],
  ];
  for (const [description, raw] of accepted) {
    it(`accepts ${description}`, async () => assert.equal((await post(service, raw())).status, 200));
  }

  it('gives every response a request id', async () => {
    const ids = [await post(service, {}), await post(service, { body: '{' })].map(({ headers }) =>
      headers.get('x-amzn-requestid'),
    );
    assert.ok(ids.every((id) => id !== null && id.length > 0));
    assert.notEqual(ids[0], ids[1]);
  });

  it('takes the account from the access key and the region from the signature', async () => {
    service.requests.clear();
    const identity = await createStsClient(service, { account: '467120985533', region: 'eu-central-1' }).send(
      new GetCallerIdentityCommand({}),
    );
    assert.equal(identity.Account, '467120985533');
    assert.match(identity.Arn ?? '', /^arn:aws:sts::467120985533:assumed-role\//);
    assert.deepEqual(
      service.requests.map(({ operation, account, region }) => [operation, account, region]),
      [['GetCallerIdentity', '467120985533', 'eu-central-1']],
    );
  });

  it('uses the error names of STS for STS', async () => {
    const sts = createStsClient(service, { account: '999999999999' });
    await assert.rejects(sts.send(new GetCallerIdentityCommand({})), (error: STSServiceException) => {
      return error.name === 'InvalidClientTokenId' && error.$metadata.httpStatusCode === 403;
    });
  });
});
