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

/** The number of requests of a first load, including the identity. */
const requestCount = 4;

describe('proxies', () => {
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

  /** Loads everything from `url` through a new connection, and returns the errors. */
  async function read(url: string): Promise<readonly ComplianceError[]> {
    process.env.AWS_ENDPOINT_URL = url;
    // Each region has its own client, so no open HTTP connection is reused.
    regions += 1;
    const store = packscope.estate.getStore({ region: `us-proxied-${regions}` });
    const packs = store.getPackList({ by: 'name', descending: false });
    await Promise.all([store.identity.loadMore(), store.aggregators.loadMore(), packs.loadMore()]);
    return [...store.identity.errors, ...store.aggregators.errors, ...packs.errors];
  }

  it('receive the requests if VS Code’s settings name one', async () => {
    assert.deepEqual(await read(`http://${testHost}`), []);
    assert.deepEqual(proxy.requestLines, Array(requestCount).fill(`POST http://${testHost}/`));
  });

  it('tunnel TLS requests, which trust the CA of AWS_CA_BUNDLE', async () => {
    await writeFile(bundle, certificate);
    process.env.AWS_CA_BUNDLE = bundle;
    assert.deepEqual(await read(`https://${testHost}`), []);
    assert.deepEqual(proxy.requestLines, Array(requestCount).fill(`CONNECT ${testHost}:443`));
  });

  it('do not make an unknown CA trusted', async () => {
    const errors = await read(`https://${testHost}`);
    assert(errors.length > 0);
    for (const error of errors) assert.equal(describeError(error).title, 'The TLS certificate is not trusted');
  });

  it('are bypassed for the hosts of http.noProxy', async () => {
    await setHttp('noProxy', [testHost]);
    const errors = await read(`http://${testHost}`);
    assert.deepEqual(proxy.requestLines, []);
    assert(errors.every(({ kind }) => kind === 'hostNotFound'));
  });

  for (const scheme of ['http', 'https']) {
    it(`are named without the password if they require authentication for ${scheme}`, async () => {
      proxy.requiresAuthentication = true;
      const errors = await read(`${scheme}://${testHost}`);
      assert(errors.length > 0);
      for (const error of errors) {
        assert.equal(describeError(error).title, `The request failed at the proxy ${proxy.host}`);
        assert(!JSON.stringify([error.message, error.details]).includes('swordfish'));
      }
    });
  }

  it('are named if they are not reachable', async () => {
    await proxy[Symbol.asyncDispose]();
    const [error] = await read(`https://${testHost}`);
    assert.equal(error?.kind, 'proxyFailed');
    assert(!error.message.includes('swordfish'), error.message);
    assert.equal(describeError(error).title, `The request failed at the proxy ${proxy.host}`);
  });
});

/** Changes one of VS Code’s `http` settings. */
async function setHttp(name: string, value: unknown): Promise<void> {
  const http = () => workspace.getConfiguration('http');
  await http().update(name, value, ConfigurationTarget.Global);
  await until(`http.${name}`, () => JSON.stringify(http().inspect(name)?.globalValue) === JSON.stringify(value));
}
