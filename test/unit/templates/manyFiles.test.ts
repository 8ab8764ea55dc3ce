import assert from 'node:assert/strict';
import { readConfiguration } from '../../../src/templates/terraform/config.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

describe('a Terraform module of many files', () => {
  const files = new Map(
    Array.from({ length: 900 }, (_, index) => [`many/file${index}.tf`, `variable "v${index}" {\n}\n`]),
  );
  const index = (text: string) => {
    const path = 'many/main.tf';
    return indexTemplate({ path, text, files: new Map([...files, [path, text]]) });
  };
  const text =
    'variable "name" {\n  default = "written"\n}\nresource "aws_config_conformance_pack" "p" {\n  name = var.name\n}\n';

  it('has the names that are written in the document', () => {
    for (const edited of [text, `${text}# a`, `${text}# ab`])
      assert.deepEqual(
        index(edited).packs.map(({ isSource }) => isSource ?? false),
        [false, true],
      );
  });

  it('is not parsed again after an edit', () => {
    const read = () => [...files].map(([path, content]) => readConfiguration(path, content).next().value);
    index(text);
    const before = read();
    index(`${text}# edited`);
    const after = read();
    assert.ok(before.every((configuration, at) => configuration !== undefined && configuration === after[at]));
  });
});
