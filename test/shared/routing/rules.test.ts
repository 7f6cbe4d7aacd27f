import { describe, expect, it } from 'vitest';
import { defaultRoutingRules, hoursOf, keptRoutingRules, routingRules } from '../../../shared/routing/rules.ts';

const withShifts = (shifts?: object[]) => ({ ...defaultRoutingRules, teams: { east: shifts ? { shifts } : {} } });

describe("a team's hours", () => {
  it('have a shift at least: with none, nobody of the team would ever be on duty', () => {
    const [issue] = routingRules.safeParse(withShifts([])).error?.issues ?? [];
    expect(issue?.path).toEqual(['teams', 'east', 'shifts']);
    expect(issue?.message).toContain('around the clock');
  });

  it('may be left out, where it works around the clock', () => {
    expect(hoursOf({ teamId: 'east' }, routingRules.parse(withShifts()))).toBeUndefined();
  });

  it('read as they did, where an earlier version had none', () => {
    expect(hoursOf({ teamId: 'east' }, keptRoutingRules.parse(withShifts([])))?.shifts).toEqual([]);
  });
});
