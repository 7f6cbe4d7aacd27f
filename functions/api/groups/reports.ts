import { replayAudit, verifyAudit } from '../routes/audit.ts';
import { getBoard } from '../routes/board.ts';
import { exportDeals } from '../routes/deal-export.ts';
import { exportConversions } from '../routes/exports.ts';
import { processRoutes } from '../routes/process.ts';
import { getExceptions, getReconciliation, getResponseTimes, getStability } from '../routes/reports.ts';
import { reviewRoutes } from '../routes/review.ts';
import { getRubbish } from '../routes/rubbish.ts';

/** What happened: figures, exports, and the proof of decisions. */
export const reports = [
  getBoard,
  getExceptions,
  getResponseTimes,
  ...processRoutes,
  ...reviewRoutes,
  getReconciliation,
  getRubbish,
  getStability,
  exportConversions,
  exportDeals,
  verifyAudit,
  replayAudit,
] as const;
