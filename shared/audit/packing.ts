import { packing } from '../platform/packing.ts';
import type { AuditRecord } from './record.ts';

/** What every record repeats. Never change it: stored records are read by it. */
const REPEATED_1 =
  '"outcome":"failed","cause":"all-reps-at-capacity","outcome":"manual","cause":"no-territory","basis":"manual","basis":"none"' +
  ',"by":{"role":"admin","reason":"retried by hand"},"candidates":[],"flip":[{"repId":"","change":"1 lead fewer"},' +
  '"change":"1 lead more at ","change":"the customer asking for them","change":"status active instead of on-leave"' +
  ',"outcome":"passed-over","reason":"is on-leave","reason":"does not sell ","reason":"is at capacity ( of  open leads)"' +
  ',"reason":" comes first: the customer is in their territory"},{"repId":"","basis":"territory","rank":2,"outcome":' +
  '"passed-over","reason":"equal to , who was drawn"},"reason":"has more leads, by weight and capacity, than "},' +
  '"reason":"the customer is in their territory,  m from its border, within the buffer; newcomers are guaranteed 20 % of' +
  ' such leads"},"reason":"expected to win  % of such leads, the best  %","reason":"expected to win such leads best ( %, as' +
  ' far as is certain, at their load)","outcome":"released","basis":"owner-left","basis":"history","basis":"preference",' +
  '{"outcome":"assigned","repId":"rep-","basis":"territory","candidates":[{"repId":"rep-","basis":"territory","rank":1,' +
  '"outcome":"chosen","reason":"the customer is in their territory"},{"repId":"rep-","basis":"territory","rank":2,"outcome":' +
  '"passed-over","reason":"has more leads, by weight and capacity, than rep-"}],"flip":[{"repId":"rep-","change":"1 lead' +
  ' fewer"}],"versions":{"routing":1,"territories":1,"roster":1,"scoring":1},"inputs":{"leadId":"01","at":"2026-' +
  '00:00.000Z","grade":"B","productLine":"","preferredRepId":"","knownRepId":"","territories":[{"territoryId":"","inside":' +
  'true,"insideBuffer":false,"metresToBoundary":,"repIds":["rep-","rep-"],"by":"point"}],"reps":[{"repId":"rep-","name":"",' +
  '"status":"active","teamId":"","productLines":[],"capacity":500,"openLeads":0,"weight":1,"turns":0,"taken":{"day":0,' +
  '"week":0,"month":0,"good":0},"caps":{},"timeZone":"","shifts":[{"days":[1,2,3,4,5],"from":"09:00","to":"18:00"}],' +
  '"pausedUntil":"","hiredAt":"2020-01-01","deals":{"won":0,"closed":0}}],"priors":{"":{"mean":0.2,"strength":20}},"rules":' +
  '{"order":["preference","history","territory"],"filters":["product-line","available","working-hours","caps","capacity"],' +
  '"preferences":["newcomers","win-rate","fair-share"],"newcomers":{"share":0.2,"months":3,"grades":["A","B"]},"winRate":' +
  '{"tolerance":0.02,"load":0.5,"exploration":0.03},"catchUp":3,"timeZone":"Asia/Shanghai","teams":{}}},"decisionId":"",' +
  '"leadId":"","number":1,"at":"","previousHash":"","hash":""}';

/** Records as they are stored. */
export const { packed, unpacked } = packing<AuditRecord>(REPEATED_1);
