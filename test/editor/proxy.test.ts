import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import type { ComplianceError } from '../../src/compliance/errors.ts';
import { describeError } from '../../src/compliance/text/errorMessages.ts';
import { certificate } from '../support/network/certificate.ts';
import { type LocalProxy, startProxy, testHost } from '../support/network/proxy.ts';
import { until } from '../support/polling.ts';
import { type Packscope, resetPackscope } from './packscope.ts';

/** Every request of a first sight with the identity. */
const everything = 4;

describe('behind a proxy', () => {
  const endpoint = process.env.AWS_ENDPOINT_URL ?? '';
  const bundle = join(tmpdir(), `packscope-ca-${process.pid}.pem`);
  let packscope: Packscope;
  let proxy: LocalProxy;
  let regions = 0;

  beforeEach(async () => {
    packscope = await resetPackscope();
    proxy = await startProxy(endpoint);
    await setHttp('proxy', `http://someone:swordfish@${proxy.host}`);
  });

  afterEach(async () => {
    process.env.AWS_ENDPOINT_URL = endpoint;
    delete process.env.AWS_CA_BUNDLE;
    await rm(bundle, { force: true });
    await setHttp('proxy', undefined);
    await setHttp('noProxy', undefined);
    await proxy[Symbol.asyncDispose]();
  });

  /** What a connection of its own is told when it asks for everything at `url`. */
  async function read(url: string): Promise<readonly ComplianceError[]> {
    process.env.AWS_ENDPOINT_URL = url;
    // VS Code keeps connections that are open: another region asks through a client of its own.
    regions += 1;
    const store = packscope.estate.getStore({ region: `us-proxied-${regions}` });
    const packs = store.getPackList({ by: 'name', descending: false });
    await Promise.all([store.identity.loadMore(), store.aggregators.loadMore(), packs.loadMore()]);
    return [...store.identity.errors, ...store.aggregators.errors, ...packs.errors];
  }

  it('requests go through the one of VS Code’s settings', async () => {
    assert.deepEqual(await read(`http://${testHost}`), []);
    assert.deepEqual(proxy.requestLines, Array(everything).fill(`POST http://${testHost}/`));
  });

  it('requests in TLS go through its tunnel, trusting the CA that AWS_CA_BUNDLE names', async () => {
    await writeFile(bundle, certificate);
    process.env.AWS_CA_BUNDLE = bundle;
    assert.deepEqual(await read(`https://${testHost}`), []);
    assert.deepEqual(proxy.requestLines, Array(everything).fill(`CONNECT ${testHost}:443`));
  });

  it('a CA that nobody named is not trusted, and that is said', async () => {
    const errors = await read(`https://${testHost}`);
    assert(errors.length > 0);
    for (const error of errors) assert.equal(describeError(error).title, 'The TLS certificate is not trusted');
  });

  it('http.noProxy leads past it', async () => {
    await setHttp('noProxy', [testHost]);
    const errors = await read(`http://${testHost}`);
    assert.deepEqual(proxy.requestLines, []);
    assert(errors.every(({ kind, details }) => kind === 'network' && details.obstacle === 'host'));
  });

  for (const scheme of ['http', 'https']) {
    it(`one that wants a sign-in for ${scheme} is named, its password never`, async () => {
      proxy.requiresAuthentication = true;
      const errors = await read(`${scheme}://${testHost}`);
      assert(errors.length > 0);
      for (const error of errors) {
        assert.equal(describeError(error).title, `The request failed at the proxy ${proxy.host}`);
        assert(!JSON.stringify([error.message, error.details]).includes('swordfish'));
      }
    });
  }

  it('one that is not there is named', async () => {
    await proxy[Symbol.asyncDispose]();
    const [error] = await read(`https://${testHost}`);
    assert.equal(error?.kind, 'network');
    assert(!error.message.includes('swordfish'), error.message);
    assert.equal(describeError(error).title, `The request failed at the proxy ${proxy.host}`);
  });
});

/** Sets one of VS Code’s own settings for its network. */
async function setHttp(name: string, value: unknown): Promise<void> {
  const http = () => workspace.getConfiguration('http');
  await http().update(name, value, ConfigurationTarget.Global);
  await until(`http.${name}`, () => JSON.stringify(http().inspect(name)?.globalValue) === JSON.stringify(value));
}
