import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { closedDeals } from '../closed-deals.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-score-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const written = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return at(name);
};

/** Runs the command. */
function run(...args: string[]): { code: number | null; out: string; said: string; last: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/score.ts', ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, said: stderr, last: stdout.trim().split('\n').at(-1) ?? '' };
}

const deals = closedDeals(1200, new Date('2026-11-02T02:00:00.000Z'));
const headings = ['Lead Number', 'Source, first', 'industry', 'downloads', 'employees', 'came', 'Converted'];
const cells = deals.map(({ form, won, receivedAt }, n) => [
  String(600_000 - 3 * n),
  form.source.channel,
  form.company?.industry ?? '',
  String(form.behavior?.downloads ?? ''),
  form.company?.employees === undefined ? 'Select' : String(form.company.employees),
  receivedAt.slice(0, 10),
  won ? '1' : '0',
]);
const quote = (cell: string) => (/[",;\t]/.test(cell) ? `"${cell}"` : cell);
const table = (names: string[], rows: string[][], delimiter = ',') =>
  `${[names, ...rows].map((row) => row.map(quote).join(delimiter)).join('\r\n')}\r\n`;
const leads = written('leads.csv', table(headings, cells));

describe('npm run score -- train', () => {
  it('prints how good the model is, its strongest columns in words, and the result last; and writes the model', () => {
    const { code, out, last } = run('train', leads, '--label', 'Converted', '--out', at('model.json'));
    expect(code).toBe(0);
    expect(last).toMatch(/^held out: AUC 0\.[78]\d+, log-loss 0\.\d+, Brier score 0\.\d+$/);
    expect(out).toContain('left out: Lead Number: it is an id');
    expect(out).toContain('left out: came: a date');
    expect(out).toMatch(/industry \(moves the odds.*machines: odds × \d/);
    expect(out.match(/^ {2}0\.\d–[01]\.\d +\d/gm)).toHaveLength(10);
    expect(JSON.parse(readFileSync(at('model.json'), 'utf8'))).toMatchObject({
      format: 'leadkeeper-model',
      formatVersion: 1,
      outcome: { column: 'Converted', positive: '1', negative: '0' },
      training: { rows: 1200, seed: 1, heldOutBy: 'draw', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('makes the same model, to the letter, of the same rows in any spelling of the file', () => {
    const whole = readFileSync(at('model.json'), 'utf8');
    const train = (file: string) => {
      expect(run('train', file, '--label', 'Converted', '--out', at('again.json')).code).toBe(0);
      return readFileSync(at('again.json'), 'utf8');
    };
    expect(train(leads)).toBe(whole);
    expect(train(written('marked.csv', `\ufeff${table(headings, cells, ';')}`))).toBe(whole);
    expect(train(written('wide.csv', Buffer.from(`\ufeff${table(headings, cells, '\t')}`, 'utf16le')))).toBe(whole);
    const turned = table(headings.toReversed(), cells.map((row) => row.toReversed()).toReversed());
    expect(train(written('turned.csv', turned))).toBe(whole);
  });

  it('takes other labels, Chinese headings, chosen columns, and the most recent for the test where told', () => {
    const chinese = cells.map((row) => [...row.slice(1, 6), row[6] === '1' ? '是' : '否']);
    const file = written('zh.csv', table(['来源', '行业', '下载', '员工', '日期', '成交'], chinese));
    const { code, out } = run(
      'train',
      file,
      '--label',
      '成交',
      '--columns',
      '来源,下载',
      '--time',
      '日期',
      '--out',
      at('zh.json'),
    );
    expect(code).toBe(0);
    expect(out).toContain('成交 is 是');
    const model = JSON.parse(readFileSync(at('zh.json'), 'utf8'));
    expect(model.training.heldOutBy).toBe('time');
    expect(model.features.map(({ name }: { name: string }) => name)).toEqual(['下载', '来源']);
    const some = run(
      'train',
      leads,
      '--label',
      'converted',
      '--columns',
      '"Source, first",downloads',
      '--out',
      at('some.json'),
    );
    expect(some.code).toBe(0);
  });

  it('warns of a column that tells the outcome by itself', () => {
    const tagged = cells.map((row, n) => [...row, row[6] === '1' && n % 40 !== 0 ? 'Closed by us' : 'Ringing']);
    const file = written('tags.csv', table([...headings, 'Tags'], tagged));
    const { out } = run('train', file, '--label', 'Converted', '--out', at('tags.json'));
    expect(out).toMatch(/^warning: Tags alone tells the outcome with an AUC of 0\.9\d/m);
    const without = run('train', file, '--label', 'Converted', '--ignore', 'Tags', '--out', at('tags.json'));
    expect(without.out).not.toContain('warning');
  });

  it('refuses what it cannot use, and names the file, the line and the column', () => {
    const refused = (why: RegExp, ...args: string[]) => {
      const { code, said, out } = run(...args, '--out', at('never.json'));
      expect(said).toMatch(why);
      expect({ code, out }).toEqual({ code: 2, out: '' });
    };
    refused(/nowhere\.csv: cannot be read/, 'train', at('nowhere.csv'), '--label', 'x');
    refused(/there is no column Won; there are Lead Number/, 'train', leads, '--label', 'Won');
    refused(/--columns: there is no column budget/, 'train', leads, '--label', 'Converted', '--columns', 'budget');
    refused(/line \d+: column industry has more than two values/, 'train', leads, '--label', 'industry');
    refused(/--label names the column/, 'train', leads);
    refused(/--seed is a whole number/, 'train', leads, '--label', 'Converted', '--seed', 'x');
    refused(
      /line 3 has 2 cells, the headings are 3/,
      'train',
      written('ragged.csv', 'a,b,c\n1,2,3\n1,2\n'),
      '--label',
      'c',
    );
    refused(/inside a quoted cell/, 'train', written('open.csv', 'a,b\n1,"2\n'), '--label', 'b');
    refused(/no rows under/, 'train', written('bare.csv', 'a,b\n'), '--label', 'b');
    refused(/only the value 1/, 'train', written('one.csv', 'a,b\n1,1\n2,1\n'), '--label', 'b');
    refused(
      /neither is plainly a yes.*--positive/,
      'train',
      written('odd.csv', 'a,b\n1,red\n2,blue\n'),
      '--label',
      'b',
    );
    refused(/green is not a value of column b/, 'train', at('odd.csv'), '--label', 'b', '--positive', 'green');
    refused(/1 rows with red and 1 with blue/, 'train', at('odd.csv'), '--label', 'b', '--positive', 'red');
    refused(/line 2: column industry says no time/, 'train', leads, '--label', 'Converted', '--time', 'industry');
    refused(/train FILE\.csv --label/, 'guess', leads);
  });

  it('takes any column for the outcome where it is told which value is', () => {
    const { code, out } = run(
      'train',
      leads,
      '--label',
      'industry',
      '--positive',
      'school',
      '--out',
      at('school.json'),
    );
    expect(code).toBe(0);
    expect(out).toContain('industry is school');
  });
});

describe('npm run score -- predict', () => {
  it('adds probability, score and reasons to each row, and says how good they are where the outcome is known', () => {
    const { code, last } = run('predict', at('model.json'), leads, '--out', at('scored.csv'));
    expect(code).toBe(0);
    expect(last).toMatch(/^1200 rows scored; against Converted: AUC 0\.[78]/);
    const rows = parse(readFileSync(at('scored.csv')), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(1200);
    for (const [n, row] of rows.entries()) {
      expect(row['Lead Number']).toBe(cells[n]?.[0]);
      expect(Number(row.score)).toBe(Math.round(Number(row.probability) * 100));
      expect(row.reasons).toMatch(/^([+−]\d+ [^;]+(; |$))*$/);
    }
    const again = run('predict', at('model.json'), at('scored.csv'));
    expect(again.out).toBe(readFileSync(at('scored.csv'), 'utf8'));
  });

  it('scores new rows with columns missing or in another order, and refuses those with none', () => {
    const file = written('new.csv', 'note,downloads,industry\nx,3,machines\ny,,never heard of\n');
    const { code, out, said } = run('predict', at('model.json'), file);
    expect(code).toBe(0);
    expect(said).toContain('not there, and taken for missing: Source, first, employees');
    const [first, second] = parse(out, { columns: true }) as { probability: string }[];
    expect(Number(first?.probability)).toBeGreaterThan(Number(second?.probability));
    expect(run('predict', at('model.json'), written('other.csv', 'a,b\n1,2\n'))).toMatchObject({ code: 2 });
  });

  it('refuses what is no model, naming the field', () => {
    const model = JSON.parse(readFileSync(at('model.json'), 'utf8'));
    model.features[0].weights = [1];
    expect(run('predict', written('bad.json', JSON.stringify(model)), leads).said).toMatch(/features\.0\.weights/);
    expect(run('predict', leads, leads).said).toMatch(/this is not JSON/);
  });
});
