import { globSync } from 'node:fs'

/** Every TypeScript source of ours, as paths relative to `root`, sorted. */
export function listSources(root: string): string[] {
  const patterns = ['src', 'tools', 'bench', 'test'].map(folder => `${folder}/**/*.{ts,tsx}`)
  return globSync(patterns, {
    cwd: root,
    exclude: path => /(^|\/)(node_modules|testdata|dist)(\/|$)/.test(String(path)),
  }).sort()
}
