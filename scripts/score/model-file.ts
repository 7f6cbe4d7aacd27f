import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { widthOf } from '../../shared/scoring/model/features.ts';
import type { Model } from '../../shared/scoring/model/model.ts';
import { BadInput } from './sheet.ts';

const base = { name: z.string(), mean: z.number(), weights: z.array(z.number()), missing: z.boolean() };
const feature = z
  .discriminatedUnion('kind', [
    z.object({
      ...base,
      kind: z.literal('number'),
      decimals: z.enum(['point', 'comma']),
      knots: z
        .array(z.number())
        .min(2)
        .refine((knots) => knots.every((knot, at) => at === 0 || knot > (knots[at - 1] ?? knot)), 'must rise'),
      median: z.number(),
    }),
    z.object({
      ...base,
      kind: z.literal('category'),
      levels: z
        .array(z.string())
        .refine(
          (levels) => levels.every((level, at) => at === 0 || level > (levels[at - 1] ?? level)),
          'must be sorted',
        ),
      rare: z.boolean(),
      givenOnly: z.literal(true).optional(),
    }),
  ])
  .refine((given) => given.weights.length === widthOf(given), {
    path: ['weights'],
    message: 'not as many as are needed',
  });

/** What of a file of a model is needed to score by it. */
const modelFile = z.object({
  format: z.literal('leadkeeper-model'),
  formatVersion: z.literal(1),
  outcome: z.object({ column: z.string(), positive: z.string(), negative: z.string() }),
  intercept: z.number(),
  features: z.array(feature).min(1),
});

/** Reads a model that `train` wrote. @throws BadInput naming the field that is not as it should be */
export function readModel(file: string): Pick<Model, 'outcome' | 'intercept' | 'features'> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as { code?: string };
    throw new BadInput(`${file}: ${code ? `cannot be read (${code})` : 'this is not JSON'}`);
  }
  const read = modelFile.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new BadInput(`${file}: this is no model: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}
