import { tmpdir } from 'node:os';
import { runTests } from '@vscode/test-electron';
import { startConfigService } from '../config-service/index.ts';
import { environmentWithFiles } from '../support/aws/profileFiles.ts';
import { root, temporaryFolder } from '../support/folders.ts';
import { sampleFolder } from '../support/workbench/page.ts';
import { dataFolder } from '../support/workbench/server.ts';
import { bundleTests } from '../support/extensionHost/bundleTests.ts';

// The same tests as `run.ts`, in the desktop VS Code, which @vscode/test-electron downloads.
const service = await startConfigService({ estate: 'demo' });
try {
  const userData = await temporaryFolder(tmpdir());
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleTests(),
    extensionTestsEnv: { ...(await environmentWithFiles(service)), [dataFolder]: userData },
    launchArgs: [sampleFolder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', userData],
  });
} finally {
  await service.close();
}
