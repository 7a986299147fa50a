import type { Format } from './format.ts'

/** Every report format. To add one: a file with a `Render`, a line here, a test that feeds it the examples. */
export const formats: readonly Format[] = [
  {
    id: 'table',
    title: { en: 'tables for people', ko: '사람이 읽는 표' },
    extension: '.txt',
    load: async () => (await import('./table/render.ts')).renderTable,
  },
  {
    id: 'json',
    title: { en: 'the whole report, a superset of Trivy’s', ko: '전체 보고서 (Trivy 보고서의 상위 집합)' },
    extension: '.json',
    needsPackages: true,
    load: async () => (await import('./json.ts')).renderJson,
  },
  {
    id: 'sarif',
    title: { en: 'SARIF 2.1.0, for code scanning', ko: 'SARIF 2.1.0 (코드 스캐닝용)' },
    extension: '.sarif',
    load: async () => (await import('./sarif.ts')).renderSarif,
  },
  {
    id: 'cyclonedx',
    aliases: ['cyclonedx-json'],
    title: { en: 'CycloneDX 1.6 bill of materials with vulnerabilities', ko: '취약점을 포함한 CycloneDX 1.6 SBOM' },
    extension: '.cdx.json',
    needsPackages: true,
    load: async () => (await import('./cyclonedx.ts')).renderCycloneDx,
  },
  {
    id: 'spdx-json',
    title: { en: 'SPDX 2.3 bill of materials', ko: 'SPDX 2.3 SBOM(소프트웨어 구성 명세서)' },
    extension: '.spdx.json',
    needsPackages: true,
    load: async () => (await import('./spdx.ts')).renderSpdx,
  },
  {
    id: 'spdx',
    aliases: ['spdx-tag-value'],
    title: { en: 'SPDX 2.3 as tag-value text', ko: 'SPDX 2.3 tag-value 텍스트' },
    extension: '.spdx',
    needsPackages: true,
    load: async () => (await import('./spdx-tag-value.ts')).renderSpdxTagValue,
  },
  {
    id: 'html',
    title: { en: 'one self-contained page', ko: '단일 HTML 페이지' },
    extension: '.html',
    load: async () => (await import('./html.ts')).renderHtml,
  },
  {
    id: 'junit',
    title: { en: 'JUnit XML, for CI', ko: 'JUnit XML (CI용)' },
    extension: '.xml',
    load: async () => (await import('./junit.ts')).renderJunit,
  },
  {
    id: 'gitlab',
    title: { en: 'GitLab container scanning report', ko: 'GitLab 컨테이너 스캐닝 보고서' },
    extension: '.json',
    load: async () => (await import('./gitlab.ts')).renderGitlab,
  },
  {
    id: 'github',
    aliases: ['github-json'],
    title: { en: 'GitHub dependency snapshot', ko: 'GitHub 의존성 스냅샷' },
    extension: '.json',
    needsPackages: true,
    load: async () => (await import('./github.ts')).renderGithub,
  },
  {
    id: 'openvex',
    aliases: ['vex'],
    title: { en: 'OpenVEX of what the scan itself can vouch for', ko: '스캔 결과로 입증되는 내용의 OpenVEX 문서' },
    extension: '.openvex.json',
    load: async () => (await import('./openvex.ts')).renderOpenVex,
  },
  {
    id: 'cosign-vuln',
    title: { en: 'predicate for `cosign attest --type vuln`', ko: '`cosign attest --type vuln`용 predicate' },
    extension: '.json',
    needsPackages: true,
    load: async () => (await import('./cosign-vuln.ts')).renderCosignVuln,
  },
  {
    id: 'template',
    title: { en: 'a template in Go’s manner', ko: 'Go 방식의 템플릿' },
    extension: '.txt',
    load: async () => (await import('./template/render.ts')).renderTemplate,
  },
]

/** The format of a name, or undefined. */
export function findFormat(name: string): Format | undefined {
  return formats.find(({ id, aliases }) => id === name || aliases?.includes(name))
}
