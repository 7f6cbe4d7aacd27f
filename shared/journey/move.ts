import type * as z from 'zod';
import type { Action } from './checklist.ts';
import { type OpenStage, openStages, type Stage, type stageMove, stages } from './stages.ts';

/** The stage after each: the only one that a deal goes to by itself. */
interface Onward {
  'first-contact': 'needs-diagnosis';
  'needs-diagnosis': 'solution-demo';
  'solution-demo': 'objection-handling';
  'objection-handling': 'contract-negotiation';
  'contract-negotiation': 'payment-confirmed';
}

type Goal = OpenStage | 'payment-confirmed';

/** A move of a deal, as it is made: where it goes, and what else each kind of move must say. No other can be written. */
export type Move =
  | { [From in OpenStage]: { kind: 'forward'; from: From; to: Onward[From] } }[OpenStage]
  | { kind: 'back'; from: OpenStage; to: OpenStage }
  | { kind: 'skip'; from: OpenStage; to: Goal; reason: string }
  | { kind: 'lost'; from: OpenStage; to: 'lost'; lostReason: string };

/** Why a deal does not move. */
export interface Refused {
  refused: string;
}

const onward: { [From in OpenStage]: Extract<Move, { kind: 'forward'; from: From }> } = {
  'first-contact': { kind: 'forward', from: 'first-contact', to: 'needs-diagnosis' },
  'needs-diagnosis': { kind: 'forward', from: 'needs-diagnosis', to: 'solution-demo' },
  'solution-demo': { kind: 'forward', from: 'solution-demo', to: 'objection-handling' },
  'objection-handling': { kind: 'forward', from: 'objection-handling', to: 'contract-negotiation' },
  'contract-negotiation': { kind: 'forward', from: 'contract-negotiation', to: 'payment-confirmed' },
};

const isOpenStage = (name: Stage['name']): name is OpenStage => (openStages as readonly string[]).includes(name);

/** Who asks for a move, and what the stage that is left still asks for. */
interface Asking {
  role: 'admin' | 'supervisor' | 'rep';
  missing: readonly Action[];
}

const list = (missing: readonly Action[]): string => missing.map(({ name }) => name).join(', ');

/**
 * What a move that is asked for is: forward by one stage once all is done that the stage asks for, back, lost; past a stage, or
 * past what it asks for, if a supervisor says why.
 */
export function moveTo(
  from: Stage['name'],
  { to, lostReason, reason }: z.infer<typeof stageMove>,
  { role, missing }: Asking,
): Move | Refused {
  if (from === 'lost') return { refused: 'the deal is lost already' };
  if (!isOpenStage(from)) return { refused: 'the deal is won already' };
  if (to === 'lost') return { kind: 'lost', from, to, lostReason: lostReason ?? '' };
  if (to === from) return { refused: `the deal is in ${to} already` };
  if (stages.indexOf(to) < stages.indexOf(from)) return { kind: 'back', from, to: to as OpenStage };
  const next = onward[from];
  const why =
    to !== next.to
      ? `from ${from} the next stage is ${next.to}`
      : missing.length > 0
        ? `before ${from} is left: ${list(missing)}`
        : undefined;
  if (why === undefined) return next;
  if (role === 'rep') return { refused: `${why}; a supervisor can skip it` };
  if (reason === undefined) return { refused: `${why}; to skip it, say the reason` };
  return { kind: 'skip', from, to, reason };
}
