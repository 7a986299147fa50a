/** A small generator of numbers that is the same in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function pick<T>(next: () => number, list: readonly T[]): T {
  return list[Math.floor(next() * list.length)]!
}

/** Some minutes before `base`. */
export function ago(base: number, minutes: number): string {
  return new Date(base - minutes * 60_000).toISOString()
}

/** What a hostile image or process may call itself: shown as text, never more. */
export const hostile = '<img src=x onerror=alert(1)>\u202egnp.exe\u0007'

export const hosts = ['web-01', 'web-02', 'db-01'] as const
export const apps = [
  { name: 'shop-web', image: 'registry.local/shop/web:4.2.1', owner: 'shop' },
  { name: 'shop-api', image: 'registry.local/shop/api:4.2.1', owner: 'shop' },
  { name: 'shop-db', image: 'postgres:15.4', owner: 'shop' },
  { name: 'billing-worker', image: 'registry.local/billing/worker:2.9.0', owner: 'billing' },
  { name: 'cache', image: 'redis:7.0.11', owner: 'platform' },
  { name: 'proxy', image: 'nginx:1.24.0', owner: 'platform' },
  { name: 'grafana', image: 'grafana/grafana:9.5.2', owner: 'platform' },
  { name: 'ci-runner', image: 'registry.local/ci/runner:1.18', owner: 'ci' },
] as const

export function digest(number: number): string {
  return `sha256:${number.toString(16).padStart(4, '0').repeat(16)}`
}
