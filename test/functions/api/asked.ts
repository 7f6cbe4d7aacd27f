import type { Route } from '../../../functions/api/route.ts';
import { applyStaffChange } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Answer } from '../../../shared/platform/http-step.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { type Table, table } from '../../../shared/platform/table.ts';

export const admin: Person = { role: 'admin', repId: 'boss' };
export const rep = (repId: string): Person => ({ role: 'rep', repId });

/** What a route answered; a refusal too. */
export interface Called {
  status: number;
  body: Record<string, never>;
  headers: Record<string, string>;
  text: string;
}

/** Calls a route at a time, as somebody. */
export async function call(
  route: Pick<Route, 'run'>,
  at: string,
  {
    params = {},
    query = {},
    headers = {},
    body,
    person = admin,
  }: { params?: object; query?: object; headers?: Record<string, string>; body?: object; person?: Person } = {},
): Promise<Called> {
  const asked = {
    method: 'POST',
    path: '',
    params,
    query,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  } as unknown as Parameters<Route['run']>[0];
  try {
    const answer: Answer = await route.run(asked, person, table(), () => new Date(at));
    return {
      status: answer.status,
      body: (answer.body ?? {}) as Record<string, never>,
      headers: (answer.headers ?? {}) as Record<string, string>,
      text: String(answer.raw?.body ?? ''),
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      status: error.status,
      body: { errors: error.errors, detail: error.message } as never,
      headers: {},
      text: '',
    };
  }
}

/** Puts somebody on the roster. */
export const hire = (to: Table, repId: string, but: object = {}) =>
  commit(
    to,
    applyStaffChange(
      {
        repId,
        from: undefined,
        to: { name: repId.toUpperCase(), status: 'active', teamId: 'east', hiredAt: '2020-01-01', ...but },
        by: 'hr',
      },
      new Date('2026-01-01T00:00:00Z'),
    ),
  );
