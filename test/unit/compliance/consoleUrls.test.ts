import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packUrl, resourceUrl, stackUrl } from '../../../src/compliance/text/consoleUrls.ts';

const scopeIn = (partition: string, region: string) => ({ account: '111122223333', partition, region });

describe('the console', () => {
  for (const [partition, region, page] of [
    ['aws', 'eu-central-1', 'https://eu-central-1.console.aws.amazon.com/config/home?region=eu-central-1'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/config/home?region=cn-north-1'],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/config/home?region=us-gov-west-1',
    ],
    [
      'aws-eusc',
      'eusc-de-east-1',
      'https://eusc-de-east-1.console.amazonaws-eusc.eu/config/home?region=eusc-de-east-1',
    ],
  ] as const) {
    it(`of ${partition} has a page of a pack`, () => {
      assert.equal(
        packUrl(scopeIn(partition, region), 'a-pack'),
        `${page}#/conformance-packs/details?conformancePackName=a-pack`,
      );
    });
  }

  for (const partition of ['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'a-new-one', '']) {
    it(`of ${partition || 'no partition'} is not known`, () => {
      const scope = scopeIn(partition, 'us-iso-east-1');
      assert.equal(packUrl(scope, 'a-pack'), undefined);
      assert.equal(stackUrl(scope, 'arn'), undefined);
      assert.equal(resourceUrl(scope, 'AWS::S3::Bucket', 'a'), undefined);
    });
  }

  it('has a page of a stack', () => {
    assert.equal(
      stackUrl(scopeIn('aws', 'us-east-1'), 'arn:aws:cloudformation:us-east-1:111122223333:stack/a/b'),
      'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aus-east-1%3A111122223333%3Astack%2Fa%2Fb',
    );
  });

  it('has a page of a resource, whatever its id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (id, type) => {
        const url = new URL(resourceUrl(scopeIn('aws', 'us-east-1'), type, id) ?? '');
        assert.equal(url.host, 'us-east-1.console.aws.amazon.com');
        const query = new URLSearchParams(url.hash.slice(url.hash.indexOf('?') + 1).replaceAll('+', '%2B'));
        assert.equal(query.get('resourceId'), id);
        assert.equal(query.get('resourceType'), type);
      }),
    );
  });
});
