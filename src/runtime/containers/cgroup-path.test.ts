import assert from 'node:assert/strict'
import { test } from 'node:test'
import { containerIdOfCgroup, containerIdOfProcCgroup } from './cgroup-path.ts'

const id = '0123456789abcdef'.repeat(4)
const other = 'fedcba9876543210'.repeat(4)

const cases: [path: string, expected: string | undefined][] = [
  [`/docker/${id}`, id],
  [`/docker/${id}/init`, id],
  [`/system.slice/docker-${id}.scope`, id],
  [`/system.slice/docker-${id}.scope/init.scope`, id],
  [`/../../docker/${id}`, id],
  [`/parent/of/its/own/${id}`, id],
  [`/system.slice:docker:${id}`, id],
  [`/kubepods/burstable/pod0a1b2c3d-1111-2222-3333-444455556666/${id}`, id],
  [`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0a1b.slice/cri-containerd-${id}.scope`, id],
  [`/system.slice/containerd.service/kubepods-burstable-pod0a1b.slice:cri-containerd:${id}`, id],
  [`/kubepods.slice/kubepods-pod0a1b.slice/crio-${id}.scope/container`, id],
  [`/kubepods.slice/kubepods-pod0a1b.slice/crio-conmon-${id}.scope`, undefined],
  [`/machine.slice/libpod-${id}.scope`, id],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope/container`, id],
  [`/machine.slice/libpod-conmon-${id}.scope`, undefined],
  [`/libpod_parent/libpod-${id}`, id],
  [`/default/nerdctl-${id}`, id],
  // A cgroup made inside a container, with the name of another one.
  [`/docker/${id}/${other}`, id],
  [`/docker/${id}/docker/${other}`, id],
  ['/', undefined],
  ['', undefined],
  ['/user.slice/user-0.slice/session-1.scope', undefined],
  [`/docker/${id.slice(1)}`, undefined],
  [`/docker/${id}0`, undefined],
  [`/docker/${id.toUpperCase()}`, undefined],
  [`/${'a/'.repeat(100_000)}${id}`, undefined],
]

for (const [path, expected] of cases) {
  test(`cgroup ${path.slice(0, 80)}`, () => assert.equal(containerIdOfCgroup(path), expected))
}

test('/proc/PID/cgroup of both versions', () => {
  assert.equal(containerIdOfProcCgroup(`12:memory:/docker/${id}\n0::/\n`), id)
  assert.equal(containerIdOfProcCgroup(`0::/system.slice/docker-${id}.scope\n`), id)
  assert.equal(containerIdOfProcCgroup('1:name=systemd:/\n0::/\n'), undefined)
  assert.equal(containerIdOfProcCgroup(''), undefined)
})
