const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Imports run one way: functions → shared, events; shared → events; nobody imports functions, infra or scripts. */
module.exports = {
  forbidden: [
    rule('no-circular', 'two files that need each other are one file, or three', {}, { circular: true }),
    rule(
      'events-know-nothing',
      'events import zod and each other',
      { path: '^events/' },
      { pathNot: ['^events/', 'node_modules/zod/'] },
    ),
    rule(
      'shared-imports-events',
      'shared → events',
      { path: '^shared/' },
      { path: '^(functions|infra|scripts|test)/' },
    ),
    rule(
      'functions-import-shared',
      'functions → shared, events',
      { path: '^functions/' },
      { path: '^(infra|scripts|test)/' },
    ),
    rule(
      'functions-stand-alone',
      'a step imports no other step',
      { path: '^functions/([^/]+)/', pathNot: '^functions/console/page/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
    ),
    rule(
      'the-page-takes-types-only',
      'the console’s page runs in a browser: of the API it takes the types, which are gone when it is built',
      { path: '^functions/console/page/' },
      {
        path: '^(functions|shared|events)/',
        pathNot: '^functions/console/page/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule('infra-imports-events', 'infra → events', { path: '^infra/' }, { path: '^(functions|shared|scripts|test)/' }),
    rule(
      'scripts-find-handlers-by-path',
      'scripts take handlers from the template; one describes the routes, and asks them',
      { path: '^scripts/', pathNot: '^scripts/build-openapi\\.ts$' },
      { path: '^(functions|infra|test)/' },
    ),
    rule(
      'sdk-behind-stores',
      'the AWS SDK is reached through the platform, the stores’ helpers, and the few steps whose work it is',
      {
        path: '^(shared|functions|infra)/',
        pathNot: [
          '^shared/platform/',
          '^functions/relay/',
          '^functions/notification/channels/',
          '^functions/understanding/readers/',
          '^functions/transcription/',
        ],
      },
      { path: 'node_modules/@(aws-sdk|smithy)/' },
    ),
    rule(
      'decisions-are-pure',
      'only a store (or the platform) imports a store: decisions are given what they decide on',
      { path: '^shared/', pathNot: ['/store\\.ts$', '^shared/platform/'] },
      { path: '^shared/.*/store\\.ts$' },
    ),
    rule(
      'decisions-reach-nothing',
      'decisions import neither the table nor the outside',
      { path: '^shared/', pathNot: ['/store\\.ts$', '^shared/platform/'] },
      {
        path: '^shared/platform/(table|commit|secrets|identity|quarantine|queue-step|http-step|log|environment)\\.ts$',
      },
    ),
    rule(
      'one-step-cuts-words',
      'what cuts Chinese into words weighs 4 MB, and lies beside one step only',
      { path: '^(functions|shared|infra)/', pathNot: '^functions/understanding/' },
      { path: '^shared/platform/segmenter\\.ts$' },
    ),
    rule('no-unresolved', 'every import must be found', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
