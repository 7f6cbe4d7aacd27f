import { getBreakers, resetBreaker } from '../routes/breakers.ts';
import { configRoutes } from '../routes/config.ts';
import { importHistory } from '../routes/history.ts';
import { approveReview, discardReview, getDrift, getReviews } from '../routes/hr.ts';
import {
  getImport,
  getImports,
  getIntakeQuarantine,
  getIntakeQuarantined,
  retakeAll,
  retakeOne,
} from '../routes/intake.ts';
import { previewPerformance } from '../routes/performance-preview.ts';
import { personRoutes } from '../routes/persons.ts';
import { previewRoutes } from '../routes/previews.ts';
import { getQuarantine, redriveAll, redriveOne } from '../routes/quarantine.ts';
import { previewRubbish } from '../routes/rubbish.ts';
import { scoringRoutes } from '../routes/scoring.ts';
import { getScoringModel, getScoringModels } from '../routes/scoring-models.ts';

/** What admins set and mend: rules, held pushes, dead letters, quarantine, breakers. */
export const settings = [
  getReviews,
  approveReview,
  discardReview,
  getDrift,
  getQuarantine,
  redriveAll,
  redriveOne,
  getIntakeQuarantine,
  getIntakeQuarantined,
  retakeAll,
  retakeOne,
  getImports,
  getImport,
  importHistory,
  getBreakers,
  resetBreaker,
  getScoringModels,
  getScoringModel,
  previewRubbish,
  previewPerformance,
  ...configRoutes,
  ...previewRoutes,
  ...scoringRoutes,
  ...personRoutes,
] as const;
