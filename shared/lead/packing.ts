import { packing } from '../platform/packing.ts';
import type { Lead } from './lead.ts';

/** What most leads repeat, the most frequent last. Never change it: stored leads are read by it. */
const REPEATED_1 =
  '"trial":"no-territory","lastCause":"all-reps-at-capacity","no-rep-in-territory","no-rep-for-product","all-reps-unavailable"' +
  ',"conflict","dependency","handoverAsked":true,"apartFrom":["01"],"formerly":[{"repId":"","until":""}],"letLieBy":[""]' +
  ',"rubbish":{"verdict":"passed","points":,"reasons":[{"sign":"","points":,"because":""}],"version":1},"acceptedAt":""' +
  ',"status":"rejected","reason":"","review":true,"byHand":true,"takenFrom":{"repId":""},"status":"duplicate","duplicateOf":' +
  '"01","likeness":"exact","likely","by-hand","status":"pool","poolOf":"","status":"manual","cause":"","held":true' +
  ',"status":"lost","closedAt":"","lostReason":"","status":"won","conversions":["qualified","won"],"conversed":{"intent":{' +
  '"likelihood":"high"}},"response":{"shard":,"team":"","month":""},"nextAttemptAt":"","releasedAt":"","triedAt":"","seenAt":""' +
  ',"stage":{"name":"payment-confirmed","contract-negotiation","objection-handling","solution-demo","needs-diagnosis"' +
  ',"words":{"divisions":[{"code":"3205","name":"苏州市"},{"code":"310","name":"上海市"}],"postcode":"2151"},"geocoded":true' +
  ',"previousLeadId":"01","previousBy":"company","previousBy":"person","preferredRepId":"rep-","callTime":"morning"' +
  ',"industry":"manufacturing","productLine":"mes","behaved":true,"openTasks":1,"raisedAt":"","remindDueAt":"","reassignDueAt":"' +
  '","poolDueAt":"","stuckDueAt":"","stuckSince":"","level":"supervisor","level":"exception","level":"reminded","reminded":true' +
  ',"source":{"channel":"google-ads","meta","linkedin","tiktok","ocean-engine","baidu","tencent-ads","hubspot","import"' +
  ',"campaign":"spring"},{"rule":"engagement","points":10,"because":"source "},{"rule":"consent","points":' +
  '5,"because":"email given"},{"rule":"phone","points":5,"because":"phone given"},"model":1,"probability":0.' +
  ',{"leadId":"01M","receivedAt":"2026-11-23T00:00:00.000Z","source":{"channel":"web"},"point":{"lng":121.,"lat":31.},"conversions"' +
  ':[],"version":4,"sla":{"receivedAt":"2026-11-23T00:00:00.000Z","supervisorDueAt":"2026-11-23T00:00:00.000Z","exceptionDueAt":' +
  '"2026-11-23T00:00:00.000Z","firstContactAt":null,"level":"none"},"stage":{"name":"first-contact","since":"2026-11-23T00:00:00.000Z"' +
  '},"attempts":0,"audit":{"records":1,"hash":""},"journey":1,"score":{"value":,"grade":"B","points":[{"rule":"source","points":10' +
  ',"because":"source.channel is web"},{"rule":"site-time","points":20,"because":" s on site"},{"rule":"page-views","points":10,' +
  '"because":" pages viewed"},{"rule":"downloads","points":20,"because":" downloads"},{"rule":"company-size","points":20,' +
  '"because":" employees"},{"rule":"product-named","points":5,"because":"productLine given"}],"version":1},"scoredAt":"2026-11-23T00:00:00.000Z",' +
  '"status":"contacted","status":"received","status":"scored","status":"assigned","owner":{"repId":"rep-","name":"","teamId":"",' +
  '"weighs":2000000}}';

/** Leads as they are stored. */
export const { packed, unpacked } = packing<Lead>(REPEATED_1);
