import { describe, expect, it } from 'vitest';
import { alone } from '../../../shared/org/push/lock/store.ts';
import { losingAnswer } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const push = (name: string) =>
  alone(
    table(),
    () => new Date(),
    async () => name,
  );

describe('pushes of HR’s, one at a time', () => {
  it('do not wait for themselves where the table’s answer is lost', async () => {
    const answerAgain = losingAnswer(table(), 'UpdateCommand');
    expect(await push('first')).toBe('first');
    answerAgain();
    expect(await push('second')).toBe('second');
  });
});
