import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppealAnswered } from '../events/appeal-answered.ts';
import { AppealFiled } from '../events/appeal-filed.ts';
import { AssignmentFailed } from '../events/assignment-failed.ts';
import { BreakerClosed } from '../events/breaker-closed.ts';
import { BreakerOpened } from '../events/breaker-opened.ts';
import { BreakerTried } from '../events/breaker-tried.ts';
import { CallWished } from '../events/call-wished.ts';
import { ChannelDue } from '../events/channel-due.ts';
import { CycleClosed } from '../events/cycle-closed.ts';
import { DealStuck } from '../events/deal-stuck.ts';
import { DirectoryMemberChanged } from '../events/directory-member-changed.ts';
import { FeedbackAsked } from '../events/feedback-asked.ts';
import { HolidaysUnknown } from '../events/holidays-unknown.ts';
import { HrPushHeld } from '../events/hr-push-held.ts';
import { ImportPartReceived } from '../events/import-part-received.ts';
import { LeadAccepted } from '../events/lead-accepted.ts';
import { LeadAssigned } from '../events/lead-assigned.ts';
import { LeadDuplicated } from '../events/lead-duplicated.ts';
import { LeadMissed } from '../events/lead-missed.ts';
import { LeadOverdue } from '../events/lead-overdue.ts';
import { LeadPooled } from '../events/lead-pooled.ts';
import { LeadReceived } from '../events/lead-received.ts';
import { LeadReferenceReceived } from '../events/lead-reference-received.ts';
import { LeadReleased } from '../events/lead-released.ts';
import { LeadReminded } from '../events/lead-reminded.ts';
import { LeadRescored } from '../events/lead-rescored.ts';
import { LeadScored } from '../events/lead-scored.ts';
import { LeadSentToManual } from '../events/lead-sent-to-manual.ts';
import { LeadTouched } from '../events/lead-touched.ts';
import { LeadUnmerged } from '../events/lead-unmerged.ts';
import { LeadsHandedOver } from '../events/leads-handed-over.ts';
import { LeadsStranded } from '../events/leads-stranded.ts';
import { LeadsUnaccounted } from '../events/leads-unaccounted.ts';
import { MessageQuarantined } from '../events/message-quarantined.ts';
import { MessagesAdded } from '../events/messages-added.ts';
import { PersonErasureAsked } from '../events/person-erasure-asked.ts';
import { RankingAsked } from '../events/ranking-asked.ts';
import { RepAway } from '../events/rep-away.ts';
import { RepFrozen } from '../events/rep-frozen.ts';
import { RepLostTerritory } from '../events/rep-lost-territory.ts';
import { RepMoved } from '../events/rep-moved.ts';
import { RetakeAsked } from '../events/retake-asked.ts';
import { RosterMissing } from '../events/roster-missing.ts';
import { StageMoved } from '../events/stage-moved.ts';
import { SurveyAsked } from '../events/survey-asked.ts';
import { TaskOverdue } from '../events/task-overdue.ts';
import { TaskReminded } from '../events/task-reminded.ts';
import { TerritoriesPublished } from '../events/territories-published.ts';
import { ThreadHeard } from '../events/thread-heard.ts';
import { TranscriptionAsked } from '../events/transcription-asked.ts';
import { EventBus } from './constructs/event-bus.ts';
import { FileStore } from './constructs/file-store.ts';
import { HttpApi } from './constructs/http-api.ts';
import { type IdentityProps, identity } from './constructs/identity.ts';
import { KeySecret } from './constructs/key-secret.ts';
import { LanguageModel } from './constructs/language-model.ts';
import { LeadTable } from './constructs/lead-table.ts';
import { Operators } from './constructs/operators.ts';
import { StaffEmail } from './constructs/staff-email.ts';
import { StaffPush } from './constructs/staff-push.ts';
import { type Resource, Step } from './constructs/step.ts';
import { Transcription } from './constructs/transcription.ts';
import { deadLettersOf, http, onEvents, onSchedule, outboxStream, under } from './constructs/triggers.ts';

/** The company's time zone (IANA), in which its nights and days are; and who may sign in. */
export interface LeadkeeperProps extends StackProps, IdentityProps {
  readonly timeZone?: string | undefined;
  /** The id of a model of Amazon Bedrock, or of an inference profile, that may be asked what conversations are about. */
  readonly bedrockModel?: string | undefined;
  /** Who is told by e-mail when an alarm rings. */
  readonly alarmEmail?: string | undefined;
}

/**
 * The map: every step in the order in which a lead meets it. Each line says what wakes the step (`wokenBy`), what it may
 * touch and is told the name of (`uses`), and the handler is `functions/<step>/handler.ts`.
 */
export class Leadkeeper extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { timeZone = 'Asia/Shanghai', bedrockModel, alarmEmail, ...props }: LeadkeeperProps = {},
  ) {
    super(scope, id, props);

    const table = new LeadTable(this, 'Table');
    const files = new FileStore(this, 'Files');
    const bus = new EventBus(this, 'Bus');
    const api = new HttpApi(this, 'Http');
    const secret = new KeySecret(this, 'Keys');
    const push = new StaffPush(this, 'StaffPush');
    const email = new StaffEmail(this, 'StaffEmail');
    const operators = new Operators(this, 'Operators', alarmEmail);
    const zone: Resource = { grantTo: (step) => step.tell('TIME_ZONE', timeZone) };
    const consoleUrl = `${api.url}/console`;
    const pages: Resource = {
      grantTo: (step) => {
        step.tell('API_URL', api.url);
        step.tell('CONSOLE_URL', consoleUrl);
      },
    };
    const people = identity(this, props, consoleUrl);

    // 1. A form or an ad platform posts a lead: stored and announced in one transaction, then answered → LeadReceived. What is only
    //    referred to is fetched after it; so are rows of files, what was put off, and what an admin wants taken in again.
    const intake = new Step(this, 'intake', {
      wokenBy: [
        http(api, 'POST /leads/{source}'),
        ...['meta', 'linkedin', 'ocean-engine'].map((source) => http(api, `GET /leads/${source}`)),
        ...['tiktok', 'ocean-engine', 'baidu', 'tencent-ads'].map((source) => http(api, `POST /leads/${source}/{key}`)),
        onEvents(bus, [LeadReferenceReceived, ImportPartReceived, RetakeAsked], {
          postpones: true,
          sends: true,
          receives: 20,
          batch: 5,
        }),
      ],
      uses: [table, table.foundBy('byList'), secret],
      seconds: 29,
    });

    // … and so are files of leads that are dropped into the bucket → ImportPartReceived.
    new Step(this, 'imports', {
      wokenBy: [onSchedule('imports', 'rate(5 minutes)')],
      uses: [table, files.adding, files.imports],
      seconds: 120,
      memory: 1024,
    });

    // 2. What was committed to the outbox is published: LeadReceived, and every event below.
    new Step(this, 'relay', { wokenBy: [outboxStream(table)], uses: [table.adding, bus], memory: 256 });

    // … a post of somebody whose lead is open is a duplicate of it: a touch, of which the owner is told → LeadTouched. What comes in
    // while a merge is undone finds its lead.
    const duplicates = new Step(this, 'duplicates', {
      wokenBy: [onEvents(bus, [LeadDuplicated, LeadUnmerged])],
      uses: [table],
    });

    // 3. Rubbish → LeadRejected, or LeadHeldForReview. Else points, a value from 0 to 100, a grade, where the customer is → LeadScored.
    const scoring = new Step(this, 'scoring', {
      wokenBy: [onEvents(bus, [LeadReceived, LeadAccepted])],
      uses: [table, secret, zone],
      memory: 256,
    });

    // … and what its customer does afterwards is counted, and may make it a better lead → LeadRescored.
    new Step(this, 'behavior', {
      wokenBy: [http(api, 'POST /leads/{leadId}/behavior')],
      uses: [table, secret, people, zone],
    });

    // 4. One owner → LeadAssigned; or AssignmentFailed, tried again, and at last LeadSentToManual.
    const assignment = new Step(this, 'assignment', {
      wokenBy: [onEvents(bus, [LeadScored, LeadReleased], { postpones: true })],
      uses: [table, files],
    });

    // 5. The owner is told; so are supervisors and admins of what they have to know; each morning, who let what lie.
    const notification = new Step(this, 'notification', {
      wokenBy: [
        // Some of the times that a message comes are spent on waiting for the claim of a sender that died.
        onEvents(
          bus,
          [
            LeadAssigned,
            LeadReleased,
            LeadPooled,
            LeadRescored,
            LeadTouched,
            CallWished,
            LeadReminded,
            LeadOverdue,
            LeadMissed,
            StageMoved,
            DealStuck,
            TaskReminded,
            TaskOverdue,
            LeadSentToManual,
            BreakerOpened,
            BreakerClosed,
            LeadsHandedOver,
            HrPushHeld,
            RosterMissing,
            LeadsStranded,
            LeadsUnaccounted,
            HolidaysUnknown,
            MessageQuarantined,
            SurveyAsked,
            FeedbackAsked,
            CycleClosed,
            AppealFiled,
            AppealAnswered,
            ChannelDue,
          ],
          { postpones: true, receives: 5 },
        ),
        onSchedule('digest', 'cron(0 8 * * ? *)', timeZone),
        onSchedule('weekly-review', 'cron(30 8 ? * MON *)', timeZone),
      ],
      uses: [table, table.foundBy('byDue', 'byList', 'byOwner'), secret, push, email, zone, pages],
      seconds: 60,
      memory: 256,
    });

    // … and so are customers, some days after a demo or a won deal: how was it? → SurveyAsked.
    new Step(this, 'surveys', {
      wokenBy: [onSchedule('surveys', 'cron(0 10 * * ? *)', timeZone)],
      uses: [table, zone],
      seconds: 300,
    });

    // … and who did how well in a company too large for one call is reckoned when somebody asks.
    const ranking = new Step(this, 'ranking', {
      wokenBy: [onEvents(bus, [RankingAsked], { batch: 1 })],
      uses: [table, table.foundBy('byList'), zone],
      memory: 1024,
      seconds: 600,
    });

    // 6. Every minute: nobody called → LeadReminded, LeadOverdue (2 h), LeadMissed (4 h), or LeadReleased to somebody else.
    //    A deal stands still → DealStuck; a task is due → TaskReminded, TaskOverdue.
    new Step(this, 'escalation', {
      wokenBy: [onSchedule('escalation', 'rate(1 minute)')],
      uses: [table, table.foundBy('byDue', 'byList')],
      seconds: 50,
    });

    // 7. HR says who works here; whoever leaves is frozen at once → RepFrozen; too many → HrPushHeld; no roster → RosterMissing.
    new Step(this, 'hr-sync', {
      wokenBy: [
        http(api, 'POST /hr/employees'),
        onSchedule('hr-sync', 'cron(30 0 * * ? *)', timeZone),
        onSchedule('hr-roster-check', 'cron(0 6 * * ? *)', timeZone),
      ],
      uses: [table, files.adding, files.rosters, secret, zone],
      seconds: 120,
      memory: 1024,
    });

    // … and so do identity providers, by SCIM 2.0 …
    new Step(this, 'scim', {
      wokenBy: [http(api, 'ANY /scim/v2/{proxy+}')],
      uses: [table, table.foundBy('byList'), secret, zone],
      seconds: 29,
    });

    // … and the chat directories; what their callbacks leave out is asked → DirectoryMemberChanged, heard by itself.
    const directory = new Step(this, 'directory', {
      wokenBy: [
        http(api, 'GET /directories/{directory}'),
        http(api, 'POST /directories/{directory}'),
        onEvents(bus, [DirectoryMemberChanged]),
      ],
      uses: [table, secret, zone],
    });

    // … and connected chats: what is said there goes to the lead that it is about, and counts as contact.
    const chat = new Step(this, 'chat', {
      wokenBy: [http(api, 'GET /chats/{chat}'), http(api, 'POST /chats/{chat}'), onEvents(bus, [ThreadHeard])],
      uses: [table, secret, zone],
      seconds: 29,
    });

    // … and recordings of calls, if the company wants it: Amazon Transcribe puts them into words → MessagesAdded, RecordingTranscribed.
    const transcription = new Step(this, 'transcription', {
      wokenBy: [onEvents(bus, [TranscriptionAsked], { postpones: true, receives: 150 })],
      uses: [table, files.transcripts, new Transcription(this, 'Transcription')],
      seconds: 29,
    });

    // … and is understood: topics by the words they stand on, and how likely they are to buy → ConversationUnderstood, LeadRescored.
    const understanding = new Step(this, 'understanding', {
      wokenBy: [onEvents(bus, [MessagesAdded])],
      uses: [table, zone, ...(bedrockModel ? [new LanguageModel(this, 'LanguageModel', bedrockModel)] : [])],
      // Cuts Chinese into words; with its dictionary it is one file of 4 MB, the same for any processor.
      packages: { 'jieba-wasm': ['package.json', 'pkg/nodejs'] },
      // The SDK for models is loaded only where one is asked.
      splits: true,
      memory: 1024,
      seconds: 120,
    });

    // 8. Who left, is away for long or lost a territory hands over → LeadReleased, or HandoverAsked; at the end LeadsHandedOver.
    const handover = new Step(this, 'handover', {
      wokenBy: [
        onEvents(bus, [RepFrozen, RepAway, RepMoved, TerritoriesPublished, RepLostTerritory], { batch: 1 }),
        onSchedule('handover', 'cron(45 0 * * ? *)', timeZone),
      ],
      uses: [table, table.foundBy('byOwner', 'byList'), files],
      seconds: 120,
    });

    // 9. Many leads fail for one cause → BreakerOpened: the manual group has them at once, until a trial lead passes → BreakerClosed.
    const breaker = new Step(this, 'breaker', {
      wokenBy: [
        onEvents(bus, [AssignmentFailed, LeadSentToManual, BreakerTried, BreakerClosed]),
        onSchedule('breaker', 'rate(5 minutes)'),
      ],
      uses: [table],
      seconds: 60,
    });

    // … somebody asks that nothing be known of them any more → PersonErased …
    const erasure = new Step(this, 'erasure', {
      wokenBy: [onEvents(bus, [PersonErasureAsked], { batch: 1 })],
      uses: [table, table.erasing, table.foundBy('byList', 'byDue'), files, files.erasing],
      seconds: 300,
    });

    // … and what no retry could deal with → the manual group, or quarantine. Nothing waits silently.
    new Step(this, 'dead-letters', {
      wokenBy: [
        deadLettersOf(
          intake,
          duplicates,
          scoring,
          assignment,
          notification,
          ranking,
          directory,
          chat,
          transcription,
          understanding,
          handover,
          breaker,
          erasure,
        ),
      ],
      uses: [table],
    });

    // 10. Every night: one root over all decisions of the day before, so that none can be changed unseen; and is every lead somewhere?
    new Step(this, 'audit', {
      wokenBy: [onSchedule('audit', 'cron(10 0 * * ? *)')],
      uses: [table, table.foundBy('byList')],
      seconds: 300,
    });

    // … and what makes a lead win is learned from those closed; a model that beats the rules and the last one scores from then on.
    new Step(this, 'learning', {
      wokenBy: [onSchedule('learning', 'cron(20 1 * * ? *)', timeZone)],
      uses: [table, table.foundBy('byList'), zone],
      seconds: 600,
      memory: 2048,
    });

    // 11. What people call: leads and reps …
    const called = [table, table.foundBy('byList', 'byOwner'), people, zone];
    new Step(this, 'api', {
      wokenBy: [http(api, '$default')],
      uses: [...called, files, files.evidence, secret],
      memory: 1024,
      seconds: 29,
    });
    // … rules, held pushes, dead letters …
    new Step(this, 'api-settings', {
      entry: 'functions/api/settings.ts',
      wokenBy: ['config', 'hr', 'quarantine', 'intake', 'breakers', 'history', 'persons'].flatMap((first) =>
        under(api, first),
      ),
      uses: [...called, files.adding, files.rosters],
      memory: 1024,
      seconds: 29,
    });
    // … territories …
    new Step(this, 'api-map', {
      entry: 'functions/api/map.ts',
      wokenBy: under(api, 'territories'),
      uses: [...called, files.adding, secret],
      memory: 1024,
      seconds: 29,
    });
    // … who did how well …
    new Step(this, 'api-appraisal', {
      entry: 'functions/api/appraisal.ts',
      wokenBy: ['scorecards', 'rankings', 'cycles', 'feedback', 'surveys', 'targets'].flatMap((first) =>
        under(api, first),
      ),
      uses: [...called, secret],
      memory: 1024,
      seconds: 29,
    });
    // … what happened, and the description of all calls.
    new Step(this, 'api-reports', {
      entry: 'functions/api/reports.ts',
      wokenBy: [
        ...['reports', 'exports', 'audit'].flatMap((first) => under(api, first)),
        http(api, 'GET /openapi.json'),
      ],
      uses: called,
      brings: 'functions/api/built',
      memory: 1024,
      seconds: 29,
    });

    // … and what they look at: a page in the browser, built from functions/console/page.
    new Step(this, 'console', {
      wokenBy: [http(api, 'GET /'), http(api, 'GET /console'), http(api, 'GET /console/{proxy+}')],
      uses: [people],
      brings: 'functions/console/built',
      memory: 256,
    });

    new CfnOutput(this, 'Console', { value: `${api.url}/console` });
    new CfnOutput(this, 'Url', { value: api.url });
    new CfnOutput(this, 'KeysSecret', { value: secret.arn });
    new CfnOutput(this, 'AlarmTopic', { value: operators.topic.topicArn });
    new CfnOutput(this, 'Issuer', { value: people.issuer });
    new CfnOutput(this, 'Audience', { value: people.audience });
  }
}
