import type { Scope } from '../../compliance/model.ts';
import { isAggregated, type PackRef } from '../../compliance/packRef.ts';
import { addSignIn, getPackUrl, getResourceUrl, getRuleUrl } from '../../compliance/text/consoleUrls.ts';
import { showInformation } from '../shared/messages.ts';
import { openWebPage } from '../shared/openWebPage.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { getPackLocation } from './packLocation.ts';
import type { ResourceRef } from './packParts.ts';

/** A rule of a pack, or a resource that fails it. */
interface PackDetail {
  readonly rule?: string | undefined;
  readonly resource?: ResourceRef | undefined;
}

/**
 * Opens the page of a pack, a rule or a resource in the AWS console of its own account and region, or says that there is
 * none. If the connection's profile says how, the browser signs in to the account through IAM Identity Center first.
 */
export async function openPackInConsole(
  commandContext: PackCommandContext,
  pack: PackRef,
  detail: PackDetail = {},
): Promise<void> {
  if (pack.connection.isSample) {
    void showInformation('Sample data has no page in the AWS console.');
    return;
  }
  const { name, account, region } = getPackLocation(pack);
  const partition = await findPartition(commandContext, pack);
  const url = partition && getUrl({ account, region, partition }, name, detail);
  if (!url) {
    void showInformation(`Packscope doesn’t know the AWS console of account ${account} in ${region}.`);
    return;
  }
  const signIn = await commandContext.loadConsoleSignIn(pack.connection);
  await openWebPage(addSignIn(url, account, signIn));
}

function getUrl(scope: Scope, pack: string, { rule, resource }: PackDetail): string | undefined {
  if (resource) return getResourceUrl(scope, resource.type, resource.id);
  return rule === undefined ? getPackUrl(scope, pack) : getRuleUrl(scope, rule);
}

/** An aggregator's accounts are in the partition of the connection that reads it. */
async function findPartition({ estate }: PackCommandContext, pack: PackRef): Promise<string | undefined> {
  if (!isAggregated(pack)) return pack.scope.partition;
  const { identity } = estate.getStore(pack.connection);
  if (identity.rows.length === 0) await identity.loadMore();
  return identity.rows[0]?.partition;
}
