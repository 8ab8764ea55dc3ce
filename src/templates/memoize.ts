/** Caches the result of the first call. */
export function once<T>(read: () => T): () => T {
  let value: { is: T } | undefined;
  return () => {
    value ??= { is: read() };
    return value.is;
  };
}

/** Caches the result for each key. */
export function memoize<T>(read: (key: string) => T): (key: string) => T {
  const values = new Map<string, { is: T }>();
  return (key) => {
    const cached = values.get(key) ?? { is: read(key) };
    values.set(key, cached);
    return cached.is;
  };
}
