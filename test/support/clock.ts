/** Runs `use` with clocks that it can advance: `Date.now` and `performance.now`. */
export async function withClock(use: (advance: (milliseconds: number) => void) => Promise<void>): Promise<void> {
  const date = Date.now;
  const monotonic = performance.now;
  let offset = 0;
  Date.now = () => date() + offset;
  performance.now = () => monotonic.call(performance) + offset;
  try {
    await use((milliseconds) => {
      offset += milliseconds;
    });
  } finally {
    Date.now = date;
    performance.now = monotonic;
  }
}
