import { parseArgs } from 'node:util';
import { demoEstate, generatedEstate, startConfigService } from './index.ts';

// Starts a local AWS Config from the command line and prints the environment variables for clients:
//   node test/config-service/main.ts --estate demo --port 4566
//   node test/config-service/main.ts --estate generated --accounts 100 --regions 3 --packs 5 --seed 1
const { values } = parseArgs({
  options: {
    estate: { type: 'string', default: 'demo' },
    port: { type: 'string', default: '4566' },
    accounts: { type: 'string', default: '100' },
    regions: { type: 'string', default: '3' },
    packs: { type: 'string', default: '5' },
    rules: { type: 'string', default: '20' },
    resources: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});

const service = await startConfigService({ estate: createEstate(values), port: Number(values.port) });
const { accessKeyId, secretAccessKey } = service.caller();
console.log(`AWS Config listens on ${service.url}`);
console.log(`export AWS_ENDPOINT_URL=${service.url}`);
console.log(`export AWS_ACCESS_KEY_ID=${accessKeyId}`);
console.log(`export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`);
console.log(`export AWS_REGION=${service.estate.home.region}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => service.close());

function createEstate({ estate, accounts, regions, packs, rules, resources, seed }: typeof values) {
  if (estate === 'demo') return demoEstate();
  if (estate !== 'generated') throw new Error(`--estate must be demo or generated, not ${estate}`);
  return generatedEstate({
    accounts: Number(accounts),
    regions: Number(regions),
    packs: Number(packs),
    rules: Number(rules),
    resources: Number(resources),
    seed: Number(seed),
  });
}
