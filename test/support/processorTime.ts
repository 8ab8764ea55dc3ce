/** Returns the processor time of this thread in milliseconds, which other processes do not affect. */
export function getProcessorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
