import { getRankings } from '../routes/rankings.ts';
import { getRecords, getScorecard, putRole } from '../routes/scorecards.ts';

/** Who did how well, by the records. */
export const appraisal = [getScorecard, getRecords, putRole, getRankings] as const;
