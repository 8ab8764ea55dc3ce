/** An account of the demo company. `care` in 0–1 is how much of what AWS Config checks there holds. */
export interface Account {
  readonly id: string;
  readonly purpose: string;
  readonly care: number;
  /** The packs this account deploys beside the organization's own, by name. */
  readonly packs: readonly string[];
}

/** The delegated security account: the one a person of the demo signs in to. */
export const securityAccount = '318604927715';
export const homeRegion = 'us-east-1';
export const regions: readonly string[] = ['ap-southeast-2', 'eu-central-1', 'us-east-1'];

const nist = 'operational-best-practices-for-nist-800-53-rev-5';
const pci = 'operational-best-practices-for-pci-dss';
const s3 = 'operational-best-practices-for-amazon-s3';
const iam = 'operational-best-practices-for-aws-identity-and-access-management';
const redshift = 'security-best-practices-for-redshift';
const serverless = 'operational-best-practices-for-serverless';
const balancing = 'operational-best-practices-for-load-balancing';

/** The accounts, ascending by id. */
export const accounts: readonly Account[] = [
  { id: '104857391826', purpose: 'management', care: 0.9, packs: [iam] },
  { id: '230418756092', purpose: 'log-archive', care: 0.95, packs: [s3] },
  { id: securityAccount, purpose: 'security', care: 0.85, packs: [iam] },
  { id: '352981640377', purpose: 'network', care: 0.85, packs: [balancing] },
  { id: '401739268854', purpose: 'identity', care: 0.97, packs: [iam, nist] },
  { id: '467120985533', purpose: 'payments-prod', care: 0.86, packs: [pci, nist, balancing] },
  { id: '518396702241', purpose: 'payments-stage', care: 0.7, packs: [pci] },
  { id: '573048291966', purpose: 'orders-prod', care: 0.8, packs: [nist, serverless] },
  { id: '629415837702', purpose: 'orders-stage', care: 0.6, packs: [serverless] },
  { id: '684270519338', purpose: 'data-platform', care: 0.75, packs: [s3, redshift] },
  { id: '741936082254', purpose: 'web-prod', care: 0.8, packs: [nist, balancing] },
  { id: '895203741168', purpose: 'sandbox', care: 0.45, packs: [] },
];

/** Where the data of an account and region does not come to the aggregators as it should. */
export const troubledSources: Readonly<Record<string, 'FAILED' | 'OUTDATED'>> = {
  '684270519338 eu-central-1': 'OUTDATED',
  '895203741168 ap-southeast-2': 'FAILED',
  '895203741168 eu-central-1': 'FAILED',
};
