/** Caches the result of the first call. */
export function once<T>(read: () => T): () => T {
  let value: { is: T } | undefined;
  return () => {
    value ??= { is: read() };
    return value.is;
  };
}

/** Where results are cached: in a map, or in a weak map if the keys may be dropped. */
interface Cache<K, T> {
  get(key: K): { readonly is: T } | undefined;
  set(key: K, value: { readonly is: T }): unknown;
}

/** Caches the result for each key. */
export function memoize<T, K = string>(read: (key: K) => T, cache: Cache<K, T> = new Map()): (key: K) => T {
  return (key) => {
    let cached = cache.get(key);
    if (cached === undefined) {
      cached = { is: read(key) };
      cache.set(key, cached);
    }
    return cached.is;
  };
}
