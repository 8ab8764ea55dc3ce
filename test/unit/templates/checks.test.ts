import assert from 'node:assert/strict';
import {
  findDuplicateNames,
  findExceededLimits,
  findRuleDifferences,
  validatePackName,
} from '../../../src/templates/checks.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const pack = (name: string, type = 'ConformancePack') =>
  `  P${Math.abs(name.length * 31 + name.charCodeAt(0))}${type}:\n    Type: AWS::Config::${type}\n    Properties:\n      ${type}Name: ${name}\n`;
const packs = (...resources: string[]) =>
  indexTemplate({ path: 'a.yaml', text: `Resources:\n${resources.join('')}` }).packs;
const problem = (resource: string) => packs(resource).map((reference) => validatePackName(reference))[0];

const rule = (index: number) =>
  `  R${index}:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: rule-${index}\n`;
const packTemplate = (count: number, more = '') => {
  const rules = Array.from({ length: count }, (_, index) => rule(index)).join('');
  const [template] = indexTemplate({ path: 'p.yaml', text: `Resources:\n${rules}${more}` }).packTemplates;
  assert.ok(template);
  return template;
};

describe('validatePackName, findDuplicateNames and findExceededLimits', () => {
  it('report a name that does not match the pattern', () => {
    assert.equal(problem(pack('my_pack')), 'pattern');
    assert.equal(problem(pack('1st-pack')), 'pattern');
    assert.equal(problem(pack('my-pack-2')), undefined);
  });

  it('report a name that is too long, with a lower limit for organization packs', () => {
    assert.equal(problem(pack('a'.repeat(256))), undefined);
    assert.equal(problem(pack('a'.repeat(257))), 'length');
    assert.equal(problem(pack('a'.repeat(128), 'OrganizationConformancePack')), undefined);
    assert.equal(problem(pack('a'.repeat(129), 'OrganizationConformancePack')), 'length');
  });

  it('ignore names that are known only after deployment', () => {
    assert.equal(problem(pack('!Sub "${AWS::StackName}-x"')), undefined);
    assert.equal(problem(pack('!Sub "${AWS::StackName}"')), undefined);
    assert.equal(problem(pack('!Ref Unknown')), undefined);
  });

  it('accept names that a pipeline fills in', () => {
    const names = [
      '"#{ENV}#-pack"',
      '<%= x %>-p',
      '{{{x}}}',
      '$(x)-p',
      '{{ x }}',
      '%%X%%',
      '__X__-p',
      '${X}-p',
      '$X-p',
      '${git:branch}-p',
      "${strToBool('true')}-p",
      '${cf.eu-west-1:${x}.Name}-p',
      '$<self:name>-p',
    ];
    assert.deepEqual(
      names.filter((name) => problem(pack(name)) !== undefined),
      [],
    );
    assert.equal(problem(pack('p-${AWS::Region}')), 'pattern');
    assert.equal(problem(pack('p-${Stage}')), 'pattern');
    assert.equal(problem(pack('#{ENV}#_pack')), 'pattern');
  });

  it('check the known parts of a partly unknown name', () => {
    assert.equal(problem(pack('!Sub "${AWS::Region}_baseline"')), 'pattern');
    assert.equal(problem(pack('!Sub "1-${AWS::Region}"')), 'pattern');
    assert.equal(problem(pack(`!Sub "${'a'.repeat(256)}\${AWS::Region}"`)), undefined);
    assert.equal(problem(pack(`!Sub "${'a'.repeat(257)}\${AWS::Region}"`)), 'length');
  });

  it('report duplicate names, separately for packs and organization packs', () => {
    const references = packs(pack('same'), pack("'same'"), pack('other'), pack('same', 'OrganizationConformancePack'));
    assert.deepEqual(
      findDuplicateNames(references).map(({ name, references: { length } }) => [name, length]),
      [['same', 2]],
    );
  });

  it('accept the same name under different conditions and in separate documents', () => {
    const conditional = (name: string, condition: string) =>
      pack('same').replace(/P\d+/, name).replace('\n', `\n    Condition: ${condition}\n`);
    assert.deepEqual(findDuplicateNames(packs(conditional('A', 'Prod'), conditional('B', 'NotProd'))), []);
    assert.equal(findDuplicateNames(packs(conditional('A', 'Prod'), conditional('B', 'Prod'))).length, 1);
    const documents = `Resources:\n${pack('same')}---\nResources:\n${pack('same')}`;
    assert.deepEqual(findDuplicateNames(indexTemplate({ path: 'a.yaml', text: documents }).packs), []);
  });

  it('accept the default of a parameter that becomes a name', () => {
    const parameters = 'Parameters:\n  Name:\n    Type: String\n    Default: same\n';
    const text = `${parameters}Resources:\n${pack('!Ref Name')}`;
    const references = indexTemplate({ path: 'a.yaml', text }).packs;
    assert.equal(references.length, 2);
    assert.deepEqual(findDuplicateNames(references), []);
  });

  it('accept the same name in several regions', () => {
    const [reference] = packs(pack('same'));
    assert.ok(reference);
    const inRegions = (...regions: readonly string[]) => ({
      ...reference,
      getPlacements: () => regions.map((region) => ({ group: 'aws', region })),
    });
    assert.deepEqual(findDuplicateNames([inRegions('us-east-1'), inRegions('eu-west-1')]), []);
    assert.equal(findDuplicateNames([inRegions('us-east-1'), inRegions('us-east-1', 'eu-west-1')]).length, 1);
    const both = inRegions('us-east-1', 'eu-west-1');
    assert.equal(findDuplicateNames([both, both]).length, 1);
  });

  it('report more than 130 rules, and a template that is too large for its way to the service', () => {
    assert.deepEqual(findExceededLimits(packTemplate(130)), []);
    assert.deepEqual(findExceededLimits(packTemplate(131)), ['rules']);
    const template = packTemplate(1, `# ${'é'.repeat(25_600)}`);
    assert.deepEqual(findExceededLimits(template), ['needsS3']);
    assert.deepEqual(findExceededLimits({ ...template, bytes: 307_200 }), ['needsS3']);
    assert.deepEqual(findExceededLimits({ ...template, bytes: 307_201 }), ['s3Bytes']);
    const [reference] = packs(pack('of-the-template'));
    assert.deepEqual(findExceededLimits({ ...template, pack: reference }), ['bodyBytes']);
    assert.deepEqual(findExceededLimits({ ...template, pack: reference, bytes: 51_200 }), []);
  });
});

describe('findRuleDifferences', () => {
  it('lists the rules missing on each side', () => {
    const deployed = ['rule-0-conformance-pack-abcdef123', 'rule-9-conformance-pack-abcdef123'];
    const { notDeployed, notInTemplate } = findRuleDifferences(packTemplate(2), deployed);
    assert.deepEqual(
      notDeployed.flatMap((reference) => reference.resolve()),
      [{ kind: 'exact', text: 'rule-1' }],
    );
    assert.deepEqual(notInTemplate, ['rule-9']);
  });

  it('reports no missing rule if the template contains an unknown name', () => {
    const open = '  Open:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: !Ref Name\n';
    assert.deepEqual(findRuleDifferences(packTemplate(1, open), ['x-conformance-pack-abcdef123']).notInTemplate, []);
  });
});
