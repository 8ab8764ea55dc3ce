import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shortenNames } from '../../../src/compliance/text/shortNames.ts';

const practices = 'operational-best-practices-for-';

/** Shortens names, and returns what each of them is shown as. */
function show(names: readonly string[]): string[] {
  const short = shortenNames(names);
  return names.map((name) => short.get(name) ?? name);
}

describe('shortenNames', () => {
  it('leaves out what three names share', () =>
    assert.deepEqual(show([`${practices}pci-dss`, `${practices}hipaa-security`, `${practices}amazon-s3`]), [
      '…pci-dss',
      '…hipaa-security',
      '…amazon-s3',
    ]));

  it('keeps names that fewer than three share a prefix with', () => {
    const names = [`${practices}pci-dss`, `${practices}amazon-s3`, 'aws-control-tower-guardrails'];
    assert.deepEqual(show(names), names);
  });

  it('counts each name once', () => {
    const names = [`${practices}pci-dss`, `${practices}pci-dss`, `${practices}pci-dss`, 'guardrails'];
    assert.deepEqual(show(names), names);
  });

  it('leaves out 12 characters or more, in whole words', () => {
    assert.deepEqual(show(['elevenchars-a', 'elevenchars-b', 'elevenchars-c']), ['…a', '…b', '…c']);
    assert.deepEqual(show(['tencharsss-a', 'tencharsss-b', 'tencharsss-c']), [
      'tencharsss-a',
      'tencharsss-b',
      'tencharsss-c',
    ]);
    assert.deepEqual(show(['long-prefix-encrypt', 'long-prefix-encryption', 'long-prefix-encrypted']), [
      '…encrypt',
      '…encryption',
      '…encrypted',
    ]);
  });

  it('prefers the prefix that shortens all names most', () =>
    assert.deepEqual(
      show([
        `${practices}nist-800-53`,
        `${practices}nist-800-171`,
        `${practices}nist-800-181`,
        `${practices}nist-csf`,
        `${practices}pci-dss`,
        'operational-readiness',
      ]),
      ['…nist-800-53', '…nist-800-171', '…nist-800-181', '…nist-csf', '…pci-dss', '…readiness'],
    ));

  it('keeps names that would look alike', () => {
    const others = ['a', 'b'].flatMap((name) => [`${practices}${name}`, `security-best-practices-for-${name}1`]);
    const alike = [`${practices}amazon-s3`, 'security-best-practices-for-amazon-s3'];
    assert.deepEqual(show([...others, ...alike]).slice(-2), alike);
    assert.deepEqual(show([...others, '…a']).slice(0, 1), [`${practices}a`]);
  });

  const word = fc.stringMatching(/^[a-zA-Z0-9]{1,6}$/);
  const prefix = fc.constantFrom(practices, 'OrgConformsPack-', 'operational-', 'short-', '');
  const name = fc.oneof(
    fc.tuple(prefix, fc.array(word, { minLength: 1, maxLength: 3 })).map(([start, words]) => start + words.join('-')),
    fc.stringMatching(/^[-a…]{0,16}$/),
  );
  const names = fc.array(name, { maxLength: 30 });

  it('never shows two names as the same text', () => {
    fc.assert(fc.property(names, (all) => new Set(show(all)).size === new Set(all).size));
  });

  it('leaves out whole words of 12 characters or more that three names begin with', () => {
    fc.assert(
      fc.property(names, (all) => {
        for (const [full, text] of shortenNames(all)) {
          const rest = text.slice(1);
          assert(text.startsWith('…') && rest !== '' && full.endsWith(rest));
          const left = full.slice(0, full.length - rest.length);
          assert(left.length >= 12 && left.endsWith('-') && !rest.startsWith('-'), `${left}|${rest}`);
          assert(new Set(all.filter((each) => each.startsWith(left))).size >= 3);
        }
      }),
    );
  });

  it('does not depend on the order of the names', () => {
    fc.assert(
      fc.property(names, (all) => {
        const [short, reversed] = [shortenNames(all), shortenNames(all.toReversed())];
        for (const each of all) assert.equal(short.get(each), reversed.get(each));
      }),
    );
  });

  it('reads long names in linear time', () => {
    const names = ['b', 'c', 'd'].map((end) => 'a-'.repeat(50_000) + end);
    assert.deepEqual(show(names), ['…b', '…c', '…d']);
  });
});
