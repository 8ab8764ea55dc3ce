import { devNull } from 'node:os';
import type { ConfigService } from '../../config-service/index.ts';

/**
 * Our environment with AWS as the given service alone: no profile, key or endpoint of the person who runs this gets
 * through. Nor does what a surrounding VS Code leaves in its terminal, which a second VS Code takes for its own.
 */
export function createEnvironment(service: ConfigService): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = service.caller();
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|VSCODE|ELECTRON)_/i.test(name));
  return {
    ...Object.fromEntries(own),
    // The extension marketplace is on the internet; nothing here needs it.
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
