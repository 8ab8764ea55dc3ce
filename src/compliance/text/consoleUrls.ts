import type { Scope } from '../model.ts';
import { validate } from '../validation.ts';

/** Console hosts by partition. The hosts of isolated partitions are not public. */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** The console page of a CloudFormation stack; undefined if the partition's console is unknown. */
export function getStackUrl(scope: Scope, stackArn: string): string | undefined {
  return createUrl(scope, 'cloudformation', `#/stacks/stackinfo?stackId=${encode(stackArn)}`);
}

/** The console page with the AWS Config timeline of a resource; undefined if the partition's console is unknown. */
export function getResourceUrl(scope: Scope, resourceType: string, resourceId: string): string | undefined {
  const query = `resourceId=${encode(resourceId)}&resourceType=${encode(resourceType)}`;
  return createUrl(scope, 'config', `#/resources/timeline?${query}`);
}

/** The console page of a rule with its resources; undefined if the partition's console is unknown. */
export function getRuleUrl(scope: Scope, rule: string): string | undefined {
  return createUrl(scope, 'config', `#/rules/details?configRuleName=${encode(rule)}`);
}

/** The console page of a conformance pack; undefined if the partition's console is unknown. */
export function getPackUrl(scope: Scope, pack: string): string | undefined {
  return createUrl(scope, 'config', `#/conformance-packs/details?conformancePackName=${encode(pack)}`);
}

/** A role of an account that a browser can sign in to through IAM Identity Center. */
export interface ConsoleSignIn {
  /** The URL of the access portal, as in `sso_start_url`. */
  readonly startUrl: string;
  readonly account: string;
  readonly role: string;
}

/**
 * Makes a console page of an account sign in to that account first, with a shortcut link of the access portal. Returns
 * the page as it is if the sign-in is for another account, or its start URL is not a plain `https` URL.
 */
export function addSignIn(url: string, account: string, signIn: ConsoleSignIn | undefined): string {
  const portal = signIn?.account === account ? parsePortal(signIn.startUrl) : undefined;
  if (!portal || !signIn) return url;
  const query = `account_id=${encode(account)}&role_name=${encode(signIn.role)}&destination=${encode(url)}`;
  return `${portal}/#/console?${query}`;
}

/** The origin and path of a start URL, which may end in `/`, `#` or `/#/`. */
function parsePortal(startUrl: string): string | undefined {
  const url = URL.parse(startUrl);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.search !== '') return undefined;
  return url.origin + (url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname);
}

function createUrl({ partition, region }: Scope, service: string, fragment: string): string | undefined {
  // The region is part of the host name, and may come from a response.
  const host = validate('region', region) === undefined ? hosts[partition] : undefined;
  return host && `https://${region}.${host}/${service}/home?region=${region}${fragment}`;
}

/** Encodes a text for a URL. `encodeURIComponent` throws for lone surrogates, so they are replaced. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
