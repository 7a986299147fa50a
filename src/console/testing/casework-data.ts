import type { Decision, DecisionDetail } from '../../server/schemas/decisions.ts'
import type { Evidence, EvidenceDetail } from '../../server/schemas/evidence.ts'
import { ago, hostile } from './made.ts'

export function makeDecisionDetail(base: number, decision: Decision): DecisionDetail {
  return {
    ...decision,
    history: [
      {
        time: ago(base, 60 * 24),
        actor: 'lee',
        what: 'changed',
        fields: [
          { field: 'expires', from: ago(base, 60), to: ago(base, -60 * 24 * 30) },
          { field: 'comment', from: '', to: `Waiting for the vendor. ${hostile}` },
        ],
      },
    ],
  }
}

export function makeEvidenceDetail(evidence: Evidence): EvidenceDetail {
  const process = { vpid: 1, cwd: '/srv', uid: 0, capabilities: '00000000a80425fb' }
  return {
    ...evidence,
    contents: {
      createdAt: evidence.createdAt,
      missing: [{ what: '/var/lib/big.bin', why: 'over a limit (734003200 bytes)' }],
      members: {
        total: 2,
        items: [
          { name: 'processes.json', size: 20_114, sha256: 'b'.repeat(64), ok: true },
          { name: 'files/0001', size: 1024, sha256: 'c'.repeat(64), path: `/tmp/.x ${hostile}`, ok: true },
        ],
      },
      processes: {
        total: 2,
        items: [
          {
            ...process,
            pid: 4101,
            ppid: 3977,
            comm: 'node',
            exe: '/usr/local/bin/node',
            cmdline: 'node server.js',
            files: ['/dev/null', 'socket:[88112]'],
            fileCount: 2,
          },
          {
            ...process,
            pid: 4127,
            ppid: 4101,
            comm: 'bash',
            exe: '/bin/bash',
            cmdline: `bash -i ${hostile}`,
            files: ['/tmp/.x (deleted)'],
            fileCount: 1,
          },
        ],
      },
      sockets: {
        total: 1,
        items: [
          {
            protocol: 'tcp',
            local: '172.18.0.4:52114',
            remote: '203.0.113.9:4444',
            state: 'ESTABLISHED',
            pids: [4127],
          },
        ],
      },
      events: { total: 1, items: ['10:14:58 execve bash -i'] },
    },
  }
}
