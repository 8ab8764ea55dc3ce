import type { Connection } from '../compliance/source.ts';
import { resolveUsableRegion } from './configuration/connectionConfiguration.ts';
import { loadProfileEndpoint } from './transport/endpoints.ts';
import { loadRequestHandlerOptions, type RequestHandlerOptions } from './transport/network.ts';

/** What the settings, the environment and the AWS files say about the requests of a connection. */
export interface ConnectionOptions {
  /** Undefined if none is set. The SDK may find one then. */
  readonly region: string | undefined;
  /** The endpoints of the profile's section. */
  readonly endpoint: string | undefined;
  readonly stsEndpoint: string | undefined;
  readonly requestHandlerOptions: RequestHandlerOptions;
}

/** Reads the options of a connection. Rejects with a `ComplianceError` if they cannot be used. */
export async function loadConnectionOptions(connection: Connection): Promise<ConnectionOptions> {
  const { profile } = connection;
  return {
    region: await resolveUsableRegion(connection),
    endpoint: await loadProfileEndpoint(profile, 'config_service'),
    stsEndpoint: await loadProfileEndpoint(profile, 'sts'),
    requestHandlerOptions: await loadRequestHandlerOptions(profile),
  };
}
