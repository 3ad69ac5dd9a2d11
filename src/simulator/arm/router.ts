import type { Route } from './exchange.ts';

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export interface Router {
  find(method: string, path: string): Match | undefined;
}

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
}

function segmentsOf(path: string): readonly string[] {
  // `az cloud register` with a trailing slash asks for `//metadata/endpoints`.
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function matchSegments(template: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const actual = decode(path[index] ?? '');
    if (actual === undefined) return undefined;
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = actual;
    // ARM compares resource types and the fixed words of an id without case.
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  return params;
}

export function createRouter(routes: readonly Route[]): Router {
  const byLength = new Map<string, Compiled[]>();
  for (const route of routes) {
    const segments = segmentsOf(route.template);
    const key = `${route.method} ${String(segments.length)}`;
    byLength.set(key, [...(byLength.get(key) ?? []), { route, segments }]);
  }
  return {
    find(method, path) {
      const segments = segmentsOf(path);
      for (const candidate of byLength.get(`${method} ${String(segments.length)}`) ?? []) {
        const params = matchSegments(candidate.segments, segments);
        if (params !== undefined) return { route: candidate.route, params };
      }
      return undefined;
    },
  };
}
