/** An account of the demo company. `complianceRate` in 0–1 is the approximate share of compliant rules. */
export interface Account {
  readonly id: string;
  readonly purpose: string;
  readonly complianceRate: number;
  /** The names of the packs that the account deploys in addition to the organization's packs. */
  readonly packs: readonly string[];
}

/** The delegated security account, which users of the demo sign in to. */
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

/** The accounts in ascending order of their ids. */
export const accounts: readonly Account[] = [
  { id: '104857391826', purpose: 'management', complianceRate: 0.9, packs: [iam] },
  { id: '230418756092', purpose: 'log-archive', complianceRate: 0.95, packs: [s3] },
  { id: securityAccount, purpose: 'security', complianceRate: 0.85, packs: [iam] },
  { id: '352981640377', purpose: 'network', complianceRate: 0.85, packs: [balancing] },
  { id: '401739268854', purpose: 'identity', complianceRate: 0.97, packs: [iam, nist] },
  { id: '467120985533', purpose: 'payments-prod', complianceRate: 0.86, packs: [pci, nist, balancing] },
  { id: '518396702241', purpose: 'payments-stage', complianceRate: 0.7, packs: [pci] },
  { id: '573048291966', purpose: 'orders-prod', complianceRate: 0.8, packs: [nist, serverless] },
  { id: '629415837702', purpose: 'orders-stage', complianceRate: 0.6, packs: [serverless] },
  { id: '684270519338', purpose: 'data-platform', complianceRate: 0.75, packs: [s3, redshift] },
  { id: '741936082254', purpose: 'web-prod', complianceRate: 0.8, packs: [nist, balancing] },
  { id: '895203741168', purpose: 'sandbox', complianceRate: 0.45, packs: [] },
];

/** Accounts of the organization from which the aggregators collect nothing: a suspended one and one that just joined. */
export const suspendedAccount = '962018374455';
export const newAccount = '988150372641';

/** The accounts and regions with failed or outdated data in the aggregators. */
export const troubledSources: Readonly<Record<string, 'FAILED' | 'OUTDATED'>> = {
  '684270519338 eu-central-1': 'OUTDATED',
  '895203741168 ap-southeast-2': 'FAILED',
  '895203741168 eu-central-1': 'FAILED',
};
