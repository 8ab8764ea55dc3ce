import assert from 'node:assert/strict';
import { describePack } from '../../../src/views/editor/hoverContent.ts';
import { toMarkdown } from '../../../src/views/editor/hoverMarkdown.ts';
import { noon } from '../../support/tree/openTree.ts';
import { indexOf, loadEverything, onlyPack, packsNamed, withLookup } from './lookupHarness.ts';

const name = 'operational-best-practices-for-amazon-s3';

describe('toMarkdown', () => {
  it('renders lines as paragraphs and links as commands', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(packsNamed([name]));
      await loadEverything(harness, index);
      const markdown = toMarkdown(describePack(harness.lookup.find(index, onlyPack(index)), noon.getTime()));
      const [first, score, deployment, , , links = ''] = markdown.split('\n\n');
      assert.equal(first, `Conformance pack **${name}**`);
      assert.equal(score, '61.5% ▰▰▰▰▰▰▱▱▱▱ · computed by AWS Config 8 hours ago');
      assert.equal(deployment, 'Deployment CREATE_COMPLETE');
      const commands = [...links.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\?([^)]+)\)/g)];
      assert.deepEqual(
        commands.map(([, text, command]) => `${text}: ${command}`),
        ['Open Pack: packscope.openPack', 'Open in Console: packscope.openInConsole', 'Refresh: packscope.refresh'],
      );
      for (const [, , , args = ''] of commands) {
        assert.deepEqual(JSON.parse(decodeURIComponent(args)), [
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
      assert.equal(toMarkdown([[text], [{ bold: text }]]), `${expected}\n\n**${expected}**`);
    });
  }
});
