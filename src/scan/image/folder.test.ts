import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { JennerError } from '../../base/errors.ts'
import type { ReadLimits } from '../../base/model/visitor.ts'
import { type FolderOptions, readFolder } from './folder.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-folder-'))
after(() => rmSync(base, { recursive: true, force: true }))

const root = join(base, 'root')
mkdirSync(join(root, 'etc'), { recursive: true })
mkdirSync(join(root, 'b/node_modules'), { recursive: true })
writeFileSync(join(base, 'secret'), 'outside')
writeFileSync(join(root, 'etc/os-release'), 'ID=debian\n')
writeFileSync(join(root, 'b/node_modules/x'), 'x')
writeFileSync(join(root, 'a'), 'z'.repeat(3_000_000))
writeFileSync(join(root, '.wh.gone'), '')
symlinkSync('../../secret', join(root, 'etc/out'))
symlinkSync(base, join(root, 'loop'))
execFileSync('mkfifo', [join(root, 'pipe')])

interface Seen {
  paths: string[]
  data: Map<string, number>
  problems: string[]
}

async function read(options: FolderOptions = {}, limits: Partial<ReadLimits> = {}): Promise<Seen> {
  const seen: Seen = { paths: [], data: new Map(), problems: [] }
  const reading = await readFolder(
    root,
    {
      entry(entry) {
        seen.paths.push(`${entry.path} ${entry.type}${entry.target === undefined ? '' : ` ${entry.target}`}`)
        let size = 0
        return {
          write(chunk) {
            size += chunk.length
          },
          end: () => void seen.data.set(entry.path, size),
        }
      },
    },
    limits,
    options,
  )
  seen.problems = reading.problems.map(problem => problem.code)
  return seen
}

test('a folder is read in order; links are told and not followed; pipes are not opened', async () => {
  const seen = await read()
  assert.deepEqual(seen.paths, [
    '.wh.gone file',
    'a file',
    'b directory',
    'b/node_modules directory',
    'b/node_modules/x file',
    'etc directory',
    'etc/os-release file',
    'etc/out symlink ../../secret',
    `loop symlink ${base}`,
    'pipe fifo',
  ])
  assert.equal(seen.data.get('a'), 3_000_000)
  assert.equal(seen.data.get('etc/out'), 0)
  assert.deepEqual(seen.problems, [])
})

test('folders to skip are named by path or anywhere', async () => {
  const paths = (seen: Seen): string => seen.paths.join(' ')
  assert.doesNotMatch(paths(await read({ skipDirs: ['node_modules'] })), /node_modules\/x/)
  assert.doesNotMatch(paths(await read({ skipDirs: ['/b/node_modules/'] })), /node_modules\/x/)
  assert.match(paths(await read({ skipDirs: ['c/node_modules'] })), /node_modules\/x/)
})

test('limits end the walk with a problem', async () => {
  assert.deepEqual((await read({}, { maxEntries: 3 })).problems, ['too_many'])
  assert.deepEqual((await read({}, { deadline: 1 })).problems, ['timed_out'])
  assert.deepEqual((await read({}, { maxPathLength: 14 })).problems, ['too_deep'])
})

test('what may not be read is a problem', {
  skip: process.getuid?.() === 0 && 'root may read everything',
}, async () => {
  chmodSync(join(root, 'etc/os-release'), 0)
  const { problems } = await read()
  chmodSync(join(root, 'etc/os-release'), 0o644)
  assert.deepEqual(problems, ['unreadable'])
})

test('a folder that is not there is an error', async () => {
  await assert.rejects(
    readFolder(join(base, 'none'), { entry: () => undefined }),
    (error: JennerError) => error.code === 'target_not_found',
  )
})

test('the kernel is not read as a part of the root', async () => {
  const seen: string[] = []
  const others = readdirSync('/').filter(name => !['proc', 'sys', 'dev'].includes(name))
  await readFolder('/', { entry: ({ path }) => void seen.push(path) }, {}, { skipDirs: others })
  assert.ok(seen.includes('proc'))
  assert.ok(!seen.some(path => path.includes('/')))
})
