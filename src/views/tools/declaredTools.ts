import { toolNames } from '../../manifest.ts';
import type { Tool } from './tool.ts';

/** A tool with what people read while it runs. */
interface DeclaredTool {
  readonly invocationMessage: string;
  /** Loads the tool's code. Its input conforms to the schema in package.json. */
  load(): Promise<Tool<never>>;
}

/** The tools by their names in package.json. */
export const declaredTools: Readonly<Record<string, DeclaredTool>> = {
  [toolNames.scores]: {
    invocationMessage: 'Reading scores of conformance packs',
    load: async () => (await import('./scores.ts')).scores,
  },
  [toolNames.packDetails]: {
    invocationMessage: 'Reading a conformance pack',
    load: async () => (await import('./packDetails.ts')).packDetails,
  },
  [toolNames.aggregateCompliance]: {
    invocationMessage: 'Reading aggregators of AWS Config',
    load: async () => (await import('./aggregateCompliance.ts')).aggregateCompliance,
  },
  [toolNames.organizationOverview]: {
    invocationMessage: 'Reading all accounts of an aggregator',
    load: async () => (await import('./organizationOverview.ts')).organizationOverview,
  },
  [toolNames.aggregateRules]: {
    invocationMessage: 'Reading failing rules of an aggregator',
    load: async () => (await import('./aggregateRules.ts')).aggregateRules,
  },
};
