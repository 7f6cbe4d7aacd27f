import { Messages } from 'scimmy';
import type { Answer } from '../../shared/platform/http-step.ts';
import { Problem } from '../../shared/platform/problem.ts';

/** Why a request was refused (RFC 7644, 3.12). */
export type ScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget'
  | 'uniqueness';

/** A refusal with SCIM's word for why. */
export class Refusal extends Problem {
  readonly scimType: ScimType | undefined;
  constructor(status: number, scimType: ScimType | undefined, detail: string, headers: Record<string, string> = {}) {
    super(status, detail, [], headers);
    this.scimType = scimType;
  }
}

/** A 400: what is wrong, and with which attribute. */
export const bad = (scimType: ScimType, detail: string): Refusal => new Refusal(400, scimType, detail);

/** A refusal in SCIM's form. Not scimmy's own class: that one knows neither 405, 415, 429 nor 503. */
export function scimError(problem: Problem): Answer {
  const said = problem instanceof Refusal ? problem.scimType : undefined;
  const scimType = said ?? (problem.status === 400 ? 'invalidValue' : undefined);
  return {
    status: problem.status,
    headers: problem.headers,
    body: {
      schemas: [Messages.ErrorResponse.id],
      status: String(problem.status),
      ...(scimType ? { scimType } : {}),
      detail: problem.message,
    },
  };
}
