import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const resources = (name: string) => `Resources:
  Pack:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: ${name}
`;

const service = (sections: string, name: string) =>
  `${sections}\nresources:\n${resources(name).replaceAll(/^/gm, '  ')}`;

/** What the pack of the first file resolves to. */
function resolve(files: Readonly<Record<string, string>>): string {
  const [[path = '', text = ''] = []] = Object.entries(files);
  const { packs } = indexTemplate({ path, text, files: new Map(Object.entries(files)) });
  return packs.map((pack) => pack.resolve().map((name) => name.text)).join(' ; ');
}

/** What the name of a pack in a main file resolves to. */
const resolveIn = (sections: string, name: string, files: Readonly<Record<string, string>> = {}) =>
  resolve({ 's/serverless.yml': service(sections, name), ...files });

describe('names in a Serverless service', () => {
  it('are unknown if another tool or plugin decides them', () => {
    for (const source of [
      'git:branch',
      'output:svc.x',
      'vault:a/b',
      'cf.eu-west-1:stack.x',
      'ssm:/x',
      "strToBool('a')",
    ])
      assert.equal(resolveIn('', `p-\${${source}}`), 'p-*', source);
    assert.equal(resolveIn('service: svc', '${git:branch}-${self:service}'), '*-svc');
    assert.equal(resolveIn('service: svc', '${cf:${self:service}-${opt:stage, "dev"}.Name, "x"}-p'), '*-p');
    assert.equal(resolveIn('provider:\n  variableSyntax: "\\\\$<([^>]+)>"', 'p-$<self:x>'), 'p-*');
  });

  it('have the parameters of each stage', () => {
    const both = 'params:\n  default:\n    n: d\n  prod:\n    n: p\n';
    assert.equal(resolveIn(both, '${param:n}'), 'd,p');
    const stages = 'stages:\n  default:\n    params:\n      n: d\n  prod:\n    params:\n      n: p\n';
    assert.equal(resolveIn(stages, "${param:n, 'x'}"), 'd,p');
    assert.equal(resolveIn('params: ${file(params.yml)}', '${param:n}', { 's/params.yml': 'prod:\n  n: p\n' }), 'p');
  });

  it('have the fallback in stages without the parameter', () => {
    const prod = 'params:\n  prod:\n    n: p\n';
    assert.equal(resolveIn(prod, "${param:n, 'x'}"), 'p,x');
    assert.equal(resolveIn(prod, '${param:n}'), 'p');
    assert.equal(resolveIn(`provider:\n  stage: prod\n${prod}`, "${param:n, 'x'}"), 'p,x');
    assert.equal(resolveIn('params:\n  default:\n    n: d\n', "${param:n, 'x'}"), 'd');
    assert.equal(resolveIn('params:\n  prod: ${file(p.js)}\n', "a-${param:n, 'x'}"), 'a-*,a-x');
  });

  it('belong to one stage with all their parts', () => {
    const params =
      'provider:\n  stage: ${opt:stage, "dev"}\nparams:\n  dev:\n    a: d1\n    b: d2\n  prod:\n    a: p1\n    b: big-${sls:stage}\n';
    assert.equal(resolveIn(params, '${param:a}-${param:b}'), 'd1-d2,p1-big-prod');
    assert.equal(resolveIn(params, '${sls:stage}-${param:a}'), 'dev-d1,prod-p1');
    assert.equal(resolveIn(params, '${self:provider.stage}-${param:a}'), 'dev-d1,prod-p1');
    assert.equal(resolveIn(params, "${opt:stage, 'dev'}-${param:a}"), 'dev-d1,prod-p1');
    assert.equal(resolveIn(params, "${opt:stage, 'dev'}-${param:a, 'x'}"), 'dev-d1,prod-p1');
  });

  it('have the default stage', () => {
    assert.equal(resolveIn('', 'p-${sls:stage}'), 'p-dev');
    assert.equal(resolveIn('provider:\n  stage: test\n', 'p-${sls:stage}'), 'p-test');
    assert.equal(resolveIn('provider: ${file(provider.js)}\n', 'p-${sls:stage}'), 'p-*');
  });

  it('are unknown if a program decides them', () => {
    assert.equal(resolveIn('', "${file(./names.js):n, 'x'}"), '*');
    assert.equal(resolveIn('custom: ${file(./names.js)}', "p-${self:custom.n, 'x'}"), 'p-*');
    assert.equal(resolveIn('', "${file(./missing.yml):n, 'x'}"), 'x');
  });

  it('skip what is null', () => {
    for (const text of ['null', '~', '']) {
      assert.equal(resolveIn(`custom:\n  n: ${text}\n`, "${self:custom.n, 'x'}"), 'x', text);
    }
    assert.equal(resolveIn("custom:\n  n: 'null'\n", "${self:custom.n, 'x'}"), 'null');
    assert.equal(resolveIn('', "${opt:n, null, 'x'}"), 'x');
    assert.equal(resolveIn('', "${opt:n, ${env:N}, 'x'}"), 'x');
  });

  it('do not guess how a number is written', () => {
    for (const text of ['007', '1e3', '0x10', '1.0'])
      assert.equal(resolveIn(`custom:\n  n: ${text}\n`, 'p-${self:custom.n}'), 'p-*', text);
    assert.equal(resolveIn('custom:\n  n: 7\n', 'p-${self:custom.n}'), 'p-7');
    assert.equal(resolveIn("custom:\n  n: '007'\n", 'p-${self:custom.n}'), 'p-007');
  });

  it('find members of lists', () => {
    const files = { 's/c.yml': 'n: x\n' };
    assert.equal(resolveIn('custom:\n  - ${file(c.yml)}\n', '${self:custom.0.n}', files), 'x');
  });

  it('refer to the service that includes the file, or else to the nearest one', () => {
    const files = {
      's/shared/r.yml': resources('${self:custom.n}'),
      's/shared/serverless.yml': 'custom:\n  n: near\n',
      's/serverless.yml': 'custom:\n  n: far\n',
    };
    assert.equal(resolve(files), 'near');
    const including = `${files['s/serverless.yml']}resources: \${file(shared/r.yml)}\n`;
    assert.equal(resolve({ ...files, 's/serverless.yml': including }), 'far');
  });
});
