import assert from 'node:assert/strict';
import { packHover } from '../../../src/views/editor/hoverContent.ts';
import { hoverMarkdown } from '../../../src/views/editor/hoverMarkdown.ts';
import { noon } from '../tree/openTree.ts';
import { indexOf, onlyPack, packsNamed, readAll, withDeployments } from './openTemplate.ts';

const name = 'operational-best-practices-for-amazon-s3';

describe('a hover as Markdown', () => {
  it('reads as its text where nothing would be markup', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packsNamed([name]));
      await readAll(open, index);
      const markdown = hoverMarkdown(packHover(open.deployments.answers(index, onlyPack(index)), noon.getTime()));
      const [first, score, deployment, , , links = ''] = markdown.split('\n\n');
      assert.equal(first, `Conformance pack **${name}**`);
      assert.equal(score, '61.5% ▰▰▰▰▰▰▱▱▱▱ · computed 8 hours ago');
      assert.equal(deployment, 'Deployment CREATE_COMPLETE');
      const found = [...links.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\?([^)]+)\)/g)];
      assert.deepEqual(
        found.map(([, text, command]) => `${text}: ${command}`),
        ['Open Pack: packscope.openPack', 'Open in Console: packscope.openInConsole', 'Refresh: packscope.refresh'],
      );
      for (const [, , , given = ''] of found) {
        assert.deepEqual(JSON.parse(decodeURIComponent(given)), [
          { name, account: '318604927715', region: 'us-east-1' },
        ]);
      }
    }));

  const escapes = {
    '**a** _b_ __c__ `d`': '\\*\\*a\\*\\* \\_b\\_ \\_\\_c\\_\\_ \\`d\\`',
    'snake_case-name (1)': 'snake_case-name (1)',
    '[a](command:x) ![b](http://c)': '\\[a\\](command:x) !\\[b\\](http\\://c)',
    '<img src=x> &lt; \\': '\\<img src=x> \\&lt; \\\\',
    '# a\n- b\n> c\n1. d': '\\# a \\- b \\> c 1. d',
    '1. a': '1\\. a',
    'www.example.com me@example.com ~~s~~': 'www\\.example.com me\\@example.com \\~\\~s\\~\\~',
  };
  for (const [text, expected] of Object.entries(escapes)) {
    it(`escapes ${JSON.stringify(text)}`, () => {
      assert.equal(hoverMarkdown([[text], [{ strong: text }]]), `${expected}\n\n**${expected}**`);
    });
  }
});
