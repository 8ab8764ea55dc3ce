import assert from 'node:assert/strict';
import { createAwsAccess } from '../../../src/aws/openSource.ts';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { pollDelays } from '../../../src/compliance/reevaluation/evaluationStatuses.ts';
import { type Reevaluation, reevaluate } from '../../../src/compliance/reevaluation/reevaluate.ts';
import type {
  ConfirmedEvaluation,
  EvaluationRequest,
  RuleEvaluator,
} from '../../../src/compliance/reevaluation/ruleEvaluator.ts';
import { formatConfirmation, formatReevaluation } from '../../../src/compliance/text/reevaluationText.ts';
import { asRecord } from '../../../src/compliance/unknownValues.ts';
import { securityAccount } from '../../config-service/estate/demo/company.ts';
import { assertGolden } from '../../support/golden.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';

const start = 'StartConfigRulesEvaluation';
const status = 'DescribeConfigRuleEvaluationStatus';
const s3 = 'operational-best-practices-for-amazon-s3';
const largest = 'operational-best-practices-for-nist-800-53-rev-5';

interface Run {
  readonly pack?: string;
  /** Selects rules by their names in the template; all by default. */
  readonly rules?: readonly string[];
  readonly scope?: Partial<EvaluationRequest['scope']>;
  /** Called instead of waiting. */
  readonly onPause?: (tree: OpenTree, milliseconds: number, rules: readonly string[]) => void;
  /** Called before anything is sent. */
  readonly prepare?: (tree: OpenTree, rules: readonly string[]) => void;
  readonly controller?: AbortController;
  readonly evaluator?: RuleEvaluator;
}

/** Runs a re-evaluation on the demo estate and hands its outcome, requests and pauses to `check`. */
async function withRun(
  run: Run,
  check: (outcome: Reevaluation, tree: OpenTree, pauses: readonly number[], text: string) => void,
): Promise<void> {
  const { pack = s3, controller = new AbortController() } = run;
  await withTree({ attempts: 1, connections: [{}] }, async (tree) => {
    const store = tree.estate.getStore({});
    const list = store.getRuleList(pack);
    await Promise.all([store.identity.loadAll(), list.loadAll()]);
    const [scope] = store.identity.rows;
    assert(scope);
    const names = list.rows
      .map(({ name }) => name)
      .filter((name) => run.rules?.some((each) => name.startsWith(`${each}-conformance-pack-`)) ?? true);
    run.prepare?.(tree, names);
    tree.service.requests.clear();
    const request: EvaluationRequest = { scope: { ...scope, ...run.scope }, pack, rules: names };
    const pauses: number[] = [];
    const { openRuleEvaluator } = createAwsAccess({
      pageSize: () => 100,
      requestsPerSecond: () => 1000,
      log: () => {},
    });
    const outcome = await reevaluate(request as ConfirmedEvaluation, run.evaluator ?? (await openRuleEvaluator({})), {
      store,
      signal: controller.signal,
      report: () => {},
      pause: async (milliseconds, signal) => {
        pauses.push(milliseconds);
        run.onPause?.(tree, milliseconds, names);
        signal.throwIfAborted();
      },
    });
    check(outcome, tree, pauses, formatReevaluation(request, outcome, (list.readAt ?? 0) + 180_000));
  });
}

const getStarted = ({ service }: OpenTree): readonly unknown[] =>
  service.requests.filter(({ operation }) => operation === start).map(({ input }) => asRecord(input).ConfigRuleNames);

const refuse = (tree: OpenTree, name: string, operation: typeof start | typeof status = start) => {
  tree.service.faults = { refuse: { [operation]: { name } } };
};

const texts: string[] = [];
const record = (title: string, text: string) => texts.push(`== ${title}\n${text}\n`);

describe('reevaluate', () => {
  it('waits for new results, reads the pack again and tells what changed', () =>
    withRun(
      {
        onPause: ({ service }, _milliseconds, rules) => {
          const { account, region } = service.estate.home;
          for (const rule of rules.slice(0, 2)) service.estate.fixRule(account, region, s3, rule);
        },
      },
      (outcome, tree, pauses, text) => {
        assert.deepEqual(getStarted(tree), [outcome.started]);
        assert.deepEqual([outcome.pending, outcome.failed, outcome.unconfirmed], [[], [], []]);
        assert.deepEqual(
          outcome.changes?.map(({ before, after }) => [before.compliance, after.compliance, after.failing]),
          Array.from({ length: 2 }, () => ['NON_COMPLIANT', 'COMPLIANT', 0]),
        );
        // The first status request comes too early.
        assert.deepEqual(pauses, pollDelays.slice(0, 2));
        assert(tree.service.requests.count('ListConformancePackComplianceScores') > 0);
        record('results', text);
      },
    ));

  it('starts at most 25 rules per request', () =>
    withRun({ pack: largest }, (outcome, tree) => {
      const sizes = getStarted(tree).map((names) => (Array.isArray(names) ? names.length : 0));
      assert.deepEqual(sizes, [25, outcome.started.length - 25]);
      assert.deepEqual(outcome.pending, []);
    }));

  it('stops waiting after ten minutes, and says which rules have no new result', () =>
    withRun(
      {
        prepare: ({ service }) => {
          service.estate.ruleEvaluations.pollsUntilEnd = Number.POSITIVE_INFINITY;
        },
      },
      (outcome, _tree, pauses, text) => {
        assert.deepEqual(outcome.pending, outcome.started);
        assert.deepEqual([...pauses], pollDelays);
        const minutes = pauses.reduce((sum, milliseconds) => sum + milliseconds, 0) / 60_000;
        assert(minutes > 9 && minutes < 11);
        record('no new result', text);
      },
    ));

  it('ends the wait, not the evaluation, when it is cancelled', () => {
    const controller = new AbortController();
    return withRun({ controller, onPause: () => controller.abort() }, (outcome, _tree, _pauses, text) => {
      assert(outcome.isCancelled && outcome.started.length === 5 && outcome.pending.length === 5);
      assert.equal(outcome.changes, undefined);
      record('cancelled', text);
    });
  });

  it('sends nothing once it is cancelled', () => {
    const controller = new AbortController();
    controller.abort();
    return withRun({ controller }, (outcome, tree, _pauses, text) => {
      assert.deepEqual([outcome.started, getStarted(tree)], [[], []]);
      record('cancelled before the start', text);
    });
  });

  it('tells which evaluations failed', () =>
    withRun(
      {
        prepare: ({ service }, [rule = '']) =>
          service.estate.ruleEvaluations.errors.set(rule, 'The Lambda function cannot be invoked.'),
      },
      (outcome, _tree, _pauses, text) => {
        assert.equal(outcome.failed.length, 1);
        assert.deepEqual(outcome.pending, []);
        record('failed evaluation', text);
      },
    ));

  for (const [name, kind] of [
    ['ResourceInUseException', 'evaluationRunning'],
    ['LimitExceededException', 'evaluationLimited'],
    ['NoSuchConfigRuleException', 'ruleNotFound'],
    ['AccessDeniedException', 'denied'],
  ] as const) {
    it(`explains ${name}, sends the request once and waits for nothing`, () =>
      withRun({ prepare: (tree) => refuse(tree, name) }, (outcome, tree, pauses, text) => {
        assert.deepEqual([outcome.started, outcome.changes, pauses], [[], undefined, []]);
        assert.deepEqual(
          outcome.unconfirmed.map(({ error }) => error?.kind),
          [kind],
        );
        assert.equal(getStarted(tree).length, 1);
        record(name, text);
      }));
  }

  it('goes on with other rules while some are being evaluated', () =>
    withRun(
      {
        pack: largest,
        prepare: ({ service }, [rule = '']) => service.estate.ruleEvaluations.start(service.estate.home, rule),
      },
      (outcome) => {
        assert.equal(outcome.unconfirmed[0]?.rules.length, 25);
        assert.equal(outcome.unconfirmed[0]?.error?.kind, 'evaluationRunning');
        assert(outcome.started.length > 0);
      },
    ));

  it('waits a minute for the next request where its own first one has reached the limit', async () => {
    const sizes: number[] = [];
    const evaluator: RuleEvaluator = {
      start: async (_confirmed, rules) => {
        sizes.push(rules.length);
        if (sizes.length === 2) throw new ComplianceError('evaluationLimited', 'for a test');
      },
    };
    await withRun({ pack: largest, evaluator }, (outcome, _tree, pauses) => {
      assert.deepEqual([sizes[0], sizes.length, outcome.unconfirmed], [25, 3, []]);
      assert.equal(pauses[0], 60_000);
    });
  });

  it('still starts without the permission to see when results are there', () =>
    withRun({ prepare: (tree) => refuse(tree, 'AccessDeniedException', status) }, (outcome, _tree, pauses, text) => {
      assert.equal(outcome.started.length, 5);
      assert.equal(outcome.waitError?.details.permission, `config:${status}`);
      assert.deepEqual(pauses, []);
      record('denied status', text);
    }));

  it('starts nothing in another account than the confirmed one', () =>
    withRun({ scope: { account: '999999999999' } }, (outcome, tree, _pauses, text) => {
      assert.deepEqual(getStarted(tree), []);
      assert.equal(outcome.unconfirmed[0]?.error?.kind, 'accountChanged');
      record('another account', text);
    }));

  it('asks with the rules, the account and the region', () => {
    const rules = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}-conformance-pack-abcdefghi`);
    const scope = { account: securityAccount, region: 'us-east-1', partition: 'aws' };
    const { text, detail, button } = formatConfirmation({ scope, pack: s3, rules }, 'profile audit', 'security');
    record('confirmation', [text, detail, `[${button}]`].join('\n'));
  });

  it('describes every outcome', () => assertGolden(import.meta.url, 'outcomes.txt', texts.join('\n')));
});
