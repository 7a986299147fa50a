import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

/** Where the built console lies, and whether this call built it. */
export interface ConsoleBuild {
  dir: string
  built: boolean
}

/**
 * The console as static files with a `.gz` beside each that is worth it, in `<root>/.work/console`. Built only when it is missing or older than its sources (`force`
 * builds it anyway). Throws what the bundler throws.
 */
export async function buildConsole({ root, force = false }: { root: string; force?: boolean }): Promise<ConsoleBuild> {
  const source = join(root, 'src/console')
  const dir = join(root, '.work/console')
  if (!force && isFresh(root, dir)) return { dir, built: false }
  const next = `${dir}.${process.pid}`
  await bundle(source, next)
  await compress(next)
  // Two starts at once: each builds aside, and what is served is always whole.
  rmSync(dir, { recursive: true, force: true })
  renameSync(next, dir)
  return { dir, built: true }
}

function isFresh(root: string, dir: string): boolean {
  const index = join(dir, 'index.html')
  if (!existsSync(index)) return false
  const builtAt = statSync(index).mtimeMs
  const sources = globSync(
    ['src/console/**/*.{ts,tsx,css,svg,html}', 'src/base/i18n/console/*.ts', 'package-lock.json'],
    { cwd: root, exclude: path => /\.test\.tsx?$|testing/.test(String(path)) },
  )
  return sources.every(path => statSync(join(root, path)).mtimeMs <= builtAt)
}

async function bundle(source: string, outDir: string): Promise<void> {
  // By name: the packages are for development only, and a bundle of the command must not hold them.
  const [viteName, reactName, presetName] = ['vite', '@vitejs/plugin-react', 'postcss-preset-mantine']
  const { build } = (await import(viteName)) as typeof import('vite')
  const { default: react } = (await import(reactName)) as typeof import('@vitejs/plugin-react')
  const { default: preset } = await import(presetName)
  await build({
    root: source,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    css: { postcss: { plugins: [preset()] } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      // `data:` URLs and inline preload scripts are what the content security policy forbids.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: 'manifest.json',
      chunkSizeWarningLimit: 1200,
    },
  })
}

async function compress(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true })
  const squeeze = promisify(gzip)
  for (const name of globSync('**/*.{js,css,html,svg,json}', { cwd: dir })) {
    const bytes = readFileSync(join(dir, name))
    if (bytes.length < 600) continue
    writeFileSync(join(dir, `${name}.gz`), await squeeze(bytes, { level: constants.Z_BEST_COMPRESSION }))
  }
}
