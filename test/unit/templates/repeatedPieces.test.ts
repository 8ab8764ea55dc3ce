import assert from 'node:assert/strict';
import { detectLanguage, getTraits } from '../../../src/templates/language.ts';
import { maxWorkMs } from '../../../src/templates/parseTemplate.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';
import { pieces } from '../../support/templates/pieces.ts';

/** The start of a document of each language, up to where a pack's name is written. */
const starts: Readonly<Record<string, string>> = {
  'a.yaml': 'Resources:\n  P:\n    Type: AWS::Config::ConformancePack\n    Properties:\n      ConformancePackName: ',
  'a.json': '{"Resources":{"P":{"Type":"AWS::Config::ConformancePack","Properties":{"ConformancePackName":',
  'a.tf': 'resource "aws_config_conformance_pack" "p" {\n  name = ',
  'a.tf.json': '{"resource":{"aws_config_conformance_pack":{"p":{"name":',
  'a.ts': 'new config.CfnConformancePack(this, "p", { conformancePackName: ',
  'a.py': 'config.CfnConformancePack(self, "p", conformance_pack_name=',
  'a.sh': 'aws configservice put-conformance-pack --conformance-pack-name ',
  'a.md': '```sh\naws configservice put-conformance-pack --conformance-pack-name ',
};

/** What a text, a comment or a collection begins with. Nothing ends it. */
const openings = ['', '"', "'", '`', '"""', '#', '//', '/*', '|\n', '<<EOT\n', '[', '{', '- ', '/', '${'];
/** What fills it: long lines, short ones, spaces, items and statements. */
const fillings = ['a', 'a ', ' ', '\n', 'a\n', '            a\n', 'a, ', 'a: b\n', 'a = b\n', '${a}', '\\n', '\u00e9'];

const contents = [
  ...pieces.flatMap((piece) => ['', ' ', '\n'].map((separator) => ['', piece + separator] as const)),
  ...openings.flatMap((opening) => fillings.map((filling) => [opening, filling] as const)),
];

/** Documents of the largest size that is read. */
const documents = Object.entries(starts).flatMap(([path, start]) => {
  const language = detectLanguage(path);
  assert(language);
  const { maxLength } = getTraits(language);
  return contents.map(([opening, repeated]) => {
    const createText = () => (start + opening).padEnd(maxLength, repeated);
    return { path, name: `${JSON.stringify(opening)} and ${JSON.stringify(repeated)} in ${path}`, createText };
  });
});

/** Every document in the soak, else a sample with each language. */
const isSoak = process.env.SOAK !== undefined;
const sampled = isSoak ? documents : documents.filter((_, index) => index % 193 === 0);

/** Processor milliseconds, of the best of several tries, because garbage collection may delay any single step. */
const maxStepMs = 40;
const maxTries = 4;

describe('parsing a large document of one repeated piece', () => {
  it(`ends, in short steps (${sampled.length} documents)`, function () {
    this.timeout(isSoak ? 0 : 120_000);
    for (const { path, name, createText } of sampled) {
      const text = createText();
      const tries = isSoak ? maxTries : 1;
      let [longest, total] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let count = 0; count < tries && (longest > maxStepMs || total > maxWorkMs); count++) {
        // The last tree of the path is dropped, so that each try does all of the work.
        indexTemplate({ path, text: starts[path] ?? '' });
        let [step, sum] = [0, 0];
        indexTemplate(
          { path, text },
          (milliseconds) => {
            step = Math.max(step, milliseconds);
            sum += milliseconds;
          },
          maxWorkMs,
        );
        longest = Math.min(longest, step);
        total = Math.min(total, sum);
      }
      if (!isSoak) continue;
      assert.ok(longest <= maxStepMs, `${name}: blocks for ${longest} ms`);
      assert.ok(total <= maxWorkMs + maxStepMs, `${name}: takes ${total} ms`);
    }
  });
});
