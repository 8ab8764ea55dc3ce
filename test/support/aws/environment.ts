import { devNull } from 'node:os';
import type { ConfigService } from '../../config-service/index.ts';

/**
 * Returns this process's environment with a service as its AWS: without the developer's own profiles, keys and
 * endpoints, and without the variables of a surrounding VS Code, which a second VS Code would take for its own.
 */
export function createEnvironment(service: ConfigService): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = service.caller();
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|VSCODE|ELECTRON)_/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    // Disables the extension marketplace, which is on the internet.
    EXTENSIONS_GALLERY: '{}',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: service.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: service.estate.home.region,
  };
}
