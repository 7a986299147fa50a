import type { Context } from '../../context.ts'
import { severityName } from '../../judge/scales.ts'
import type { Today } from '../../schemas/health.ts'
import type { Risk } from '../../schemas/hosts.ts'
import { parsed } from '../found.ts'
import { imageFixes } from '../images/detail.ts'
import { kept } from '../kept.ts'
import { both } from '../words.ts'

type FixItem = Today['fixes'][number]

const most = 5

/** The five changes that remove most danger: upgrades in the images that run, and settings of containers. */
export async function fixesFirst(context: Context): Promise<FixItem[]> {
  const upgrades = await kept(context, 'upgrades', () => upgradesFirst(context))
  const settings = await settingsFirst(context)
  // A privileged container with the engine's socket outweighs a version.
  const urgent = settings.filter(one => one.worst === 'CRITICAL').slice(0, 2)
  const rest = [...upgrades, ...settings.filter(one => !urgent.includes(one))]
  return [...urgent, ...rest].slice(0, most)
}

async function upgradesFirst(context: Context): Promise<FixItem[]> {
  const { db } = context
  const top = await db
    .selectFrom('findings')
    .innerJoin('images', 'images.id', 'findings.image_id')
    .select(['image_id', 'images.name as image', 'findings.package', 'installed'])
    .where('kind', '=', 'vulnerability')
    .where('decision_id', '=', '')
    .where('fixed', '!=', '')
    .where('findings.running', '>', 0)
    .orderBy('findings.score', 'desc')
    .limit(200)
    .execute()
  const out: FixItem[] = []
  const seen = new Set<string>()
  const byImage = new Map<string, Awaited<ReturnType<typeof imageFixes>>>()
  for (const row of top) {
    const key = `${row.image_id} ${row.package} ${row.installed}`
    if (seen.has(key)) continue
    seen.add(key)
    const fixes = byImage.get(row.image_id) ?? (await imageFixes(context, row.image_id))
    byImage.set(row.image_id, fixes)
    const fix = fixes.find(one => one.package === row.package && one.from === row.installed)
    if (!fix) continue
    out.push({
      title: both('server.today.fix', { package: fix.package, version: fix.to, image: row.image }),
      imageId: row.image_id,
      image: row.image,
      removes: fix.removes,
      worst: fix.worst,
      diff: fix.diff,
    })
    if (out.length === most) break
  }
  return out
}

async function settingsFirst({ db }: Context): Promise<FixItem[]> {
  const rows = await db
    .selectFrom('containers')
    .select(['id', 'name', 'risks', 'risk'])
    .where('state', '=', 'running')
    .where('risk', '<=', 1)
    .orderBy('risk')
    .orderBy('exposed', 'desc')
    .orderBy('id')
    .limit(50)
    .execute()
  return rows.flatMap(row =>
    parsed<Risk[]>(row.risks)
      .filter(risk => risk.fix && risk.severity === severityName(row.risk))
      .slice(0, 1)
      .map(risk => {
        const { en } = both('server.today.fixContainer', { title: risk.title.en, container: row.name })
        const { ko } = both('server.today.fixContainer', { title: risk.title.ko, container: row.name })
        return { title: { en, ko }, containerId: row.id, removes: 1, worst: risk.severity, diff: risk.fix!.diff }
      }),
  )
}
