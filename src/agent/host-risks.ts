import { hostname } from 'node:os'
import type { Language } from '../base/i18n/translate.ts'
import type { ReportRisk } from '../base/model/report.ts'
import { openDocker } from '../runtime/containers/docker/http.ts'
import { openContainers } from '../runtime/containers/open.ts'
import type { Risk } from '../server/schemas/hosts.ts'
import { readHostSettings } from './host.ts'
import { containerRisks } from './risks/containers.ts'
import { daemonRisks } from './risks/daemon.ts'
import { sortRisks } from './risks/risk.ts'
import { listImages } from './snapshot.ts'

/**
 * All that is risky in how this machine, its Docker daemon and its running containers are set up, the worst first. `unreachable`: why no container runtime answered; what
 * the machine itself tells is there all the same.
 */
export async function hostRisks(language: Language): Promise<{ risks: ReportRisk[]; unreachable?: string }> {
  const docker = openDocker()
  const containers = await openContainers()
  try {
    const name = hostname()
    const own = daemonRisks(await readHostSettings(docker)).map(risk => ({ risk, target: name }))
    const images = await listImages(docker).catch(() => [])
    const created = new Map(images.map(({ id, createdAt }) => [id, createdAt]))
    const running = containers.list().filter(({ state }) => state === 'running' || state === 'paused')
    const theirs = running.flatMap(info =>
      containerRisks(info, created.get(info.imageId), Date.now()).map(risk => ({ risk, target: info.name })),
    )
    const statuses = containers.status()
    const [first] = statuses
    const reached = statuses.some(({ connected }) => connected)
    return {
      risks: merge([...own, ...theirs], language),
      ...(!reached && { unreachable: first === undefined ? '' : `${first.address} (${first.reason ?? ''})` }),
    }
  } finally {
    containers.close()
    docker.close()
  }
}

function merge(found: { risk: Risk; target: string }[], language: Language): ReportRisk[] {
  const targets = new Map(found.map(({ risk, target }) => [risk, target]))
  return sortRisks([...targets.keys()]).map(risk => ({
    ID: risk.id,
    Target: targets.get(risk)!,
    Severity: risk.severity,
    Title: risk.title[language],
    Description: risk.why[language],
    ...(risk.fix && { Fix: risk.fix.diff }),
  }))
}
