import type { Scope } from '../../src/compliance/model.ts';
import type { ComplianceSource, OrganizationSource, ResourceSource } from '../../src/compliance/source.ts';

/** The scope of a fake source. */
export const scope: Scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
export const otherScope: Scope = { ...scope, account: '444455556666' };

const emptyPage = async () => ({ items: [], next: undefined });

/** Creates the source of an organization with empty lists, except for the given methods. */
export const createOrganizationSource = (methods: Partial<OrganizationSource> = {}): OrganizationSource => ({
  listAggregateRules: emptyPage,
  listAggregateEvaluations: emptyPage,
  listOrganizationPacks: emptyPage,
  listOrganizationPackStatuses: emptyPage,
  listOrganizationRollout: emptyPage,
  selectAggregate: emptyPage,
  listPackItems: emptyPage,
  listRecordedPackStates: emptyPage,
  ...methods,
});

/** Creates the source of rules and resources with empty lists, except for the given methods. */
export const createResourceSource = (methods: Partial<ResourceSource> = {}): ResourceSource => ({
  listExceptions: emptyPage,
  selectTags: emptyPage,
  listEvaluationStatuses: emptyPage,
  ...methods,
});

/** Creates a source with empty lists, except for the given methods. */
export const createSource = (methods: Partial<ComplianceSource> = {}): ComplianceSource => ({
  getScope: async () => scope,
  getCallerArn: async () => `arn:aws:sts::${scope.account}:assumed-role/Audit/me`,
  listScores: emptyPage,
  listDeployments: emptyPage,
  listRules: emptyPage,
  listEvaluations: emptyPage,
  listAggregators: emptyPage,
  listUnhealthySources: emptyPage,
  listPackCounts: emptyPage,
  listRows: emptyPage,
  listOrganizationPackNames: emptyPage,
  requestOrganization: (_signal, send) => send(createOrganizationSource()),
  requestResources: (_signal, send) => send(createResourceSource()),
  ...methods,
});
