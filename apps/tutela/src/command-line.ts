import { type Application, buildApplication, buildRouteMap, ExitCode, help, text_en, version } from '@stricli/core';
import type { Environment } from './config/config.js';
import type { TutelaContext } from './context.js';
import { exitCodes } from './exit-codes.js';
import { explain, formatError } from './output/explain.js';
import { archiveRoutes, recoverRoutes } from './routes/archive.js';
import { attributeRoutes } from './routes/attribute.js';
import { caseCommands } from './routes/case.js';
import { clearinghouseCommands } from './routes/clearinghouse.js';
import { hashlistRoutes } from './routes/hashlist.js';
import { ledgerRoutes } from './routes/ledger.js';
import { startCommand, statusCommand, workerCommand } from './routes/node.js';
import { orderRoutes } from './routes/order.js';
import { packageRoutes } from './routes/package.js';
import { platformRoutes } from './routes/platform.js';
import { policyCommands } from './routes/policy.js';
import { providerRoutes } from './routes/provider.js';
import { hashCommand, scanCommand } from './routes/scan.js';
import { seizeRoutes } from './routes/seize.js';
import { serviceRoutes } from './routes/service.js';
import { vaultRoutes } from './routes/vault.js';
import { witnessRoutes } from './routes/witness.js';

/** Every command; what one does is loaded when it is called. */
export const commandLine = (env: Environment, currentVersion: string): Application<TutelaContext> => {
  const disableAnsiColor = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const formatting = {
    useAliasInUsageLine: false,
    onlyRequiredInUsageLine: true,
    caseStyle: 'convert-camel-to-kebab',
  } as const;
  const failed = (error: unknown): string => formatError(error, env);
  return buildApplication<TutelaContext>(
    buildRouteMap<string, TutelaContext>({
      routes: {
        start: startCommand,
        worker: workerCommand,
        status: statusCommand,
        hash: hashCommand,
        scan: scanCommand,
        ...platformRoutes,
        ...policyCommands,
        ...caseCommands,
        ...clearinghouseCommands,
        seize: seizeRoutes,
        archive: archiveRoutes,
        recover: recoverRoutes,
        service: serviceRoutes,
        attribute: attributeRoutes,
        hashlist: hashlistRoutes,
        ledger: ledgerRoutes,
        order: orderRoutes,
        package: packageRoutes,
        provider: providerRoutes,
        vault: vaultRoutes,
        witness: witnessRoutes,
      },
      docs: { brief: 'From a matched hash to evidence a court can check', fullDescription: overview },
    }),
    {
      name: 'tutela',
      scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
      documentation: { disableAnsiColor },
      localization: {
        text: { ...text_en, exceptionWhileRunningCommand: failed, exceptionWhileLoadingCommandFunction: failed },
      },
      determineExitCode: (error) => exitCodes[explain(error).ending],
    },
    {
      help: help({ brief: 'Print this and exit', formatting, defaultForRouteMap: true }),
      version: version({ info: { currentVersion }, brief: 'Print the version and exit' }),
    },
  );
};

const overview = `From a matched hash to evidence a court can check, and protection for everyone who did nothing.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done, 1 evidence or a verification failed,
2 usage, 3 input unreadable, 4 finished with items undecided, 5 not authorised, 6 refused by the other side,
70 a fault of Tutela, 130 interrupted.

Environment: TUTELA_DATA, TUTELA_PORT, TUTELA_EXACT_MATCHES, TUTELA_ACTOR, TUTELA_PASSPHRASE, TUTELA_REPORTS_TO, TUTELA_RANGES, TUTELA_ADDRESS_MARKS, TUTELA_TRIAGE_POLICY, TUTELA_SMTP, TUTELA_EXPOSURE, TUTELA_WITNESSES,
TUTELA_WITNESS_DATA, TUTELA_VAULT, TUTELA_CASE_KEYS, TUTELA_INSTALLATION_KEY, DATABASE_URL, TUTELA_DEBUG=1, NO_COLOR; see docs/operations/settings.md.`;

/** The framework has negative codes of its own for what never reached a command. */
export const exitCodeOf = (code: number): number => {
  if (code === ExitCode.UnknownCommand || code === ExitCode.InvalidArgument) return exitCodes.usage;
  return code < 0 ? exitCodes.internal : code;
};
