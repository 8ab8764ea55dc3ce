import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addSignIn,
  getPackUrl,
  getResourceUrl,
  getRuleUrl,
  getStackUrl,
} from '../../../src/compliance/text/consoleUrls.ts';

const scopeIn = (partition: string, region: string) => ({ account: '111122223333', partition, region });

describe('console URLs', () => {
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
    it(`link to a pack in ${partition}`, () => {
      assert.equal(
        getPackUrl(scopeIn(partition, region), 'a-pack'),
        `${page}#/conformance-packs/details?conformancePackName=a-pack`,
      );
    });
  }

  it('do not exist for a region that would change the host', () => {
    for (const region of ['evil.example/', 'evil.example#', 'a@evil.example/', 'a:b', '', 'eu-central-1.evil'])
      assert.equal(getPackUrl(scopeIn('aws', region), 'a-pack'), undefined, region);
  });

  for (const partition of ['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'a-new-one', '']) {
    it(`are undefined for ${partition || 'an empty partition'}`, () => {
      const scope = scopeIn(partition, 'us-iso-east-1');
      assert.equal(getPackUrl(scope, 'a-pack'), undefined);
      assert.equal(getStackUrl(scope, 'arn'), undefined);
      assert.equal(getResourceUrl(scope, 'AWS::S3::Bucket', 'a'), undefined);
    });
  }

  it('link to a stack', () => {
    assert.equal(
      getStackUrl(scopeIn('aws', 'us-east-1'), 'arn:aws:cloudformation:us-east-1:111122223333:stack/a/b'),
      'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aus-east-1%3A111122223333%3Astack%2Fa%2Fb',
    );
  });

  it('encode any resource ID', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (id, type) => {
        const url = new URL(getResourceUrl(scopeIn('aws', 'us-east-1'), type, id) ?? '');
        assert.equal(url.host, 'us-east-1.console.aws.amazon.com');
        const query = new URLSearchParams(url.hash.slice(url.hash.indexOf('?') + 1).replaceAll('+', '%2B'));
        assert.equal(query.get('resourceId'), id);
        assert.equal(query.get('resourceType'), type);
      }),
    );
  });
});

describe('addSignIn', () => {
  const account = '111122223333';
  const page = 'https://eu-central-1.console.aws.amazon.com/config/home?region=eu-central-1#/rules?a=b&c=d';
  const add = (startUrl: string) => addSignIn(page, account, { startUrl, account, role: 'Audit & Read' });

  for (const [startUrl, portal] of [
    ['https://d-1234567890.awsapps.com/start', 'https://d-1234567890.awsapps.com/start'],
    ['https://example.awsapps.com/start/', 'https://example.awsapps.com/start'],
    ['https://example.awsapps.com/start#/', 'https://example.awsapps.com/start'],
    ['https://start.home.awsapps.cn/directory/example/#', 'https://start.home.awsapps.cn/directory/example'],
  ] as const) {
    it(`signs in through ${startUrl}`, () => {
      const query = `account_id=${account}&role_name=Audit%20%26%20Read&destination=${encodeURIComponent(page)}`;
      assert.equal(add(startUrl), `${portal}/#/console?${query}`);
    });
  }

  for (const startUrl of [
    'http://example.awsapps.com/start',
    'javascript:alert(1)',
    'https://user:secret@example.awsapps.com/start',
    'https://example.awsapps.com/start?next=evil.example',
    'example.awsapps.com/start',
    '',
  ])
    it(`keeps the page for the start URL “${startUrl}”`, () => assert.equal(add(startUrl), page));

  it('keeps the page of another account, and without a sign-in', () => {
    const signIn = { startUrl: 'https://example.awsapps.com/start', account: '999999999999', role: 'Audit' };
    assert.equal(addSignIn(page, account, signIn), page);
    assert.equal(addSignIn(page, account, undefined), page);
  });
});

it('getRuleUrl links to the rule in its region', () => {
  assert.equal(
    getRuleUrl(scopeIn('aws', 'eu-central-1'), 'a rule'),
    'https://eu-central-1.console.aws.amazon.com/config/home?region=eu-central-1#/rules/details?configRuleName=a%20rule',
  );
});
