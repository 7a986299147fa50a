import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../context.ts'
import { holds } from '../like.ts'

/** What a text is looked for in. Names stand in small tables: looking there first spares the large one. */
interface Places {
  flaws: string[]
  components: number[]
  images: string[]
}

/** Up to so many names the findings are fetched by them; a text that fits more is soon met by reading findings in their order. */
const most = 2000
const mostImages = 20

/** A condition: the flaw, package or image of a finding, or what a secret or malware is, holds the text. */
export async function searched(context: Context, q: string): Promise<RawBuilder<boolean>> {
  const others = sql`findings.kind <> 'vulnerability' and ${holds(['findings.name', 'findings.path', 'findings.title'], q)}`
  const places = await placesOf(context, q)
  if (!places) {
    const flaws = sql`select id from flaws where ${holds(['id', 'title', 'aliases'], q)}`
    const components = sql`select id from components where ${holds(['name', 'purl'], q)}`
    const images = sql`select id from images where ${holds(['name', 'names'], q)}`
    return sql<boolean>`(findings.name in (${flaws}) or findings.component_id in (${components}) or findings.image_id in (${images}) or (${others}))`
  }
  const { flaws, components, images } = places
  const parts = [
    flaws.length > 0 && sql`select id from findings where name in (${sql.join(flaws)})`,
    components.length > 0 && sql`select id from findings where component_id in (${sql.join(components)})`,
    images.length > 0 && sql`select id from findings where image_id in (${sql.join(images)})`,
    sql`select id from findings where ${others}`,
  ].filter(part => part !== false)
  return sql<boolean>`findings.id in (${sql.join(parts, sql` union all `)})`
}

/** undefined where they are too many. */
async function placesOf({ db }: Context, q: string): Promise<Places | undefined> {
  const images = await db
    .selectFrom('images')
    .select('id')
    .where(holds(['name', 'names'], q))
    .limit(mostImages + 1)
    .execute()
  if (images.length > mostImages) return undefined
  const flaws = await db
    .selectFrom('flaws')
    .select('id')
    .where(holds(['id', 'title', 'aliases'], q))
    .limit(most + 1)
    .execute()
  if (flaws.length > most) return undefined
  const components = await db
    .selectFrom('components')
    .select('id')
    .where(holds(['name', 'purl'], q))
    .limit(most + 1)
    .execute()
  if (components.length > most) return undefined
  const [a, b, c] = [flaws, components, images].map(rows => rows.map(row => row.id))
  return { flaws: a as string[], components: b as number[], images: c as string[] }
}
