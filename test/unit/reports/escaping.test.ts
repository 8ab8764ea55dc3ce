import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marked } from 'marked';
import { showInvisible } from '../../../src/compliance/text/plainText.ts';
import {
  escapeHtml,
  formatCsvLine,
  formatMarkdownList,
  formatMarkdownRow,
  stringifyJson,
} from '../../../src/reports/escaping.ts';
import { anyHostileText } from '../../support/hostileText.ts';
import { isFormula, parseCsv, unescapeFormulas } from './csv.ts';

const check = (predicate: (text: string) => void): void =>
  fc.assert(fc.property(anyHostileText, predicate), { numRuns: 2000 });

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const withoutSpaces = (text: string): string => text.replace(/[\t\n\r]/g, '');

/** The text of HTML without elements. */
const fromHtml = (html: string): string =>
  html.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code, name) =>
    code ? String.fromCharCode(code) : { amp: '&', lt: '<', gt: '>', quot: '"' }[name as 'amp'],
  );

describe('hostile texts in exported files', () => {
  it('are no formulas in CSV, and visible', () => {
    check((text) => {
      const line = formatCsvLine([text, 1]);
      assert.doesNotMatch(withoutSpaces(line), invisible);
      const [[cell = ''] = []] = parseCsv(line);
      assert(!isFormula(cell));
      assert.equal(unescapeFormulas(cell), showInvisible(text));
    });
  });

  it('are text in HTML, and visible', () => {
    check((text) => {
      assert.doesNotMatch(withoutSpaces(escapeHtml(text)), invisible);
      assert.doesNotMatch(escapeHtml(text), /[<>"'\r]|&(?!#\d+;)/);
      assert.equal(fromHtml(escapeHtml(text)), showInvisible(text));
    });
  });

  it('are text in Markdown, and visible', () => {
    check((text) => {
      const shown = showInvisible(text).replace(/\s+/g, ' ').trim();
      const table = marked.parse(`| a | b |\n| --- | --- |\n${formatMarkdownRow([text, 'x'])}`, { async: false });
      const cells = [...table.matchAll(/<td>(.*)<\/td>/g)].map(([, cell = '']) => cell);
      assert.deepEqual(cells.map(fromHtml), [shown, 'x']);
      assert.doesNotMatch(cells.join(''), /</);
      const list = marked.parse(formatMarkdownList([['Name', text]]), { async: false });
      assert.equal(fromHtml(list).replace(/\s+/g, ''), `<ul><li>Name:${shown.replace(/\s+/g, '')}</li></ul>`);
      assert.equal(list.match(/</g)?.length, 4);
    });
  });

  it('are no links to domains in Markdown', () => {
    const part = fc.constantFrom(
      'www',
      'WWW',
      '1',
      'a',
      '-',
      '_',
      'evil',
      'app',
      '中',
      '.',
      '..',
      '://',
      'mailto:',
      'a@',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        for (const text of [parts.join(''), parts.join('.')])
          assert.doesNotMatch(marked.parse(formatMarkdownRow([`x ${text}`, text]), { async: false }), /<a /, text);
      }),
      { numRuns: 2000, examples: [[['www', '1', 'app']], [['www', '-1', 'x']]] },
    );
  });

  it('keep their meaning in JSON, and are visible', () => {
    check((text) => {
      assert.doesNotMatch(stringifyJson({ text }), invisible);
      assert.deepEqual(JSON.parse(stringifyJson({ text }, 2)), { text });
    });
  });
});
