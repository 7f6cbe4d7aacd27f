import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Cycle } from '../../../shared/appraisal/cycle.ts';
import { rowsOfCycle } from '../../../shared/appraisal/cycles/store.ts';
import type { Row } from '../../../shared/appraisal/rankings/row.ts';
import { csvRow } from '../../../shared/platform/csv.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { readSecret, sourceKey } from '../../../shared/platform/secrets.ts';
import { route } from '../route.ts';
import { knownCycle } from './cycles.ts';
import { periodName } from './scorecard-view.ts';

/** What a closed period pays, row by row; the same bytes whenever it is asked. */
const fileOf = ({ period, revision, version }: Cycle, rows: readonly Row[]): string =>
  [
    ['period', 'revision', 'repId', 'name', 'teamId', 'plans', 'score', 'grade', 'coefficient', 'rules', 'hash'],
    ...rows.map(({ repId, name, teamId, plans, score, grade, coefficient, hash }) => [
      ...[period.name, revision, repId, name, teamId ?? '', plans.join(' '), score, grade, coefficient],
      ...[version, hash ?? ''],
    ]),
  ]
    .map(csvRow)
    .join('');

/** What payroll takes over. */
export const getPayroll = route({
  method: 'GET',
  path: '/cycles/{period}/payroll',
  summary:
    'The coefficients of a closed period as CSV, signed as Standard Webhooks sign (webhook-id, webhook-timestamp, webhook-signature; key `payroll`)',
  roles: ['admin'],
  params: z.object({ period: periodName }),
  answers: { 200: z.unknown() },
  types: ['text/csv'],
  handle: async ({ params: { period }, table }) => {
    const cycle = await knownCycle(table, period);
    if (cycle.state !== 'closed' || cycle.closedAt === undefined)
      throw new Problem(409, `${period} is not closed`, [{ path: 'period', message: 'is not closed' }]);
    const body = fileOf(cycle, await rowsOfCycle(table, cycle));
    const id = `payroll-${cycle.period.name}-${cycle.revision}`;
    const timestamp = String(Math.floor(Date.parse(cycle.closedAt) / 1000));
    const key = sourceKey(await readSecret(), 'payroll');
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return {
      status: 200,
      raw: { type: 'text/csv', body },
      headers: {
        'content-disposition': `attachment; filename="${id}.csv"`,
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
    };
  },
});
