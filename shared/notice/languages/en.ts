import type { Language } from './language.ts';

/** English. */
export const english: Language = {
  templates: {
    'lead-assigned': {
      title: 'New lead',
      text: 'New lead {who}, reach them at {reach}. Please call and log it by {due}.',
    },
    'lead-taken': {
      title: 'Lead passed on',
      text: 'Lead {who} is no longer yours ({holder}). Please do not follow it up.',
    },
    'lead-touched': {
      title: 'New interest',
      text: 'Your lead {who} has posted again ({source}). Reach them at {reach}.',
    },
    'lead-raised': {
      title: 'Better lead',
      text: 'By what they did, your lead {who} is a better one than before ({from}). Reach them at {reach}.{callBy}',
    },
    'call-wished': {
      title: 'When to call',
      text: 'Lead {who} would like to be called {when}, at {reach}.',
    },
    'lead-reminder': {
      title: 'Lead waiting',
      text: 'Lead {who} still waits{toldAt}. Please call and log it.',
    },
    'lead-overdue': { title: 'Lead overdue', text: 'Nobody has contacted lead {who} since {since} ({holder}).' },
    'lead-missed': {
      title: 'Exception: lead not followed up',
      text: 'Lead {leadId}, {grade}, has waited since {since}; {holder}. It is in the exception report.',
    },
    'deal-stuck': {
      title: 'Deal stuck',
      text: 'Nothing has happened with {who} in {stage}; red since {since}, {holder}. Please ask where it is stuck and what helps.',
    },
    'task-reminder': { title: 'Task due', text: '{who}: {task} (by {due}).{idle}' },
    'task-overdue': { title: 'Task overdue', text: '{who}: “{task}” was to be done by {due} and is not, {holder}.' },
    'survey-asked': {
      title: 'How was it?',
      text: 'How likely are you to recommend us? It takes a minute; the link is open until {until}.',
    },
    'survey-reminder': {
      title: 'How was it?',
      text: 'We would still like to know how likely you are to recommend us. It takes a minute; the link is open until {until}.',
    },
    'feedback-asked': {
      title: 'Feedback on a colleague',
      text: 'You worked with {name}: please say until {until} how it was. Nobody can see which answer is yours.',
    },
    'card-published': {
      title: 'Your scorecard',
      text: 'Your scorecard of {period} is published. You may appeal against it until {until}.',
    },
    'ranking-published': {
      title: 'Period closed',
      text: '{period} is closed: the scorecards and the ranking are published. Appeals are taken until {until}.',
    },
    'appeal-filed': { title: 'Appeal', text: '{name} appeals against their score of {period}. Please answer.' },
    'appeal-answered': {
      title: 'Appeal answered',
      text: 'Your appeal against your score of {period} was answered: {decision}.',
    },
    'weekly-review': {
      title: 'This week’s review',
      text: '{team}: {open} deals open, {stuck} stuck. {count} to talk about in a quarter of an hour: {lines}. All of it: {link}',
    },
    'deal-moved': { title: 'Deal moved', text: '{leadId}: from {from} to {to}.' },
    'leads-to-review': {
      title: 'Leads to review',
      text: 'Held as likely rubbish until somebody accepts or rejects them: {count}.',
    },
    'exception-digest': { title: 'Missed yesterday', text: 'Leads missed within a day: {count}. {lines}.' },
    'assignment-failed': {
      title: 'Lead not placed, with the manual group',
      text: 'Lead {leadId} {unplaced}, cause <font color="warning">{cause}</font>. The manual group has it.',
    },
    'assignments-failed': {
      title: 'Leads not placed, with the manual group',
      text: '{count} more leads could not be assigned, cause <font color="warning">{cause}</font>: {leadIds}. The manual group has them.',
    },
    'breaker-opened': {
      title: 'Assignment breaker open',
      text: '{failures} leads failed because of <font color="warning">{cause}</font> ({leadIds}): the breaker is open. Further ones go to the manual group without an alert each; a trial lead is sent from time to time, and it closes by itself.',
    },
    'breaker-closed': {
      title: 'Assignment breaker closed',
      text: 'The breaker of {cause} is closed ({by}); the leads it held are being assigned.',
    },
    'leads-handed-over': {
      title: 'Leads handed over',
      text: '{rep}: {why}. {given} leads are being assigned anew ({grades}). {asked}',
    },
    'hr-held': {
      title: 'HR push held',
      text: 'An HR push would freeze <font color="warning">{wouldFreeze}</font> people; it is held and nothing was changed. Please approve or discard it within 24 hours: {reviewId}.',
    },
    'hr-roster-missing': {
      title: 'No roster this morning',
      text: 'No whole roster came last night{last}. Please look after the HR system’s push.',
    },
    'leads-unaccounted': {
      title: 'Leads unaccounted for',
      text: 'Nobody can say where <font color="warning">{difference}</font> leads are: {leadIds}.',
    },
    'holidays-unknown': {
      title: 'Holidays unknown',
      text: 'Of {year} only the holidays by law are known, not which days are moved for them: deadlines and shifts take these few days off and count all weekends as such. Once the State Council has said, please add the year to shared/sla/holidays-of-china.ts and deploy.',
    },
    'message-quarantined': {
      title: 'Message in quarantine',
      text: 'Step {step} could not deal with message {quarantineId}: {reason}.',
    },
  },
  playbook: {
    talkTrack:
      'Hello {name}, this is {rep}. You asked about {product}. May I take five minutes to hear how things are with you today?',
    tasks: [
      'Call the customer; note their name and role',
      'Ask for need, budget, who decides, and when',
      'Agree on the next step and log the contact',
    ],
  },
  headings: { talkTrack: 'Talk track', tasks: 'Tasks' },
  grade: (grade) => `grade ${grade}`,
  phone: ({ number, extension }) => (extension === undefined ? number : `${number} ext. ${extension}`),
  wechat: (id) => `WeChat ${id}`,
  holder: (name) => (name === undefined ? 'not assigned' : `owner ${name}`),
  words: {
    'owner-left': 'has left',
    'owner-leaving': 'is leaving',
    'owner-on-leave': 'is away for long',
    'territory-lost': 'no longer serves the territory',
    'not-assigned': 'not assigned',
    'never-seen': 'never looked at',
    'seen-not-called': 'looked at, not called',
    'tried-not-reached': 'tried, not reached',
    trial: 'a trial lead passed',
    'our-products': 'our products',
    'your-team': 'Team',
    'nothing-to-review': 'none',
    'flag-never-contacted': 'never contacted',
    'flag-stuck': 'stuck',
    'flag-promise-overdue': 'a promise is overdue',
    'flag-over-target': 'too long in its stage',
    'flag-date-slipped': 'dates slip again and again',
    'flag-single-threaded': 'one contact person only',
    'flag-no-next-step': 'no next step',
    'stage-first-contact': 'first contact',
    'stage-needs-diagnosis': 'needs diagnosis',
    'stage-solution-demo': 'solution demo',
    'stage-objection-handling': 'objection handling',
    'stage-contract-negotiation': 'contract negotiation',
    'appeal-upheld': 'upheld',
    'appeal-rejected': 'rejected',
    'call-now': 'as soon as possible',
    'call-morning': 'in the morning (9–12)',
    'call-afternoon': 'in the afternoon (12–18)',
    'call-evening': 'in the evening (18–20)',
  },
  list: (parts) => parts.join(', '),
  missedBy: (name, count, why) => `${name ?? 'nobody'} ${count} (${why})`,
  lines: (lines) => lines.join('; '),
  asked: (count, leadIds) => (count > 0 ? `Another ${count} wait for you to name a new owner: ${leadIds}.` : ''),
  unplaced: (attempts, cause) =>
    cause === 'owner-left'
      ? 'has no new owner: the supervisor who was asked has not named one'
      : `could not be assigned${attempts > 0 ? ` in ${attempts} attempts` : ''}`,
  idle: (name) =>
    ` ${name === undefined ? 'Nobody has it now' : `${name}, who had it, is out`}: please have it seen to.`,
  callBy: (due) => (due === undefined ? '' : ` Please call and log it by ${due}.`),
  toldAt: (due) => `; your supervisor is told at ${due}`,
  lastRoster: (at) => (at === undefined ? '' : `; the one before came ${at}`),
};
