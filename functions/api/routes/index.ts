import type { Route } from '../route.ts';
import { assignByHand, logInteraction, moveStage } from './actions.ts';
import { replayAudit, verifyAudit } from './audit.ts';
import { getBreakers, resetBreaker } from './breakers.ts';
import { configRoutes } from './config.ts';
import { exportConversions } from './exports.ts';
import { approveReview, discardReview, getDrift, getReviews } from './hr.ts';
import { getImport, getImports, getIntakeQuarantine, getIntakeQuarantined, retakeAll, retakeOne } from './intake.ts';
import { getDecisions, getInteractions, getLead, listLeads } from './leads.ts';
import { getManualQueue, retryManual } from './manual-queue.ts';
import { getMe } from './me.ts';
import { mergeByHand, unmerge } from './merging.ts';
import { openapiRoute } from './openapi.ts';
import { claimLead, getPool, returnLeads } from './pool.ts';
import { choosePortal, makePortalLink, postPortal, seePortal } from './portal.ts';
import { previewRoutes } from './previews.ts';
import { getQuarantine, redriveAll, redriveOne } from './quarantine.ts';
import { readingRoutes } from './reading.ts';
import { getRepHistory, reinstateRep } from './rep-history.ts';
import { getExceptions, getReconciliation, getResponseTimes, getStability } from './reports.ts';
import { getRep, getReps, pauseRep, putRep, resumeRep } from './reps.ts';
import { getScoringModel, getScoringModels } from './scoring-models.ts';
import { checkDraft, getTerritories, locatePlace, putTerritories, restoreTerritories } from './territories.ts';
import { transcriptRoutes } from './transcripts.ts';
import { checkUpload, publishUpload, uploadTerritories } from './uploads.ts';

const single = [
  getMe,
  listLeads,
  getLead,
  getDecisions,
  getInteractions,
  logInteraction,
  ...transcriptRoutes,
  assignByHand,
  moveStage,
  mergeByHand,
  unmerge,
  makePortalLink,
  seePortal,
  choosePortal,
  postPortal,
  getReps,
  getRep,
  putRep,
  pauseRep,
  resumeRep,
  reinstateRep,
  getRepHistory,
  ...readingRoutes,
  getReviews,
  approveReview,
  discardReview,
  getDrift,
  getManualQueue,
  retryManual,
  getQuarantine,
  getPool,
  claimLead,
  returnLeads,
  redriveAll,
  redriveOne,
  getIntakeQuarantine,
  getIntakeQuarantined,
  retakeAll,
  retakeOne,
  getImports,
  getImport,
  getBreakers,
  resetBreaker,
  getTerritories,
  putTerritories,
  uploadTerritories,
  checkUpload,
  publishUpload,
  restoreTerritories,
  checkDraft,
  locatePlace,
  getScoringModels,
  getScoringModel,
  getExceptions,
  getResponseTimes,
  getReconciliation,
  getStability,
  exportConversions,
  verifyAudit,
  replayAudit,
] as const;

/** The calls with their types, for callers in TypeScript. */
export type TypedRoute = (typeof single)[number];

const described: readonly Route[] = [...single, ...configRoutes, ...previewRoutes];

/** Every call that people make. */
export const routes: readonly Route[] = [...described, openapiRoute(described)];
