import type { AnyCommand, CommandGroup } from '../framework/definition.ts';
import { check } from './check.ts';
import { checkExplain } from './check/explain.ts';
import { checkList } from './check/list.ts';
import { configDiff } from './config/diff.ts';
import { configExplain } from './config/explain.ts';
import { configExport } from './config/export.ts';
import { configImport } from './config/import.ts';
import { configInit } from './config/init.ts';
import { configLint } from './config/lint.ts';
import { configRehearse } from './config/rehearse.ts';
import { configRender } from './config/render.ts';
import { configRulesExplain } from './config/rules/explain.ts';
import { configRulesList } from './config/rules/list.ts';
import { configSchema } from './config/schema.ts';
import { configValidate } from './config/validate.ts';
import { demo } from './demo.ts';
import { featureRegister } from './feature/register.ts';
import { featureShow } from './feature/show.ts';
import { featureUnregister } from './feature/unregister.ts';
import { monitorAlerts } from './monitor/alerts.ts';
import { monitorDashboard } from './monitor/dashboard.ts';
import { monitorScrapeConfig } from './monitor/scrape-config.ts';
import { nodepoolAdd } from './nodepool/add.ts';
import { nodepoolDisable } from './nodepool/disable.ts';
import { nodepoolEnable } from './nodepool/enable.ts';
import { nodepoolList } from './nodepool/list.ts';
import { nodepoolOperationAbort } from './nodepool/operation-abort.ts';
import { nodepoolShow } from './nodepool/show.ts';
import { nodepoolUpdate } from './nodepool/update.ts';
import { nodepoolUpgrade } from './nodepool/upgrade.ts';
import { nodepoolWait } from './nodepool/wait.ts';
import { providerRegister } from './provider/register.ts';
import { providerShow } from './provider/show.ts';
import { reportConvert } from './report/convert.ts';
import { reportDiff } from './report/diff.ts';
import { setup } from './setup.ts';
import { simulatorStart } from './simulator/start.ts';
import { verify } from './verify.ts';
import { version } from './version.ts';

/** Every command, in the order of the help. */
export const commands: readonly AnyCommand[] = [
  setup,
  featureShow,
  featureRegister,
  featureUnregister,
  providerShow,
  providerRegister,
  check,
  checkList,
  checkExplain,
  reportConvert,
  reportDiff,
  configInit,
  configSchema,
  configValidate,
  configLint,
  configRulesList,
  configRulesExplain,
  configRender,
  configExplain,
  configDiff,
  configExport,
  configImport,
  configRehearse,
  nodepoolList,
  nodepoolShow,
  nodepoolAdd,
  nodepoolUpdate,
  nodepoolEnable,
  nodepoolDisable,
  nodepoolUpgrade,
  nodepoolWait,
  nodepoolOperationAbort,
  verify,
  monitorScrapeConfig,
  monitorAlerts,
  monitorDashboard,
  demo,
  simulatorStart,
  version,
];

export const groups: readonly CommandGroup[] = [
  { path: ['feature'], summary: 'Manage the preview feature LocalDNSPreview' },
  { path: ['provider'], summary: 'Manage the registration of Microsoft.ContainerService' },
  { path: ['report'], summary: 'Convert and compare saved prerequisite reports' },
  {
    path: ['config'],
    summary: 'Create, check, explain and test localdnsconfig.json files offline',
  },
  { path: ['config', 'rules'], summary: 'List and explain the validation and lint rules' },
  { path: ['nodepool'], summary: 'Manage node pools and their LocalDNS profile' },
  { path: ['monitor'], summary: 'Set up monitoring of LocalDNS with Prometheus and Grafana' },
  { path: ['simulator'], summary: 'Run a simulated Azure for trials and tests' },
];
