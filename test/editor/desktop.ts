import { tmpdir } from 'node:os';
import { runTests } from '@vscode/test-electron';
import { startConfigService } from '../config-service/index.ts';
import { createProfilesEnvironment } from '../support/aws/profileFiles.ts';
import { bundleTests } from '../support/extensionHost/bundleTests.ts';
import { createTestEstate } from '../support/extensionHost/testEstate.ts';
import { createTemporaryFolder, root } from '../support/folders.ts';
import { selectTests } from '../support/selectTests.ts';
import { sampleFolder } from '../support/workbench/page.ts';
import { dataFolderVariable } from '../support/workbench/server.ts';

// node test/editor/desktop.ts [FILE…]: runs the tests of this folder in the desktop VS Code, which is downloaded first.
const service = await startConfigService({ estate: createTestEstate() });
try {
  const userData = await createTemporaryFolder(tmpdir());
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleTests(selectTests('test/editor', process.argv.slice(2))),
    extensionTestsEnv: { ...(await createProfilesEnvironment(service)), [dataFolderVariable]: userData },
    launchArgs: [sampleFolder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', userData],
  });
} finally {
  await service.close();
}
