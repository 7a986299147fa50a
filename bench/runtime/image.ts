import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'

/** The drills' image of this machine's programs, with a static busybox and a tree of 1,600 files. */
export function buildBenchImage(image: string): void {
  buildImage(image)
  const folder = mkdtempSync(join(tmpdir(), 'jenner-bench-'))
  try {
    const script = `mkdir -p bin tree; cp /bin/busybox bin/busybox-static
      for i in $(seq 40); do mkdir -p tree/$i; for j in $(seq 40); do head -c 1000 /dev/zero > tree/$i/$j; done; done; tar -cf all.tar bin tree`
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'pipe' })
    const maker = `${image.replace(/\W/g, '-')}-maker`
    docker(['create', '--name', maker, image, 'true'])
    docker(['cp', join(folder, 'bin/busybox-static'), `${maker}:/usr/bin/busybox`])
    docker(['cp', join(folder, 'tree'), `${maker}:/tree`])
    docker(['commit', maker, image])
    docker(['rm', '--force', maker])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
