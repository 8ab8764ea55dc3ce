import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const command = 'aws configservice put-conformance-pack --conformance-pack-name "$NAME"\n';

const scripts = {
  's/prod.sh': 'NAME=prod\n',
  's/dev.sh': 'NAME=dev\n',
  's/functions.sh': 'f() {\n  local NAME=inner\n}\n',
  's/maybe.sh': 'if [ "$CI" ]; then\n  NAME=ci\nfi\n',
  's/names.sh': 'NAME=root\n',
};

function resolve(text: string): readonly string[] {
  const files = new Map(Object.entries({ ...scripts, 's/deploy.sh': text }));
  const [pack] = indexTemplate({ path: 's/deploy.sh', text, files }).packs;
  return pack?.resolve().map((name) => name.text) ?? [];
}

describe('scripts that are sourced', () => {
  const cases: Readonly<Record<string, readonly [script: string, names: readonly string[]]>> = {
    'in branches': ['if [ "$E" ]; then\n  source ./prod.sh\nelse\n  source ./dev.sh\nfi\n', ['prod', 'dev']],
    'in cases': ['case $E in\nprod)\n  source ./prod.sh\n  ;;\n*)\n  source ./dev.sh\n  ;;\nesac\n', ['prod', 'dev']],
    'in a branch': ['NAME=own\nif [ "$E" ]; then\n  . ./prod.sh\nfi\n', ['own', 'prod']],
    'after a test': ['NAME=own\n[ -f ./prod.sh ] && . ./prod.sh\n', ['own', 'prod']],
    'that assign in a branch': ['NAME=own\n. ./maybe.sh\n', ['own', 'ci']],
    'that assign in a function': ['NAME=own\n. ./functions.sh\n', ['own', 'inner']],
    'in a subshell': ['NAME=own\n(\n  source ./prod.sh\n)\n', ['own']],
    'in a here-document': ['NAME=own\ncat > run.sh <<EOF\nsource ./prod.sh\nEOF\n', ['own']],
    'in a text': ['NAME=own\necho "run; source ./prod.sh"\n', ['own']],
    'before an assignment': ['source ./prod.sh\nNAME=own\n', ['own']],
    'after an assignment': ['NAME=own\nsource ./prod.sh\n', ['prod']],
    'by a path with an unknown folder': ['source "./$STAGE/names.sh"\n', ['*']],
  };
  for (const [name, [script, expected]] of Object.entries(cases))
    it(`${name} have their effect`, () => assert.deepEqual(resolve(script + command), expected));
});
