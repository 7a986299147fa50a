/**
 * `npm run build [-- --out DIR]`: the package as it is published, in dist/: bundled code (every verb and every worker a chunk that is loaded when it is used),
 * the library's types, a launcher, and a package.json that names what stays outside (koffi, what makes PDF files, and a Node for machines without one).
 * `--with-packages` puts those into its node_modules too: the folder then runs where nothing is installed.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { buildConsole } from '../src/console/build.ts'
import { copyPackages } from './build-packages.ts'

/** Started by path, each a script of its own beside the bundle: its name there, and where its source stands. */
const entries: Record<string, string> = {
  main: 'src/cli/main.ts',
  index: 'src/index.ts',
  'inspect-worker': 'src/scan/inspect/worker.ts',
  'sensor-worker': 'src/runtime/sensor/sensor-worker.ts',
  'sensor-judge': 'src/runtime/watch/sensor-judge.ts',
  'guard-process': 'src/runtime/sensor/fanotify/guard-process.ts',
  'scan-thread': 'src/runtime/watch/malware/scan-thread.ts',
  'hash-thread': 'src/runtime/watch/drift/hash-thread.ts',
  'digest-worker': 'src/scan/image/digest-worker.ts',
  'pipe-worker': 'src/scan/image/inflate/pipe-worker.ts',
  'clamd-worker': 'src/scan/malware/clamd/clamd-worker.ts',
  'server-main': 'src/server/server-main.ts',
  'judge-worker': 'src/server/judge/judge-worker.ts',
  'agent-main': 'src/agent/agent-main.ts',
}

/** Native code, typefaces, and a library that reads files of its own cannot be bundled. */
const outside = ['koffi', 'pdfmake', 'pretendard']

interface PackageCard {
  name: string
  version: string
  description: string
  license: string
  engines: Record<string, string>
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'dist' }, 'with-packages': { type: 'boolean', default: false } },
})
const out = resolve(root, values.out)

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
await bundle()
emitTypes()
writeCard()
writeLauncher()
cpSync(join(root, 'bpf/dist'), join(out, 'bpf'), { recursive: true })
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md'])
  if (existsSync(join(root, file))) cpSync(join(root, file), join(out, file))
cpSync((await buildConsole({ root })).dir, join(out, 'console'), { recursive: true })
// The rules are data: read beside the program.
cpSync(join(root, 'src/runtime/rules/library'), join(out, 'library'), { recursive: true })
cpSync(join(root, 'src/scan/malware/rules'), join(out, 'rules'), { recursive: true })
console.log(`built ${relative(root, out) || out}: ${globSync('**/*.js', { cwd: out }).length} scripts`)
if (values['with-packages']) {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(out, 'package.json'), 'utf8'),
  ) as PackageCard
  copyPackages(root, out, [...Object.keys(dependencies), ...Object.keys(optionalDependencies)])
}

async function bundle(): Promise<void> {
  const build = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(join(root, source)))),
    external: [/^node:/, ...outside],
    plugins: [{ name: 'workers', transform: (code, id) => (id.endsWith('.ts') ? pointAtWorkers(code) : undefined) }],
    logLevel: 'warn',
  })
  await build.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: false,
  })
  await build.close()
}

/** `new URL('../room/worker.ts', import.meta.url)` names a source; in the bundle its script stands beside every chunk. */
function pointAtWorkers(code: string): string {
  return code.replace(/(new URL\(\s*)'\.{1,2}\/(?:[\w-]+\/)*([\w-]+)\.ts'/g, (whole, head: string, name: string) => {
    const found = Object.entries(entries).find(([, source]) => source.endsWith(`/${name}.ts`))
    return found === undefined ? whole : `${head}'./${found[0]}.js'`
  })
}

/** Declarations of what src/index.ts exports, their imports pointing at each other's compiled names. */
function emitTypes(): void {
  const config = join(out, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(root, 'src'),
    typeRoots: [join(root, 'node_modules/@types')],
    outDir: join(out, 'types'),
  }
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: [join(root, 'src/index.ts')],
    }),
  )
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { encoding: 'utf8' })
  rmSync(config)
  if (status !== 0) throw new Error(`tsc: ${stdout}`)
  for (const file of globSync('**/*.d.ts', { cwd: join(out, 'types') })) {
    const path = join(out, 'types', file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/((?:from|import)\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2'))
  }
}

function writeCard(): void {
  const card = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageCard
  const { name, version, description, license, engines, dependencies, optionalDependencies } = card
  const kept = Object.fromEntries(Object.entries(dependencies).filter(([dependency]) => outside.includes(dependency)))
  const published = {
    name,
    version,
    description,
    license,
    type: 'module',
    engines,
    bin: { jenner: './jenner' },
    exports: { '.': { types: './types/index.d.ts', default: './index.js' }, './package.json': './package.json' },
    dependencies: kept,
    optionalDependencies,
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
}

function writeLauncher(): void {
  const file = join(out, 'jenner')
  cpSync(join(root, 'tools/launcher.sh'), file)
  chmodSync(file, 0o755)
}
