import { assignByHand } from '../routes/assign.ts';
import { contactRoutes } from '../routes/contacts.ts';
import { evidenceRoutes } from '../routes/evidence.ts';
import { journeyRoutes } from '../routes/journey.ts';
import { getDecisions, getLead, listLeads } from '../routes/leads.ts';
import { getManualQueue, retryManual } from '../routes/manual-queue.ts';
import { getMe } from '../routes/me.ts';
import { mergeByHand, unmerge } from '../routes/merging.ts';
import { getPayments, postPayment } from '../routes/payments.ts';
import { claimLead, getPool, returnLeads } from '../routes/pool.ts';
import { choosePortal, makePortalLink, postPortal, seePortal } from '../routes/portal.ts';
import { readingRoutes } from '../routes/reading.ts';
import { acceptLead, acceptLeads, getRejected, rejectLead, rejectLeads } from '../routes/rejected.ts';
import { getRepHistory, reinstateRep } from '../routes/rep-history.ts';
import { getRep, getReps, pauseRep, putRep, resumeRep } from '../routes/reps.ts';
import { taskRoutes } from '../routes/tasks.ts';
import { transcriptRoutes } from '../routes/transcripts.ts';

/** What reps, supervisors and customers do all day. */
export const people = [
  getMe,
  listLeads,
  getLead,
  getDecisions,
  ...contactRoutes,
  ...evidenceRoutes,
  ...transcriptRoutes,
  getPayments,
  postPayment,
  assignByHand,
  ...journeyRoutes,
  ...taskRoutes,
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
  getRejected,
  acceptLead,
  acceptLeads,
  rejectLead,
  rejectLeads,
  getManualQueue,
  retryManual,
  getPool,
  claimLead,
  returnLeads,
] as const;
