import { setTimeout } from 'node:timers/promises';

/**
 * The default time limit. It is generous, so that tests pass on a busy machine: a passing step returns at once.
 */
const defaultSeconds = 30;

/** Repeats `attempt` until it no longer throws, and returns its result. After the deadline the last error is thrown. */
export async function eventually<T>(attempt: () => T | Promise<T>, seconds = defaultSeconds): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}

/** Repeats `probe` until its result is truthy, and returns that. `what` completes "Waited 30 s for …". */
export function until<T>(what: string, probe: () => T | Promise<T>, seconds = defaultSeconds): Promise<NonNullable<T>> {
  return eventually(async () => {
    const result = await probe();
    if (!result) throw new Error(`Waited ${seconds} s for ${what}`);
    return result;
  }, seconds);
}

/** How long one attempt of a repeated action waits for its effect. */
export const attemptSeconds = 5;

/**
 * Repeats an action until `assertEffect` no longer throws. A click or key can be lost while the workbench starts, moves
 * or redraws its elements. The action may run again although its effect is only late, so it must be idempotent.
 */
export async function actUntil<T>(
  act: () => Promise<unknown>,
  assertEffect: () => T | Promise<T>,
  seconds = 2 * defaultSeconds,
): Promise<T> {
  return eventually(async () => {
    // An action may fail because an earlier attempt had its effect late, so only the effect counts.
    const hasActed = await act().then(
      () => true,
      () => false,
    );
    return hasActed ? eventually(assertEffect, attemptSeconds) : assertEffect();
  }, seconds);
}
