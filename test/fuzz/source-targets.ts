import { parseAddress } from '../../src/scan/git/address.ts'
import { parseChallenges } from '../../src/scan/image/registry/challenge.ts'
import { parseMirror } from '../../src/scan/image/registry/mirrors.ts'
import { fullName, parseReference } from '../../src/scan/image/registry/reference.ts'
import { openBolt } from '../../src/scan/image/sources/bolt.ts'
import { imagesOf } from '../../src/scan/image-list/images-of.ts'
import { parseEnvFile } from '../../src/scan/image-list/interpolate.ts'
import type { FuzzTarget } from './target.ts'

const text = (...samples: string[]): Buffer[] => samples.map(sample => Buffer.from(sample))

/** A name that was taken must be taken again as it is written in full. */
function readReference(input: Buffer): void {
  const full = fullName(parseReference(input.toString()))
  if (fullName(parseReference(full)) !== full) throw new Error(`${full} is another image the second time`)
}

function emptyBolt(): Buffer {
  const bytes = Buffer.alloc(4 * 4096)
  bytes.writeUInt32LE(0xed0cdaed, 16)
  bytes.writeUInt32LE(2, 20)
  bytes.writeUInt32LE(4096, 24)
  return bytes
}

/** What says where images come from. */
export const sourceTargets: readonly FuzzTarget[] = [
  {
    name: 'reference',
    samples: text('registry.example:5000/a/b:v1', `docker.io/library/x:1@sha256:${'a'.repeat(64)}`, '[::1]:5000/a'),
    read: readReference,
    mayThrow: true,
  },
  {
    name: 'challenge',
    samples: text('Bearer realm="https://a/t?x=1",service="s",scope="repository:a:pull", Basic realm="b"'),
    read: input => parseChallenges(input.toString()),
    mayThrow: false,
  },
  {
    name: 'mirror',
    samples: text('ghcr.io=m.example:5000/a/b'),
    read: input => parseMirror(input.toString()),
    mayThrow: true,
  },
  { name: 'bolt', samples: [emptyBolt()], read: input => openBolt(input).root.keys(), mayThrow: true },
  {
    name: 'compose',
    samples: text(`services:\n  a: &x\n    image: "n:\${TAG:-1}"\n    platform: linux/arm64\n  b: *x\n`),
    read: input => imagesOf(input.toString(), 'compose.yml', parseEnvFile(input.toString())),
    mayThrow: true,
  },
  {
    name: 'kubernetes',
    samples: text(
      'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: b:1}], volumes: [{image: {reference: c}}]}\n',
    ),
    read: input => imagesOf(input.toString(), 'k8s.yaml'),
    mayThrow: true,
  },
  {
    name: 'dockerfile',
    samples: text(`ARG A=1\nFROM --platform=linux/amd64 a:\${A} AS b\nRUN <<X\ny\nX\nCOPY --from=c:1 /a \\\n /b\n`),
    read: input => imagesOf(input.toString(), 'Dockerfile'),
    mayThrow: false,
  },
  {
    name: 'git-address',
    samples: text('https://me:pw@example.org/a/b.git', 'git@example.org:a/b', 'ssh://git@example.org:22/a'),
    read: input => parseAddress(input.toString()),
    mayThrow: true,
  },
]
