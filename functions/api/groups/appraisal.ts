import { answerAppeal, getAppeals, getCycleAppeals, postAppeal } from '../routes/appeals.ts';
import { closeCycle, getCycles, reopenCycle, verifyCycle } from '../routes/cycles.ts';
import { getPayroll } from '../routes/payroll.ts';
import { getRankings } from '../routes/rankings.ts';
import { getRecords, getScorecard, putRole } from '../routes/scorecards.ts';

/** Who did how well, by the records. */
export const appraisal = [
  getScorecard,
  getRecords,
  putRole,
  postAppeal,
  getAppeals,
  answerAppeal,
  getRankings,
  getCycles,
  closeCycle,
  reopenCycle,
  verifyCycle,
  getPayroll,
  getCycleAppeals,
] as const;
