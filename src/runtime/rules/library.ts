import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadRules, type RuleText } from './loader/load.ts'
import type { RuleSet } from './model.ts'

/** An area of our own rules: `library/<id>.yaml` and, beside it, what people are told of each rule and events that try it. */
export interface LibraryArea {
  id: string
  title: { en: string; ko: string }
}

const area = (id: string, en: string, ko: string): LibraryArea => ({ id, title: { en, ko } })

/** Every area, in the order in which its file is loaded. */
export const libraryAreas: readonly LibraryArea[] = [
  area('shell', 'Shells where there should be none', '비정상 셸 실행'),
  area('drift', 'Code that is not in the image', '이미지에 없는 코드'),
  area('reverse_shell', 'Reverse shells', '리버스 셸'),
  area('escape', 'Escape to the host', '컨테이너 탈출'),
  area('escalation', 'Privilege escalation', '권한 상승'),
  area('credentials', 'Credentials and tokens', '자격 증명 탈취'),
  area('persistence', 'Persistence', '지속성 확보'),
  area('evasion', 'Defence evasion', '탐지 회피'),
  area('network', 'Unusual connections', '비정상 네트워크'),
  area('mining', 'Mining', '암호화폐 채굴'),
  area('recon', 'Discovery and foreign tools', '정찰과 외부 도구'),
  area('exfiltration', 'Exfiltration', '데이터 유출'),
  area('dos', 'Denial of service and destruction', '서비스 거부와 파괴'),
  area('lateral', 'Lateral movement', '내부 확산'),
  area('k8s_audit', 'Kubernetes audit log', '쿠버네티스 감사 로그'),
]

/** A rule in Korean: its title, what it means, what to do. The English texts stand in the rule itself (`desc`). */
export interface KoreanText {
  title: string
  description: string
  action: string
}

/** What stands beside a rule: events as plain objects of Falco field names, some that fire it and some that almost do. */
export interface RuleNotes {
  ko: KoreanText
  fires: Record<string, unknown>[]
  silent: Record<string, unknown>[]
}

const folder = join(import.meta.dirname, 'library')

/** Our own rule files, what they share first. */
export function libraryTexts(): RuleText[] {
  return ['base', ...libraryAreas.map(({ id }) => id)].map(id => ({
    name: `library/${id}.yaml`,
    content: readFileSync(join(folder, `${id}.yaml`), 'utf8'),
  }))
}

/** Loads our own rules. */
export function loadLibrary(): RuleSet {
  return loadRules(libraryTexts())
}

/** The notes of an area's rules by their names. */
export function libraryNotes(areaId: string): Map<string, RuleNotes> {
  const text = readFileSync(join(folder, `${areaId}.examples.json`), 'utf8')
  return new Map(Object.entries(JSON.parse(text) as Record<string, RuleNotes>))
}

/** The Korean texts of every rule of ours by name. */
export function libraryKorean(): Map<string, KoreanText> {
  return new Map(libraryAreas.flatMap(({ id }) => [...libraryNotes(id)].map(([name, { ko }]) => [name, ko] as const)))
}
