import { setTimeout as pause } from 'node:timers/promises';

/** Tries again until `check` no longer throws, and returns its answer; past the deadline its last error stands. */
export async function eventually<T>(attempt: () => T | Promise<T>, seconds = 15): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}

/** Waits until `probe` answers with something truthy, and returns that. */
export function until<T>(what: string, probe: () => T | Promise<T>, seconds = 15): Promise<NonNullable<T>> {
  return eventually(async () => {
    const answer = await probe();
    if (!answer) throw new Error(`Waited ${seconds} s for ${what}`);
    return answer;
  }, seconds);
}
