import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const put = 'aws configservice put-conformance-pack --conformance-pack-name';
const deploy = `deploy() { local name="\${1:-default}"; ${put} "$name"; }\n`;

function resolve(text: string): readonly string[] {
  return indexTemplate({ path: 'deploy.sh', text }).packs.flatMap((pack) => pack.resolve().map((name) => name.text));
}

describe('assignments of shell scripts', () => {
  const cases: Readonly<Record<string, readonly [script: string, names: readonly string[]]>> = {
    'in evaluated text': ['N=a\neval "N=b"\n', ['*']],
    'before evaluated text only': ['N=a\neval "N=b"\nN=c\n', ['c']],
    'in evaluated text of a function': ['run() { eval "$1"; }\nN=a\nrun "N=b"\n', ['*']],
    'not in a function that is not called': ['run() { eval "$1"; }\nN=a\n', ['a']],
    'with a name in a variable': ['N=a\nv=N\ndeclare "$v=b"\n', ['*']],
    'with what a command prints': ['N=a\nexport $(cat .env)\n', ['*']],
    'of a printed text to a name in a variable': ['N=a\nprintf -v "$v" b\n', ['*']],
    'of quoted words': ['N=a\nexport "N=$B"\n', ['*']],
    'but not by printing variables or asking for functions': ['N=a\ndeclare -p "$v"\ndeclare -F "$f"\n', ['a']],
    'but not by a prompt': ['N=a\nread -p "$prompt" OTHER\n', ['a']],
    'of references': ['A=x\ndeclare -n N=A\n', ['*']],
    'by references': ['N=a\ndeclare -n R=N\nR=b\n', ['*']],
    'with attributes': ['typeset -u N\nN=abc\n', ['*']],
    'by functions': ['set_name() { N=b; }\nN=a\nset_name\n', ['a', 'b']],
    'by functions that functions call': ['f() { N=b; }\ng() { f; }\nN=a\ng\n', ['a', 'b']],
    'by functions in a subshell': ['f() { N=b; }\nN=a\nX=$(f)\nf | cat\n', ['a']],
    'by the loop of a menu': ['N=a\nselect N in b c; do break; done\n', ['a', 'b', 'c']],
    'in a pipe': ['N=a\nN=b | cat\n', ['a']],
    'between here-documents of one line': ['N=a\ncat <<A <<B > x\nN=b\nA\nN=c\nB\n', ['a']],
    'after here-documents of one line': ['cat <<A <<B > x\nN=b\nA\nN=c\nB\nN=d\n', ['d']],
  };
  for (const [name, [script, expected]] of Object.entries(cases))
    it(`have their effect ${name}`, () => assert.deepEqual(resolve(`${script}${put} "$N"\n`), expected));

  it('change elements', () => {
    const array = 'declare -A M=([x]=a [y]=b)\n';
    for (const change of ['M[x]=c', 'M["$k"]=c', "unset 'M[x]'", 'printf -v M[x] c'])
      assert.deepEqual(resolve(`${array}${change}\n${put} "\${M[x]}"\n`), ['*'], change);
    assert.deepEqual(resolve(`${array}${put} "\${M[x]}"\n`), ['a']);
  });

  it('count for the function before which they are written', () => {
    assert.deepEqual(resolve(`N=a\nf() { ${put} "$N"; }\nN=b f\n`), ['a', 'b']);
    assert.deepEqual(resolve(`N=a\nf() { ${put} "$N"; }\nN=b other\nf\n`), ['a']);
  });
});

describe('arguments of shell functions', () => {
  const cases: Readonly<Record<string, readonly [script: string, names: readonly string[]]>> = {
    'that are passed on': [`${deploy}main() { deploy "$@"; }\nmain custom\n`, ['custom']],
    'that are passed on after others': [`${deploy}main() { deploy "x-$1" "$@"; }\nmain custom\n`, ['x-custom']],
    'of the script': [`${deploy}deploy "$@"\n`, ['default']],
    'that are passed on to the function itself': [`f() { ${put} "\${1:-default}"; f "$@"; }\nf custom\n`, ['custom']],
    'that are printed': [`${deploy}deploy "$(get_name)"\n`, ['*']],
    'that are some of the others': [`${deploy}main() { deploy "\${@:2}"; }\nmain x custom\n`, ['*']],
    'that are shifted': [`f() { shift; ${put} "\${1:-default}"; }\nf x custom\n`, ['custom']],
    'that are shifted by a number': [`f() { shift 2; ${put} "\${1:-default}"; }\nf x y custom\n`, ['custom']],
    'that may be shifted': [`f() { [ "$1" ] && shift; ${put} "\${1:-default}"; }\nf x custom\n`, ['*']],
    'that are shifted in a loop': [`f() { while x; do ${put} "\${1:-default}"; shift; done; }\nf a b\n`, ['*']],
    'that are replaced': [`set -- x y\n${put} "\${1:-default}"\n`, ['*']],
    'beside options of the shell': [`set -euo pipefail\n${put} "\${1:-default}"\n`, ['default']],
  };
  for (const [name, [script, expected]] of Object.entries(cases))
    it(`have the values of those ${name}`, () => assert.deepEqual(resolve(script), expected));
});

describe('quotes of shell scripts', () => {
  it('have escapes after a dollar', () => {
    const names = ["$'a\\x2db'", "a$'b'", "$'a\\055b'", "$'a\\u002db'", 'a$"b"', "$'it\\'s'"];
    assert.deepEqual(
      names.map((name) => resolve(`${put} ${name}\n`).join()),
      ['a-b', 'ab', 'a-b', 'a-b', 'ab', "it's"],
    );
  });
});

describe('cases of shell scripts', () => {
  it('are read in linear time', () => {
    const branches = Array.from({ length: 10_000 }, (_, index) => `a${index}) N=${index} ;;\n`).join('');
    let total = 0;
    indexTemplate({ path: 'deploy.sh', text: `case x in\n${branches}esac\n${put} $N\n` }, (milliseconds) => {
      total += milliseconds;
    });
    assert.ok(total < 2_000, `${total} ms`);
  });
});
