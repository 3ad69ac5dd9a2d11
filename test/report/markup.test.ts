import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { marked, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/report/clean-text.ts';
import { csvCell } from '../../src/report/csv.ts';
import { attributes, html } from '../../src/report/html/markup.ts';
import { xml } from '../../src/report/junit.ts';
import { md } from '../../src/report/markdown.ts';
import { term } from '../../src/report/terminal.ts';
import { hostileText, hostileTexts } from './support/hostile.ts';
import { readXml } from './support/xml.ts';

/** Texts that a parser returns unchanged, since they are neither clipped nor replaced. */
const short = (text: string): boolean => text.length < 200 && text === clean(text);

function each(check: (text: string) => void): void {
  for (const text of hostileTexts) check(text);
  fc.assert(fc.property(hostileText, check), { numRuns: 300 });
}

describe('a plain interpolation', () => {
  test('never becomes HTML: not in text, not in an attribute, quoted or not', () => {
    each((text) => {
      const made = html`<p title="${text}" lang='${text}' data-a=${text}>${text}<b>${text}</b></p>`.text;
      const { document } = parseHTML(`<body>${made}</body>`);
      const found = [...document.querySelectorAll('body *')];
      expect(found.map(({ localName }) => localName)).toEqual(['p', 'b']);
      expect(found.flatMap((element) => [...element.attributes].map(({ name }) => name))).toEqual(
        expect.arrayContaining(['title', 'lang', 'data-a']),
      );
      expect(found[0]?.attributes).toHaveLength(3);
      if (!short(text)) return;
      const [paragraph] = found;
      expect([paragraph?.getAttribute('title'), paragraph?.getAttribute('data-a')]).toEqual([text, text]);
      expect(paragraph?.textContent).toBe(text.repeat(2));
    });
  });

  test('never becomes XML', () => {
    each((text) => {
      const element = readXml(xml`<a b="${text}">${text}</a>`.text);
      expect(element).toMatchObject({ name: 'a', children: [] });
      expect(Object.keys(element.attributes)).toEqual(['b']);
    });
  });

  test('never becomes Markdown: not at the start of a line, of a list item or of a cell', () => {
    const harmless = new Set(['paragraph', 'text', 'space', 'escape', 'list', 'list_item']);
    each((text) => {
      for (const made of [md`${text}`, md`- ${text}`, md`Said: ${text}.`]) {
        let lists = 0;
        void marked.walkTokens(marked.lexer(made.text), (token: Token) => {
          expect(harmless, made.text).toContain(token.type);
          if (token.type === 'list') lists += 1;
        });
        expect(lists).toBe(made.text.startsWith('- ') ? 1 : 0);
      }
    });
  });

  test('never moves the cursor of a terminal, and never leaves its cell of a spreadsheet', () => {
    each((text) => {
      expect(term`a ${text} b`.text).toMatch(/^a [^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]* b$/);
      expect(csvCell(text)).toMatch(/^(?:[^",;\r\n]*|"(?:[^"\r\n]|"")*")$/);
      expect(csvCell(text)).not.toMatch(/^"?[=+\-@]/);
    });
  });
});

describe('a template', () => {
  test('accepts markup of the same language only, unchanged', () => {
    expect(html`<i>${html`<b>${'<'}</b>`}</i>`.text).toBe('<i><b>&lt;</b></i>');
    expect(html.join([html`<br>`, '<br>'], ' ').text).toBe('<br> &lt;br&gt;');
    // @ts-expect-error It is of another language.
    expect(() => html`<i>${md`**x**`}</i>`).toThrow('Markup of markdown is used where only html is allowed.');
  });

  test.each([
    ['between the attributes of a tag', (text: string) => html`<p ${text}>`],
    ['behind an attribute', (text: string) => html`<p id="a"${text}>`],
    ['as the name of a tag', (text: string) => html`<${text}>`],
    ['in a script', (text: string) => html`<script>const a = '${text}';</script>`],
    ['in a style', (text: string) => html`<style>p { color: ${text} }</style>`],
    ['as what is done on an event', (text: string) => html`<p onclick="${text}">`],
    ['as a style of its own', (text: string) => html`<p style="${text}">`],
    ['as a comment', (text: string) => html`<!-- ${text} -->`],
  ])('rejects a plain string %s', (_, make) => {
    expect(() => make('onclick=alert(1)')).toThrow('Plain text is not allowed in a tag, a script or a style');
  });

  test('contains only safe links', () => {
    expect(html`<a href="${'https://learn.microsoft.com/azure'}">`.text).toBe(
      '<a href="https://learn.microsoft.com/azure">',
    );
    for (const link of ['javascript:alert(1)', 'https://evil.example/"', ' https://a.example', 'data:text/html,x'])
      expect(() => html`<a href="${link}">`).toThrow('Only a safe link is allowed');
  });

  test('accepts attributes only in a tag, and escapes their values', () => {
    const made = attributes({ 'data-a': '" onclick="alert(1)', hidden: true, 'data-b': undefined, open: false });
    expect(html`<p${made}>`.text).toBe('<p data-a="&quot; onclick=&quot;alert(1)" hidden>');
    expect(() => html`<p>${made}</p>`).toThrow('Markup of attributes is used where only html is allowed.');
  });
});

test('raw markup is used only in the files listed here', () => {
  const root = new URL('../../src/report/', import.meta.url).pathname;
  const vouching = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8').match(/\.raw\(/g)?.length ?? 0] as const)
    .filter(([, amount]) => amount > 0);
  // The page's own style, script and policy; an element's name; a code span and a safe link; padding and colour.
  expect(Object.fromEntries(vouching)).toEqual({ 'html.ts': 3, 'junit.ts': 1, 'markdown.ts': 2, 'terminal.ts': 5 });
});
