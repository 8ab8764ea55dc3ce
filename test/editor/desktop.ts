import { tmpdir } from 'node:os';
import { runTests } from '@vscode/test-electron';
import { startConfigService } from '../config-service/index.ts';
import { createProfilesEnvironment } from '../support/aws/profileFiles.ts';
import { root, createTemporaryFolder } from '../support/folders.ts';
import { sampleFolder } from '../support/workbench/page.ts';
import { dataFolderVariable } from '../support/workbench/server.ts';
import { bundleTests } from '../support/extensionHost/bundleTests.ts';

// The same tests as `run.ts`, in the desktop VS Code, which @vscode/test-electron downloads.
const service = await startConfigService({ estate: 'demo' });
try {
  const userData = await createTemporaryFolder(tmpdir());
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleTests(),
    extensionTestsEnv: { ...(await createProfilesEnvironment(service)), [dataFolderVariable]: userData },
    launchArgs: [sampleFolder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', userData],
  });
} finally {
  await service.close();
}
