import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const command = 'aws configservice put-conformance-pack --conformance-pack-name "$NAME"\n';

const scripts = {
  's/prod.sh': 'NAME=prod\n',
  's/dev.sh': 'NAME=dev\n',
  's/functions.sh':
    'f() {\n  local NAME=inner\n}\ng() {\n  NAME=global\n}\nh() {\n  local NAME\n  g\n}\nk() {\n  g\n}\n',
  's/uncalled.sh': 'f() {\n  NAME=inner\n}\n',
  's/maybe.sh': 'if [ "$CI" ]; then\n  NAME=ci\nfi\n',
  's/names.sh': 'NAME=root\n',
  's/stage.sh': 'NAME="${STAGE:-default}"\n',
  's/setter.sh': 'set_name() {\n  NAME="${1:-default}"\n}\n',
  's/lib/names.sh': 'NAME=lib\n',
  's/guarded.sh': '[ -n "$LOADED" ] && return\nNAME=guarded\n',
  's/default.sh': 'NAME=${1:-default}\n',
  's/nested.sh': 'if [ "$CI" ]; then\n  source ./prod.sh\nfi\n',
  's/change.sh': 'run() {\n  eval "$1"\n}\n',
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
    'that assign in a function': ['NAME=own\n. ./uncalled.sh\n', ['own', 'inner']],
    'that assign in a function later': ['. ./functions.sh\nNAME=own\nk\n', ['own', 'global']],
    'that assign a local variable in a function': ['. ./functions.sh\nNAME=own\nf\nh\n', ['own']],
    'that assign anything in a function': ['. ./change.sh\nNAME=own\nrun x\n', ['*']],
    'that return early': ['NAME=own\n. ./guarded.sh\n', ['own', 'guarded']],
    'that execute another one in a branch': ['NAME=own\n. ./nested.sh\n', ['own', 'prod']],
    'as a condition': ['NAME=own\nif source ./prod.sh; then :; fi\n', ['own', 'prod']],
    'after words of the language': ['NAME=own\n! time builtin source ./prod.sh\n', ['prod']],
    'that use what is assigned before': ['STAGE=prod\n. ./stage.sh\n', ['prod']],
    'that use nothing that is assigned': ['. ./stage.sh\n', ['default']],
    'in a loop over a variable that they use': ['for STAGE in a b; do\n  . ./stage.sh\ndone\n', ['a', 'b']],
    'with a function that gets arguments': ['. ./setter.sh\nset_name prod\n', ['prod']],
    'in a case': ['NAME=own\ncase $E in\n  *) source ./prod.sh ;;\nesac\n', ['own', 'prod']],
    'in a pipe': ['NAME=own\nsource ./prod.sh 2>&1 | cat\n', ['own']],
    'in the background': ['NAME=own\nsource ./prod.sh &\n', ['own']],
    'with a redirection': ['NAME=own\nsource ./prod.sh > /dev/null 2>&1\n', ['prod']],
    'with arguments': ['source ./default.sh given\n', ['*']],
    'with the arguments of the script': ['source ./default.sh "$@"\n', ['default']],
    'in a folder in a variable': ['D=lib\nsource "$D/names.sh"\n', ['lib']],
    'in a folder below an unknown one': ['D="$(cd "$(dirname "$0")" && pwd)/lib"\n. "${D}/names.sh"\n', ['lib']],
    'in a folder with a default': ['D="${D:-lib}"\n. "$D"/names.sh\n', ['lib']],
    'in an unknown folder': ['source "$(dirname "$0")/names.sh"\n', ['root']],
    'in a loop': ['for f in prod dev; do source "./$f.sh"; done\n', ['prod', 'dev']],
    'but not in the project': ['NAME=own\n. ~/.profile\nsource ./missing.sh\nsource "$VENV/bin/activate"\n', ['own']],
    'from a device': ['NAME=own\n. /dev/stdin\n', ['*']],
    'from what a command prints': ['NAME=own\nsource <(decrypt names.env)\n', ['*']],
    'by a pattern': ['NAME=own\nfor f in env/*.env; do source "$f"; done\n', ['*']],
    'by a pattern, before an assignment': ['for f in env/*.env; do source "$f"; done\nNAME=own\n', ['own']],
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
