import { describe, expect, it } from 'vitest';
import { refuseMove, stageMove, stages } from '../../../shared/journey/stages.ts';

describe('moving a deal', () => {
  it('goes forward one stage at a time', () => {
    stages.slice(1).forEach((to, at) => {
      expect(refuseMove(stages[at] ?? 'lost', to)).toBeUndefined();
    });
    expect(refuseMove('first-contact', 'solution-demo')).toMatch('next stage is needs-diagnosis');
  });

  it('may go back, may be lost from anywhere open, and is over when won or lost', () => {
    expect(refuseMove('contract-negotiation', 'needs-diagnosis')).toBeUndefined();
    expect(refuseMove('first-contact', 'lost')).toBeUndefined();
    expect(refuseMove('lost', 'first-contact')).toBeDefined();
    expect(refuseMove('payment-confirmed', 'lost')).toBeDefined();
  });

  it('needs a reason to be lost', () => {
    expect(stageMove.safeParse({ to: 'lost' }).error?.issues[0]?.path).toEqual(['lostReason']);
    expect(stageMove.safeParse({ to: 'lost', lostReason: 'price' }).success).toBe(true);
  });
});
