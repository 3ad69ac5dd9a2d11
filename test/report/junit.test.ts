import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { prerequisites, reportFormats } from '../../src/report/index.ts';
import { xml } from '../../src/report/junit.ts';
import { fleet } from './support/fleet.ts';
import { hostileReport } from './support/hostile.ts';
import { descendants, readXml } from './support/xml.ts';

const schema = readFileSync(new URL('support/junit.xsd', import.meta.url), 'utf8');

async function problems(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents: xml }], schema: [schema] });
  return errors.map(({ message }) => message);
}

describe('the JUnit report', () => {
  test.each([
    ['one cluster with every row', fleet({ clusters: 1, detail: 'all' }).report],
    ['a fleet', fleet({ clusters: 80, partial: 'Interrupted.' }).report],
    ['hostile texts', hostileReport()],
    ['nothing', { ...fleet({ clusters: 1 }).report, pools: [], rows: [], ignored: [], subscriptions: [], clusters: 0 }],
  ])('conforms to the schema: %s', async (_, report) => {
    expect(await problems(reportFormats.junit(prerequisites(report)))).toEqual([]);
  });

  test('the schema rejects an invalid report', async () => {
    const xml = reportFormats.junit(prerequisites(fleet({ clusters: 1, detail: 'all' }).report));
    expect(await problems(xml.replace(' failures="', ' failed="'))).not.toEqual([]);
    expect(await problems(xml.replace('<testcase classname=', '<testcase class='))).not.toEqual([]);
  });

  test('every suite counts its own tests, and the counts add up to the total', () => {
    const document = readXml(
      reportFormats.junit(prerequisites(fleet({ clusters: 30, detail: 'all', partial: 'Interrupted.' }).report)),
    );
    const totals = { tests: 0, failures: 0, errors: 0 };
    for (const suite of document.children) {
      const cases = descendants(suite, 'testcase');
      const having = (name: string): number =>
        cases.filter(({ children }) => children.some((child) => child.name === name)).length;
      expect(suite.attributes).toMatchObject({
        tests: String(cases.length),
        failures: String(having('failure')),
        errors: String(having('error')),
        skipped: String(having('skipped')),
      });
      totals.tests += cases.length;
      totals.failures += having('failure');
      totals.errors += having('error');
    }
    expect(document.attributes).toMatchObject(
      Object.fromEntries(Object.entries(totals).map(([name, amount]) => [name, String(amount)])),
    );
  });

  test('an incomplete report adds a failed test', () => {
    const complete = (partial?: string): readonly string[] => {
      const [first] = readXml(
        reportFormats.junit(
          prerequisites(fleet({ clusters: 1, ...(partial === undefined ? {} : { partial }) }).report),
        ),
      ).children;
      return first === undefined
        ? []
        : descendants(first, 'testcase').flatMap(({ children }) => children.map(({ name }) => name));
    };
    expect(complete()).toEqual([]);
    expect(complete('Interrupted.')).toEqual(['error']);
  });

  test('a failure shows the observed and required values and the fix', () => {
    const [failure] = descendants(
      readXml(reportFormats.junit(prerequisites(fleet({ clusters: 20 }).report))),
      'failure',
    );
    expect(failure?.attributes['message']).toMatch(/\.$/);
    expect(failure?.text).toMatch(
      /Observed: .*Required: .*\nFix: .*\n(?:Note: .*\n)?Resource: \/subscriptions\/.*\nMore: https:/,
    );
  });

  test('characters that XML does not allow are replaced', () => {
    expect(xml`${']]>\u0000\ufffe\ud800<a b="c">&'}`.text).toBe(
      String.raw`]]&gt;\u0000` + '\ufffd\ufffd&lt;a b=&quot;c&quot;&gt;&amp;',
    );
  });
});
