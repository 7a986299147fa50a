import { JennerError } from '../../base/errors.ts'
import type { Alert } from '../../base/model/runtime.ts'
import { type DockerAnswer, docker, dockerAsync } from '../../runtime/drill/docker.ts'
import { buildImage } from '../../runtime/drill/image.ts'
import { type DrillResult as RunResult, runScenario } from '../../runtime/drill/run.ts'
import type { Scenario } from '../../runtime/drill/scenario.ts'
import { scenarios } from '../../runtime/drill/scenarios.ts'
import type { DrillResult } from '../../server/schemas/drills.ts'
import type { Drilled } from '../drilled.ts'
import type { JobHandler } from '../work.ts'

export interface DrillJobOptions {
  onAlert(callback: (alert: Alert) => void): () => void
  block(containerId: string): Promise<void>
  /** What its containers raise is the drill's, no incident. */
  ours: Drilled
}

const image = `jenner-drill:agent-${process.pid}`

/** Runs the drill against the sensor that watches everything else too: what is tried is the guard as it stands. */
export function drillJob({ onAlert, block, ours }: DrillJobOptions): JobHandler {
  return async (job, progress, signal) => {
    const asked = Array.isArray(job.data.scenarios) ? job.data.scenarios.map(String) : []
    const chosen = asked.length === 0 ? scenarios : scenarios.filter(({ id }) => asked.includes(id))
    if (chosen.length === 0) throw new JennerError('bad_argument', asked.join(', '))
    buildImage(image)
    const results: DrillResult[] = []
    const watch = { onAlert, block }
    try {
      for (const [index, scenario] of chosen.entries()) {
        signal.throwIfAborted()
        progress({ phase: scenario.id, done: index, total: chosen.length })
        const result = await runScenario(scenario, { image, watch, docker: noting(ours) })
        results.push(rowOf(result, scenario))
      }
      return { drill: results }
    } finally {
      docker(['rmi', '--force', image])
    }
  }
}

/** A result as the server keeps it. */
export function rowOf(result: RunResult, { mustBlock }: Scenario): DrillResult {
  const { id, technique, rule, detected, milliseconds, blocked, cleanedUp, reason } = result
  return {
    id,
    technique,
    rule,
    detected,
    cleanedUp,
    ...(milliseconds !== null && { milliseconds }),
    ...(mustBlock !== undefined && { blocked }),
    ...(reason !== undefined && { problem: reason }),
  }
}

/** Docker's client, which notes what it creates: a label would let anybody's container pass for one of a drill. */
function noting(ours: Drilled): (args: string[], timeout: number) => Promise<DockerAnswer> {
  return async (args, timeout) => {
    const answer = await dockerAsync(args, timeout)
    if (args[0] === 'create' && answer.status === 0) ours.add(answer.stdout.trim().split('\n').at(-1) ?? '')
    return answer
  }
}
