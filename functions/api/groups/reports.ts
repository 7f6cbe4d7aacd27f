import { replayAudit, verifyAudit } from '../routes/audit.ts';
import { exportConversions } from '../routes/exports.ts';
import { getProcessHealth, getWeeklyReview } from '../routes/process.ts';
import { getExceptions, getReconciliation, getResponseTimes, getStability } from '../routes/reports.ts';
import { getRubbish } from '../routes/rubbish.ts';

/** What happened: figures, exports, and the proof of decisions. */
export const reports = [
  getExceptions,
  getResponseTimes,
  getProcessHealth,
  getWeeklyReview,
  getReconciliation,
  getRubbish,
  getStability,
  exportConversions,
  verifyAudit,
  replayAudit,
] as const;
