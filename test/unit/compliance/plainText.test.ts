import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marked } from 'marked';
import {
  showInvisible,
  toBoldMarkdown,
  toFileName,
  toLabel,
  toMarkdownLinkText,
  toMarkdownText,
  toMessage,
  toOneLine,
  toPrompt,
} from '../../../src/compliance/text/plainText.ts';
import { anyHostileText, invisibleCharacters } from '../../support/hostileText.ts';

const check = (predicate: (text: string) => void): void =>
  fc.assert(fc.property(anyHostileText, predicate), { numRuns: 2000 });

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The links of VS Code's `parseLinkedText`, which notifications and the prompts of input boxes use. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

/** VS Code's `renderLabelWithIcons`: a backslash keeps an icon from being shown, and is not shown itself. */
function renderLabel(label: string): { readonly text: string; readonly icons: readonly string[] } {
  const icons: string[] = [];
  const text = label.replace(/(\\)?\$\(([a-z0-9-]+(?:~[a-z]+)?)\)/gi, (_, backslash, icon) => {
    if (!backslash) icons.push(icon);
    return `$(${icon})`;
  });
  return { text, icons };
}

const toHtmlText = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '&#39;',
  );

describe('showInvisible', () => {
  it('shows control, bidirectional and other invisible characters as escapes', () => {
    for (const character of invisibleCharacters) {
      const shown = showInvisible(`a${character}b`);
      assert.match(shown, /^a(\\u[0-9A-F]{4})+b$/);
      assert.equal(JSON.parse(`"${shown}"`), `a${character}b`);
    }
    assert.equal(showInvisible('a\tb\r\nc ✔️ é 漢字'), 'a\tb\r\nc ✔️ é 漢字');
  });

  it('leaves nothing invisible and does not change the meaning of JSON', () => {
    check((text) => {
      assert.doesNotMatch(showInvisible(text).replace(/[\t\n\r]/g, ''), invisible);
      assert.equal(JSON.parse(showInvisible(JSON.stringify(text))), text);
    });
  });
});

describe('toOneLine', () => {
  it('returns one line without invisible characters', () => {
    check((text) => assert.doesNotMatch(toOneLine(text), invisible));
  });
});

describe('toLabel', () => {
  it('shows the text without icons', () => {
    check((text) =>
      assert.deepEqual(renderLabel(toLabel(text)), {
        text: toOneLine(text),
        icons: [],
      }),
    );
  });
});

describe('toMessage', () => {
  it('contains no link', () => {
    check((text) => {
      assert.doesNotMatch(toMessage(text), link);
      assert.doesNotMatch(toMessage(text).replace(/[\t\n\r]/g, ''), invisible);
    });
  });
});

describe('toPrompt', () => {
  it('contains neither links nor icons', () => {
    check((text) => {
      assert.doesNotMatch(toPrompt(text), link);
      assert.deepEqual(renderLabel(toPrompt(text)).icons, []);
    });
  });
});

describe('toMarkdownText', () => {
  it('renders as the text, at the start of a paragraph and after other text', () => {
    check((text) => {
      const shown = toHtmlText(toOneLine(text));
      if (shown === '') return;
      assert.equal(marked.parse(toMarkdownText(text).trim()), `<p>${shown}</p>\n`);
      assert.equal(marked.parse(`Rule ${toMarkdownText(text).trim()}`), `<p>Rule ${shown}</p>\n`);
      assert.equal(marked.parse(`a\n\n- ${toMarkdownText(text).trim()}`), `<p>a</p>\n<ul>\n<li>${shown}</li>\n</ul>\n`);
    });
  });
});

describe('toMarkdownLinkText', () => {
  it('renders as the text of one link', () => {
    check((text) => {
      const shown = toHtmlText(toOneLine(text));
      if (shown === '') return;
      const html = marked.parse(`[${toMarkdownLinkText(text).trim()}](command:a)`, { async: false });
      assert.equal(html.replace(/&#91;/g, '[').replace(/&#93;/g, ']'), `<p><a href="command:a">${shown}</a></p>\n`);
    });
  });
});

describe('toBoldMarkdown', () => {
  it('renders as the text in bold', () => {
    check((text) => {
      const shown = toHtmlText(toOneLine(text));
      const expected = shown === '' ? '' : `<p><strong>${shown}</strong></p>\n`;
      assert.equal(marked.parse(toBoldMarkdown(text)), expected);
    });
  });
});

describe('toFileName', () => {
  it('keeps the names of packs and aggregators', () => {
    for (const name of ['operational-best-practices-for-amazon-s3', '111122223333-us-east-1', 'my_aggregator'])
      assert.equal(toFileName(name), name);
  });

  it('names a file in the same folder', () => {
    assert.equal(toFileName('../../.bashrc'), '-..-.bashrc');
    check((text) => {
      assert.doesNotMatch(toFileName(text), /[\\/:*?"<>|\n]|^\.|^$/);
      assert.doesNotMatch(toFileName(text), invisible);
    });
  });
});
