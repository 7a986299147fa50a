import { sql } from 'kysely'
import { translate } from '../../../base/i18n/translate.ts'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { sayReasons } from '../../judge/reasons.ts'
import { priorityName, severityName } from '../../judge/scales.ts'
import { reasonsOf } from '../../judge/score.ts'
import type { Bilingual, Severity } from '../../schemas/common.ts'
import type { Today } from '../../schemas/health.ts'
import type { Risk } from '../../schemas/hosts.ts'
import { parsed } from '../found.ts'
import { kept } from '../kept.ts'
import { ruleTexts } from '../rules/library.ts'
import { both } from '../words.ts'
import { blindSpots } from './blind.ts'
import { mergeBySeverity } from './order.ts'

type Item = Today['items'][number]

const day = 86_400_000
const each = 5
/** Secrets and malware that are read before they are put together by image. */
const most = 200

/** What to do first, the worst first; of equal severity: who is inside, what is exploited and in use, what is not seen, what ends soon. */
export async function itemsOf(context: Context): Promise<Item[]> {
  const groups = [
    await incidents(context),
    await kept(context, 'malware', () => contentOf(context, 'malware')),
    await kept(context, 'flaws', () => vulnerabilities(context)),
    await kept(context, 'secrets', () => contentOf(context, 'secret')),
    await blind(context),
    await advisories(context),
    await risks(context),
    await decisions(context),
    await jobs(context),
    await drills(context),
  ]
  return mergeBySeverity(groups)
}

const severityOfPriority: Record<string, Severity> = {
  Emergency: 'CRITICAL',
  Alert: 'CRITICAL',
  Critical: 'CRITICAL',
  Error: 'HIGH',
  Warning: 'MEDIUM',
  Notice: 'LOW',
}

async function incidents({ db }: Context): Promise<Item[]> {
  const rows = await db
    .selectFrom('incidents')
    .leftJoin('hosts', 'hosts.id', 'incidents.host_id')
    .select(['incidents.id', 'rule', 'priority', 'container', 'count', 'last', 'assignee', 'hosts.name as host'])
    .where('state', '=', 'open')
    .where('priority', '<=', 4)
    .orderBy('priority')
    .orderBy('last', 'desc')
    .limit(each)
    .execute()
  return rows.map(row => ({
    kind: 'incident',
    ref: row.id,
    severity: severityOfPriority[priorityName(row.priority)] ?? 'LOW',
    title: incidentTitle(row.rule, row.container || (row.host ?? '')),
    detail: both('server.today.incidentDetail', { count: row.count, host: row.host ?? '' }),
    ...(row.assignee && { owner: row.assignee }),
    at: iso(row.last),
    action: 'open',
  }))
}

/** One line for an image: its worst finding, and how many more it has. */
async function contentOf({ db }: Context, kind: 'malware' | 'secret'): Promise<Item[]> {
  const rows = await db
    .selectFrom('findings')
    .innerJoin('images', 'images.id', 'findings.image_id')
    .select([
      'findings.id',
      'image_id',
      'title',
      'severity',
      'path',
      'findings.first_seen',
      'images.name as image',
      'findings.name',
    ])
    .where(sql<boolean>`findings.kind <> 'vulnerability'`)
    .where('kind', '=', kind)
    .where('decision_id', '=', '')
    .where('severity', '<=', 1)
    .orderBy('findings.score', 'desc')
    .limit(most)
    .execute()
  const byImage = [...Map.groupBy(rows, row => row.image_id).values()].slice(0, each)
  return byImage.map(([row, ...more]) => ({
    kind,
    ref: row!.image_id,
    severity: severityName(row!.severity),
    title: both(`server.today.${kind}`, { title: row!.title || row!.name, image: row!.image }),
    detail:
      more.length === 0
        ? both('server.today.path', { path: row!.path })
        : both('server.today.pathMore', { path: row!.path, more: more.length }),
    at: iso(row!.first_seen),
    action: 'open',
  }))
}

/** Those that run, and are exploited or critical or new; the order is that of all lists. */
async function vulnerabilities({ db }: Context): Promise<Item[]> {
  const rows = await db
    .selectFrom('vulnerabilities')
    .selectAll()
    .where('decided', '=', 0)
    .where('running', '>', 0)
    .orderBy('score', 'desc')
    .limit(each)
    .execute()
  return rows
    .filter(row => row.kev > 0 || row.severity <= 1)
    .map(row => ({
      kind: 'vulnerability',
      ref: row.id,
      severity: severityName(row.severity),
      title: both('server.today.vulnerability', {
        id: row.id,
        packages: parsed<{ name: string }[]>(row.packages)
          .slice(0, 3)
          .map(one => one.name)
          .join(', '),
      }),
      detail: vulnerabilityDetail(row),
      at: iso(row.first_seen),
      action: 'open',
    }))
}

function vulnerabilityDetail(row: Tables['vulnerabilities']): Bilingual {
  const reasons = sayReasons(reasonsOf({ ...row, fixed: row.fixable }))
  const say = (language: 'en' | 'ko') =>
    translate(language, 'server.today.vulnerabilityDetail', {
      running: row.running,
      images: row.images,
      reasons: reasons[language],
    })
  return { en: say('en'), ko: say('ko') }
}

const blindWords = {
  silent: 'server.today.hostSilent',
  off: 'server.today.sensorOff',
  lost: 'server.today.sensorLost',
  scan: 'server.today.scanFailed',
} as const

async function blind(context: Context): Promise<Item[]> {
  const spots = await blindSpots(context, each)
  return spots.slice(0, each).map(({ kind, ref, name, reason, at }) => ({
    kind: 'blind_spot',
    ref,
    severity: kind === 'lost' || kind === 'scan' ? 'MEDIUM' : 'HIGH',
    title: both(blindWords[kind], { host: name, image: name, lost: reason }),
    detail: { en: reason, ko: reason },
    at: iso(at),
    action: kind === 'scan' ? 'scan' : 'open',
  }))
}

async function advisories({ verdicts, now }: Context): Promise<Item[]> {
  const info = verdicts.info()
  const hours = info ? Math.round((now() - Date.parse(info.builtAt)) / 3_600_000) : 0
  if (info && !info.starter && hours <= 72) return []
  const starter = !info || info.starter
  return [
    {
      kind: 'feed',
      ref: 'advisories',
      severity: starter ? 'HIGH' : 'MEDIUM',
      title: starter ? both('server.today.starter', {}) : both('server.today.feedsOld', { hours }),
      detail: both('server.today.starterDetail', {}),
      at: iso(now()),
      action: 'update_feeds',
    },
  ]
}

async function risks({ db }: Context): Promise<Item[]> {
  const rows = await db
    .selectFrom('containers')
    .leftJoin('hosts', 'hosts.id', 'containers.host_id')
    .select([
      'containers.id',
      'containers.name',
      'image',
      'owner',
      'containers.risks',
      'risk',
      'started_at',
      'created_at',
      'hosts.name as host',
    ])
    .where('state', '=', 'running')
    .where('risk', '<=', 1)
    .orderBy('risk')
    .orderBy('exposed', 'desc')
    .orderBy('containers.id')
    .limit(each)
    .execute()
  return rows.flatMap(row => {
    const worst = parsed<Risk[]>(row.risks).find(risk => risk.severity === severityName(row.risk))
    if (!worst) return []
    const { en } = both('server.today.risk', { title: worst.title.en, container: row.name })
    const { ko } = both('server.today.risk', { title: worst.title.ko, container: row.name })
    return [
      {
        kind: 'risk' as const,
        ref: row.id,
        severity: worst.severity,
        title: { en, ko },
        detail: both('server.today.riskDetail', { image: row.image, host: row.host ?? '' }),
        ...(row.owner && { owner: row.owner }),
        at: iso(row.started_at ?? row.created_at),
        action: 'open' as const,
      },
    ]
  })
}

async function decisions({ db, now }: Context): Promise<Item[]> {
  const rows = await db
    .selectFrom('decisions')
    .selectAll()
    .where('state', '=', 'active')
    .where('expires', '<=', now() + 14 * day)
    .orderBy('expires')
    .limit(each)
    .execute()
  return rows.map(row => ({
    kind: 'decision',
    ref: row.id,
    severity: 'MEDIUM',
    title: both('server.today.decision', {
      about: row.vulnerability || row.package || row.rule,
      date: iso(row.expires ?? 0).slice(0, 10),
    }),
    detail: both('server.today.decisionDetail', { owner: row.owner, comment: row.comment }),
    owner: row.owner,
    at: iso(row.expires ?? 0),
    action: 'decide',
  }))
}

async function jobs({ db, now }: Context): Promise<Item[]> {
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where('state', '=', 'failed')
    .where('kind', 'in', ['feeds', 'rejudge', 'report', 'rules'])
    .where('finished_at', '>', now() - day)
    .orderBy('finished_at', 'desc')
    .limit(3)
    .execute()
  return rows.map(row => ({
    kind: 'job',
    ref: row.id,
    severity: 'HIGH',
    title: both('server.today.jobFailed', { title: row.title || row.kind }),
    detail: { en: row.error, ko: row.error },
    at: iso(row.finished_at ?? row.created_at),
    action: row.kind === 'feeds' ? 'update_feeds' : 'open',
  }))
}

/** Once a month the alarm should be pulled. */
const drillEvery = 30 * day

async function drills({ db, now }: Context): Promise<Item[]> {
  const host = await db.selectFrom('hosts').select('id').limit(1).executeTakeFirst()
  if (!host) return []
  const last = await db
    .selectFrom('drills')
    .selectAll()
    .where('state', '=', 'done')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const detail = both('server.today.drillDetail', {})
  const base = {
    kind: 'drill',
    ref: last?.id ?? '',
    detail,
    at: iso(last?.created_at ?? now()),
    action: 'run_drill',
  } as const
  if (!last) return [{ ...base, severity: 'LOW', title: both('server.today.neverDrill', {}) }]
  if (last.detected < last.total)
    return [
      {
        ...base,
        severity: 'HIGH',
        title: both('server.today.drillMissed', { missed: last.total - last.detected, total: last.total }),
      },
    ]
  const age = now() - last.created_at
  return age > drillEvery
    ? [{ ...base, severity: 'LOW', title: both('server.today.noDrill', { days: Math.floor(age / day) }) }]
    : []
}

function incidentTitle(rule: string, container: string): Bilingual {
  const { title } = ruleTexts(rule)
  return {
    en: translate('en', 'server.today.incident', { rule: title.en, container }),
    ko: translate('ko', 'server.today.incident', { rule: title.ko, container }),
  }
}
