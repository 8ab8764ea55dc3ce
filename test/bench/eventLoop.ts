/**
 * Returns the longest time in which `run` blocked the event loop, in milliseconds. With the processor time of the thread as
 * a clock, other processes do not count.
 */
export async function measureLongestBlock(
  run: () => Promise<unknown>,
  getTime = (): number => performance.now(),
): Promise<number> {
  let longest = 0;
  let last = getTime();
  const measure = () => {
    const now = getTime();
    longest = Math.max(longest, now - last);
    last = now;
  };
  let immediate = setImmediate(function next() {
    measure();
    immediate = setImmediate(next);
  });
  await run();
  measure();
  clearImmediate(immediate);
  return longest;
}
