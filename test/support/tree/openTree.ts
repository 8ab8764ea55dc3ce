import { devNull } from 'node:os';
import type { ComplianceSource, Connection, RequestRecord } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import type { SnapshotStorage } from '../../../src/compliance/store/snapshotSync.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import { type ConfigService, type ConfigServiceOptions, startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../aws/openSource.ts';
import { ShownTree } from './shownTree.ts';

/** The default time of every estate in unit tests. */
export const noon = new Date('2026-01-15T12:00:00Z');

export interface TreeOptions {
  readonly estate?: ConfigServiceOptions['estate'];
  /** The clock of the service; always `noon` by default. */
  readonly now?: () => Date;
  readonly connections?: readonly Connection[];
  readonly aggregatorNames?: readonly string[];
  /** The names of accounts by ID. */
  readonly accountNames?: ReadonlyMap<string, string>;
  readonly pageSize?: number;
  readonly signedOut?: boolean;
  /** Snapshots of earlier sessions. */
  readonly snapshots?: SnapshotStorage;
  /** Called after every request. */
  readonly onRequest?: () => void;
  /** The SDK's maximum number of attempts per request. */
  readonly attempts?: number;
}

/** The real tree, stores and AWS client on a local AWS Config of its own. */
export interface OpenTree extends Omit<Window, 'close'> {
  readonly service: ConfigService;
  readonly log: readonly RequestRecord[];
  /** The methods of `ComplianceSource` that were called through a closed window. */
  readonly callsAfterClose: readonly string[];
  /** Closes the window and opens a new one, with a tree that is not visible yet. */
  reopen(): void;
}

/** The state of one editor window. */
interface Window {
  readonly estate: Estate;
  readonly shown: ShownTree;
  close(): void;
}

/** Runs `use` with a tree that is not visible yet. Until it returns, the environment points to the local service only. */
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

function openWindow(options: TreeOptions, log: RequestRecord[], onCallAfterClose: (method: string) => void): Window {
  const { connections = [{}], aggregatorNames = [], accountNames = new Map<string, string>() } = options;
  const { pageSize = 100, snapshots, onRequest = () => {} } = options;
  const open = createOpenSource({
    pageSize: () => pageSize,
    requestsPerSecond: () => 1000,
    log: (record) => {
      log.push(record);
      onRequest();
    },
  });
  let isOpen = true;
  const estate = new Estate({
    open: async (connection) => observeCalls(await open(connection), (method) => isOpen || onCallAfterClose(method)),
    aggregatorNames: () => aggregatorNames,
    ...(snapshots && { snapshots: async () => snapshots }),
  });
  const shown = new ShownTree(new TreeModel(estate, () => ({ connections, scoreTarget: 90, accountNames })), estate);
  const close = () => {
    isOpen = false;
    estate.dispose();
  };
  return { estate, shown, close };
}

/** Wraps a source so that `onCall` receives the name of every called method. */
function observeCalls(source: ComplianceSource, onCall: (method: string) => void): ComplianceSource {
  return new Proxy(source, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        onCall(String(name));
        return member.apply(target, args);
      };
    },
  });
}

/** Runs `use` with a visible tree that has finished its first load. */
export function withOpenTree(options: TreeOptions, use: (tree: OpenTree) => Promise<void>): Promise<void> {
  return withTree(options, async (tree) => {
    tree.shown.open();
    await tree.shown.waitUntilIdle();
    await use(tree);
  });
}

/** Replaces the developer's own profiles, keys and endpoints, and returns a function that restores them. */
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
