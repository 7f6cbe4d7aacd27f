import { answerAppeal, getAppeals, getCycleAppeals, postAppeal } from '../routes/appeals.ts';
import { closeCycle, getCycles, reopenCycle, verifyCycle } from '../routes/cycles.ts';
import { getFeedback, getInvitations, postFeedback, postRound, takeToken } from '../routes/feedback.ts';
import { postShared } from '../routes/knowledge.ts';
import { getPayroll } from '../routes/payroll.ts';
import { getRankings } from '../routes/rankings.ts';
import { getRecords, getScorecard, putRole } from '../routes/scorecards.ts';
import { getDueSurveys, getSurveyAnswers, makeSurvey, postSurvey, putSurvey, seeSurvey } from '../routes/surveys.ts';
import { getTargets, putTargets, putTeamTargets } from '../routes/targets.ts';

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
  postRound,
  getInvitations,
  takeToken,
  postFeedback,
  getFeedback,
  putTargets,
  putTeamTargets,
  getTargets,
  postShared,
  makeSurvey,
  getDueSurveys,
  getSurveyAnswers,
  seeSurvey,
  putSurvey,
  postSurvey,
] as const;
