/**
 * Frees the memory of arrays that nobody reads any more. Arrays of a million rows would fill the memory until the garbage
 * collector runs. Afterwards the arrays are empty.
 */
export function releaseMemory(...arrays: readonly (Uint32Array | Uint8Array)[]): void {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}
