/** Programs that rightly unpack native code and load it: what `observe` saw is an allow-list, and without it `block` stops them. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
const app = mkdtempSync(join(tmpdir(), 'jenner-native-'))
const which = (program: string): string =>
  spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim()
const has = (program: string): boolean => which(program) !== ''
const jdk = has('javac') ? join(realpathSync(which('javac')), '../..') : undefined
const root = join(import.meta.dirname, '../..')
let bench: WatchBench | undefined

const header = 'jint JNICALL Java_Load_answer(JNIEnv *env, jclass of) { return 42; }'
const library = `#include <stdint.h>\n#ifdef JAVA\n#include <jni.h>\nJNIEXPORT ${header}\n#endif\nint32_t answer(void) { return 42; }\n`

/** As JNA, sqlite-jdbc, Netty and Snappy do it: a library out of the archive, under a name made up, loaded, left behind. */
const java = `
import java.io.*; import java.nio.file.*;
public class Load {
  static native int answer();
  public static void main(String[] words) throws Exception {
    File to = File.createTempFile("libanswer", ".so", new File("/tmp"));
    try (InputStream from = Load.class.getResourceAsStream("/libanswer.so")) {
      Files.copy(from, to.toPath(), StandardCopyOption.REPLACE_EXISTING);
    }
    System.load(to.getAbsolutePath());
    System.out.println("answer " + answer());
  }
}`

/** As PyInstaller does it: into a folder whose name is made up; here on a tmpfs. */
const python = `
import ctypes, os, random, shutil
folder = '/scratch/_MEI%06d' % random.randrange(1000000)
os.makedirs(folder, exist_ok=True)
shutil.copy('/app/libanswer.so', folder + '/libanswer.so')
print('answer', ctypes.CDLL(folder + '/libanswer.so').answer())
`

interface Case {
  name: string
  needs: string[]
  build(): void
  command: string
  listed: string
}

const cases: Case[] = [
  {
    name: 'the JVM',
    needs: ['javac', 'gcc'],
    build() {
      const include = join(jdk!, 'include')
      writeFileSync(join(app, 'Load.java'), java)
      execFileSync('javac', ['-d', app, join(app, 'Load.java')])
      compile('-DJAVA', `-I${include}`, `-I${join(include, 'linux')}`)
    },
    command: '/jdk/bin/java -cp /app Load',
    listed: '/tmp/libanswer*',
  },
  {
    name: 'Python',
    needs: ['/usr/bin/python3', 'gcc'],
    build() {
      writeFileSync(join(app, 'load.py'), python)
      compile()
    },
    command: '/usr/bin/python3 /app/load.py',
    listed: '/scratch/_MEI*',
  },
]

function compile(...flags: string[]): void {
  writeFileSync(join(app, 'answer.c'), library)
  execFileSync('gcc', ['-shared', '-fPIC', ...flags, '-o', join(app, 'libanswer.so'), join(app, 'answer.c')])
}

before(async () => {
  if (skip !== false) return
  const mounts = [`${app}:/app:ro`, '/usr:/usr:ro', ...(jdk === undefined ? [] : [`${jdk}:/jdk:ro`])]
  // Debian's JDK keeps its settings there, behind links.
  const settings = ['/etc/java-17-openjdk', '/etc/java-21-openjdk', '/etc/java-25-openjdk'].filter(path =>
    existsSync(path),
  )
  const run = [...mounts, ...settings.map(path => `${path}:${path}:ro`)].flatMap(mount => ['-v', mount])
  bench = await openBench('native', { start: false, run: [...run, '--tmpfs', '/scratch:rw,exec'] })
  mkdirSync(join(bench.base, 'state'), { recursive: true })
  const policy = `containers:\n  - names: ['${bench.name}']\n    policy: block\n`
  writeFileSync(join(bench.base, 'block.yaml'), policy)
})
after(async () => {
  await bench?.close()
  rmSync(app, { recursive: true, force: true })
})

function profile(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'jenner'),
    ['profile', ...words, '--state', join(bench!.base, 'state')],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  return stdout
}

for (const { name, needs, build, command, listed } of cases) {
  const lacks = needs.filter(program => !has(program))
  const reason = skip || (lacks.length > 0 && `needs ${lacks.join(', ')}`)
  test(`${name} loads what it unpacked under block by the list that observe made, and only by it`, {
    skip: reason,
  }, async () => {
    build()
    const { base, imageId, watch, stop, sh, until } = bench!
    const list = join(base, 'state/drift', `${imageId.slice(7)}.json`)
    const block = ['--drift-policy', join(base, 'block.yaml')]
    const run = () => sh(`${command}; echo status $?`)

    rmSync(list, { force: true })
    await watch(block)
    const stopped = run()
    assert.match(stopped.stdout, /^status 137$/m, stopped.stderr)
    assert.doesNotMatch(stopped.stdout, /answer/)

    await watch(['--drift', 'observe'])
    assert.match(run().stdout, /^answer 42$/m)
    await until(() => existsSync(list) && readFileSync(list, 'utf8').includes(listed), `${listed} was not listed`)
    await stop()
    const exported = join(base, 'exported.json')
    writeFileSync(exported, profile('export', imageId))
    rmSync(list)
    profile('import', exported)

    await watch(block)
    for (let round = 0; round < 3; round++) {
      const { stdout, stderr } = run()
      assert.match(stdout, /^answer 42\nstatus 0$/m, stderr)
    }
  })
}
