/** Returns the longest time in which `run` blocked the event loop, in milliseconds. */
export async function measureLongestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const measure = () => {
    const now = performance.now();
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
