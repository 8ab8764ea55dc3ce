import { devNull } from 'node:os';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import type { ComplianceSource, Connection, RequestRecord } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import type { SnapshotStorage } from '../../../src/compliance/store/snapshots.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import { type ConfigService, type ConfigServiceOptions, startConfigService } from '../../config-service/index.ts';
import { ShownTree } from './shownTree.ts';

/** The time at which every estate here stands. */
export const noon = new Date('2026-01-15T12:00:00Z');

export interface TreeOptions {
  readonly estate?: ConfigServiceOptions['estate'];
  /** The clock of the service; `noon` for ever where absent. */
  readonly now?: () => Date;
  readonly connections?: readonly Connection[];
  readonly aggregatorNames?: readonly string[];
  readonly pageSize?: number;
  readonly signedOut?: boolean;
  /** What earlier sessions kept. */
  readonly snapshots?: SnapshotStorage;
  /** How often the SDK asks before it gives up. */
  readonly attempts?: number;
}

/** The product from the tree down to the wire, on a service of its own. */
export interface OpenTree extends Omit<Window, 'close'> {
  readonly service: ConfigService;
  readonly log: readonly RequestRecord[];
  /** What was asked through a window that had been closed. */
  readonly callsAfterClose: readonly string[];
  /** Closes the window and opens another, whose tree is not yet visible. */
  reopen(): void;
}

/** What a window of the editor holds. */
interface Window {
  readonly estate: Estate;
  readonly shown: ShownTree;
  close(): void;
}

/** Runs `use` on a tree that is not yet visible; AWS is the given service alone until it ends. */
export async function withTree(options: TreeOptions, use: (tree: OpenTree) => Promise<void>): Promise<void> {
  const service = await startConfigService({ estate: options.estate ?? 'demo', now: options.now ?? (() => noon) });
  const restore = setAwsEnvironment(service, options);
  const log: RequestRecord[] = [];
  const callsAfterClose: string[] = [];
  const open = () => openWindow(options, log, (method) => callsAfterClose.push(method));
  let window = open();
  const tree: OpenTree = {
    service,
    log,
    callsAfterClose,
    get estate() {
      return window.estate;
    },
    get shown() {
      return window.shown;
    },
    reopen() {
      window.close();
      window = open();
    },
  };
  try {
    await use(tree);
  } finally {
    window.close();
    await service.close();
    restore();
  }
}

function openWindow(options: TreeOptions, log: RequestRecord[], onLate: (question: string) => void): Window {
  const { connections = [{}], aggregatorNames = [], pageSize = 100, snapshots } = options;
  const open = createOpenSource({
    pageSize: () => pageSize,
    requestsPerSecond: () => 1000,
    log: (record) => log.push(record),
  });
  let isOpen = true;
  const estate = new Estate({
    open: async (connection) => observeCalls(await open(connection), (question) => isOpen || onLate(question)),
    aggregatorNames: () => aggregatorNames,
    ...(snapshots && { snapshots: async () => snapshots }),
  });
  const shown = new ShownTree(new TreeModel(estate, () => ({ connections, scoreTarget: 90 })), estate);
  const close = () => {
    isOpen = false;
    estate.dispose();
  };
  return { estate, shown, close };
}

/** The same source; `onAsk` is told of every question. */
function observeCalls(source: ComplianceSource, onAsk: (question: string) => void): ComplianceSource {
  return new Proxy(source, {
    get(target, question) {
      const ask: unknown = Reflect.get(target, question);
      if (typeof ask !== 'function') return ask;
      return (...asked: unknown[]) => {
        onAsk(String(question));
        return ask.apply(target, asked);
      };
    },
  });
}

/** Runs `use` on a tree whose first sight is complete. */
export function withOpenTree(options: TreeOptions, use: (tree: OpenTree) => Promise<void>): Promise<void> {
  return withTree(options, async (tree) => {
    tree.shown.open();
    await tree.shown.waitUntilIdle();
    await use(tree);
  });
}

/** Nothing of the person who runs this gets through: no profile, key or endpoint. */
function setAwsEnvironment(service: ConfigService, { signedOut = false, attempts }: TreeOptions): () => void {
  const before = { ...process.env };
  const { accessKeyId, secretAccessKey } = service.caller();
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: service.url,
    AWS_REGION: service.estate.home.region,
    ...(!signedOut && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    ...(attempts !== undefined && { AWS_MAX_ATTEMPTS: String(attempts) }),
  });
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
