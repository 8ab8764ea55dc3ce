/** The longest that the event loop does not go round while something is done, in milliseconds. */
export async function measureLongestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  let turn = setImmediate(function next() {
    look();
    turn = setImmediate(next);
  });
  await run();
  look();
  clearImmediate(turn);
  return longest;
}
