import { collectEvidence } from '../evidence/collect.ts'
import type { Action } from '../model.ts'

/** Saves what would be lost: processes, files, sockets, environment names, mounts, programs that are not in the image. Changes nothing. */
export const evidence: Action = {
  id: 'evidence',
  title: { en: 'save evidence', ko: '증거 수집' },
  dryRun: async ({ id }, { evidenceDir }) => [`write ${evidenceDir}/TIME-${id.slice(0, 12)}.tar (0600)`],
  async run(target, options, tools) {
    const began = performance.now()
    const { file, whole, members } = await collectEvidence(target, options, tools)
    return {
      lines: [`${members} members`],
      file,
      ...(whole ? {} : { warnings: ['partial_evidence' as const] }),
      milliseconds: performance.now() - began,
    }
  },
}
