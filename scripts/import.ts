import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { stages } from '../shared/journey/stages.ts';
import { commandLine } from './command-line.ts';
import { bearer, clientOf } from './demo/client.ts';

const HELP = `npm run import -- FILE.csv [--url URL] [--token TOKEN]

Takes in deals of the time before, one a row, so that reports and win rates begin with them. Each is taken once by its id; run
it again after mending what was named.

Columns: id, repId, receivedAt, and one of phone, email, wechat; and as far as they are known: name, company, industry,
productLine, source, firstContactAt, a column for each stage that was entered (${stages.slice(1).join(', ')}: when), lostAt, lostReason.
Times are ISO 8601 (2026-03-01 or 2026-03-01T09:30:00+08:00).

  --url     a running Leadkeeper (http://127.0.0.1:PORT, PORT 3000)
  --token   an admin's bearer token; on a laptop a development token is made
`;
const AT_ONCE = 50;

type Row = Record<string, string>;
/** A file that cannot be used: what is wrong. */
class BadFile extends Error {}
interface Answer {
  taken: number;
  known: number;
  rejected: { index: number; path: string; message: string }[];
}

const given = (of: object): object =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined && value !== ''));

/** The rows of a file, each with the line in which it ends. @throws BadFile */
function rowsOf(file: string): { record: Row; info: { lines: number } }[] {
  const options = { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true } as const;
  try {
    const rows = parse(readFileSync(file), options) as unknown as { record: Row; info: { lines: number } }[];
    const missing = ['id', 'repId', 'receivedAt'].filter((column) => rows[0]?.record[column] === undefined);
    if (missing.length > 0) throw new BadFile(rows.length > 0 ? `no column ${missing.join(', ')}` : 'no rows');
    return rows;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof BadFile || error instanceof CsvError) throw new BadFile(`${file}: ${message}`);
    throw new BadFile(`${file} cannot be read (${code})`);
  }
}

/** A row as the call takes it. */
function dealOf(row: Row): object {
  const entered = stages
    .slice(1)
    .flatMap((stage) => (row[stage] ? [{ stage, at: row[stage] }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const { name, phone, email, wechat, company, industry } = row;
  return given({
    externalId: row.id,
    contact: given({ name, phone, email, wechat }),
    company: company ? given({ name: company, industry }) : undefined,
    productLine: row.productLine,
    source: row.source,
    repId: row.repId,
    receivedAt: row.receivedAt,
    firstContactAt: row.firstContactAt,
    entered,
    lost: row.lostAt ? { at: row.lostAt, reason: row.lostReason ?? '' } : undefined,
  });
}

async function main(): Promise<void> {
  const { values, positionals } = commandLine({
    allowPositionals: true,
    options: { url: { type: 'string' }, token: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const rows = rowsOf(file);
  const client = clientOf(values.url ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`);
  const headers = values.token ? { authorization: `Bearer ${values.token}` } : await bearer(client, { role: 'admin' });
  let [taken, known, wrong] = [0, 0, 0];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    const deals = part.map(({ record }) => dealOf(record));
    const answer = (await client.call('POST', '/history', { deals }, headers)) as Answer;
    taken += answer.taken;
    known += answer.known;
    for (const { index, path, message } of answer.rejected)
      process.stderr.write(`line ${part[index]?.info.lines}: ${path} ${message}\n`);
    wrong += new Set(answer.rejected.map(({ index }) => index)).size;
  }
  process.stdout.write(`${taken} deals taken in, ${known} known already, ${wrong} refused\n`);
  if (wrong > 0) process.exitCode = 1;
}

await main().catch((error: Error) => {
  process.stderr.write(`${error instanceof BadFile ? '' : 'Leadkeeper cannot be asked: '}${error.message}\n`);
  process.exitCode = error instanceof BadFile ? 2 : 1;
});
