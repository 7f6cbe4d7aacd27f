import type { Route } from '../route.ts';
import { assignByHand, logInteraction, moveStage } from './actions.ts';
import { replayAudit, verifyAudit } from './audit.ts';
import { configRoutes } from './config.ts';
import { getDecisions, getInteractions, getLead, listLeads } from './leads.ts';
import { getManualQueue, getQuarantine, retryManual } from './manual-queue.ts';
import { openapiRoute } from './openapi.ts';
import { choosePortal, makePortalLink, seePortal } from './portal.ts';
import { getExceptions } from './reports.ts';
import { getRep, getReps, pauseRep, putRep, resumeRep } from './reps.ts';
import { checkDraft, getTerritories, locatePlace, putTerritories, restoreTerritories } from './territories.ts';

const described: Route[] = [
  listLeads,
  getLead,
  getDecisions,
  getInteractions,
  logInteraction,
  assignByHand,
  moveStage,
  makePortalLink,
  seePortal,
  choosePortal,
  getReps,
  getRep,
  putRep,
  pauseRep,
  resumeRep,
  getManualQueue,
  retryManual,
  getQuarantine,
  getTerritories,
  putTerritories,
  restoreTerritories,
  checkDraft,
  locatePlace,
  ...configRoutes,
  getExceptions,
  verifyAudit,
  replayAudit,
];

/** Every call that people make. */
export const routes: readonly Route[] = [...described, openapiRoute(described)];
